//! Civil dates. This is the only file that names chrono, so that another calendar could replace it.

mod civil;
#[cfg(test)]
mod tests;

use std::fmt;
use std::num::NonZeroU32;
use std::ops::{Deref, Range};
use std::str::FromStr;

use chrono::{Datelike, Month, NaiveDate};

pub(crate) use civil::Months;

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
// The year, then four bits of the month and five of the day: dates are compared and taken apart more often than days are counted.
pub struct Date(NonZeroU32);

/// The days that every month has, and the most that one has.
const SURE_DAYS: u32 = 28;
const LONGEST_MONTH: u32 = 31;

/// The days from 0000-12-31 to 1970-01-01.
const EPOCH: i32 = 719_163;

impl Date {
    /// The first day of the calendar, 0001-01-01.
    pub(crate) const FIRST: Date = match Self::packed(1, 1, 1) {
        Some(date) => date,
        None => Date(NonZeroU32::MIN),
    };

    /// The last day of the calendar, 9999-12-31.
    pub(crate) const LAST: Date = match Self::packed(9999, 12, 31) {
        Some(date) => date,
        None => Date(NonZeroU32::MAX),
    };

    /// Creates a date from a year (1 to 9999), a month (1 to 12) and a day of that month.
    ///
    /// # Errors
    /// `invalid_date` if there is no such day.
    ///
    /// # Examples
    /// [`Date`] has one.
    pub fn new(year: i32, month: u32, day: u32) -> Result<Self, Error> {
        let year = u32::try_from(year).ok();
        year.and_then(|year| Self::checked(year, month, day)).ok_or_else(|| {
            Error::new(Code::InvalidDate, "", "expected a day of the calendar from 0001-01-01 to 9999-12-31")
        })
    }

    /// Returns the year, 1 to 9999.
    ///
    /// # Examples
    /// [`Date`] has one.
    #[inline]
    pub fn year(self) -> i32 {
        self.year_u32().cast_signed()
    }

    /// Returns the month, 1 to 12.
    ///
    /// # Examples
    /// [`Date`] has one.
    #[inline]
    pub fn month(self) -> u32 {
        (self.0.get() >> 5) & 15
    }

    /// Returns the day of the month, 1 to 31.
    ///
    /// # Examples
    /// [`Date`] has one.
    #[inline]
    pub fn day(self) -> u32 {
        self.0.get() & 31
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
        let day = i64::from(self.day()).checked_add(days)?;
        // The month has all days before this one, as every month has 28.
        if (1..=SURE_DAYS.max(self.day()).into()).contains(&day) {
            return Self::packed(self.year_u32(), self.month(), day.try_into().ok()?);
        }
        self.with_day(day)
    }

    /// Returns the date with a day of its month, counted on before the first and after the last.
    #[inline(never)]
    fn with_day(self, day: i64) -> Option<Self> {
        let month = self.month_number();
        let after = day.saturating_sub(days_of(self.year_u32(), self.month())?.into());
        if day > 0 && after <= 0 {
            return Self::packed(self.year_u32(), self.month(), day.try_into().ok()?);
        }
        if (1..=SURE_DAYS.into()).contains(&after) {
            return Self::in_month(month.saturating_add(1), after.try_into().ok()?);
        }
        if day <= 0 && day.saturating_add(SURE_DAYS.into()) >= 0 {
            return Self::in_month(month.saturating_sub(1), LONGEST_MONTH)?.plus_days(day);
        }
        let days = day.checked_sub(self.day().into())?;
        Self::from_epoch_days(i64::from(self.epoch_days()).checked_add(days)?.try_into().ok()?)
    }

    /// Returns the date a number of days later, or earlier if it is negative (R1.1).
    ///
    /// [`plus_days`](Self::plus_days) is the same, without the error.
    ///
    /// # Errors
    /// `out_of_range` at `/days` if the calendar does not have that day.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    ///
    /// let date: Date = "2024-02-28".parse()?;
    /// assert_eq!(date.add_days(2)?, Date::new(2024, 3, 1)?);
    /// assert_eq!(date.add_days(-59)?, Date::new(2023, 12, 31)?);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn add_days(self, days: i64) -> Result<Self, Error> {
        self.plus_days(days).ok_or_else(|| {
            Error::new(Code::OutOfRange, "/days", "expected a number of days that leads to 0001-01-01 to 9999-12-31")
        })
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
        let days = i64::from(other.day()).saturating_sub(self.day().into());
        match other.month_number().saturating_sub(self.month_number()) {
            0 => days,
            1 => days.saturating_add(days_of(self.year_u32(), self.month()).unwrap_or(0).into()),
            _ => other.epoch_days().saturating_sub(self.epoch_days()).into(),
        }
    }

    /// Returns the number of days since 1970-01-01, as columns and Arrow have dates; negative before.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    ///
    /// let date: Date = "2025-01-31".parse()?;
    /// assert_eq!(date.epoch_days(), 20_119);
    /// assert_eq!(Date::from_epoch_days(20_119), Some(date));
    /// assert_eq!(Date::from_epoch_days(i32::MAX), None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    #[inline]
    pub fn epoch_days(self) -> i32 {
        let date = NaiveDate::from_ymd_opt(self.year(), self.month(), self.day());
        date.unwrap_or_default().num_days_from_ce().saturating_sub(EPOCH)
    }

    /// Returns the date a number of days after 1970-01-01, or before it if negative; `None` outside the calendar.
    ///
    /// # Examples
    /// [`epoch_days`](Self::epoch_days) has one.
    #[inline]
    pub fn from_epoch_days(days: i32) -> Option<Self> {
        let date = NaiveDate::from_num_days_from_ce_opt(days.checked_add(EPOCH)?)?;
        let year = u32::try_from(date.year()).ok().filter(|year| Self::YEARS.contains(year))?;
        Self::packed(year, date.month(), date.day())
    }

    /// Returns the number of the month, counted from January of year 0.
    #[inline]
    pub(crate) fn month_number(self) -> i64 {
        self.year_u32().saturating_mul(12).saturating_add(self.month()).saturating_sub(1).into()
    }

    /// The given day (1 to 31) of a month by number, or the month's last day where it is shorter; `None` outside the calendar.
    #[inline(always)]
    pub(crate) fn in_month(month_number: i64, day: u32) -> Option<Self> {
        let number = u32::try_from(month_number).ok()?;
        let (year, month) = (number / 12, (number % 12).saturating_add(1));
        if !Self::YEARS.contains(&year) {
            return None;
        }
        Self::packed(year, month, if day <= SURE_DAYS { day } else { day.min(days_of(year, month)?) })
    }

    /// Returns whether a day (1 to 31) of this month is later, in a shorter month its last day.
    #[inline]
    pub(crate) fn is_before_day(self, day: u32) -> bool {
        self.day() < day
            && (day <= SURE_DAYS || days_of(self.year_u32(), self.month()).is_some_and(|last| self.day() < last))
    }

    /// The ten characters of `YYYY-MM-DD`.
    pub(crate) fn iso(self) -> String {
        String::from(&*self.text())
    }

    /// The same without memory of its own: lists of dates are written often.
    pub(crate) fn text(self) -> DateText {
        let (year, month, day) = (self.year_u32(), self.month(), self.day());
        let digit = |number: u32| b'0' | u8::try_from(number % 10).unwrap_or(0);
        DateText([
            digit(year / 1000),
            digit(year / 100),
            digit(year / 10),
            digit(year),
            b'-',
            digit(month / 10),
            digit(month),
            b'-',
            digit(day / 10),
            digit(day),
        ])
    }

    const YEARS: Range<u32> = 1..10_000;

    #[inline]
    const fn packed(year: u32, month: u32, day: u32) -> Option<Self> {
        match NonZeroU32::new(year << 9 | month << 5 | day) {
            Some(packed) => Some(Self(packed)),
            None => None,
        }
    }

    fn checked(year: u32, month: u32, day: u32) -> Option<Self> {
        let is_day = Self::YEARS.contains(&year) && (1..=days_of(year, month)?).contains(&day);
        if is_day { Self::packed(year, month, day) } else { None }
    }

    #[inline]
    fn year_u32(self) -> u32 {
        self.0.get() >> 9
    }
}

/// Returns the number of days from 1970-01-01 to the first day of a month, by chrono; 0 where there is no such month.
const fn first_day(year: i32, month: u32) -> i32 {
    match NaiveDate::from_ymd_opt(year, month, 1) {
        Some(date) => date.to_epoch_days(),
        None => 0,
    }
}

/// How many days a month has, by chrono; `None` where there is no such month.
#[inline]
fn days_of(year: u32, month: u32) -> Option<u32> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    month.num_days(year.try_into().ok()?).map(u32::from)
}

/// The ten characters of a date.
#[derive(Clone, Copy)]
pub(crate) struct DateText([u8; 10]);

impl DateText {
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl Deref for DateText {
    type Target = str;

    fn deref(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// Reads exactly `YYYY-MM-DD`. By hand: chrono's parser takes spaces, signs and single digits too. None where it is written otherwise;
/// where it is, the day or none.
fn read(text: &[u8]) -> Option<Option<Date>> {
    let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text else { return None };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0u32, |number, digit| {
            let digit = digit.wrapping_sub(b'0');
            if digit < 10 { Some(number.wrapping_mul(10).wrapping_add(digit.into())) } else { None }
        })
    };
    let (year, month, day) = (number(&[y1, y2, y3, y4])?, number(&[m1, m2])?, number(&[d1, d2])?);
    Some(Date::checked(year, month, day))
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        match read(text.as_bytes()) {
            Some(Some(date)) => Ok(date),
            Some(None) => {
                Err(Error::new(Code::InvalidDate, "", ["expected a day of the calendar, got ", &quote(text)].concat()))
            }
            None => Err(Error::new(Code::InvalidDate, "", "expected a date as `YYYY-MM-DD`")),
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
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
        to.plain_by(|to| to.extend_from_slice(self.text().as_bytes()));
    }
}

serde_by_shape!(Date);
