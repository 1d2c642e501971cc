//! Webhooks, and their signature.

use super::parse;
use crate::error::{Code, Error};
use crate::json::object;
use crate::providers::http::Secret;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Outcome;
use crate::providers::signature::{hmac_sha256, same};

/// A webhook as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// The secret of the webhook.
    pub secret: Secret,
    /// The header `Examplepay-Signature`.
    pub signature: String,
    /// The body, byte for byte.
    pub body: Secret,
}

object!(WebhookInput { secret: required "secret", signature: required "signature", body: required "body" });

/// Verifies and reads a webhook.
///
/// # Errors
/// `invalid_signature`; also without a secret, which verifies nothing.
pub fn read_webhook(input: &WebhookInput) -> Result<Outcome, Error> {
    let expected = hmac_sha256(&input.secret, input.body.expose());
    if input.secret.expose().is_empty() || !same(&expected, &input.signature) {
        let message = "the signature does not belong to this body";
        return Err(Error::new(Code::InvalidSignature, "/input/signature", message));
    }
    Ok(parse::charge(&Answer::of(input.body.expose())))
}
