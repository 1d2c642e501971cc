//! The providers: what is sent to each, and what came back (R7). No provider knows another.

pub mod a55;
mod answer;
pub mod card;
mod check;
pub mod credential;
pub mod dineropay;
pub mod dintero;
mod form;
pub mod http;
pub mod nexi;
pub mod outcome;
mod reference;
mod signature;

use http::HttpRequest;

/// The names of body fields that hold secrets, of all providers.
const SECRET_FIELDS: &[&[&str]] =
    &[a55::SECRET_FIELDS, dineropay::SECRET_FIELDS, dintero::SECRET_FIELDS, nexi::SECRET_FIELDS];

/// A copy of a request that can be logged: secret fields, and whatever authorises the request, are masked.
///
/// Of a JSON body and of a form the other fields stay readable; any other body is masked as a whole.
pub fn redact(request: &HttpRequest) -> HttpRequest {
    request.redacted(&SECRET_FIELDS.concat())
}
