//! The handlers of events that change what was agreed.

pub(super) mod cancel;
pub(super) mod dates;
pub(super) mod pause;
pub(super) mod plan_change;
pub(super) mod reschedule;
pub(super) mod skip;
