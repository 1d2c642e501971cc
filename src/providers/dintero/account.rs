//! The account, its environment, and the token that authorises requests.

use super::checks;
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, Value, object, words};
use crate::providers::http::{Headers, HttpRequest, Secret};
use crate::providers::validate::{graphic, is_graphic, is_local};

/// The host of the checkout, which is the same for both environments.
const CHECKOUT: &str = "https://checkout.dintero.com";

/// The host of everything else.
const API: &str = "https://api.dintero.com";

/// Whether money moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// The sandbox: account ids of `T` and eight digits.
    Test,
    /// Production: account ids of `P` and eight digits.
    Live,
}

words!(Environment { Test "test", Live "live" });

impl Environment {
    fn letter(self) -> char {
        match self {
            Self::Test => 'T',
            Self::Live => 'P',
        }
    }
}

/// The merchant at Dintero.
///
/// Both environments have the same hosts, and a request does not state its environment: the access token does. The
/// account therefore contains the intended environment, and its id must match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// `T` or `P` and eight digits.
    pub id: String,
    /// The intended environment.
    pub environment: Environment,
    /// A base URL that replaces Dintero's for all requests, such as that of a fake in tests: `https://…`, optionally
    /// with a path.
    pub base_url: Option<String>,
}

object!(Account { id: required "id", environment: required "environment", base_url: optional "baseUrl" });

impl Account {
    /// Returns the URL of a request to the checkout.
    pub(super) fn checkout(&self, path: &[&str]) -> String {
        self.address(CHECKOUT, path)
    }

    fn address(&self, host: &str, path: &[&str]) -> String {
        let base = self.base_url.as_deref().unwrap_or(host).trim_end_matches('/');
        [base, "/v1", &path.concat()].concat()
    }

    pub(super) fn check(&self, problems: &mut Problems) {
        checks::account_id(&self.id, "/account/id", problems);
        checks::base_url(self.base_url.as_deref(), "/account/baseUrl", problems);
        self.same_environment(&self.id, "/account/environment", problems);
    }

    /// Returns whether requests go to this machine: to a fake, whose callbacks also go to this machine.
    pub(super) fn is_local(&self) -> bool {
        self.base_url.as_deref().is_some_and(is_local)
    }

    /// Returns whether the cardholder may be sent to a page on this machine.
    pub(super) fn is_test(&self) -> bool {
        self.environment == Environment::Test || self.is_local()
    }

    /// Rejects an id that contains the account id of the other environment.
    pub(super) fn same_environment(&self, id: &str, path: &str, problems: &mut Problems) {
        let other = if self.environment == Environment::Test { Environment::Live } else { Environment::Test };
        let digits = id.strip_prefix(other.letter()).map(|rest| rest.bytes().take_while(u8::is_ascii_digit).count());
        if digits == Some(8) {
            let words = [other.as_str(), " environment, expected one of the ", self.environment.as_str(), " one"];
            problems.push_at(Code::EnvironmentMismatch, path, ["got an id of the ", &words.concat()].concat());
        }
    }
}

/// The input of a request for an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// The merchant.
    pub account: Account,
    /// The id of the API client.
    pub client_id: String,
    /// The secret of the API client.
    pub client_secret: Secret,
}

object!(Credentials { account: required "account", client_id: required "clientId", client_secret: required "clientSecret" });

/// Builds the request for an access token: `POST /v1/accounts/{account}/auth/token` with HTTP Basic credentials. Every
/// other request needs the token as `Authorization: Bearer …`, which the caller adds.
///
/// # Errors
/// `invalid_string` for malformed ids and secrets; `environment_mismatch`.
pub fn auth_token(credentials: &Credentials) -> Result<HttpRequest, Errors> {
    let Credentials { account, client_id, client_secret } = credentials;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    if !is_graphic(client_id) || client_id.contains(':') {
        let message = "expected letters, digits and signs, without spaces or colons";
        problems.push(Code::InvalidString, "/clientId", message);
    }
    graphic(client_secret.expose(), "/clientSecret", &mut problems);
    problems.finish(Some(()))?;
    let mut body = Object::default();
    body.set("grant_type", Value::text("client_credentials"));
    // The audience is a name, so it stays the same when the request goes to another host.
    body.set("audience", Value::text([API, "/v1/accounts/", &account.id].concat()));
    let pair = Secret::new([client_id, ":", client_secret.expose()].concat());
    let basic = Secret::new(["Basic ", &base64(pair.expose().as_bytes())].concat());
    let headers = Headers::default().with("Authorization", basic.expose());
    let url = account.address(API, &["/accounts/", &account.id, "/auth/token"]);
    Ok(HttpRequest::post_json(url, headers, &body.finish()))
}

/// Encodes bytes in base64 with padding, as HTTP Basic requires.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digit =
        |bits: u32| usize::try_from(bits & 63).ok().and_then(|index| DIGITS.get(index)).copied().map(char::from);
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |index: usize| u32::from(chunk.get(index).copied().unwrap_or_default());
        let bits = byte(0).wrapping_shl(16) | byte(1).wrapping_shl(8) | byte(2);
        for (index, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            let digit = if index <= chunk.len() { digit(bits.wrapping_shr(shift)) } else { None };
            text.push(digit.unwrap_or('='));
        }
    }
    text
}

/// The tokens of a transaction, with which to charge again. Dintero returns them if the transaction is fetched with
/// them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// The product of the tokens, such as `payex.creditcard`.
    pub product: String,
    /// `card.payment_token`: for payments by the customer, and for charges by the merchant.
    pub payment_token: Option<Secret>,
    /// `card.recurrence_token`, at Swedbank Pay only: for recurring charges by the merchant.
    pub recurrence_token: Option<Secret>,
}

object!(Credential by "provider" {
   product: required "product",
   payment_token: optional "paymentToken",
   recurrence_token: optional "recurrenceToken",
});

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_of_rfc_4648() {
        for (text, expected) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("foobar", "Zm9vYmFy")]
        {
            assert_eq!(base64(text.as_bytes()), expected);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xfe]), "+//+");
    }
}
