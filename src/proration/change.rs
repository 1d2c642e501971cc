//! A change of plan, as it is asked for.

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::{Fields, Node, Object, Shape, Value, serde_by_shape, words};
use crate::money::{Money, Rounding};
use crate::price::FirstPeriod;
use crate::schedule::Schedule;

/// When a change takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effective {
    /// On the day of the change.
    At,
    /// With the next due date.
    PeriodEnd,
}

words!(Effective { At "at", PeriodEnd "period_end" });

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
    /// When it takes force; default at once, for a downgrade with the next due date (R3.5).
    pub effective: Option<Effective>,
    /// When the difference is paid; default at once.
    pub settle: Option<Settle>,
    /// Whether the running period is prorated; default yes.
    pub prorate: Option<bool>,
}

impl PlanChange {
    pub(crate) const FIELDS: [&str; 7] = ["to", "at", "cycle", "paymentCount", "effective", "settle", "prorate"];

    /// A change to another price on a day, with all defaults.
    pub fn new(to: Money, at: Date) -> Self {
        Self { to, at, cycle: None, payment_count: None, effective: None, settle: None, prorate: None }
    }

    pub(crate) fn read_fields(fields: &Fields<'_>) -> Option<Self> {
        let to = fields.required("to");
        let at = fields.required("at");
        let cycle = fields.optional("cycle");
        let payment_count = fields.optional("paymentCount");
        let effective = fields.optional("effective");
        let settle = fields.optional("settle");
        let prorate = fields.optional("prorate");
        Some(Self {
            to: to?,
            at: at?,
            cycle: cycle?,
            payment_count: payment_count?,
            effective: effective?,
            settle: settle?,
            prorate: prorate?,
        })
    }

    pub(crate) fn write_fields(&self, object: &mut Object) {
        object.required("to", &self.to);
        object.required("at", &self.at);
        object.optional("cycle", &self.cycle);
        object.optional("paymentCount", &self.payment_count);
        object.optional("effective", &self.effective);
        object.optional("settle", &self.settle);
        object.optional("prorate", &self.prorate);
    }
}

impl Shape for PlanChange {
    fn read(node: &Node<'_>) -> Option<Self> {
        Self::read_fields(&node.object(&Self::FIELDS)?)
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        self.write_fields(&mut object);
        object.done()
    }
}

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

impl Shape for ProrateInput {
    fn read(node: &Node<'_>) -> Option<Self> {
        let own = ["schedule", "from", "firstPeriod", "rounding", "roundTo"];
        let fields = node.object(&[own.as_slice(), PlanChange::FIELDS.as_slice()].concat())?;
        let schedule = fields.required("schedule");
        let from = fields.required("from");
        let change = PlanChange::read_fields(&fields);
        let first_period = fields.optional("firstPeriod");
        let rounding = fields.optional("rounding");
        let round_to = fields.optional("roundTo");
        Some(Self {
            schedule: schedule?,
            from: from?,
            change: change?,
            first_period: first_period?,
            rounding: rounding?,
            round_to: round_to?,
        })
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("schedule", &self.schedule);
        object.required("from", &self.from);
        self.change.write_fields(&mut object);
        object.optional("firstPeriod", &self.first_period);
        object.optional("rounding", &self.rounding);
        object.optional("roundTo", &self.round_to);
        object.done()
    }
}

serde_by_shape!(PlanChange, ProrateInput);
