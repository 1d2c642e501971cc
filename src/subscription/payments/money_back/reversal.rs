//! Money that had gone back and came again: everything becomes as if that money had not gone back (R5.12).

use super::amount::{AMOUNT, check_at_most};
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::money::Money;
use crate::subscription::days::end;
use crate::subscription::event::MoneyBack;
use crate::subscription::owed::balance;
use crate::subscription::owed::guard;
use crate::subscription::owed::known_id;
use crate::subscription::records::card::CardBlock;
use crate::subscription::records::mark::Mark;
use crate::subscription::records::refunds::Refund;
use crate::subscription::records::state::Subscription;

/// Applies `refund_reversed`.
pub(super) fn reverse(life: &mut Subscription, id: &str, of: &str, amount: Option<Money>) -> Result<(), Errors> {
    let mut content = Agreed::new("refund_reversed 1");
    content.word("of", of);
    if let Some(amount) = amount {
        content.money("amount", amount);
    }
    if known_id::is_known(life, id, content)? {
        return Ok(());
    }
    let id = Mark::of(of);
    let Some((index, refund)) = life.state.refunds.iter().copied().enumerate().find(|(_, refund)| refund.id == id)
    else {
        let message = "expected the id of a `refunded` event of this subscription";
        return Err(Error::new(Code::UnknownReference, "/event/of", message).into());
    };
    let by = amount.unwrap_or(refund.amount);
    if refund.amount.amount() == 0 {
        let message = "cannot reverse because all of this money has come again";
        return Err(Error::new(Code::OutOfRange, AMOUNT, message).into());
    }
    guard::amount_above_zero(life, by)?;
    check_at_most(by, refund.amount, "which has gone back and not come again")?;
    take_back(life, index, by)?;
    if refund.kind == MoneyBack::Chargeback {
        unblock_card(life);
    }
    Ok(())
}

/// Lowers a refund, and uses what that frees for the money that went back later.
fn take_back(life: &mut Subscription, index: usize, by: Money) -> Result<(), Errors> {
    let unused_before = life.state.over.as_ref().map(|over| end::unused_at(life, over)).transpose()?;
    let mut freed = life.nothing();
    if let Some(refund) = life.state.refunds.list_mut().get_mut(index) {
        refund.amount = refund.amount.plus(by.negated())?;
        let off_unused = refund.off_unused().at_most(refund.amount);
        freed = freed.plus(settle(refund, off_unused)?)?;
    }
    freed = freed.plus(again_off_unused(life, index)?)?;
    if let (Some(over), Some(before)) = (life.state.over, unused_before) {
        let after = end::unused_at(life, &over)?;
        end::settle_debt_again(life, &over, (before, after))?;
        freed = freed.plus(again_after_end(life, index)?)?;
    }
    for later in life.state.refunds.list_mut().iter_mut().skip(index.saturating_add(1)).filter(|later| !later.is_beside)
    {
        let more = later.forgiven()?.at_most(freed.at_least_zero());
        later.set(later.off_unused(), later.off_balance().plus(more)?);
        freed = freed.plus(more.negated())?;
    }
    balance::lower(life, freed)?;
    end::reprice_final(life)?;
    Ok(())
}

/// Sets how much a refund comes off the unused part; what it subtracts from the balance is at most the rest. Returns what the
/// balance gets back.
fn settle(refund: &mut Refund, off_unused: Money) -> Result<Money, Error> {
    let before = refund.off_balance();
    let off_balance = before.at_most(refund.amount.plus(off_unused.negated())?);
    refund.set(off_unused, off_balance);
    before.plus(off_balance.negated())
}

/// Computes anew what came off the unused part of the same period later, and the credits that were lower by it. Returns what
/// the balance gets back.
fn again_off_unused(life: &mut Subscription, index: usize) -> Result<Money, Error> {
    let (rule, nothing) = (life.terms.rule()?, life.nothing());
    let list = life.state.refunds.list_mut();
    let mut freed = nothing;
    let Some(pool) = list.get(index).filter(|refund| !refund.is_after_end).and_then(|refund| refund.pool) else {
        return Ok(freed);
    };
    for later in index.saturating_add(1)..list.len() {
        let (earlier, rest) = list.split_at_mut(later);
        let Some(refund) = rest.first_mut() else { break };
        if !refund.is_of_pool(pool.number) {
            continue;
        }
        let off_unused = refund.amount.at_most(refund.unused_after(earlier, rule)?);
        freed = freed.plus(settle(refund, off_unused)?)?;
    }
    freed.plus(Refund::spend_again(list, pool.number, rule, nothing)?)
}

/// The same for what came off the unused part after the end.
fn again_after_end(life: &mut Subscription, index: usize) -> Result<Money, Error> {
    let Some(over) = life.state.over else { return Ok(life.nothing()) };
    let mut left = end::unused_less_debt(life, &over)?;
    let mut freed = life.nothing();
    for (place, refund) in
        life.state.refunds.list_mut().iter_mut().enumerate().filter(|(_, refund)| refund.is_after_end)
    {
        if place > index {
            let off_unused = refund.amount.at_most(left);
            freed = freed.plus(settle(refund, off_unused)?)?;
        }
        left = left.plus(refund.off_unused().negated())?.at_least_zero();
    }
    Ok(freed)
}

/// Lifts the block of a chargeback that is reversed whole, if no other chargeback blocks the card.
fn unblock_card(life: &mut Subscription) {
    let card = life.state.card.number;
    let blocks =
        |refund: &Refund| refund.kind == MoneyBack::Chargeback && refund.card == card && refund.amount.amount() > 0;
    if life.state.card.block == Some(CardBlock::Chargeback) && !life.state.refunds.iter().any(blocks) {
        life.state.card.block = None;
    }
}
