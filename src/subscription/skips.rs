//! Skipping the numbers that are to be skipped (R5.10, R5.13).

use super::due;
use super::record::{PaymentStatus, Record};
use super::seen::Seen;
use super::state::Subscription;
use crate::error::Errors;

/// Skips the next number if it is to be skipped. A payment that is open before it is settled first.
pub(super) fn next(life: &mut Seen<'_>) -> Result<bool, Errors> {
    if life.state.skips.is_empty() {
        return Ok(false);
    }
    let Some(own) = due::next_of_schedule(life)?.filter(|own| is_skipped(life, own)) else { return Ok(false) };
    let number = own.number;
    let life = life.change();
    life.state.ledger.close(own, PaymentStatus::Skipped);
    life.state.skips.retain(|numbers| numbers.last > number);
    Ok(true)
}

fn is_skipped(life: &Subscription, own: &Record) -> bool {
    !own.was_attempted() && life.state.skips.iter().any(|numbers| numbers.has(own.number))
}
