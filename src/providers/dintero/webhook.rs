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

/// A callback as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackInput {
    /// The account that the secret belongs to.
    pub account_id: String,
    /// The secret that Dintero signs callbacks with, made once by `POST /v1/admin/signature`. Without it callbacks are not signed, and
    /// not read here: take them as a hint to fetch the transaction.
    pub secret: Secret,
    /// The header `Dintero-Signature`: `t=…,v0-hmac-sha256=…`.
    pub signature: String,
    /// The method of the request.
    pub method: Method,
    /// The whole address that Dintero called, as it is known outside, with its query.
    pub url: String,
    /// The moment that it came, in seconds since 1970-01-01 UTC.
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

/// What a callback says. It has no outcome: fetch the transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The transaction, where the session came to one.
    pub transaction_id: Option<String>,
    /// The session.
    pub session_id: Option<String>,
    /// The merchant's reference.
    pub merchant_reference: Option<String>,
    /// What happened, such as `CAPTURE`, where the callback was asked to report it.
    pub event: Option<String>,
    /// The id of it.
    pub event_id: Option<String>,
    /// When, as Dintero writes it.
    pub time: Option<String>,
    /// Where it failed: `cancelled` by the customer, `authorization`, `failed`, or another.
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

/// Reads a callback after its signature was found to be Dintero's.
///
/// Signed are the moment, the account, the method, and the address with its query sorted by name (docs; verified with the sample
/// there). The body of a callback by POST is not signed: its transaction is to be fetched, not believed.
///
/// # Errors
/// `invalid_signature` for one that is not of this secret and request, or that was made more than 300 seconds from now; `invalid_string` for an
/// account or an address that is none.
pub fn read_callback(input: &CallbackInput) -> Result<Callback, Errors> {
    let CallbackInput { account_id, secret, signature, method, url, now } = input;
    let mut problems = Problems::of_input();
    checks::account_id(account_id, "/accountId", &mut problems);
    if secret.expose().is_empty() {
        problems.push(Code::InvalidString, "/secret", "expected the secret of the signatures");
    }
    let address = Address::parse(url);
    if address.is_none() {
        problems.push(Code::InvalidString, "/url", "expected a whole address, `https://…`");
    }
    let address = problems.finish(address)?;

    let parts: Vec<(&str, &str)> = signature.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let part = |name: &'static str| parts.iter().filter(move |(other, _)| *other == name).map(|(_, value)| *value);
    let wrong = |message: &'static str| Errors::from(Error::new(Code::InvalidSignature, "/input/signature", message));
    let moment = part("t").next().ok_or_else(|| wrong("expected `t=…,v0-hmac-sha256=…`"))?;
    let pairs = form::parse(&address.query);
    let mut sorted: Vec<(&str, &str)> = Vec::with_capacity(pairs.len());
    for (name, value) in &pairs {
        // In the order of their UTF-16 units, those of one name as they came.
        let place = sorted.partition_point(|(other, _)| other.encode_utf16().le(name.encode_utf16()));
        sorted.insert(place, (name, value));
    }
    let signed =
        [moment, account_id, method.as_str(), &address.host, &address.path, &search_params(&sorted)].join("\n");
    let expected = hmac_sha256(secret, &signed);
    let genuine = part("v0-hmac-sha256").fold(false, |found, one| same(&expected, &one.to_ascii_lowercase()) | found);
    if !genuine {
        return Err(wrong("the signature does not belong to this request"));
    }
    if !moment.parse::<u32>().is_ok_and(|moment| is_fresh(moment.into(), (*now).into())) {
        return Err(wrong("the callback was signed more than 300 seconds from now"));
    }

    // What stands twice is nothing: the merchant's own address may have had a field of the name.
    let text = |name: &str| {
        let mut found = pairs.iter().filter(|(other, _)| other == name);
        let (_, value) = found.next().filter(|(_, value)| !value.is_empty())?;
        found.next().is_none().then(|| value.clone())
    };
    Ok(Callback {
        transaction_id: text("transaction_id"),
        // Under `sid` where the address asked for that name.
        session_id: text("session_id").or_else(|| text("sid")),
        merchant_reference: text("merchant_reference"),
        event: text("event"),
        event_id: text("event_id"),
        time: text("time"),
        error: text("error"),
    })
}

/// A query as JavaScript's `URLSearchParams` writes it, by which the signature is made.
fn search_params(pairs: &[(&str, &str)]) -> String {
    form::query(pairs).replace("%20", "+").replace("%2A", "*").replace('~', "%7E")
}

/// The parts of an address that are signed.
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
        // Not the colons of an IPv6 address.
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
