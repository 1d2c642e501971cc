//! The providers: requests to each, and their responses (R7). No provider's folder names another.

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
mod rows;
mod signature;
pub mod unified;
mod validate;

use http::HttpRequest;

/// Returns a copy of a request that can be logged: secret fields and everything that authorises the request are masked.
///
/// In a JSON body or a form the other fields stay readable; any other body is masked completely.
pub fn redact(request: &HttpRequest) -> HttpRequest {
    request.redacted(&unified::secret_fields())
}
