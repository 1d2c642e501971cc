use super::*;

#[test]
fn sums_are_those_of_the_days_since_1970() {
    let dates = ["0001-01-01", "1900-02-28", "2024-01-31", "2024-02-29", "2025-03-15", "9999-12-31"];
    for date in dates.map(|date| date.parse::<Date>().unwrap()) {
        for days in -800..=800 {
            let counted = date.epoch_days().checked_add(days).and_then(Date::from_epoch_days);
            assert_eq!(date.plus_days(days.into()), counted, "{date} {days}");
        }
    }
}

#[test]
fn reads_ten_bytes_and_nothing_else() {
    for wrong in [
        "",
        "2025-1-31",
        "2025-01-3",
        " 2025-01-31",
        "2025-01-31 ",
        "+025-01-31",
        "2025/01/31",
        "20250131",
        "2025-01-31T00:00",
        "2025-00-10",
        "2025-13-10",
        "2025-01-00",
        "2025-01-32",
        "2025-02-29",
        "1900-02-29",
        "0000-12-31",
        "２０25-01-31",
        "12025-01-31",
        "-001-01-01",
        "2025-0a-01",
    ] {
        assert_eq!(wrong.parse::<Date>().unwrap_err().code(), Code::InvalidDate, "{wrong}");
    }
    for right in ["0001-01-01", "9999-12-31", "2000-02-29", "2025-01-31"] {
        assert_eq!(format!("{0} {0:?}", right.parse::<Date>().unwrap()), format!("{right} {right}"));
    }
}

#[test]
fn every_day_of_a_loop_is_in_the_month_that_chrono_gives() {
    let months = Months::table();
    for day in 0..Months::END_DAY {
        let (month, date) = (months.of(day), Date::from_epoch_days(day.cast_signed()).unwrap());
        assert_eq!(month.cast_signed(), (date.year() - 1970) * 12 + date.month().cast_signed() - 1, "{date}");
        assert_eq!(day - months.first_day(month) + 1, date.day());
        assert!(Months::has(month));
        for anchor in [1, 28, 29, 30, 31] {
            let anchored = Date::in_month(date.month_number(), anchor).unwrap();
            assert_eq!(months.day(month, anchor - 1).cast_signed(), anchored.epoch_days());
        }
    }
    assert!(!Months::has(months.of(Months::END_DAY - 1) + 1));
    assert_eq!(Date::new(2140, 8, 1).unwrap().epoch_days().cast_unsigned(), Months::END_DAY);
}

#[test]
fn days_are_counted_from_1970() {
    for days in Date::FIRST.epoch_days()..=Date::LAST.epoch_days() {
        assert_eq!(Date::from_epoch_days(days).map(Date::epoch_days), Some(days));
    }
    for outside in [i32::MIN, Date::FIRST.epoch_days() - 1, Date::LAST.epoch_days() + 1, i32::MAX] {
        assert_eq!(Date::from_epoch_days(outside), None);
    }
}

#[test]
fn ends_where_the_calendar_ends() {
    let (first, last): (Date, Date) = ("0001-01-01".parse().unwrap(), "9999-12-31".parse().unwrap());
    assert_eq!(first.plus_days(-1), None);
    assert_eq!(last.plus_days(1), None);
    assert_eq!(last.plus_days(i64::MAX), None);
    assert_eq!(first.plus_days(first.days_until(last)), Some(last));
    assert_eq!(Date::in_month(first.month_number() - 1, 1), None);
    assert_eq!(Date::in_month(last.month_number() + 1, 1), None);
    assert_eq!(Date::in_month(i64::MAX, 1), None);
    assert_eq!(Date::in_month(last.month_number(), 31), Some(last));
}
