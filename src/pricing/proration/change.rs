//! A change of plan, as it is asked for.

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::{Money, Rounding};
use crate::pricing::share::FirstPeriod;
use crate::schedule::Schedule;

/// When a change takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Effective {
    /// On the day of the change.
    OnDate,
    /// With the next due date.
    PeriodEnd,
}

words!(Effective { OnDate "on_date", PeriodEnd "period_end" });

/// When the difference is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Settle {
    /// On the day of the change.
    Now,
    /// With the next payment.
    NextPayment,
}

words!(Settle { Now "now", NextPayment "next_payment" });

/// A change of plan: to another price, and perhaps to another cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChange {
    /// The price of a full period after the change.
    pub to: Money,
    /// The day of the change.
    pub at: Date,
    /// The cycle after the change. Another one than before restarts the schedule (R3.6).
    pub cycle: Option<Cycle>,
    /// The number of payments from the restart on, the one due then included. Only with another cycle.
    pub payment_count: Option<u32>,
    /// The anchor day of the schedule that restarts, 1 to 31. Only with another cycle (R3.6).
    pub anchor_day: Option<u32>,
    /// When it takes force; default at once, for a downgrade with the next due date (R3.5).
    pub effective: Option<Effective>,
    /// When the difference is paid; default at once.
    pub settle: Option<Settle>,
    /// Whether the running period is prorated; default yes.
    pub prorate: Option<bool>,
}

impl PlanChange {
    /// Creates a change to another price on a day. Everything else has its default.
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

    /// Sets the cycle after the change. Another cycle than before restarts the schedule (R3.6).
    pub fn with_cycle(mut self, cycle: Cycle) -> Self {
        self.cycle = Some(cycle);
        self
    }

    /// Sets the number of payments from the restart on, 1 or more. Only with another cycle.
    pub fn with_payment_count(mut self, payment_count: u32) -> Self {
        self.payment_count = Some(payment_count);
        self
    }

    /// Sets the anchor day from the restart on, 1 to 31. Only with another cycle (R3.6).
    pub fn with_anchor_day(mut self, anchor_day: u32) -> Self {
        self.anchor_day = Some(anchor_day);
        self
    }

    /// Sets when the change takes force (R3.5).
    pub fn with_effective(mut self, effective: Effective) -> Self {
        self.effective = Some(effective);
        self
    }

    /// Sets when the difference is paid (R3.5).
    pub fn with_settle(mut self, settle: Settle) -> Self {
        self.settle = Some(settle);
        self
    }

    /// Sets whether the current period is prorated. It is by default.
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

/// A change of plan with what it changes. In JSON one flat object.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProrateInput {
    /// The schedule that runs.
    pub schedule: Schedule,
    /// The price of a full period before the change.
    pub from: Money,
    /// The change.
    pub change: PlanChange,
    /// What a short first period costs; default its part of the price.
    pub first_period: Option<FirstPeriod>,
    /// How lines are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// To multiples of how many minor units; default 1.
    pub round_to: Option<u32>,
}

impl ProrateInput {
    /// Creates an input from the current schedule, its price and the change. Everything else has its default.
    ///
    /// # Examples
    /// [`prorate`](crate::prorate) has one.
    pub fn new(schedule: Schedule, from: Money, change: PlanChange) -> Self {
        Self { schedule, from, change, first_period: None, rounding: None, round_to: None }
    }

    /// Sets what a short first period costs (R3.8).
    pub fn with_first_period(mut self, first_period: FirstPeriod) -> Self {
        self.first_period = Some(first_period);
        self
    }

    /// Sets how amounts are rounded (R1.4).
    pub fn with_rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = Some(rounding);
        self
    }

    /// Sets the multiple of minor units that amounts are rounded to, from 1 to 1 000 000 (R1.4).
    pub fn with_round_to(mut self, round_to: u32) -> Self {
        self.round_to = Some(round_to);
        self
    }
}

impl ProrateInput {
    /// Those of the change stand among its own.
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
