//! The life of a subscription: what has to happen next, and what follows from what has happened (R5).

mod action;
mod apply;
mod attempt;
mod beside;
mod change;
mod create;
mod ending;
mod event;
mod next;
mod passing;
mod pause;
mod payment;
mod quote;
mod record;
mod reported;
mod simulate;
mod state;
mod terms;

pub use action::Action;
pub use apply::apply_event;
pub use create::{Adopted, create_subscription};
pub use ending::{CancelQuote, cancel_quote};
pub use event::{ChargeStatus, Event, ReplacedBy, Resumption, When};
pub use next::next_action;
pub use payment::{PaidPeriod, Payment, PaymentKind};
pub use quote::{ChangePlan, change_plan};
pub use simulate::{Failure, Moment, Script, Simulation, simulate};
pub use state::{Current, Status, Subscription, Surplus, SurplusReason};
pub use terms::{CatchUp, Terms};
