//! A55: card charges in Latin America, with the merchant's recurrence or A55's.
//!
//! Sources: A55's subscription guide, its API reference and other pages at docs.a55.tech, of three generations, and its
//! client code for browsers. Where they contradict each other, the order is: the guide, which agrees with the client
//! code; the older pages it belongs to; the later pages. The page on features is not used: its names occur nowhere
//! else. Each operation names its sources, and what A55 leaves undocumented.
//!
//! Every request except the one for a token needs the header `Authorization: Bearer …`, which the caller adds.
//!
//! To find out the outcome of a charge whose response was lost, send `list_charges` and read it with `find_charge`, by
//! the reference (R6.6). Within 24 hours you may also send the same request again: A55 makes it once per idempotency
//! key. Read that response with `resent`.
//!
//! ```
//! use billing_rules::providers::a55::{self, ReceivedCharge};
//! use billing_rules::providers::outcome::OutcomeStatus;
//!
//! let body = r#"{"charge_uuid": "c-1", "status": "error", "message": [{"code": "51", "source": "acquirer"}]}"#;
//! let received = ReceivedCharge { status: 200, body: body.into(), capture: None, resent: None, retry_after: None };
//! let outcome = a55::read_charge(&received);
//! assert_eq!(outcome.status, OutcomeStatus::Declined);
//! assert_eq!(outcome.decline.and_then(|decline| decline.code).as_deref(), Some("51"));
//! ```

#![cfg(feature = "a55")]

mod account;
pub(crate) mod adapter;
mod checks;
mod parse;
mod request;
mod webhook;

use super::http::HttpResponse;
use crate::json::{Function, function, sure};

pub use super::card::{CardType, StoredCard};
pub use super::outcome::Done;
pub use account::{Account, Credential, Environment};
pub use adapter::{AdapterCharge, AdapterStatus};
pub use parse::api_error::{ApiError, ApiErrorKind, Message, read_error};
pub use parse::change::{Change, read_cancel_charge, read_cancel_subscription, read_capture, read_refund};
pub use parse::charge::{
    ChargeAnswer, ChargeDetails, ReceivedAmounts, ReceivedCharge, ReceivedStatus, read_charge, read_charge_details,
    read_charge_status,
};
pub use parse::compare::{CompareSubscription, Difference, DifferenceKind, compare_subscription};
pub use parse::list::{ChargeList, FindCharge, find_charge, read_charges};
pub use parse::subscription::{ProviderSubscription, SubscriptionAnswer, read_subscription};
pub use parse::token::{Token, TokenAnswer, read_token};
pub use request::charge::{Address, Card, Charge, Item, Payer, Subscription, order_items};
pub use request::create::create_charge;
pub use request::operations::{
    ChargeChange, ChargeId, ListCharges, SubscriptionId, cancel_charge, cancel_subscription, capture_charge,
    get_charge, get_subscription, list_charges, refund_charge,
};
pub use request::threeds::{DeviceInfo, ThreedsExternal, TimeDifference};
pub use request::token::{TokenRequest, token_request};
pub use webhook::{UnixSeconds, Webhook, WebhookEvent, read_webhook};

/// The body fields that contain secrets.
const SECRET_FIELDS: &[&str] = &["card_number", "card_cvv", "card_cryptogram", "cavv", "client_secret"];

/// The functions by their names in JavaScript.
const FUNCTIONS: &[Function] = &[
    function!("a55.tokenRequest", input: TokenRequest => token_request(&input)),
    function!("a55.createCharge", input: Charge => create_charge(&input)),
    function!("a55.getCharge", input: ChargeId => get_charge(&input)),
    function!("a55.listCharges", input: ListCharges => list_charges(&input)),
    function!("a55.captureCharge", input: ChargeChange => capture_charge(&input)),
    function!("a55.cancelCharge", input: ChargeChange => cancel_charge(&input)),
    function!("a55.refundCharge", input: ChargeChange => refund_charge(&input)),
    function!("a55.getSubscription", input: SubscriptionId => get_subscription(&input)),
    function!("a55.cancelSubscription", input: SubscriptionId => cancel_subscription(&input)),
    function!("a55.compareSubscription", input: CompareSubscription => compare_subscription(&input)),
    function!("a55.readWebhook", input: Webhook => read_webhook(&input)),
    function!("a55.readToken", input: HttpResponse => sure(read_token(&input))),
    function!("a55.readCharge", input: ReceivedCharge => sure(read_charge(&input))),
    function!("a55.readChargeStatus", input: ReceivedStatus => sure(read_charge_status(&input))),
    function!("a55.readChargeDetails", input: ReceivedAmounts => sure(read_charge_details(&input))),
    function!("a55.readCharges", input: ReceivedAmounts => sure(read_charges(&input))),
    function!("a55.findCharge", input: FindCharge => sure(find_charge(&input))),
    function!("a55.readCapture", input: HttpResponse => sure(read_capture(&input))),
    function!("a55.readCancelCharge", input: HttpResponse => sure(read_cancel_charge(&input))),
    function!("a55.readRefund", input: HttpResponse => sure(read_refund(&input))),
    function!("a55.readSubscription", input: ReceivedAmounts => sure(read_subscription(&input))),
    function!("a55.readCancelSubscription", input: HttpResponse => sure(read_cancel_subscription(&input))),
    function!("a55.readError", input: HttpResponse => sure(read_error(&input))),
];
