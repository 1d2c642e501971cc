//! The input of a plan change.

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::{Money, Rounding};
use crate::pricing::share::FirstPeriod;
use crate::schedule::Schedule;

/// When a change takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effective {
    /// On the day of the change.
    OnDate,
    /// With the next due date.
    PeriodEnd,
}

words!(Effective { OnDate "on_date", PeriodEnd "period_end" });

/// When the difference is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settle {
    /// On the day of the change.
    Now,
    /// With the next payment.
    NextPayment,
}

words!(Settle { Now "now", NextPayment "next_payment" });

/// A plan change: to another price, and optionally to another cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChange {
    /// The price of a full period after the change.
    pub to: Money,
    /// The day of the change.
    pub at: Date,
    /// The cycle after the change. A different cycle restarts the schedule (R3.6).
    pub cycle: Option<Cycle>,
    /// The number of payments from the restart on, including the one due then. Only with a different cycle.
    pub payment_count: Option<u32>,
    /// The anchor day of the restarted schedule, 1 to 31. Only with a different cycle (R3.6).
    pub anchor_day: Option<u32>,
    /// When it takes effect; default immediately, for a downgrade with the next due date (R3.5).
    pub effective: Option<Effective>,
    /// When the difference is settled; default immediately.
    pub settle: Option<Settle>,
    /// Whether the current period is prorated; default true.
    pub prorate: Option<bool>,
}

impl PlanChange {
    /// Creates a change to another price on a day. All other fields have their defaults.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PlanChange};
    ///
    /// let change = PlanChange::new("1000.00 NOK".parse()?, "2025-04-11".parse()?).with_cycle(Cycle::YEARLY);
    /// assert_eq!(change.cycle, Some(Cycle::YEARLY));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(to: Money, at: Date) -> Self {
        Self {
            to,
            at,
            cycle: None,
            payment_count: None,
            anchor_day: None,
            effective: None,
            settle: None,
            prorate: None,
        }
    }

    /// Sets the cycle after the change. A different cycle restarts the schedule (R3.6).
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_cycle(mut self, cycle: Cycle) -> Self {
        self.cycle = Some(cycle);
        self
    }

    /// Sets the number of payments from the restart on, 1 or more. Only with a different cycle.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Effective, PlanChange, Settle};
    ///
    /// let change = PlanChange::new("1000.00 NOK".parse()?, "2025-04-11".parse()?);
    /// let yearly = change.with_cycle(Cycle::YEARLY).with_payment_count(3).with_anchor_day(1);
    /// assert_eq!((yearly.payment_count, yearly.anchor_day), (Some(3), Some(1)));
    ///
    /// let later = change.with_effective(Effective::PeriodEnd).with_prorate(false);
    /// assert_eq!(later.with_settle(Settle::NextPayment).prorate, Some(false));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_payment_count(mut self, payment_count: u32) -> Self {
        self.payment_count = Some(payment_count);
        self
    }

    /// Sets the anchor day from the restart on, 1 to 31. Only with a different cycle (R3.6).
    ///
    /// # Examples
    /// [`with_payment_count`](Self::with_payment_count) has one.
    pub fn with_anchor_day(mut self, anchor_day: u32) -> Self {
        self.anchor_day = Some(anchor_day);
        self
    }

    /// Sets when the change takes effect (R3.5).
    ///
    /// # Examples
    /// [`with_payment_count`](Self::with_payment_count) has one.
    pub fn with_effective(mut self, effective: Effective) -> Self {
        self.effective = Some(effective);
        self
    }

    /// Sets when the difference is settled (R3.5).
    ///
    /// # Examples
    /// [`with_payment_count`](Self::with_payment_count) has one.
    pub fn with_settle(mut self, settle: Settle) -> Self {
        self.settle = Some(settle);
        self
    }

    /// Sets whether the current period is prorated. Default true.
    ///
    /// # Examples
    /// [`with_payment_count`](Self::with_payment_count) has one.
    pub fn with_prorate(mut self, prorate: bool) -> Self {
        self.prorate = Some(prorate);
        self
    }
}

object!(PlanChange {
    to: required "to",
    at: required "at",
    cycle: optional "cycle",
    payment_count: optional "paymentCount",
    anchor_day: optional "anchorDay",
    effective: optional "effective",
    settle: optional "settle",
    prorate: optional "prorate",
});

/// A plan change with the schedule that it changes. In JSON this is one flat object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProrateInput {
    /// The current schedule.
    pub schedule: Schedule,
    /// The price of a full period before the change.
    pub from: Money,
    /// The change.
    pub change: PlanChange,
    /// What a stub costs; default its share of the price.
    pub first_period: Option<FirstPeriod>,
    /// How lines are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// The multiple of minor units to round to; default 1.
    pub round_to: Option<u32>,
}

impl ProrateInput {
    /// Creates an input from the current schedule, its price and the change. All other fields have their defaults.
    ///
    /// # Examples
    /// [`prorate`](crate::prorate) has one.
    pub fn new(schedule: Schedule, from: Money, change: PlanChange) -> Self {
        Self { schedule, from, change, first_period: None, rounding: None, round_to: None }
    }

    /// Sets what a stub costs (R3.8).
    ///
    /// # Examples
    /// [`PeriodPriceInput`](crate::PeriodPriceInput::with_first_period) has one.
    pub fn with_first_period(mut self, first_period: FirstPeriod) -> Self {
        self.first_period = Some(first_period);
        self
    }

    /// Sets how amounts are rounded (R1.4).
    ///
    /// # Examples
    /// [`PeriodPriceInput`](crate::PeriodPriceInput::with_first_period) has one.
    pub fn with_rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = Some(rounding);
        self
    }

    /// Sets the multiple of minor units that amounts are rounded to, from 1 to 1 000 000 (R1.4).
    ///
    /// # Examples
    /// [`PeriodPriceInput`](crate::PeriodPriceInput::with_first_period) has one.
    pub fn with_round_to(mut self, round_to: u32) -> Self {
        self.round_to = Some(round_to);
        self
    }
}

impl ProrateInput {
    /// The fields of the change are among its own.
    const FIELDS: Keys =
        "schedule from to at cycle paymentCount anchorDay effective settle prorate firstPeriod rounding roundTo";
}

impl Shape for ProrateInput {
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| Self {
            schedule: fields.required("schedule"),
            from: fields.required("from"),
            change: PlanChange::read_fields(fields),
            first_period: fields.optional("firstPeriod"),
            rounding: fields.optional("rounding"),
            round_to: fields.optional("roundTo"),
        })
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.required("schedule", &self.schedule);
        to.required("from", &self.from);
        self.change.write_fields(to);
        to.optional("firstPeriod", &self.first_period);
        to.optional("rounding", &self.rounding);
        to.optional("roundTo", &self.round_to);
        to.end_object();
    }
}

serde_by_shape!(ProrateInput);
