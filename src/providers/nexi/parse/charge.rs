//! The answers to requests that move money, or would.

use super::ApiError;
use super::error::{api_error, failure};
use crate::json::object;
use crate::providers::http::{ChargeReply, HttpResponse, StatusReply, seconds};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// Reads the answer to a charge, of an agreement or of a reservation, and what a charge is when it is retrieved.
///
/// Succeeded with the charge's id in an answer of 200 or 201. Declined by the error that comes with 402 (or 400): see
/// [`ApiError`]. Not made: 401, 404, and 400 with the fields that were wrong. Anything else may have been charged, also 409,
/// which Nexi does not explain.
///
/// The answer is about the one request: after a timeout, a refusal of the second one says nothing about the first, and is `unknown` with
/// `resent`. The same reference can be sent again, since Nexi makes it once.
pub fn read_charge(reply: &ChargeReply) -> Outcome {
    Outcome::told(reply, |response| {
        let body = Answer::of(&response.body);
        match response.status {
            200 | 201 => charged(&body),
            status => refused(status, &body),
        }
    })
}

/// What an answer other than the good one means for what was asked.
fn refused(status: u32, body: &Answer) -> Outcome {
    match status {
        401 | 404 => Outcome::of(OutcomeStatus::NotMade, None),
        400 if !body.get("errors").fields().is_empty() => Outcome::of(OutcomeStatus::NotMade, None),
        400 | 402 => failure(body).unwrap_or_else(Outcome::unknown),
        _ => Outcome::unknown(),
    }
}

/// Reads what became of a charge of an agreement ([`charge_status`](super::super::charge_status)).
///
/// Succeeded when it is completed and has an id, pending while it is not completed, declined when the answer is the charge's
/// own 402. Anything else leaves it unknown, also 404, and also when the request is over (`request_is_over` changes nothing): Nexi answers
/// so of a charge that it never saw, of one that it has not seen *yet*, and of one that was declined (sandbox notes of a client). Nothing
/// was taken under the reference so far; sent again, the charge is authorised again, and made once at most.
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

/// Whether a request that moves no money by itself was taken.
pub(super) fn taken(response: &HttpResponse, good: u32) -> (OutcomeStatus, Answer) {
    let body = Answer::of(&response.body);
    let status = match response.status {
        status if status == good => OutcomeStatus::Pending,
        status => refused(status, &body).status,
    };
    (status, body)
}

/// What is sure of a request that cannot be declined: that it was taken, when there is an id; that it was not made.
pub(super) fn sure(status: OutcomeStatus, id: bool) -> OutcomeStatus {
    match status {
        OutcomeStatus::Pending if id => status,
        OutcomeStatus::NotMade => status,
        _ => OutcomeStatus::Unknown,
    }
}

/// A payment that was created for the cardholder to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Created {
    /// Pending: the cardholder has it. Not made: refused. Unknown: create another.
    pub status: OutcomeStatus,
    /// The payment's id.
    pub payment_id: Option<String>,
    /// Where the cardholder pays, with a hosted checkout.
    pub hosted_payment_page_url: Option<String>,
    /// Until when, as Nexi writes it.
    pub expires_at: Option<String>,
    /// Why it was refused.
    pub error: Option<ApiError>,
    /// After how many seconds to send again, where Nexi says so and nothing was created.
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

/// After how many seconds to ask or to send again, where nothing is done.
pub(super) fn retry(status: OutcomeStatus, response: &HttpResponse) -> Option<u32> {
    match status {
        OutcomeStatus::Unknown | OutcomeStatus::NotMade => seconds(response.retry_after.as_ref()),
        _ => None,
    }
}

/// Reads the answer to [`create_payment`](super::super::create_payment).
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

/// What became of a refund or a cancellation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Succeeded, pending (taken, and not carried out yet), declined, not made, unknown.
    pub status: OutcomeStatus,
    /// The id of the refund.
    pub id: Option<String>,
    /// Why it was refused.
    pub error: Option<ApiError>,
    /// After how many seconds to ask or to send again, where Nexi says so and nothing is done.
    pub retry_after_seconds: Option<u32>,
}

object!(Receipt {
    status: required "status",
    id: nullable "id",
    error: nullable "error",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the answer to a refund: pending until Nexi reports it completed, by webhook and in `refunds` of the payment.
pub fn read_refund(response: &HttpResponse) -> Receipt {
    receipt_by_id(response, 201, "refundId")
}

/// Reads the answer to a cancellation, or to any request that Nexi answers with 204.
pub fn read_cancel(response: &HttpResponse) -> Receipt {
    let (taken, body) = taken(response, 204);
    let done = taken == OutcomeStatus::Pending;
    receipt(response, if done { OutcomeStatus::Succeeded } else { taken }, None, done, &body)
}

/// The receipt of a request that Nexi answers with an id: pending with the id, not made, or unknown.
pub(super) fn receipt_by_id(response: &HttpResponse, good: u32, name: &str) -> Receipt {
    let (status, body) = taken(response, good);
    let made = status == OutcomeStatus::Pending;
    let id = body.only_if(made).get(name).string();
    receipt(response, sure(status, id.is_some()), id, made, &body)
}

/// A receipt, with what Nexi says where the request was not taken.
fn receipt(response: &HttpResponse, status: OutcomeStatus, id: Option<String>, taken: bool, body: &Answer) -> Receipt {
    let error = (!taken && body.is_given()).then(|| api_error(body));
    Receipt { status, id, error, retry_after_seconds: retry(status, response) }
}
