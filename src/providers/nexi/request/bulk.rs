//! Many charges or verifications in one request, and queries of their results.

use super::charge::{KEY, charge_body};
use super::checkout::{WebHook, notifications};
use super::order::Order;
use crate::digest::sha256;
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::indicator::Timing;
use crate::json::{Object, object, words};
use crate::providers::http::HttpRequest;
use crate::providers::nexi::account::{Account, Agreement, list, list_field, path_of};
use crate::providers::nexi::checks;

/// One charge of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkEntry {
    /// The agreement, by its id or by its external reference.
    pub agreement: Agreement,
    /// The payment's reference, which becomes the order's.
    pub reference: String,
    /// The order; its amount is above 0.
    pub order: Order,
    /// A second reference of the merchant's.
    pub my_reference: Option<String>,
}

object!(BulkEntry {
    agreement: required "agreement",
    reference: required "reference",
    order: required "order",
    my_reference: optional "myReference",
});

/// Charges to make in batches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkCharge {
    /// The merchant.
    pub account: Account,
    /// The charges, each payment and each agreement once: 1 to 10 000.
    pub charges: Vec<BulkEntry>,
    /// The size of a batch, from 1. Nexi documents no maximum.
    pub batch_size: u32,
    /// The references of payments in batches whose result is unknown. None of them may be charged again.
    pub unresolved: Option<Vec<String>>,
    /// The events that Nexi reports.
    pub web_hooks: Option<Vec<WebHook>>,
}

object!(BulkCharge {
    account: required "account",
    charges: required "charges",
    batch_size: required "batchSize",
    unresolved: optional "unresolved",
    web_hooks: optional "webHooks",
});

/// A payment of a batch, to match its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkPayment {
    /// The payment's reference.
    pub reference: String,
    /// The agreement to charge.
    pub agreement: Agreement,
}

object!(BulkPayment { reference: required "reference", agreement: required "agreement" });

/// A batch. Store it before you send its request, and until its result is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkBatch {
    /// The key under which Nexi makes the batch once: the first 63 hex digits of the SHA-256 of the sorted references.
    pub external_bulk_charge_id: String,
    /// The kind of all agreements in the batch.
    pub kind: Timing,
    /// The payments.
    pub payments: Vec<BulkPayment>,
    /// The request.
    pub request: HttpRequest,
}

object!(BulkBatch {
    external_bulk_charge_id: required "externalBulkChargeId",
    kind: required "kind",
    payments: required "payments",
    request: required "request",
});

/// Builds the requests that charge many agreements: `POST /v1/(unscheduled)subscriptions/charges`, one per batch.
///
/// The batches depend only on the payments, not on their order: they are sorted by reference and split by size. The
/// same batch has the same `externalBulkChargeId`, under which Nexi charges it once (two sources). A new attempt has a
/// new reference and is therefore in another batch.
///
/// A payment in two batches, or in a batch and by itself, would be charged twice. Name payments whose result is unknown
/// in `unresolved`, and do not charge them singly. [`read_bulk`](super::super::read_bulk) reads Nexi's response,
/// [`retrieve_bulk`] queries the result.
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2). `duplicate_entry` for a
/// duplicate payment or agreement, as a result names only the agreement. `payment_in_flight` for a payment that is
/// unresolved.
pub fn bulk_charge(input: &BulkCharge) -> Result<Vec<BulkBatch>, Errors> {
    let mut problems = Problems::of_input();
    input.account.check(&mut problems);
    if input.charges.is_empty() {
        problems.push(Code::OutOfRange, "/charges", "expected at least one charge");
    }
    if input.batch_size == 0 {
        problems.push(Code::OutOfRange, "/batchSize", "expected a batch size of 1 or more");
    }
    let mut hooks = Object::default();
    notifications(input.web_hooks.as_ref(), &input.account, &mut hooks, &mut problems);
    let unresolved: Vec<&str> = input.unresolved.iter().flatten().map(String::as_str).collect();
    let unresolved: Vec<&str> = in_order(&unresolved).into_iter().filter_map(|i| unresolved.get(i).copied()).collect();
    let mut entries = Vec::with_capacity(input.charges.len());
    for (index, entry) in input.charges.iter().enumerate() {
        let path = ["/charges/", &digits(index)].concat();
        if unresolved.binary_search(&entry.reference.as_str()).is_ok() {
            let message =
                "cannot charge this payment because it is in a batch without a known result; query that batch first";
            problems.push(Code::PaymentInFlight, [&path, "/reference"].concat(), message);
        }
        entries.push((entry, entry.body(&path, &mut problems)));
    }
    let reference = |entry: &BulkEntry| entry.reference.clone();
    let sorted = once("/reference", input.charges.iter().map(reference).collect(), &mut problems);
    let agreement = |entry: &BulkEntry| entry.agreement.key();
    once("/agreement", input.charges.iter().map(agreement).collect(), &mut problems);

    let mut entries: Vec<Option<_>> = entries.into_iter().map(Some).collect();
    let mut entries: Vec<_> = sorted.into_iter().filter_map(|index| entries.get_mut(index)?.take()).collect();
    let size = usize::try_from(input.batch_size).unwrap_or(usize::MAX).max(1);
    let mut batches = Vec::new();
    for kind in [Timing::Scheduled, Timing::Unscheduled] {
        let (of_kind, others) = entries.into_iter().partition(|(entry, _)| entry.agreement.kind == kind);
        entries = others;
        let mut of_kind: Vec<(&BulkEntry, Object)> = of_kind;
        while !of_kind.is_empty() {
            let rest = of_kind.split_off(size.min(of_kind.len()));
            batches.push(batch(input, kind, of_kind));
            of_kind = rest;
        }
    }
    problems.finish(Some(batches))
}

fn batch(input: &BulkCharge, kind: Timing, entries: Vec<(&BulkEntry, Object)>) -> BulkBatch {
    let payment = |(entry, _): &(&BulkEntry, Object)| BulkPayment {
        reference: entry.reference.clone(),
        agreement: entry.agreement.clone(),
    };
    let payments: Vec<BulkPayment> = entries.iter().map(payment).collect();
    let references: Vec<&str> = payments.iter().map(|payment| payment.reference.as_str()).collect();
    let mut external_bulk_charge_id = sha256(references.join("\n").as_bytes());
    external_bulk_charge_id.truncate(KEY);
    let mut body = Object::default();
    body.required("externalBulkChargeId", &external_bulk_charge_id);
    // Their errors have been reported.
    notifications(input.web_hooks.as_ref(), &input.account, &mut body, &mut Problems::default());
    body.set(list_field(kind), list(entries.into_iter().map(|(_, body)| body)));
    let request = input.account.post(&[path_of(kind), "/charges"], input.account.agreement_headers(kind), body);
    BulkBatch { external_bulk_charge_id, kind, payments, request }
}

impl BulkEntry {
    fn body(&self, path: &str, problems: &mut Problems) -> Object {
        let at = |field: &str| [path, field].concat();
        self.agreement.check(&at("/agreement"), problems);
        checks::reference(&self.reference, &at("/reference"), problems);
        let mut body = self.agreement.named();
        charge_body(&self.order, &self.reference, &at("/order"), &mut body, problems);
        body.optional("myReference", &self.my_reference);
        body
    }
}

/// Reports each entry with the same key as an earlier one. Returns the entries in the order of their keys.
fn once(field: &str, keys: Vec<String>, problems: &mut Problems) -> Vec<usize> {
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let sorted = in_order(&keys);
    let mut again = vec![false; keys.len()];
    for (one, next) in sorted.iter().zip(sorted.iter().skip(1)) {
        if let Some(again) = again.get_mut(*next) {
            *again = keys.get(*one) == keys.get(*next);
        }
    }
    for (index, _) in again.into_iter().enumerate().filter(|(_, again)| *again) {
        let path = ["/charges/", &digits(index), field].concat();
        problems.push(Code::DuplicateEntry, path, "expected a value that no earlier entry has");
    }
    sorted
}

/// Returns the positions of the keys in sorted order; equal keys keep their order.
fn in_order(keys: &[&str]) -> Vec<usize> {
    let mut places: Vec<usize> = (0..keys.len()).collect();
    places.sort_by_key(|place| keys.get(*place).copied().unwrap_or_default());
    places
}

/// The kind of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BulkKind {
    /// Charges.
    Charges,
    /// Verifications.
    Verifications,
}

words!(BulkKind { Charges "charges", Verifications "verifications" });

/// A query of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetrieveBulk {
    /// The merchant.
    pub account: Account,
    /// Charges or verifications.
    pub bulk: BulkKind,
    /// Scheduled or unscheduled agreements.
    pub kind: Timing,
    /// Nexi's id of the batch, from its response.
    pub bulk_id: String,
    /// How many entries to skip; default 0.
    pub skip: Option<u32>,
    /// How many entries to return; default as many as Nexi chooses.
    pub take: Option<u32>,
}

object!(RetrieveBulk {
    account: required "account",
    bulk: required "bulk",
    kind: required "kind",
    bulk_id: required "bulkId",
    skip: optional "skip",
    take: optional "take",
});

/// Builds the request for a page of a batch's results: `GET /v1/(unscheduled)subscriptions/charges/{bulkId}`, or
/// `…/verifications/{bulkId}`.
///
/// # Errors
/// `invalid_string` and `out_of_range` with their paths.
pub fn retrieve_bulk(input: &RetrieveBulk) -> Result<HttpRequest, Errors> {
    let RetrieveBulk { account, bulk, kind, bulk_id, skip, take } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::id(bulk_id, "/bulkId", &mut problems);
    if *take == Some(0) {
        problems.push(Code::OutOfRange, "/take", "expected to take 1 or more");
    }
    let window = |(name, count): (&str, &Option<u32>)| count.map(|count| [name, "=", &digits(count)].concat());
    let window: Vec<String> = [("skip", skip), ("take", take)].into_iter().filter_map(window).collect();
    let query = if window.is_empty() { "".into() } else { ["?", &window.join("&")].concat() };
    let path = [path_of(*kind), "/", bulk.as_str(), "/", bulk_id, &query];
    problems.finish(Some(account.get(&path, account.agreement_headers(*kind))))
}

/// Agreements whose cards to verify.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkVerification {
    /// The merchant.
    pub account: Account,
    /// The agreements, each once and all of one kind: 1 to 10 000.
    pub agreements: Vec<Agreement>,
    /// The key under which Nexi makes the verifications once, 1 to 63 characters.
    pub external_bulk_verification_id: Option<String>,
}

object!(BulkVerification {
    account: required "account",
    agreements: required "agreements",
    external_bulk_verification_id: optional "externalBulkVerificationId",
});

/// Builds the request that verifies the cards of agreements without charging them:
/// `POST /v1/(unscheduled)subscriptions/verifications`.
///
/// # Errors
/// `out_of_range` without agreements; `unknown_value` for agreements of two kinds; `invalid_string`, `missing_field`
/// and `unknown_field` with their paths.
pub fn verify_agreements(input: &BulkVerification) -> Result<HttpRequest, Errors> {
    const ID: &str = "externalBulkVerificationId";
    let BulkVerification { account, agreements, external_bulk_verification_id } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    let kind = agreements.first().map_or(Timing::Unscheduled, |first| first.kind);
    if agreements.is_empty() {
        problems.push(Code::OutOfRange, "/agreements", "expected at least one agreement");
    }
    for (index, agreement) in agreements.iter().enumerate() {
        let path = ["/agreements/", &digits(index)].concat();
        agreement.check(&path, &mut problems);
        if agreement.kind != kind {
            let message =
                ["expected `", kind.as_str(), "`, the kind of the first agreement: each kind needs its own request"];
            problems.push(Code::UnknownValue, [&path, "/kind"].concat(), message.concat());
        }
    }
    let key = external_bulk_verification_id.as_ref();
    checks::optional(key, &["/", ID].concat(), KEY, "", &mut problems);
    let mut body = Object::default();
    body.optional(ID, external_bulk_verification_id);
    body.set(list_field(kind), list(agreements.iter().map(Agreement::named)));
    problems.finish(Some(account.post(&[path_of(kind), "/verifications"], account.agreement_headers(kind), body)))
}
