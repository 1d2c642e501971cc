//! Refunds and chargebacks.

use super::amount::check_at_most;
use super::named::{Named, is_of_schedule};
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::subscription::days::end;
use crate::subscription::event::MoneyBack;
use crate::subscription::owed::balance;
use crate::subscription::owed::guard;
use crate::subscription::owed::known_id;
use crate::subscription::owed::unused;
use crate::subscription::records::card::CardBlock;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::mark::Mark;
use crate::subscription::records::over::Over;
use crate::subscription::records::record::Record;
use crate::subscription::records::refunds::{Pool, Refund};
use crate::subscription::records::state::Subscription;

/// A refund or a chargeback as it is reported.
pub(super) struct Reported<'a> {
    pub(super) id: &'a str,
    pub(super) amount: Money,
    pub(super) kind: MoneyBack,
    pub(super) named: Named<'a>,
    pub(super) on: Date,
}

impl Reported<'_> {
    fn content(&self) -> Agreed {
        let mut content = Agreed::new("refunded 1");
        content.money("amount", self.amount);
        content.word("kind", self.kind.as_str());
        self.named.write(&mut content);
        content
    }
}

/// Applies `refunded`.
pub(super) fn refund(life: &mut Subscription, reported: &Reported<'_>) -> Result<(), Errors> {
    let Reported { id, amount, kind, ref named, on } = *reported;
    named.check()?;
    if known_id::is_known(life, id, reported.content())? {
        return Ok(());
    }
    guard::amount_above_zero(life, amount)?;
    let attempt = named.payment(life)?;
    let Some(record) = life.state.ledger.get(attempt.payment).cloned() else {
        return Err(named.unknown("expected the reference of a payment that was made").into());
    };
    check_at_most(amount, left(life, &record)?, "which the payment collected and has not given back")?;
    // A payment that was made elsewhere was made with the first card.
    let card = record.settled_by().map_or(0, |(_, attempt)| attempt.card);
    let is_beside = !is_of_schedule(attempt.payment, &record);
    let mut refund = Refund {
        id: Mark::of(id),
        payment: attempt.payment,
        due_date: record.due_date,
        kind,
        card,
        amount,
        pool: None,
        off_unused: None,
        off_balance: None,
        is_beside,
        is_after_end: life.state.over.is_some(),
    };
    if !is_beside {
        split(life, &mut refund, on)?;
    }
    life.state.refunds.add(refund);
    if kind == MoneyBack::Chargeback {
        block_card(life, card, on)?;
    }
    Ok(())
}

/// Returns what a payment collected and has not given back.
pub(super) fn left(life: &Subscription, record: &Record) -> Result<Money, Error> {
    let mut left = record.taken(life.nothing());
    for back in life.state.refunds.of(record.key()) {
        left = left.plus(back.negated())?;
    }
    Ok(left)
}

/// Subtracts an amount from the unused part, then from the balance that was paid for; the rest is forgiven (R5.12).
fn split(life: &mut Subscription, refund: &mut Refund, on: Date) -> Result<(), Errors> {
    let (pool, unused) = match &life.state.over {
        Some(over) => pool_at_end(life, over, on)?,
        None => pool_on(life, refund, on)?,
    };
    let off_unused = refund.amount.at_most(unused);
    let rest = refund.amount.plus(off_unused.negated())?;
    let off_balance = rest.at_most(balance::free(life)?);
    balance::pay_out(life, off_balance)?;
    refund.pool = pool;
    refund.set(off_unused, off_balance);
    Ok(())
}

/// Returns the unused part of the period of a payment, and what is left of it. Of a period to come all of it is unused.
fn pool_on(life: &Subscription, refund: &Refund, day: Date) -> Result<(Option<Pool>, Money), Error> {
    let paid = |own: &&Record| is_within(own, refund.payment, refund.due_date) && !own.is_open();
    let own = life.state.ledger.own().rfind(paid);
    let starts = own.and_then(|own| own.period).map_or(day, |period| period.start);
    let on = day.max(starts);
    let own = own.filter(|own| own.covers(on));
    let Some(unused) = own.map_or(Ok(None), |own| unused::of(life, own, on))? else {
        return Ok((None, life.nothing()));
    };
    let pool = Pool { number: unused.last.number, on, days: unused.last.days, unused: unused.before, spent: None };
    Ok((Some(pool), unused.amount))
}

/// Returns whether a payment is one of a period: the period's own, or of a plan change in it. A pause can have moved a period as a whole
/// that began on the day of the change.
pub(in crate::subscription) fn is_within(own: &Record, payment: PaymentKey, due_date: Date) -> bool {
    payment == own.key() || payment.extra > 0 && (own.covers(due_date) || own.due_date == due_date)
}

/// Returns the part that was unused at the end, less the debt, and what has not gone back of it since. Every payment of the
/// schedule comes off it.
fn pool_at_end(life: &Subscription, over: &Over, on: Date) -> Result<(Option<Pool>, Money), Error> {
    let unused = end::unused_less_debt(life, over)?;
    let mut left = unused;
    for refund in life.state.refunds.iter().filter(|refund| refund.is_after_end) {
        left = left.plus(refund.off_unused().negated())?;
    }
    Ok((Some(Pool { number: over.number, on, days: 1, unused, spent: None }), left.at_least_zero()))
}

/// Blocks the card of a charge that was charged back, if it is the present one.
fn block_card(life: &mut Subscription, card: u32, on: Date) -> Result<(), Errors> {
    if card != life.state.card.number || life.status.is_final() {
        return Ok(());
    }
    if life.state.card.block.is_none() {
        life.state.card.block(CardBlock::Chargeback, on);
    }
    life.state.ledger.forget_lifted_blocks(life.currency())?;
    Ok(())
}
