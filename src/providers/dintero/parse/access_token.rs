//! The response to a request for an access token.

use super::transaction::ApiError;
use crate::json::object;
use crate::providers::http::{HttpResponse, Secret};
use crate::providers::lenient::Answer;

/// An access token, or the error in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// The token. Secret.
    pub access_token: Option<Secret>,
    /// The type: `Bearer`.
    pub token_type: Option<String>,
    /// For how many seconds it is valid; 86400 in Dintero's sample.
    pub expires_in: Option<u32>,
    /// The error that Dintero reports instead.
    pub error: Option<ApiError>,
}

object!(AccessToken {
    access_token: nullable "accessToken",
    token_type: nullable "tokenType",
    expires_in: nullable "expiresIn",
    error: nullable "error",
});

/// Reads the response to [`auth_token`](super::super::auth_token).
///
/// A response that cannot be read has no token.
pub fn read_auth_token(response: &HttpResponse) -> AccessToken {
    let answer = Answer::of(&response.body);
    let token = answer.only_if(response.is_success());
    AccessToken {
        access_token: token.get("access_token").text().map(Secret::new),
        token_type: token.get("token_type").string(),
        expires_in: token.get("expires_in").text().and_then(|seconds| seconds.parse().ok()),
        error: ApiError::of(&answer),
    }
}
