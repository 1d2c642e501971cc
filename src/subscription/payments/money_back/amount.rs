//! The most that the amount of an event may be.

use crate::error::{Code, Error};
use crate::money::Money;

pub(super) const AMOUNT: &str = "/event/amount/amount";

/// Returns an error for an amount above the most there is.
pub(super) fn check_at_most(amount: Money, most: Money, of: &str) -> Result<(), Error> {
    if amount.amount() <= most.amount() {
        return Ok(());
    }
    let message = ["expected at most `", &most.text(), "`, ", of].concat();
    Err(Error::new(Code::OutOfRange, AMOUNT, message))
}
