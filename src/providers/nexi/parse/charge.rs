//! The responses to charges, refunds, cancellations and new payments.

use super::ApiError;
use super::error::{api_error, failure};
use crate::json::object;
use crate::providers::http::{ChargeReply, HttpResponse, StatusReply, seconds};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// Reads the response to a charge of an agreement or a reservation, and a retrieved charge.
///
/// - Succeeded: 200 or 201 with the charge's id.
/// - Declined: the error in the body of 402 (or 400), see [`ApiError`].
/// - Not made: 401, 404, and 400 with the invalid fields.
/// - Unknown, as it may have been charged: anything else, including 409, which Nexi does not explain.
///
/// The response is about this one request. After a timeout, a rejection of the second request says nothing about the
/// first, so with `resent` it is `unknown`. You can send the same reference again: Nexi makes the charge once.
pub fn read_charge(reply: &ChargeReply) -> Outcome {
    Outcome::told(reply, |response| {
        let body = Answer::of(&response.body);
        match response.status {
            200 | 201 => charged(&body),
            status => refused(status, &body),
        }
    })
}

/// Returns what a response other than the successful one means.
fn refused(status: u32, body: &Answer) -> Outcome {
    match status {
        401 | 404 => Outcome::of(OutcomeStatus::NotMade, None),
        400 if !body.get("errors").fields().is_empty() => Outcome::of(OutcomeStatus::NotMade, None),
        400 | 402 => failure(body).unwrap_or_else(Outcome::unknown),
        _ => Outcome::unknown(),
    }
}

/// Reads the outcome of a charge of an agreement ([`charge_status`](super::super::charge_status)).
///
/// - Succeeded: completed, with an id.
/// - Pending: not completed.
/// - Declined: the charge's own 402.
/// - Unknown: anything else, including 404, and also when the request is over (`request_is_over` changes nothing). Nexi
///   answers 404 for a charge that it never saw, for one that it has not seen *yet*, and for one that was declined
///   (sandbox notes of a client). Nothing was charged under the reference so far. If sent again, the charge is
///   authorised again, and made once at most.
pub fn read_charge_status(response: &StatusReply) -> Outcome {
    let body = Answer::of(response.body.expose());
    let outcome = match (response.status, body.get("completed").flag()) {
        (200, Some(true)) => charged(&body),
        (200, Some(false)) => Outcome::of(OutcomeStatus::Pending, body.get("chargeId").text()),
        (402, _) => {
            failure(&body).filter(|found| found.status == OutcomeStatus::Declined).unwrap_or_else(Outcome::unknown)
        }
        _ => Outcome::unknown(),
    };
    outcome.after(response.retry_after.as_ref())
}

fn charged(body: &Answer) -> Outcome {
    match body.get("chargeId").text() {
        Some(charge) => Outcome::of(OutcomeStatus::Succeeded, Some(charge)),
        None => Outcome::unknown(),
    }
}

/// Returns the status of a request that charges nothing by itself, and its body.
pub(super) fn taken(response: &HttpResponse, good: u32) -> (OutcomeStatus, Answer) {
    let body = Answer::of(&response.body);
    let status = match response.status {
        status if status == good => OutcomeStatus::Pending,
        status => refused(status, &body).status,
    };
    (status, body)
}

/// Returns what is certain about a request that cannot be declined: pending if there is an id, not made, or unknown.
pub(super) fn sure(status: OutcomeStatus, id: bool) -> OutcomeStatus {
    match status {
        OutcomeStatus::Pending if id => status,
        OutcomeStatus::NotMade => status,
        _ => OutcomeStatus::Unknown,
    }
}

/// A payment that was created for the cardholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// `pending`: the cardholder can pay. `not_made`: rejected. `unknown`: create another.
    pub status: OutcomeStatus,
    /// The payment's id.
    pub payment_id: Option<String>,
    /// The URL of a hosted checkout.
    pub hosted_payment_page_url: Option<String>,
    /// Its expiry, as Nexi writes it.
    pub expires_at: Option<String>,
    /// The error of a rejection.
    pub error: Option<ApiError>,
    /// After how many seconds to send again, if Nexi states it and nothing was created.
    pub retry_after_seconds: Option<u32>,
}

object!(Created {
    status: required "status",
    payment_id: nullable "paymentId",
    hosted_payment_page_url: nullable "hostedPaymentPageUrl",
    expires_at: nullable "expiresAt",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Returns after how many seconds to query or send again, if nothing was done.
pub(super) fn retry(status: OutcomeStatus, response: &HttpResponse) -> Option<u32> {
    match status {
        OutcomeStatus::Unknown | OutcomeStatus::NotMade => seconds(response.retry_after.as_ref()),
        _ => None,
    }
}

/// Reads the response to [`create_payment`](super::super::create_payment).
pub fn read_created(response: &HttpResponse) -> Created {
    let (status, body) = taken(response, 201);
    let made = status == OutcomeStatus::Pending;
    let payment = body.only_if(made);
    let payment_id = payment.get("paymentId").string();
    let sure = sure(status, payment_id.is_some());
    Created {
        status: sure,
        retry_after_seconds: retry(sure, response),
        payment_id,
        hosted_payment_page_url: payment.get("hostedPaymentPageUrl").string(),
        expires_at: payment.get("expiresAt").string(),
        error: (!made && body.is_given()).then(|| api_error(&body)),
    }
}

/// The outcome of a refund or a cancellation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// `succeeded`, `pending` (accepted but not carried out yet), `declined`, `not_made` or `unknown`.
    pub status: OutcomeStatus,
    /// The id of the refund.
    pub id: Option<String>,
    /// The error of a rejection.
    pub error: Option<ApiError>,
    /// After how many seconds to query or send again, if Nexi states it and nothing was done.
    pub retry_after_seconds: Option<u32>,
}

object!(Receipt {
    status: required "status",
    id: nullable "id",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to a refund: pending until Nexi reports it as completed, by webhook and in `refunds` of the
/// payment.
pub fn read_refund(response: &HttpResponse) -> Receipt {
    receipt_by_id(response, 201, "refundId")
}

/// Reads the response to a cancellation, or to any request that Nexi answers with 204.
pub fn read_cancel(response: &HttpResponse) -> Receipt {
    let (taken, body) = taken(response, 204);
    let done = taken == OutcomeStatus::Pending;
    receipt(response, if done { OutcomeStatus::Succeeded } else { taken }, None, done, &body)
}

/// Reads the response to a request that Nexi answers with an id: pending with the id, not made, or unknown.
pub(super) fn receipt_by_id(response: &HttpResponse, good: u32, name: &str) -> Receipt {
    let (status, body) = taken(response, good);
    let made = status == OutcomeStatus::Pending;
    let id = body.only_if(made).get(name).string();
    receipt(response, sure(status, id.is_some()), id, made, &body)
}

/// Builds a receipt, with Nexi's error if the request was not accepted.
fn receipt(response: &HttpResponse, status: OutcomeStatus, id: Option<String>, taken: bool, body: &Answer) -> Receipt {
    let error = (!taken && body.is_given()).then(|| api_error(body));
    Receipt { status, id, error, retry_after_seconds: retry(status, response) }
}
