//! A55's answers about a charge.

use super::api_error::{ApiError, Message, api_error, messages};
use super::status::{Source, charge_uuid, declined_by, outcome};
use crate::date::Date;
use crate::json::object;
use crate::money::{Currency, Money};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// An answer about a charge, with what is known of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedCharge {
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body.
    pub body: String,
    /// False where the charge was only to be authorised: `confirmed` is then not yet the money. Default true.
    pub capture: Option<bool>,
    /// True where the same request had been sent before and its answer was lost: a refusal then tells nothing of the first
    /// one, and is no longer `not_made`. Default false.
    pub resent: Option<bool>,
    /// The header `Retry-After`, as it came.
    pub retry_after: Option<String>,
}

object!(ReceivedCharge {
    status: required "status",
    body: required "body",
    capture: optional "capture",
    resent: optional "resent",
    retry_after: optional "retryAfter",
});

/// The answer to a question about a charge.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedStatus {
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body.
    pub body: String,
    /// False where the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// Whether the request that made the charge is surely over. It changes nothing here: a charge with an id of A55's was begun.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as it came.
    pub retry_after: Option<String>,
}

object!(ReceivedStatus {
    status: required "status",
    body: required "body",
    capture: optional "capture",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

/// Shows no body.
impl std::fmt::Debug for ReceivedStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// Shows no body.
impl std::fmt::Debug for ReceivedCharge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// Reads the answer to [`create_charge`](super::super::create_charge) into what became of the attempt.
///
/// - `confirmed` and `paid` are `succeeded` (R7.5), and so is what can only follow on them: a refund, a chargeback.
/// - `issued`, `pending` and `pre_captured` are `pending`.
/// - `error`, `declined` and `failed` are `declined`, also with HTTP 200; a canceled charge is too, for it takes no money.
///   What A55 advises goes into the decline: no new attempt after suspected fraud, the customer for a wrong card, security code
///   or authentication.
/// - HTTP 400, 401, 402, 403, 404, 422 and 429 that tell neither a charge nor a decline are `not_made`.
/// - All else is `unknown`: HTTP 409 (the key was used: the first request may have charged), 5xx, an answer that is not JSON,
///   a status that is not documented, and the codes `TIMEOUT`, `PROCESSING_ERROR` and `DUPLICATE_REQUEST`, until the charge is
///   asked for.
///
/// Sources: statuses, three of A55's pages; an error as HTTP 200, two; codes, one. No complete answer is documented. Whether
/// `pre_captured` means that the money was taken is not either: we wait for `paid`.
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

/// Reads the answer to [`get_charge`](super::super::get_charge). What the charge says is final; any answer but HTTP 2xx with a charge
/// tells nothing of it and is `unknown`.
///
/// Sources and statuses: as [`read_charge`].
pub fn read_charge_status(received: &ReceivedStatus) -> Outcome {
    let found = match (received.status, Answer::parse(&received.body)) {
        (200..=299, Some(answer)) => outcome(only(&answer), received.capture.unwrap_or(true), Source::Asked),
        _ => Outcome::unknown(),
    };
    found.after(received.retry_after.as_ref())
}

/// A55's public address of a charge answers with a list of one.
fn only(answer: &Answer) -> &Answer {
    match answer.items() {
        [charge] => charge,
        _ => answer,
    }
}

/// A charge as A55 tells it. Most is not documented for every answer, and null where it is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeDetails {
    /// A55's id of it.
    pub charge_uuid: Option<String>,
    /// A55's word for where it stands, in lower case.
    pub status: Option<String>,
    /// What that means for an attempt that was to be captured at once.
    pub outcome: OutcomeStatus,
    /// The amount.
    pub amount: Option<Money>,
    /// What of it can still be paid back.
    pub amount_remaining: Option<Money>,
    /// The payment's reference.
    pub reference: Option<String>,
    /// Where the payer goes for 3-D Secure, while the charge is pending: `url_3ds`, in later pages `action_url`.
    pub action_url: Option<String>,
    /// The session for A55's checkout, of a charge without a card.
    pub session_id: Option<String>,
    /// The subscription that A55 runs.
    pub subscription_uuid: Option<String>,
    /// The day of that subscription's next charge.
    pub next_charge_date: Option<Date>,
    /// The scheme's id of the transaction.
    pub scheme_transaction_id: Option<String>,
    /// When it was made, as A55 writes it.
    pub created_at: Option<String>,
    /// What A55 says of it.
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
    /// `currency` is that of amounts which come without one.
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

/// The payment's reference: the field of the request. `transaction_reference` of a webhook is the acquirer's (A55's older page).
pub(crate) fn reference(charge: &Answer) -> Option<&str> {
    charge.get("reference_external_id").text()
}

/// An answer with amounts, which A55 does not always write with their currency.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceivedAmounts {
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body.
    pub body: String,
    /// The currency of amounts that come without one. Without it they are left out.
    pub currency: Option<Currency>,
    /// The header `Retry-After`, as it came; what is read has no outcome that could answer it.
    pub retry_after: Option<String>,
}

object!(ReceivedAmounts {
    status: required "status",
    body: required "body",
    currency: optional "currency",
    retry_after: optional "retryAfter",
});

/// Shows no body.
impl std::fmt::Debug for ReceivedAmounts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// A charge, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeAnswer {
    /// The charge.
    pub charge: Option<ChargeDetails>,
    /// The error that A55 reports, also of a charge that failed.
    pub error: Option<ApiError>,
}

object!(ChargeAnswer { charge: nullable "charge", error: nullable "error" });

/// Reads all that an answer tells of a charge, such as the address for 3-D Secure and the subscription that came with it.
///
/// Sources: several pages name a few fields each; `url_3ds` and `action_url` are one field by two names.
pub fn read_charge_details(received: &ReceivedAmounts) -> ChargeAnswer {
    let answer = Answer::parse(&received.body);
    let charge = answer.as_ref().map(only).filter(|charge| charge_uuid(charge).is_some());
    ChargeAnswer {
        charge: charge.map(|charge| ChargeDetails::read(charge, received.currency)),
        error: api_error(received.status, charge.or(answer.as_ref())),
    }
}
