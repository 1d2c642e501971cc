//! The terms: price, schedule, trial, recurrence, and what happens if a payment is declined or missed.

mod adjustments;
pub(crate) mod initiation;

use crate::date::Date;
use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::Recurrence;
use crate::json::{object, words};
use crate::minimum_term::{self, Commitment, Notice};
use crate::money::{Money, Rounding, RoundingRule};
use crate::pricing::discount::Discount;
use crate::pricing::plan::Plan;
use crate::pricing::price::Price;
use crate::pricing::share::FirstPeriod;
use crate::pricing::step::Step;
use crate::pricing::tax::Taxes;
use crate::retry::{OnExhausted, RetryPolicy};
use crate::schedule::Schedule;
use std::borrow::Cow;

/// What happens to payments that were missed because `next_action` was not called (R5.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum MissedPayments {
    /// Each is due, the oldest first. The default.
    #[default]
    All,
    /// The latest is due; the older ones are skipped, and their numbers stay unused.
    Latest,
}

words!(MissedPayments { All "all", Latest "latest" });

/// The terms of a subscription. They stay as they were agreed; the result of later changes is in
/// [`Subscription::current`](crate::Subscription::current).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Terms {
    /// The price of a full period, 0 or more, and a multiple of `round_to`.
    pub price: Price,
    /// When payments are due. Without a schedule, each payment is an unscheduled charge of its own amount.
    pub schedule: Option<Schedule>,
    /// Who triggers the payments after the first; default the merchant.
    pub recurrence: Option<Recurrence>,
    /// The first day of a trial, before the schedule's start: the card is verified on that day (R2.9).
    pub trial_start: Option<Date>,
    /// What a stub costs; default its share of the price.
    pub first_period: Option<FirstPeriod>,
    /// How shares of a price are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// The multiple of minor units to round to; default 1.
    pub round_to: Option<u32>,
    /// When a declined payment is retried, and what happens if all attempts fail.
    pub retry: Option<RetryPolicy>,
    /// What happens to missed payments; default all are due.
    pub missed_payments: Option<MissedPayments>,
    /// Other prices from a payment's number on, ascending (R9.5).
    pub steps: Vec<Step>,
    /// A fee that is charged once, with the first payment whose price is above 0 (R9.5).
    pub setup: Option<Money>,
    /// The price of the trial; without it a trial is free (R9.5).
    pub trial_price: Option<Money>,
    /// The discounts, in the order in which they apply (R9.3).
    pub discounts: Vec<Discount>,
    /// The taxes on every payment of the schedule (R9.4).
    pub taxes: Option<Taxes>,
    /// The least that a full period costs, after discounts and before tax (R9.1).
    pub minimum: Option<Money>,
    /// For how long the customer is committed; default not at all (R10.1).
    pub commitment: Option<Commitment>,
    /// How long before its end a cancellation has to be given; default it takes effect on its day (R10.2).
    pub notice: Option<Notice>,
}

object!(Terms {
    price: required "price",
    schedule: optional "schedule",
    recurrence: optional "recurrence",
    trial_start: optional "trialStart",
    first_period: optional "firstPeriod",
    rounding: optional "rounding",
    round_to: optional "roundTo",
    retry: optional "retry",
    missed_payments: optional "missedPayments",
    steps: defaulted "steps",
    setup: optional "setup",
    trial_price: optional "trialPrice",
    discounts: defaulted "discounts",
    taxes: optional "taxes",
    minimum: optional "minimum",
    commitment: optional "commitment",
    notice: optional "notice",
} check Terms::check);

impl Terms {
    /// Creates terms with a price per period and a schedule. All other fields have their defaults.
    ///
    /// [`Subscription::new`](crate::Subscription::new) and [`preview`](Self::preview) check them.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, MissedPayments, RetryPolicy, Schedule, Terms};
    ///
    /// let schedule = Schedule::new("2025-02-14".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new("99.00 NOK".parse()?, schedule)
    ///     .with_trial_start("2025-01-31".parse()?)
    ///     .with_retry(RetryPolicy::new([1, 3]))
    ///     .with_missed_payments(MissedPayments::Latest);
    /// assert_eq!(terms.price.to_string(), "99.00 NOK");
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(price: Money, schedule: Schedule) -> Self {
        Self { schedule: Some(schedule), ..Self::unscheduled(price) }
    }

    /// Creates terms without a schedule: each payment is an unscheduled charge of its own amount (R5.11).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Event, Subscription, Terms};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let top_ups = Subscription::new("sub-1", Terms::unscheduled("0 NOK".parse()?))?;
    /// let charged = top_ups.apply(&Event::unscheduled_charge("top-up-1", "50.00 NOK".parse()?, day))?;
    /// assert_eq!(charged.next_action(day)?.payment().map(|payment| payment.amount), Some("50.00 NOK".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn unscheduled(price: Money) -> Self {
        Self {
            price: price.into(),
            schedule: None,
            recurrence: None,
            trial_start: None,
            first_period: None,
            rounding: None,
            round_to: None,
            retry: None,
            missed_payments: None,
            steps: Vec::new(),
            setup: None,
            trial_price: None,
            discounts: Vec::new(),
            taxes: None,
            minimum: None,
            commitment: None,
            notice: None,
        }
    }

    /// Sets the price of a full period: an amount, or items (R9.1).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Item, Money, Price, PreviewOptions, Schedule, Terms};
    ///
    /// let seat: Money = "10.00 EUR".parse()?;
    /// let seats = Price::of_items(vec![Item::new("seats", seat).with_quantity(5)])?;
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new(seat, schedule).with_price(seats);
    /// assert_eq!(terms.preview(&PreviewOptions::new(schedule.start()))?.due_now.to_string(), "50.00 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_price(mut self, price: Price) -> Self {
        self.price = price;
        self
    }

    /// Sets who triggers the payments after the first.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, FirstPeriod, Recurrence, Rounding, Schedule, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-20".parse()?, Cycle::MONTHLY).with_anchor_day(1)?;
    /// let terms = Terms::new("99.00 NOK".parse()?, schedule)
    ///     .with_recurrence(Recurrence::External)
    ///     .with_first_period(FirstPeriod::Full)
    ///     .with_rounding(Rounding::HalfEven)
    ///     .with_round_to(100);
    /// assert_eq!(terms.round_to, Some(100));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_recurrence(mut self, recurrence: Recurrence) -> Self {
        self.recurrence = Some(recurrence);
        self
    }

    /// Sets the first day of a trial, before the start of the schedule (R2.9).
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_trial_start(mut self, trial_start: Date) -> Self {
        self.trial_start = Some(trial_start);
        self
    }

    /// Adds a trial of a number of days (R2.10): `trial_start` is the first of them, and the schedule starts on the day after
    /// the last. The start that the schedule had is not used; its anchor day, end date and payment count stay.
    ///
    /// # Errors
    /// `out_of_range` at `/days` for 0, or if the schedule would start after 9999-12-31; `no_schedule` without a schedule;
    /// `trial_not_allowed` if there is a trial already; `end_before_start` if the schedule would end in the trial.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Date, Schedule, Terms};
    ///
    /// let today: Date = "2025-01-31".parse()?;
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(today, Cycle::MONTHLY)).with_trial(today, 14)?;
    /// assert_eq!(terms.trial_start, Some(today));
    /// assert_eq!(terms.schedule.map(|schedule| schedule.start()), Some("2025-02-14".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_trial(self, on: Date, days: u32) -> Result<Self, Errors> {
        let mut problems = Problems::default();
        if self.trial_start.is_some() {
            let message = "cannot add a trial because the terms have one; leave out `trialStart`";
            problems.push(Code::TrialNotAllowed, "/terms/trialStart", message);
        }
        if days == 0 {
            problems.push(Code::OutOfRange, "/days", "expected a trial of 1 day or more");
        }
        let schedule = problems.check(self.schedule.ok_or_else(|| no_schedule("/terms/schedule")));
        let start = problems.check(on.add_days(days.into()));
        let moved = schedule.zip(start).and_then(|(schedule, start)| {
            problems.check(schedule.starting_on(start).map_err(|error| error.prefixed("/terms/schedule")))
        });
        problems.finish(moved.map(|schedule| Self { trial_start: Some(on), schedule: Some(schedule), ..self }))
    }

    /// Sets what a stub costs (R3.8).
    ///
    /// # Examples
    /// [`with_recurrence`](Self::with_recurrence) has one.
    pub fn with_first_period(mut self, first_period: FirstPeriod) -> Self {
        self.first_period = Some(first_period);
        self
    }

    /// Sets how shares of a price are rounded (R1.4).
    ///
    /// # Examples
    /// [`with_recurrence`](Self::with_recurrence) has one.
    pub fn with_rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = Some(rounding);
        self
    }

    /// Sets the multiple of minor units that amounts are rounded to, from 1 to 1 000 000 (R1.4).
    ///
    /// # Examples
    /// [`with_recurrence`](Self::with_recurrence) has one.
    pub fn with_round_to(mut self, round_to: u32) -> Self {
        self.round_to = Some(round_to);
        self
    }

    /// Sets when a declined payment is retried (R6.1).
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_retry(mut self, retry: RetryPolicy) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sets what happens to missed payments (R5.8).
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_missed_payments(mut self, missed_payments: MissedPayments) -> Self {
        self.missed_payments = Some(missed_payments);
        self
    }

    /// Sets for how long the customer is committed (R10.1).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Commitment, Cycle, Schedule, Terms};
    ///
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new("2026-01-01".parse()?, Cycle::MONTHLY))
    ///     .with_commitment(Commitment::Payments(12));
    /// assert_eq!(terms.earliest_end("2026-03-15".parse()?)?, Some("2027-01-01".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_commitment(mut self, commitment: Commitment) -> Self {
        self.commitment = Some(commitment);
        self
    }

    /// Sets how long before its end a cancellation has to be given (R10.2).
    ///
    /// # Examples
    /// [`Notice::new`] has one.
    pub fn with_notice(mut self, notice: Notice) -> Self {
        self.notice = Some(notice);
        self
    }

    pub(crate) fn check(&self) -> Result<(), Errors> {
        let mut problems = Problems::default();
        let rule = self.rule();
        // Multiples of 1 if the rounding itself is invalid.
        let grid = rule.as_ref().copied().unwrap_or_default();
        problems.take(self.price.check(grid, "/price"));
        self.check_adjustments(grid, &mut problems);
        problems.check(rule);
        match (self.schedule, self.trial_start) {
            (Some(schedule), Some(trial_start)) if trial_start >= schedule.start() => {
                let message = "expected a trial that begins before the schedule";
                problems.push(Code::OutOfRange, "/trialStart", message);
            }
            (None, trial_start) => {
                let needs_schedule = [
                    (trial_start.is_some(), "/trialStart"),
                    (self.recurrence == Some(Recurrence::Internal), "/recurrence"),
                    (self.first_period.is_some(), "/firstPeriod"),
                    (self.missed_payments.is_some(), "/missedPayments"),
                ];
                for (_, path) in needs_schedule.iter().filter(|(given, _)| *given) {
                    problems.add(no_schedule(path));
                }
            }
            _ => {}
        }
        minimum_term::check(self.commitment, self.notice, self.schedule.as_ref(), &mut problems);
        problems.finish(Some(()))
    }

    pub(crate) fn rule(&self) -> Result<RoundingRule, Error> {
        RoundingRule::new(self.rounding.unwrap_or_default(), self.round_to.unwrap_or(1))
    }

    pub(crate) fn is_internal(&self) -> bool {
        self.recurrence == Some(Recurrence::Internal)
    }

    /// Returns the retry policy, or the default one.
    pub(crate) fn retry_policy(&self) -> Cow<'_, RetryPolicy> {
        match &self.retry {
            Some(policy) => Cow::Borrowed(policy),
            None => Cow::Owned(RetryPolicy::default()),
        }
    }

    /// Returns the day of the policy's last attempt, counted from the first decline.
    pub(crate) fn last_retry_day(&self) -> u32 {
        let days = self.retry.as_ref().map_or(RetryPolicy::USUAL_DAYS.as_slice(), |policy| &policy.days);
        days.last().copied().unwrap_or_default()
    }

    pub(crate) fn on_exhausted(&self) -> OnExhausted {
        self.retry.as_ref().and_then(|policy| policy.on_exhausted).unwrap_or_default()
    }
}

pub(crate) fn no_schedule(path: &str) -> Error {
    Error::at(Code::NoSchedule, path, "cannot do this because the terms have no schedule")
}

impl Terms {
    /// Returns what was agreed about prices, with a price in force.
    pub(crate) fn plan<'a>(&self, price: &'a Price) -> Result<Plan<'a>, Error> {
        Ok(Plan { price, first_period: self.first_period, rule: self.rule()?, applied: None })
    }

    /// Returns the price of a full period: the sum of its items.
    pub(crate) fn full_price(&self) -> Result<Money, Error> {
        self.price.sum(self.rule()?)
    }

    /// Returns whether a full period costs anything.
    #[cfg(feature = "_providers")]
    pub(crate) fn costs_something(&self) -> bool {
        self.full_price().is_ok_and(|price| price.amount() > 0)
    }
}
