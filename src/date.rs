//! Civil dates. This is the only file that names chrono, so that another calendar could replace it.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

use crate::error::{Code, Error, quote};
use crate::json::{Node, Shape, Writer, serde_by_shape};

/// A calendar date from 0001-01-01 to 9999-12-31 (R1.1), without time, zone or clock.
///
/// # Examples
/// ```
/// use billing_rules::Date;
///
/// let date: Date = "2024-02-29".parse()?;
/// assert_eq!((date.year(), date.month(), date.day()), (2024, 2, 29));
/// assert_eq!(date.plus_days(1), Some(Date::new(2024, 3, 1)?));
/// assert!("2025-02-29".parse::<Date>().is_err());
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The last day of the calendar, 9999-12-31.
    pub(crate) const LAST: Date = match NaiveDate::from_ymd_opt(9999, 12, 31) {
        Some(date) => Date(date),
        None => Date(NaiveDate::MAX),
    };

    /// Creates a date from a year (1 to 9999), a month (1 to 12) and a day of that month.
    ///
    /// # Errors
    /// `invalid_date` if there is no such day.
    ///
    /// # Examples
    /// [`Date`] has one.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, Error> {
        Self::bounded(NaiveDate::from_ymd_opt(year, month, day)).ok_or_else(|| {
            Error::new(Code::InvalidDate, "", "expected a day of the calendar from 0001-01-01 to 9999-12-31")
        })
    }

    /// Returns the year, 1 to 9999.
    ///
    /// # Examples
    /// [`Date`] has one.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// Returns the month, 1 to 12.
    ///
    /// # Examples
    /// [`Date`] has one.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// Returns the day of the month, 1 to 31.
    ///
    /// # Examples
    /// [`Date`] has one.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// Returns the date a number of days later, or earlier if it is negative; `None` outside the calendar.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    ///
    /// let date: Date = "2024-02-28".parse()?;
    /// assert_eq!(date.plus_days(2), Some(Date::new(2024, 3, 1)?));
    /// assert_eq!(Date::new(9999, 12, 31)?.plus_days(1), None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let number = i64::from(self.0.num_days_from_ce()).checked_add(days)?;
        Self::bounded(NaiveDate::from_num_days_from_ce_opt(number.try_into().ok()?))
    }

    /// Returns the number of days from this date to another; negative if the other is earlier.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    ///
    /// let (start, end): (Date, Date) = ("2025-01-31".parse()?, "2025-02-28".parse()?);
    /// assert_eq!((start.days_until(end), end.days_until(start)), (28, -28));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn days_until(self, other: Self) -> i64 {
        i64::from(other.0.num_days_from_ce()).saturating_sub(self.0.num_days_from_ce().into())
    }

    /// Returns the number of the month, counted from January of year 0.
    pub(crate) fn month_number(self) -> i64 {
        i64::from(self.year()).saturating_mul(12).saturating_add(self.0.month0().into())
    }

    /// Returns the given day of a month by its number, or the last day of a shorter month; `None` outside the calendar.
    pub(crate) fn in_month(month_number: i64, day: u32) -> Option<Self> {
        let year = month_number.div_euclid(12).try_into().ok()?;
        let month0: u32 = month_number.rem_euclid(12).try_into().ok()?;
        let first = NaiveDate::from_ymd_opt(year, month0.checked_add(1)?, 1)?;
        Self::bounded(first.with_day(day.min(first.num_days_in_month().into())))
    }

    /// Writes the ten characters of `YYYY-MM-DD`. This is hand-written because lists of dates are written often.
    pub(crate) fn iso(self) -> String {
        let (year, month, day) = (self.year().unsigned_abs(), self.month(), self.day());
        let places = [(year, 1000), (year, 100), (year, 10), (year, 1), (month, 10), (month, 1), (day, 10), (day, 1)];
        let mut text = String::with_capacity(10);
        for (index, (number, place)) in places.into_iter().enumerate() {
            if let 4 | 6 = index {
                text.push('-');
            }
            let digit = number.div_euclid(place).rem_euclid(10);
            text.push(char::from_digit(digit, 10).unwrap_or_default());
        }
        text
    }

    fn bounded(date: Option<NaiveDate>) -> Option<Self> {
        date.filter(|date| (1..=9999).contains(&date.year())).map(Self)
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Parses exactly `YYYY-MM-DD`. This is hand-written because chrono's parser also accepts spaces, signs and single
    /// digits.
    fn from_str(text: &str) -> Result<Self, Error> {
        fn digits(digits: &[u8]) -> Option<u32> {
            digits.iter().try_fold(0u32, |number, digit| {
                let digit = char::from(*digit).to_digit(10)?;
                number.checked_mul(10)?.checked_add(digit)
            })
        }
        let date = match text.as_bytes() {
            [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] => {
                match (digits(&[*y1, *y2, *y3, *y4]), digits(&[*m1, *m2]), digits(&[*d1, *d2])) {
                    (Some(year), Some(month), Some(day)) => {
                        year.try_into().ok().map(|year| Self::new(year, month, day))
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        match date {
            Some(Ok(date)) => Ok(date),
            Some(Err(_)) => {
                Err(Error::new(Code::InvalidDate, "", ["expected a day of the calendar, got ", &quote(text)].concat()))
            }
            None => Err(Error::new(Code::InvalidDate, "", "expected a date as `YYYY-MM-DD`")),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso())
    }
}

impl fmt::Debug for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Shape for Date {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        node.text().and_then(|text| node.ok_or_report(text.parse::<Date>())).unwrap_or(Self::LAST)
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.iso());
    }
}

serde_by_shape!(Date);

#[cfg(test)]
mod tests {
    use super::*;

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
}
