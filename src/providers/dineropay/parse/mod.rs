//! DineroPay's responses, read leniently (R7.5).

pub(super) mod payment;
pub(super) mod schedule;
pub(super) mod status;
