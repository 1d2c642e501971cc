//! A55's webhook: a charge has changed.

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

/// A webhook as it came, and what its signature is verified with.
#[derive(Clone, PartialEq, Eq)]
pub struct Webhook {
    /// The body, byte for byte as it came.
    pub body: String,
    /// False where the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// The currency of amounts that come without one.
    pub currency: Option<Currency>,
    /// The secret. With it a webhook whose signature is wrong, stale or missing is an error.
    pub secret: Option<Secret>,
    /// The header `X-Webhook-Signature`.
    pub signature: Option<String>,
    /// The header `X-Webhook-Timestamp`.
    pub timestamp: Option<String>,
    /// The time now, in Unix seconds. Needed with the secret.
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

/// Seconds since 1970-01-01, from 0.
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

/// Shows no body.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "webhook ({} bytes)", self.body.len())
    }
}

/// What a webhook tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// Whether its signature was verified. Where it was not, anybody may have sent it: ask for the charge before it counts.
    pub verified: bool,
    /// What became of the attempt.
    pub outcome: Outcome,
    /// The charge; null where the body tells none.
    pub charge: Option<ChargeDetails>,
    /// The payment link that the charge came by.
    pub payment_link_uuid: Option<String>,
    /// What was paid back.
    pub refund_amount: Option<Money>,
    /// Why there is a chargeback.
    pub chargeback_reason: Option<String>,
    /// The charge with its status, the same for each delivery of the same change: A55 delivers at least once.
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

/// Reads a webhook, and verifies its signature where the secret is given (R7.4).
///
/// There are no webhooks of subscriptions, only of their charges, known by `charge.subscriptionUuid`. The order is not
/// guaranteed, and one change may come several times. Statuses are read as [`read_charge`](super::read_charge) does. A body that
/// tells no charge has the outcome `unknown`.
///
/// Sources: three revisions of the body, of which the first two fields are in all. The signature, HMAC-SHA-256 over the time, a
/// point and the body, is in an earlier revision of A55's page and missing in the later one, which says to ask for the charge:
/// contradicted, so it is verified where a secret is given, and `verified` says whether it was. Which key is the charge's and
/// its status together is inferred: A55 names the charge alone, which has several.
///
/// # Errors
/// `invalid_signature` for a signature that is wrong or missing, or whose time is none or more than 300 seconds from now;
/// `missing_field` for a secret without the time now; `invalid_string` for an empty secret.
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
        problems.push(Code::InvalidString, "/secret", "an empty secret verifies nothing");
    }
    if webhook.now.is_none() {
        let message = "the time now is needed to verify a signature, in unix seconds";
        problems.push(Code::MissingField, "/now", message);
    }
    for (value, path) in [(&webhook.signature, "/signature"), (&webhook.timestamp, "/timestamp")] {
        if value.is_none() {
            problems.push(Code::InvalidSignature, path, "the webhook is not signed");
        }
    }
    let given = (&webhook.signature, &webhook.timestamp, webhook.now);
    let (Some(signature), Some(timestamp), Some(UnixSeconds(now))) = given else { return problems.finish(None) };
    let seconds = timestamp.trim();
    match seconds.parse::<i64>() {
        Ok(signed) if !is_fresh(signed, now) => {
            let message = "the webhook was signed more than 300 seconds from now";
            problems.push(Code::InvalidSignature, "/timestamp", message);
        }
        Ok(_) => {}
        Err(_) => {
            problems.push(Code::InvalidSignature, "/timestamp", "the time of the signature is no number");
        }
    }
    let expected = hmac_sha256(secret, &[seconds, &webhook.body].join("."));
    let found = signature.trim().to_ascii_lowercase();
    // Some senders name the algorithm before the digits.
    let found = found.strip_prefix("sha256=").unwrap_or(&found);
    if !same(&expected, found) {
        let message = "the signature is not that of the webhook";
        problems.push(Code::InvalidSignature, "/signature", message);
    }
    problems.finish(Some(()))
}
