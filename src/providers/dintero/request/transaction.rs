//! Operations on a transaction: fetch, capture, refund, void.

use super::order::{Item, write_items};
use super::session::TokenType;
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, object};
use crate::money::Money;
use crate::providers::dintero::account::Account;
use crate::providers::dintero::checks;
use crate::providers::form;
use crate::providers::http::{Headers, HttpRequest};

/// A transaction to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionQuery {
    /// The merchant.
    pub account: Account,
    /// The transaction's id.
    pub transaction_id: String,
    /// The tokens to return with it; its session must have created them. Default none.
    pub tokens: Option<Vec<TokenType>>,
}

object!(TransactionQuery {
    account: required "account",
    transaction_id: required "transactionId",
    tokens: optional "tokens",
});

/// Builds the request for a transaction: `GET /v1/transactions/{id}`. With `includes=card.payment_token` and
/// `includes=card.recurrence_token` it requests the tokens, which Dintero otherwise omits. Read the response with
/// [`read_transaction`](super::super::read_transaction).
///
/// # Errors
/// `invalid_string`; `environment_mismatch` for a transaction of the other environment.
pub fn get_transaction(transaction: &TransactionQuery) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    let TransactionQuery { account, transaction_id, tokens } = transaction;
    check_id(account, transaction_id, &mut problems);
    problems.finish(Some(()))?;
    let asked = tokens.iter().flatten();
    let includes: Vec<String> = asked.map(|token| ["card.", token.as_str()].concat()).collect();
    let query = form::query(&includes.iter().map(|name| ("includes", name.as_str())).collect::<Vec<_>>());
    let mark = if query.is_empty() { "" } else { "?" };
    let url = account.checkout(&["/transactions/", transaction_id, mark, &query]);
    Ok(HttpRequest::get(url, Headers::default()))
}

fn check_id(account: &Account, id: &str, problems: &mut Problems) {
    account.check(problems);
    checks::id(id, "/transactionId", problems);
    account.same_environment(id, "/transactionId", problems);
}

/// The transactions of a reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionsQuery {
    /// The merchant.
    pub account: Account,
    /// The merchant's reference: that of the payment.
    pub merchant_reference: String,
}

object!(TransactionsQuery { account: required "account", merchant_reference: required "merchantReference" });

/// Builds the request for the transactions of a merchant reference: `GET
/// /v1/transactions?merchant_reference=…&limit=100`. Use it to find out the outcome of a charge whose response was lost
/// (R6.6). Read the response with [`read_transactions`](super::super::read_transactions).
///
/// # Errors
/// `invalid_string`, `environment_mismatch`.
pub fn find_transactions(transactions: &TransactionsQuery) -> Result<HttpRequest, Errors> {
    let TransactionsQuery { account, merchant_reference } = transactions;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::text(merchant_reference, "/merchantReference", &mut problems);
    problems.finish(Some(()))?;
    let query = form::query(&[("merchant_reference", merchant_reference.as_str()), ("limit", "100")]);
    Ok(HttpRequest::get(account.checkout(&["/transactions?", &query]), Headers::default()))
}

/// A transaction by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionRef {
    /// The merchant.
    pub account: Account,
    /// The transaction's id.
    pub transaction_id: String,
}

object!(TransactionRef { account: required "account", transaction_id: required "transactionId" });

/// Builds the request that voids an authorisation that was not captured: `POST /v1/transactions/{id}/void`.
///
/// # Errors
/// The same as [`get_transaction`].
pub fn void_transaction(transaction: &TransactionRef) -> Result<HttpRequest, Errors> {
    let TransactionRef { account, transaction_id } = transaction;
    let mut problems = Problems::of_input();
    check_id(account, transaction_id, &mut problems);
    problems.finish(Some(()))?;
    Ok(HttpRequest::post_empty(account.checkout(&["/transactions/", transaction_id, "/void"])))
}

/// A capture or a refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionChange {
    /// The merchant.
    pub account: Account,
    /// The transaction's id.
    pub transaction_id: String,
    /// The amount, from 1 minor unit; it may be a part of the whole.
    pub amount: Money,
    /// The merchant's reference of the capture or refund.
    pub reference: Option<String>,
    /// The reason of a refund.
    pub reason: Option<String>,
    /// The lines concerned.
    pub items: Option<Vec<Item>>,
}

object!(TransactionChange {
    account: required "account",
    transaction_id: required "transactionId",
    amount: required "amount",
    reference: optional "reference",
    reason: optional "reason",
    items: optional "items",
});

/// Builds the request that captures an authorisation: `POST /v1/transactions/{id}/capture`. It ends Dintero's own
/// attempts to capture.
///
/// Dintero does not deduplicate captures and refunds. If the response was lost, fetch the transaction and look for an
/// event with the reference before you send the request again. HTTP 202 means that it is still running: fetch the
/// transaction later.
///
/// # Errors
/// The same as [`get_transaction`]; `out_of_range`, `currency_mismatch` and `invalid_string` for amount and items.
pub fn capture_transaction(change: &TransactionChange) -> Result<HttpRequest, Errors> {
    if change.reason.is_some() {
        let mut problems = Problems::of_input();
        check_change(change, &mut problems);
        problems.push(
            Code::UnknownField,
            "/reason",
            "cannot accept a reason because only a refund has one; leave it out",
        );
        return problems.finish(None);
    }
    self::change(change, "/capture", "capture_reference")
}

/// Builds the request that refunds a transaction: `POST /v1/transactions/{id}/refund`. See [`capture_transaction`] on
/// sending it again.
///
/// # Errors
/// The same as [`capture_transaction`].
pub fn refund_transaction(change: &TransactionChange) -> Result<HttpRequest, Errors> {
    self::change(change, "/refund", "refund_reference")
}

fn change(change: &TransactionChange, what: &'static str, reference: &'static str) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    check_change(change, &mut problems);
    problems.finish(Some(()))?;
    let mut body = Object::default();
    body.optional(reference, &change.reference);
    body.set("amount", change.amount.minor_units());
    write_items(&mut body, &change.items);
    body.optional("reason", &change.reason);
    let url = change.account.checkout(&["/transactions/", &change.transaction_id, what]);
    Ok(HttpRequest::post_json(url, Headers::default(), &body.finish()))
}

fn check_change(change: &TransactionChange, problems: &mut Problems) {
    check_id(&change.account, &change.transaction_id, problems);
    checks::money_from(1, change.amount, "/amount", problems);
    checks::optional_text(change.reference.as_ref(), "/reference", problems);
    checks::optional_text(change.reason.as_ref(), "/reason", problems);
    checks::items(change.items.as_deref().unwrap_or_default(), change.amount, "/items", problems);
}
