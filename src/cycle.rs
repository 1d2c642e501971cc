//! Cycles, and the endless series of dates that a cycle generates from an anchor.

use crate::date::Date;
use crate::error::{Code, Error};
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape, words};

/// The unit that a cycle counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: the calendar has no other unit for a cycle.
pub enum Unit {
    /// Days.
    Day,
    /// Weeks of seven days.
    Week,
    /// Calendar months.
    Month,
    /// Years of twelve calendar months.
    Year,
}

words!(Unit { Day "day", Week "week", Month "month", Year "year" });

/// How often a payment is due (R2.1): every 1 to 1000 days, weeks, months or years.
///
/// In JSON a cycle with a name is written by its name (`"monthly"`), any other as `{"every":10,"unit":"day"}`.
///
/// # Examples
/// ```
/// use billing_rules::{Cycle, Unit};
///
/// let cycle = Cycle::new(3, Unit::Month)?;
/// assert_eq!(cycle, Cycle::QUARTERLY);
/// assert_eq!((cycle.every(), cycle.unit(), cycle.name()), (3, Unit::Month, Some("quarterly")));
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Cycle {
    every: u16,
    unit: Unit,
}

/// The distance between the due dates of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    Days(i64),
    Months(i64),
}

impl Cycle {
    /// Every week, 7 days.
    pub const WEEKLY: Cycle = Cycle { every: 1, unit: Unit::Week };
    /// Every second week, 14 days.
    pub const BIWEEKLY: Cycle = Cycle { every: 2, unit: Unit::Week };
    /// Every month.
    pub const MONTHLY: Cycle = Cycle { every: 1, unit: Unit::Month };
    /// Every three months.
    pub const QUARTERLY: Cycle = Cycle { every: 3, unit: Unit::Month };
    /// Every six months.
    pub const SEMIANNUALLY: Cycle = Cycle { every: 6, unit: Unit::Month };
    /// Every year.
    pub const YEARLY: Cycle = Cycle { every: 1, unit: Unit::Year };

    /// The cycles with a name, in the order of `NAMES`.
    const NAMED: [Cycle; 6] =
        [Cycle::WEEKLY, Cycle::BIWEEKLY, Cycle::MONTHLY, Cycle::QUARTERLY, Cycle::SEMIANNUALLY, Cycle::YEARLY];
    const NAMES: [&str; 6] = ["weekly", "biweekly", "monthly", "quarterly", "semiannually", "yearly"];

    const MOST: u16 = 1000;

    /// Creates a cycle of `every` (1 to 1000) units.
    ///
    /// # Errors
    /// `out_of_range` for any other count.
    ///
    /// # Examples
    /// [`Cycle`] has one.
    pub fn new(every: u16, unit: Unit) -> Result<Self, Error> {
        Self::checked(every, unit)
            .ok_or_else(|| Error::new(Code::OutOfRange, "/every", "expected a count from 1 to 1000"))
    }

    /// Creates a cycle; `None` for any other count than 1 to 1000.
    #[inline]
    pub(crate) fn checked(every: u16, unit: Unit) -> Option<Self> {
        if (1..=Self::MOST).contains(&every) { Some(Self { every, unit }) } else { None }
    }

    /// Returns how many units a cycle has, 1 to 1000.
    ///
    /// # Examples
    /// [`Cycle`] has one.
    pub const fn every(self) -> u16 {
        self.every
    }

    /// Returns the unit.
    ///
    /// # Examples
    /// [`Cycle`] has one.
    pub const fn unit(self) -> Unit {
        self.unit
    }

    /// Returns the name of the cycle, for the six that have one.
    ///
    /// # Examples
    /// [`Cycle`] has one.
    pub fn name(self) -> Option<&'static str> {
        Self::NAMED.iter().zip(Self::NAMES).find(|(cycle, _)| **cycle == self).map(|(_, name)| name)
    }

    /// Returns the mean length in units of 1/120 000 day. A month is a twelfth of 365.2425 days.
    pub(crate) fn mean_length(self) -> i64 {
        match self.step() {
            Step::Days(days) => days.saturating_mul(120_000),
            Step::Months(months) => months.saturating_mul(3_652_425),
        }
    }

    /// Returns whether the cycle can have an anchor day: true for months and years.
    #[inline]
    pub(crate) fn has_anchor(self) -> bool {
        matches!(self.unit, Unit::Month | Unit::Year)
    }

    #[inline]
    pub(crate) fn step(self) -> Step {
        let every = i64::from(self.every);
        match self.unit {
            Unit::Day => Step::Days(every),
            Unit::Week => Step::Days(every.saturating_mul(7)),
            Unit::Month => Step::Months(every),
            Unit::Year => Step::Months(every.saturating_mul(12)),
        }
    }
}

impl Cycle {
    const FIELDS: Keys = "every unit";
}

impl Shape for Cycle {
    fn read(node: &Node<'_>) -> Self {
        if node.is_object() {
            return node.object(Self::FIELDS, |fields| {
                let every = fields.node("every").integer(1, Self::MOST.into());
                Self { every: every.try_into().unwrap_or(1), unit: fields.required("unit") }
            });
        }
        Self::NAMED.get(node.word(&Self::NAMES)).copied().unwrap_or(Self::WEEKLY)
    }

    fn write(&self, to: &mut Writer) {
        match self.name() {
            Some(name) => to.plain(name),
            None => {
                to.begin_object();
                to.integer_field("every", self.every.into());
                to.required("unit", &self.unit);
                to.end_object();
            }
        }
    }
}

serde_by_shape!(Cycle);

/// The endless series of dates that a cycle generates from its entry 0, in both directions.
///
/// Entry k is computed from the anchor, never from entry k - 1 (R2.2), so the anchor day returns after a short month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Series {
    Days { base: Date, step: i64 },
    Months { base: i64, step: i64, anchor_day: u32 },
}

impl Series {
    /// Creates the series with entry 0 on `base`; if the anchor day is later in the month of `base`, entry 0 is on the
    /// anchor day.
    #[inline]
    pub(crate) fn new(base: Date, anchor_day: u32, step: Step) -> Self {
        match step {
            Step::Days(step) => Series::Days { base, step },
            Step::Months(step) => Series::Months { base: base.month_number(), step, anchor_day },
        }
    }

    /// Returns entry `k`; `None` outside the calendar.
    #[inline]
    pub(crate) fn entry(self, k: i64) -> Option<Date> {
        match self {
            Series::Days { base, step } => base.plus_days(k.checked_mul(step)?),
            Series::Months { base, step, anchor_day } => {
                Date::in_month(base.checked_add(k.checked_mul(step)?)?, anchor_day)
            }
        }
    }

    /// Returns the index of the last entry on or before a date, in closed form.
    #[inline]
    pub(crate) fn entry_on_or_before(self, date: Date) -> i64 {
        match self {
            Series::Days { base, step } => floor(base.days_until(date), step),
            Series::Months { base, step, anchor_day } => {
                let months = date.month_number().saturating_sub(base);
                let k = floor(months, step);
                // An entry of an earlier month is earlier. Only one of the same month can be after the date.
                let is_same_month = k.saturating_mul(step) == months;
                if is_same_month && date.is_before_day(anchor_day) { k.saturating_sub(1) } else { k }
            }
        }
    }
}

/// Returns how often a step from 1 on fits between two days or months of the calendar; rounded down.
#[inline]
fn floor(distance: i64, step: i64) -> i64 {
    match (u32::try_from(distance), u32::try_from(step)) {
        // Numbers of the calendar are small, and a short division costs half the time.
        (Ok(distance), Ok(1)) => distance.into(),
        (Ok(distance), Ok(step)) => distance.checked_div(step).unwrap_or(distance).into(),
        _ => distance.div_euclid(step),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cycle_has_a_length_and_perhaps_a_name() {
        let ten_days = Cycle::new(10, Unit::Day).unwrap();
        assert_eq!((ten_days.every(), ten_days.unit(), ten_days.name()), (10, Unit::Day, None));
        assert_eq!(Cycle::new(3, Unit::Month).unwrap(), Cycle::QUARTERLY);
        assert_eq!(Cycle::QUARTERLY.name(), Some("quarterly"));
        assert!(Cycle::new(1000, Unit::Year).is_ok());
        assert!(Cycle::new(0, Unit::Day).is_err() && Cycle::new(1001, Unit::Day).is_err());
    }

    #[test]
    fn mean_lengths_are_exact() {
        // 400 years are 146 097 days, and 4 800 months.
        const DAYS: i64 = 120_000;
        assert_eq!(Cycle::MONTHLY.mean_length().checked_mul(4_800), DAYS.checked_mul(146_097));
        assert_eq!(Cycle::YEARLY.mean_length().checked_mul(400), DAYS.checked_mul(146_097));
        assert_eq!(Cycle::WEEKLY.mean_length(), 840_000);
    }
}
