//! What Examplepay answers, read with tolerance (R7.5).

use crate::decline::Decline;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// Reads the answer to a charge. A request that was refused as such took no money; after a fault of the server nothing is known.
pub(super) fn charged(response: &HttpResponse) -> Outcome {
    match response.status {
        _ if response.is_success() => charge(&Answer::of(&response.body)),
        401 | 422 => Outcome::of(OutcomeStatus::NotMade, None),
        _ => Outcome::unknown(),
    }
}

/// Reads the answer to the look-up of a reference.
pub(super) fn found(response: &HttpResponse, reference: &str, request_is_over: bool) -> Outcome {
    let answer = Answer::of(&response.body);
    match response.status {
        404 => Outcome::absent(request_is_over),
        _ if response.is_success() && answer.get("reference").text() == Some(reference) => charge(&answer),
        _ => Outcome::unknown(),
    }
}

/// Reads a charge, from an answer or a webhook.
pub(super) fn charge(charge: &Answer) -> Outcome {
    let id = charge.get("id").text();
    match charge.get("status").word().as_deref() {
        Some("paid") => Outcome::of(OutcomeStatus::Succeeded, id),
        Some("pending") => Outcome::of(OutcomeStatus::Pending, id),
        Some("declined") => {
            let code = charge.get("decline_code").string();
            Outcome::declined(Decline { code, ..Decline::unexplained() }, id)
        }
        _ => Outcome::unknown(),
    }
}
