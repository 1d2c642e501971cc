//! Charges of a stored card by the merchant.

use super::order::{Capture, Customer, Order, nested, write_customer};
use super::session::{Product, Stored, toggle};
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, Value, object, words};
use crate::providers::credential::StoredCredential;
use crate::providers::dintero::account::Account;
use crate::providers::dintero::checks;
use crate::providers::http::{Headers, HttpRequest, Secret};

/// The kind of a charge by the merchant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Operation {
    /// One of a series.
    RecurringPurchase,
    /// An unscheduled one, such as a top-up.
    UnscheduledPurchase,
}

words!(Operation { RecurringPurchase "recurring_purchase", UnscheduledPurchase "unscheduled_purchase" });

/// What Dintero does with a merchant reference that it has seen before. It has no idempotency key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Duplicates {
    /// Rejects the reference if a session with it was authorised (`strict-success-merchant-reference`). This is the
    /// default: the same attempt can be sent again while its outcome is unknown. What happens to two requests at the
    /// same time is not documented.
    #[default]
    RefusePaid,
    /// Rejects the reference whatever the outcome of the earlier request (`strict-merchant-reference`).
    RefuseAll,
    /// Charges again.
    Allow,
}

words!(Duplicates { RefusePaid "refuse_paid", RefuseAll "refuse_all", Allow "allow" });

/// A charge of a stored card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The merchant.
    pub account: Account,
    /// The order. Its `merchantReference` is the payment's reference.
    pub order: Order,
    /// The stored card.
    pub credential: StoredCredential,
    /// The kind of the charge. Default `recurring_purchase`; at Swedbank Pay with only a payment token
    /// `unscheduled_purchase`.
    pub operation: Option<Operation>,
    /// The payer.
    pub customer: Option<Customer>,
    /// The URL to which Dintero reports. It is worth setting, as the request may time out although the charge succeeds
    /// (docs).
    pub callback_url: Option<String>,
    /// When the money is captured; default immediately.
    pub capture: Option<Capture>,
    /// What Dintero does with a reference that was charged before; default it rejects the reference.
    pub duplicates: Option<Duplicates>,
}

object!(Charge {
    account: required "account",
    order: required "order",
    credential: required "credential",
    operation: optional "operation",
    customer: optional "customer",
    callback_url: optional "callbackUrl",
    capture: optional "capture",
    duplicates: optional "duplicates",
});

/// Returns the token for an operation (docs). Swedbank Pay needs the recurrence token for a recurring purchase and the
/// payment token for an unscheduled one; elsewhere the payment token is for both.
fn token<'a>(
    stored: &Stored<'a>,
    operation: Option<Operation>,
    problems: &mut Problems,
) -> Option<(Operation, &'static str, &'a Secret)> {
    let by_recurrence = match (stored.product, operation) {
        (Product::Payex, None) => stored.recurrence.is_some(),
        (Product::Payex, Some(operation)) => operation == Operation::RecurringPurchase,
        _ => false,
    };
    let operation = operation.unwrap_or(match (stored.product, by_recurrence) {
        (Product::Payex, false) => Operation::UnscheduledPurchase,
        _ => Operation::RecurringPurchase,
    });
    let (token, name, path) = match by_recurrence {
        true => (stored.recurrence, "recurrence_token", "/credential/recurrenceToken"),
        false => (stored.payment, "payment_token", "/credential/paymentToken"),
    };
    // A credential without any token has been reported already.
    if token.is_none() && (stored.payment.is_some() || stored.recurrence.is_some()) {
        let message = ["`", stored.product.as_str(), "` requires this token for a `", operation.as_str(), "`"].concat();
        problems.push(Code::MissingField, path, message);
    }
    token.map(|token| (operation, name, token))
}

/// Builds the request that charges a stored card without the customer: `POST /v1/sessions/pay`.
///
/// Dintero has to enable charges by the merchant, and stored cards, for the account. The same card and order give the
/// same bytes, and with [`Duplicates::RefusePaid`] the same reference is not paid twice. A rejected duplicate has HTTP
/// 400, as an invalid request has, so [`read_charge`](super::super::read_charge) reads neither as a decline.
///
/// # Errors
/// Everything that Dintero would reject, as far as it is documented, each with its path (R7.2): `missing_field` for the
/// token that the operation needs, `unknown_field` for a recurrence token of a product other than Swedbank Pay's,
/// `unknown_value` for another provider's credential.
pub fn charge_token(charge: &Charge) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    charge.account.check(&mut problems);
    checks::order(&charge.order, &mut problems);
    let stored = Stored::read(&charge.credential, &mut problems);
    let chosen = stored.and_then(|stored| {
        let (operation, name, token) = token(&stored, charge.operation, &mut problems)?;
        Some((stored.product, operation, name, token))
    });
    checks::customer(&charge.customer, &mut problems);
    checks::url(charge.callback_url.as_deref(), charge.account.is_local(), "/callbackUrl", &mut problems);
    if charge.capture == Some(Capture::ByProfile) {
        problems.push(
            Code::UnknownValue,
            "/capture",
            "cannot capture by profile because a charge by the merchant has none; use `at_once` or `later`",
        );
    }
    let (product, operation, name, token) = problems.finish(chosen)?;

    let mut session = Object::default();
    if let Some(callback) = &charge.callback_url {
        session.set("url", nested("callback_url", Value::of(callback)));
    }
    if let Some(customer) = write_customer(&charge.customer, Some((product.as_str(), name, token))) {
        session.set("customer", customer);
    }
    session.set("order", charge.order.write_body());
    let at_once = charge.capture.unwrap_or_default() == Capture::AtOnce;
    session.set("configuration", nested("auto_capture", Value::Bool(at_once)));
    let mut payment = Object::default();
    payment.required("payment_product_type", &product);
    payment.required("operation", &operation);
    let mut body = Object::default();
    body.set("session", session.finish());
    body.set("payment", payment.finish());
    let headers = match charge.duplicates.unwrap_or_default() {
        Duplicates::RefusePaid => toggle("strict-success-merchant-reference"),
        Duplicates::RefuseAll => toggle("strict-merchant-reference"),
        Duplicates::Allow => Headers::default(),
    };
    Ok(HttpRequest::post_json(charge.account.checkout(&["/sessions/pay"]), headers, &body.finish()))
}
