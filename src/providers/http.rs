//! Requests and responses as values. Nothing here sends anything.

use std::fmt;

use zeroize::Zeroize;

use super::form::{self, Encoding};
use super::lenient::Answer;
use super::validate::is_digits;
use crate::json::{ByName, Node, Shape, Value, Writer, object, serde_by_shape, text, words};

/// A secret string: a card number, a security code, a cryptogram, a token, a key. It cannot be printed, and it is wiped
/// from memory when dropped.
///
/// In JSON it is plain: to serialise is to store, and the caller decides where to store a secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a string as a secret.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(secret.into())
    }

    /// Returns the plain string.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl Shape for Secret {
    fn read(node: &Node<'_>) -> Self {
        Self::new(node.text().unwrap_or_default())
    }

    fn write(&self, to: &mut Writer) {
        to.text(self.expose());
    }
}

serde_by_shape!(Secret);

/// What is written in place of a secret.
pub(crate) const MASK: &str = "***";

/// The method of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// DELETE.
    Delete,
}

words!(Method { Get "GET", Post "POST", Put "PUT", Delete "DELETE" });

/// The headers of a request, in a fixed order.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        self.0.push((name.into(), value.into()));
        self
    }

    /// Returns the names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Returns the value of a header. The name is matched in any letter case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

/// Prints the names only.
impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter().map(|(name, _)| name)).finish()
    }
}

impl Shape for Headers {
    fn read(node: &Node<'_>) -> Self {
        Self(ByName::read(node).0)
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        for (name, value) in &self.0 {
            to.named(name, value);
        }
        to.end_object();
    }
}

serde_by_shape!(Headers);

/// A request to send (R7.1). Equal input always gives equal bytes.
///
/// In JavaScript, pass it to `fetch(request.url, request)` unchanged. The caller adds the transport credentials (a
/// bearer token). Printing it shows neither header values nor the body.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The complete URL.
    pub url: String,
    /// The headers, without transport credentials.
    pub headers: Headers,
    /// The body. It holds secrets: see [`redact`](super::redact).
    pub body: Option<String>,
}

object!(HttpRequest { method: required "method", url: required "url", headers: required "headers", body: optional "body" });

impl fmt::Debug for HttpRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({} bytes)", self.method.as_str(), self.url, self.body.as_ref().map_or(0, String::len))
    }
}

impl HttpRequest {
    /// Builds a GET.
    pub(crate) fn get(url: String, headers: Headers) -> Self {
        Self { method: Method::Get, url, headers, body: None }
    }

    /// Builds a DELETE.
    pub(crate) fn delete(url: String, headers: Headers) -> Self {
        Self { method: Method::Delete, url, headers, body: None }
    }

    /// Builds a POST with a JSON body.
    pub(crate) fn post_json(url: String, headers: Headers, body: &Value) -> Self {
        let headers = Headers::default().with("Content-Type", "application/json").and(headers);
        Self { method: Method::Post, url, headers, body: Some(text(body)) }
    }

    /// Builds a POST with a form.
    pub(crate) fn post_form(url: String, headers: Headers, encoding: Encoding, fields: &[(&str, &str)]) -> Self {
        let headers = Headers::default().with("Content-Type", encoding.content_type()).and(headers);
        Self { method: Method::Post, url, headers, body: Some(encoding.write(fields)) }
    }

    /// Builds a POST without a body.
    pub(crate) fn post_empty(url: String) -> Self {
        Self { method: Method::Post, url, headers: Headers::default(), body: None }
    }

    /// Builds a DELETE with a JSON body.
    pub(crate) fn delete_json(url: String, headers: Headers, body: &Value) -> Self {
        Self { method: Method::Delete, ..Self::post_json(url, headers, body) }
    }

    /// Returns a copy with the given body fields masked, and all headers except harmless ones.
    pub(crate) fn redacted(&self, secret_fields: &[&str]) -> Self {
        const HARMLESS: [&str; 3] = ["content-type", "accept", "idempotency-key"];
        let mut copy = self.clone();
        for (name, value) in &mut copy.headers.0 {
            if !HARMLESS.iter().any(|harmless| name.eq_ignore_ascii_case(harmless)) {
                *value = MASK.into();
            }
        }
        let mask = |name: &str| secret_fields.contains(&name).then(|| Value::text(MASK));
        let content_type = self.headers.get("content-type").unwrap_or_default();
        copy.body = self.body.as_ref().map(|body| match Answer::parse(body) {
            Some(body) => text(&body.to_value(&mask)),
            None => form::masked(content_type, body, secret_fields, MASK).unwrap_or_else(|| MASK.into()),
        });
        copy
    }
}

/// Returns whether an HTTP status is 200 to 299.
pub(crate) fn is_success(status: u32) -> bool {
    (200..300).contains(&status)
}

/// A provider's response, as `fetch` returns it. Printing it does not show the body, which may contain secrets and is
/// wiped from memory when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct HttpResponse {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body as text; empty if there is none.
    pub body: String,
    /// The header `Retry-After`, as received. Seconds are returned as `retryAfterSeconds`; a date is ignored, as this
    /// library has no clock.
    pub retry_after: Option<String>,
}

object!(HttpResponse { status: required "status", body: required "body", retry_after: optional "retryAfter" });

/// Returns the seconds of a `Retry-After` header (RFC 9110, 10.2.3); `None` for a date.
pub(crate) fn seconds(retry_after: Option<&String>) -> Option<u32> {
    let seconds = retry_after?.trim();
    if is_digits(seconds) { seconds.parse().ok() } else { None }
}

/// The response to a request that makes a payment, with what is known of the request.
#[derive(Clone, PartialEq, Eq)]
pub struct ChargeReply {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// True if the same request was sent before and its response was lost. A rejection then says nothing about the
    /// first request, so the outcome is `unknown` rather than `not_made`. Default false.
    pub resent: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ChargeReply {
    status: required "status",
    body: required "body",
    resent: optional "resent",
    retry_after: optional "retryAfter",
});

impl fmt::Debug for ChargeReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.expose().len())
    }
}

impl ChargeReply {
    /// Returns the response alone.
    pub(crate) fn response(&self) -> HttpResponse {
        let (status, body) = (self.status, self.body.expose().into());
        HttpResponse { status, body, retry_after: self.retry_after.clone() }
    }
}

/// The response to a status request for an attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct StatusReply {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// Whether the charge request in question is certainly over. Default false.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(StatusReply {
    status: required "status",
    body: required "body",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

impl fmt::Debug for StatusReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.expose().len())
    }
}

impl StatusReply {
    pub(crate) fn is_over(&self) -> bool {
        self.request_is_over == Some(true)
    }
}

impl fmt::Debug for HttpResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} bytes)", self.status, self.body.len())
    }
}

impl Drop for HttpResponse {
    fn drop(&mut self) {
        self.body.zeroize();
    }
}

impl HttpResponse {
    /// Parses the body where it can be relied on: valid JSON with a status of 200 to 299 or 400 to 499, not a server's
    /// failure.
    pub(crate) fn answer(&self) -> Option<Answer> {
        if self.is_success() || (400..500).contains(&self.status) { Answer::parse(&self.body) } else { None }
    }

    /// Returns whether the request was accepted.
    pub(crate) fn is_success(&self) -> bool {
        is_success(self.status)
    }
}

impl Headers {
    fn and(mut self, others: Headers) -> Self {
        self.0.extend(others.0);
        self
    }
}
