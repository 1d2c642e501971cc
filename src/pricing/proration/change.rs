//! The input of a plan change.

use std::borrow::Cow;

use crate::cycle::Cycle;
use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::{Money, Rounding};
use crate::pricing::discount::Discount;
use crate::pricing::price::Price;
use crate::pricing::quantities::Quantities;
use crate::pricing::share::FirstPeriod;
use crate::pricing::step::Step;
use crate::pricing::tax::Taxes;
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

/// A plan change: to another price and optionally to another cycle, or to other quantities of items.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChange {
    /// The price of a full period after the change; `None` if only quantities change. An item without a quantity has the
    /// one in force, else 1 (R9.2).
    pub to: Option<Price>,
    /// Other quantities of the items of the price (R9.2).
    pub quantities: Option<Quantities>,
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
    /// Prices from later payment numbers on; none ends those in effect. Default: a change of price ends them, any other keeps them
    /// (R9.5).
    pub steps: Option<Vec<Step>>,
    /// The discounts from now on; none ends those in effect. Default: they stay (R9.3).
    pub discounts: Option<Vec<Discount>>,
    /// The taxes from the next payment of the schedule on; none without a rate. Default: they stay (R9.4).
    pub taxes: Option<Taxes>,
    /// The least that a full period costs; 0 for none. Default: it stays (R9.1).
    pub minimum: Option<Money>,
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
        Self::to_price(to.into(), at)
    }

    /// Creates a change to another price on a day: an amount, or items.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Item, PlanChange, Price};
    ///
    /// let seats = Price::of_items(vec![Item::new("seats", "25.00 EUR".parse()?)])?;
    /// assert!(PlanChange::to_price(seats, "2025-05-01".parse()?).to.is_some());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_price(to: Price, at: Date) -> Self {
        Self { to: Some(to), ..Self::at(at) }
    }

    /// Creates a change of quantities on a day (R9.2). The items keep their prices.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Item, PlanChange, Price, ProrateInput, Quantities, Schedule, prorate};
    ///
    /// let five = Price::of_items(vec![Item::new("seats", "10.00 EUR".parse()?).with_quantity(5)])?;
    /// let schedule = Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY);
    /// let change = PlanChange::of_quantities(Quantities::new([("seats", 8)]), "2025-04-16".parse()?);
    /// let answer = prorate(&ProrateInput::new(schedule, five.full()?, change).with_from(five))?;
    /// assert_eq!(answer.due_now.to_string(), "15.00 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_quantities(quantities: Quantities, at: Date) -> Self {
        Self { quantities: Some(quantities), ..Self::at(at) }
    }

    /// Creates a change on a day that keeps the price: other discounts, steps, taxes or another minimum (R9).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Discount, Off, PlanChange};
    ///
    /// let half = Discount::new("stay", Off::Percent("50".parse()?)).with_payments(3);
    /// let change = PlanChange::at("2025-04-11".parse()?).with_discounts([half]);
    /// assert_eq!(change.to, None);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn at(at: Date) -> Self {
        Self {
            to: None,
            quantities: None,
            at,
            cycle: None,
            payment_count: None,
            anchor_day: None,
            effective: None,
            settle: None,
            prorate: None,
            steps: None,
            discounts: None,
            taxes: None,
            minimum: None,
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
    /// let yearly = change.clone().with_cycle(Cycle::YEARLY).with_payment_count(3).with_anchor_day(1);
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

impl PlanChange {
    /// Returns the price after the change. An item without a quantity has the one of the price before, and the quantities
    /// of the change are on top (R9.2).
    pub(crate) fn price_after<'a>(&'a self, before: &'a Price) -> Cow<'a, Price> {
        let to = match &self.to {
            Some(to @ Price::Items(_)) => Cow::Owned(to.resolved(Some(before))),
            Some(to @ Price::Amount(_)) => Cow::Borrowed(to),
            None => Cow::Borrowed(before),
        };
        match &self.quantities {
            Some(quantities) => Cow::Owned(quantities.of_price(&to)),
            None => to,
        }
    }
}

object!(PlanChange {
    to: optional "to",
    quantities: optional "quantities",
    at: required "at",
    cycle: optional "cycle",
    payment_count: optional "paymentCount",
    anchor_day: optional "anchorDay",
    effective: optional "effective",
    settle: optional "settle",
    prorate: optional "prorate",
    steps: optional "steps",
    discounts: optional "discounts",
    taxes: optional "taxes",
    minimum: optional "minimum",
});

/// A plan change with the schedule that it changes. In JSON this is one flat object.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProrateInput {
    /// The current schedule.
    pub schedule: Schedule,
    /// The price of a full period before the change.
    pub from: Price,
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
        Self { schedule, from: from.into(), change, first_period: None, rounding: None, round_to: None }
    }

    /// Sets the price before the change: an amount, or items (R9.1).
    ///
    /// # Examples
    /// [`PlanChange::of_quantities`] has one.
    pub fn with_from(mut self, from: Price) -> Self {
        self.from = from;
        self
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
    const FIELDS: Keys = "schedule from to quantities at cycle paymentCount anchorDay effective settle prorate firstPeriod rounding roundTo";
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
