//! Days that were paid for twice, as the next payment was moved to an earlier day (R5.13).

use super::balance;
use super::shortened;
use super::unused::{self, Unused};
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::pricing::bill;
use crate::pricing::line::Line;
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// Returns the credit for the days from the due date of a number on that an earlier period contains (R3.2, R3.9).
pub(crate) fn credit(life: &Subscription, number: PaymentNumber, due_date: Date) -> Result<Vec<Line>, Error> {
    before(life, number, due_date)?.map_or(Ok(Vec::new()), |unused| unused.lines())
}

fn before(life: &Subscription, number: PaymentNumber, due_date: Date) -> Result<Option<Unused>, Error> {
    let ends_later = |record: &Record| record.period.is_some_and(|period| due_date < period.end);
    let is_before = |record: &&Record| record.number < number && record.is_paid_for() && ends_later(record);
    match life.state.ledger.own().rfind(is_before) {
        Some(record) => unused::from_start(life, record, due_date),
        None => Ok(None),
    }
}

/// Ends the period before a payment that was made on its due date. Money that went back or came again since the credit was
/// computed would have changed it: the difference goes to the balance (R5.12).
pub(crate) fn settle(life: &mut Subscription, payment: PaymentKey) -> Result<(), Errors> {
    let Some(record) = life.state.ledger.get(payment).filter(|record| record.is_own()) else { return Ok(()) };
    let (number, start, credited) = (record.number, record.due_date, credited(record, life.nothing())?);
    if let Some(unused) = before(life, number, start)? {
        let (rule, after) = (life.terms.rule()?, life.state.refunds.count());
        life.state.refunds.spend(unused.before, unused.last, after, rule)?;
        if let Some(credited) = credited {
            balance::lower(life, unused.amount.plus(credited.negated())?)?;
        }
    }
    life.state.ledger.cut_before(payment);
    credit_anew(life, number)
}

/// Computes the credits of the payments after a number anew that were begun before it was paid: it has credited the days.
fn credit_anew(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    let credits = |own: &&Record| shortened::of_days_before(own).next().is_some();
    let later = life.state.ledger.own().filter(|own| own.number > number && own.is_open() && own.is_unbegun());
    let later: Vec<Record> = later.filter(credits).cloned().collect();
    for mut record in later {
        let mut lines = credit(life, record.number, record.due_date)?;
        lines.extend(record.lines.iter().skip(shortened::of_days_before(&record).count()).cloned());
        record.lines = lines;
        let renewed = balance::renewed(life, record)?;
        life.state.ledger.replace(balance::left_out(renewed)?);
    }
    Ok(())
}

/// Returns what a payment credits of the period before; `None` once its lines are not kept.
fn credited(record: &Record, nothing: Money) -> Result<Option<Money>, Error> {
    if record.lines.is_empty() {
        return Ok(None);
    }
    let credit = bill::sum(shortened::of_days_before(record), nothing.currency())?;
    Ok(Some(credit.negated()))
}
