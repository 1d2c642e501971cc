//! Requests to Dintero.

pub(super) mod charge;
pub(super) mod order;
pub(super) mod session;
pub(super) mod tokens;
pub(super) mod transaction;
pub(super) mod upgrade;
