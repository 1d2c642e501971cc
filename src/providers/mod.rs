//! The providers: what is sent to each, and what came back (R7). No provider knows another.

#[cfg(feature = "a55")]
pub mod a55;
pub mod capabilities;
pub mod card;
pub mod credential;
#[cfg(feature = "dineropay")]
pub mod dineropay;
#[cfg(feature = "dintero")]
pub mod dintero;
mod form;
pub mod http;
mod lenient;
#[cfg(feature = "nexi")]
pub mod nexi;
pub mod outcome;
mod reference;
mod signature;
pub mod unified;
mod validate;

use http::HttpRequest;

/// The names of body fields that hold secrets, of all providers.
const SECRET_FIELDS: &[&[&str]] = &[
    #[cfg(feature = "a55")]
    a55::SECRET_FIELDS,
    #[cfg(feature = "dineropay")]
    dineropay::SECRET_FIELDS,
    #[cfg(feature = "dintero")]
    dintero::SECRET_FIELDS,
    #[cfg(feature = "nexi")]
    nexi::SECRET_FIELDS,
];

/// A copy of a request that can be logged: secret fields, and whatever authorises the request, are masked.
///
/// Of a JSON body and of a form the other fields stay readable; any other body is masked as a whole.
pub fn redact(request: &HttpRequest) -> HttpRequest {
    request.redacted(&SECRET_FIELDS.concat())
}
