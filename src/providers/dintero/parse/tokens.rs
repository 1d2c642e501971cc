//! Lists of stored cards.

use super::transaction::ApiError;
use crate::json::object;
use crate::providers::credential::StoredCredential;
use crate::providers::dintero::account::Credential;
use crate::providers::http::{HttpResponse, Secret};
use crate::providers::lenient::Answer;

/// A stored card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardToken {
    /// The token's id.
    pub id: Option<String>,
    /// `ACTIVE`, `INACTIVE`, `SUSPENDED`, `CANCELLED`, `DELETED`, or a value that Dintero has added since. Only an
    /// active card can be charged.
    pub status: Option<String>,
    /// The scheme in lower case: `visa`, `mastercard`.
    pub brand: Option<String>,
    /// The number with its middle masked.
    pub masked_pan: Option<String>,
    /// The card's expiry, `MM/YYYY`.
    pub expiry: Option<String>,
    /// The merchant's id of the customer.
    pub customer_id: Option<String>,
    /// The transaction that stored it.
    pub transaction_id: Option<String>,
    /// The credential to charge it with. Secret.
    pub credential: Option<StoredCredential>,
}

object!(CardToken {
    id: nullable "id",
    status: nullable "status",
    brand: nullable "brand",
    masked_pan: nullable "maskedPan",
    expiry: nullable "expiry",
    customer_id: nullable "customerId",
    transaction_id: nullable "transactionId",
    credential: nullable "credential",
});

impl CardToken {
    pub(crate) fn of(answer: &Answer) -> Self {
        let given = |name: &str| answer.get(name).string();
        let stored = answer.get("token").text().zip(answer.get("payment_product_type").text());
        Self {
            id: given("id"),
            status: given("status").map(|status| status.to_ascii_uppercase()),
            brand: answer.get("card_brand").word(),
            masked_pan: given("masked_pan"),
            expiry: answer.either(&["pan_expiry_date", "token_expiry_date"]).string(),
            customer_id: given("customer_id"),
            transaction_id: given("transaction_id"),
            credential: stored.map(|(token, product)| {
                let (product, payment_token) = (product.into(), Some(Secret::new(token)));
                Credential { product, payment_token, recurrence_token: None }.into()
            }),
        }
    }
}

/// A page of stored cards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardTokens {
    /// The cards. Dintero omits deleted ones.
    pub cards: Vec<CardToken>,
    /// The error that Dintero reports instead.
    pub error: Option<ApiError>,
}

object!(CardTokens { cards: required "cards", error: nullable "error" });

/// Reads the response to [`list_card_tokens`](super::super::list_card_tokens).
///
/// A response that cannot be read has no cards.
pub fn read_card_tokens(response: &HttpResponse) -> CardTokens {
    let answer = Answer::of(&response.body);
    let cards = if response.is_success() { answer.items() } else { &[] };
    CardTokens { cards: cards.iter().map(CardToken::of).collect(), error: ApiError::of(&answer) }
}
