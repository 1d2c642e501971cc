//! Readers of DineroPay's responses (R7.5). A server error, or a response that cannot be read, says nothing.

use super::status::{ApiError, api_errors, decline, outcome_status, reason, refused, refused_before_charge};
use crate::date::Date;
use crate::json::object;
use crate::money::Money;
use crate::providers::credential::StoredCredential;
use crate::providers::dineropay::account::Credential;
use crate::providers::http::{ChargeReply, HttpResponse, Secret};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Done, Outcome, OutcomeStatus};
use crate::providers::unified::adapter::response;

/// The response to a request for a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionAnswer {
    /// `done` with a URL, `refused` with errors, or `unknown`. A session by itself charges nothing.
    pub status: Done,
    /// The URL to which to send the payer. It works once, and expires after an hour unless the session sets another
    /// time.
    pub redirect_url: Option<String>,
    /// The errors that DineroPay reports.
    pub errors: Vec<ApiError>,
    /// After how many seconds to send again, if DineroPay states it and there is no session.
    pub retry_after_seconds: Option<u32>,
}

object!(SessionAnswer {
    status: required "status",
    redirect_url: nullable "redirectUrl",
    errors: required "errors",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to [`create_session`](super::super::create_session).
///
/// Sources: DineroPay's page on sessions, the platform's reference.
pub fn read_session(response: &HttpResponse) -> SessionAnswer {
    let answer = response.answer().unwrap_or(Answer::Nothing);
    let redirect_url = answer.only_if(response.is_success()).get("redirect_url").string();
    let errors = api_errors(&answer);
    let status = match redirect_url {
        Some(_) => Done::Done,
        None if errors.is_empty() => Done::Unknown,
        None => Done::Refused,
    };
    let retry_after_seconds = status.retry(response.retry_after.as_ref());
    SessionAnswer { status, redirect_url, errors, retry_after_seconds }
}

/// Reads the response to [`charge_recurring`](super::super::charge_recurring),
/// [`retry_charge`](super::super::retry_charge) and [`capture`](super::super::capture).
///
/// - `settled` is `succeeded`.
/// - `pending`, `3ds`, `redirect` and an accepted retry are `pending`.
/// - `declined` and `decline` are `declined`, which is an ordinary body.
/// - Errors that the platform's reference documents as raised before any charge are `not_made`: invalid fields, an
///   invalid hash, no acquirer for the payment.
/// - "Duplicate request" and everything else that may follow a charge is `unknown`.
///
/// Responses of the form protocol (`result`, `trans_id`, `decline_reason`) are read as well.
///
/// DineroPay sends no decline code, only a reason as free text, so a decline says `retry: "allowed"`.
///
/// With `resent`, a rejection says nothing about the first request, and is `unknown`.
///
/// Sources: DineroPay's page on charges, the platform's references, client code; the documented error codes in two
/// copies.
pub fn read_charge(reply: &ChargeReply) -> Outcome {
    Outcome::told(reply, answered)
}

fn answered(response: &HttpResponse) -> Outcome {
    let Some(answer) = response.answer() else { return Outcome::unknown() };
    let id = id(&answer);
    if answer.get("status").word().is_some() {
        let told = of_payment(&answer);
        // With an HTTP error, only a decline is relied on.
        let believed = response.is_success() || told.status == OutcomeStatus::Declined;
        return if believed { told } else { Outcome::of(OutcomeStatus::Unknown, id.as_deref()) };
    }
    let result = answer.get("result").word();
    match result.as_deref() {
        Some("accepted") if response.is_success() => Outcome::of(OutcomeStatus::Pending, id.as_deref()),
        Some("declined") => Outcome::declined(decline(reason(&answer)), id.as_deref()),
        None | Some("error") if id.is_none() && refused_before_charge(&api_errors(&answer)) => {
            Outcome::of(OutcomeStatus::NotMade, None)
        }
        _ => Outcome::of(OutcomeStatus::Unknown, id.as_deref()),
    }
}

fn id(answer: &Answer) -> Option<String> {
    answer.either(&["payment_id", "trans_id"]).string()
}

/// Returns the outcome of a payment in a response.
fn of_payment(answer: &Answer) -> Outcome {
    let status = outcome_status(&answer.get("status").word().unwrap_or_default());
    let decline = (status == OutcomeStatus::Declined).then(|| decline(reason(answer)));
    Outcome { decline, credential: credential(answer, status), ..Outcome::of(status, id(answer).as_deref()) }
}

/// Returns the credential, if the response contains all of it and the payment succeeded or is pending.
fn credential(answer: &Answer, status: OutcomeStatus) -> Option<StoredCredential> {
    let (init, token) = (answer.get("recurring_init_trans_id").text()?, answer.get("recurring_token").text()?);
    if !matches!(status, OutcomeStatus::Succeeded | OutcomeStatus::Pending) {
        return None;
    }
    let currency = order(answer, "currency").text().and_then(|code| code.parse().ok());
    Some(Credential { init_trans_id: init.into(), token: Secret::new(token), currency }.into())
}

/// Returns a field of the order; in the form protocol, one of the response itself.
fn order<'a>(answer: &'a Answer, name: &str) -> &'a Answer {
    let field = answer.at(&["order", name]);
    if field.is_given() { field } else { answer.get(name) }
}

/// A payment, as the response to a status request reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentStatus {
    /// DineroPay's id of the payment.
    pub payment_id: Option<String>,
    /// The merchant's order number.
    pub order_number: Option<String>,
    /// The amount.
    pub amount: Option<Money>,
    /// DineroPay's own status in lower case: `prepare`, `settled`, `pending`, `3ds`, `redirect`, `decline`, `refund`,
    /// `reversal`, `void`, `chargeback` or another. `refund`, `reversal`, `void` and `chargeback` mean money that was
    /// captured and has been returned since.
    pub status: String,
    /// The day, by DineroPay's clock, whose time zone is not documented.
    pub date: Option<Date>,
    /// The schedule.
    pub schedule_id: Option<String>,
    /// The token to charge again with. Together with the id of the *first* payment of a recurrence it makes the
    /// credential, if the callback was lost.
    pub recurring_token: Option<Secret>,
    /// The outcome.
    pub outcome: Outcome,
}

object!(PaymentStatus {
    payment_id: nullable "paymentId",
    order_number: nullable "orderNumber",
    amount: nullable "amount",
    status: required "status",
    date: nullable "date",
    schedule_id: nullable "scheduleId",
    recurring_token: nullable "recurringToken",
    outcome: required "outcome",
});

/// The response to [`get_status`](super::super::get_status), with the order that was queried.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderStatus {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// The merchant's order number. Payments of other orders are ignored.
    pub order_number: String,
    /// DineroPay's id, if it was queried by id: a payment with this id and without an order number counts.
    pub payment_id: Option<String>,
    /// True if the request is certainly over. A payment that DineroPay does not know was then `not_made`. Default
    /// false.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(OrderStatus {
    status: required "status",
    body: required "body",
    order_number: required "orderNumber",
    payment_id: optional "paymentId",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

/// Does not print the body.
impl std::fmt::Debug for OrderStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} ({} bytes)", self.order_number, self.status, self.body.expose().len())
    }
}

/// The response to a status request for a payment or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusAnswer {
    /// The outcome of the attempt: a success if one payment succeeded; a decline only if every payment was declined.
    pub outcome: Outcome,
    /// The payments of the order, in the order of the response. More than one success means that the customer paid
    /// twice.
    pub payments: Vec<PaymentStatus>,
    /// True if DineroPay says that it knows no such payment. While a request is still running, that does not prove that
    /// nothing was charged, so the outcome is unknown until the request is over.
    pub not_found: bool,
    /// The errors that DineroPay reports.
    pub errors: Vec<ApiError>,
}

object!(StatusAnswer {
    outcome: required "outcome",
    payments: required "payments",
    not_found: required "notFound",
    errors: required "errors",
});

/// Reads the response to [`get_status`](super::super::get_status): one payment, or a list of them.
///
/// A payment that was refunded, reversed, voided or charged back was made: it is a success, and its `status` shows the
/// rest. Only payments of the order count: without one, the outcome is unknown. So is the outcome of declines in a list
/// of 100, which may be incomplete.
///
/// Sources: the platform's reference, which spells `shedule_id`, once with a trailing space; client code for lists. Not
/// on DineroPay's own pages.
pub fn read_status(input: &OrderStatus) -> StatusAnswer {
    /// The maximum size of a list (the platform's newer reference).
    const MOST: usize = 100;
    let response = response(input.status, &input.body, &input.retry_after);
    let answer = response.answer().unwrap_or(Answer::Nothing);
    let listed: &[Answer] = match &answer {
        Answer::List(items) => items,
        one => std::slice::from_ref(one),
    };
    let mut payments = Vec::new();
    if response.is_success() {
        let listed = listed.iter().filter(|answer| answer.get("status").word().is_some()).map(payment);
        payments.extend(listed.filter(|payment| payment.is_of(input)));
    }
    let errors = api_errors(&answer);
    let not_found = payments.is_empty() && errors.iter().any(|error| error.code.as_deref() == Some("208001"));
    let outcome = match all(&payments) {
        _ if not_found => Outcome::absent(input.request_is_over == Some(true)),
        declined if declined.status == OutcomeStatus::Declined && listed.len() >= MOST => Outcome::unknown(),
        outcome => outcome,
    };
    StatusAnswer { outcome: outcome.after(input.retry_after.as_ref()), payments, not_found, errors }
}

impl PaymentStatus {
    /// Returns whether it is the queried payment, or one of the queried order.
    fn is_of(&self, input: &OrderStatus) -> bool {
        match &self.order_number {
            Some(number) => number == input.order_number.trim(),
            None => self.payment_id.is_some() && self.payment_id == input.payment_id,
        }
    }
}

fn payment(answer: &Answer) -> PaymentStatus {
    let text = |answer: &Answer| answer.string();
    let number = order(answer, "number");
    let currency = order(answer, "currency").text().and_then(|code| code.parse().ok());
    PaymentStatus {
        payment_id: id(answer),
        order_number: text(if number.is_given() { number } else { answer.get("order_id") }),
        amount: currency.and_then(|currency| order(answer, "amount").decimal(currency)),
        status: answer.get("status").word().unwrap_or_default(),
        date: answer.either(&["date", "trans_date"]).date(),
        schedule_id: text(answer.either(&["schedule_id", "shedule_id"])),
        recurring_token: answer.get("recurring_token").text().map(Secret::new),
        outcome: of_payment(answer),
    }
}

/// Returns the outcome of an order from all its payments: a success decides, then a payment that is open; a decline
/// only if all are declined.
fn all(payments: &[PaymentStatus]) -> Outcome {
    use OutcomeStatus::{Declined, Pending, Succeeded, Unknown};
    let first = |status| payments.iter().map(|payment| &payment.outcome).find(|outcome| outcome.status == status);
    let decides = [Succeeded, Unknown, Pending, Declined].into_iter().find_map(first);
    decides.cloned().unwrap_or_else(Outcome::unknown)
}

/// The response to a refund or a void.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAnswer {
    /// The outcome of the request.
    pub status: Done,
    /// The payment.
    pub payment_id: Option<String>,
    /// The payment's current status in DineroPay's value, in lower case, if the response contains it: `void`,
    /// `settled`.
    pub payment_status: Option<String>,
    /// The reason of a rejection.
    pub reason: Option<String>,
    /// The errors that DineroPay reports.
    pub errors: Vec<ApiError>,
    /// After how many seconds to query or send again, if DineroPay states it and nothing was done.
    pub retry_after_seconds: Option<u32>,
}

object!(RefundAnswer {
    status: required "status",
    payment_id: nullable "paymentId",
    payment_status: nullable "paymentStatus",
    reason: nullable "reason",
    errors: required "errors",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the response to [`refund`](super::super::refund) and to [`void_payment`](super::super::void_payment).
///
/// The table and the samples of a void contradict each other: `status` is `VOID` or `SETTLED` in one, `SUCCESS` or
/// `FAIL` with a `payment_status` in the other. `payment_status` is read first. Sources: DineroPay's page on refunds;
/// the platform's reference.
pub fn read_refund(response: &HttpResponse) -> RefundAnswer {
    let answer = response.answer().unwrap_or(Answer::Nothing);
    let errors = api_errors(&answer);
    let (payment, status) = (answer.get("payment_status").word(), answer.get("status").word());
    let result = answer.get("result").word();
    let status = match (payment.as_deref(), status.as_deref(), result.as_deref()) {
        (Some("void" | "reversal" | "refund"), _, _) if response.is_success() => Done::Done,
        (Some(_), Some("success"), _) => Done::Unknown,
        (Some("settled" | "pending"), _, _) | (None, Some("fail" | "settled" | "decline" | "declined"), _) => {
            Done::Refused
        }
        (None, Some("void" | "reversal" | "refund" | "success"), _) if response.is_success() => Done::Done,
        (None, None, Some("accepted")) if response.is_success() => Done::Accepted,
        (None, None, Some("success")) if response.is_success() => Done::Done,
        (None, None, None | Some("error")) if refused(&errors) => Done::Refused,
        _ => Done::Unknown,
    };
    let payment_status =
        payment.or_else(|| answer.get("status").word().filter(|word| word != "success" && word != "fail"));
    let retry_after_seconds = status.retry(response.retry_after.as_ref());
    RefundAnswer {
        status,
        payment_id: id(&answer),
        payment_status,
        reason: reason(&answer),
        errors,
        retry_after_seconds,
    }
}
