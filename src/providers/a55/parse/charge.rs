//! A55's responses about a charge.

use super::api_error::{ApiError, Message, api_error, messages};
use super::status::{Source, charge_uuid, declined_by, outcome};
use crate::date::Date;
use crate::json::object;
use crate::money::{Currency, Money};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// A response about a charge, with what is known of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedCharge {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: String,
    /// False if the charge was only to be authorised: `confirmed` then does not mean that the money was captured.
    /// Default true.
    pub capture: Option<bool>,
    /// True if the same request was sent before and its response was lost. A rejection then says nothing about the
    /// first request, so the outcome is `unknown` rather than `not_made`. Default false.
    pub resent: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ReceivedCharge {
    status: required "status",
    body: required "body",
    capture: optional "capture",
    resent: optional "resent",
    retry_after: optional "retryAfter",
});

/// The response to a status request for a charge.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedStatus {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: String,
    /// False if the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// Whether the request that made the charge is certainly over. It changes nothing here: a charge with an id at A55
    /// exists.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ReceivedStatus {
    status: required "status",
    body: required "body",
    capture: optional "capture",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

/// Does not print the body.
impl std::fmt::Debug for ReceivedStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// Does not print the body.
impl std::fmt::Debug for ReceivedCharge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// Reads the response to [`create_charge`](super::super::create_charge) into the outcome of the attempt.
///
/// - `confirmed` and `paid` are `succeeded` (R7.5), and so is a status that can only follow them: a refund, a
///   chargeback.
/// - `issued`, `pending` and `pre_captured` are `pending`.
/// - `error`, `declined` and `failed` are `declined`, also with HTTP 200. A canceled charge is too: it captures no
///   money. The decline contains A55's advice: no new attempt after suspected fraud; contact the customer for a wrong
///   card, security code or authentication.
/// - HTTP 400, 401, 402, 403, 404, 422 and 429 without a charge or a decline are `not_made`.
/// - Everything else is `unknown` until the charge is queried: HTTP 409 (the key was used: the first request may have
///   charged), 5xx, a response that is not JSON, an undocumented status, and the codes `TIMEOUT`, `PROCESSING_ERROR`
///   and `DUPLICATE_REQUEST`.
///
/// Sources: three of A55's pages for the statuses, two for an error with HTTP 200, one for the codes. No complete
/// response is documented. Whether `pre_captured` means that the money was captured is not documented either, so it is
/// `pending` until `paid`.
pub fn read_charge(received: &ReceivedCharge) -> Outcome {
    answered(received).after(received.retry_after.as_ref())
}

fn answered(received: &ReceivedCharge) -> Outcome {
    let unknown = Outcome::unknown();
    let answer = match received.status {
        200..=299 | 400..=404 | 409 | 422 | 429 => Answer::parse(&received.body),
        _ => None,
    };
    let Some(answer) = answer else { return unknown };
    let charge = only(&answer);
    let told = outcome(charge, received.capture.unwrap_or(true), Source::Meanwhile);
    let unknown = Outcome { provider_reference: told.provider_reference.clone(), ..unknown };
    let found = match (received.status, told.status) {
        (200..=299, _) => told,
        (409, _) => unknown,
        (_, OutcomeStatus::Declined | OutcomeStatus::NotMade) => told,
        (_, OutcomeStatus::Succeeded | OutcomeStatus::Pending) => unknown,
        _ if !matches!(answer, Answer::Object(_)) || told.provider_reference.is_some() => unknown,
        _ => match declined_by(&messages(charge)) {
            Some(decline) => Outcome::declined(decline, unknown.provider_reference.as_deref()),
            None => Outcome { status: OutcomeStatus::NotMade, ..unknown },
        },
    };
    found.unless_resent(received.resent)
}

/// Reads the response to [`get_charge`](super::super::get_charge). What the charge says is final. Any response other
/// than HTTP 2xx with a charge is `unknown`.
///
/// Sources and statuses: as [`read_charge`].
pub fn read_charge_status(received: &ReceivedStatus) -> Outcome {
    let found = match (received.status, Answer::parse(&received.body)) {
        (200..=299, Some(answer)) => outcome(only(&answer), received.capture.unwrap_or(true), Source::Asked),
        _ => Outcome::unknown(),
    };
    found.after(received.retry_after.as_ref())
}

/// Returns the only charge of a response. A55's public URL of a charge returns a list of one.
fn only(answer: &Answer) -> &Answer {
    match answer.items() {
        [charge] => charge,
        _ => answer,
    }
}

/// A charge as A55 reports it. Most fields are not documented for every response, and null if absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeDetails {
    /// A55's id of the charge.
    pub charge_uuid: Option<String>,
    /// A55's status, in lower case.
    pub status: Option<String>,
    /// What the status means for an attempt that was to be captured immediately.
    pub outcome: OutcomeStatus,
    /// The amount.
    pub amount: Option<Money>,
    /// How much of it can still be refunded.
    pub amount_remaining: Option<Money>,
    /// The payment's reference.
    pub reference: Option<String>,
    /// The URL to which the payer goes for 3-D Secure while the charge is pending: `url_3ds`, in later pages
    /// `action_url`.
    pub action_url: Option<String>,
    /// The session for A55's checkout, if the charge has no card.
    pub session_id: Option<String>,
    /// The subscription that A55 runs.
    pub subscription_uuid: Option<String>,
    /// The day of that subscription's next charge.
    pub next_charge_date: Option<Date>,
    /// The scheme's id of the transaction.
    pub scheme_transaction_id: Option<String>,
    /// When the charge was made, as A55 writes it.
    pub created_at: Option<String>,
    /// A55's messages about it.
    pub messages: Vec<Message>,
}

object!(ChargeDetails {
    charge_uuid: nullable "chargeUuid",
    status: nullable "status",
    outcome: required "outcome",
    amount: nullable "amount",
    amount_remaining: nullable "amountRemaining",
    reference: nullable "reference",
    action_url: nullable "actionUrl",
    session_id: nullable "sessionId",
    subscription_uuid: nullable "subscriptionUuid",
    next_charge_date: nullable "nextChargeDate",
    scheme_transaction_id: nullable "schemeTransactionId",
    created_at: nullable "createdAt",
    messages: required "messages",
});

impl ChargeDetails {
    /// Reads a charge. `currency` applies to amounts that are sent without one.
    pub(crate) fn read(charge: &Answer, currency: Option<Currency>) -> Self {
        let text = |names: &[&str]| charge.either(names).string();
        let subscription = charge.get("subscription");
        let own = charge.either(&["currency", "local_currency"]).text();
        let currency = own.and_then(|code| code.to_ascii_uppercase().parse().ok()).or(currency);
        let money = |names: &[&str]| currency.and_then(|currency| charge.either(names).decimal(currency));
        let told_once = subscription.get("subscription_uuid").string();
        let next_charge = charge.either(&["next_charge_date", "next_due_date"]).date();
        Self {
            charge_uuid: charge_uuid(charge),
            status: charge.get("status").word(),
            outcome: outcome(charge, true, Source::Asked).status,
            amount: money(&["value", "amount", "installment_value"]),
            amount_remaining: money(&["amount_remaining"]),
            reference: reference(charge).map(Into::into),
            action_url: charge.either(&["action_url", "url_3ds"]).string(),
            session_id: charge.get("session_id").string(),
            subscription_uuid: text(&["subscription_uuid"]).or(told_once),
            next_charge_date: next_charge
                .or_else(|| subscription.either(&["next_charge_date", "next_due_date"]).date()),
            scheme_transaction_id: charge.get("scheme_transaction_id").string(),
            created_at: text(&["created_at"]),
            messages: messages(charge),
        }
    }
}

/// Returns the payment's reference: the field of the request. `transaction_reference` of a webhook is the acquirer's
/// (A55's older page).
pub(crate) fn reference(charge: &Answer) -> Option<&str> {
    charge.get("reference_external_id").text()
}

/// A response with amounts, which A55 does not always write with their currency.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedAmounts {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: String,
    /// The currency of amounts that are sent without one. Without it, these amounts are omitted.
    pub currency: Option<Currency>,
    /// The header `Retry-After`, as received. It is ignored, as the result is not an outcome.
    pub retry_after: Option<String>,
}

object!(ReceivedAmounts {
    status: required "status",
    body: required "body",
    currency: optional "currency",
    retry_after: optional "retryAfter",
});

/// Does not print the body.
impl std::fmt::Debug for ReceivedAmounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// A charge, or the error in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeAnswer {
    /// The charge.
    pub charge: Option<ChargeDetails>,
    /// The error that A55 reports, also for a charge that failed.
    pub error: Option<ApiError>,
}

object!(ChargeAnswer { charge: nullable "charge", error: nullable "error" });

/// Reads everything a response contains about a charge, such as the URL for 3-D Secure and the subscription created
/// with it.
///
/// Sources: several pages name a few fields each; `url_3ds` and `action_url` are one field with two names.
pub fn read_charge_details(received: &ReceivedAmounts) -> ChargeAnswer {
    let answer = Answer::parse(&received.body);
    let charge = answer.as_ref().map(only).filter(|charge| charge_uuid(charge).is_some());
    ChargeAnswer {
        charge: charge.map(|charge| ChargeDetails::read(charge, received.currency)),
        error: api_error(received.status, charge.or(answer.as_ref())),
    }
}
