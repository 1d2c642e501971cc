//! Sessions: where the customer pays, or stores a card.

use super::order::{Addresses, Capture, Customer, Order, nested, write_customer};
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, Value, object, words};
use crate::money::Currency;
use crate::providers::credential::StoredCredential;
use crate::providers::dintero::account::{Account, Credential};
use crate::providers::dintero::checks;
use crate::providers::http::{Headers, HttpRequest, Secret};

/// A way to pay by card, by the company behind it.
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

/// What a stored card is charged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenType {
    /// For payments with the customer there, and for charges by the merchant; of every product.
    PaymentToken,
    /// For recurring charges by the merchant; Swedbank Pay alone has it.
    RecurrenceToken,
}

words!(TokenType { PaymentToken "payment_token", RecurrenceToken "recurrence_token" });

/// Whether the customer is asked to have the card stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SaveCard {
    /// The box is empty at first: a token may not come back.
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

/// The tokens that a session is to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// Of which product.
    pub product: Product,
    /// Which ones. Swedbank Pay gives both kinds, the others `payment_token` alone. For a subscription at Swedbank Pay ask for both.
    pub types: Vec<TokenType>,
    /// Dintero's own product, at [`create_session`]: asks the customer. Without it every card is stored.
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
                let message =
                    ["`", self.product.as_str(), "` has no recurrence token: its payment token serves for both"];
                problems.push(Code::UnknownValue, path, message.concat());
            } else if self.types.iter().take(index).any(|other| other == kind) {
                problems.push(Code::UnknownValue, path, "the kind of token stands twice");
            }
        }
        let own = self.product == Product::DinteroPsp;
        for (given, path) in [
            (self.save_card_checkbox.is_some(), "/tokens/saveCardCheckbox"),
            (self.auth_methods.is_some(), "/tokens/authMethods"),
        ] {
            if given && !own {
                problems.push(Code::UnknownField, path, "only `dintero_psp.creditcard` has this");
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

/// A stored card as Dintero knows it, taken out of what was kept.
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
            problems.push(Code::MissingField, "/credential/paymentToken", "expected a token");
        }
        Some(Self { product, payment: payment_token.as_ref(), recurrence: recurrence_token.as_ref() })
    }

    /// For a payment with the customer there.
    fn with_customer(&self) -> Option<(&'static str, &'static str, &'a Secret)> {
        let product = self.product.as_str();
        let payment = self.payment.map(|token| (product, "payment_token", token));
        payment.or_else(|| self.recurrence.map(|token| (product, "recurrence_token", token)))
    }
}

/// A payment with the customer there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The merchant.
    pub account: Account,
    /// What is paid for.
    pub order: Order,
    /// Who pays.
    pub customer: Option<Customer>,
    /// Where the customer and the reports go.
    pub urls: Addresses,
    /// The payment profile, which says what the customer can pay with; default `default`.
    pub profile_id: Option<String>,
    /// The tokens that the session is to give, for later charges.
    pub tokens: Option<Tokens>,
    /// The customer's stored card, to be confirmed rather than typed. Its product has to be enabled in the profile.
    pub credential: Option<StoredCredential>,
    /// When the money is taken; default at once.
    pub capture: Option<Capture>,
    /// What the cardholder sees on the statement, at most 40 characters, at Swedbank Pay (types; one source).
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

/// Builds the request for a session where the customer pays: `POST /v1/sessions-profile`. With `tokens` it stores the card, with
/// `stored` it uses a stored one. Read the answer with [`read_session`](super::super::read_session) and send the customer to its `url`.
///
/// The items, where given, have to add up to the amount; the toggle `strict-session-amounts` then has Dintero check the same.
///
/// # Errors
/// All that Dintero would refuse as far as it is documented, each with its path (R7.2), and `total_mismatch`; a recurrence token of
/// another product than Swedbank Pay's is `unknown_value`. An amount of 0 is `out_of_range`: store a card with
/// [`create_token_session`].
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
        // Types: at most 40 characters.
        if text.chars().count() > 40 {
            problems.push(Code::InvalidString, "/dynamicDescriptor", "expected at most 40 characters");
        }
        if session.tokens.as_ref().is_some_and(|tokens| tokens.product != Product::Payex) {
            problems.push(Code::UnknownField, "/dynamicDescriptor", "only `payex.creditcard` has this");
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

/// What goes over the profile.
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

/// The header that makes Dintero stricter.
pub(crate) fn toggle(name: &str) -> Headers {
    Headers::default().with("Dintero-Feature-Toggles", name)
}

/// A card to be stored without a charge: a verification, or another card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenSession {
    /// The merchant.
    pub account: Account,
    /// The currency that the card is stored for.
    pub currency: Currency,
    /// The merchant's reference.
    pub merchant_reference: String,
    /// Whose card it is.
    pub customer: Option<Customer>,
    /// Where the customer and the reports go.
    pub urls: Addresses,
    /// The tokens. `saveCardCheckbox` has no place here: the customer has come to store the card.
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

/// Builds the request for a session where the customer stores a card and nothing is charged:
/// `POST /v1/sessions/payment-token`. It has neither amount nor items.
///
/// # Errors
/// As [`create_session`].
pub fn create_token_session(session: &TokenSession) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    session.account.check(&mut problems);
    checks::text(&session.merchant_reference, "/merchantReference", &mut problems);
    checks::customer(&session.customer, &mut problems);
    let account = &session.account;
    checks::addresses(&session.urls, account.is_test(), account.is_local(), &mut problems);
    session.tokens.check(&mut problems);
    if session.tokens.save_card_checkbox.is_some() && session.tokens.product == Product::DinteroPsp {
        let message = "a session that only stores a card does not ask whether to";
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

/// Builds the request that ends a session that nobody has paid: `POST /v1/sessions/{id}/cancel`.
///
/// # Errors
/// `invalid_string`, and `environment_mismatch` for a session of the other environment.
pub fn cancel_session(session: &SessionRef) -> Result<HttpRequest, Errors> {
    let SessionRef { account, session_id } = session;
    let mut problems = Problems::of_input();
    account.check(&mut problems);
    checks::id(session_id, "/sessionId", &mut problems);
    account.same_environment(session_id, "/sessionId", &mut problems);
    problems.finish(Some(()))?;
    Ok(HttpRequest::post_empty(account.checkout(&["/sessions/", session_id, "/cancel"])))
}
