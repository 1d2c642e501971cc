//! A55's responses to a capture, a refund and the two cancellations.

use super::api_error::{ApiError, ApiErrorKind, api_error};
use super::status::{charge_uuid, is_doubtful};
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::Done;

/// A55's response to a requested change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The outcome.
    pub result: Done,
    /// A55's status of the charge or the subscription, in lower case.
    pub status: Option<String>,
    /// A55's id of the charge or the subscription.
    pub provider_reference: Option<String>,
    /// When the subscription was cancelled, as A55 writes it.
    pub at: Option<String>,
    /// The error, if there is one.
    pub error: Option<ApiError>,
    /// After how many seconds to query or send again, if A55 states it and nothing was done.
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

/// Reads the response to [`capture_charge`](super::super::capture_charge).
///
/// Source: the response is not documented; that it is a charge is inferred.
pub fn read_capture(received: &HttpResponse) -> Change {
    read(received, &["confirmed", "paid"], "charge")
}

/// Reads the response to [`cancel_charge`](super::super::cancel_charge). By A55's reference, HTTP 409 means that the
/// charge is already cancelled or already settled. These are opposites, so the outcome is `unknown`.
///
/// Source: A55's API reference only.
pub fn read_cancel_charge(received: &HttpResponse) -> Change {
    read(received, &["canceled", "cancelled"], "charge")
}

/// Reads the response to [`refund_charge`](super::super::refund_charge). `refund_error` is `accepted`: A55 retries the
/// next day. A response that does not mention the refund is `accepted` too, as a partial refund may have one.
///
/// Sources: two of A55's pages for the statuses; the response itself is not documented.
pub fn read_refund(received: &HttpResponse) -> Change {
    read(received, &["refunded"], "charge")
}

/// Reads the response to [`cancel_subscription`](super::super::cancel_subscription). A subscription that was already
/// cancelled is `done`.
///
/// Sources: A55's subscription guide and its API reference; the errors are in the reference only.
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
            // A rejection that is not JSON may come from a proxy rather than A55.
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
