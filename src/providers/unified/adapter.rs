//! What the one API asks of each provider: one payment made, asked about, and read.

use crate::error::{Code, Error, Errors};
use crate::indicator::Indicator;
use crate::json::{Function, Shape};
use crate::payment::{Payment, PaymentKind};
use crate::provider::Provider;
use crate::providers::capabilities::Capabilities;
use crate::providers::http::{ChargeReply, HttpRequest, HttpResponse, Secret, StatusReply};
use crate::providers::outcome::Outcome;

/// A provider behind the one API: all that the rest of the library calls of it.
pub(crate) trait Adapter {
    /// A payment, with what this provider needs for it.
    type Charge: Shape;
    /// An attempt to ask about, with what this provider needs for it.
    type Status: Shape;

    /// The provider.
    const PROVIDER: Provider;
    /// Its own functions, by their names in JavaScript.
    const FUNCTIONS: &'static [Function];
    /// The fields of its bodies that hold secrets.
    const SECRET_FIELDS: &'static [&'static str];

    /// Builds the request that makes a payment.
    fn charge_request(charge: &Self::Charge) -> Result<HttpRequest, Errors>;

    /// Builds the request that asks what became of an attempt.
    fn status_request(attempt: &Self::Status) -> Result<HttpRequest, Errors>;

    /// Reads the answer to a charge.
    fn read_charge(reply: &ChargeReply) -> Outcome;

    /// Reads the answer to a question about an attempt.
    fn read_status(answer: &StatusAnswer<'_>) -> Outcome;

    /// Returns what the provider can do, with the sources.
    fn capabilities() -> Capabilities;
}

/// The answer to a question about an attempt.
pub(crate) struct StatusAnswer<'a> {
    pub(crate) response: HttpResponse,
    /// The pages before it, of a list.
    pub(crate) earlier: Option<&'a [HttpResponse]>,
    /// The reference that was asked about.
    pub(crate) reference: &'a str,
    /// Whether what the provider does not know was not made.
    pub(crate) request_is_over: bool,
}

impl StatusAnswer<'_> {
    /// The answer as a provider's own reader takes it.
    pub(crate) fn reply(&self) -> StatusReply {
        StatusReply {
            status: self.response.status,
            body: Secret::new(self.response.body.as_str()),
            request_is_over: Some(self.request_is_over),
            retry_after: self.response.retry_after.clone(),
        }
    }
}

/// The place of what says who makes a payment.
const INDICATOR: &str = "/payment/indicator";

/// Refuses a payment that is not the merchant's to make on a stored credential. `pay` names the builder of the page where the
/// cardholder pays, `verify` that where a card is verified, if there is one.
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

/// A payment of 0 is recorded, and nothing is sent for it (R3.7).
fn above_zero(payment: &Payment) -> Result<(), Error> {
    if payment.amount.amount() > 0 {
        return Ok(());
    }
    let message = "expected an amount above 0: nothing is sent for this payment";
    Err(Error::new(Code::OutOfRange, "/payment/amount/amount", message))
}

fn checkout(builder: &str) -> Error {
    let message = ["only the cardholder can make this payment: build it with `", builder, "`"].concat();
    Error::new(Code::CheckoutRequired, INDICATOR, message)
}

/// A payment that the provider triggers by itself.
pub(crate) fn by_provider() -> Error {
    Error::new(Code::ProviderManaged, INDICATOR, "the provider makes this payment by itself")
}

/// A response whose body is kept as a secret.
pub(crate) fn response(status: u32, body: &Secret, retry_after: &Option<String>) -> HttpResponse {
    HttpResponse { status, body: body.expose().into(), retry_after: retry_after.clone() }
}
