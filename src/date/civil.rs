//! The arithmetic of a loop over many days, without the checks of each.

use super::{SURE_DAYS, days_of};

/// A day by its month, counted from January of year 0, and the day of that month: what a loop over columns needs of it.
///
/// The conversions are those of Neri and Schneider (2022). A year begins in March, so its leap day is the last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct DayOfMonth {
    pub(crate) month: u32,
    pub(crate) day: u32,
}

impl DayOfMonth {
    /// The days from 0000-03-01 to 1970-01-01.
    const EPOCH: i32 = 719_468;
    /// The first and the last day of the calendar.
    pub(super) const FIRST_DAY: i32 = -719_162;
    pub(super) const LAST_DAY: i32 = 2_932_896;
    /// The number of the month after the last.
    const END: u32 = 120_000;

    /// Reads a number of days since 1970-01-01; `None` outside the calendar.
    #[inline(always)]
    pub(crate) fn from_epoch_days(days: i32) -> Option<Self> {
        if !(Self::FIRST_DAY..=Self::LAST_DAY).contains(&days) {
            return None;
        }
        let quarters = days.wrapping_add(Self::EPOCH).cast_unsigned().wrapping_mul(4).wrapping_add(3);
        let (century, quarters) = (quarters / 146_097, (quarters % 146_097) | 3);
        // The upper half is the year of the century, the lower half the day of the year.
        let product = u64::from(quarters).wrapping_mul(2_939_745);
        let year = century.wrapping_mul(100).wrapping_add((product >> 32) as u32);
        let day_of_year = product as u32 / 2_939_745 / 4;
        // The upper half is the month, 3 for March, the lower half the day.
        let product = day_of_year.wrapping_mul(2141).wrapping_add(197_913);
        let month = year.wrapping_mul(12).wrapping_add(product >> 16).wrapping_sub(1);
        Some(Self { month, day: ((product & 0xffff) / 2141).wrapping_add(1) })
    }

    /// Returns the number of days since 1970-01-01. The day is one of a month within the calendar.
    #[inline(always)]
    pub(crate) fn epoch_days(self) -> i32 {
        let from_march = self.month.wrapping_sub(2);
        let (year, month) = (from_march / 12, from_march % 12);
        let century = year / 100;
        let of_years = (year.wrapping_mul(1461) / 4).wrapping_sub(century).wrapping_add(century / 4);
        let of_months = month.wrapping_mul(979).wrapping_add(18) / 32;
        let number = of_years.wrapping_add(of_months).wrapping_add(self.day);
        number.cast_signed().wrapping_sub(Self::EPOCH).wrapping_sub(1)
    }

    /// Returns the same day so many months later, in a shorter month its last day; `None` after the calendar.
    #[inline(always)]
    pub(crate) fn plus_months(self, months: u32) -> Option<Self> {
        let month = self.month.wrapping_add(months);
        if month >= Self::END {
            return None;
        }
        Some(Self { month, day: self.day_in(month) })
    }

    /// Returns this day in a month, in a shorter one its last day.
    #[inline(always)]
    pub(crate) fn day_in(self, month: u32) -> u32 {
        if self.day <= SURE_DAYS { self.day } else { self.day.min(length_of(month)) }
    }
}

/// How many days a month has, by its number.
#[inline(never)]
fn length_of(month: u32) -> u32 {
    days_of(month / 12, (month % 12).wrapping_add(1)).unwrap_or(SURE_DAYS)
}
