//! The response to a charge.

use super::transaction;
use crate::providers::http::{ChargeReply, HttpResponse};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// Reads the response to [`charge_token`](super::super::charge_token).
///
/// Dintero responds to a declined charge with HTTP 200 and `status` `FAILED`, so the status decides, as in
/// [`read_transaction`](super::super::read_transaction). HTTP 401 and 403 happen before any charge and are `not_made`.
/// Every other error is `unknown`: a 400 may be an invalid request or a duplicate of a paid one, and a 500 may follow a
/// charge. Query it with [`find_transactions`](super::super::find_transactions).
///
/// A response that cannot be read is `unknown`, and so is a rejection of a request that had been sent before
/// (`resent`).
pub fn read_charge(reply: &ChargeReply) -> Outcome {
    Outcome::told(reply, answered)
}

fn answered(response: &HttpResponse) -> Outcome {
    let answer = Answer::of(&response.body);
    let begun = ["id", "session_id"].iter().any(|name| answer.get(name).is_given());
    match response.status {
        _ if response.is_success() => transaction::outcome(&answer),
        401 | 403 if !begun => Outcome::of(OutcomeStatus::NotMade, None),
        _ => Outcome::of(OutcomeStatus::Unknown, answer.get("id").text()),
    }
}
