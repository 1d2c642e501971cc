//! Webhooks of the account.

use super::tokens::CardToken;
use super::transaction_read::Transaction;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{ByName, object};
use crate::providers::http::Secret;
use crate::providers::lenient::Answer;
use crate::providers::signature::{hmac_sha1, same};

/// A webhook as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// The secret that the webhook was set up with (`config.secret`). One without is not signed, and not read here.
    pub secret: Secret,
    /// The headers as they came, by their names in any letter case: `event-signature`, `event` and `event-delivery` are read.
    pub headers: ByName<String>,
    /// The body, byte for byte.
    pub body: Secret,
}

object!(WebhookInput { secret: required "secret", headers: required "headers", body: required "body" });

impl WebhookInput {
    /// A header that stands there once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.0.iter().filter(|(other, _)| other.trim().eq_ignore_ascii_case(name));
        let (_, value) = found.next()?;
        Some(value.trim()).filter(|value| !value.is_empty() && found.next().is_none())
    }
}

/// What a webhook says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// What happened: `checkout_authorization`, `checkout_transaction`, `checkout_token_add`, `ping`, … By the body, which is signed, or
    /// else by the header `event`, which is not.
    pub event: Option<String>,
    /// The account that it happened to.
    pub account_id: Option<String>,
    /// The delivery, by the body or else by the header `event-delivery`. The same webhook may come more than once.
    pub event_delivery: Option<String>,
    /// The merchant's reference.
    pub merchant_reference: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The transaction.
    pub transaction_id: Option<String>,
    /// Of `checkout_authorization`, where it failed: `cancelled`, `authorization`, `failed`, or another.
    pub error: Option<String>,
    /// The whole transaction, where it came along.
    pub transaction: Option<Transaction>,
    /// The stored card, of the events about one.
    pub token: Option<CardToken>,
}

object!(Webhook {
    event: nullable "event",
    account_id: nullable "accountId",
    event_delivery: nullable "eventDelivery",
    merchant_reference: nullable "merchantReference",
    session_id: nullable "sessionId",
    transaction_id: nullable "transactionId",
    error: nullable "error",
    transaction: nullable "transaction",
    token: nullable "token",
});

/// Reads a webhook after its signature, HMAC-SHA1 of the body in hex, was found to be Dintero's (docs; one source).
///
/// # Errors
/// `invalid_signature` for one that is not of this secret and body; `invalid_string` without a secret and for a body that is no JSON.
pub fn read_webhook(input: &WebhookInput) -> Result<Webhook, Errors> {
    let WebhookInput { secret, body, .. } = input;
    let mut problems = Problems::of_input();
    if secret.expose().is_empty() {
        problems.push(Code::InvalidString, "/secret", "expected the secret of the webhook");
    }
    problems.finish(Some(()))?;
    let signature = input.header("event-signature").unwrap_or_default().to_ascii_lowercase();
    if !same(&hmac_sha1(secret, body.expose()), &signature) {
        let message = "the header `event-signature` is missing, or does not belong to this body";
        return Err(Error::new(Code::InvalidSignature, "/input/headers", message).into());
    }
    let Some(answer) = Answer::parse(body.expose()) else {
        return Err(Error::new(Code::InvalidString, "/input/body", "expected a webhook's body, which is JSON").into());
    };
    let given = |answer: &Answer, name: &str| answer.get(name).string();
    let (authorization, inner) = (answer.get("authorization"), answer.get("transaction"));
    let transaction = inner.is_given().then(|| Transaction::of(inner));
    let token = answer.get("token").is_given().then(|| CardToken::of(answer.get("token")));
    let within = |name: &str, field: fn(&Transaction) -> Option<String>| {
        given(authorization, name).or_else(|| transaction.as_ref().and_then(field))
    };
    let of_token = token.as_ref().and_then(|token| token.transaction_id.clone());
    Ok(Webhook {
        event: given(&answer, "event").or_else(|| input.header("event").map(String::from)),
        account_id: given(&answer, "account_id"),
        event_delivery: given(&answer, "event_delivery").or_else(|| input.header("event-delivery").map(String::from)),
        merchant_reference: within("merchant_reference", |one| one.merchant_reference.clone()),
        session_id: within("session_id", |one| one.session_id.clone()),
        transaction_id: within("transaction_id", |one| one.id.clone()).or(of_token),
        error: given(authorization, "error"),
        transaction,
        token,
    })
}
