//! DineroPay's words for the status of a payment, and the errors that it reports.

use crate::decline::Decline;
use crate::json::object;
use crate::providers::lenient::Answer;
use crate::providers::outcome::OutcomeStatus;

/// What became of a payment, by `status` or `order_status`.
///
/// Refunded, reversed, voided or charged back: the payment was made, and what was taken has gone back since.
pub(crate) fn outcome_status(word: &str) -> OutcomeStatus {
    match word {
        "settled" | "refund" | "reversal" | "void" | "chargeback" => OutcomeStatus::Succeeded,
        "pending" | "prepare" | "3ds" | "redirect" => OutcomeStatus::Pending,
        "decline" | "declined" => OutcomeStatus::Declined,
        _ => OutcomeStatus::Unknown,
    }
}

/// A decline. There is no code, only a reason as free text.
pub(crate) fn decline(reason: Option<String>) -> Decline {
    let unexplained = Decline::unexplained();
    Decline { reason: reason.unwrap_or_else(|| unexplained.reason.clone()), ..unexplained }
}

/// Why something was declined or refused.
pub(crate) fn reason(answer: &Answer) -> Option<String> {
    answer.either(&["reason", "decline_reason"]).string()
}

/// An error that DineroPay reports about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// Its code, e.g. `100000`.
    pub code: Option<String>,
    /// Its text, usually the wire name of a field, a colon and a sentence.
    pub message: String,
}

object!(ApiError { code: nullable "code", message: required "message" });

/// All that an answer says is wrong: the list, or the whole where there is none.
pub(crate) fn api_errors(answer: &Answer) -> Vec<ApiError> {
    let read = |answer: &Answer| {
        let message = answer.get("error_message").text()?.to_string();
        Some(ApiError { code: answer.get("error_code").string(), message })
    };
    let listed: Vec<ApiError> = answer.get("errors").items().iter().filter_map(read).collect();
    if listed.is_empty() { read(answer).into_iter().collect() } else { listed }
}

/// Whether an answer is a refusal that comes before any charge, by the platform's reference.
///
/// Only what it documents is taken as such: "Duplicate request" and "Previous payment not completed" tell of another one, a
/// capture of what is not pending (208003) may have been made already, and a message that is new may come from anywhere.
pub(crate) fn refused_before_charge(errors: &[ApiError]) -> bool {
    // No acquirer, no limit left, nothing of the kind. A card token that is not one. No such payment.
    !errors.is_empty()
        && errors.iter().all(|error| {
            error.is_invalid() || matches!(error.number(), 204_002..=204_015 | 205_005..=205_007 | 208_001)
        })
}

/// Whether an answer is a refusal of what was to be done with a payment.
pub(crate) fn refused(errors: &[ApiError]) -> bool {
    !errors.is_empty() && errors.iter().all(|error| error.is_invalid() || matches!(error.number(), 208_001..=208_010))
}

impl ApiError {
    fn number(&self) -> u32 {
        self.code.as_deref().and_then(|code| code.parse().ok()).unwrap_or_default()
    }

    /// Whether it is one of the validation's own sentences, behind the name of the field.
    fn is_invalid(&self) -> bool {
        const SENTENCES: [&str; 6] = [
            "This value should ",
            "This value is not ",
            "This value is too ",
            "This field ",
            "The value you selected is not ",
            "Hash is not valid",
        ];
        let sentence = self.message.split_once(": ").map(|(_, sentence)| sentence);
        sentence.is_some_and(|sentence| SENTENCES.iter().any(|start| sentence.starts_with(start)))
    }
}
