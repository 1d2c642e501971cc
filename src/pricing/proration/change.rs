//! A change of plan, as it is asked for.

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::{Money, Rounding};
use crate::pricing::share::FirstPeriod;
use crate::schedule::Schedule;

/// When a change takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effective {
    /// On the day of the change.
    OnDate,
    /// With the next due date.
    PeriodEnd,
}

words!(Effective { OnDate "on_date", PeriodEnd "period_end" });

/// When the difference is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
    /// A change to another price on a day, with all defaults.
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
    /// A change of what runs, with the default rounding.
    pub fn new(schedule: Schedule, from: Money, change: PlanChange) -> Self {
        Self { schedule, from, change, first_period: None, rounding: None, round_to: None }
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
