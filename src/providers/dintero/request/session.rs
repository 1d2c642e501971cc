//! Sessions in which the customer pays or stores a card.

use super::order::{Addresses, Capture, Customer, Order, nested, write_customer};
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, Value, object, words};
use crate::money::Currency;
use crate::providers::credential::StoredCredential;
use crate::providers::dintero::account::{Account, Credential};
use crate::providers::dintero::checks;
use crate::providers::http::{Headers, HttpRequest, Secret};

/// A card product, by the company behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Product {
    /// Swedbank Pay, which Dintero calls PayEx.
    Payex,
    /// Bambora.
    Bambora,
    /// Dintero's own.
    DinteroPsp,
}

words!(Product {
    Payex "payex.creditcard", Bambora "bambora.creditcard", DinteroPsp "dintero_psp.creditcard",
});

impl Product {
    fn configuration_key(self) -> &'static str {
        match self {
            Self::Payex => "payex",
            Self::Bambora => "bambora",
            Self::DinteroPsp => "dintero_psp",
        }
    }
}

/// The kinds of tokens of a stored card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenType {
    /// For payments by the customer, and for charges by the merchant; every product has it.
    PaymentToken,
    /// For recurring charges by the merchant; only Swedbank Pay has it.
    RecurrenceToken,
}

words!(TokenType { PaymentToken "payment_token", RecurrenceToken "recurrence_token" });

/// Whether the customer chooses to store the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaveCard {
    /// The box is empty at first: there may be no token.
    OptIn,
    /// The box is ticked at first.
    OptOut,
}

words!(SaveCard { OptIn "opt_in", OptOut "opt_out" });

/// How a stored card may be authenticated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AuthMethod {
    /// By a passkey.
    Passkey,
    /// By 3-D Secure.
    ThreeDs,
}

words!(AuthMethod { Passkey "PASSKEY", ThreeDs "3DS" });

/// The tokens that a session creates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The product.
    pub product: Product,
    /// The kinds. Swedbank Pay creates both, the others only `payment_token`. For a subscription at Swedbank Pay,
    /// request both.
    pub types: Vec<TokenType>,
    /// Dintero's own product, in [`create_session`]: shows the customer a box. Without it every card is stored.
    pub save_card_checkbox: Option<SaveCard>,
    /// Dintero's own product: how the stored card may be authenticated (types; one source).
    pub auth_methods: Option<Vec<AuthMethod>>,
}

object!(Tokens {
    product: required "product",
    types: required "types",
    save_card_checkbox: optional "saveCardCheckbox",
    auth_methods: optional "authMethods",
});

impl Tokens {
    fn check(&self, problems: &mut Problems) {
        if self.types.is_empty() {
            problems.push(Code::MissingField, "/tokens/types", "expected at least one kind of token");
        }
        for (index, kind) in self.types.iter().enumerate() {
            let path = ["/tokens/types/", &digits(index)].concat();
            if *kind == TokenType::RecurrenceToken && self.product != Product::Payex {
                let message = ["`", self.product.as_str(), "` has no recurrence token: use its payment token for both"];
                problems.push(Code::UnknownValue, path, message.concat());
            } else if self.types.iter().take(index).any(|other| other == kind) {
                problems.push(Code::UnknownValue, path, "expected each kind of token once");
            }
        }
        let own = self.product == Product::DinteroPsp;
        for (given, path) in [
            (self.save_card_checkbox.is_some(), "/tokens/saveCardCheckbox"),
            (self.auth_methods.is_some(), "/tokens/authMethods"),
        ] {
            if given && !own {
                problems.push(
                    Code::UnknownField,
                    path,
                    "cannot accept this field because only `dintero_psp.creditcard` has it; leave it out",
                );
            }
        }
    }

    fn write_body(&self) -> Value {
        let mut card = Object::default();
        card.set("enabled", Value::Bool(true));
        for kind in [TokenType::PaymentToken, TokenType::RecurrenceToken] {
            let key = match kind {
                TokenType::PaymentToken => "generate_payment_token",
                TokenType::RecurrenceToken => "generate_recurrence_token",
            };
            if self.types.contains(&kind) {
                card.set(key, Value::Bool(true));
            }
        }
        if self.product == Product::Bambora {
            card.set("type", Value::text("payment_product_type"));
        }
        if let Some(checkbox) = &self.save_card_checkbox {
            card.set("generate_payment_token_config", nested("save_card_checkbox", Value::of(checkbox)));
        }
        card.optional("token_supported_auth_methods", &self.auth_methods);
        card.finish()
    }
}

/// A stored card at Dintero, read from the credential.
pub(crate) struct Stored<'a> {
    pub(crate) product: Product,
    pub(crate) payment: Option<&'a Secret>,
    pub(crate) recurrence: Option<&'a Secret>,
}

impl<'a> Stored<'a> {
    pub(crate) fn read(stored: &'a StoredCredential, problems: &mut Problems) -> Option<Self> {
        let stored = problems.check(stored.of("/credential"))?;
        let Credential { product, payment_token, recurrence_token } = stored;
        let tokens = [(payment_token, "/credential/paymentToken"), (recurrence_token, "/credential/recurrenceToken")];
        for (token, path) in tokens {
            if let Some(token) = token {
                checks::text(token.expose(), path, problems);
            }
        }
        let Some(product) =
            [Product::Payex, Product::Bambora, Product::DinteroPsp].into_iter().find(|known| known.as_str() == product)
        else {
            let message = "expected `payex.creditcard`, `bambora.creditcard` or `dintero_psp.creditcard`";
            problems.push(Code::UnknownValue, "/credential/product", message);
            return None;
        };
        if recurrence_token.is_some() && product != Product::Payex {
            let message = ["`", product.as_str(), "` has no recurrence token"].concat();
            problems.push(Code::UnknownField, "/credential/recurrenceToken", message);
        }
        if payment_token.is_none() && recurrence_token.is_none() {
            problems.push(
                Code::MissingField,
                "/credential/paymentToken",
                "expected `paymentToken` or `recurrenceToken`",
            );
        }
        Some(Self { product, payment: payment_token.as_ref(), recurrence: recurrence_token.as_ref() })
    }

    /// Returns the token for a payment by the customer.
    fn with_customer(&self) -> Option<(&'static str, &'static str, &'a Secret)> {
        let product = self.product.as_str();
        let payment = self.payment.map(|token| (product, "payment_token", token));
        payment.or_else(|| self.recurrence.map(|token| (product, "recurrence_token", token)))
    }
}

/// A payment by the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The merchant.
    pub account: Account,
    /// The order.
    pub order: Order,
    /// The payer.
    pub customer: Option<Customer>,
    /// The URLs for the customer and for reports.
    pub urls: Addresses,
    /// The payment profile, which determines how the customer can pay; default `default`.
    pub profile_id: Option<String>,
    /// The tokens that the session creates, for later charges.
    pub tokens: Option<Tokens>,
    /// The customer's stored card, which is confirmed instead of entered. Its product must be enabled in the profile.
    pub credential: Option<StoredCredential>,
    /// When the money is captured; default immediately.
    pub capture: Option<Capture>,
    /// The text on the cardholder's statement, at most 40 characters, at Swedbank Pay (types; one source).
    pub dynamic_descriptor: Option<String>,
}

object!(Session {
    account: required "account",
    order: required "order",
    customer: optional "customer",
    urls: required "urls",
    profile_id: optional "profileId",
    tokens: optional "tokens",
    credential: optional "credential",
    capture: optional "capture",
    dynamic_descriptor: optional "dynamicDescriptor",
});

/// Builds the request for a session in which the customer pays: `POST /v1/sessions-profile`. With `tokens` it stores
/// the card; with `credential` it uses a stored one. Read the response with
/// [`read_session`](super::super::read_session) and send the customer to its `url`.
///
/// The items, if given, must add up to the amount; the toggle `strict-session-amounts` then makes Dintero check the
/// same.
///
/// # Errors
/// Everything that Dintero would reject, as far as it is documented, each with its path (R7.2), and `total_mismatch`. A
/// recurrence token of a product other than Swedbank Pay's is `unknown_value`. An amount of 0 is `out_of_range`: store
/// a card with [`create_token_session`].
pub fn create_session(session: &Session) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    session.account.check(&mut problems);
    checks::order(&session.order, &mut problems);
    checks::customer(&session.customer, &mut problems);
    let account = &session.account;
    checks::addresses(&session.urls, account.is_test(), account.is_local(), &mut problems);
    checks::optional_text(session.profile_id.as_ref(), "/profileId", &mut problems);
    session.tokens.iter().for_each(|tokens| tokens.check(&mut problems));
    let stored = session.credential.as_ref().and_then(|stored| Stored::read(stored, &mut problems));
    if let Some(text) = &session.dynamic_descriptor {
        checks::text(text, "/dynamicDescriptor", &mut problems);
        // Source: types: at most 40 characters.
        if text.chars().count() > 40 {
            problems.push(Code::InvalidString, "/dynamicDescriptor", "expected at most 40 characters");
        }
        if session.tokens.as_ref().is_some_and(|tokens| tokens.product != Product::Payex) {
            problems.push(
                Code::UnknownField,
                "/dynamicDescriptor",
                "cannot accept this field because only `payex.creditcard` has it; leave it out",
            );
        }
    }
    problems.finish(Some(()))?;

    let mut body = Object::default();
    body.set("url", session.urls.write_body());
    if let Some(customer) = write_customer(&session.customer, stored.and_then(|stored| stored.with_customer())) {
        body.set("customer", customer);
    }
    body.set("order", session.order.write_body());
    body.set("profile_id", Value::text(session.profile_id.as_deref().unwrap_or("default")));
    if let Some(configuration) = configuration(session) {
        body.set("configuration", configuration);
    }
    let headers = match &session.order.items {
        Some(_) => toggle("strict-session-amounts"),
        None => Headers::default(),
    };
    Ok(HttpRequest::post_json(session.account.checkout(&["/sessions-profile"]), headers, &body.finish()))
}

/// Builds the settings that override the profile's.
fn configuration(session: &Session) -> Option<Value> {
    let mut configuration = Object::default();
    let mut provider = Object::default();
    session.tokens.iter().for_each(|tokens| provider.set("creditcard", tokens.write_body()));
    provider.optional("dynamic_descriptor", &session.dynamic_descriptor);
    let key = session.tokens.as_ref().map_or(Product::Payex, |tokens| tokens.product).configuration_key();
    let has_provider = session.tokens.is_some() || session.dynamic_descriptor.is_some();
    if has_provider {
        configuration.set(key, provider.finish());
    }
    let capture = session.capture.unwrap_or_default();
    if capture != Capture::ByProfile {
        configuration.set("auto_capture", Value::Bool(capture == Capture::AtOnce));
    }
    (has_provider || capture != Capture::ByProfile).then(|| configuration.finish())
}

/// Builds the header that makes Dintero stricter.
pub(crate) fn toggle(name: &str) -> Headers {
    Headers::default().with("Dintero-Feature-Toggles", name)
}

/// A card to store without a charge: a verification, or another card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSession {
    /// The merchant.
    pub account: Account,
    /// The currency for which the card is stored.
    pub currency: Currency,
    /// The merchant's reference.
    pub merchant_reference: String,
    /// The cardholder.
    pub customer: Option<Customer>,
    /// The URLs for the customer and for reports.
    pub urls: Addresses,
    /// The tokens. `saveCardCheckbox` is not allowed: the purpose of the session is to store the card.
    pub tokens: Tokens,
}

object!(TokenSession {
    account: required "account",
    currency: required "currency",
    merchant_reference: required "merchantReference",
    customer: optional "customer",
    urls: required "urls",
    tokens: required "tokens",
});

/// Builds the request for a session in which the customer stores a card without a charge: `POST
/// /v1/sessions/payment-token`. It has neither amount nor items.
///
/// # Errors
/// The same as [`create_session`].
pub fn create_token_session(session: &TokenSession) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    session.account.check(&mut problems);
    checks::text(&session.merchant_reference, "/merchantReference", &mut problems);
    checks::customer(&session.customer, &mut problems);
    let account = &session.account;
    checks::addresses(&session.urls, account.is_test(), account.is_local(), &mut problems);
    session.tokens.check(&mut problems);
    if session.tokens.save_card_checkbox.is_some() && session.tokens.product == Product::DinteroPsp {
        let message = "cannot accept this field because the session always stores the card; leave it out";
        problems.push(Code::UnknownField, "/tokens/saveCardCheckbox", message);
    }
    problems.finish(Some(()))?;

    let mut order = Object::default();
    order.required("currency", &session.currency);
    order.required("merchant_reference", &session.merchant_reference);
    let mut inner = Object::default();
    inner.set("order", order.finish());
    inner.set("url", session.urls.write_body());
    if let Some(customer) = write_customer(&session.customer, None) {
        inner.set("customer", customer);
    }
    let mut provider = Object::default();
    provider.required("payment_product_type", &session.tokens.product);
    provider.required("token_types", &session.tokens.types);
    provider.optional("token_supported_auth_methods", &session.tokens.auth_methods);
    let mut body = Object::default();
    body.set("session", inner.finish());
    body.set("token_provider", provider.finish());
    let url = session.account.checkout(&["/sessions/payment-token"]);
    Ok(HttpRequest::post_json(url, Headers::default(), &body.finish()))
}

/// A session by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRef {
    /// The merchant.
    pub account: Account,
    /// The id.
    pub session_id: String,
}

object!(SessionRef { account: required "account", session_id: required "sessionId" });

/// Builds the request that ends an unpaid session: `POST /v1/sessions/{id}/cancel`.
///
/// # Errors
/// `invalid_string`; `environment_mismatch` for a session of the other environment.
pub fn cancel_session(session: &SessionRef) -> Result<HttpRequest, Errors> {
    let SessionRef { account, session_id } = session;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::id(session_id, "/sessionId", &mut problems);
    account.same_environment(session_id, "/sessionId", &mut problems);
    problems.finish(Some(()))?;
    Ok(HttpRequest::post_empty(account.checkout(&["/sessions/", session_id, "/cancel"])))
}
