//! The arithmetic of a loop over many days: the months of a table, without a branch.

use std::array::from_fn;
use std::sync::OnceLock;

use super::first_day;

/// The first days of the months from January 1970 on, which is month 0. A loop drops wrong answers afterwards, so every function accepts
/// any number.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Months(&'static [u16; COUNT]);

/// How many months the table has: a power of two, so that an index is cut to the table instead of being checked.
const COUNT: usize = 2048;

impl Months {
    /// The first day of the last month, 2140-08-01: those before have a length.
    pub(crate) const END_DAY: u32 = first_day(2140, 8).cast_unsigned();

    /// Returns the table, which chrono makes once. In the wasm it would weigh as much as all functions that use it.
    pub(crate) fn table() -> Self {
        static TABLE: OnceLock<[u16; COUNT]> = OnceLock::new();
        Self(TABLE.get_or_init(|| {
            from_fn(|month| {
                let (year, of_year) = (1970_usize.wrapping_add(month / 12), (month % 12).wrapping_add(1));
                first_day(year as i32, of_year as u32) as u16
            })
        }))
    }

    /// Returns the month that contains a day before [`END_DAY`](Self::END_DAY), which is counted from 1970-01-01.
    #[inline(always)]
    pub(crate) fn of(self, day: u32) -> u32 {
        // A month has 30.44 days: the quotient is that of the month or of the one before.
        let near = day.wrapping_mul(34_446) >> 20;
        near.wrapping_add(u32::from(day >= self.first_day(near.wrapping_add(1))))
    }

    /// Returns whether the table has the length of a month.
    #[inline(always)]
    pub(crate) fn has(month: u32) -> bool {
        const LAST: u32 = COUNT as u32 - 1;
        month < LAST
    }

    /// Returns the first day of a month.
    #[inline(always)]
    pub(crate) fn first_day(self, month: u32) -> u32 {
        self.0.get(month as usize % COUNT).copied().unwrap_or(0).into()
    }

    /// Returns the day of a month that is so many days after the first, in a shorter month its last day.
    #[inline(always)]
    pub(crate) fn day(self, month: u32, after_first: u32) -> u32 {
        let last = self.first_day(month.wrapping_add(1)).wrapping_sub(1);
        self.first_day(month).wrapping_add(after_first).min(last)
    }
}
