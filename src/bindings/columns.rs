//! The columns in JavaScript: typed arrays in, typed arrays filled. A wasm of its own, with feature `js-columns` only.
//!
//! The package's `columns-functions.js` checks what it is given. A column of one value is the same in every row. Options cross as their number in the
//! arrays of `columns-functions.js`. A function returns whether it ran.

use rlsf::SmallGlobalTlsf;
use wasm_bindgen::prelude::*;

use crate::columns::{Change, Column, Periods, Pricing, Prorations, Schedules, code};
use crate::cycle::{Cycle, Unit};
use crate::date::Date;
use crate::money::{Rounding, RoundingRule};
use crate::pricing::proration::{Effective, Settle};
use crate::pricing::share::FirstPeriod;

/// A small allocator, as in the other modules.
#[cfg(not(feature = "js"))]
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// Returns the days from 1970-01-01 to a date; nothing if it is none.
#[wasm_bindgen(js_name = epochDays)]
pub fn epoch_days(date: &str) -> Option<i32> {
    date.parse().ok().map(Date::epoch_days)
}

/// Returns the date so many days after 1970-01-01; nothing outside the calendar.
#[wasm_bindgen(js_name = dateOf)]
pub fn date_of(days: i32) -> Option<String> {
    Date::from_epoch_days(days).map(Date::iso)
}

/// Returns the code of a number in an error column.
#[wasm_bindgen(js_name = errorCode)]
pub fn error_code(number: u8) -> Option<String> {
    code(number).map(|code| code.as_str().to_string())
}

/// Fills the first due dates after a day.
#[wasm_bindgen(js_name = nextDueDate)]
#[expect(clippy::too_many_arguments, reason = "each is a column")]
pub fn next_due_date(
    start: &[i32],
    every: &[i32],
    unit: &[u8],
    anchor_day: &[i32],
    end_date: &[i32],
    payment_count: &[i32],
    after: &[i32],
    due_date: &mut [i32],
    errors: &mut [u8],
) -> bool {
    let schedules = schedules(start, every, unit, [anchor_day, end_date, payment_count]);
    schedules.next_due_date(column(after), due_date, errors).is_ok()
}

/// Fills the periods that contain a day.
#[wasm_bindgen(js_name = periodOn)]
#[expect(clippy::too_many_arguments, reason = "each is a column")]
pub fn period_on(
    start: &[i32],
    every: &[i32],
    unit: &[u8],
    anchor_day: &[i32],
    end_date: &[i32],
    payment_count: &[i32],
    date: &[i32],
    number: &mut [i32],
    period_start: &mut [i32],
    period_end: &mut [i32],
    errors: &mut [u8],
) -> bool {
    let schedules = schedules(start, every, unit, [anchor_day, end_date, payment_count]);
    let periods = Periods { number, start: period_start, end: period_end };
    schedules.period_on(column(date), periods, errors).is_ok()
}

/// Fills the numbers of the payments that are due on a day.
#[wasm_bindgen(js_name = dueOn)]
#[expect(clippy::too_many_arguments, reason = "each is a column")]
pub fn due_on(
    start: &[i32],
    every: &[i32],
    unit: &[u8],
    anchor_day: &[i32],
    end_date: &[i32],
    payment_count: &[i32],
    date: &[i32],
    number: &mut [i32],
    errors: &mut [u8],
) -> bool {
    let schedules = schedules(start, every, unit, [anchor_day, end_date, payment_count]);
    schedules.due_on(column(date), number, errors).is_ok()
}

/// Fills the amounts of payments.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "each is a column")]
pub fn amounts(
    start: &[i32],
    every: &[i32],
    unit: &[u8],
    anchor_day: &[i32],
    end_date: &[i32],
    payment_count: &[i32],
    price: &[i64],
    number: &[i32],
    first_period: u32,
    rounding: u32,
    round_to: u32,
    amounts: &mut [i64],
    errors: &mut [u8],
) -> bool {
    let schedules = schedules(start, every, unit, [anchor_day, end_date, payment_count]);
    let Some(pricing) = pricing(first_period, rounding, round_to) else { return false };
    schedules.amounts(column(price), column(number), &pricing, amounts, errors).is_ok()
}

/// Fills what a plan change costs.
#[wasm_bindgen]
#[expect(clippy::too_many_arguments, reason = "each is a column, or an option")]
pub fn prorate(
    start: &[i32],
    every: &[i32],
    unit: &[u8],
    anchor_day: &[i32],
    end_date: &[i32],
    payment_count: &[i32],
    from: &[i64],
    to: &[i64],
    at: &[i32],
    cycle: Option<u16>,
    cycle_unit: u8,
    count: Option<u32>,
    day: Option<u32>,
    effective: u32,
    settle: u32,
    prorate: Option<bool>,
    first_period: u32,
    rounding: u32,
    round_to: u32,
    effective_on: &mut [i32],
    credit: &mut [i64],
    charge: &mut [i64],
    due_now: &mut [i64],
    balance: &mut [i64],
    next_due_date: &mut [i32],
    next_amount: &mut [i64],
    errors: &mut [u8],
) -> bool {
    let schedules = schedules(start, every, unit, [anchor_day, end_date, payment_count]);
    let Some(pricing) = pricing(first_period, rounding, round_to) else { return false };
    let mut change = Change::new(column(to), column(at));
    change.cycle = match cycle {
        None => None,
        Some(every) => match unit_of(cycle_unit).and_then(|unit| Cycle::checked(every, unit)) {
            None => return false,
            cycle => cycle,
        },
    };
    change.payment_count = count;
    change.anchor_day = day;
    change.effective = place(effective, [None, Some(Effective::OnDate), Some(Effective::PeriodEnd)]).flatten();
    change.settle = place(settle, [None, Some(Settle::Now), Some(Settle::NextPayment)]).flatten();
    change.prorate = prorate;
    let answers = Prorations { effective: effective_on, credit, charge, due_now, balance, next_due_date, next_amount };
    schedules.prorate(column(from), &change, &pricing, answers, errors).is_ok()
}

fn schedules<'a>(start: &'a [i32], every: &'a [i32], unit: &'a [u8], limits: [&'a [i32]; 3]) -> Schedules<'a> {
    let [anchor_day, end_date, payment_count] = limits.map(column);
    Schedules::new(start, column(every), column(unit))
        .with_anchor_day(anchor_day)
        .with_end_date(end_date)
        .with_payment_count(payment_count)
}

fn column<T: Copy>(values: &[T]) -> Column<'_, T> {
    match values {
        [value] => Column::All(*value),
        _ => Column::Each(values),
    }
}

fn pricing(first_period: u32, rounding: u32, round_to: u32) -> Option<Pricing> {
    use Rounding::*;
    let first_period = place(first_period, [FirstPeriod::Prorated, FirstPeriod::Full, FirstPeriod::Free])?;
    let rounding = place(rounding, [HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor])?;
    Some(Pricing { first_period, rounding: RoundingRule::new(rounding, round_to).ok()? })
}

fn unit_of(unit: u8) -> Option<Unit> {
    place(unit.into(), [Unit::Day, Unit::Week, Unit::Month, Unit::Year])
}

/// Returns the option that a number of `columns-functions.js` means.
fn place<T: Copy, const COUNT: usize>(number: u32, values: [T; COUNT]) -> Option<T> {
    values.get(usize::try_from(number).ok()?).copied()
}
