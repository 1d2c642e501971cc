//! Due dates: chrono, jiff and time, each from the anchor.

use anyhow::{Context, Result, ensure};
use billing_rules::{Cycle, Date, Schedule};
use chrono::{Datelike, Months, NaiveDate};
use jiff::{ToSpan, civil};
use serde_json::{Value, json};

use crate::measure::{Case, case};

const START: &str = "2021-01-31";

/// How many days are asked for in turn, all in the fifth year.
const DAYS: usize = 1000;

/// How many dates a list has.
const LIST: i32 = 60;

fn ours(text: &str) -> Result<Date> {
    Ok(text.parse()?)
}

fn of_chrono(text: &str) -> Result<NaiveDate> {
    Ok(text.parse()?)
}

fn of_jiff(text: &str) -> Result<civil::Date> {
    Ok(text.parse()?)
}

fn of_time(text: &str) -> Result<time::Date> {
    let date = ours(text)?;
    Ok(time::Date::from_calendar_date(date.year(), u8::try_from(date.month())?.try_into()?, u8::try_from(date.day())?)?)
}

fn next_by_chrono(start: NaiveDate, after: NaiveDate) -> Option<NaiveDate> {
    let months =
        u32::try_from(12 * (after.year() - start.year()) + after.month0() as i32 - start.month0() as i32).ok()?;
    let found = start.checked_add_months(Months::new(months))?;
    if found > after { Some(found) } else { start.checked_add_months(Months::new(months + 1)) }
}

fn next_by_jiff(start: civil::Date, after: civil::Date) -> Option<civil::Date> {
    let months = 12 * (i32::from(after.year()) - i32::from(start.year())) + i32::from(after.month() - start.month());
    let found = start.checked_add(months.months()).ok()?;
    if found > after { Some(found) } else { start.checked_add((months + 1).months()).ok() }
}

/// time has no months to add: they are counted here.
fn time_after(start: time::Date, months: i32) -> Option<time::Date> {
    let all = 12 * start.year() + i32::from(u8::from(start.month())) - 1 + months;
    let month = time::Month::try_from(u8::try_from(all.rem_euclid(12) + 1).ok()?).ok()?;
    let year = all.div_euclid(12);
    time::Date::from_calendar_date(year, month, start.day().min(month.length(year))).ok()
}

fn next_by_time(start: time::Date, after: time::Date) -> Option<time::Date> {
    let months =
        12 * (after.year() - start.year()) + i32::from(u8::from(after.month())) - i32::from(u8::from(start.month()));
    let found = time_after(start, months)?;
    if found > after { Some(found) } else { time_after(start, months + 1) }
}

pub fn next_due_date() -> Result<Vec<Case<'static>>> {
    let schedule = Schedule::new(ours(START)?, Cycle::MONTHLY);
    let (chrono, jiff, time) = (of_chrono(START)?, of_jiff(START)?, of_time(START)?);
    let first = ours("2026-01-01")?;
    let mut days = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for index in 0..DAYS as i64 {
        let day = first.plus_days(index % 365).context("a day past the calendar")?;
        let text = day.to_string();
        let each = (day, of_chrono(&text)?, of_jiff(&text)?, of_time(&text)?);
        let next = schedule.next_due_date(day)?.map(|date| date.to_string());
        ensure!(next == next_by_chrono(chrono, each.1).map(|date| date.to_string()), "chrono differs after {text}");
        ensure!(next == next_by_jiff(jiff, each.2).map(|date| date.to_string()), "jiff differs after {text}");
        ensure!(next == next_by_time(time, each.3).map(|date| date.to_string()), "time differs after {text}");
        days.0.push(each.0);
        days.1.push(each.1);
        days.2.push(each.2);
        days.3.push(each.3);
    }
    let before = before::Schedule::new(START.parse()?, before::Cycle::MONTHLY);
    let then: Vec<before::Date> = days.0.iter().map(|day| day.to_string().parse()).collect::<Result<_, _>>()?;
    Ok(vec![
        case("billing-rules", move |index| schedule.next_due_date(days.0[index % DAYS])),
        case("before", move |index| before.next_due_date(then[index % DAYS])),
        case("chrono", move |index| next_by_chrono(chrono, days.1[index % DAYS])),
        case("jiff", move |index| next_by_jiff(jiff, days.2[index % DAYS])),
        case("time", move |index| next_by_time(time, days.3[index % DAYS])),
    ])
}

pub fn due_dates() -> Result<Vec<Case<'static>>> {
    let schedule = Schedule::new(ours(START)?, Cycle::MONTHLY);
    let before = before::Schedule::new(START.parse()?, before::Cycle::MONTHLY);
    let (chrono, jiff, time) = (of_chrono(START)?, of_jiff(START)?, of_time(START)?);
    let count = LIST as usize;
    let by_chrono = move || (0..LIST).map_while(move |months| chrono.checked_add_months(Months::new(months as u32)));
    let by_jiff = move || (0..LIST).map_while(move |months| jiff.checked_add(months.months()).ok());
    let by_time = move || (0..LIST).map_while(move |months| time_after(time, months));
    let right: Vec<String> = schedule.due_dates().take(count).map(|date| date.to_string()).collect();
    ensure!(by_chrono().map(|date| date.to_string()).eq(right.iter().cloned()), "chrono differs");
    ensure!(by_jiff().map(|date| date.to_string()).eq(right.iter().cloned()), "jiff differs");
    ensure!(by_time().map(|date| date.to_string()).eq(right), "time differs");
    let cases = vec![
        case("billing-rules", move |_| schedule.due_dates().take(count).collect::<Vec<_>>()),
        case("before", move |_| before.due_dates().take(count).collect::<Vec<_>>()),
        case("chrono", move |_| by_chrono().collect::<Vec<_>>()),
        case("jiff", move |_| by_jiff().collect::<Vec<_>>()),
        case("time", move |_| by_time().collect::<Vec<_>>()),
    ];
    Ok(cases.into_iter().map(|case| case.each(count)).collect())
}

/// The schedules whose dates tell whether a way is right.
const SCHEDULES: [(&str, &str, u32, Cycle, usize); 3] = [
    ("31 January monthly", "2025-01-31", 1, Cycle::MONTHLY, 12),
    ("30 November quarterly", "2024-11-30", 3, Cycle::QUARTERLY, 9),
    ("29 February yearly", "2024-02-29", 12, Cycle::YEARLY, 9),
];

/// Whether the usual way of each crate gives the right dates: a month added to the date before.
pub fn natural() -> Result<Value> {
    let mut rows = Vec::new();
    for (name, start, months, cycle, count) in SCHEDULES {
        let right: Vec<String> =
            Schedule::new(ours(start)?, cycle).due_dates().take(count).map(|date| date.to_string()).collect();
        let chrono = series(of_chrono(start)?, count, |date| date.checked_add_months(Months::new(months)));
        let jiff = series(of_jiff(start)?, count, |date| date.checked_add((months as i32).months()).ok());
        for (peer, found) in [("chrono", chrono), ("jiff", jiff)] {
            let wrong = right.iter().zip(&found).find(|(right, found)| right != found);
            let wrong = wrong.map(|(right, found)| json!({ "found": found, "right": right }));
            rows.push(json!({ "peer": peer, "name": name, "wrong": wrong }));
        }
    }
    Ok(rows.into())
}

fn series<T: ToString>(start: T, count: usize, next: impl Fn(&T) -> Option<T>) -> Vec<String> {
    std::iter::successors(Some(start), next).take(count).map(|date| date.to_string()).collect()
}
