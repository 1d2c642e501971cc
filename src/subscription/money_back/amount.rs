//! What the amount of an event may be.

use crate::error::{Code, Error};
use crate::money::Money;
use crate::subscription::state::Subscription;

pub(super) const AMOUNT: &str = "/event/amount/amount";

/// Returns an error for an amount in another currency, or of 0 and below.
pub(super) fn check_amount(life: &Subscription, amount: Money) -> Result<(), Error> {
    life.terms.price.same_currency(amount, "/event/amount/currency")?;
    if amount.amount() <= 0 {
        return Err(Error::new(Code::OutOfRange, AMOUNT, "expected an amount above zero"));
    }
    Ok(())
}

/// Returns an error for an amount above the most there is.
pub(super) fn check_at_most(amount: Money, most: Money, of: &str) -> Result<(), Error> {
    if amount.amount() <= most.amount() {
        return Ok(());
    }
    let message = ["expected at most `", &most.text(), "`, ", of].concat();
    Err(Error::new(Code::OutOfRange, AMOUNT, message))
}
