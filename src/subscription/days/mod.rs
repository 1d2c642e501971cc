//! The passing of days: what a day changes, and the next action.

pub(super) mod advance;
pub(super) mod commit;
pub(super) mod decision;
pub(super) mod end;
pub(super) mod force_days;
pub(super) mod in_force;
pub(super) mod moved;
pub(super) mod next_action;
pub(super) mod next_action_on;
pub(super) mod offer;
pub(super) mod pause_end;
pub(super) mod pending;
pub(super) mod skips;
pub(super) mod step;
