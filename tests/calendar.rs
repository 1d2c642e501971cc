//! The calendar against other calendars: one that steps day by day, jiff, and a file made by python-dateutil.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its sums are small"
)]

use billing_rules::{Cycle, Date, Schedule, Unit};

/// 400 years, after which the calendar repeats, and some more for the periods ahead of the last start.
const CYCLE_OF_THE_CALENDAR: usize = 146_097;
const AHEAD: usize = 60;
const YEARS_AHEAD: usize = AHEAD * 366;

/// The days from 1600-01-01 on, found by stepping: year, month, day, and whether it is its month's last.
fn days() -> Vec<(i32, u32, u32, bool)> {
    let (mut year, mut month, mut day) = (1600, 1, 1);
    let mut days = Vec::with_capacity(CYCLE_OF_THE_CALENDAR + YEARS_AHEAD);
    while days.len() < CYCLE_OF_THE_CALENDAR + YEARS_AHEAD {
        let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        let last = match month {
            2 if leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        };
        days.push((year, month, day, day == last));
        day += 1;
        if day > last {
            (month, day) = (month + 1, 1);
        }
        if month > 12 {
            (year, month) = (year + 1, 1);
        }
    }
    days
}

fn date((year, month, day, _): (i32, u32, u32, bool)) -> Date {
    Date::new(year, month, day).unwrap()
}

/// Every start of the 400 years, every named cycle, 60 periods ahead.
#[test]
fn stepping_day_by_day_finds_the_same_due_dates() {
    let days = days();
    let as_dates: Vec<Date> = days.iter().map(|day| date(*day)).collect();
    let cycles = [
        (Cycle::WEEKLY, 7),
        (Cycle::BIWEEKLY, 14),
        (Cycle::MONTHLY, 1),
        (Cycle::QUARTERLY, 3),
        (Cycle::SEMIANNUALLY, 6),
        (Cycle::YEARLY, 12),
    ];
    let half = CYCLE_OF_THE_CALENDAR / 2;
    let count = |starts: std::ops::Range<usize>| {
        let mut compared = 0u64;
        for start in starts {
            let anchor = days[start].2;
            // The days on which a month's payment falls due: the anchor day, or the last day of a month without one.
            let mut monthly = Vec::with_capacity(AHEAD * 12);
            for (index, (_, _, day, is_last)) in days.iter().enumerate().skip(start) {
                if *day == anchor || (*is_last && *day < anchor) {
                    monthly.push(index);
                    if monthly.len() == (AHEAD - 1) * 12 + 1 {
                        break;
                    }
                }
            }
            for (cycle, every) in cycles {
                let mut found = Schedule::new(as_dates[start], cycle).due_dates();
                for number in 0..AHEAD {
                    let expected = match cycle.unit() {
                        Unit::Week => start + number * every,
                        _ => monthly[number * every],
                    };
                    assert_eq!(found.next(), Some(as_dates[expected]), "{cycle:?} from {:?}", as_dates[start]);
                    compared += 1;
                }
            }
        }
        compared
    };
    let compared = std::thread::scope(|scope| {
        let first = scope.spawn(|| count(0..half));
        count(half..CYCLE_OF_THE_CALENDAR) + first.join().unwrap()
    });
    assert_eq!(compared, (CYCLE_OF_THE_CALENDAR * cycles.len() * AHEAD) as u64);
}

/// The same starts, every seventh, with uneven lengths and far ahead, against jiff.
#[test]
fn jiff_finds_the_same_due_dates() {
    use jiff::ToSpan;
    let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
    for (index, day) in days().into_iter().take(CYCLE_OF_THE_CALENDAR).enumerate().step_by(7) {
        let start = jiff::civil::date(day.0 as i16, day.1 as i8, day.2 as i8);
        let every = 1 + (index % 29) as i64;
        let unit = units[index % 4];
        let schedule = Schedule::new(date(day), Cycle::new(every as u16, unit).unwrap());
        for number in [2, 3, 13, 61, 241] {
            let length = every * i64::from(number - 1);
            let span = match unit {
                Unit::Day => length.days(),
                Unit::Week => length.weeks(),
                Unit::Month => length.months(),
                Unit::Year => length.years(),
            };
            let Ok(expected) = start.checked_add(span) else { continue };
            let Ok(Some(period)) = schedule.period(number) else { panic!("{schedule:?} {number}") };
            assert_eq!(period.start.to_string(), expected.to_string(), "{schedule:?} {number}");
        }
    }
}

/// 20 000 schedules with all limits, of `tests/oracle/dateutil_schedules.py`.
#[test]
fn dateutil_finds_the_same() {
    let mut rows = 0;
    for row in include_str!("oracle/dateutil_schedules.csv").lines().skip(1) {
        let [start, every, unit, anchor, end, count, after, next, number, last_number, last_due, bound, d2, d13, d60] =
            row.split(',').collect::<Vec<_>>().try_into().unwrap();
        let date = |text: &str| (!text.is_empty()).then(|| text.parse::<Date>().unwrap());
        let unit = match unit {
            "day" => Unit::Day,
            "week" => Unit::Week,
            "month" => Unit::Month,
            _ => Unit::Year,
        };
        let mut schedule = Schedule::new(date(start).unwrap(), Cycle::new(every.parse().unwrap(), unit).unwrap());
        if !anchor.is_empty() {
            schedule = schedule.with_anchor_day(anchor.parse().unwrap()).unwrap();
        }
        if let Some(end) = date(end) {
            schedule = schedule.with_end_date(end).unwrap();
        }
        if !count.is_empty() {
            schedule = schedule.with_payment_count(count.parse().unwrap()).unwrap();
        }
        if let Some(after) = date(after) {
            assert_eq!(schedule.next_due_date(after).unwrap(), date(next), "{row}");
            let period = schedule.period_on(after).unwrap();
            assert_eq!(period.map(|period| period.number.to_string()).unwrap_or_default(), number, "{row}");
        }
        let last = schedule.last_payment().unwrap();
        assert_eq!(last.map(|last| last.number.to_string()).unwrap_or_default(), last_number, "{row}");
        assert_eq!(last.map(|last| last.due_date), date(last_due), "{row}");
        let named = last.map_or("", |last| last.bound.as_str());
        assert_eq!(named, bound, "{row}");
        for (index, expected) in [(1, d2), (12, d13), (59, d60)] {
            assert_eq!(schedule.due_dates().nth(index), date(expected), "{row}");
        }
        rows += 1;
    }
    assert_eq!(rows, 20_000);
}
