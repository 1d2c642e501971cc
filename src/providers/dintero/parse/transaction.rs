//! Readers of transactions.

use super::decline::{decline, texts};
use crate::json::object;
use crate::money::Money;
use crate::providers::credential::StoredCredential;
use crate::providers::dintero::account::Credential;
use crate::providers::http::{Secret, StatusReply, is_success};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// The error of a request that Dintero rejected: `{"error": {…}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// Dintero's code, if there is one.
    pub code: Option<String>,
    /// Dintero's message.
    pub message: Option<String>,
    /// The details, as far as they are strings.
    pub errors: Vec<String>,
}

object!(ApiError { code: nullable "code", message: nullable "message", errors: required "errors" });

impl ApiError {
    /// Returns the error of a response, also if `error` is not an object.
    pub(crate) fn of(answer: &Answer) -> Option<Self> {
        let error = answer.get("error");
        let text = |answer: &Answer| answer.string();
        let single = |item: &Answer| text(item).or_else(|| text(item.get("message")));
        error.is_given().then(|| Self {
            code: text(error.get("code")),
            message: text(error.get("message")).or_else(|| text(error)),
            errors: error.get("errors").items().iter().filter_map(single).collect(),
        })
    }
}

/// The card of a transaction. Its tokens are in the outcome's `credential`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The scheme as Dintero writes it, such as `Visa`.
    pub brand: Option<String>,
    /// The number with its middle masked.
    pub masked_pan: Option<String>,
    /// The card's expiry, `MM/YYYY`; the token's if the card's is not known (docs; one source).
    pub expiry: Option<String>,
    /// The id of the payment token, for deleting it. It cannot be charged.
    pub payment_token_id: Option<String>,
    /// The id of the recurrence token.
    pub recurrence_token_id: Option<String>,
}

object!(Card {
    brand: nullable "brand",
    masked_pan: nullable "maskedPan",
    expiry: nullable "expiry",
    payment_token_id: nullable "paymentTokenId",
    recurrence_token_id: nullable "recurrenceTokenId",
});

/// The reason of a failure, as Dintero reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Dintero's code.
    pub code: Option<String>,
    /// Dintero's message.
    pub message: Option<String>,
    /// Dintero's kinds of error, such as `INSUFFICIENT_FUNDS`.
    pub types: Vec<String>,
    /// The scheme's response code.
    pub result_code: Option<String>,
    /// The advice on retries: `DO_NOT_RETRY`, `RETRY_IMMEDIATELY`, `RETRY_AFTER_DELAY`.
    pub retry_codes: Vec<String>,
    /// The earliest moment for a retry, as Dintero writes it.
    pub retry_after: Option<String>,
}

object!(Failure {
    code: nullable "code",
    message: nullable "message",
    types: required "types",
    result_code: nullable "resultCode",
    retry_codes: required "retryCodes",
    retry_after: nullable "retryAfter",
});

/// An event of a transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionEvent {
    /// The kind: `INITIALIZE`, `AUTHORIZE`, `CAPTURE`, `REFUND`, `VOID` or another.
    pub event: Option<String>,
    /// Whether it succeeded.
    pub success: Option<bool>,
    /// The amount.
    pub amount: Option<Money>,
    /// The merchant's reference of the event, such as that of a capture or refund (types; that it is this one is
    /// inferred).
    pub reference: Option<String>,
    /// The time, as Dintero writes it.
    pub created_at: Option<String>,
    /// The reason of a failure.
    pub error: Option<Failure>,
}

object!(TransactionEvent {
    event: nullable "event",
    success: nullable "success",
    amount: nullable "amount",
    reference: nullable "reference",
    created_at: nullable "createdAt",
    error: nullable "error",
});

/// A transaction. Fields that Dintero has not sent are null, and values that it may add are kept unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// The id.
    pub id: Option<String>,
    /// The status in capital letters: `INITIATED`, `AUTHORIZED`, `AUTHORIZATION_VOIDED`, `CAPTURED`,
    /// `PARTIALLY_CAPTURED`, `PARTIALLY_CAPTURED_REFUNDED`, `REFUNDED`, `PARTIALLY_REFUNDED`, `DECLINED`, `FAILED`,
    /// `UNKNOWN`, `ON_HOLD`, or another.
    pub status: Option<String>,
    /// The amount authorised.
    pub amount: Option<Money>,
    /// The product, such as `payex.creditcard`.
    pub product: Option<String>,
    /// `recurring_purchase`, `unscheduled_purchase`, `generate_payment_token`, or null.
    pub operation: Option<String>,
    /// The merchant's reference.
    pub merchant_reference: Option<String>,
    /// The merchant's second reference.
    pub merchant_reference_2: Option<String>,
    /// The session of the transaction.
    pub session_id: Option<String>,
    /// The card.
    pub card: Option<Card>,
    /// The events, in Dintero's order.
    pub events: Vec<TransactionEvent>,
    /// The outcome of the attempt.
    pub outcome: Outcome,
    /// The error that Dintero reports if it rejected the request.
    pub error: Option<ApiError>,
}

object!(Transaction {
    id: nullable "id",
    status: nullable "status",
    amount: nullable "amount",
    product: nullable "product",
    operation: nullable "operation",
    merchant_reference: nullable "merchantReference",
    merchant_reference_2: nullable "merchantReference2",
    session_id: nullable "sessionId",
    card: nullable "card",
    events: required "events",
    outcome: required "outcome",
    error: nullable "error",
});

impl Transaction {
    pub(crate) fn of(answer: &Answer) -> Self {
        let given = |name: &str| answer.get(name).string();
        let currency = answer.get("currency").text().and_then(|code| code.parse().ok());
        let amount = |answer: &Answer| answer.minor_units(currency?);
        let card = answer.get("card");
        let on_card = |name: &str| card.get(name).string();
        Self {
            id: given("id"),
            status: given("status").map(|status| status.to_ascii_uppercase()),
            amount: amount(answer.get("amount")),
            product: given("payment_product_type"),
            operation: given("payment_operation"),
            merchant_reference: given("merchant_reference"),
            merchant_reference_2: given("merchant_reference_2"),
            session_id: given("session_id"),
            card: card.is_given().then(|| Card {
                brand: on_card("brand"),
                masked_pan: on_card("masked_pan"),
                expiry: on_card("expiry_date"),
                payment_token_id: on_card("payment_token_id"),
                recurrence_token_id: on_card("recurrence_token_id"),
            }),
            events: answer.get("events").items().iter().map(|event| TransactionEvent::of(event, amount)).collect(),
            outcome: outcome(answer),
            error: ApiError::of(answer),
        }
    }
}

impl TransactionEvent {
    fn of(event: &Answer, amount: impl Fn(&Answer) -> Option<Money>) -> Self {
        let given = |name: &str| event.get(name).string();
        Self {
            event: given("event").map(|name| name.to_ascii_uppercase()),
            success: event.get("success").flag(),
            amount: amount(event.get("amount")),
            reference: given("event_reference"),
            created_at: given("created_at"),
            error: event.get("error").is_given().then(|| Failure::of(event.get("error"))),
        }
    }
}

impl Failure {
    pub(crate) fn of(error: &Answer) -> Self {
        let given = |name: &str| error.get(name).string();
        let words = |answer: &Answer| texts(answer).iter().map(|word| word.to_ascii_uppercase()).collect();
        let policy = error.get("retry_policy");
        Self {
            code: given("code"),
            message: given("message"),
            types: words(error.get("type")),
            result_code: given("result_code"),
            retry_codes: words(policy.get("retry_codes")),
            retry_after: policy.get("retry_after").string(),
        }
    }
}

/// Returns the outcome of the attempt; only the status of the transaction decides.
pub(crate) fn outcome(answer: &Answer) -> Outcome {
    use OutcomeStatus::{Declined, Pending, Succeeded, Unknown};
    // If a card is only stored, there is nothing to capture. That such a transaction ends as authorised or verified is
    // inferred.
    let stores_only = answer.get("payment_operation").word().as_deref() == Some("generate_payment_token");
    let status = match answer.get("status").word().unwrap_or_default().as_str() {
        "authorized" | "verified" if stores_only => Succeeded,
        "captured" | "refunded" | "partially_refunded" => Succeeded,
        // Only a part of the amount was captured, or none.
        "initiated" | "authorized" | "on_hold" | "partially_captured" | "partially_captured_refunded" => Pending,
        // A voided authorisation captured nothing, and its reference cannot be charged again: a new attempt is needed.
        "declined" | "failed" | "authorization_voided" => Declined,
        _ => Unknown,
    };
    Outcome {
        status,
        provider_reference: answer.get("id").string(),
        decline: (status == Declined).then(|| decline(answer)),
        credential: credential(answer),
        retry_after_seconds: None,
    }
}

/// Returns the tokens: those of the card, or else those of the customer, where a renewal returns them (plugin; one
/// source).
fn credential(answer: &Answer) -> Option<StoredCredential> {
    let product = answer.get("payment_product_type").text()?;
    let token = |name: &str| {
        let on_card = answer.at(&["card", name]).text();
        on_card.or_else(|| answer.at(&["customer", "tokens", product, name]).text()).map(Secret::new)
    };
    let (payment_token, recurrence_token) = (token("payment_token"), token("recurrence_token"));
    if payment_token.is_none() && recurrence_token.is_none() {
        return None;
    }
    Some(Credential { product: product.into(), payment_token, recurrence_token }.into())
}

/// Reads the response to [`get_transaction`](super::super::get_transaction). The responses to changes of a transaction
/// contain it too, but its outcome is that of the payment: see [`read_capture`](super::super::read_capture),
/// [`read_refund`](super::super::read_refund) and [`read_void`](super::super::read_void).
///
/// | status | outcome |
/// |---|---|
/// | `CAPTURED`, `REFUNDED`, `PARTIALLY_REFUNDED` | `succeeded` |
/// | `INITIATED`, `AUTHORIZED`, `ON_HOLD`, `PARTIALLY_CAPTURED`, `PARTIALLY_CAPTURED_REFUNDED` | `pending` |
/// | `FAILED`, `DECLINED`, `AUTHORIZATION_VOIDED` | `declined` |
/// | `UNKNOWN`, any other, an error, an unreadable response | `unknown` |
///
/// A transaction that only stores a card (`generate_payment_token`) has succeeded once it is authorised. The decline is
/// read from `events[].error`; Dintero's retry policy takes precedence (R6.5).
///
/// `request_is_over` changes nothing here: a transaction with an id exists.
pub fn read_transaction(response: &StatusReply) -> Transaction {
    let answer = Answer::of(response.body.expose());
    let whole = Transaction::of(&answer);
    let outcome = match is_success(response.status) {
        true => whole.outcome,
        false => Outcome::of(OutcomeStatus::Unknown, whole.id.as_deref()),
    };
    Transaction { outcome: outcome.after(response.retry_after.as_ref()), ..whole }
}

/// The response to [`find_transactions`](super::super::find_transactions), with the reference that was queried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionsAnswer {
    /// The HTTP status.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// The merchant's reference. Transactions of other references are ignored.
    pub merchant_reference: String,
    /// True if the request is certainly over. An attempt that Dintero does not know was then `not_made`. Default false.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(TransactionsAnswer {
    status: required "status",
    body: required "body",
    merchant_reference: required "merchantReference",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

/// The transactions of a reference, and their outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transactions {
    /// The transactions, in Dintero's order.
    pub transactions: Vec<Transaction>,
    /// The outcome of the attempt with this reference.
    pub outcome: Outcome,
    /// The error that Dintero reports if it rejected the request.
    pub error: Option<ApiError>,
}

object!(Transactions { transactions: required "transactions", outcome: required "outcome", error: nullable "error" });

/// Reads the transactions of a reference. A transaction that captured money counts first, then one that still may, then
/// a decline.
///
/// No transaction at all is `not_made` if the request is certainly over. The same attempt can then be sent again with
/// the same reference: Dintero rejects it if the first one was paid in the meantime.
///
/// A response counts as complete only if it is a list by itself, is not full, and every transaction in it has the
/// reference. A list with other references was not filtered by it and may omit the transaction, so only a success in it
/// counts.
///
/// A response that cannot be read is `unknown`.
pub fn read_transactions(response: &TransactionsAnswer) -> Transactions {
    const PAGE: usize = 100;
    let answer = Answer::parse(response.body.expose());
    let retry_after = response.retry_after.as_ref();
    let list = match &answer {
        Some(Answer::List(items)) if is_success(response.status) => items.as_slice(),
        other => {
            let error = other.as_ref().and_then(ApiError::of);
            return Transactions { transactions: Vec::new(), outcome: Outcome::unknown().after(retry_after), error };
        }
    };
    let reference = Some(response.merchant_reference.trim());
    let ours = list.iter().filter(|answer| answer.get("merchant_reference").text() == reference);
    let transactions: Vec<Transaction> = ours.map(Transaction::of).collect();
    let whole = transactions.len() == list.len() && list.len() < PAGE;
    let outcome = match deciding(&transactions) {
        Some(found) if whole || found.status == OutcomeStatus::Succeeded => found.clone(),
        None if whole => Outcome::absent(response.request_is_over == Some(true)),
        _ => Outcome::unknown(),
    };
    Transactions { transactions, outcome: outcome.after(retry_after), error: None }
}

/// Returns the outcome that decides: of a success, or else of an open transaction, or else of a decline.
fn deciding(transactions: &[Transaction]) -> Option<&Outcome> {
    use OutcomeStatus::{Declined, Pending, Succeeded, Unknown};
    let first = |status| transactions.iter().map(|one| &one.outcome).find(|outcome| outcome.status == status);
    [Succeeded, Unknown, Pending, Declined].into_iter().find_map(first)
}
