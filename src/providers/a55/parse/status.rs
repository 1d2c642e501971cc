//! What A55's statuses and codes mean for an attempt.

use super::api_error::{Message, messages};
use crate::decline::{Decline, Retry};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// What a status says about the money.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not decided, or waiting for the payer.
    Waiting,
    /// Authorised; captured if the charge was to be captured immediately.
    Confirmed,
    /// Captured. A later refund or chargeback does not undo the payment.
    Taken,
    /// Rejected or declined.
    Failed,
    /// Ended without money: cancelled before settlement, or 3-D Secure was not completed.
    Cancelled,
}

/// Sources: A55's page on statuses and its page on webhooks. `declined` and `failed` are from its test cards, its
/// debugging page and its client code.
const STAGES: &[(&str, Stage)] = &[
    ("issued", Stage::Waiting),
    ("pending", Stage::Waiting),
    ("pre_captured", Stage::Waiting),
    ("confirmed", Stage::Confirmed),
    ("paid", Stage::Taken),
    ("refunded", Stage::Taken),
    ("refund_error", Stage::Taken),
    ("pre_chargeback_resolution", Stage::Taken),
    ("chargeback_requested", Stage::Taken),
    ("chargeback_refunded", Stage::Taken),
    ("chargeback_reversed", Stage::Taken),
    ("chargeback", Stage::Taken),
    ("error", Stage::Failed),
    ("declined", Stage::Failed),
    ("failed", Stage::Failed),
    ("canceled", Stage::Cancelled),
    ("cancelled", Stage::Cancelled),
];

/// What a code says about a failure. Codes not listed are declines that may be retried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The issuer or A55 declined.
    Decline(Retry),
    /// The request was rejected before any charge.
    Refused,
    /// The customer may have been charged. This applies to the response to the charge request, not to the charge
    /// itself.
    Doubtful,
    /// The code is not about making a charge.
    Foreign,
}

/// Source: A55's list of codes, which is known in part, with its advice on new attempts; one source.
const CODES: &[(&str, Meaning)] = &[
    ("CARD_DECLINED", Meaning::Decline(Retry::Allowed)),
    ("INSUFFICIENT_FUNDS", Meaning::Decline(Retry::Allowed)),
    ("3DS_UNAVAILABLE", Meaning::Decline(Retry::Allowed)),
    ("FRAUD_SUSPECTED", Meaning::Decline(Retry::Never)),
    ("INVALID_CARD", Meaning::Decline(Retry::NeedsCustomer)),
    ("INVALID_CARD_NUMBER", Meaning::Decline(Retry::NeedsCustomer)),
    ("INVALID_CVC", Meaning::Decline(Retry::NeedsCustomer)),
    ("EXPIRED_CARD", Meaning::Decline(Retry::NeedsCustomer)),
    ("3DS_REQUIRED", Meaning::Decline(Retry::NeedsCustomer)),
    ("3DS_FAILED", Meaning::Decline(Retry::NeedsCustomer)),
    ("CURRENCY_NOT_SUPPORTED", Meaning::Refused),
    ("AMOUNT_INVALID", Meaning::Refused),
    ("PROCESSING_ERROR", Meaning::Doubtful),
    ("TIMEOUT", Meaning::Doubtful),
    ("DUPLICATE_REQUEST", Meaning::Doubtful),
    ("CANCEL_NOT_ALLOWED", Meaning::Foreign),
];

fn meaning(code: &str) -> Option<Meaning> {
    CODES.iter().find(|(known, _)| known.eq_ignore_ascii_case(code)).map(|(_, meaning)| *meaning)
}

/// Where a charge's status comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The response to the charge request, or the webhook of a change. What is doubtful stays so until the charge is
    /// queried.
    Meanwhile,
    /// The charge itself, queried later: what it says is final.
    Asked,
}

/// Returns the id of a charge.
pub(crate) fn charge_uuid(charge: &Answer) -> Option<String> {
    charge.either(&["charge_uuid", "uuid"]).string()
}

/// Returns the outcome that a charge states. `capture` is false for a charge that was only to be authorised.
pub(crate) fn outcome(charge: &Answer, capture: bool, told: Source) -> Outcome {
    let provider_reference = charge_uuid(charge);
    let messages = messages(charge);
    let told_by = |status| Outcome::of(status, provider_reference.as_deref());
    let message = telling(&messages);
    let code = message.and_then(|message| message.code.as_deref());
    let stage = charge.get("status").word().and_then(|word| stage(&word));
    match (stage, code.and_then(meaning)) {
        (_, Some(Meaning::Foreign)) | (None, _) => told_by(OutcomeStatus::Unknown),
        (Some(Stage::Waiting), _) => told_by(OutcomeStatus::Pending),
        (Some(Stage::Confirmed), _) if !capture => told_by(OutcomeStatus::Pending),
        (Some(Stage::Confirmed | Stage::Taken), _) => told_by(OutcomeStatus::Succeeded),
        (Some(Stage::Cancelled), _) => {
            let reason = "the charge was canceled".into();
            Outcome::declined(Decline { reason, ..Decline::unexplained() }, provider_reference.as_deref())
        }
        (Some(Stage::Failed), Some(Meaning::Refused)) => told_by(OutcomeStatus::NotMade),
        (Some(Stage::Failed), Some(Meaning::Doubtful)) if told == Source::Meanwhile => told_by(OutcomeStatus::Unknown),
        // Neither a charge nor a reason: an error of another kind.
        (Some(Stage::Failed), _) if provider_reference.is_none() && (code.is_none() || told == Source::Asked) => {
            told_by(OutcomeStatus::Unknown)
        }
        (Some(Stage::Failed), meaning) => Outcome::declined(decline(message, meaning), provider_reference.as_deref()),
    }
}

/// Returns the decline that an error's code means, if it means one.
pub(crate) fn declined_by(messages: &[Message]) -> Option<Decline> {
    let message = telling(messages)?;
    let found = meaning(message.code.as_deref()?)?;
    matches!(found, Meaning::Decline(_)).then(|| decline(Some(message), Some(found)))
}

/// Returns whether an error leaves open what was done.
pub(crate) fn is_doubtful(messages: &[Message]) -> bool {
    let codes = messages.iter().filter_map(|message| message.code.as_deref());
    codes.filter_map(meaning).any(|meaning| meaning == Meaning::Doubtful)
}

fn stage(word: &str) -> Option<Stage> {
    STAGES.iter().find(|(known, _)| *known == word).map(|(_, stage)| *stage)
}

/// Returns the most specific message: the acquirer's, else the first with a code, else the first.
fn telling(messages: &[Message]) -> Option<&Message> {
    let of_acquirer = |message: &&Message| {
        message.code.is_some() && message.source.as_ref().is_some_and(|source| source.eq_ignore_ascii_case("acquirer"))
    };
    let with_code = || messages.iter().find(|message| message.code.is_some());
    messages.iter().find(of_acquirer).or_else(with_code).or(messages.first())
}

fn decline(message: Option<&Message>, meaning: Option<Meaning>) -> Decline {
    let unexplained = Decline::unexplained();
    let Some(message) = message else { return unexplained };
    Decline {
        code: message.code.clone(),
        retry: match meaning {
            Some(Meaning::Decline(retry)) => retry,
            _ => Retry::Allowed,
        },
        reason: message.description.clone().unwrap_or(unexplained.reason),
        ..unexplained
    }
}
