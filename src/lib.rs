#![doc = include_str!("../README.md")]

mod cycle;
mod date;
mod error;
mod face;
mod indicator;
mod json;
mod money;
mod proration;
pub mod providers;
mod schedule;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub mod js;

pub use cycle::{Cycle, Unit};
pub use date::Date;
pub use error::{Code, Error, Errors};
pub use face::call;
pub use indicator::{
    AmountKind, EstablishedBy, Indication, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing, indicator,
};
pub use json::{Shape, from_json, to_json};
pub use money::{Currency, Money, Rounding, RoundingRule};
pub use proration::{
    Direction, Effective, Fraction, Line, LineKind, NextPayment, PlanChange, ProrateInput, Proration, Settle, Settled,
    Span, prorate,
};
pub use schedule::{Bound, DueDates, LastPayment, Period, Schedule, Window};
