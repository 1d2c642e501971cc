//! DineroPay's payment statuses, and the errors that it reports.

use crate::decline::Decline;
use crate::json::object;
use crate::providers::lenient::Answer;
use crate::providers::outcome::OutcomeStatus;

/// Returns the outcome that a `status` or `order_status` means.
///
/// A payment that was refunded, reversed, voided or charged back was made: the money was captured and has been returned
/// since.
pub(crate) fn outcome_status(word: &str) -> OutcomeStatus {
    match word {
        "settled" | "refund" | "reversal" | "void" | "chargeback" => OutcomeStatus::Succeeded,
        "pending" | "prepare" | "3ds" | "redirect" => OutcomeStatus::Pending,
        "decline" | "declined" => OutcomeStatus::Declined,
        _ => OutcomeStatus::Unknown,
    }
}

/// Builds a decline. There is no code, only a reason as free text.
pub(crate) fn decline(reason: Option<String>) -> Decline {
    let unexplained = Decline::unexplained();
    Decline { reason: reason.unwrap_or_else(|| unexplained.reason.clone()), ..unexplained }
}

/// Returns the reason of a decline or a rejection.
pub(crate) fn reason(answer: &Answer) -> Option<String> {
    answer.either(&["reason", "decline_reason"]).string()
}

/// An error that DineroPay reports about a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The code, such as `100000`.
    pub code: Option<String>,
    /// The message, usually a field name of the API, a colon and a sentence.
    pub message: String,
}

object!(ApiError { code: nullable "code", message: required "message" });

/// Returns the errors of a response: the list, or the response itself if there is no list.
pub(crate) fn api_errors(answer: &Answer) -> Vec<ApiError> {
    let read = |answer: &Answer| {
        let message = answer.get("error_message").text()?.to_string();
        Some(ApiError { code: answer.get("error_code").string(), message })
    };
    let listed: Vec<ApiError> = answer.get("errors").items().iter().filter_map(read).collect();
    if listed.is_empty() { read(answer).into_iter().collect() } else { listed }
}

/// Returns whether a response is a rejection before any charge, by the platform's reference.
///
/// Only what the reference documents counts. "Duplicate request" and "Previous payment not completed" are about another
/// request; a capture of a payment that is not pending (208003) may have been made already; an unknown message may have
/// any cause.
pub(crate) fn refused_before_charge(errors: &[ApiError]) -> bool {
    // No acquirer, no limit left, no such operation; an invalid card token; no such payment.
    !errors.is_empty()
        && errors.iter().all(|error| {
            error.is_invalid() || matches!(error.number(), 204_002..=204_015 | 205_005..=205_007 | 208_001)
        })
}

/// Returns whether a response is a rejection of an operation on a payment.
pub(crate) fn refused(errors: &[ApiError]) -> bool {
    !errors.is_empty() && errors.iter().all(|error| error.is_invalid() || matches!(error.number(), 208_001..=208_010))
}

impl ApiError {
    fn number(&self) -> u32 {
        self.code.as_deref().and_then(|code| code.parse().ok()).unwrap_or_default()
    }

    /// Returns whether it is a sentence of the platform's validation, after the name of the field.
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
