//! Requests to A55.

pub(super) mod amount;
pub(super) mod charge;
pub(super) mod create;
pub(super) mod operations;
pub(super) mod threeds;
pub(super) mod token;
