//! The merchant at A55, and A55's hosts.

use crate::error::{Code, Problems};
use crate::json::{object, words};
use crate::providers::card::StoredCard;
use crate::providers::validate::{base_url, is_local, is_uuid};

/// A55's documented hosts. Its pages name three and do not say which merchants each serves: A55 informs its merchants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Environment {
    /// `https://core-manager.a55.tech`, the default. Source: the subscription guide, the API reference and A55's client code.
    #[default]
    CoreManager,
    /// `https://api.a55.tech`. Source: several pages of the later documentation.
    Production,
    /// `https://sandbox.api.a55.tech`. Source: as for production.
    Sandbox,
}

words!(Environment { CoreManager "core_manager", Production "production", Sandbox "sandbox" });

impl Environment {
    fn base_url(self) -> &'static str {
        match self {
            Self::CoreManager => "https://core-manager.a55.tech",
            Self::Production => "https://api.a55.tech",
            Self::Sandbox => "https://sandbox.api.a55.tech",
        }
    }

    /// Returns the URL that issues tokens. The older pages agree on the first; the later ones have a host for each
    /// environment.
    pub(super) fn token_url(self) -> &'static str {
        match self {
            Self::CoreManager => "https://smart-capital.auth.us-east-1.amazoncognito.com/oauth2/token",
            Self::Production => "https://auth.a55.tech/oauth2/token",
            Self::Sandbox => "https://auth.sandbox.a55.tech/oauth2/token",
        }
    }
}

/// The merchant at A55.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The wallet that the money goes to, a UUID.
    pub wallet_uuid: String,
    /// The merchant, a UUID.
    pub merchant_id: String,
    /// The host; default [`Environment::CoreManager`].
    pub environment: Option<Environment>,
    /// A base URL that replaces the environment's host: `https://…`, optionally with a path.
    pub base_url: Option<String>,
}

object!(Account {
    wallet_uuid: required "walletUuid",
    merchant_id: required "merchantId",
    environment: optional "environment",
    base_url: optional "baseUrl",
});

impl Account {
    /// Returns the URL of a resource of the bank API.
    pub(super) fn url(&self, resource: &str) -> String {
        let base = self.base_url.as_deref().unwrap_or_else(|| self.environment.unwrap_or_default().base_url());
        [base.trim_end_matches('/'), "/api/v1/bank/wallet/", resource].concat()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        for (value, path) in [(&self.wallet_uuid, "/account/walletUuid"), (&self.merchant_id, "/account/merchantId")] {
            // Source: A55's API reference, which calls both UUIDs.
            if !is_uuid(value) {
                problems.push(Code::InvalidString, path, "expected a UUID");
            }
        }
        base_url(self.base_url.as_deref(), "/account/baseUrl", problems);
    }

    /// Returns whether requests go to this machine: to a fake, whose webhooks also go to this machine.
    pub(super) fn is_local(&self) -> bool {
        self.base_url.as_deref().is_some_and(is_local)
    }

    /// Returns whether the cardholder may be sent to a page on this machine: unless the account is known to be live.
    pub(super) fn is_test(&self) -> bool {
        self.environment != Some(Environment::Production) || self.is_local()
    }
}

/// Checks an id of A55's that becomes part of a URL. A55 calls its ids UUIDs, but its samples include others, so this
/// rejects only what would change the URL.
pub(super) fn check_id(id: &str, path: &str, problems: &mut Problems) {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if id.is_empty() || !id.bytes().all(sound) {
        let message = "expected an id of letters, digits, `-` and `_`";
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// What is stored to charge again. A55 stores no card for the merchant's own recurrence, so this is the card or network
/// token itself, without security code and cryptogram. Storing card numbers requires PCI DSS compliance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The card.
    pub card: StoredCard,
}

object!(Credential by "provider" { card: required "card" });
