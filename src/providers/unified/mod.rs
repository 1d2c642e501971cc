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

use super::capabilities::{AskedBy, Capabilities};
use super::http::{ChargeReply, HttpRequest, HttpResponse, Secret};
use super::outcome::Outcome;
use crate::error::{Code, Error, Errors, INPUT};
use crate::json::{Node, Shape, Writer, object, serde_by_shape};
use crate::provider::Provider;
use adapter::{StatusAnswer, response};

pub use terms::{Finding, FindingKind, check_terms};

/// Hands `$given` to the macro `$then`, with a line for each provider: its feature, its variant, its folder.
macro_rules! providers {
    ($then:ident $given:tt) => {
        $then! { $given
            "a55" A55 a55,
            "dineropay" DineroPay dineropay,
            "dintero" Dintero dintero,
            "nexi" Nexi nexi,
        }
    };
}

/// An input that is told apart by its provider, each with the fields of its own.
macro_rules! union {
    ({ $(#[$doc:meta])* $name:ident of $inner:ident, $run:ident by $function:ident }
        $($feature:literal $variant:ident $folder:ident,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {$(
            #[doc = concat!("At `", $feature, "`.")]
            #[cfg(feature = $feature)]
            $variant(Box<super::$folder::$inner>),
        )*}

        impl Shape for $name {
            fn read(node: &Node<'_>) -> Self {
                // What stands in where the provider is left out.
                let [any, ..] = [$(
                    #[cfg(feature = $feature)]
                    reader(|node| Self::$variant(Box::new(Shape::read(node)))),
                )*];
                let (provider, node) = node.tag("provider", Provider::WORDS);
                match Provider::ALL.get(provider) {
                    $(
                        #[cfg(feature = $feature)]
                        Some(Provider::$variant) => Self::$variant(Box::new(Shape::read(&node))),
                    )*
                    _ => {
                        #[cfg(not(all(feature = "a55", feature = "dineropay", feature = "dintero", feature = "nexi")))]
                        node.report(left_out("/provider"));
                        any(&node.silent())
                    }
                }
            }

            fn write(&self, to: &mut Writer) {
                match *self {$(
                    #[cfg(feature = $feature)]
                    Self::$variant(ref inner) => {
                        inner.write(to);
                        to.begin("provider", Provider::$variant.as_str());
                    }
                )*}
            }
        }

        serde_by_shape!($name);

        fn $run(input: &$name) -> Result<HttpRequest, Errors> {
            match *input {$(
                #[cfg(feature = $feature)]
                $name::$variant(ref inner) => super::$folder::adapter::$function(inner),
            )*}
        }
    };
}

fn reader<T>(read: fn(&Node<'_>) -> T) -> fn(&Node<'_>) -> T {
    read
}

providers! { union {
    /// A payment to be made by the merchant, or at A55 by the cardholder on the merchant's page.
    ChargeInput of AdapterCharge, run_charge by charge_request
}}

providers! { union {
    /// An attempt to be asked about.
    StatusInput of AdapterStatus, run_status by status_request
}}

/// Calls a function of a provider's adapter.
macro_rules! of_provider {
    ({ $provider:expr, $function:ident $arguments:tt }
        $($feature:literal $variant:ident $folder:ident,)*) => {
        match $provider {$(
            #[cfg(feature = $feature)]
            Provider::$variant => Ok(super::$folder::adapter::$function $arguments),
            #[cfg(not(feature = $feature))]
            Provider::$variant => Err(left_out("/provider")),
        )*}
    };
}

/// The problem with a provider that this build does without.
#[cfg(not(all(feature = "a55", feature = "dineropay", feature = "dintero", feature = "nexi")))]
fn left_out(path: &'static str) -> Error {
    Error::new(Code::UnknownValue, path, "the library was built without this provider")
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
    run_charge(input)
}

/// Builds the request that asks what became of an attempt (R6.6). Its answer is read by [`read_status`].
///
/// # Errors
/// All that the provider would refuse as far as it is documented, with the paths of this input.
pub fn status_request(input: &StatusInput) -> Result<HttpRequest, Errors> {
    run_status(input)
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
    let ReadChargeInput { status, body, resent, retry_after, .. } = input.clone();
    let reply = ChargeReply { status, body, resent, retry_after };
    providers! { of_provider { input.provider, read_charge(&reply) } }.map_err(in_input)
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
    let response = response(input.status, &input.body, &input.retry_after);
    if input.earlier.is_some() && capabilities(input.provider).map_err(in_input)?.status != AskedBy::List {
        return Err(Error::new(Code::UnknownField, "/input/earlier", "the provider is not asked by a list of pages"));
    }
    let request_is_over = input.request_is_over == Some(true);
    let told =
        StatusAnswer { response, earlier: input.earlier.as_deref(), reference: &input.reference, request_is_over };
    providers! { of_provider { input.provider, read_status(&told) } }.map_err(in_input)
}

/// What a provider can do, as data. The README shows it as a table.
///
/// # Errors
/// `unknown_value` for a provider that the library was built without.
pub fn capabilities(provider: Provider) -> Result<Capabilities, Error> {
    let found = providers! { of_provider { provider, capabilities() } };
    found.map_err(Error::at_root)
}
