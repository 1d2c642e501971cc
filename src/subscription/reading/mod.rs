//! Reading what is stored (R11): nothing here changes anything.

mod committed;
mod earliest_end;
mod entitlement;
mod overview;
mod phase;
mod replay;
mod scheme_reminders;
mod upcoming;

pub use self::entitlement::{Entitlement, EntitlementReason};
pub(in crate::subscription) use self::overview::overview;
pub use self::overview::{NextCharge, Overview, OverviewOptions, PauseDays};
pub use self::phase::Phase;
pub(in crate::subscription) use self::replay::replay;
pub(in crate::subscription) use self::upcoming::upcoming;
