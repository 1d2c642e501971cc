//! What is invalid in a plan change on any day (R3.5 to R3.7).

use super::change::{PlanChange, Settle};
use super::restart::another_cycle;
use crate::error::{Code, Error, Errors, Problems};
use crate::money::{Currency, Money, RoundingRule};
use crate::pricing::price::Price;
use crate::schedule::Schedule;

/// Checks what is invalid in a change on any day.
pub(crate) fn check(change: &PlanChange, schedule: &Schedule, from: &Price, rule: RoundingRule) -> Result<(), Errors> {
    let PlanChange { ref to, ref quantities, settle, payment_count, .. } = *change;
    let cycle = another_cycle(change, schedule);
    let mut problems = Problems::default();
    match (to, quantities) {
        (None, None) if !change.adjusts() => {
            problems.push(Code::MissingField, "/to", "expected `to` or `quantities`, got nothing");
        }
        (None, _) if change.cycle.is_some() => {
            let message = "expected `to`, the price of a full period, as a cycle is given";
            problems.push(Code::MissingField, "/to", message);
        }
        _ => {}
    }
    if let Some(to) = to {
        problems.take(to.check(rule, "/to"));
        problems.check(same_currency(from.currency(), to));
    }
    if let Some(quantities) = quantities {
        let after = to.as_ref().unwrap_or(from);
        if problems.check(quantities.check(after)).is_some() {
            problems.check(quantities.of_price(after).sum(rule).map_err(|error| error.prefixed("/quantities")));
        }
    }
    change.beside().check(from, rule, &mut problems);
    if cycle.is_some() && settle == Some(Settle::NextPayment) {
        let message = "cannot settle with the next payment because another cycle restarts the schedule; use `now`";
        problems.push(Code::SettleNotAllowed, "/settle", message);
    }
    match (cycle, schedule.payment_count(), payment_count) {
        (Some(_), Some(_), None) => {
            let message = "expected `paymentCount` for the new cycle, as the schedule has a payment count";
            problems.push(Code::PaymentCountRequired, "/paymentCount", message);
        }
        (None, _, Some(_)) => {
            let message = "cannot accept a payment count because the cycle stays the same; leave it out";
            problems.push(Code::PaymentCountNotAllowed, "/paymentCount", message);
        }
        (_, _, Some(0)) => {
            problems.push(Code::OutOfRange, "/paymentCount", "expected at least one payment");
        }
        _ => {}
    }
    match (cycle, change.anchor_day) {
        (_, None) => {}
        (None, Some(_)) => {
            let message = "cannot accept an anchor day because the cycle stays the same; leave it out";
            problems.push(Code::AnchorDayNotAllowed, "/anchorDay", message);
        }
        (Some(cycle), Some(_)) if !cycle.has_anchor() => {
            let message = "cannot accept an anchor day because the cycle is in days or weeks; leave it out";
            problems.push(Code::AnchorDayOnDayCycle, "/anchorDay", message);
        }
        (Some(_), Some(day)) if !(1..=31).contains(&day) => {
            problems.push(Code::OutOfRange, "/anchorDay", "expected a day from 1 to 31");
        }
        _ => {}
    }
    problems.finish(Some(()))
}

/// Returns an error for a price in another currency.
fn same_currency(currency: Currency, to: &Price) -> Result<(), Error> {
    let path = if to.items().is_empty() { "/to/currency" } else { "/to/items" };
    Money::zero(currency).same_currency(Money::zero(to.currency()), path)
}
