//! The merchant at DineroPay.

use super::checks::{KEY, PASSWORD, base_url};
use super::request::hash::{Case, HashAlgorithm, checkout};
use crate::error::Problems;
use crate::json::object;
use crate::money::Currency;
use crate::providers::http::Secret;

/// The merchant at DineroPay, as shown in the dashboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The merchant key, up to 255 characters. With the test key, every payment is a test. DineroPay's tables call it a
    /// UUID but its samples are not UUIDs, so its form is not checked.
    pub merchant_key: String,
    /// The password. It is used only in the hashes: no request contains it.
    pub password: Secret,
    /// The digest used in the hashes, as set in the dashboard; default MD5.
    pub hash_algorithm: Option<HashAlgorithm>,
    /// The host of the checkout protocol; default `https://checkout.dineropay.com`. Source: DineroPay's pages on charges and
    /// refunds, and its client code.
    pub checkout_url: Option<String>,
    /// The host of the form protocol; default `https://api.dineropay.com`. Source: DineroPay's subscription page only.
    pub api_url: Option<String>,
}

object!(Account {
    merchant_key: required "merchantKey",
    password: required "password",
    hash_algorithm: optional "hashAlgorithm",
    checkout_url: optional "checkoutUrl",
    api_url: optional "apiUrl",
});

impl Account {
    pub(super) fn check(&self, problems: &mut Problems) {
        KEY.check(&self.merchant_key, "/account/merchantKey", problems);
        PASSWORD.check(self.password.expose(), "/account/password", problems);
        base_url(self.checkout_url.as_deref(), "/account/checkoutUrl", problems);
        base_url(self.api_url.as_deref(), "/account/apiUrl", problems);
    }

    pub(super) fn algorithm(&self) -> HashAlgorithm {
        self.hash_algorithm.unwrap_or_default()
    }

    /// Returns the hash of a request of the checkout protocol.
    pub(super) fn sign(&self, fields: &[&str]) -> String {
        checkout(fields, &self.password, self.algorithm(), Case::Unicode)
    }

    /// Returns a URL of the checkout protocol.
    pub(super) fn checkout(&self, path: &str) -> String {
        join(self.checkout_url.as_deref().unwrap_or("https://checkout.dineropay.com"), path)
    }

    /// Returns the URL of the form protocol.
    pub(super) fn form(&self) -> String {
        join(self.api_url.as_deref().unwrap_or("https://api.dineropay.com"), "/post")
    }
}

fn join(base: &str, path: &str) -> String {
    [base.trim_end_matches('/'), path].concat()
}

/// The data from the first callback with which to charge again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// `recurring_init_trans_id`: the id of the first payment.
    pub init_trans_id: String,
    /// `recurring_token`.
    pub token: Secret,
    /// The currency of the first payment. All later payments have it too, as DineroPay does not receive it again.
    pub currency: Option<Currency>,
}

object!(Credential by "provider" { init_trans_id: required "initTransId", token: required "token", currency: optional "currency" });
