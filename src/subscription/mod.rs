//! The life of a subscription: its next action, and the effect of events (R5).
//!
//! There is one path. `apply` receives an event, `step` advances the subscription to its day, one handler per event
//! changes it, and only the `ledger` writes the records of payments. `next_action` only reads.

// Stored data.
mod adjusted;
mod attempt;
mod card;
mod key;
mod last_day;
mod ledger;
mod mark;
mod numbers;
mod overpaid;
mod paused;
mod pending_change;
mod record;
mod record_days;
mod record_price;
mod refunds;
mod requested;
mod requests;
mod settled;
mod state;
mod status;
mod stored;
mod symbols;

// Computed from it: nothing here changes anything.
mod adjusting;
mod assess;
mod availability;
mod balance;
mod blocked;
mod cancellation_quote;
mod decision;
mod due;
mod force_days;
mod guard;
mod known_id;
mod minimum_term;
mod next_action;
mod next_action_on;
mod offer;
mod open_payment;
mod over;
mod overlap;
mod plan_change_quote;
mod quote;
mod reading;
mod seen;
mod service;
mod shortened;
mod unused;

// The passing of days.
mod advance;
mod ahead;
mod commit;
mod end;
mod in_force;
mod moved;
mod pause_end;
mod pending;
mod skips;
mod step;

// The handlers of events.
mod apply;
mod cancel;
mod dates;
mod decline;
mod finish;
mod money_back;
mod pause;
mod plan_change;
mod provider_charge;
mod recall;
mod replace_card;
mod request;
mod reschedule;
mod skip;
mod start;
mod success;
mod unscheduled;
mod verification;

// The public API.
mod action;
mod api;
mod create;
mod event;
mod simulate;

pub use action::Action;
pub use adjusted::Adjusted;
pub use cancellation_quote::{CancellationOptions, CancellationQuote};
pub use create::Imported;
#[cfg(feature = "life")]
pub(crate) use create::create_subscription;
pub use event::{Between, ChargeStatus, Event, FinalPayment, MoneyBack, ReplacedBy, Resumption, When};
pub use money_back::plan::RefundPart;
pub use overpaid::{Overpayment, OverpaymentReason};
pub use pending_change::PendingPlanChange;
pub use plan_change_quote::PlanChangeQuote;
pub use reading::{Entitlement, EntitlementReason, NextCharge, Overview, OverviewOptions, PauseDays, Phase};
pub use simulate::{Failure, Moment, Script, Simulation};
pub use state::{Current, EndReason, MovedStub, Subscription};
pub use status::Status;
