//! A55's webhook, which reports a change of a charge.

use super::parse::api_error::said;
use super::parse::charge::ChargeDetails;
use super::parse::status::{Source, charge_uuid, outcome};
use crate::error::{Code, Errors, Problems};
use crate::json::{MAX_SAFE, Node, Shape, Writer, object, serde_by_shape};
use crate::money::{Currency, Money};
use crate::providers::http::Secret;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Outcome;
use crate::providers::signature::{hmac_sha256, is_fresh, same};

/// A webhook as received, with what is needed to verify its signature.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The body, byte for byte as received.
    pub body: String,
    /// False if the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// The currency of amounts that are sent without one.
    pub currency: Option<Currency>,
    /// The secret. With it, a webhook whose signature is wrong, stale or missing is an error.
    pub secret: Option<Secret>,
    /// The header `X-Webhook-Signature`.
    pub signature: Option<String>,
    /// The header `X-Webhook-Timestamp`.
    pub timestamp: Option<String>,
    /// The current time in Unix seconds. Required with the secret.
    pub now: Option<UnixSeconds>,
}

object!(Webhook {
    body: required "body",
    capture: optional "capture",
    currency: optional "currency",
    secret: optional "secret",
    signature: optional "signature",
    timestamp: optional "timestamp",
    now: optional "now",
});

/// Seconds since 1970-01-01, 0 or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnixSeconds(pub i64);

impl Shape for UnixSeconds {
    fn read(node: &Node<'_>) -> Self {
        Self(node.integer(0, MAX_SAFE))
    }

    fn write(&self, to: &mut Writer) {
        to.integer(self.0);
    }
}

serde_by_shape!(UnixSeconds);

/// Does not print the body.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "webhook ({} bytes)", self.body.len())
    }
}

/// What a webhook reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// Whether the signature was verified. If not, anybody may have sent the webhook: query the charge before you rely
    /// on it.
    pub verified: bool,
    /// The outcome of the attempt.
    pub outcome: Outcome,
    /// The charge; null if the body contains none.
    pub charge: Option<ChargeDetails>,
    /// The payment link of the charge.
    pub payment_link_uuid: Option<String>,
    /// The amount refunded.
    pub refund_amount: Option<Money>,
    /// The reason of a chargeback.
    pub chargeback_reason: Option<String>,
    /// The charge and its status: the same for each delivery of the same change. A55 delivers at least once.
    pub delivery_key: Option<String>,
}

object!(WebhookEvent {
    verified: required "verified",
    outcome: required "outcome",
    charge: nullable "charge",
    payment_link_uuid: nullable "paymentLinkUuid",
    refund_amount: nullable "refundAmount",
    chargeback_reason: nullable "chargebackReason",
    delivery_key: nullable "deliveryKey",
});

/// Reads a webhook, and verifies its signature if the secret is given (R7.4).
///
/// A55 sends no webhooks for subscriptions, only for their charges; `charge.subscriptionUuid` names the subscription.
/// The order is not guaranteed, and one change may be delivered several times. Statuses are read as in
/// [`read_charge`](super::read_charge). A body without a charge has the outcome `unknown`.
///
/// Sources: three revisions of the body; the first two fields are in all of them. The signature is HMAC-SHA-256 over
/// the time, a period and the body. An earlier revision of A55's page has it; the later one omits it and says to query
/// the charge. It is therefore verified only if a secret is given, and `verified` reports whether it was. The delivery
/// key of charge and status is inferred: A55 names only the charge, which has several changes.
///
/// # Errors
/// - `invalid_signature` for a signature that is wrong or missing, or whose time is not a number or more than 300
///   seconds from now.
/// - `missing_field` for a secret without `now`.
/// - `invalid_string` for an empty secret.
pub fn read_webhook(webhook: &Webhook) -> Result<WebhookEvent, Errors> {
    if let Some(secret) = &webhook.secret {
        verify(webhook, secret)?;
    }
    let answer = Answer::parse(&webhook.body);
    let told = answer.as_ref().filter(|answer| charge_uuid(answer).is_some());
    let text = |name: &str| told.and_then(|answer| answer.get(name).text());
    let outcome = match told {
        Some(charge) => outcome(charge, webhook.capture.unwrap_or(true), Source::Meanwhile),
        None => Outcome::unknown(),
    };
    let charge = told.map(|charge| ChargeDetails::read(charge, webhook.currency));
    let currency = charge.as_ref().and_then(|charge| charge.amount).map(Money::currency).or(webhook.currency);
    let delivery_key = charge.as_ref().and_then(|charge| {
        Some([charge.charge_uuid.as_deref()?, charge.status.as_deref().unwrap_or_default()].join(":"))
    });
    Ok(WebhookEvent {
        verified: webhook.secret.is_some(),
        outcome,
        charge,
        payment_link_uuid: text("payment_link_uuid").map(Into::into),
        refund_amount: told.zip(currency).and_then(|(answer, currency)| answer.get("refund_amount").decimal(currency)),
        chargeback_reason: text("chargeback_reason").map(said),
        delivery_key,
    })
}

fn verify(webhook: &Webhook, secret: &Secret) -> Result<(), Errors> {
    let mut problems = Problems::of_input();
    if secret.expose().is_empty() {
        problems.push(Code::InvalidString, "/secret", "expected a secret that is not empty");
    }
    if webhook.now.is_none() {
        let message = "expected the current time in unix seconds, which verifying a signature needs";
        problems.push(Code::MissingField, "/now", message);
    }
    for (value, path) in [(&webhook.signature, "/signature"), (&webhook.timestamp, "/timestamp")] {
        if value.is_none() {
            problems.push(Code::InvalidSignature, path, "expected a signed webhook");
        }
    }
    let given = (&webhook.signature, &webhook.timestamp, webhook.now);
    let (Some(signature), Some(timestamp), Some(UnixSeconds(now))) = given else { return problems.finish(None) };
    let seconds = timestamp.trim();
    match seconds.parse::<i64>() {
        Ok(signed) if !is_fresh(signed, now) => {
            let message = "expected a webhook signed within 300 seconds of now";
            problems.push(Code::InvalidSignature, "/timestamp", message);
        }
        Ok(_) => {}
        Err(_) => {
            problems.push(Code::InvalidSignature, "/timestamp", "expected the time of the signature in unix seconds");
        }
    }
    let expected = hmac_sha256(secret, &[seconds, &webhook.body].join("."));
    let found = signature.trim().to_ascii_lowercase();
    // Some senders put the name of the algorithm before the digits.
    let found = found.strip_prefix("sha256=").unwrap_or(&found);
    if !same(&expected, found) {
        let message = "the signature does not match the webhook";
        problems.push(Code::InvalidSignature, "/signature", message);
    }
    problems.finish(Some(()))
}
