//! The amount of a payment after the balance is applied (R3.7).

use super::record::Record;
use super::state::Subscription;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::note::Note;
use crate::pricing::proration::from_balance;
use crate::pricing::scheduled::PricedSchedule;

/// Returns a record with the amount of its lines and the balance. A balance in the customer's favour pays as much as it
/// can; one against the customer is collected with the schedule's own payments (R3.7).
pub(super) fn charged(life: &Subscription, mut record: Record, mut lines: Vec<Line>) -> Result<Record, Errors> {
    let gross = lines.iter().map(|line| line.amount).try_fold(life.nothing(), Money::plus)?;
    let balance = unreserved(life, &record)?;
    let from_balance = if record.is_own() && balance.amount() > 0 && !life.terms.is_internal() {
        balance
    } else {
        from_balance(balance, gross)?
    };
    record.amount = gross.plus(from_balance)?;
    record.from_balance = None;
    if from_balance.amount() != 0 {
        record.from_balance = Some(from_balance);
        lines.push(line(from_balance, balance));
    }
    let price = if record.is_own() { record.price() } else { None };
    record.amount_kind = PricedSchedule::amount_kind(price, record.amount);
    record.lines = lines;
    Ok(record)
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
pub(super) fn line(amount: Money, balance: Money) -> Line {
    Line::apart(LineKind::Balance, amount, LineRule::Balance, Note::amount("balance of ", balance))
}

/// Returns the balance after an open payment is paid, including what a change has left to it.
pub(super) fn after(life: &Subscription, record: &Record) -> Result<Money, Error> {
    let balance = life.balance.plus(record.gross()?)?.plus(record.amount.negated())?;
    record.left.map_or(Ok(balance), |left| balance.plus(left.net))
}
