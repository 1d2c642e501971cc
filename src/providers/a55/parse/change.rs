//! A55's answers to a capture, a refund and the two cancellations.

use super::api_error::{ApiError, ApiErrorKind, api_error};
use super::status::{charge_uuid, is_doubtful};
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Done;

/// A55's answer to a change that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// What became of it.
    pub result: Done,
    /// A55's word for where the charge, or the subscription, stands, in lower case.
    pub status: Option<String>,
    /// A55's id of the charge or the subscription.
    pub provider_reference: Option<String>,
    /// When a subscription was cancelled, as A55 writes it.
    pub at: Option<String>,
    /// Why not.
    pub error: Option<ApiError>,
    /// After how many seconds to ask or to send again, where A55 says so and nothing is done.
    pub retry_after_seconds: Option<u32>,
}

object!(Change {
    result: required "result",
    status: nullable "status",
    provider_reference: nullable "providerReference",
    at: nullable "at",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the answer to [`capture_charge`](super::super::capture_charge).
///
/// Source: the answer is not documented; that it is a charge is inferred.
pub fn read_capture(received: &HttpResponse) -> Change {
    read(received, &["confirmed", "paid"], "charge")
}

/// Reads the answer to [`cancel_charge`](super::super::cancel_charge). HTTP 409 means, by A55's reference, that the charge is cancelled
/// already or settled, which are opposites: `unknown`.
///
/// Source: A55's API reference alone.
pub fn read_cancel_charge(received: &HttpResponse) -> Change {
    read(received, &["canceled", "cancelled"], "charge")
}

/// Reads the answer to [`refund_charge`](super::super::refund_charge). `refund_error` is `accepted`: A55 tries again the next day. So is
/// an answer without a word on the refund, which one of a part may be.
///
/// Sources: the statuses, two of A55's pages; the answer itself is not documented.
pub fn read_refund(received: &HttpResponse) -> Change {
    read(received, &["refunded"], "charge")
}

/// Reads the answer to [`cancel_subscription`](super::super::cancel_subscription). One that is cancelled already is `done`.
///
/// Sources: A55's subscription guide and its API reference; the errors from the reference alone.
pub fn read_cancel_subscription(received: &HttpResponse) -> Change {
    let change = read(received, &["cancelled", "canceled"], "subscription");
    let already = |error: &ApiError| {
        let says = |text: &String| text.to_ascii_lowercase().contains("already cancel");
        error.messages.iter().any(|message| message.description.as_ref().is_some_and(says))
    };
    match &change.error {
        Some(error) if (400..=499).contains(&received.status) && already(error) => {
            Change { result: Done::Done, error: None, retry_after_seconds: None, ..change }
        }
        _ => change,
    }
}

fn read(received: &HttpResponse, done: &[&str], of: &str) -> Change {
    let answer = Answer::parse(&received.body);
    let error = api_error(received.status, answer.as_ref());
    let told = answer.as_ref();
    let status = told.and_then(|answer| answer.get("status").word());
    let result = match (&error, &status) {
        (Some(error), _) => match error.kind {
            ApiErrorKind::Conflict | ApiErrorKind::Unavailable | ApiErrorKind::Unreadable | ApiErrorKind::Other => {
                Done::Unknown
            }
            // A refusal that is not JSON is nobody's word in particular.
            _ if told.is_none() || is_doubtful(&error.messages) => Done::Unknown,
            _ => Done::Refused,
        },
        (None, Some(status)) if done.contains(&status.as_str()) => Done::Done,
        (None, _) => Done::Accepted,
    };
    let subscription_uuid = || told.and_then(|answer| answer.get("subscription_uuid").text()).map(Into::into);
    Change {
        result,
        status,
        provider_reference: if of == "charge" { told.and_then(charge_uuid) } else { subscription_uuid() },
        at: told.and_then(|answer| answer.either(&["cancelled_at", "canceled_at"]).text()).map(Into::into),
        error,
        retry_after_seconds: result.retry(received.retry_after.as_ref()),
    }
}
