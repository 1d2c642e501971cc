//! What is stored of a life. Only the `ledger` writes the records of payments.

pub(super) mod adjusted;
pub(super) mod attempt;
pub(super) mod card;
pub(super) mod key;
pub(super) mod ledger;
pub(super) mod mark;
pub(super) mod numbers;
pub(super) mod over;
pub(super) mod overpaid;
pub(super) mod paused;
pub(super) mod pending_change;
pub(super) mod record;
pub(super) mod record_days;
pub(super) mod record_price;
pub(super) mod refunds;
pub(super) mod requested;
pub(super) mod requests;
pub(super) mod settled;
pub(super) mod state;
pub(super) mod symbols;
