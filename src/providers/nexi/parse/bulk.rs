//! The answers about batches.

use super::charge::receipt_by_id;
use super::error::{api_error, failure};
use super::{ApiError, Receipt};
use crate::decline::Decline;
use crate::indicator::Timing;
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::nexi::account::Agreement;
use crate::providers::nexi::request::bulk::BulkPayment;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// Reads the answer to a batch, of charges or of verifications: pending with Nexi's id of the batch, not made, or unknown.
/// After an unknown one the very same batch is sent again: Nexi makes it once.
pub fn read_bulk(response: &HttpResponse) -> Receipt {
    receipt_by_id(response, 202, "bulkId")
}

/// A page of a batch's results, as it came, and the payments of the batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkReply {
    /// The HTTP status.
    pub status: u32,
    /// The body.
    pub body: String,
    /// The payments of the batch, by which results get their references.
    pub payments: Option<Vec<BulkPayment>>,
    /// The header `Retry-After`, as it came; where there is no page, nothing answers it.
    pub retry_after: Option<String>,
}

object!(BulkReply {
    status: required "status",
    body: required "body",
    payments: optional "payments",
    retry_after: optional "retryAfter",
});

/// What became of an entry of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// The payment's reference, where the payments of the batch are given and the agreement is one of theirs.
    pub reference: Option<String>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// The payment at Nexi.
    pub payment_id: Option<String>,
    /// What became of it. A verification that succeeded took no money.
    pub outcome: Outcome,
    /// What Nexi says about a failure.
    pub error: Option<ApiError>,
}

object!(BulkItem {
    reference: nullable "reference",
    agreement: nullable "agreement",
    payment_id: nullable "paymentId",
    outcome: required "outcome",
    error: nullable "error",
});

/// A page of a batch's results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkPage {
    /// Whether Nexi has done the whole batch. Until then, what is not there may still come. Never of a page with a field that is not
    /// Nexi's (OpenAPI: `page`, `more`, `status`), which may say that it goes on.
    pub done: bool,
    /// Whether there are further pages; also where a page with entries does not say.
    pub has_more: bool,
    /// The entries.
    pub items: Vec<BulkItem>,
}

object!(BulkPage { done: required "done", has_more: required "hasMore", items: required "items" });

/// Reads a page of a batch's results; none where the answer is none, and then nothing is known.
pub fn read_bulk_page(reply: &BulkReply) -> Option<BulkPage> {
    let body = Answer::parse(&reply.body)?;
    let page = body.get("page");
    if reply.status != 200 || !page.is_given() {
        return None;
    }
    let payments = reply.payments.as_deref().unwrap_or_default();
    let known = |name: &str| ["page", "more", "status"].iter().any(|known| name.trim().eq_ignore_ascii_case(known));
    let whole = body.fields().iter().all(|(name, _)| known(name));
    Some(BulkPage {
        done: whole && body.get("status").word().as_deref() == Some("done"),
        has_more: body.get("more").flag().unwrap_or(!page.items().is_empty()),
        items: page.items().iter().map(|entry| item(entry, payments)).collect(),
    })
}

fn item(entry: &Answer, payments: &[BulkPayment]) -> BulkItem {
    let external = entry.get("externalReference").string();
    let unscheduled = entry.get("unscheduledSubscriptionId");
    let (kind, id) = match unscheduled.text() {
        Some(id) => (Timing::Unscheduled, Some(id)),
        None => (Timing::Scheduled, entry.get("subscriptionId").text()),
    };
    // Each name by itself: a result may bear the id of an agreement that was charged by its external reference.
    let named = [
        id.map(|id| Agreement::of(kind, id)),
        external.clone().map(|reference| Agreement { kind, id: None, external_reference: Some(reference) }),
    ];
    let by = |agreement: &Agreement| {
        payments
            .iter()
            .find(|payment| payment.agreement.key() == agreement.key())
            .map(|payment| payment.reference.clone())
    };
    let failed = entry.get("status").word().as_deref() == Some("failed");
    BulkItem {
        reference: named.iter().flatten().find_map(by),
        agreement: named.into_iter().flatten().next(),
        payment_id: entry.get("paymentId").string(),
        outcome: result(entry),
        error: failed.then(|| api_error(entry)),
    }
}

fn result(entry: &Answer) -> Outcome {
    match entry.get("status").word().as_deref() {
        Some("succeeded") => Outcome::of(OutcomeStatus::Succeeded, entry.get("chargeId").text()),
        Some("pending") => Outcome::of(OutcomeStatus::Pending, entry.get("chargeId").text()),
        Some("failed") => failure(entry).unwrap_or_else(|| Outcome::declined(Decline::unexplained(), None)),
        _ => Outcome::unknown(),
    }
}
