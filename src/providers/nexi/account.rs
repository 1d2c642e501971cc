//! The merchant at Nexi, and the agreements for later charges.

use super::checks;
use crate::error::{Code, Problems};
use crate::indicator::Timing;
use crate::json::{Object, Value, object, words};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{Headers, HttpRequest, Method};
use crate::providers::validate::{base_url, is_local, text};

/// Nexi's system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Environment {
    /// `https://test.api.dibspayment.eu`, with test keys and test cards.
    Test,
    /// `https://api.dibspayment.eu`.
    Live,
}

words!(Environment { Test "test", Live "live" });

/// The merchant at Nexi. The secret key is not part of it: the caller sends it in the header `Authorization`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Test or live.
    pub environment: Environment,
    /// The merchant's number. Only for partners, who act for several merchants. One source.
    pub merchant_number: Option<String>,
    /// A base URL that replaces Nexi's, such as that of a proxy or a fake: `https://…`, optionally with a path.
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
            problems.push(Code::InvalidString, NUMBER, "expected a merchant number of digits only");
        }
        base_url(self.base_url.as_deref(), "/account/baseUrl", problems);
    }

    /// Returns whether requests go to this machine: to a fake, whose webhooks also go to this machine.
    pub(super) fn is_local(&self) -> bool {
        self.base_url.as_deref().is_some_and(is_local)
    }

    /// Returns whether the cardholder may be sent to a page on this machine.
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

    /// Builds a request without a body.
    pub(super) fn bare(&self, method: Method, path: &[&str]) -> HttpRequest {
        HttpRequest { method, ..self.get(path, headers()) }
    }

    /// Returns the headers of requests about agreements. For scheduled ones they contain a partner's merchant number.
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

/// An agreement, by Nexi's id or by its reference at the platform from which it was imported. Exactly one is set.
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

    /// Returns the credential to charge it again.
    pub(super) fn credential(&self) -> Option<StoredCredential> {
        Some(Credential { kind: self.kind, id: self.id.clone()? }.into())
    }

    /// Checks that exactly one of the two is set, and its form.
    pub(super) fn check(&self, path: &str, problems: &mut Problems) {
        let at = |field: &str| [path, field].concat();
        match (&self.id, &self.external_reference) {
            (Some(id), None) => checks::id(id, &at("/id"), problems),
            (None, Some(reference)) => {
                text(reference, &at("/externalReference"), problems);
            }
            (None, None) => problems.push(Code::MissingField, at("/id"), "expected `id`"),
            (Some(_), Some(_)) => {
                let message = "cannot accept `externalReference` because `id` names the agreement; leave one out";
                problems.push(Code::UnknownField, at("/externalReference"), message);
            }
        }
    }

    /// Checks the agreement and returns its id, where an external reference is not enough.
    pub(super) fn checked_id(&self, path: &str, problems: &mut Problems) -> &str {
        self.check(path, problems);
        if self.id.is_none() && self.external_reference.is_some() {
            let message = "expected `id`: retrieve the agreement by its external reference first";
            problems.push(Code::MissingField, [path, "/id"].concat(), message);
        }
        self.id.as_deref().unwrap_or_default()
    }

    /// Returns the part of a batch's entry that names the agreement.
    pub(super) fn named(&self) -> Object {
        let mut object = Object::default();
        object.optional(id_field(self.kind), &self.id);
        object.optional("externalReference", &self.external_reference);
        object
    }

    /// Returns the key for comparing agreements: the digits of the id only, as Nexi writes it with and without hyphens.
    pub(super) fn key(&self) -> String {
        match &self.id {
            Some(id) => {
                id.bytes().filter(|byte| *byte != b'-').map(|byte| char::from(byte.to_ascii_lowercase())).collect()
            }
            None => ["external:", self.external_reference.as_deref().unwrap_or_default()].concat(),
        }
    }
}

/// Returns the name of agreements of a kind in a path.
pub(super) fn path_of(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptions",
        Timing::Unscheduled => "unscheduledsubscriptions",
    }
}

/// Returns the name of an array of agreements of a kind in a body.
pub(super) fn list_field(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptions",
        Timing::Unscheduled => "unscheduledSubscriptions",
    }
}

/// Returns the name of an agreement's id in a body.
pub(super) fn id_field(kind: Timing) -> &'static str {
    match kind {
        Timing::Scheduled => "subscriptionId",
        Timing::Unscheduled => "unscheduledSubscriptionId",
    }
}

/// Builds an array for a body.
pub(super) fn list(values: impl Iterator<Item = Object>) -> Value {
    Value::List(values.map(Object::finish).collect())
}

/// The agreement that a checkout created, to charge again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// Whether the agreement is scheduled or unscheduled.
    pub kind: Timing,
    /// `subscriptionId` or `unscheduledSubscriptionId`. It is useless without the merchant's key.
    pub id: String,
}

object!(Credential by "provider" { kind: required "kind", id: required "id" });
