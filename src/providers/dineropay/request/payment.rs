//! Payments without the payer, and what is done with payments: retry, status, refund, void, capture.

use super::amount;
use super::order::{Customer, Order};
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{ByName, Object, Value, object};
use crate::money::{Currency, Money};
use crate::providers::credential::StoredCredential;
use crate::providers::dineropay::account::{Account, Credential};
use crate::providers::dineropay::checks::{ID, ORDER_NUMBER, TOKEN};
use crate::providers::http::{Headers, HttpRequest, Secret};

/// A payment by the merchant, of a card that the payer has used before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecurringCharge {
    /// The merchant.
    pub account: Account,
    /// What is paid for. Its number has to be new; the amount need not be that of the first payment.
    pub order: Order,
    /// What the first callback brought.
    pub credential: StoredCredential,
    /// The schedule to which the payment belongs, where there is one.
    pub schedule_id: Option<String>,
    /// Who pays, as the platform's sample has it.
    pub customer: Option<Customer>,
    /// What the callback is to bring back. Source: a client library, alone.
    pub custom_data: Option<ByName<String>>,
    /// Whether the currency goes with the order; default not. DineroPay's table asks for it, its sample and all client code
    /// leave it out: the first payment has fixed it. It is never part of the hash.
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

/// Builds the request for a payment by the merchant: `POST /api/v1/payment/recurring`. Its answer is read by
/// [`read_charge`](super::super::read_charge).
///
/// DineroPay never deduplicates: the same request sent twice charges twice. After an answer that tells nothing, ask with
/// [`get_status`] (R6.6). Source: DineroPay's page on charges, the platform's reference and client code. The path is all Latin
/// letters; DineroPay's pages print a Cyrillic one in it, which no server of the platform answers.
///
/// # Errors
/// `invalid_string`, `out_of_range`; `currency_mismatch` where the credential knows its currency; `unknown_value` for a
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

/// What DineroPay gave to charge again: the first transaction's id, the token, the currency.
pub(crate) fn known(credential: &StoredCredential) -> Result<(&str, &Secret, Option<Currency>), Error> {
    let Credential { init_trans_id, token, currency } = credential.of("/credential")?;
    Ok((init_trans_id, token, *currency))
}

/// A payment to do something with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentInput {
    /// The merchant.
    pub account: Account,
    /// The payment: `providerReference` of its outcome.
    pub payment_id: String,
    /// The amount, where the operation has one.
    pub amount: Option<Money>,
}

object!(PaymentInput { account: required "account", payment_id: required "paymentId", amount: optional "amount" });

/// Builds the request that tries a declined recurring payment once more: `POST /api/v1/payment/retry`. The answer says that
/// it was accepted; what becomes of it comes by callback.
///
/// Only after a soft decline, which DineroPay's answers do not tell from a hard one. The payment keeps its number and amount.
/// Source: the platform's reference and a client library; not on DineroPay's own pages.
///
/// # Errors
/// `invalid_string`; `unknown_field` for an amount.
pub fn retry_charge(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/retry", Amount::None)
}

/// Builds the request that takes a payment back before it is settled: `POST /api/v1/payment/void`. It works on the same
/// financial day, for a settled payment. Source: the platform's reference and client code; not on DineroPay's own pages.
///
/// # Errors
/// `invalid_string`; `unknown_field` for an amount: a void is always of the whole.
pub fn void_payment(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/void", Amount::None)
}

/// Builds the request that gives money back: `POST /api/v1/payment/refund`. The answer says that it was accepted; what becomes
/// of it comes by callback.
///
/// Without an amount all of it: DineroPay's page has the amount optional, the platform's reference asks for it, and that the
/// hash then leaves it out is inferred. To be sure, give it. Source: DineroPay's page on refunds, the platform's reference.
///
/// # Errors
/// `invalid_string`, `out_of_range`.
pub fn refund(input: &PaymentInput) -> Result<HttpRequest, Errors> {
    payment(input, "/api/v1/payment/refund", Amount::Optional)
}

/// Builds the request that takes money that was only authorised: `POST /api/v1/payment/capture`. Source: the platform's newer
/// reference and client code; not on DineroPay's own pages.
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
            problems.push(Code::UnknownField, PATH, "the operation is of the whole payment");
        }
        (None, Amount::Required) => {
            problems.push(Code::MissingField, PATH, "`amount` is missing");
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

/// What to ask about: a payment, or all that became of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusInput {
    /// The merchant.
    pub account: Account,
    /// A payment, by DineroPay's id.
    pub payment_id: Option<String>,
    /// Or an order, by the merchant's number: a payment's reference, of which no answer is known.
    pub order_number: Option<String>,
    /// With an order: how many of its payments to list, 1 to 100. Newer installations of the platform.
    pub size: Option<u32>,
}

object!(StatusInput {
    account: required "account",
    payment_id: optional "paymentId",
    order_number: optional "orderNumber",
    size: optional "size",
});

/// Builds the request that asks what became of a payment: `POST /api/v1/payment/status`. Its answer is read by
/// [`read_status`](super::super::read_status).
///
/// By order number, the platform tells of the most recent transaction of the order; where payments cascade over several
/// acquirers, a decline may then be one on the way. Source: the platform's reference and client code; not on DineroPay's own
/// pages.
///
/// # Errors
/// `missing_field` with neither id nor number; `unknown_field` with both, and for a `size` without a number; `invalid_string`,
/// `out_of_range`.
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
        (None, None) => push(Code::MissingField, "/paymentId", "`paymentId` or `orderNumber` is missing"),
        (Some(_), Some(_)) => push(Code::UnknownField, "/orderNumber", "`paymentId` says already what to ask about"),
        _ => {}
    }
    if size.is_some_and(|size| !(1..=100).contains(&size)) {
        push(Code::OutOfRange, "/size", "expected 1 to 100");
    }
    if size.is_some() && order_number.is_none() {
        push(Code::UnknownField, "/size", "a payment is one: `size` goes with `orderNumber`");
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
