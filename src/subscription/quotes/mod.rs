//! What a change or a cancellation would do, before it is made.

pub(super) mod ahead;
pub(super) mod cancellation_quote;
pub(super) mod plan_change_quote;
pub(super) mod quote;
