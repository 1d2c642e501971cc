//! Callbacks of a session, webhooks of the account, and their signatures.

use super::checks;
use super::parse::tokens::CardToken;
use super::parse::transaction::Transaction;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{ByName, object};
use crate::providers::form;
use crate::providers::http::{Method, Secret};
use crate::providers::lenient::Answer;
use crate::providers::signature::{hmac_sha1, hmac_sha256, is_fresh, same};

/// A webhook as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookInput {
    /// The secret that the webhook was set up with (`config.secret`). A webhook without one is not signed, and is
    /// rejected here.
    pub secret: Secret,
    /// The headers as received, with names in any letter case. `event-signature`, `event` and `event-delivery` are
    /// read.
    pub headers: ByName<String>,
    /// The body, byte for byte.
    pub body: Secret,
}

object!(WebhookInput { secret: required "secret", headers: required "headers", body: required "body" });

impl WebhookInput {
    /// Returns a header that is present exactly once.
    fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.0.iter().filter(|(other, _)| other.trim().eq_ignore_ascii_case(name));
        let (_, value) = found.next()?;
        Some(value.trim()).filter(|value| !value.is_empty() && found.next().is_none())
    }
}

/// The content of a webhook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The event: `checkout_authorization`, `checkout_transaction`, `checkout_token_add`, `ping` or another. It is read
    /// from the body, which is signed, or else from the header `event`, which is not.
    pub event: Option<String>,
    /// The account concerned.
    pub account_id: Option<String>,
    /// The id of the delivery, from the body or else from the header `event-delivery`. The same webhook may be
    /// delivered more than once.
    pub event_delivery: Option<String>,
    /// The merchant's reference.
    pub merchant_reference: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The transaction.
    pub transaction_id: Option<String>,
    /// The error of a failed `checkout_authorization`: `cancelled`, `authorization`, `failed`, or another.
    pub error: Option<String>,
    /// The whole transaction, if the webhook contains it.
    pub transaction: Option<Transaction>,
    /// The stored card, for events about one.
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

/// Verifies the signature, HMAC-SHA1 of the body in hex, and reads the webhook (docs; one source).
///
/// # Errors
/// `invalid_signature` if the signature does not match the secret and body; `invalid_string` without a secret and for a
/// body that is not JSON.
pub fn read_webhook(input: &WebhookInput) -> Result<Webhook, Errors> {
    let WebhookInput { secret, body, .. } = input;
    let mut problems = Problems::of_input();
    if secret.expose().is_empty() {
        problems.push(Code::InvalidString, "/secret", "expected the secret of the webhook");
    }
    problems.finish(Some(()))?;
    let signature = input.header("event-signature").unwrap_or_default().to_ascii_lowercase();
    if !same(&hmac_sha1(secret, body.expose()), &signature) {
        let message = "expected a header `event-signature` that matches the body";
        return Err(Error::new(Code::InvalidSignature, "/input/headers", message).into());
    }
    let Some(answer) = Answer::parse(body.expose()) else {
        return Err(
            Error::new(Code::InvalidString, "/input/body", "expected the body of a webhook, which is JSON").into()
        );
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

/// A callback as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackInput {
    /// The account of the secret.
    pub account_id: String,
    /// The secret with which Dintero signs callbacks, created once by `POST /v1/admin/signature`. Callbacks without it
    /// are not signed and are rejected here: use them as a hint to fetch the transaction.
    pub secret: Secret,
    /// The header `Dintero-Signature`: `t=…,v0-hmac-sha256=…`.
    pub signature: String,
    /// The method of the request.
    pub method: Method,
    /// The complete URL that Dintero called, as seen from outside, with its query.
    pub url: String,
    /// The time of receipt, in seconds since 1970-01-01 UTC.
    pub now: u32,
}

object!(CallbackInput {
    account_id: required "accountId",
    secret: required "secret",
    signature: required "signature",
    method: required "method",
    url: required "url",
    now: required "now",
});

/// The content of a callback. It has no outcome: fetch the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The transaction, if the session led to one.
    pub transaction_id: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The merchant's reference.
    pub merchant_reference: Option<String>,
    /// The event, such as `CAPTURE`, if the callback URL requests reports of it.
    pub event: Option<String>,
    /// The id of the event.
    pub event_id: Option<String>,
    /// The time, as Dintero writes it.
    pub time: Option<String>,
    /// The reason of a failure: `cancelled` by the customer, `authorization`, `failed`, or another.
    pub error: Option<String>,
}

object!(Callback {
    transaction_id: nullable "transactionId",
    session_id: nullable "sessionId",
    merchant_reference: nullable "merchantReference",
    event: nullable "event",
    event_id: nullable "eventId",
    time: nullable "time",
    error: nullable "error",
});

/// Verifies the signature of a callback and reads it.
///
/// The signature covers the time, the account, the method, and the URL with its query sorted by name (docs; verified
/// with the sample there). The body of a callback by POST is not signed: fetch the transaction instead of relying on
/// it.
///
/// # Errors
/// `invalid_signature` if the signature does not match the secret and request, or was made more than 300 seconds from
/// now; `invalid_string` for a malformed account or URL.
pub fn read_callback(input: &CallbackInput) -> Result<Callback, Errors> {
    let CallbackInput { account_id, secret, signature, method, url, now } = input;
    let mut problems = Problems::of_input();
    checks::account_id(account_id, "/accountId", &mut problems);
    if secret.expose().is_empty() {
        problems.push(Code::InvalidString, "/secret", "expected the secret of the signatures");
    }
    let address = Address::parse(url);
    if address.is_none() {
        problems.push(Code::InvalidString, "/url", "expected a complete URL, `https://…`");
    }
    let address = problems.finish(address)?;

    let parts: Vec<(&str, &str)> = signature.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let part = |name: &'static str| parts.iter().filter(move |(other, _)| *other == name).map(|(_, value)| *value);
    let wrong = |message: &'static str| Errors::from(Error::new(Code::InvalidSignature, "/input/signature", message));
    let moment = part("t").next().ok_or_else(|| wrong("expected `t=…,v0-hmac-sha256=…`"))?;
    let pairs = form::parse(&address.query);
    let mut sorted: Vec<(&str, &str)> = Vec::with_capacity(pairs.len());
    for (name, value) in &pairs {
        // Sorted by UTF-16 units; values of one name keep their order.
        let place = sorted.partition_point(|(other, _)| other.encode_utf16().le(name.encode_utf16()));
        sorted.insert(place, (name, value));
    }
    let signed =
        [moment, account_id, method.as_str(), &address.host, &address.path, &search_params(&sorted)].join("\n");
    let expected = hmac_sha256(secret, &signed);
    let genuine = part("v0-hmac-sha256").fold(false, |found, one| same(&expected, &one.to_ascii_lowercase()) | found);
    if !genuine {
        return Err(wrong("the signature does not match the request"));
    }
    if !moment.parse::<u32>().is_ok_and(|moment| is_fresh(moment.into(), (*now).into())) {
        return Err(wrong("expected a callback signed within 300 seconds of now"));
    }

    // A duplicate name is ignored: the merchant's own URL may have had a field of this name.
    let text = |name: &str| {
        let mut found = pairs.iter().filter(|(other, _)| other == name);
        let (_, value) = found.next().filter(|(_, value)| !value.is_empty())?;
        found.next().is_none().then(|| value.clone())
    };
    Ok(Callback {
        transaction_id: text("transaction_id"),
        // It is `sid` if the URL requests that name.
        session_id: text("session_id").or_else(|| text("sid")),
        merchant_reference: text("merchant_reference"),
        event: text("event"),
        event_id: text("event_id"),
        time: text("time"),
        error: text("error"),
    })
}

/// Writes a query as JavaScript's `URLSearchParams` does, which the signature is computed from.
fn search_params(pairs: &[(&str, &str)]) -> String {
    form::query(pairs).replace("%20", "+").replace("%2A", "*").replace('~', "%7E")
}

/// The signed parts of a URL.
struct Address {
    host: String,
    path: String,
    query: String,
}

impl Address {
    fn parse(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let whole = rest.split('#').next()?;
        let (place, query) = whole.split_once('?').unwrap_or((whole, ""));
        let (host, path) = place.split_once('/').unwrap_or((place, ""));
        let host = host.rsplit('@').next()?;
        // This must not split at the colons of an IPv6 address.
        let host = host
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|c| c.is_ascii_digit()))
            .map_or(host, |(host, _)| host);
        let web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
        (web && !host.is_empty()).then(|| Self {
            host: host.to_ascii_lowercase(),
            path: ["/", path].concat(),
            query: query.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::search_params;

    #[test]
    fn queries_are_written_as_they_are_signed() {
        assert_eq!(search_params(&[("a b", "æ/~*-._9Z"), ("c", "")]), "a+b=%C3%A6%2F%7E*-._9Z&c=");
    }
}
