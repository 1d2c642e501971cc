use super::*;
use crate::error::Code;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn tells_what_it_was_given() {
    let full = Schedule::new(date("2025-01-31"), Cycle::MONTHLY)
        .with_anchor_day(30)
        .and_then(|schedule| schedule.with_end_date(date("2026-01-31")))
        .and_then(|schedule| schedule.with_payment_count(7))
        .unwrap();
    assert_eq!((full.start(), full.cycle()), (date("2025-01-31"), Cycle::MONTHLY));
    assert_eq!((full.anchor_day(), full.end_date()), (Some(30), Some(date("2026-01-31"))));
    assert_eq!(full.payment_count(), Some(7));
    let bare = Schedule::new(date("2025-01-31"), Cycle::MONTHLY);
    assert_eq!((bare.anchor_day(), bare.end_date(), bare.payment_count()), (None, None, None));
}

#[test]
fn due_dates_come_from_both_ends_and_end_for_good() {
    let mut dates = Schedule::new(date("2025-01-31"), Cycle::MONTHLY).with_payment_count(5).unwrap().due_dates();
    assert_eq!(dates.size_hint(), (5, Some(5)));
    assert_eq!(dates.next(), Some(date("2025-01-31")));
    assert_eq!(dates.next_back(), Some(date("2025-05-31")));
    assert_eq!(dates.nth(1), Some(date("2025-03-31")));
    assert_eq!(dates.size_hint(), (1, Some(1)));
    assert_eq!(dates.next_back(), Some(date("2025-04-30")));
    assert_eq!((dates.next(), dates.next_back(), dates.next()), (None, None, None));
}

#[test]
fn an_open_ended_iterator_ends_with_the_calendar() {
    let dates = |start: &str| Schedule::new(date(start), Cycle::MONTHLY).due_dates();
    assert_eq!(
        dates("9999-10-31").map(|date| date.iso()).collect::<Vec<_>>(),
        ["9999-10-31", "9999-11-30", "9999-12-31"]
    );
    assert_eq!(dates("9999-12-31").next_back(), Some(date("9999-12-31")));
    assert_eq!(dates("2025-01-31").next_back(), Some(date("9999-12-31")));
    let stub = Schedule::new(date("9999-11-15"), Cycle::MONTHLY).with_anchor_day(31).unwrap();
    assert_eq!(stub.due_dates().count(), 3);
}

#[test]
fn the_calendar_ends_in_an_error_not_in_silence() {
    let last = Schedule::new(date("9999-12-01"), Cycle::MONTHLY);
    let beyond = |answer: Result<Option<Period>, Error>| answer.unwrap_err().code();
    assert_eq!(beyond(last.period(1)), Code::OutOfRange);
    assert_eq!(beyond(last.period_on(date("9999-12-15"))), Code::OutOfRange);
    assert_eq!(last.next_due_date(date("9999-12-01")).unwrap_err().code(), Code::OutOfRange);
    // With one payment there is no later one, so there is no error.
    assert_eq!(last.with_payment_count(1).unwrap().next_due_date(date("9999-12-01")), Ok(None));
    let many = last.with_payment_count(u32::MAX).unwrap();
    assert_eq!(many.last_payment().unwrap_err().path(), "/schedule");
    assert_eq!(last.with_end_date(date("9999-12-31")).unwrap().last_payment().unwrap().unwrap().number, 1);
    assert_eq!(last.with_anchor_day(31).unwrap().due_dates().count(), 2);
    assert!(Schedule::new(date("9999-12-15"), Cycle::MONTHLY).with_anchor_day(1).is_err());
}
