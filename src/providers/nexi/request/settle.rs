//! Operations after a payment: charging a reservation, refunding, cancelling a reservation.

use super::charge::with_key;
use super::order::{Item, lines};
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, object};
use crate::money::{Money, Rounding};
use crate::providers::http::{HttpRequest, Method};
use crate::providers::nexi::account::{Account, headers};
use crate::providers::nexi::checks;

/// A charge, a refund or a cancellation of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// The merchant.
    pub account: Account,
    /// The payment.
    pub payment_id: Option<String>,
    /// The charge to refund, instead of the payment.
    pub charge_id: Option<String>,
    /// The amount, above 0.
    pub amount: Money,
    /// The items, required for a partial amount. Their gross totals add up to the amount.
    pub items: Option<Vec<Item>>,
    /// How the items' net, tax and unit price are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// The reference of this charge or refund, which becomes the idempotency key. Not for a cancellation.
    pub reference: Option<String>,
    /// A second reference of the merchant's; up to 36 characters for a charge. Not for a cancellation.
    pub my_reference: Option<String>,
    /// Whether the rest of a reservation stays uncharged. Only for a charge.
    pub final_charge: Option<bool>,
}

object!(Settlement {
    account: required "account",
    payment_id: optional "paymentId",
    charge_id: optional "chargeId",
    amount: required "amount",
    items: optional "items",
    rounding: optional "rounding",
    reference: optional "reference",
    my_reference: optional "myReference",
    final_charge: optional "finalCharge",
});

fn unexpected(given: bool, path: &str, problems: &mut Problems) {
    if given {
        problems.push_at(Code::UnknownField, path, "cannot accept this field for this request; leave it out");
    }
}

fn missing(field: &str, problems: &mut Problems) {
    let message = ["expected `", field, "`"].concat();
    problems.push(Code::MissingField, ["/", field].concat(), message);
}

impl Settlement {
    /// Writes and checks the part that all three requests share.
    fn body(&self, problems: &mut Problems) -> Object {
        self.account.check(problems);
        checks::amount(self.amount, "/amount", problems);
        checks::positive(self.amount, "/amount", problems);
        let mut body = Object::default();
        body.set("amount", self.amount.minor_units());
        if let Some(items) = &self.items {
            body.set("orderItems", lines(items, self.amount, self.rounding, "/items", problems));
        }
        body
    }

    /// Returns the reference, which a request with an idempotency key requires.
    fn key<'a>(&'a self, problems: &mut Problems) -> &'a str {
        match &self.reference {
            Some(reference) => checks::reference(reference, "/reference", problems),
            None => missing("reference", problems),
        }
        self.reference.as_deref().unwrap_or_default()
    }

    /// Returns the payment, which must be given instead of the charge.
    fn payment<'a>(&'a self, problems: &mut Problems) -> &'a str {
        unexpected(self.charge_id.is_some(), "/chargeId", problems);
        match &self.payment_id {
            Some(id) => checks::id(id, "/paymentId", problems),
            None => missing("paymentId", problems),
        }
        self.payment_id.as_deref().unwrap_or_default()
    }
}

/// Builds the request that charges a reservation, once per reference: `POST /v1/payments/{paymentId}/charges`.
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2).
pub fn charge_payment(input: &Settlement) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    let mut body = input.body(&mut problems);
    let (id, key) = (input.payment(&mut problems), input.key(&mut problems));
    checks::optional(input.my_reference.as_ref(), "/myReference", checks::SHORT, checks::STRICT, &mut problems);
    body.optional("finalCharge", &input.final_charge);
    body.optional("myReference", &input.my_reference);
    problems.finish(Some(input.account.post(&["payments/", id, "/charges"], with_key(headers(), key), body)))
}

/// Builds the request that refunds, once per reference: `POST /v1/charges/{chargeId}/refunds`, or `POST
/// /v1/payments/{paymentId}/refunds`, which some invoices and wallets do not support.
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2).
pub fn refund(input: &Settlement) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    let mut body = input.body(&mut problems);
    unexpected(input.final_charge.is_some(), "/finalCharge", &mut problems);
    let (of, id) = match (&input.charge_id, &input.payment_id) {
        (Some(id), None) => ("charges/", id.as_str()),
        (Some(id), Some(_)) => {
            unexpected(true, "/paymentId", &mut problems);
            ("charges/", id.as_str())
        }
        (None, _) => ("payments/", input.payment(&mut problems)),
    };
    if let Some(id) = &input.charge_id {
        checks::id(id, "/chargeId", &mut problems);
    }
    let key = input.key(&mut problems);
    body.optional("myReference", &input.my_reference);
    problems.finish(Some(input.account.post(&[of, id, "/refunds"], with_key(headers(), key), body)))
}

/// Builds the request that cancels a reservation or a part of it: `POST /v1/payments/{paymentId}/cancels`. Older pages
/// say that a part cannot be cancelled; Nexi's reference now allows it for cards and wallets.
///
/// # Errors
/// Everything that Nexi would reject, as far as it is documented, each with its path (R7.2).
pub fn cancel_payment(input: &Settlement) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    let body = input.body(&mut problems);
    let id = input.payment(&mut problems);
    unexpected(input.reference.is_some(), "/reference", &mut problems);
    unexpected(input.my_reference.is_some(), "/myReference", &mut problems);
    unexpected(input.final_charge.is_some(), "/finalCharge", &mut problems);
    problems.finish(Some(input.account.post(&["payments/", id, "/cancels"], headers(), body)))
}

/// An object at Nexi, by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lookup {
    /// The merchant.
    pub account: Account,
    /// The id: 32 hex digits, with or without hyphens.
    pub id: String,
}

object!(Lookup { account: required "account", id: required "id" });

impl Lookup {
    fn request(&self, method: Method, before: &str, after: &str) -> Result<HttpRequest, Errors> {
        let mut problems = Problems::of_input();
        self.account.check(&mut problems);
        checks::id(&self.id, "/id", &mut problems);
        problems.finish(Some(self.account.bare(method, &[before, &self.id, after])))
    }
}

/// Builds the request for a payment: `GET /v1/payments/{paymentId}`. Nexi allows 30 of them per hour and payment.
///
/// # Errors
/// `invalid_string` with its path.
pub fn retrieve_payment(input: &Lookup) -> Result<HttpRequest, Errors> {
    input.request(Method::Get, "payments/", "")
}

/// Builds the request for a charge: `GET /v1/charges/{chargeId}`.
///
/// # Errors
/// `invalid_string` with its path.
pub fn retrieve_charge(input: &Lookup) -> Result<HttpRequest, Errors> {
    input.request(Method::Get, "charges/", "")
}

/// Builds the request that closes an unpaid checkout, before another is offered: `PUT
/// /v1/payments/{paymentId}/terminate`.
///
/// # Errors
/// `invalid_string` with its path.
pub fn terminate_payment(input: &Lookup) -> Result<HttpRequest, Errors> {
    input.request(Method::Put, "payments/", "/terminate")
}

/// Builds the request that stops a pending refund: `POST /v1/pending-refunds/{refundId}/cancel`.
///
/// # Errors
/// `invalid_string` with its path.
pub fn cancel_pending_refund(input: &Lookup) -> Result<HttpRequest, Errors> {
    input.request(Method::Post, "pending-refunds/", "/cancel")
}
