//! A plan change of every row of a book.

use super::column::Column;
use crate::cycle::Cycle;
use crate::pricing::proration::{Effective, Settle};

/// A plan change of every row: to another price, and optionally to another cycle.
///
/// # Examples
/// [`Schedules::prorate`](super::Schedules::prorate) has one.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Change<'a> {
    /// The price of a full period after the change, in minor units of the row's currency.
    pub to: Column<'a, i64>,
    /// The day of the change.
    pub at: Column<'a, i32>,
    /// The cycle after the change. A different cycle restarts the schedule (R3.6).
    pub cycle: Option<Cycle>,
    /// The number of payments from the restart on. Only with a different cycle.
    pub payment_count: Option<u32>,
    /// The anchor day of the restarted schedule, 1 to 31. Only with a different cycle.
    pub anchor_day: Option<u32>,
    /// When it takes effect; default immediately, for a downgrade with the next due date (R3.5).
    pub effective: Option<Effective>,
    /// When the difference is settled; default immediately.
    pub settle: Option<Settle>,
    /// Whether the current period is prorated; default true.
    pub prorate: Option<bool>,
}

impl<'a> Change<'a> {
    /// Creates a change to another price on a day. All other fields have their defaults.
    ///
    /// # Examples
    /// [`Schedules::prorate`](super::Schedules::prorate) has one.
    pub fn new(to: impl Into<Column<'a, i64>>, at: impl Into<Column<'a, i32>>) -> Self {
        let (cycle, payment_count, anchor_day, effective, settle, prorate) = (None, None, None, None, None, None);
        Self { to: to.into(), at: at.into(), cycle, payment_count, anchor_day, effective, settle, prorate }
    }

    /// Sets the cycle after the change. A different cycle restarts the schedule (R3.6).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::columns::Change;
    /// use billing_rules::{Cycle, Effective, Settle};
    ///
    /// let change = Change::new(100_000, 20_189);
    /// let yearly = change.with_cycle(Cycle::YEARLY).with_payment_count(3).with_anchor_day(1);
    /// assert_eq!((yearly.payment_count, yearly.anchor_day), (Some(3), Some(1)));
    ///
    /// let later = change.with_effective(Effective::PeriodEnd).with_prorate(false);
    /// assert_eq!(later.with_settle(Settle::NextPayment).prorate, Some(false));
    /// ```
    pub fn with_cycle(mut self, cycle: Cycle) -> Self {
        self.cycle = Some(cycle);
        self
    }

    /// Sets the number of payments from the restart on, 1 or more. Only with a different cycle.
    ///
    /// # Examples
    /// [`with_cycle`](Self::with_cycle) has one.
    pub fn with_payment_count(mut self, payment_count: u32) -> Self {
        self.payment_count = Some(payment_count);
        self
    }

    /// Sets the anchor day from the restart on, 1 to 31. Only with a different cycle (R3.6).
    ///
    /// # Examples
    /// [`with_cycle`](Self::with_cycle) has one.
    pub fn with_anchor_day(mut self, anchor_day: u32) -> Self {
        self.anchor_day = Some(anchor_day);
        self
    }

    /// Sets when the change takes effect (R3.5).
    ///
    /// # Examples
    /// [`with_cycle`](Self::with_cycle) has one.
    pub fn with_effective(mut self, effective: Effective) -> Self {
        self.effective = Some(effective);
        self
    }

    /// Sets when the difference is settled (R3.5).
    ///
    /// # Examples
    /// [`with_cycle`](Self::with_cycle) has one.
    pub fn with_settle(mut self, settle: Settle) -> Self {
        self.settle = Some(settle);
        self
    }

    /// Sets whether the current period is prorated. Default true.
    ///
    /// # Examples
    /// [`with_cycle`](Self::with_cycle) has one.
    pub fn with_prorate(mut self, prorate: bool) -> Self {
        self.prorate = Some(prorate);
        self
    }
}
