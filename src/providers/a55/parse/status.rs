//! What A55's words for a charge mean for the attempt.

use super::api_error::{Message, messages};
use crate::decline::{Decline, Retry};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// What a status says of the money.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// Not decided, or waiting for the payer.
    Waiting,
    /// Authorised: taken where the charge was to be captured at once.
    Confirmed,
    /// Taken, whatever became of it later: a refund or a chargeback does not undo the payment.
    Taken,
    /// Refused.
    Failed,
    /// Ended without money: cancelled before settlement, or the challenge of 3-D Secure not completed.
    Cancelled,
}

/// Sources: A55's page on statuses and its page on webhooks; `declined` and `failed` from its test cards, its debugging page
/// and its client code.
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

/// What a code says of a failure. Codes that are not here are declines which may be tried again.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The issuer or A55 declined.
    Decline(Retry),
    /// The request was refused before any charge.
    Refused,
    /// It may have been charged: of an answer to the request that made the charge, not of the charge itself.
    Doubtful,
    /// It is not about a charge being made.
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

/// What a charge was told by.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Source {
    /// The answer to the request that makes it, and the webhook of a change: what is doubtful stays so until the charge is
    /// asked for.
    Meanwhile,
    /// The charge itself, asked for later: what it says is final.
    Asked,
}

/// The id of a charge.
pub(crate) fn charge_uuid(charge: &Answer) -> Option<String> {
    charge.either(&["charge_uuid", "uuid"]).string()
}

/// What a charge says became of the attempt. `capture` is false for one that was only to be authorised.
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
        // Neither a charge nor a reason: an error of some other kind.
        (Some(Stage::Failed), _) if provider_reference.is_none() && (code.is_none() || told == Source::Asked) => {
            told_by(OutcomeStatus::Unknown)
        }
        (Some(Stage::Failed), meaning) => Outcome::declined(decline(message, meaning), provider_reference.as_deref()),
    }
}

/// The decline that an error tells by its code, where it is one.
pub(crate) fn declined_by(messages: &[Message]) -> Option<Decline> {
    let message = telling(messages)?;
    let found = meaning(message.code.as_deref()?)?;
    matches!(found, Meaning::Decline(_)).then(|| decline(Some(message), Some(found)))
}

/// Whether an error leaves open what was done.
pub(crate) fn is_doubtful(messages: &[Message]) -> bool {
    let codes = messages.iter().filter_map(|message| message.code.as_deref());
    codes.filter_map(meaning).any(|meaning| meaning == Meaning::Doubtful)
}

fn stage(word: &str) -> Option<Stage> {
    STAGES.iter().find(|(known, _)| *known == word).map(|(_, stage)| *stage)
}

/// The message that tells most: the acquirer's, or else the first that has a code, or the first.
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
