//! DineroPay: payments on its checkout page, later payments by the merchant, and schedules of its own.
//!
//! DineroPay runs the platform of Akurateco under its own name: its pages repeat the platform's tables, and its sample
//! callback is the platform's. Where DineroPay's pages are silent, this follows the platform's reference, and each
//! operation says so. Whether DineroPay has the platform's newer parameters is not documented.
//!
//! There are two protocols with one merchant key and one password. The checkout protocol is JSON: sessions, payments,
//! refunds. The form protocol is for schedules. In both, the merchant signs the body with a hash over some of its
//! fields and the password. There is no other credential, so these requests are ready to send. [`hash`] computes every
//! documented formula.
//!
//! DineroPay never deduplicates. Never send a request again: query its outcome with [`get_status`].
//!
//! ```
//! use billing_rules::from_json;
//! use billing_rules::providers::dineropay::{Session, create_session};
//!
//! let session: Session = from_json(
//!     r#"{
//!         "account": {"merchantKey": "c2b8fb04-110f-11ea-bcd3-0242c0a85004", "password": "a secret"},
//!         "order": {"number": "sub-1-1-0-1", "amount": {"amount": 1900, "currency": "SAR"}, "description": "Gold plan"},
//!         "successUrl": "https://shop.example/paid",
//!         "recurring": {}
//!     }"#,
//! )?;
//! let request = create_session(&session)?;
//! assert_eq!(request.url, "https://checkout.dineropay.com/api/v1/session");
//! assert!(request.body.is_some_and(|body| body.contains(r#""amount":"19.00""#)));
//! # Ok::<(), billing_rules::Errors>(())
//! ```

#![cfg(feature = "dineropay")]

mod account;
pub(crate) mod adapter;
mod checks;
mod parse;
mod request;
mod webhook;

use super::http::{ChargeReply, HttpResponse};
use crate::json::{Function, function, sure};

pub use super::form::Encoding;
pub use super::outcome::Done;
pub use account::{Account, Credential};
pub use adapter::{AdapterCharge, AdapterStatus};
pub use parse::payment::{
    OrderStatus, PaymentStatus, RefundAnswer, SessionAnswer, StatusAnswer, read_charge, read_refund, read_session,
    read_status,
};
pub use parse::schedule::{ScheduleAnswer, ScheduleDetails, read_schedule};
pub use parse::status::ApiError;
pub use request::hash::{Case, Formula, HashAlgorithm, HashInput, hash};
pub use request::order::{BillingAddress, Customer, Order};
pub use request::payment::{
    PaymentInput, RecurringCharge, StatusInput, capture, charge_recurring, get_status, refund, retry_charge,
    void_payment,
};
pub use request::schedule::{
    Counting, NewSchedule, ScheduleInput, create_schedule, delete_schedule, deschedule, pause_schedule, run_schedule,
    schedule_info,
};
pub use request::session::{RecurringInit, Session, UrlTarget, create_session};
pub use webhook::{Callback, CallbackEvent, CallbackInput, Return, ReturnInput, read_callback, read_return};

/// The body fields that contain secrets. The hash of a new schedule depends on the password only, so anybody who has it
/// can reuse it.
const SECRET_FIELDS: &[&str] = &["recurring_token", "card_token", "hash"];

/// The functions by their names in JavaScript.
const FUNCTIONS: &[Function] = &[
    function!("dineropay.createSession", input: Session => create_session(&input)),
    function!("dineropay.chargeRecurring", input: RecurringCharge => charge_recurring(&input)),
    function!("dineropay.retryCharge", input: PaymentInput => retry_charge(&input)),
    function!("dineropay.getStatus", input: StatusInput => get_status(&input)),
    function!("dineropay.refund", input: PaymentInput => refund(&input)),
    function!("dineropay.voidPayment", input: PaymentInput => void_payment(&input)),
    function!("dineropay.capture", input: PaymentInput => capture(&input)),
    function!("dineropay.createSchedule", input: NewSchedule => create_schedule(&input)),
    function!("dineropay.pauseSchedule", input: ScheduleInput => pause_schedule(&input)),
    function!("dineropay.runSchedule", input: ScheduleInput => run_schedule(&input)),
    function!("dineropay.deleteSchedule", input: ScheduleInput => delete_schedule(&input)),
    function!("dineropay.scheduleInfo", input: ScheduleInput => schedule_info(&input)),
    function!("dineropay.deschedule", input: ScheduleInput => deschedule(&input)),
    function!("dineropay.hash", input: HashInput => hash(&input)),
    function!("dineropay.readCallback", input: CallbackInput => read_callback(&input)),
    function!("dineropay.readReturn", input: ReturnInput => read_return(&input)),
    function!("dineropay.readSession", input: HttpResponse => sure(read_session(&input))),
    function!("dineropay.readCharge", input: ChargeReply => sure(read_charge(&input))),
    function!("dineropay.readStatus", input: OrderStatus => sure(read_status(&input))),
    function!("dineropay.readRefund", input: HttpResponse => sure(read_refund(&input))),
    function!("dineropay.readVoid", input: HttpResponse => sure(read_refund(&input))),
    function!("dineropay.readSchedule", input: HttpResponse => sure(read_schedule(&input))),
];
