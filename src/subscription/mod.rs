//! The life of a subscription: what has to happen next, and what becomes of it when something has happened (R5).

mod action;
mod apply;
mod event;
mod payment;
mod record;
mod simulate;
mod state;
mod terms;

pub use action::{Action, next_action};
pub use apply::apply_event;
pub use event::{Event, When};
pub use payment::{PaidPeriod, Payment, PaymentKind};
pub use simulate::{Failure, Moment, Script, Simulation, simulate};
pub use state::{Adopted, Current, Status, Subscription, Surplus, SurplusReason, create_subscription};
pub use terms::Terms;
