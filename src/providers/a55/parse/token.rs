//! The response with the bearer token.

use super::api_error::{ApiError, api_error};
use crate::json::object;
use crate::providers::http::{HttpResponse, Secret, is_success};
use crate::providers::lenient::Answer;

/// A bearer token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// The token, for `Authorization: Bearer …`.
    pub access_token: Secret,
    /// For how many seconds it is valid.
    pub expires_in: Option<u32>,
}

object!(Token { access_token: required "accessToken", expires_in: nullable "expiresIn" });

/// A token, or the error in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenAnswer {
    /// The token.
    pub token: Option<Token>,
    /// The error.
    pub error: Option<ApiError>,
}

object!(TokenAnswer { token: nullable "token", error: nullable "error" });

/// Reads the response to [`token_request`](super::super::token_request).
///
/// Sources: three of A55's pages, and OAuth 2.0 (RFC 6749) for errors.
pub fn read_token(received: &HttpResponse) -> TokenAnswer {
    let answer = Answer::parse(&received.body);
    let told = if is_success(received.status) { answer.as_ref() } else { None };
    let token = told.and_then(|answer| {
        let expires_in = answer.get("expires_in").integer().and_then(|seconds| seconds.try_into().ok());
        Some(Token { access_token: Secret::new(answer.get("access_token").text()?), expires_in })
    });
    let error = match token {
        Some(_) => None,
        // A response without a token is an error, even with HTTP 200.
        None => api_error(received.status, answer.as_ref()).or_else(|| api_error(200, None)),
    };
    TokenAnswer { token, error }
}
