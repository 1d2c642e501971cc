//! The checkout page, the customer, and the webhooks.

use crate::digits::digits;
use crate::error::{Code, Problems};
use crate::json::{Object, Value, object, words};
use crate::providers::http::Secret;
use crate::providers::nexi::account::Account;
use crate::providers::nexi::checks;
use crate::providers::validate::email as email_address;

/// Where the cardholder pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Integration {
    /// On Nexi's page.
    Hosted,
    /// In a frame on the merchant's page.
    Embedded,
}

words!(Integration { Hosted "hosted", Embedded "embedded" });

/// Whether a customer is a person or a company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ConsumerType {
    /// A person.
    B2c,
    /// A company.
    B2b,
}

words!(ConsumerType { B2c "B2C", B2b "B2B" });

/// A postal address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The street with the number, 1 to 128 characters.
    pub address_line1: String,
    /// The second line.
    pub address_line2: Option<String>,
    /// The postal code: 4 digits in Norway and Denmark, 5 in Sweden, elsewhere 1 to 12 characters.
    pub postal_code: String,
    /// The city.
    pub city: String,
    /// The country, ISO 3166-1 alpha-3: `NOR`.
    pub country: String,
}

object!(Address {
    address_line1: required "addressLine1",
    address_line2: optional "addressLine2",
    postal_code: required "postalCode",
    city: required "city",
    country: required "country",
});

/// A phone number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// The country's prefix: `+47`.
    pub prefix: String,
    /// The digits after it.
    pub number: String,
}

object!(Phone { prefix: required "prefix", number: required "number" });

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first name, 1 to 128 characters.
    pub first_name: String,
    /// The last name, 1 to 128 characters.
    pub last_name: String,
}

object!(Person { first_name: required "firstName", last_name: required "lastName" });

/// A company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// The name, 1 to 128 characters.
    pub name: String,
    /// The contact person.
    pub contact: Option<Person>,
}

object!(Company { name: required "name", contact: optional "contact" });

/// The customer, as far as the merchant knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consumer {
    /// The merchant's reference of the customer, 1 to 128 characters.
    pub reference: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The shipping address.
    pub shipping_address: Option<Address>,
    /// The billing address.
    pub billing_address: Option<Address>,
    /// The phone number.
    pub phone_number: Option<Phone>,
    /// The person; not together with a company.
    pub private_person: Option<Person>,
    /// The company; not together with a person.
    pub company: Option<Company>,
}

object!(Consumer {
    reference: optional "reference",
    email: optional "email",
    shipping_address: optional "shippingAddress",
    billing_address: optional "billingAddress",
    phone_number: optional "phoneNumber",
    private_person: optional "privatePerson",
    company: optional "company",
});

/// The page on which the cardholder pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    /// Whose page it is.
    pub integration: Integration,
    /// The exact URL of the merchant's page. Required for an embedded checkout, and only there.
    pub url: Option<String>,
    /// Where the cardholder is sent after paying. Required for a hosted checkout, and only there.
    pub return_url: Option<String>,
    /// Where the cardholder is sent after cancelling.
    pub cancel_url: Option<String>,
    /// The merchant's terms of sale.
    pub terms_url: String,
    /// The merchant's privacy and cookie terms.
    pub merchant_terms_url: Option<String>,
    /// The customer.
    pub consumer: Option<Consumer>,
    /// Whether the merchant, instead of the page, collects the customer's data.
    pub merchant_handles_consumer_data: Option<bool>,
    /// Who may buy, the default first. Has no effect if the merchant handles the customer's data.
    pub consumer_types: Option<Vec<ConsumerType>>,
    /// The country preselected on the page, ISO 3166-1 alpha-3.
    pub country_code: Option<String>,
    /// The label of the button: `pay`, `purchase`, `order`, `book`, `reserve`, `signup`, `subscribe` or `accept`.
    pub button: Option<String>,
}

object!(Checkout {
    integration: required "integration",
    url: optional "url",
    return_url: optional "returnUrl",
    cancel_url: optional "cancelUrl",
    terms_url: required "termsUrl",
    merchant_terms_url: optional "merchantTermsUrl",
    consumer: optional "consumer",
    merchant_handles_consumer_data: optional "merchantHandlesConsumerData",
    consumer_types: optional "consumerTypes",
    country_code: optional "countryCode",
    button: optional "button",
});

/// An event that Nexi reports. A request can contain up to 32 of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebHook {
    /// The event: `payment.created`, `payment.charge.created.v2` or another.
    pub event_name: String,
    /// The URL to which it is reported, by POST.
    pub url: String,
    /// The value that the webhook then has in its header `Authorization`: 8 to 64 letters and digits (an older page
    /// says 32).
    pub authorization: Secret,
}

object!(WebHook { event_name: required "eventName", url: required "url", authorization: required "authorization" });

/// The events that Nexi reports (two sources), and three more names that four public clients use.
const EVENTS: [&str; 15] = [
    "payment.created",
    "payment.reservation.created",
    "payment.reservation.created.v2",
    "payment.reservation.failed",
    "payment.checkout.completed",
    "payment.charge.created",
    "payment.charge.created.v2",
    "payment.charge.failed",
    "payment.charge.failed.v2",
    "payment.refund.initiated",
    "payment.refund.initiated.v2",
    "payment.refund.failed",
    "payment.refund.completed",
    "payment.cancel.created",
    "payment.cancel.failed",
];

const BUTTONS: [&str; 8] = ["pay", "purchase", "order", "book", "reserve", "signup", "subscribe", "accept"];

fn one_of(value: &str, known: &[&str], path: &str, problems: &mut Problems) {
    if !known.contains(&value) {
        let message = ["expected one of `", &known.join("`, `"), "`"].concat();
        problems.push_at(Code::UnknownValue, path, message);
    }
}

fn country(value: &str, path: &str, problems: &mut Problems) {
    if value.len() != 3 || !value.bytes().all(|letter| letter.is_ascii_uppercase()) {
        let message = "expected a country code of three capital letters, such as `NOR`";
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// Writes the member `notifications` of a body, if there are webhooks.
pub(crate) fn notifications(
    hooks: Option<&Vec<WebHook>>,
    account: &Account,
    body: &mut Object,
    problems: &mut Problems,
) {
    let Some(hooks) = hooks.filter(|hooks| !hooks.is_empty()) else { return };
    // Source: OpenAPI: at most 32.
    if hooks.len() > 32 {
        problems.push(Code::TooMany, "/webHooks", "expected at most 32 events");
        return;
    }
    for (index, hook) in hooks.iter().enumerate() {
        let at = |field: &str| ["/webHooks/", &digits(index), field].concat();
        one_of(&hook.event_name, &EVENTS, &at("/eventName"), problems);
        checks::url(Some(&hook.url), account.is_local(), Some(checks::URL), checks::STRICT, &at("/url"), problems);
        // Source: OpenAPI: 8 to 64 letters and digits.
        let authorization = hook.authorization.expose();
        if !(8..=64).contains(&authorization.len()) || !authorization.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            let message = "expected 8 to 64 letters and digits";
            problems.push(Code::InvalidString, at("/authorization"), message);
        }
    }
    let mut notifications = Object::default();
    notifications.required("webHooks", hooks);
    body.set("notifications", notifications.finish());
}

impl Checkout {
    /// Writes the body of the checkout. `charge` is whether the amount is captured immediately.
    pub(crate) fn body(&self, charge: bool, test: bool, problems: &mut Problems) -> Value {
        self.check(test, problems);
        let mut body = Object::default();
        let (integration, hosted) = match self.integration {
            Integration::Hosted => ("HostedPaymentPage", true),
            Integration::Embedded => ("EmbeddedCheckout", false),
        };
        body.set("integrationType", Value::text(integration));
        body.optional("url", &self.url);
        body.optional("returnUrl", &self.return_url);
        body.optional("cancelUrl", &self.cancel_url);
        if let Some(consumer) = &self.consumer {
            consumer.check(problems);
            body.required("consumer", consumer);
        }
        body.required("termsUrl", &self.terms_url);
        body.optional("merchantTermsUrl", &self.merchant_terms_url);
        if let Some([usual, ..]) = self.consumer_types.as_deref() {
            let mut types = Object::default();
            types.required("default", usual);
            types.optional("supportedTypes", &self.consumer_types);
            body.set("consumerType", types.finish());
        }
        body.set("charge", Value::Bool(charge));
        body.optional("merchantHandlesConsumerData", &self.merchant_handles_consumer_data);
        if let Some(button) = &self.button {
            let mut text = Object::default();
            text.required("completePaymentButtonText", button);
            let mut appearance = Object::default();
            appearance.set("textOptions", text.finish());
            body.set("appearance", appearance.finish());
        }
        body.optional("countryCode", &self.country_code);
        let (needed, other) = if hosted { ("returnUrl", "url") } else { ("url", "returnUrl") };
        let (given, unexpected) = if hosted { (&self.return_url, &self.url) } else { (&self.url, &self.return_url) };
        if given.is_none() {
            let message = ["expected `", needed, "`"].concat();
            problems.push(Code::MissingField, ["/checkout/", needed].concat(), message);
        }
        if unexpected.is_some() {
            let message = ["cannot accept `", other, "` for this integration; leave it out"].concat();
            problems.push(Code::UnknownField, ["/checkout/", other].concat(), message);
        }
        body.finish()
    }

    /// Checks the checkout. With `test`, pages of the merchant's may be on this machine.
    fn check(&self, test: bool, problems: &mut Problems) {
        // OpenAPI has neither pattern nor length for the return URLs, and a length only for `url`.
        for (value, most, refused, path) in [
            (self.url.as_deref(), Some(checks::URL), checks::QUOTES, "/checkout/url"),
            (self.return_url.as_deref(), None, "", "/checkout/returnUrl"),
            (self.cancel_url.as_deref(), None, "", "/checkout/cancelUrl"),
            (Some(self.terms_url.as_str()), None, checks::QUOTES, "/checkout/termsUrl"),
            (self.merchant_terms_url.as_deref(), None, checks::QUOTES, "/checkout/merchantTermsUrl"),
        ] {
            checks::url(value, test, most, refused, path, problems);
        }
        if let Some(code) = &self.country_code {
            country(code, "/checkout/countryCode", problems);
        }
        if let Some(button) = &self.button {
            one_of(button, &BUTTONS, "/checkout/button", problems);
        }
    }
}

impl Consumer {
    fn check(&self, problems: &mut Problems) {
        const AT: &str = "/checkout/consumer";
        let at = |field: &str| [AT, field].concat();
        checks::optional(self.reference.as_ref(), &at("/reference"), checks::LONG, checks::STRICT, problems);
        if let Some(email) = &self.email {
            email_address(email, &at("/email"), problems);
        }
        for (address, field) in
            [(&self.shipping_address, "/shippingAddress"), (&self.billing_address, "/billingAddress")]
        {
            if let Some(address) = address {
                address.check(&at(field), problems);
            }
        }
        if let Some(Phone { prefix, number }) = &self.phone_number {
            // Source: OpenAPI: `^[+]\d{1,3}$` and `^[0-9]*$`.
            if !prefix.strip_prefix('+').is_some_and(|digits| digits.len() <= 3 && checks::is_digits(digits)) {
                let message = "expected `+` and 1 to 3 digits";
                problems.push(Code::InvalidString, at("/phoneNumber/prefix"), message);
            }
            if !number.bytes().all(|digit| digit.is_ascii_digit()) {
                problems.push(Code::InvalidString, at("/phoneNumber/number"), "expected digits");
            }
        }
        let contact = self.company.as_ref().and_then(|company| company.contact.as_ref());
        for (person, field) in [(self.private_person.as_ref(), "/privatePerson"), (contact, "/company/contact")] {
            let Some(person) = person else { continue };
            let names = [(&person.first_name, "/firstName"), (&person.last_name, "/lastName")];
            for (name, part) in names {
                checks::text(name, &at(&[field, part].concat()), checks::LONG, "", problems);
            }
        }
        if let Some(company) = &self.company {
            checks::text(&company.name, &at("/company/name"), checks::LONG, "", problems);
            if self.private_person.is_some() {
                let message = "cannot accept both `privatePerson` and `company`; leave one out";
                problems.push(Code::UnknownField, at("/company"), message);
            }
        }
    }
}

impl Address {
    fn check(&self, path: &str, problems: &mut Problems) {
        let at = |field: &str| [path, field].concat();
        checks::text(&self.address_line1, &at("/addressLine1"), checks::LONG, checks::STRICT, problems);
        checks::optional(self.address_line2.as_ref(), &at("/addressLine2"), checks::LONG, checks::STRICT, problems);
        checks::text(&self.city, &at("/city"), checks::LONG, checks::STRICT, problems);
        country(&self.country, &at("/country"), problems);
        // Source: OpenAPI: by country; elsewhere 1 to 12 characters.
        let count = match self.country.as_str() {
            "NOR" | "DNK" => Some(4),
            "SWE" => Some(5),
            _ => None,
        };
        match count {
            None => checks::text(&self.postal_code, &at("/postalCode"), 12, checks::STRICT, problems),
            Some(count) if self.postal_code.len() == count && checks::is_digits(&self.postal_code) => {}
            Some(count) => {
                let message = ["expected ", &digits(count), " digits"].concat();
                problems.push(Code::InvalidString, at("/postalCode"), message);
            }
        }
    }
}
