//! The merchant at A55, and where A55 is.

use crate::error::{Code, Problems};
use crate::json::{object, words};
use crate::providers::card::StoredCard;
use crate::providers::validate::{base_url, is_local, is_uuid};

/// A55's documented hosts. Its pages name three, and do not say which merchants each one serves: A55 tells its merchants.
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

    /// Where a token is asked for. The older pages agree on the first; the later ones have a host for each environment.
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
    /// The wallet that receives the money, a UUID.
    pub wallet_uuid: String,
    /// The merchant, a UUID.
    pub merchant_id: String,
    /// Which of A55's hosts; default [`Environment::CoreManager`].
    pub environment: Option<Environment>,
    /// Another host, `https://…` with a path at most; goes before the environment.
    pub base_url: Option<String>,
}

object!(Account {
    wallet_uuid: required "walletUuid",
    merchant_id: required "merchantId",
    environment: optional "environment",
    base_url: optional "baseUrl",
});

impl Account {
    /// The address of a resource of the bank API.
    pub(super) fn url(&self, resource: &str) -> String {
        let base = self.base_url.as_deref().unwrap_or_else(|| self.environment.unwrap_or_default().base_url());
        [base.trim_end_matches('/'), "/api/v1/bank/wallet/", resource].concat()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        for (value, path) in [(&self.wallet_uuid, "/account/walletUuid"), (&self.merchant_id, "/account/merchantId")] {
            // The reference: UUIDs.
            if !is_uuid(value) {
                problems.push(Code::InvalidString, path, "expected a UUID");
            }
        }
        base_url(self.base_url.as_deref(), "/account/baseUrl", problems);
    }

    /// Whether requests go to this machine: to a fake, which calls this machine too.
    pub(super) fn is_local(&self) -> bool {
        self.base_url.as_deref().is_some_and(is_local)
    }

    /// Whether the cardholder may be sent to a page on this machine: wherever the account is not known to be live.
    pub(super) fn is_test(&self) -> bool {
        self.environment != Some(Environment::Production) || self.is_local()
    }
}

/// Checks an id of A55's that becomes part of an address. A55 calls its ids UUIDs; its samples have others too, so only what
/// would change the address is refused.
pub(super) fn check_id(id: &str, path: &str, problems: &mut Problems) {
    let sound = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if id.is_empty() || !id.bytes().all(sound) {
        let message = "expected an id of letters, digits, `-` and `_`";
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// What is kept to charge again. A55 keeps nothing for the merchant's own recurrence, so it is the card or network token itself,
/// without its security code and its cryptogram. Whoever stores a card number is held to PCI DSS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The card.
    pub card: StoredCard,
}

object!(Credential by "provider" { card: required "card" });
