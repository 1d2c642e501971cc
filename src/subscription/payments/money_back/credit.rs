//! Amounts that are given to the customer, and a balance that is paid out.

use super::amount::check_at_most;
use crate::digest::Agreed;
use crate::error::Errors;
use crate::money::Money;
use crate::subscription::days::end;
use crate::subscription::owed::balance;
use crate::subscription::owed::guard;
use crate::subscription::owed::known_id;
use crate::subscription::records::state::Subscription;

/// Applies `credited`.
pub(super) fn credit(life: &mut Subscription, id: &str, amount: Money, note: Option<&str>) -> Result<(), Errors> {
    let mut content = Agreed::new("credited 1");
    content.money("amount", amount);
    content.word("note", note.unwrap_or_default());
    if known_id::is_known(life, id, content)? {
        return Ok(());
    }
    guard::scheduled_here(life)?;
    guard::amount_above_zero(life, amount)?;
    balance::give(life, amount)?;
    end::reprice_final(life)?;
    Ok(())
}

/// Applies `balance_paid_out`.
pub(super) fn pay_out(life: &mut Subscription, id: &str, amount: Money) -> Result<(), Errors> {
    let mut content = Agreed::new("balance_paid_out 1");
    content.money("amount", amount);
    if known_id::is_known(life, id, content)? {
        return Ok(());
    }
    guard::amount_above_zero(life, amount)?;
    check_at_most(amount, balance::free(life)?, "which is the balance that was paid for")?;
    balance::pay_out(life, amount)?;
    let nothing = life.nothing();
    if let Some(over) = &mut life.state.over {
        over.paid_out = Some(over.paid_out.unwrap_or(nothing).plus(amount)?);
    }
    Ok(())
}
