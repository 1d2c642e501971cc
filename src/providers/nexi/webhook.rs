//! What Nexi reports by itself.

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

/// A report as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// The body.
    pub body: String,
    /// Its header `Authorization`; absent where it has none.
    pub authorization: Option<Secret>,
    /// What was given for it when the event was asked for.
    pub expected: Secret,
    /// Whether the payment is one that the merchant makes, on an agreement. Then a reservation that failed is a decline;
    /// otherwise, and by default, the cardholder may still take another card at the same checkout, and it decides nothing.
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

/// A report, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The report's id: the same when Nexi reports the same again.
    pub id: Option<String>,
    /// The event, in lower case: `payment.charge.created.v2`, …, or what Nexi may add.
    pub event: String,
    /// When, as Nexi writes it.
    pub timestamp: Option<String>,
    /// The merchant's number: `merchantId`, or `merchantNumber`.
    pub merchant_number: Option<String>,
    /// The payment.
    pub payment_id: Option<String>,
    /// The charge.
    pub charge_id: Option<String>,
    /// The refund.
    pub refund_id: Option<String>,
    /// The order's reference, where the event has the order.
    pub reference: Option<String>,
    /// The merchant's other reference.
    pub my_reference: Option<String>,
    /// The amount.
    pub amount: Option<Money>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// What was paid with.
    pub paid_with: Option<CardOnFile>,
    /// What Nexi says about a failure.
    pub error: Option<ApiError>,
    /// What it means for the attempt; none for an event that is not about whether it was paid.
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

/// Reads a report after its `Authorization` has been held against the one expected, in constant time (R7.4); none where the
/// body is no report. Answer 200: Nexi repeats what is answered otherwise.
///
/// Nexi signs nothing: whoever knows the value can report anything. Treat a report as a reason to ask.
///
/// # Errors
/// `invalid_signature` for another value or none, `invalid_string` where none is expected.
pub fn read_webhook(input: &WebhookInput) -> Result<Option<Webhook>, Error> {
    let expected = input.expected.expose();
    if expected.is_empty() {
        return Err(Error::new(
            Code::InvalidString,
            "/input/expected",
            "expected the value that was given for the webhook",
        ));
    }
    if !same(expected, input.authorization.as_ref().map_or("", Secret::expose)) {
        let message = "the report does not bear the value that was given for the webhook";
        return Err(Error::new(Code::InvalidSignature, "/input/authorization", message));
    }
    Ok(Answer::parse(&input.body).and_then(|body| webhook(&body, input.merchant_initiated.unwrap_or(false))))
}

fn webhook(body: &Answer, merchant_initiated: bool) -> Option<Webhook> {
    let event = body.get("event").word()?;
    let (data, order) = (body.get("data"), body.at(&["data", "order"]));
    // Events about an order have its amount there.
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

/// What an event means for the attempt, in its first version or a later one.
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
