//! What the unified API requires of each provider: charge, query, read.

use crate::error::{Code, Error, Errors};
use crate::indicator::Indicator;
use crate::json::{Function, Shape};
use crate::payment::{Payment, PaymentKind};
use crate::provider::Provider;
use crate::providers::capabilities::Capabilities;
use crate::providers::http::{ChargeReply, HttpRequest, HttpResponse, Secret, StatusReply};
use crate::providers::outcome::Outcome;

/// A provider behind the unified API. The rest of the library calls nothing else of a provider.
pub(crate) trait Adapter {
    /// A payment, with what this provider needs to charge it.
    type Charge: Shape;
    /// An attempt, with what this provider needs to query it.
    type Status: Shape;

    /// The provider.
    const PROVIDER: Provider;
    /// The provider's own functions, by their names in JavaScript.
    const FUNCTIONS: &'static [Function];
    /// The names of body fields that contain secrets.
    const SECRET_FIELDS: &'static [&'static str];

    /// Builds the request that makes a payment.
    fn charge_request(charge: &Self::Charge) -> Result<HttpRequest, Errors>;

    /// Builds the request that queries the outcome of an attempt.
    fn status_request(attempt: &Self::Status) -> Result<HttpRequest, Errors>;

    /// Reads the response to a charge.
    fn read_charge(reply: &ChargeReply) -> Outcome;

    /// Reads the response to a status request.
    fn read_status(answer: &StatusAnswer<'_>) -> Outcome;

    /// Returns the order rows of a payment as JSON (R9.6); `None` if the provider has none.
    fn order_items(_payment: &Payment) -> Option<String> {
        None
    }

    /// Returns what the provider can do, with the sources.
    fn capabilities() -> Capabilities;
}

/// The response to a status request.
pub(crate) struct StatusAnswer<'a> {
    pub(crate) response: HttpResponse,
    /// The earlier pages, if the response is a list.
    pub(crate) earlier: Option<&'a [HttpResponse]>,
    /// The reference that was queried.
    pub(crate) reference: &'a str,
    /// Whether an attempt that the provider does not know was not made.
    pub(crate) request_is_over: bool,
}

impl StatusAnswer<'_> {
    /// Returns the response as the provider's own reader accepts it.
    pub(crate) fn reply(&self) -> StatusReply {
        StatusReply {
            status: self.response.status,
            body: Secret::new(self.response.body.as_str()),
            request_is_over: Some(self.request_is_over),
            retry_after: self.response.retry_after.clone(),
        }
    }
}

/// The path of the field that states who initiates a payment.
const INDICATOR: &str = "/payment/indicator";

/// Rejects a payment that the merchant cannot make with a stored credential. `pay` names the function that builds the
/// payment page, `verify` the one that builds the verification page, if there is one.
pub(crate) fn by_merchant(payment: &Payment, pay: &str, verify: Option<&str>) -> Result<(), Error> {
    match (payment.kind, payment.indicator) {
        (_, Some(Indicator::M1)) => above_zero(payment),
        (PaymentKind::Verification, _) => match verify {
            Some(verify) => Err(checkout(verify)),
            None => above_zero(payment),
        },
        (PaymentKind::Initial, None) | (_, Some(Indicator::C1)) => above_zero(payment).and(Err(checkout(pay))),
        (_, None) => above_zero(payment).and(Err(by_provider())),
    }
}

/// Rejects a payment of 0: it is recorded, but no request is sent for it (R3.7).
fn above_zero(payment: &Payment) -> Result<(), Error> {
    if payment.amount.amount() > 0 {
        return Ok(());
    }
    let message = "expected an amount above 0: a payment of 0 needs no request";
    Err(Error::new(Code::OutOfRange, "/payment/amount/amount", message))
}

fn checkout(builder: &str) -> Error {
    let message =
        ["cannot charge this payment because only the cardholder can make it; build its page with `", builder, "`"]
            .concat();
    Error::new(Code::CheckoutRequired, INDICATOR, message)
}

/// Returns the error for a payment that the provider triggers by itself.
pub(crate) fn by_provider() -> Error {
    Error::new(Code::ProviderManaged, INDICATOR, "cannot charge this payment because the provider makes it by itself")
}

/// Builds a response from a body that is kept as a secret.
pub(crate) fn response(status: u32, body: &Secret, retry_after: &Option<String>) -> HttpResponse {
    HttpResponse { status, body: body.expose().into(), retry_after: retry_after.clone() }
}
