#![doc = include_str!("../README.md")]
// What the providers have in common lies idle where some are left out.
#![cfg_attr(
    not(all(feature = "a55", feature = "dineropay", feature = "dintero", feature = "nexi")),
    allow(dead_code, unused_imports, unused_macros, unused_variables, reason = "of what the providers have in common")
)]

mod cycle;
mod date;
mod decline;
mod digest;
mod digits;
mod error;
mod face;
mod indicator;
mod json;
mod line;
mod money;
mod notices;
mod preview;
mod price;
mod proration;
mod provider;
#[cfg(feature = "_providers")]
pub mod providers;
mod retry;
mod schedule;
mod subscription;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub mod js;

pub use cycle::{Cycle, Unit};
pub use date::Date;
pub use decline::{Decline, Retry};
pub use error::{Code, Error, Errors};
pub use face::call;
pub use indicator::{
    AmountKind, EstablishedBy, Indication, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing, indicator,
};
pub use json::{ByName, Shape, from_json, to_json};
pub use line::{Fraction, Line, LineKind, Span};
pub use money::{Currency, Money, Rounding, RoundingRule};
pub use notices::{Notice, NoticeKind, NoticeWindow, notices};
pub use preview::{EndBound, Preview, PreviewEnd, PreviewOptions, PreviewedPayment, Trial, preview};
pub use price::{FirstPeriod, PeriodPriceInput, period_price};
pub use proration::{Direction, Effective, NextPayment, PlanChange, ProrateInput, Proration, Settle, Settled, prorate};
pub use provider::Provider;
pub use retry::{Decision, OnExhausted, PlanRetryInput, RetryAttempt, RetryPlan, RetryPolicy, plan_retry};
pub use schedule::{Bound, DueDates, LastPayment, Period, Schedule, Window};
pub use subscription::{
    Action, Adopted, CancelQuote, CatchUp, ChangePlan, ChargeStatus, Current, Event, Failure, Moment, PaidPeriod,
    Payment, PaymentKind, ReplacedBy, Resumption, Script, Simulation, Status, Subscription, Surplus, SurplusReason,
    Terms, When, apply_event, cancel_quote, change_plan, create_subscription, next_action, simulate,
};
