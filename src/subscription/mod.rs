//! The life of a subscription: its next action, and the effect of events (R5).
//!
//! There is one path. `apply` receives an event, `days::step` advances the subscription to its day, one handler per event changes it, and
//! only the `ledger` writes the records of payments. `days::next_action` only reads.
//!
//! A room uses those before it, and none after it: `records`, `owed`, `days`, `payments`, `quotes`, `changes`.

mod action;
mod api;
mod apply;
mod changes;
mod create;
mod days;
mod event;
mod owed;
mod payments;
mod quotes;
mod reading;
mod records;
mod simulate;
mod status;
mod stored;

pub use action::Action;
pub use create::Imported;
#[cfg(feature = "life")]
pub(crate) use create::create_subscription;
pub use event::{Between, ChargeStatus, Event, FinalPayment, MoneyBack, ReplacedBy, Resumption, When};
pub use payments::money_back::plan::RefundPart;
pub use quotes::cancellation_quote::{CancellationOptions, CancellationQuote};
pub use quotes::plan_change_quote::PlanChangeQuote;
pub use reading::{Entitlement, EntitlementReason, NextCharge, Overview, OverviewOptions, PauseDays, Phase};
pub use records::adjusted::Adjusted;
pub use records::overpaid::{Overpayment, OverpaymentReason};
pub use records::pending_change::PendingPlanChange;
pub use records::state::{Current, EndReason, MovedStub, Subscription};
pub use simulate::{Failure, Moment, Script, Simulation};
pub use status::Status;
