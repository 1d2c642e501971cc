//! Functions whose arguments cross as numbers, as the package's `fast.js` reads them: a day by its eight digits, 0 for what is absent.
//!
//! Each calls the same rule as its row in the table of functions. Where the rule refuses, or a number stands for nothing, it answers
//! that there is no answer, and the call takes the way that reports why.

use std::str::from_utf8;

use wasm_bindgen::prelude::*;

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::Writer;
use crate::money::Money;
use crate::pricing::proration::{PlanChange, ProrateInput, Proration};
use crate::schedule::{DateRange, Period, Schedule};

/// The cycles that have a name, by their numbers, from 1.
const CYCLES: [Cycle; 6] =
    [Cycle::WEEKLY, Cycle::BIWEEKLY, Cycle::MONTHLY, Cycle::QUARTERLY, Cycle::SEMIANNUALLY, Cycle::YEARLY];

/// What [`next_due_date`] answers where the schedule has ended: no day has these digits.
const ENDED: u32 = 1;

/// Returns the number of a cycle; 0 where there is none of the name.
#[wasm_bindgen(js_name = findCycle)]
pub fn find_cycle(name: &str) -> u32 {
    (1..).zip(CYCLES).find(|(_, cycle)| cycle.name() == Some(name)).map_or(0, |(number, _)| number)
}

/// Returns the first due date after a day, 1 where there is none, and 0 where it refuses.
#[wasm_bindgen(js_name = nextDueDate)]
pub fn next_due_date(after: u32, start: u32, cycle: u32, anchor_day: u32, end_date: u32, payment_count: u32) -> u32 {
    let answer = schedule(start, cycle, anchor_day, end_date, payment_count)
        .zip(day(after))
        .and_then(|(schedule, after)| schedule.next_due_date(after).ok());
    answer.map_or(0, |found| found.map_or(ENDED, digits))
}

/// Returns the due dates in a range.
#[wasm_bindgen(js_name = dueDates)]
#[expect(clippy::too_many_arguments, reason = "they cross as numbers")]
pub fn due_dates(
    from: u32,
    through: u32,
    limit: u32,
    start: u32,
    cycle: u32,
    anchor_day: u32,
    end_date: u32,
    payment_count: u32,
) -> Option<Vec<u32>> {
    let schedule = schedule(start, cycle, anchor_day, end_date, payment_count)?;
    let mut range = DateRange::new();
    range.from = optional(from, day)?;
    range.through = optional(through, day)?;
    range.limit = optional(limit, Some)?;
    Some(schedule.due_dates_in(&range).ok()?.into_iter().map(digits).collect())
}

/// Returns a period as its number, start, end and last day; nothing where the schedule has none of the number.
#[wasm_bindgen]
pub fn period(
    number: u32,
    start: u32,
    cycle: u32,
    anchor_day: u32,
    end_date: u32,
    payment_count: u32,
) -> Option<Vec<u32>> {
    let schedule = schedule(start, cycle, anchor_day, end_date, payment_count)?;
    schedule.period(number).ok().map(numbers)
}

/// Returns the period that contains a day, as [`period`] does.
#[wasm_bindgen(js_name = periodOn)]
pub fn period_on(
    date: u32,
    start: u32,
    cycle: u32,
    anchor_day: u32,
    end_date: u32,
    payment_count: u32,
) -> Option<Vec<u32>> {
    let schedule = schedule(start, cycle, anchor_day, end_date, payment_count)?;
    schedule.period_on(day(date)?).ok().map(numbers)
}

/// Returns what a change of price costs, as the JSON of a list: see [`listed`].
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "they cross as numbers")]
pub fn prorate(
    from: f64,
    from_currency: u32,
    to: f64,
    to_currency: u32,
    at: u32,
    start: u32,
    cycle: u32,
    anchor_day: u32,
    end_date: u32,
    payment_count: u32,
) -> Option<String> {
    let schedule = schedule(start, cycle, anchor_day, end_date, payment_count)?;
    let change = PlanChange::new(money(to, to_currency)?, day(at)?);
    let input = ProrateInput::new(schedule, money(from, from_currency)?, change);
    crate::pricing::proration::prorate(&input).ok().map(|answer| listed(&answer))
}

/// Writes what a change costs as a list without names, which `fast.js` names, and without what is as it was given: the schedule, and
/// the day. It is a quarter as long. All amounts are of one currency.
fn listed(answer: &Proration) -> String {
    let mut to = Writer::default();
    to.begin_list();
    to.item(&answer.direction);
    to.item(&answer.effective);
    to.item(&answer.settle);
    for money in [answer.credit, answer.charge, answer.net, answer.due_now, answer.balance] {
        to.integer_item(Some(money.amount()));
    }
    to.item(&answer.next_payment.map(|next| next.due_date));
    to.integer_item(answer.next_payment.map(|next| next.amount.amount()));
    to.item(&answer.digest);
    for line in &answer.lines {
        to.item(&line.kind);
        to.integer_item(line.price.map(Money::amount));
        to.item(&line.period.map(|span| span.start));
        to.item(&line.period.map(|span| span.end));
        to.integer_item(line.fraction.map(|fraction| fraction.days.into()));
        to.integer_item(line.fraction.map(|fraction| fraction.period_days.into()));
        to.integer_item(Some(line.amount.amount()));
        to.item(&line.rule);
        to.item(&line.note);
    }
    to.end_list();
    to.finish()
}

fn schedule(start: u32, cycle: u32, anchor_day: u32, end_date: u32, payment_count: u32) -> Option<Schedule> {
    let cycle = CYCLES.get(usize::try_from(cycle.checked_sub(1)?).ok()?)?;
    let mut schedule = Schedule::new(day(start)?, *cycle);
    if anchor_day != 0 {
        schedule = schedule.with_anchor_day(anchor_day).ok()?;
    }
    if let Some(end_date) = optional(end_date, day)? {
        schedule = schedule.with_end_date(end_date).ok()?;
    }
    if payment_count != 0 {
        schedule = schedule.with_payment_count(payment_count).ok()?;
    }
    Some(schedule)
}

/// What a number stands for, where it is given; nothing where it stands for nothing.
fn optional<T>(number: u32, read: impl FnOnce(u32) -> Option<T>) -> Option<Option<T>> {
    if number == 0 { Some(None) } else { read(number).map(Some) }
}

fn day(digits: u32) -> Option<Date> {
    let (year, month, day) =
        (digits.div_euclid(10_000), digits.div_euclid(100).rem_euclid(100), digits.rem_euclid(100));
    Date::new(year.try_into().ok()?, month, day).ok()
}

fn digits(day: Date) -> u32 {
    let month = day.year().unsigned_abs().saturating_mul(100).saturating_add(day.month());
    month.saturating_mul(100).saturating_add(day.day())
}

/// An amount of a currency, whose letters are in the three lower bytes of the number.
fn money(amount: f64, letters: u32) -> Option<Money> {
    let [_, letters @ ..] = letters.to_be_bytes();
    Money::new(amount as i64, from_utf8(&letters).ok()?.parse().ok()?).ok()
}

fn numbers(period: Option<Period>) -> Vec<u32> {
    period.map_or_else(Vec::new, |Period { number, start, end, last_day }| {
        vec![number, digits(start), digits(end), digits(last_day)]
    })
}
