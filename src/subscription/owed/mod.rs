//! What each side owes the other: payments that are due, days that are paid for, the balance and the service.

pub(super) mod adjusting;
pub(super) mod assess;
pub(super) mod availability;
pub(super) mod balance;
pub(super) mod blocked;
pub(super) mod due;
pub(super) mod guard;
pub(super) mod known_id;
pub(super) mod last_day;
pub(super) mod minimum_term;
pub(super) mod open_payment;
pub(super) mod overlap;
pub(super) mod seen;
pub(super) mod service;
pub(super) mod shortened;
pub(super) mod unused;
pub(super) mod verification;
