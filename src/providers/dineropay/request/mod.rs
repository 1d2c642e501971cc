//! Requests to DineroPay.

pub(super) mod amount;
pub(super) mod hash;
pub(super) mod order;
pub(super) mod payment;
pub(super) mod schedule;
pub(super) mod session;
