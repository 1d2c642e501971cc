//! Requests to Nexi.

pub(super) mod advice;
pub(super) mod bulk;
pub(super) mod charge;
pub(super) mod checkout;
pub(super) mod create;
pub(super) mod order;
pub(super) mod settle;
