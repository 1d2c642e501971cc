//! The responses to operations: a capture, a refund, a void, a cancelled session, a deleted token.

use super::transaction::{ApiError, Failure};
use crate::json::object;
use crate::providers::http::{HttpResponse, is_success};
use crate::providers::lenient::Answer;
use crate::providers::outcome::Done;

/// The response to a capture or a refund, with its reference.
#[derive(Clone, PartialEq, Eq)]
pub struct ChangeReply {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: String,
    /// The merchant's reference of the capture or refund, which selects its event. Without it, the last event of its
    /// kind counts.
    pub reference: Option<String>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ChangeReply {
    status: required "status",
    body: required "body",
    reference: optional "reference",
    retry_after: optional "retryAfter",
});

/// Does not print the body.
impl std::fmt::Debug for ChangeReply {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

/// The outcome of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// `done`; `accepted` if it is still running; `refused`; `unknown`: fetch the transaction, session or token.
    pub result: Done,
    /// The id of the transaction, the session or the token.
    pub id: Option<String>,
    /// The status in capital letters.
    pub status: Option<String>,
    /// The reason of a failure.
    pub failure: Option<Failure>,
    /// The error that Dintero reports if it rejected the request.
    pub error: Option<ApiError>,
    /// After how many seconds to query or send again, if Dintero states it and nothing was done.
    pub retry_after_seconds: Option<u32>,
}

object!(Change {
    result: required "result",
    id: nullable "id",
    status: nullable "status",
    failure: nullable "failure",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to [`capture_transaction`](super::super::capture_transaction).
///
/// Dintero responds with the transaction. Its status is that of the payment; the outcome of this request is in its
/// event. HTTP 202 is `accepted`. HTTP 400, 401, 403 and 404 with Dintero's error are `refused`; 409, 5xx and a
/// response that cannot be read are `unknown` (types).
pub fn read_capture(reply: &ChangeReply) -> Change {
    of_event(reply, "capture")
}

/// Reads the response to [`refund_transaction`](super::super::refund_transaction) in the same way as [`read_capture`].
/// A failed refund leaves the transaction unchanged, for instance `CAPTURED`: that is the success of the charge, not of
/// the refund.
pub fn read_refund(reply: &ChangeReply) -> Change {
    of_event(reply, "refund")
}

/// Reads the response to [`void_transaction`](super::super::void_transaction) in the same way as [`read_capture`].
pub fn read_void(response: &HttpResponse) -> Change {
    let HttpResponse { status, body, retry_after } = response;
    of_event(
        &ChangeReply { status: *status, body: body.clone(), reference: None, retry_after: retry_after.clone() },
        "void",
    )
}

/// Reads the response to [`cancel_session`](super::super::cancel_session): `done` if the session has the time of its
/// cancellation (types).
pub fn read_cancelled_session(response: &HttpResponse) -> Change {
    changed(response.status, &response.body, response.retry_after.as_ref(), &|session| {
        (if session.get("cancelled_at").text().is_some() { Done::Done } else { Done::Unknown }, None)
    })
}

/// Reads the response to [`delete_card_token`](super::super::delete_card_token): `done` if the card is `DELETED` (docs;
/// one source).
pub fn read_deleted_token(response: &HttpResponse) -> Change {
    changed(response.status, &response.body, response.retry_after.as_ref(), &|token| {
        let deleted = token.get("status").word().as_deref() == Some("deleted");
        (if deleted { Done::Done } else { Done::Unknown }, None)
    })
}

/// Returns the last event of a name and, if given, of a reference.
fn last_event<'a>(transaction: &'a Answer, name: &str, reference: Option<&str>) -> Option<&'a Answer> {
    transaction.get("events").items().iter().rev().find(|event| {
        event.get("event").word().as_deref() == Some(name)
            && (reference.is_none() || event.get("event_reference").text() == reference)
    })
}

fn of_event(reply: &ChangeReply, kind: &str) -> Change {
    changed(reply.status, &reply.body, reply.retry_after.as_ref(), &|transaction| {
        let reference = reply.reference.as_deref().map(str::trim);
        match (last_event(transaction, kind, reference), reply.status) {
            (Some(event), _) => match event.get("success").flag() {
                Some(true) => (Done::Done, None),
                Some(false) => {
                    let failure = event.get("error");
                    (Done::Refused, failure.is_given().then(|| Failure::of(failure)))
                }
                None => (Done::Unknown, None),
            },
            (None, 202) => (Done::Accepted, None),
            (None, _) => {
                let begun = last_event(transaction, &["initiate_", kind].concat(), reference);
                match begun.and_then(|event| event.get("success").flag()) {
                    Some(true) => (Done::Accepted, None),
                    _ => (Done::Unknown, None),
                }
            }
        }
    })
}

/// Reads what all these responses share. `done` returns what the body of an HTTP 2xx means.
fn changed(
    status: u32,
    body: &str,
    retry_after: Option<&String>,
    done: &dyn Fn(&Answer) -> (Done, Option<Failure>),
) -> Change {
    let answer = Answer::of(body);
    let error = ApiError::of(&answer);
    let (result, failure) = match status {
        _ if is_success(status) && error.is_none() => done(&answer),
        400 | 401 | 403 | 404 if error.is_some() => (Done::Refused, None),
        _ => (Done::Unknown, None),
    };
    Change {
        result,
        id: answer.get("id").string(),
        status: answer.get("status").text().map(str::to_ascii_uppercase),
        failure,
        error,
        retry_after_seconds: result.retry(retry_after),
    }
}
