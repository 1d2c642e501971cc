//! Nexi's webhooks.

use super::account::Agreement;
use super::parse::error::{api_error, failure};
use super::{ApiError, CardOnFile};
use crate::decline::Decline;
use crate::error::{Code, Error};
use crate::indicator::Timing;
use crate::json::object;
use crate::money::{Currency, Money};
use crate::providers::http::Secret;
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};
use crate::providers::signature::same;

/// A webhook as received.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// The body.
    pub body: String,
    /// The header `Authorization`; null if there is none.
    pub authorization: Option<Secret>,
    /// The value that was set for the webhook when the event was requested.
    pub expected: Secret,
    /// Whether the merchant makes the payment, by an agreement. A failed reservation is then a decline. Otherwise, and
    /// by default, it decides nothing, as the cardholder may still use another card at the same checkout.
    pub merchant_initiated: Option<bool>,
}

object!(WebhookInput {
    body: required "body",
    authorization: optional "authorization",
    expected: required "expected",
    merchant_initiated: optional "merchantInitiated",
});

impl std::fmt::Debug for WebhookInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a webhook ({} bytes)", self.body.len())
    }
}

/// A webhook, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The webhook's id: the same if Nexi sends it again.
    pub id: Option<String>,
    /// The event, in lower case: `payment.charge.created.v2` and others, or one that Nexi adds.
    pub event: String,
    /// The time, as Nexi writes it.
    pub timestamp: Option<String>,
    /// The merchant's number: `merchantId`, or `merchantNumber`.
    pub merchant_number: Option<String>,
    /// The payment.
    pub payment_id: Option<String>,
    /// The charge.
    pub charge_id: Option<String>,
    /// The refund.
    pub refund_id: Option<String>,
    /// The order's reference, if the event contains the order.
    pub reference: Option<String>,
    /// The merchant's second reference.
    pub my_reference: Option<String>,
    /// The amount.
    pub amount: Option<Money>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// The card or method that was used.
    pub paid_with: Option<CardOnFile>,
    /// Nexi's error of a failure.
    pub error: Option<ApiError>,
    /// The outcome of the attempt; null for an event that is not about whether it was paid.
    pub outcome: Option<Outcome>,
}

object!(Webhook {
    id: nullable "id",
    event: required "event",
    timestamp: nullable "timestamp",
    merchant_number: nullable "merchantNumber",
    payment_id: nullable "paymentId",
    charge_id: nullable "chargeId",
    refund_id: nullable "refundId",
    reference: nullable "reference",
    my_reference: nullable "myReference",
    amount: nullable "amount",
    agreement: nullable "agreement",
    paid_with: nullable "paidWith",
    error: nullable "error",
    outcome: nullable "outcome",
});

/// Compares the header `Authorization` with the expected value, in constant time (R7.4), and reads the webhook. Returns
/// `None` if the body is not a webhook. Respond with 200: Nexi repeats webhooks that get another response.
///
/// Nexi signs nothing: whoever knows the value can send anything. Use a webhook as a reason to query the payment.
///
/// # Errors
/// `invalid_signature` for another value or none; `invalid_string` if `expected` is empty.
pub fn read_webhook(input: &WebhookInput) -> Result<Option<Webhook>, Error> {
    let expected = input.expected.expose();
    if expected.is_empty() {
        return Err(Error::new(
            Code::InvalidString,
            "/input/expected",
            "expected the value that was set for the webhook",
        ));
    }
    if !same(expected, input.authorization.as_ref().map_or("", Secret::expose)) {
        let message = "expected the header `authorization` that was set for the webhook";
        return Err(Error::new(Code::InvalidSignature, "/input/authorization", message));
    }
    Ok(Answer::parse(&input.body).and_then(|body| webhook(&body, input.merchant_initiated.unwrap_or(false))))
}

fn webhook(body: &Answer, merchant_initiated: bool) -> Option<Webhook> {
    let event = body.get("event").word()?;
    let (data, order) = (body.get("data"), body.at(&["data", "order"]));
    // Events with an order have the amount in it.
    let sum = if data.get("amount").is_given() { data.get("amount") } else { order.get("amount") };
    let currency: Option<Currency> = sum.get("currency").text().and_then(|code| code.to_ascii_uppercase().parse().ok());
    let error = data.get("error");
    let agreement = match data.get("unscheduledSubscriptionId").text() {
        Some(id) => Some(Agreement::of(Timing::Unscheduled, id)),
        None => data.get("subscriptionId").text().map(|id| Agreement::of(Timing::Scheduled, id)),
    };
    let paid_with = CardOnFile::of(data);
    let mut outcome = meaning(&event, data, merchant_initiated);
    if let Some(outcome) = &mut outcome {
        outcome.credential = agreement.as_ref().and_then(Agreement::credential);
        let scheme = paid_with.as_ref().and_then(|paid| paid.payment_method.as_deref()).map(str::to_ascii_lowercase);
        if let (Some(decline), Some(scheme)) = (&mut outcome.decline, scheme) {
            decline.scheme = Some(scheme);
        }
    }
    Some(Webhook {
        id: body.get("id").string(),
        event,
        timestamp: body.get("timestamp").string(),
        merchant_number: body.either(&["merchantNumber", "merchantId"]).string(),
        payment_id: data.get("paymentId").string(),
        charge_id: data.get("chargeId").string(),
        refund_id: data.get("refundId").string(),
        reference: order.get("reference").string(),
        my_reference: data.get("myReference").string(),
        amount: currency.and_then(|currency| sum.get("amount").minor_units(currency)),
        agreement,
        paid_with,
        error: error.is_given().then(|| api_error(error)),
        outcome,
    })
}

/// Returns the outcome that an event means, in its first version or a later one.
fn meaning(event: &str, data: &Answer, merchant_initiated: bool) -> Option<Outcome> {
    let name = match event.rsplit_once(".v") {
        Some((name, version)) if version.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => event,
    };
    let failed = || failure(data.get("error")).unwrap_or_else(|| Outcome::declined(Decline::unexplained(), None));
    Some(match name {
        "payment.charge.created" => Outcome::of(OutcomeStatus::Succeeded, data.get("chargeId").text()),
        "payment.charge.failed" => failed(),
        "payment.reservation.failed" if merchant_initiated => failed(),
        "payment.created"
        | "payment.checkout.completed"
        | "payment.reservation.created"
        | "payment.reservation.failed" => Outcome::of(OutcomeStatus::Pending, None),
        _ => return None,
    })
}
