//! Billing rules for subscriptions: when a payment is due, what it costs, who initiates it, and what to send to the
//! payment provider.
//!
//! The crate computes and nothing else. It reads no clock, opens no connection and keeps no state: the day is an argument, and
//! your service sends the requests and stores the results. The same code runs in JavaScript as the npm package `billing-rules`,
//! with the same answers to the byte.
//!
//! # A subscription
//!
//! [`Subscription`] is the primary type: a value that you store whole, as JSON. Two methods carry it through its life.
//! [`next_action`](Subscription::next_action) returns what is due on a day, and [`apply`](Subscription::apply) returns the
//! subscription after an [`Event`].
//!
//! ```
//! use billing_rules::{Action, Cycle, Event, Schedule, Status, Subscription, Terms, from_json, to_json};
//!
//! let today = "2025-01-31".parse()?;
//! let terms = Terms::new("19.90 NOK".parse()?, Schedule::new(today, Cycle::MONTHLY));
//! let subscription = Subscription::new("sub-1", terms)?;
//!
//! let Action::Checkout { payment, .. } = subscription.next_action(today)? else { panic!("not the first payment") };
//! let stored = to_json(&subscription.apply(&Event::attempt_started(&payment.reference, today))?);
//!
//! // Send the cardholder to the provider. When the provider reports the payment:
//! let subscription: Subscription = from_json(&stored)?;
//! let paid = subscription.apply(&Event::payment_succeeded(&payment.reference, today))?;
//! assert_eq!(paid.status(), Status::Active);
//! assert_eq!(paid.next_action(today)?, Action::Wait { until: "2025-02-28".parse()? });
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Cookbook
//!
//! | You want to | Use |
//! |---|---|
//! | list due dates and periods | [`Schedule::due_dates`], [`Schedule::period_on`], [`Schedule::last_payment`] |
//! | add a trial of some days | [`Terms::with_trial`], [`Date::add_days`] |
//! | show a checkout page what will be charged | [`Terms::preview`] |
//! | remind customers as the card schemes require | [`Terms::scheme_reminders`] |
//! | begin a subscription, or import one | [`Subscription::new`], [`Subscription::import`] |
//! | run the daily job | [`Subscription::next_action`], [`Subscription::apply`] |
//! | change a plan | [`Subscription::quote_plan_change`], then apply [`PlanChangeQuote::event`] |
//! | cancel | [`Subscription::quote_cancellation`], then [`Event::cancelled`] |
//! | see a year ahead | [`Subscription::simulate`] |
//! | compute without a subscription | [`prorate`], [`period_price`], [`plan_retry`], [`select_indicator`] |
//! | split an amount | [`Money::allocate`] |
//! | store and load | [`to_json`], [`from_json`], or serde |
//! | compute over millions of rows | [`columns`] |
//! | call by name from another host, one at a time or many | [`call`], [`call_lines`] |
//!
//! Where a type is the subject of a computation, the computation is its method. The four functions have no such type: they
//! compute from an input that is made for them.
//!
//! Inputs are built with `new(…)` for what is required and `with_…(…)` for the rest:
//!
//! ```
//! use billing_rules::{Cycle, PlanChange};
//!
//! let change = PlanChange::new("190.00 NOK".parse()?, "2025-06-15".parse()?).with_cycle(Cycle::YEARLY);
//! # Ok::<(), billing_rules::Error>(())
//! ```
//!
//! # What it does not do
//!
//! - It sends nothing. [`providers`](#features) build requests as data, and your HTTP client sends them.
//! - It stores nothing, and it keeps no lock. Store a subscription before you send a request, and with a version number.
//! - It knows no tax law, issues no invoices and converts no currencies. You give the tax rates.
//! - It knows no time of day. Your service decides which day it is.
//!
//! # Errors
//!
//! Nothing panics. A function returns [`Error`], or [`Errors`] with every error in its input. Each error has a
//! stable [`Code`], a path into the input and a message. No message contains a secret.
//!
//! # Features
//!
//! All of them except `js`, `js-fast` and `js-columns` are on by default. A provider's feature adds its module and its functions in [`call`].
//!
//! | Feature | What it adds |
//! |---|---|
//! | `a55` | `providers::a55`: A55 Pay |
//! | `dineropay` | `providers::dineropay`: DineroPay |
//! | `dintero` | `providers::dintero`: Dintero |
//! | `nexi` | `providers::nexi`: Nexi Checkout, and its codes in [`plan_retry`] |
//! | `life` | the functions of a subscription's life in [`call`]; the Rust methods are always there |
//! | `js` | the JavaScript bindings of the wasm build; without effect on other targets |
//! | `js-fast` | the faster ways into it |
//! | `js-columns` | those of [`columns`], for a wasm of their own |
//!
//! Without any provider the module `providers` is left out. The crate supports the Rust version that `Cargo.toml` states, and
//! a later one is a minor release.
#![cfg_attr(docsrs, feature(doc_cfg))]

mod bindings;
mod code;
pub mod columns;
mod cycle;
mod date;
mod decline;
mod digest;
mod digits;
mod error;
mod indicator;
pub mod json;
mod minimum_term;
mod money;
mod payment;
mod preview;
mod pricing;
mod provider;
#[cfg(feature = "_providers")]
#[cfg_attr(docsrs, doc(cfg(any(feature = "a55", feature = "dineropay", feature = "dintero", feature = "nexi"))))]
pub mod providers;
mod retry;
mod schedule;
mod subscription;
mod terms;

#[cfg(all(target_arch = "wasm32", feature = "js"))]
#[doc(hidden)]
pub use bindings::wasm;

#[cfg(all(target_arch = "wasm32", feature = "js-columns"))]
#[doc(hidden)]
pub use bindings::columns as columns_in_wasm;

pub use bindings::{call, call_lines};
pub use cycle::{Cycle, Unit};
pub use date::Date;
pub use decline::{Decline, Retry};
pub use error::{Code, Error, Errors};
pub use indicator::{
    AmountKind, EstablishedBy, Indication, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing,
    select_indicator,
};
pub use json::{from_json, to_json};
pub use minimum_term::{Commitment, Notice, NoticeTo};
pub use money::{Currency, Money, Rounding, RoundingRule};
pub use payment::{PaidPeriod, Payment, PaymentKind};
pub use preview::reminders::{ReminderDays, ReminderKind, SchemeReminder};
pub use preview::{EndBound, Preview, PreviewEnd, PreviewOptions, PreviewedPayment, Trial};
pub use pricing::discount::{Discount, Off};
pub use pricing::document::{Document, DocumentTax};
pub use pricing::fraction::Fraction;
pub use pricing::item::{Item, Tier, TierMode, UnitPrice};
pub use pricing::line::{Line, LineKind, LineRule, LineTax, Span};
pub use pricing::percent::Percent;
pub use pricing::period_price::{PeriodPriceInput, period_price};
pub use pricing::price::{Items, Price};
pub use pricing::proration::{
    Direction, Effective, NextPayment, PlanChange, ProrateInput, Proration, Settle, Settled, prorate,
};
pub use pricing::quantities::Quantities;
pub use pricing::share::FirstPeriod;
pub use pricing::step::Step;
pub use pricing::tax::{TaxRate, Taxes};
pub use provider::Provider;
pub use retry::{Decision, OnExhausted, PlanRetryInput, RetryAttempt, RetryPlan, RetryPolicy, plan_retry};
pub use schedule::{Bound, DateRange, DueDates, LastPayment, Period, Schedule};
pub use subscription::{
    Action, Adjusted, Between, CancellationOptions, CancellationQuote, ChargeStatus, Current, EndReason, Entitlement,
    EntitlementReason, Event, Failure, FinalPayment, Imported, Moment, MoneyBack, MovedStub, NextCharge, Overpayment,
    OverpaymentReason, Overview, OverviewOptions, PauseDays, PendingPlanChange, Phase, PlanChangeQuote, RefundPart,
    ReplacedBy, Resumption, Script, Simulation, Status, Subscription, When,
};
pub use terms::{MissedPayments, Terms};

/// The examples of the README, run together with those of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// The examples of the page about large books.
#[cfg(doctest)]
#[doc = include_str!("../docs/how-to/scale.md")]
struct Scale;
