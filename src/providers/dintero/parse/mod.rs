//! Dintero's responses, read leniently (R7.5).

pub(super) mod access_token;
pub(super) mod change;
pub(super) mod charge;
pub(super) mod decline;
pub(super) mod session;
pub(super) mod tokens;
pub(super) mod transaction;
