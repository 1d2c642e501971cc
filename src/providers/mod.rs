//! The providers: what is sent to each, and what came back (R7). No provider knows another.

pub mod a55;
mod by_provider;
pub mod capabilities;
pub mod card;
pub mod credential;
pub mod dineropay;
pub mod dintero;
mod form;
pub mod http;
mod lenient;
pub mod nexi;
pub mod outcome;
mod reference;
mod signature;
pub mod unified;
mod validate;

use http::HttpRequest;

/// A copy of a request that can be logged: secret fields, and whatever authorises the request, are masked.
///
/// Of a JSON body and of a form the other fields stay readable; any other body is masked as a whole.
pub fn redact(request: &HttpRequest) -> HttpRequest {
    request.redacted(&unified::secret_fields())
}
