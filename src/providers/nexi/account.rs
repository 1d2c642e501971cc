//! The merchant at Nexi, and the agreements by which a customer is charged again.

use super::checks;
use crate::error::{Code, Problems};
use crate::indicator::Timing;
use crate::json::{Object, Value, object, words};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{Headers, HttpRequest, Method};
use crate::providers::validate::{base_url, is_local, text};

/// Which of Nexi's two systems is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// `https://test.api.dibspayment.eu`, with test keys and test cards.
    Test,
    /// `https://api.dibspayment.eu`.
    Live,
}

words!(Environment { Test "test", Live "live" });

/// The merchant at Nexi. Its secret key is not part of it: the caller sends it as the header `Authorization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Test or live.
    pub environment: Environment,
    /// The merchant's number: only for partners, who act for several merchants. One source.
    pub merchant_number: Option<String>,
    /// Another host than Nexi's own, `https://…` with a path at most: a proxy, a fake.
    pub base_url: Option<String>,
}

object!(Account {
    environment: required "environment",
    merchant_number: optional "merchantNumber",
    base_url: optional "baseUrl",
});

impl Account {
    pub(super) fn check(&self, problems: &mut Problems) {
        const NUMBER: &str = "/account/merchantNumber";
        if self.merchant_number.as_ref().is_some_and(|number| !checks::is_digits(number)) {
            problems.push(Code::InvalidString, NUMBER, "expected the digits of a merchant number");
        }
        base_url(self.base_url.as_deref(), "/account/baseUrl", problems);
    }

    /// Whether requests go to this machine: to a fake, which calls this machine too.
    pub(super) fn is_local(&self) -> bool {
        self.base_url.as_deref().is_some_and(is_local)
    }

    /// Whether the cardholder may be sent to a page on this machine.
    pub(super) fn is_test(&self) -> bool {
        self.environment == Environment::Test || self.is_local()
    }

    fn url(&self, path: &[&str]) -> String {
        let host = match self.environment {
            Environment::Test => "https://test.api.dibspayment.eu",
            Environment::Live => "https://api.dibspayment.eu",
        };
        let base = self.base_url.as_deref().unwrap_or(host).trim_end_matches('/');
        [base, "/v1/", &path.concat()].concat()
    }

    pub(super) fn get(&self, path: &[&str], headers: Headers) -> HttpRequest {
        HttpRequest::get(self.url(path), headers)
    }

    pub(super) fn post(&self, path: &[&str], headers: Headers, body: Object) -> HttpRequest {
        HttpRequest::post_json(self.url(path), headers, &body.finish())
    }

    /// A request of a method without a body.
    pub(super) fn bare(&self, method: Method, path: &[&str]) -> HttpRequest {
        HttpRequest { method, ..self.get(path, headers()) }
    }

    /// The headers of requests about agreements: those about scheduled ones name a partner's merchant.
    pub(super) fn agreement_headers(&self, kind: Timing) -> Headers {
        match &self.merchant_number {
            Some(number) if kind == Timing::Scheduled => headers().with("MerchantNumber", number),
            _ => headers(),
        }
    }
}

pub(super) fn headers() -> Headers {
    Headers::default().with("Accept", "application/json")
}

/// An agreement, by Nexi's id or by the reference that it had at the platform from which it was imported: one of the two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agreement {
    /// Scheduled or unscheduled.
    pub kind: Timing,
    /// `subscriptionId` or `unscheduledSubscriptionId`: 32 hex digits, with or without hyphens.
    pub id: Option<String>,
    /// The reference of an imported agreement.
    pub external_reference: Option<String>,
}

object!(Agreement { kind: required "kind", id: optional "id", external_reference: optional "externalReference" });

impl Agreement {
    pub(super) fn of(kind: Timing, id: &str) -> Self {
        Self { kind, id: Some(id.into()), external_reference: None }
    }

    /// What is kept of it to charge again.
    pub(super) fn credential(&self) -> Option<StoredCredential> {
        Some(Credential { kind: self.kind, id: self.id.clone()? }.into())
    }

    /// Checks that exactly one of the two names is given, and how it is written.
    pub(super) fn check(&self, path: &str, problems: &mut Problems) {
        let at = |field: &str| [path, field].concat();
        match (&self.id, &self.external_reference) {
            (Some(id), None) => checks::id(id, &at("/id"), problems),
            (None, Some(reference)) => {
                text(reference, &at("/externalReference"), problems);
            }
            (None, None) => problems.push(Code::MissingField, at("/id"), "`id` is missing"),
            (Some(_), Some(_)) => {
                let message = "an agreement goes by its id or by its external reference, not by both";
                problems.push(Code::UnknownField, at("/externalReference"), message);
            }
        }
    }

    /// As [`check`](Self::check), where only an id will do; gives it.
    pub(super) fn checked_id(&self, path: &str, problems: &mut Problems) -> &str {
        self.check(path, problems);
        if self.id.is_none() && self.external_reference.is_some() {
            let message =
                "a single charge needs the agreement's id: retrieve the agreement by its external reference first";
            problems.push(Code::MissingField, [path, "/id"].concat(), message);
        }
        self.id.as_deref().unwrap_or_default()
    }

    /// The body of a batch's entry, so far as it names the agreement.
    pub(super) fn named(&self) -> Object {
        let mut object = Object::default();
        object.optional(id_field(self.kind), &self.id);
        object.optional("externalReference", &self.external_reference);
        object
    }

    /// What tells one agreement from another: the id's digits alone, since Nexi writes it with and without hyphens.
    pub(super) fn key(&self) -> String {
        match &self.id {
            Some(id) => {
                id.bytes().filter(|byte| *byte != b'-').map(|byte| char::from(byte.to_ascii_lowercase())).collect()
            }
            None => ["external:", self.external_reference.as_deref().unwrap_or_default()].concat(),
        }
    }
}

/// The name of agreements of a kind in a path.
pub(super) fn path_of(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptions",
        Timing::Unscheduled => "unscheduledsubscriptions",
    }
}

/// The name of a list of agreements of a kind in a body.
pub(super) fn list_field(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptions",
        Timing::Unscheduled => "unscheduledSubscriptions",
    }
}

/// The name of an agreement's id in a body.
pub(super) fn id_field(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptionId",
        Timing::Unscheduled => "unscheduledSubscriptionId",
    }
}

/// A list of values for a body.
pub(super) fn list(values: impl Iterator<Item = Object>) -> Value {
    Value::List(values.map(Object::finish).collect())
}

/// The agreement that a checkout made, to charge again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whether the agreement is a scheduled one.
    pub kind: Timing,
    /// `subscriptionId` or `unscheduledSubscriptionId`. Without the merchant's key it opens nothing.
    pub id: String,
}

object!(Credential by "provider" { kind: required "kind", id: required "id" });
