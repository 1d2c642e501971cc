//! The balance: how it changes, and the amount of a payment after it is applied (R3.7, R5.12).

use super::adjusting;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::note::Note;
use crate::pricing::proration::from_balance;
use crate::pricing::scheduled::PricedSchedule;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Sets the balance. Of one in the customer's favour, what was given is used first (R5.12).
pub(crate) fn set(life: &mut Subscription, balance: Money) -> Result<(), Error> {
    let raised = balance.plus(life.balance.negated())?.at_least_zero();
    let given = given(life).plus(raised.negated())?.at_least_zero();
    life.balance = balance;
    set_given(life, given);
    Ok(())
}

/// Lowers the balance by an amount that was paid for; where that is below 0, it raises it.
pub(crate) fn lower(life: &mut Subscription, by: Money) -> Result<(), Error> {
    set(life, life.balance.plus(by.negated())?)
}

/// Lowers the balance by an amount that is given: it pays a debt first.
pub(crate) fn give(life: &mut Subscription, amount: Money) -> Result<(), Error> {
    let given = given(life).plus(amount)?;
    life.balance = life.balance.plus(amount.negated())?;
    set_given(life, given);
    Ok(())
}

/// Raises the balance by an amount that the customer got back: none of it was given.
pub(crate) fn pay_out(life: &mut Subscription, amount: Money) -> Result<(), Error> {
    life.balance = life.balance.plus(amount)?;
    Ok(())
}

fn given(life: &Subscription) -> Money {
    life.state.given.unwrap_or(life.nothing())
}

fn set_given(life: &mut Subscription, given: Money) {
    let given = given.at_most(life.balance.negated().at_least_zero());
    life.state.given = Some(given).filter(|given| given.amount() > 0);
}

/// Returns the part of a balance in the customer's favour that was paid for.
pub(crate) fn paid_for(balance: Money, given: Option<Money>) -> Result<Money, Error> {
    let favour = balance.negated().at_least_zero();
    given.map_or(Ok(favour), |given| favour.plus(given.negated())).map(Money::at_least_zero)
}

/// Returns the balance without what was given: below zero it is to be paid out.
pub(crate) fn without_given(life: &Subscription) -> Result<Money, Error> {
    life.balance.plus(given(life))
}

/// Returns the part of the balance that can be paid out: paid for, and not used by an open payment.
pub(crate) fn free(life: &Subscription) -> Result<Money, Error> {
    let used = |record: &Record| record.from_balance.map(|from_balance| from_balance.negated().at_least_zero());
    let mut reserved = life.nothing();
    for used in life.state.ledger.open().filter_map(used) {
        reserved = reserved.plus(used)?;
    }
    let given = given(life).plus(reserved.negated())?.at_least_zero();
    paid_for(life.balance.plus(reserved)?, Some(given))
}

/// Sets the amount of a record by its lines and the balance. A balance in the customer's favour pays as much as it can; one
/// against the customer is collected with the schedule's own payments (R3.7).
pub(crate) fn charge(life: &Subscription, record: &mut Record, mut lines: Vec<Line>) -> Result<(), Errors> {
    let gross = lines.iter().map(|line| line.amount).try_fold(life.nothing(), Money::plus)?;
    let balance = unreserved(life, record)?;
    let from_balance = if record.is_own() && balance.amount() > 0 && !life.terms.is_internal() {
        // A credit above the price goes to the balance.
        balance.negated().at_most(gross).negated()
    } else {
        from_balance(balance, gross)?
    };
    record.amount = gross.plus(from_balance)?;
    record.from_balance = None;
    if from_balance.amount() != 0 {
        record.from_balance = Some(from_balance);
        lines.push(line(from_balance, balance));
    }
    let agreed = if record.is_own() { agreed_amount(life, record)? } else { None };
    record.amount_kind = PricedSchedule::amount_kind(agreed, record.amount);
    record.lines = lines;
    Ok(())
}

/// Returns a record that uses nothing of the balance.
pub(crate) fn left_out(mut record: Record) -> Result<Record, Error> {
    record.amount = record.gross()?;
    record.from_balance = None;
    record.lines.retain(|line| line.kind != LineKind::Balance);
    Ok(record)
}

/// Returns a record with the balance as it is now.
pub(crate) fn renewed(life: &Subscription, record: Record) -> Result<Record, Errors> {
    let mut record = left_out(record)?;
    let lines = std::mem::take(&mut record.lines);
    charge(life, &mut record, lines)?;
    Ok(record)
}

/// Returns the amount that was agreed for a payment of the schedule.
fn agreed_amount(life: &Subscription, record: &Record) -> Result<Option<Money>, Error> {
    if !adjusting::of(life, &life.current).is_nothing() {
        return adjusting::standing(life);
    }
    record.costs().map(|costs| costs.sum()).transpose()
}

/// Returns the balance without the part that other open payments use.
fn unreserved(life: &Subscription, record: &Record) -> Result<Money, Error> {
    let others = life.state.ledger.open().filter(|other| other.key() != record.key());
    let mut balance = life.balance;
    for reserved in others.filter_map(|other| other.from_balance) {
        balance = balance.plus(reserved.negated())?;
    }
    Ok(balance)
}

/// Returns the line of an amount that a balance pays, or that is collected for it.
pub(crate) fn line(amount: Money, balance: Money) -> Line {
    Line::apart(LineKind::Balance, amount, LineRule::Balance, Note::amount("balance of ", balance))
}

/// Returns the balance after an open payment is paid, including what a change has left to it.
pub(crate) fn after(life: &Subscription, record: &Record) -> Result<Money, Error> {
    let balance = life.balance.plus(record.gross()?)?.plus(record.amount.negated())?;
    record.left.as_ref().map_or(Ok(balance), |left| balance.plus(left.net))
}
