//! One charge of an agreement by the merchant, and the query of its outcome.

use super::checkout::{WebHook, notifications};
use super::order::Order;
use crate::error::{Errors, Problems};
use crate::json::{Object, object};
use crate::providers::form;
use crate::providers::http::{Headers, HttpRequest};
use crate::providers::nexi::account::{Account, Agreement, path_of};
use crate::providers::nexi::checks;
use crate::providers::reference::fitting;

/// The maximum length of an idempotency key: Nexi's reference says 64, and two clients use 63 to be safe.
pub(crate) const KEY: usize = 63;

/// Adds the header that makes a request take effect once. The key is the reference, or its hash if it is too long.
pub(crate) fn with_key(headers: Headers, reference: &str) -> Headers {
    headers.with("Idempotency-Key", &fitting(reference, 1, KEY))
}

/// A charge of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeSubscription {
    /// The merchant.
    pub account: Account,
    /// The agreement, by its id.
    pub agreement: Agreement,
    /// The payment's reference, which becomes the order's and the idempotency key.
    pub reference: String,
    /// The order; its amount is above 0.
    pub order: Order,
    /// The events that Nexi reports.
    pub web_hooks: Option<Vec<WebHook>>,
    /// A second reference of the merchant's.
    pub my_reference: Option<String>,
}

object!(ChargeSubscription {
    account: required "account",
    agreement: required "agreement",
    reference: required "reference",
    order: required "order",
    web_hooks: optional "webHooks",
    my_reference: optional "myReference",
});

/// Builds the request that charges an agreement immediately: `POST /v1/(unscheduled)subscriptions/{id}/charges`.
///
/// The same reference gives the same `Idempotency-Key`, under which Nexi makes one charge however often it receives the
/// request (two sources). Each charge is a separate, captured payment; it is refunded by the charge's id.
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2).
pub fn charge_subscription(input: &ChargeSubscription) -> Result<HttpRequest, Errors> {
    let ChargeSubscription { account, agreement, reference, order, web_hooks, my_reference } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    let id = agreement.checked_id("/agreement", &mut problems);
    checks::reference(reference, "/reference", &mut problems);
    let mut body = Object::default();
    charge_body(order, reference, "/order", &mut body, &mut problems);
    notifications(web_hooks.as_ref(), account, &mut body, &mut problems);
    body.optional("myReference", my_reference);
    let headers = with_key(account.agreement_headers(agreement.kind), reference);
    problems.finish(Some(account.post(&[path_of(agreement.kind), "/", id, "/charges"], headers, body)))
}

/// Writes the order of a charge by the merchant.
pub(crate) fn charge_body(order: &Order, reference: &str, path: &str, body: &mut Object, problems: &mut Problems) {
    body.set("order", order.body(reference, path, problems));
    checks::positive(order.amount, &[path, "/amount"].concat(), problems);
}

/// A query of a charge of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeStatus {
    /// The merchant.
    pub account: Account,
    /// The agreement, by its id.
    pub agreement: Agreement,
    /// The payment's reference.
    pub reference: String,
}

object!(ChargeStatus { account: required "account", agreement: required "agreement", reference: required "reference" });

/// Builds the request that queries the outcome of a charge, for instance after a timeout: `GET
/// /v1/(unscheduled)subscriptions/{id}/charges/status` with the charge's idempotency key. Sources: Nexi's reference,
/// and the sandbox notes of a client, by which 404 is the response for a charge that Nexi never saw and for one that
/// was declined.
///
/// # Errors
/// `invalid_string` and `missing_field` with their paths.
pub fn charge_status(input: &ChargeStatus) -> Result<HttpRequest, Errors> {
    let ChargeStatus { account, agreement, reference } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    let id = agreement.checked_id("/agreement", &mut problems);
    checks::reference(reference, "/reference", &mut problems);
    let headers = with_key(account.agreement_headers(agreement.kind), reference);
    problems.finish(Some(account.get(&[path_of(agreement.kind), "/", id, "/charges/status"], headers)))
}

/// A query of an agreement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetrieveSubscription {
    /// The merchant.
    pub account: Account,
    /// The agreement, by its id or by its external reference.
    pub agreement: Agreement,
}

object!(RetrieveSubscription { account: required "account", agreement: required "agreement" });

/// Builds the request for an agreement and its card: `GET /v1/(unscheduled)subscriptions/{id}`, or
/// `?externalReference=…` for an imported one.
///
/// # Errors
/// `invalid_string`, `missing_field` and `unknown_field` with their paths.
pub fn retrieve_subscription(input: &RetrieveSubscription) -> Result<HttpRequest, Errors> {
    let RetrieveSubscription { account, agreement } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    agreement.check("/agreement", &mut problems);
    let Agreement { kind, id, external_reference } = agreement;
    let (separator, name) = match (id, external_reference) {
        (None, Some(reference)) => ("?externalReference=", form::escaped(reference)),
        (id, _) => ("/", id.clone().unwrap_or_default()),
    };
    problems.finish(Some(account.get(&[path_of(*kind), separator, &name], account.agreement_headers(*kind))))
}
