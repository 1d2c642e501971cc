//! What holds for every schedule, whatever its dates.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::{Cycle, Date, DateRange, Schedule, Unit};
use proptest::prelude::*;

/// Days of 1900 to 2200, every second one at the end of a month.
fn dates() -> impl Strategy<Value = Date> {
    let days = prop_oneof![1u32..=31, 28u32..=31];
    (1900i32..=2200, 1u32..=12, days).prop_map(|(year, month, day)| {
        (0..4).find_map(|less| Date::new(year, month, day.saturating_sub(less)).ok()).unwrap()
    })
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let cycle = prop_oneof![
        prop::sample::select(vec![
            Cycle::WEEKLY,
            Cycle::BIWEEKLY,
            Cycle::MONTHLY,
            Cycle::QUARTERLY,
            Cycle::SEMIANNUALLY,
            Cycle::YEARLY
        ]),
        (1u16..=40, prop::sample::select(vec![Unit::Day, Unit::Week, Unit::Month, Unit::Year]))
            .prop_map(|(every, unit)| Cycle::new(every, unit).unwrap()),
    ];
    let anchor = prop::option::of(prop_oneof![1u32..=31, 28u32..=31]);
    (dates(), cycle, anchor, prop::option::of(0i64..20_000), prop::option::of(1u32..200)).prop_map(
        |(start, cycle, anchor, length, count)| {
            let mut schedule = Schedule::new(start, cycle);
            if let Some(day) = anchor.filter(|_| matches!(cycle.unit(), Unit::Month | Unit::Year)) {
                schedule = schedule.with_anchor_day(day).unwrap();
            }
            if let Some(length) = length {
                schedule = schedule.with_end_date(start.plus_days(length).unwrap()).unwrap();
            }
            if let Some(count) = count {
                schedule = schedule.with_payment_count(count).unwrap();
            }
            schedule
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn due_dates_increase(schedule in schedules()) {
        let dates: Vec<Date> = schedule.due_dates().take(150).collect();
        prop_assert!(dates.is_sorted_by(|a, b| a < b));
        prop_assert_eq!(dates.first(), Some(&schedule.start()));
    }

    #[test]
    fn the_next_due_date_is_the_next(schedule in schedules()) {
        let dates: Vec<Date> = schedule.due_dates().take(60).collect();
        for pair in dates.windows(2) {
            let [this, next] = [pair.first(), pair.last()].map(|date| *date.unwrap());
            prop_assert_eq!(schedule.next_due_date(this.plus_days(-1).unwrap()), Ok(Some(this)));
            prop_assert_eq!(schedule.next_due_date(this), Ok(Some(next)));
            prop_assert_eq!(schedule.next_due_date(next.plus_days(-1).unwrap()), Ok(Some(next)));
        }
    }

    #[test]
    fn every_day_lies_in_exactly_one_period(schedule in schedules(), offset in 0i64..30_000) {
        let day = schedule.start().plus_days(offset).unwrap();
        let beyond = schedule.last_payment().unwrap().and_then(|last| schedule.period(last.number).unwrap()).map(|p| p.end);
        match schedule.period_on(day).unwrap() {
            Some(period) => {
                prop_assert!(period.start <= day && day < period.end);
                prop_assert_eq!(period.last_day.plus_days(1), Some(period.end));
                prop_assert_eq!(schedule.period(period.number), Ok(Some(period)));
                // Its neighbours touch it and do not overlap.
                if let Some(before) = period.number.checked_sub(1).filter(|number| *number > 0) {
                    prop_assert_eq!(schedule.period(before).unwrap().unwrap().end, period.start);
                }
            }
            None => prop_assert!(beyond.is_some_and(|end| day >= end)),
        }
        prop_assert_eq!(schedule.period_on(schedule.start().plus_days(offset.saturating_neg().saturating_sub(1)).unwrap()), Ok(None));
    }

    #[test]
    fn the_anchor_day_comes_back(schedule in schedules()) {
        let months = matches!(schedule.cycle().unit(), Unit::Month | Unit::Year);
        let anchor = schedule.anchor_day().unwrap_or(schedule.start().day());
        // The first date of a stub is the start's own.
        for date in schedule.due_dates().take(40).skip(1).filter(|_| months) {
            let is_last_of_month = date.plus_days(1).unwrap().day() == 1;
            prop_assert!(date.day() == anchor || (date.day() < anchor && is_last_of_month));
        }
    }

    #[test]
    fn a_window_is_a_part_of_the_whole(schedule in schedules(), from in dates(), length in 0i64..3_000, limit in 0u32..50) {
        let through = from.plus_days(length).unwrap();
        let inside: Vec<Date> = schedule
            .due_dates()
            .skip_while(|date| *date < from)
            .take_while(|date| *date <= through)
            .take(usize::try_from(limit).unwrap())
            .collect();
        let window = DateRange::new().with_from(from).with_through(through).with_limit(limit);
        prop_assert_eq!(schedule.due_dates_in(&window).unwrap(), inside.clone());
        let starts: Vec<Date> = schedule.periods_in(&window).unwrap().into_iter().map(|period| period.start).collect();
        prop_assert_eq!(starts, inside);
    }

    #[test]
    fn limits_commute_and_the_earlier_one_binds(schedule in schedules(), length in 0i64..9_000, count in 1u32..300) {
        let end = schedule.start().plus_days(length).unwrap();
        let one = schedule.with_end_date(end).unwrap().with_payment_count(count).unwrap();
        let other = schedule.with_payment_count(count).unwrap().with_end_date(end).unwrap();
        prop_assert_eq!(one, other);
        let dates: Vec<Date> = one.due_dates().collect();
        prop_assert!(dates.len() <= usize::try_from(count).unwrap() && dates.iter().all(|date| *date <= end));
        let last = one.last_payment().unwrap().unwrap();
        prop_assert_eq!((usize::try_from(last.number).unwrap(), Some(&last.due_date)), (dates.len(), dates.last()));
        prop_assert_eq!(one.next_due_date(last.due_date), Ok(None));
    }

    #[test]
    fn the_iterator_runs_both_ways(schedule in schedules()) {
        let schedule = schedule.with_payment_count(50).unwrap();
        let mut forwards: Vec<Date> = schedule.due_dates().collect();
        let backwards: Vec<Date> = schedule.due_dates().rev().collect();
        forwards.reverse();
        prop_assert_eq!(forwards, backwards);
        let mut drained = schedule.due_dates();
        while drained.next().is_some() {}
        prop_assert_eq!((drained.next(), drained.next_back(), drained.size_hint()), (None, None, (0, Some(0))));
    }
}
