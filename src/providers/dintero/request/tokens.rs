//! Stored cards: listing and deleting.

use crate::error::{Code, Errors, Problems};
use crate::json::{Object, object};
use crate::providers::dintero::account::Account;
use crate::providers::dintero::checks;
use crate::providers::form;
use crate::providers::http::{Headers, HttpRequest};

/// The stored cards to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTokensQuery {
    /// The merchant.
    pub account: Account,
    /// The merchant's id of the customer, as given to the session.
    pub customer_id: Option<String>,
    /// The id of the last card of the previous page.
    pub starting_after: Option<String>,
}

object!(CardTokensQuery {
    account: required "account",
    customer_id: optional "customerId",
    starting_after: optional "startingAfter",
});

/// Builds the request for a page of 100 stored cards: `GET /v1/card-tokens` (types and docs; lists payment tokens
/// only).
///
/// # Errors
/// `invalid_string`, `environment_mismatch`.
pub fn list_card_tokens(cards: &CardTokensQuery) -> Result<HttpRequest, Errors> {
    let CardTokensQuery { account, customer_id, starting_after } = cards;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::optional_text(customer_id.as_ref(), "/customerId", &mut problems);
    checks::optional_text(starting_after.as_ref(), "/startingAfter", &mut problems);
    problems.finish(Some(()))?;
    let given = [("customer_id", customer_id.as_deref()), ("starting_after", starting_after.as_deref())];
    let given = given.into_iter().chain([("limit", Some("100"))]);
    let query = form::query(&given.filter_map(|(name, value)| Some((name, value?))).collect::<Vec<_>>());
    Ok(HttpRequest::get(account.checkout(&["/card-tokens?", &query]), Headers::default()))
}

/// A stored card to delete.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTokenDeletion {
    /// The merchant.
    pub account: Account,
    /// The token's id: `card.payment_token_id`. Never the token itself, which must not be part of a URL.
    pub token_id: String,
    /// The reason, at most 128 characters.
    pub reason: Option<String>,
    /// Whether the cardholder requested it. Default false: the merchant did.
    pub by_cardholder: Option<bool>,
}

object!(CardTokenDeletion {
    account: required "account",
    token_id: required "tokenId",
    reason: optional "reason",
    by_cardholder: optional "byCardholder",
});

/// Builds the request that deletes a stored card, for an ended subscription or at the cardholder's request: `DELETE
/// /v1/card-tokens/{id}` (docs; one source).
///
/// # Errors
/// `invalid_string`, `environment_mismatch`.
pub fn delete_card_token(deletion: &CardTokenDeletion) -> Result<HttpRequest, Errors> {
    let CardTokenDeletion { account, token_id, reason, by_cardholder } = deletion;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::id(token_id, "/tokenId", &mut problems);
    if let Some(reason) = reason {
        checks::text(reason, "/reason", &mut problems);
        // Source: docs: at most 128 characters.
        if reason.chars().count() > 128 {
            problems.push(Code::InvalidString, "/reason", "expected at most 128 characters");
        }
    }
    problems.finish(Some(()))?;
    let mut body = Object::default();
    body.optional("reason", reason);
    let requestor = if *by_cardholder == Some(true) { "CARDHOLDER" } else { "MERCHANT" };
    body.required("requestor", &String::from(requestor));
    Ok(HttpRequest::delete_json(account.checkout(&["/card-tokens/", token_id]), Headers::default(), &body.finish()))
}
