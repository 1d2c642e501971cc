//! The response to a new session.

use super::transaction::ApiError;
use crate::json::object;
use crate::providers::http::{HttpResponse, seconds};
use crate::providers::lenient::Answer;

/// A session, or the error in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreatedSession {
    /// The id.
    pub id: Option<String>,
    /// The URL where the customer pays: redirect to it or embed it.
    pub url: Option<String>,
    /// The error that Dintero reports instead.
    pub error: Option<ApiError>,
    /// After how many seconds to send again, if Dintero states it and there is no session.
    pub retry_after_seconds: Option<u32>,
}

object!(CreatedSession {
    id: nullable "id",
    url: nullable "url",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to [`create_session`](super::super::create_session) and
/// [`create_token_session`](super::super::create_token_session). A session without a `url` cannot be paid, so the
/// attempt was not made, whatever the status.
///
/// A response that cannot be read has no session.
pub fn read_session(response: &HttpResponse) -> CreatedSession {
    let answer = Answer::of(&response.body);
    let session = answer.only_if(response.is_success());
    let url = session.get("url").string();
    let retry_after_seconds = if url.is_none() { seconds(response.retry_after.as_ref()) } else { None };
    CreatedSession { id: session.get("id").string(), url, error: ApiError::of(&answer), retry_after_seconds }
}
