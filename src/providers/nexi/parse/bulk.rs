//! The responses about batches.

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

/// Reads the response to a batch of charges or verifications: pending with Nexi's id of the batch, not made, or
/// unknown. If it is unknown, send exactly the same batch again: Nexi makes it once.
pub fn read_bulk(response: &HttpResponse) -> Receipt {
    receipt_by_id(response, 202, "bulkId")
}

/// A page of a batch's results, as received, and the payments of the batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkReply {
    /// The HTTP status.
    pub status: u32,
    /// The body.
    pub body: String,
    /// The payments of the batch, from which results get their references.
    pub payments: Option<Vec<BulkPayment>>,
    /// The header `Retry-After`, as received. It is ignored.
    pub retry_after: Option<String>,
}

object!(BulkReply {
    status: required "status",
    body: required "body",
    payments: optional "payments",
    retry_after: optional "retryAfter",
});

/// The result of an entry of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkItem {
    /// The payment's reference, if the payments of the batch are given and one of them has the agreement.
    pub reference: Option<String>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// The payment at Nexi.
    pub payment_id: Option<String>,
    /// The outcome. A verification that succeeded charged nothing.
    pub outcome: Outcome,
    /// Nexi's error of a failure.
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
    /// Whether Nexi has finished the whole batch. Until then, missing entries may still follow. False for a page with a
    /// field that is not documented (OpenAPI: `page`, `more`, `status`), as it may mean that the batch continues.
    pub done: bool,
    /// Whether there are further pages; true too if a page with entries does not say.
    pub has_more: bool,
    /// The entries.
    pub items: Vec<BulkItem>,
}

object!(BulkPage { done: required "done", has_more: required "hasMore", items: required "items" });

/// Reads a page of a batch's results. Returns `None` if the response is not a page: nothing is known then.
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
    // Each name by itself: a result may contain the id of an agreement that was charged by its external reference.
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
