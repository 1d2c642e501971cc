//! What becomes of a session: it is answered, and ended.

use super::account::Account;
use super::checks;
use super::transaction_read::ApiError;
use crate::error::{Errors, Problems};
use crate::json::object;
use crate::providers::http::{HttpRequest, HttpResponse, seconds};
use crate::providers::lenient::Answer;

/// A session, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedSession {
    /// Its id.
    pub id: Option<String>,
    /// Where the customer pays: to be redirected to or embedded.
    pub url: Option<String>,
    /// What Dintero said where there is none.
    pub error: Option<ApiError>,
    /// After how many seconds to send again, where Dintero says so and there is none.
    pub retry_after_seconds: Option<u32>,
}

object!(CreatedSession {
    id: nullable "id",
    url: nullable "url",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the answer to [`create_session`](super::create_session) and [`create_token_session`](super::create_token_session). A session without a `url` cannot be paid: the attempt was not
/// made, whatever the status.
///
/// What cannot be read is no session.
pub fn read_session(response: &HttpResponse) -> CreatedSession {
    let answer = Answer::of(&response.body);
    let session = answer.only_if(response.is_success());
    let url = session.get("url").string();
    let retry_after_seconds = if url.is_none() { seconds(response.retry_after.as_ref()) } else { None };
    CreatedSession { id: session.get("id").string(), url, error: ApiError::of(&answer), retry_after_seconds }
}

/// A session by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRef {
    /// The merchant.
    pub account: Account,
    /// The id.
    pub session_id: String,
}

object!(SessionRef { account: required "account", session_id: required "sessionId" });

/// Builds the request that ends a session that nobody has paid: `POST /v1/sessions/{id}/cancel`.
///
/// # Errors
/// `invalid_string`, and `environment_mismatch` for a session of the other environment.
pub fn cancel_session(session: &SessionRef) -> Result<HttpRequest, Errors> {
    let SessionRef { account, session_id } = session;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::id(session_id, "/sessionId", &mut problems);
    account.same_environment(session_id, "/sessionId", &mut problems);
    problems.finish(Some(()))?;
    Ok(HttpRequest::post_empty(account.checkout(&["/sessions/", session_id, "/cancel"])))
}
