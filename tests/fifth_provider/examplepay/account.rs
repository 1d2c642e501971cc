//! The merchant, and the card on file.

use crate::json::object;
use crate::providers::http::Secret;

/// The merchant at Examplepay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The merchant's id.
    pub merchant_id: String,
    /// A host in place of Examplepay's, for tests.
    pub base_url: Option<String>,
}

object!(Account { merchant_id: required "merchantId", base_url: optional "baseUrl" });

impl Account {
    /// An address below the account's.
    pub(super) fn url(&self, path: &str) -> String {
        let base = self.base_url.as_deref().unwrap_or("https://api.examplepay.example");
        [base.trim_end_matches('/'), "/v1/", path].concat()
    }
}

/// What the first payment brought, to charge again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The token.
    pub token: Secret,
}

object!(Credential by "provider" { token: required "token" });
