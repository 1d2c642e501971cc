//! DineroPay's answers, read (R7.5). An answer with a server's fault, or one that cannot be read, tells nothing.

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

/// The answer to a request for a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionAnswer {
    /// `done` with an address, `refused` with errors, or `unknown`. A session by itself charges nothing.
    pub status: Done,
    /// Where to send the payer. It works once, and expires after an hour unless the session says otherwise.
    pub redirect_url: Option<String>,
    /// What DineroPay found wrong.
    pub errors: Vec<ApiError>,
    /// After how many seconds to send again, where DineroPay says so and there is no session.
    pub retry_after_seconds: Option<u32>,
}

object!(SessionAnswer {
    status: required "status",
    redirect_url: nullable "redirectUrl",
    errors: required "errors",
    retry_after_seconds: optional "retryAfterSeconds",
});

/// Reads the answer to [`create_session`](super::super::create_session).
///
/// Source: DineroPay's page on sessions, the platform's reference.
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

/// Reads the answer to [`charge_recurring`](super::super::charge_recurring), [`retry_charge`](super::super::retry_charge) and
/// [`capture`](super::super::capture).
///
/// `settled` is a success; `pending`, `3ds`, `redirect` and an accepted retry are pending; `declined` and `decline` a decline, which
/// comes as an ordinary body. Refused before any charge is what the platform's reference documents as such: fields that are
/// not valid, a hash that is not, no acquirer for the payment. "Duplicate request" and whatever else may follow a charge is
/// unknown. The form protocol's answers (`result`, `trans_id`, `decline_reason`) are read as well.
///
/// DineroPay gives no decline code, only a reason as free text, in no fixed words: a decline says `retry: "allowed"`.
///
/// With `resent` a refusal tells nothing of the first request, and is `unknown`.
///
/// Source: DineroPay's page on charges, the platform's references, client code; the documented error codes in two copies.
pub fn read_charge(reply: &ChargeReply) -> Outcome {
    Outcome::told(reply, answered)
}

fn answered(response: &HttpResponse) -> Outcome {
    let Some(answer) = response.answer() else { return Outcome::unknown() };
    let id = id(&answer);
    if answer.get("status").word().is_some() {
        let told = of_payment(&answer);
        // With an error of HTTP only a decline is believed.
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

/// What became of a payment that an answer tells of.
fn of_payment(answer: &Answer) -> Outcome {
    let status = outcome_status(&answer.get("status").word().unwrap_or_default());
    let decline = (status == OutcomeStatus::Declined).then(|| decline(reason(answer)));
    Outcome { decline, credential: credential(answer, status), ..Outcome::of(status, id(answer).as_deref()) }
}

/// What is needed to charge again, where an answer brings all of it and the payment stands.
fn credential(answer: &Answer, status: OutcomeStatus) -> Option<StoredCredential> {
    let (init, token) = (answer.get("recurring_init_trans_id").text()?, answer.get("recurring_token").text()?);
    if !matches!(status, OutcomeStatus::Succeeded | OutcomeStatus::Pending) {
        return None;
    }
    let currency = order(answer, "currency").text().and_then(|code| code.parse().ok());
    Some(Credential { init_trans_id: init.into(), token: Secret::new(token), currency }.into())
}

/// A field of the order, or in the form protocol one of the answer itself.
fn order<'a>(answer: &'a Answer, name: &str) -> &'a Answer {
    let field = answer.at(&["order", name]);
    if field.is_given() { field } else { answer.get(name) }
}

/// A payment, as the answer to a question about it tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentStatus {
    /// DineroPay's id.
    pub payment_id: Option<String>,
    /// The merchant's number.
    pub order_number: Option<String>,
    /// The amount.
    pub amount: Option<Money>,
    /// DineroPay's own word in lower case: `prepare`, `settled`, `pending`, `3ds`, `redirect`, `decline`, `refund`, `reversal`,
    /// `void`, `chargeback` or another. The last four but one mean money that was taken and has gone back since.
    pub status: String,
    /// Its day, by DineroPay's clock, whose time zone is not documented.
    pub date: Option<Date>,
    /// The schedule.
    pub schedule_id: Option<String>,
    /// The token to charge again with. With the id of the *first* payment of a recurrence it makes the credential, should the
    /// callback have been lost.
    pub recurring_token: Option<Secret>,
    /// What became of it.
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

/// The answer to [`get_status`](super::super::get_status), with the order that it asked about.
#[derive(Clone, PartialEq, Eq)]
pub struct OrderStatus {
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// The merchant's number of the order. Payments of another are passed over.
    pub order_number: String,
    /// DineroPay's id, where it was asked by: a payment with it that names no order is ours.
    pub payment_id: Option<String>,
    /// True where the request is surely over: what DineroPay does not know was then `not_made`. Default false.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as it came.
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

/// Shows no body.
impl std::fmt::Debug for OrderStatus {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} ({} bytes)", self.order_number, self.status, self.body.expose().len())
    }
}

/// The answer to a question about a payment or an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusAnswer {
    /// What became of the attempt: a success where one payment succeeded; a decline only where every one was declined.
    pub outcome: Outcome,
    /// The payments of the order, as they were listed. More than one that succeeded is a customer who paid twice.
    pub payments: Vec<PaymentStatus>,
    /// DineroPay says that it knows no such payment. That is no proof that nothing was charged while a request is still under
    /// way, so the outcome is unknown until the request is over.
    pub not_found: bool,
    /// What DineroPay found wrong.
    pub errors: Vec<ApiError>,
}

object!(StatusAnswer {
    outcome: required "outcome",
    payments: required "payments",
    not_found: required "notFound",
    errors: required "errors",
});

/// Reads the answer to [`get_status`](super::super::get_status): one payment, or a list of them.
///
/// A payment that was refunded, reversed, voided or charged back was made: it is a success, its `status` tells the rest. Only payments of
/// the order count: of another order nothing follows, and the outcome is unknown. So it is of declines in a list of 100, which may go on.
///
/// Source: the platform's reference, which spells `shedule_id`, once with a blank behind it; client code for lists. Not on
/// DineroPay's own pages.
pub fn read_status(input: &OrderStatus) -> StatusAnswer {
    /// The most that a list can be asked for (platform's newer reference).
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
    /// Whether it is the payment, or one of the order, that was asked about.
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

/// What became of an order by all its payments: one that succeeded decides, then what is open; a decline only when all are.
fn all(payments: &[PaymentStatus]) -> Outcome {
    use OutcomeStatus::{Declined, Pending, Succeeded, Unknown};
    let first = |status| payments.iter().map(|payment| &payment.outcome).find(|outcome| outcome.status == status);
    let decides = [Succeeded, Unknown, Pending, Declined].into_iter().find_map(first);
    decides.cloned().unwrap_or_else(Outcome::unknown)
}

/// The answer to a request that gives money back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundAnswer {
    /// What became of the request.
    pub status: Done,
    /// The payment.
    pub payment_id: Option<String>,
    /// Where the payment stands now, in DineroPay's word in lower case, as far as the answer tells: `void`, `settled`.
    pub payment_status: Option<String>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// What DineroPay found wrong.
    pub errors: Vec<ApiError>,
    /// After how many seconds to ask or to send again, where DineroPay says so and nothing is done.
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

/// Reads the answer to [`refund`](super::super::refund) and to [`void_payment`](super::super::void_payment).
///
/// A void's table and samples contradict each other: `status` is `VOID` or `SETTLED` by the one, `SUCCESS` or `FAIL` with a
/// `payment_status` by the other. `payment_status` is read first. Source: DineroPay's page on refunds; the platform's reference.
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
