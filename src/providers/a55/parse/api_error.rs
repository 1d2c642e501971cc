//! A55's errors, in their four shapes.

use crate::json::{object, words};
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;

/// The kind of an error that A55 reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ApiErrorKind {
    /// A55 rejects the request as invalid: HTTP 400 and 422.
    Invalid,
    /// The token is missing, wrong or expired: HTTP 401.
    Unauthorized,
    /// The token lacks the permission: HTTP 403.
    Forbidden,
    /// The wallet, charge or subscription does not exist: HTTP 404.
    NotFound,
    /// The key was used for another request, or the charge is already settled or cancelled: HTTP 409.
    Conflict,
    /// Too many requests: HTTP 429.
    RateLimited,
    /// A55 failed, or no response arrived: HTTP 5xx and 0.
    Unavailable,
    /// The charge failed: an HTTP 200 that contains an error.
    Failed,
    /// The response is not JSON.
    Unreadable,
    /// Any other error.
    Other,
}

words!(ApiErrorKind {
    Invalid "invalid", Unauthorized "unauthorized", Forbidden "forbidden", NotFound "not_found", Conflict "conflict",
    RateLimited "rate_limited", Unavailable "unavailable", Failed "failed", Unreadable "unreadable", Other "other",
});

/// A message from A55.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The code: A55's own, such as `CARD_DECLINED`, or the acquirer's.
    pub code: Option<String>,
    /// The origin of the code: `acquirer`, `charge`, or the request field concerned.
    pub source: Option<String>,
    /// The description for people.
    pub description: Option<String>,
}

object!(Message { code: nullable "code", source: nullable "source", description: nullable "description" });

/// An error that A55 reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The kind, from the HTTP status.
    pub kind: ApiErrorKind,
    /// A55's messages, in their order.
    pub messages: Vec<Message>,
    /// A55's id of the request, for its support.
    pub request_id: Option<String>,
}

object!(ApiError { kind: required "kind", messages: required "messages", request_id: nullable "requestId" });

/// Reads the error that a response reports; `None` if it reports none.
///
/// The four shapes: `{"error": "text"}`, `{"error": {"code", "message", "details": [{"field", "reason"}]},
/// "request_id"}`, `{"charge_uuid", "status": "error", "message": [{"code", "source", "description"}]}` and
/// `{"message": "text"}`. Sources: the API reference for the first and the third, one source each; the debugging page
/// for the second; the client code for the last.
pub fn read_error(received: &HttpResponse) -> Option<ApiError> {
    api_error(received.status, Answer::parse(&received.body).as_ref())
}

pub(crate) fn api_error(status: u32, answer: Option<&Answer>) -> Option<ApiError> {
    let kind = match (status, answer) {
        (0 | 500.., _) => ApiErrorKind::Unavailable,
        (400 | 422, _) => ApiErrorKind::Invalid,
        (401, _) => ApiErrorKind::Unauthorized,
        (403, _) => ApiErrorKind::Forbidden,
        (404, _) => ApiErrorKind::NotFound,
        (409, _) => ApiErrorKind::Conflict,
        (429, _) => ApiErrorKind::RateLimited,
        (200..=299, None) => ApiErrorKind::Unreadable,
        (200..=299, Some(answer)) => {
            let status = answer.get("status").word();
            let failed = matches!(status.as_deref(), Some("error" | "declined" | "failed"));
            if !failed && !answer.get("error").is_given() {
                return None;
            }
            ApiErrorKind::Failed
        }
        _ => ApiErrorKind::Other,
    };
    let request_id = answer.and_then(|answer| answer.get("request_id").text()).map(Into::into);
    Some(ApiError { kind, messages: answer.map(messages).unwrap_or_default(), request_id })
}

impl Message {
    /// Reads a message: a string or an object.
    fn of(answer: &Answer) -> Self {
        match answer.text() {
            Some(text) => Self { code: None, source: None, description: Some(said(text)) },
            None => Self::read(answer, &["code"], &["source", "field"], &["description", "message", "reason"]),
        }
    }

    /// Reads a message from an object. For each field, the first of the names that is present counts.
    fn read(answer: &Answer, code: &[&str], source: &[&str], description: &[&str]) -> Self {
        let text = |names: &[&str]| answer.either(names).text().map(said);
        Self { code: text(code), source: text(source), description: text(description) }
    }
}

/// Returns the messages of a response in any of the four shapes; also those in the two fields of the older webhook.
pub(crate) fn messages(answer: &Answer) -> Vec<Message> {
    const MOST: usize = 20;
    let mut found = vec![Message::read(answer, &["error_code"], &[], &["error_message", "error_description"])];
    for part in [answer.get("message"), answer.get("error"), answer.at(&["error", "details"])] {
        match part.items() {
            [] => found.push(Message::of(part)),
            items => found.extend(items.iter().take(MOST).map(Message::of)),
        }
    }
    found.retain(|message| message.code.is_some() || message.description.is_some());
    found
}

/// Cleans a string of A55's for people or logs: bounded length, no control characters, no digits that could be a card
/// number. Not for ids, whose digits matter.
pub(crate) fn said(text: &str) -> String {
    const LONGEST: usize = 300;
    const SHORTEST_CARD_NUMBER: usize = 12;
    let mut shown = String::new();
    let mut digits = String::new();
    for character in text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).chain([' ']) {
        if character.is_ascii_digit() {
            digits.push(character);
            continue;
        }
        let number = std::mem::take(&mut digits);
        shown.push_str(if number.len() < SHORTEST_CARD_NUMBER { &number } else { "***" });
        shown.push(character);
    }
    shown.pop();
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_be_a_card_number_is_not_passed_on() {
        assert_eq!(said("card 4111111111111111 declined\n51"), "card *** declined 51");
        assert_eq!(said("2026-03-21 12345678901"), "2026-03-21 12345678901");
        assert_eq!(said("4111111111111111"), "***");
        assert_eq!(said(&"é".repeat(400)).chars().count(), 300);
    }

    #[test]
    fn every_shape_tells_its_messages() {
        let told = |body: &str| {
            let messages = messages(&Answer::parse(body).unwrap());
            messages
                .into_iter()
                .map(|Message { code, source, description }| (code, source, description))
                .collect::<Vec<_>>()
        };
        let some = |text: &str| Some(text.to_string());
        assert_eq!(told(r#"{"error": "Wallet not found"}"#), [(None, None, some("Wallet not found"))]);
        assert_eq!(told(r#"{"message": "Unauthorized"}"#), [(None, None, some("Unauthorized"))]);
        assert_eq!(
            told(
                r#"{"error": {"code": "INVALID", "message": "no", "details": [{"field": "currency", "reason": "none"}]}}"#
            ),
            [(some("INVALID"), None, some("no")), (None, some("currency"), some("none"))]
        );
        assert_eq!(
            told(r#"{"status": "error", "message": [{"code": 51, "source": "acquirer", "description": "no funds"}]}"#),
            [(some("51"), some("acquirer"), some("no funds"))]
        );
        assert_eq!(told(r#"{"error_code": "51", "error_message": "no"}"#), [(some("51"), None, some("no"))]);
        for nothing in [r#"{"message": {}}"#, r#"{"message": null}"#, r#"{"message": []}"#, "{}", "[]", "1"] {
            assert_eq!(told(nothing), []);
        }
    }
}
