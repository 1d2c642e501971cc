//! One API over all providers: a payment made, asked about and read, whoever the provider is.
//!
//! Amount, reference, indicator and due date come from the [`Payment`](crate::Payment) and nowhere else. What is left is each
//! provider's own: its account, its stored credential, its order. The same things are done by the providers' own builders and
//! readers, which have more to them.
//!
//! A payment that only the cardholder can make is refused with `checkout_required`, and the message names the builder of the page
//! that it takes.

pub(crate) mod adapter;
mod terms;

use super::by_provider::{by_provider, left_out};
use super::capabilities::{AskedBy, Capabilities};
use super::http::{ChargeReply, HttpRequest, HttpResponse, Secret};
use super::outcome::Outcome;
use crate::error::{Code, Error, Errors, INPUT};
use crate::json::{Function, object};
use crate::provider::{Provider, providers};
use adapter::{Adapter, StatusAnswer, response};

pub use terms::{Finding, FindingKind, check_terms};

providers! { by_provider {
    /// A payment to be made by the merchant, or at A55 by the cardholder on the merchant's page.
    ChargeInput of Box<AdapterCharge>
}}

providers! { by_provider {
    /// An attempt to be asked about.
    StatusInput of Box<AdapterStatus>
}}

/// Runs `$body` where `$adapter` is the adapter of the input's provider, and `$inner` what the input holds.
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

/// An adapter without the types of its inputs: what is called by the provider's name alone.
struct Entry {
    provider: Provider,
    functions: &'static [Function],
    secret_fields: &'static [&'static str],
    read_charge: fn(&ChargeReply) -> Outcome,
    read_status: fn(&StatusAnswer<'_>) -> Outcome,
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

/// The adapters of the providers that are built in.
const ENTRIES: &[Entry] = providers! { entries {} };

fn entry(provider: Provider) -> Result<&'static Entry, Error> {
    ENTRIES.iter().find(|entry| entry.provider == provider).ok_or_else(left_out)
}

/// Returns the providers' own functions.
pub(crate) fn functions() -> impl Iterator<Item = &'static Function> {
    ENTRIES.iter().flat_map(|entry| entry.functions)
}

/// The names of body fields that hold secrets, of all providers.
pub(super) fn secret_fields() -> Vec<&'static str> {
    ENTRIES.iter().map(|entry| entry.secret_fields).collect::<Vec<_>>().concat()
}

fn in_input(error: Error) -> Error {
    error.prefixed(INPUT)
}

/// Builds the request that makes a payment (R7).
///
/// The attempt is recorded before the request leaves (R5.5), and sent again only where the provider deduplicates (R6.6).
///
/// # Errors
/// `checkout_required` for a payment that only the cardholder can make, on a page: the message names its builder.
/// `provider_managed` for one that the provider makes by itself. `out_of_range` for a payment of 0, for which nothing is sent.
/// Besides, all that the provider would refuse as far as it is documented, with the paths of this input.
pub fn charge_request(input: &ChargeInput) -> Result<HttpRequest, Errors> {
    providers! { with_adapter { ChargeInput::from(input), A, charge => A::charge_request(charge) } }
}

/// Builds the request that asks what became of an attempt (R6.6). Its answer is read by [`read_status`].
///
/// # Errors
/// All that the provider would refuse as far as it is documented, with the paths of this input.
pub fn status_request(input: &StatusInput) -> Result<HttpRequest, Errors> {
    providers! { with_adapter { StatusInput::from(input), A, attempt => A::status_request(attempt) } }
}

/// The answer to a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadChargeInput {
    /// The provider.
    pub provider: Provider,
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body.
    pub body: Secret,
    /// True where the same request had been sent before and its answer was lost: a refusal then tells nothing of the first one,
    /// and is `unknown` rather than `not_made`.
    pub resent: Option<bool>,
    /// The header `Retry-After`, as it came.
    pub retry_after: Option<String>,
}

object!(ReadChargeInput {
    provider: required "provider",
    status: required "status",
    body: required "body",
    resent: optional "resent",
    retry_after: optional "retryAfter",
});

/// Reads the answer to a charge into what became of the attempt. What cannot be read is `unknown`.
///
/// # Errors
/// `unknown_value` for a provider that the library was built without.
pub fn read_charge(input: &ReadChargeInput) -> Result<Outcome, Error> {
    let entry = entry(input.provider).map_err(in_input)?;
    let ReadChargeInput { status, body, resent, retry_after, .. } = input.clone();
    Ok((entry.read_charge)(&ChargeReply { status, body, resent, retry_after }))
}

/// The answer to a question about an attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadStatusInput {
    /// The provider.
    pub provider: Provider,
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body; of a list with several pages, that of the last.
    pub body: Secret,
    /// The pages before it, of a provider that is asked by a list.
    pub earlier: Option<Vec<HttpResponse>>,
    /// The payment's reference.
    pub reference: String,
    /// True where the request is surely over and the answer covers it: what the provider does not know was then `not_made`.
    /// Default false: it is `unknown`.
    pub request_is_over: Option<bool>,
    /// The header `Retry-After`, as it came.
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

/// Reads the answer to [`status_request`] into what became of the attempt. What cannot be read is `unknown`.
///
/// # Errors
/// `unknown_value` for a provider that the library was built without; `unknown_field` for pages of one that has none.
pub fn read_status(input: &ReadStatusInput) -> Result<Outcome, Error> {
    let entry = entry(input.provider).map_err(in_input)?;
    let response = response(input.status, &input.body, &input.retry_after);
    if input.earlier.is_some() && (entry.capabilities)().status != AskedBy::List {
        return Err(Error::new(Code::UnknownField, "/input/earlier", "the provider is not asked by a list of pages"));
    }
    let request_is_over = input.request_is_over == Some(true);
    let earlier = input.earlier.as_deref();
    Ok((entry.read_status)(&StatusAnswer { response, earlier, reference: &input.reference, request_is_over }))
}

/// What a provider can do, as data. docs/providers.md shows it as a table.
///
/// # Errors
/// `unknown_value` for a provider that the library was built without.
pub fn capabilities(provider: Provider) -> Result<Capabilities, Error> {
    let entry = entry(provider).map_err(Error::at_root)?;
    Ok((entry.capabilities)())
}
