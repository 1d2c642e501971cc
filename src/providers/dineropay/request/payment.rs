//! Payments without the payer, and operations on payments: retry, status, refund, void, capture.

use super::amount;
use super::order::{Customer, Order};
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{ByName, Object, Value, object};
use crate::money::{Currency, Money};
use crate::providers::credential::StoredCredential;
use crate::providers::dineropay::account::{Account, Credential};
use crate::providers::dineropay::checks::{ID, ORDER_NUMBER, TOKEN};
use crate::providers::http::{Headers, HttpRequest, Secret};

/// A payment by the merchant, with a card that the payer has used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringCharge {
    /// The merchant.
    pub account: Account,
    /// The order. Its number must be new; the amount may differ from the first payment's.
    pub order: Order,
    /// The credential from the first callback.
    pub credential: StoredCredential,
    /// The schedule of the payment, if there is one.
    pub schedule_id: Option<String>,
    /// The payer, as in the platform's sample.
    pub customer: Option<Customer>,
    /// Data that the callback returns. Source: a client library only.
    pub custom_data: Option<ByName<String>>,
    /// Whether to send the currency with the order. Default false. DineroPay's table requires it; its sample and all
    /// client code omit it, as the first payment has set it. It is never part of the hash.
    pub send_currency: Option<bool>,
}

object!(RecurringCharge {
    account: required "account",
    order: required "order",
    credential: required "credential",
    schedule_id: optional "scheduleId",
    customer: optional "customer",
    custom_data: optional "customData",
    send_currency: optional "sendCurrency",
});

/// Builds the request for a payment by the merchant: `POST /api/v1/payment/recurring`. Read the response with
/// [`read_charge`](super::super::read_charge).
///
/// DineroPay never deduplicates: the same request sent twice charges twice. If the outcome is unknown, query it with
/// [`get_status`] (R6.6). Sources: DineroPay's page on charges, the platform's reference and client code. The path
/// contains only Latin letters; DineroPay's pages print a Cyrillic letter in it, for which no server of the platform
/// responds.
///
/// # Errors
/// `invalid_string`, `out_of_range`; `currency_mismatch` if the credential has another currency; `unknown_value` for a
/// credential of another provider.
pub fn charge_recurring(charge: &RecurringCharge) -> Result<HttpRequest, Errors> {
    let RecurringCharge { account, order, .. } = charge;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    order.check(&mut problems);
    let credential = problems.check(known(&charge.credential));
    if let Some((init, token, currency)) = credential {
        ID.check(init, "/credential/initTransId", &mut problems);
        TOKEN.check(token.expose(), "/credential/token", &mut problems);
        if let Some(currency) = currency {
            problems.check(Money::zero(currency).same_currency(order.amount, "/order/amount/currency"));
        }
    }
    if let Some(id) = &charge.schedule_id {
        ID.check(id, "/scheduleId", &mut problems);
    }
    if let Some(customer) = &charge.customer {
        customer.check(&mut problems);
    }
    let (init, token, _) = problems.finish(credential)?;

    let written = amount::written(order.amount);
    let hash = account.sign(&[init, token.expose(), &order.number, &written, &order.description]);
    let mut body = Object::default();
    body.required("merchant_key", &account.merchant_key);
    body.set("order", order.body(charge.send_currency == Some(true)));
    if let Some(customer) = &charge.customer {
        body.set("customer", customer.body());
    }
    body.set("recurring_init_trans_id", Value::text(init));
    body.required("recurring_token", token);
    body.optional("schedule_id", &charge.schedule_id);
    body.optional("custom_data", &charge.custom_data);
    body.set("hash", Value::text(hash));
    Ok(HttpRequest::post_json(account.checkout("/api/v1/payment/recurring"), Headers::default(), &body.finish()))
}

/// Returns the credential's parts: the first transaction's id, the token, the currency.
pub(crate) fn known(credential: &StoredCredential) -> Result<(&str, &Secret, Option<Currency>), Error> {
    let Credential { init_trans_id, token, currency } = credential.of("/credential")?;
    Ok((init_trans_id, token, *currency))
}

/// A payment to operate on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentInput {
    /// The merchant.
    pub account: Account,
    /// The payment: `providerReference` of its outcome.
    pub payment_id: String,
    /// The amount, if the operation has one.
    pub amount: Option<Money>,
}

object!(PaymentInput { account: required "account", payment_id: required "paymentId", amount: optional "amount" });

/// Builds the request that retries a declined recurring payment: `POST /api/v1/payment/retry`. The response says that
/// it was accepted; the outcome is delivered by callback.
///
/// Use it only after a soft decline, which DineroPay's responses do not distinguish from a hard one. The payment keeps
/// its number and amount. Sources: the platform's reference and a client library; not on DineroPay's own pages.
///
/// # Errors
/// `invalid_string`; `unknown_field` for an amount.
pub fn retry_charge(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/retry", Amount::None)
}

/// Builds the request that voids a payment before it is settled: `POST /api/v1/payment/void`. It works on the same
/// financial day, for a payment with status `settled`. Sources: the platform's reference and client code; not on
/// DineroPay's own pages.
///
/// # Errors
/// `invalid_string`; `unknown_field` for an amount: a void always applies to the whole payment.
pub fn void_payment(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/void", Amount::None)
}

/// Builds the request that refunds a payment: `POST /api/v1/payment/refund`. The response says that it was accepted;
/// the outcome is delivered by callback.
///
/// Without an amount, it refunds everything. DineroPay's page says that the amount is optional, the platform's
/// reference requires it, and that the hash then omits it is inferred. To be safe, set the amount. Sources: DineroPay's
/// page on refunds, the platform's reference.
///
/// # Errors
/// `invalid_string`, `out_of_range`.
pub fn refund(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/refund", Amount::Optional)
}

/// Builds the request that captures an authorised payment: `POST /api/v1/payment/capture`. Sources: the platform's
/// newer reference and client code; not on DineroPay's own pages.
///
/// # Errors
/// `invalid_string`, `out_of_range`, `missing_field` without an amount.
pub fn capture(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/capture", Amount::Required)
}

/// Whether an operation has an amount.
#[derive(PartialEq)]
enum Amount {
    None,
    Optional,
    Required,
}

fn payment(input: &PaymentInput, path: &str, has: Amount) -> Result<HttpRequest, Errors> {
    const PATH: &str = "/amount";
    let PaymentInput { account, payment_id, amount } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    ID.check(payment_id, "/paymentId", &mut problems);
    match (amount, has) {
        (Some(_), Amount::None) => {
            problems.push(
                Code::UnknownField,
                PATH,
                "cannot accept an amount because the operation applies to the whole payment; leave it out",
            );
        }
        (None, Amount::Required) => {
            problems.push(Code::MissingField, PATH, "expected `amount`");
        }
        (Some(amount), _) => amount::check(*amount, PATH, &mut problems),
        (None, _) => {}
    }
    problems.finish(Some(()))?;

    let written = amount.map(amount::written);
    let mut body = Object::default();
    body.required("merchant_key", &account.merchant_key);
    body.required("payment_id", payment_id);
    body.optional("amount", &written);
    body.set("hash", Value::text(account.sign(&[payment_id, &written.unwrap_or_default()])));
    Ok(HttpRequest::post_json(account.checkout(path), Headers::default(), &body.finish()))
}

/// The query: a payment, or all payments of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusInput {
    /// The merchant.
    pub account: Account,
    /// A payment, by DineroPay's id.
    pub payment_id: Option<String>,
    /// Or an order, by the merchant's number: the reference of a payment whose outcome is unknown.
    pub order_number: Option<String>,
    /// With an order: how many of its payments to list, 1 to 100. For newer installations of the platform.
    pub size: Option<u32>,
}

object!(StatusInput {
    account: required "account",
    payment_id: optional "paymentId",
    order_number: optional "orderNumber",
    size: optional "size",
});

/// Builds the request that queries the outcome of a payment: `POST /api/v1/payment/status`. Read the response with
/// [`read_status`](super::super::read_status).
///
/// For an order number, the platform reports the most recent transaction of the order. If payments cascade over several
/// acquirers, a decline may then be an intermediate one. Sources: the platform's reference and client code; not on
/// DineroPay's own pages.
///
/// # Errors
/// `missing_field` with neither id nor number; `unknown_field` with both, or for a `size` without a number;
/// `invalid_string`, `out_of_range`.
pub fn get_status(input: &StatusInput) -> Result<HttpRequest, Errors> {
    let StatusInput { account, payment_id, order_number, size } = input;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    if let Some(id) = payment_id {
        ID.check(id, "/paymentId", &mut problems);
    }
    if let Some(number) = order_number {
        ORDER_NUMBER.check(number, "/orderNumber", &mut problems);
    }
    let mut push = |code, path: &'static str, message: &'static str| problems.push(code, path, message);
    match (payment_id, order_number) {
        (None, None) => push(Code::MissingField, "/paymentId", "expected `paymentId` or `orderNumber`"),
        (Some(_), Some(_)) => push(
            Code::UnknownField,
            "/orderNumber",
            "cannot accept `orderNumber` because `paymentId` names the payment; leave one out",
        ),
        _ => {}
    }
    if size.is_some_and(|size| !(1..=100).contains(&size)) {
        push(Code::OutOfRange, "/size", "expected a size from 1 to 100");
    }
    if size.is_some() && order_number.is_none() {
        push(
            Code::UnknownField,
            "/size",
            "cannot accept `size` without `orderNumber` because a payment id names one payment; leave it out",
        );
    }
    problems.finish(Some(()))?;

    let asked = payment_id.as_ref().or(order_number.as_ref()).map(String::as_str).unwrap_or_default();
    let mut body = Object::default();
    body.required("merchant_key", &account.merchant_key);
    body.optional("payment_id", payment_id);
    body.optional("order_id", order_number);
    body.optional("size", size);
    body.set("hash", Value::text(account.sign(&[asked])));
    Ok(HttpRequest::post_json(account.checkout("/api/v1/payment/status"), Headers::default(), &body.finish()))
}
