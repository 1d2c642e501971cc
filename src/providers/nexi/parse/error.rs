//! Nexi's errors, and what they mean for a charge.

use crate::decline::{Decline, Retry};
use crate::json::object;
use crate::providers::http::HttpResponse;
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// What an error of the API means for the requested charge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// The payment method declined.
    Declined(Retry),
    /// Nexi rejected the request: nothing was charged.
    NotMade,
    /// The customer may have been charged.
    Unknown,
}

use Meaning::{NotMade, Unknown};
use Retry::{Allowed, NeedsCustomer, Never};

/// The API's error codes with their names. Source: Nets' PHP SDK. What each means for a charge is inferred from its
/// name: `unknown` if the name allows that the customer was charged.
const API: [(&str, &str, Meaning); 33] = [
    ("1000", "Unknown", Unknown),
    ("1001", "OverCharge", NotMade),
    ("1002", "ZeroCharge", NotMade),
    ("1003", "NotReserved", NotMade),
    ("1004", "AlreadyReserved", Unknown),
    ("1005", "AmountDiffersFromOrderItems", NotMade),
    ("1006", "ConsumerNotAddedToPayment", NotMade),
    ("1007", "PartialCancelNotAllowed", NotMade),
    ("1008", "AlreadyCharged", Unknown),
    ("1009", "InvalidRefundAmount", NotMade),
    ("1010", "ReservationExpired", Meaning::Declined(NeedsCustomer)),
    ("1011", "ChargeNotFound", NotMade),
    ("1012", "RefundCancelled", NotMade),
    ("1013", "RefundExpired", NotMade),
    ("1014", "RefundFailed", NotMade),
    ("1015", "OrderItemsMissing", NotMade),
    ("1016", "OrderReferenceWasPreviouslySet", NotMade),
    ("1017", "ChangingCheckoutDomainNotAllowed", NotMade),
    ("1018", "PaymentMissingOrderReference", NotMade),
    ("1019", "AlreadyCancelled", NotMade),
    ("1020", "PaymentMethodChargeFailed", Meaning::Declined(Allowed)),
    ("1021", "ShippingCostHasNotBeenSpecified", NotMade),
    ("1022", "PaymentReserveMethodFailed", Meaning::Declined(Allowed)),
    ("1023", "PaymentAlreadyRefunded", Unknown),
    ("1024", "PartialChargeNotAllowed", NotMade),
    ("1025", "RefundCancelFailed", NotMade),
    // The key was used before, with another amount.
    ("1026", "ChargeTriedWithDifferentAmount", Unknown),
    ("1027", "RefundTriedWithDifferentAmount", Unknown),
    ("1028", "UpdateOrderAtAfterPayFailed", NotMade),
    ("1029", "HardDecline", Meaning::Declined(Never)),
    ("1030", "ExpiredSubscription", Meaning::Declined(NeedsCustomer)),
    ("1031", "InvalidSubscription", Meaning::Declined(NeedsCustomer)),
    ("1032", "NotGenuineSubscriptionTraceId", Meaning::Declined(NeedsCustomer)),
];

/// The issuer's codes after which Nexi allows no new attempt with the card: pick up, invalid account, no such issuer,
/// lost, stolen, closed account, expired, not permitted. Source: Nexi's guide on retries.
const FINAL: [&str; 8] = ["04", "14", "15", "41", "43", "46", "54", "57"];

/// A field that Nexi rejects, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field, by Nexi's name.
    pub field: String,
    /// The reason.
    pub message: String,
}

object!(FieldError { field: required "field", message: required "message" });

/// An error as Nexi reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiError {
    /// The issuer's code, or the API's of four digits, or one of the platform's.
    pub code: Option<String>,
    /// The name of an API code, such as `HardDecline`.
    pub name: Option<String>,
    /// The origin of the error: `Issuer`, `Internal` or another.
    pub source: Option<String>,
    /// Nexi's message.
    pub message: Option<String>,
    /// The invalid fields.
    pub fields: Vec<FieldError>,
}

object!(ApiError {
    code: nullable "code",
    name: nullable "name",
    source: nullable "source",
    message: nullable "message",
    fields: required "fields",
});

/// Reads an error's body: `{message, code, source}` or `{errors: {field: [message]}}`; `None` if it is neither.
pub fn read_error(response: &HttpResponse) -> Option<ApiError> {
    let body = Answer::parse(&response.body)?;
    let error = api_error(&body);
    let empty = error.code.is_none() && error.message.is_none() && error.fields.is_empty();
    (!empty).then_some(error)
}

pub(crate) fn api_error(body: &Answer) -> ApiError {
    let messages = |(field, messages): &(String, Answer)| -> Vec<FieldError> {
        let told = if messages.items().is_empty() { std::slice::from_ref(messages) } else { messages.items() };
        let error = |message: &Answer| Some(FieldError { field: field.clone(), message: message.string()? });
        told.iter().filter_map(error).collect()
    };
    let code = body.get("code").string();
    ApiError {
        name: code.as_deref().and_then(known).map(|(name, _)| name.into()),
        code,
        source: body.get("source").string(),
        message: body.get("message").string(),
        fields: body.get("errors").fields().iter().flat_map(messages).collect(),
    }
}

/// Returns the name and the meaning of an API code.
fn known(code: &str) -> Option<(&'static str, Meaning)> {
    API.iter().find(|(known, ..)| *known == code).map(|(_, name, meaning)| (*name, *meaning))
}

/// Returns what an error means for the charge that failed with it; `None` if the body has no code.
pub(crate) fn failure(error: &Answer) -> Option<Outcome> {
    let code = error.get("code").text()?;
    let internal = error.get("source").word().as_deref() == Some("internal");
    if let Some((name, meaning)) = known(code) {
        return Some(match meaning {
            NotMade => Outcome::of(OutcomeStatus::NotMade, None),
            Unknown => Outcome::unknown(),
            Meaning::Declined(retry) => declined(Some(code), retry, ["nexi refused: ", name].concat()),
        });
    }
    if internal {
        // A number of the platform's own, which must not be looked up in the issuer's table.
        return Some(declined(None, Allowed, ["nexi's platform failed with ", code].concat()));
    }
    let same = |last: &str| last.trim_start_matches('0') == code.trim_start_matches('0');
    let retry = if FINAL.iter().any(|last| same(last)) { Never } else { Allowed };
    Some(declined(Some(code), retry, ["the issuer refused with code ", code].concat()))
}

fn declined(code: Option<&str>, retry: Retry, reason: String) -> Outcome {
    Outcome::declined(Decline { code: code.map(String::from), retry, reason, ..Decline::unexplained() }, None)
}
