//! One API for all providers: charge, query, read.
//!
//! Amount, reference, indicator and due date always come from the [`Payment`]. The rest of the input is
//! the provider's: its account, its stored credential, its order. The providers' own builders and readers do the same
//! and have more options.
//!
//! A payment that only the cardholder can make is rejected with `checkout_required`. The message names the function
//! that builds its page.

pub(crate) mod adapter;
mod terms;

use super::by_provider::{by_provider, left_out};
use super::capabilities::{AskedBy, Capabilities};
use super::http::{ChargeReply, HttpRequest, HttpResponse, Secret};
use super::outcome::Outcome;
use crate::error::{Code, Error, Errors, INPUT};
use crate::json::{Function, object};
use crate::payment::Payment;
use crate::provider::{Provider, providers};
use adapter::{Adapter, StatusAnswer, response};

pub use terms::{Finding, FindingKind, check_terms};

providers! { by_provider {
    /// A payment that the merchant makes; at A55 also one that the cardholder makes on the merchant's page.
    ChargeInput of Box<AdapterCharge>
}}

providers! { by_provider {
    /// An attempt to query.
    StatusInput of Box<AdapterStatus>
}}

/// Evaluates `$body` with `$adapter` as the adapter of the input's provider, and `$inner` as the content of the input.
macro_rules! with_adapter {
    ({ $input:ident::from($given:expr), $adapter:ident, $inner:ident => $body:expr }
        $($variant:ident $feature:literal $folder:ident $title:literal,)*) => {
        match $given {$(
            #[cfg(feature = $feature)]
            $input::$variant($inner) => {
                type $adapter = super::$folder::adapter::$variant;
                $body
            }
        )*}
    };
}

/// An adapter without the types of its inputs: what can be called with only the provider's name.
struct Entry {
    provider: Provider,
    functions: &'static [Function],
    secret_fields: &'static [&'static str],
    read_charge: fn(&ChargeReply) -> Outcome,
    read_status: fn(&StatusAnswer<'_>) -> Outcome,
    order_items: fn(&Payment) -> Option<String>,
    capabilities: fn() -> Capabilities,
}

impl Entry {
    const fn of<A: Adapter>() -> Self {
        Self {
            provider: A::PROVIDER,
            functions: A::FUNCTIONS,
            secret_fields: A::SECRET_FIELDS,
            read_charge: A::read_charge,
            read_status: A::read_status,
            order_items: A::order_items,
            capabilities: A::capabilities,
        }
    }
}

macro_rules! entries {
    ({} $($variant:ident $feature:literal $folder:ident $title:literal,)*) => {
        &[$(
            #[cfg(feature = $feature)]
            Entry::of::<super::$folder::adapter::$variant>(),
        )*]
    };
}

/// The adapters of the providers in this build.
const ENTRIES: &[Entry] = providers! { entries {} };

fn entry(provider: Provider) -> Result<&'static Entry, Error> {
    ENTRIES.iter().find(|entry| entry.provider == provider).ok_or_else(left_out)
}

/// Returns the providers' own functions.
pub(crate) fn functions() -> impl Iterator<Item = &'static Function> {
    ENTRIES.iter().flat_map(|entry| entry.functions)
}

/// Returns the names of body fields that contain secrets, of all providers.
pub(super) fn secret_fields() -> Vec<&'static str> {
    ENTRIES.iter().map(|entry| entry.secret_fields).collect::<Vec<_>>().concat()
}

fn in_input(error: Error) -> Error {
    error.prefixed(INPUT)
}

/// Builds the request that makes a payment (R7).
///
/// Record the attempt before you send the request (R5.5). Send it again only where the provider deduplicates (R6.6).
///
/// # Errors
/// - `checkout_required` for a payment that only the cardholder can make, on a page. The message names the page's
///   builder.
/// - `provider_managed` for a payment that the provider makes by itself.
/// - `out_of_range` for a payment of 0, which needs no request.
/// - Everything else that the provider would reject, as far as it is documented. The paths are those of this input.
pub fn charge_request(input: &ChargeInput) -> Result<HttpRequest, Errors> {
    providers! { with_adapter { ChargeInput::from(input), A, charge => A::charge_request(charge) } }
}

/// Builds the request that queries the outcome of an attempt (R6.6). Read its response with [`read_status`].
///
/// # Errors
/// Everything that the provider would reject, as far as it is documented. The paths are those of this input.
pub fn status_request(input: &StatusInput) -> Result<HttpRequest, Errors> {
    providers! { with_adapter { StatusInput::from(input), A, attempt => A::status_request(attempt) } }
}

/// The response to a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadChargeInput {
    /// The provider.
    pub provider: Provider,
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// True if the same request was sent before and its response was lost. A rejection then says nothing about the
    /// first request, so the outcome is `unknown` rather than `not_made`.
    pub resent: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ReadChargeInput {
    provider: required "provider",
    status: required "status",
    body: required "body",
    resent: optional "resent",
    retry_after: optional "retryAfter",
});

/// Reads the response to a charge into the outcome of the attempt. A response that cannot be read gives `unknown`.
///
/// # Errors
/// `unknown_value` for a provider that is not in this build.
pub fn read_charge(input: &ReadChargeInput) -> Result<Outcome, Error> {
    let entry = entry(input.provider).map_err(in_input)?;
    let ReadChargeInput { status, body, resent, retry_after, .. } = input.clone();
    Ok((entry.read_charge)(&ChargeReply { status, body, resent, retry_after }))
}

/// The response to a status request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadStatusInput {
    /// The provider.
    pub provider: Provider,
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body; of a list with several pages, that of the last page.
    pub body: Secret,
    /// The earlier pages, if the provider answers status requests with a list.
    pub earlier: Option<Vec<HttpResponse>>,
    /// The payment's reference.
    pub reference: String,
    /// True if the request is certainly over and the response covers it. An attempt that the provider does not know is
    /// then `not_made`; otherwise it is `unknown`. Default false.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(ReadStatusInput {
    provider: required "provider",
    status: required "status",
    body: required "body",
    earlier: optional "earlier",
    reference: required "reference",
    request_is_over: optional "requestIsOver",
    retry_after: optional "retryAfter",
});

/// Reads the response to [`status_request`] into the outcome of the attempt. A response that cannot be read gives
/// `unknown`.
///
/// # Errors
/// `unknown_value` for a provider that is not in this build; `unknown_field` for earlier pages of a provider whose
/// response has none.
pub fn read_status(input: &ReadStatusInput) -> Result<Outcome, Error> {
    let entry = entry(input.provider).map_err(in_input)?;
    let response = response(input.status, &input.body, &input.retry_after);
    if input.earlier.is_some() && (entry.capabilities)().status != AskedBy::List {
        return Err(Error::new(
            Code::UnknownField,
            "/input/earlier",
            "cannot use earlier pages because this provider's response is a single page; leave them out",
        ));
    }
    let request_is_over = input.request_is_over == Some(true);
    let earlier = input.earlier.as_deref();
    Ok((entry.read_status)(&StatusAnswer { response, earlier, reference: &input.reference, request_is_over }))
}

/// Returns what a provider can do, as data. docs/providers.md shows it as a table.
///
/// # Errors
/// `unknown_value` for a provider that is not in this build.
pub fn capabilities(provider: Provider) -> Result<Capabilities, Error> {
    let entry = entry(provider).map_err(Error::at_root)?;
    Ok((entry.capabilities)())
}

/// Returns the order rows of a payment as the provider accepts them, as a JSON array. They sum to its amount exactly (R9.6).
///
/// [`charge_request`] builds them itself if none are given. A payment page needs them: see the provider's own builder. The provider's
/// module has the same function, with its own type.
///
/// # Errors
/// `unknown_value` for a provider that is not in this build or has no rows.
pub fn order_items(payment: &Payment, provider: Provider) -> Result<String, Error> {
    let entry = entry(provider).map_err(|error| error.moved_to("/provider"))?;
    (entry.order_items)(payment).ok_or_else(|| {
        let message = "cannot build order rows because this provider has none; send the amount alone";
        Error::new(Code::UnknownValue, "/provider", message)
    })
}
