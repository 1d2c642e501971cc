#![doc = include_str!("../README.md")]
mod bindings;
mod cycle;
mod date;
mod decline;
mod digest;
mod digits;
mod error;
mod indicator;
pub mod json;
mod money;
mod payment;
mod preview;
mod pricing;
mod provider;
#[cfg(feature = "_providers")]
pub mod providers;
mod retry;
mod schedule;
mod subscription;
mod terms;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub use bindings::wasm;

pub use bindings::call;
pub use cycle::{Cycle, Unit};
pub use date::Date;
pub use decline::{Decline, Retry};
pub use error::{Code, Error, Errors};
pub use indicator::{
    AmountKind, EstablishedBy, Indication, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing,
    select_indicator,
};
pub use json::{from_json, to_json};
pub use money::{Currency, Money, Rounding, RoundingRule};
pub use payment::{PaidPeriod, Payment, PaymentKind};
pub use preview::reminders::{ReminderDays, ReminderKind, SchemeReminder};
pub use preview::{EndBound, Preview, PreviewEnd, PreviewOptions, PreviewedPayment, Trial};
pub use pricing::line::{Fraction, Line, LineKind, LineRule, Span};
pub use pricing::period_price::{PeriodPriceInput, period_price};
pub use pricing::proration::{
    Direction, Effective, NextPayment, PlanChange, ProrateInput, Proration, Settle, Settled, prorate,
};
pub use pricing::share::FirstPeriod;
pub use provider::Provider;
pub use retry::{Decision, OnExhausted, PlanRetryInput, RetryAttempt, RetryPlan, RetryPolicy, plan_retry};
pub use schedule::{Bound, DateRange, DueDates, LastPayment, Period, Schedule};
pub use subscription::{
    Action, CancellationOptions, CancellationQuote, ChargeStatus, Current, Event, Failure, FinalPayment, Imported,
    Moment, Overpayment, OverpaymentReason, PendingPlanChange, PlanChangeQuote, ReplacedBy, Resumption, Script,
    Simulation, Status, Subscription, When,
};
pub use terms::{MissedPayments, Terms};
