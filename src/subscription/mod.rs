//! The life of a subscription: what has to happen next, and what follows from what has happened (R5).

mod action;
mod advance;
mod apply;
mod attempt;
mod availability;
mod cancel;
mod create;
mod event;
mod in_force;
mod next_action;
mod open_payment;
mod outcome;
mod pause;
mod pending;
mod plan_change;
mod plan_change_quote;
mod provider_charge;
mod record;
mod scheduled;
mod simulate;
mod state;
mod unscheduled;

pub use action::Action;
pub use apply::apply_event;
pub use cancel::{CancellationOptions, CancellationQuote, quote_cancellation};
pub use create::{Imported, create_subscription};
pub use event::{ChargeStatus, Event, FinalPayment, ReplacedBy, Resumption, When};
pub use next_action::next_action;
pub use plan_change_quote::{PendingPlanChange, PlanChangeQuote, quote_plan_change};
pub use simulate::{Failure, Moment, Script, Simulation, simulate};
pub use state::{Current, Overpayment, OverpaymentReason, Status, Subscription};
