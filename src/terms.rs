//! The terms: price, schedule, trial, recurrence, and what happens if a payment is declined or missed.

use crate::date::Date;
use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::{
    AmountKind, EstablishedBy, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing, selected,
};
use crate::json::{object, words};
use crate::money::{Money, Rounding, RoundingRule};
use crate::pricing::scheduled::PricedSchedule;
use crate::pricing::share::FirstPeriod;
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
    pub price: Money,
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
            price,
            schedule: None,
            recurrence: None,
            trial_start: None,
            first_period: None,
            rounding: None,
            round_to: None,
            retry: None,
            missed_payments: None,
        }
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

    pub(crate) fn check(&self) -> Result<(), Errors> {
        let mut problems = Problems::default();
        problems.check(self.price.not_negative("/price"));
        if let Some(rule) = problems.check(self.rule()) {
            problems.check(rule.on_grid(self.price, "/price"));
        }
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
        self.retry_policy().days.last().copied().unwrap_or_default()
    }

    pub(crate) fn on_exhausted(&self) -> OnExhausted {
        self.retry_policy().on_exhausted.unwrap_or_default()
    }
}

pub(crate) fn no_schedule(path: &str) -> Error {
    Error::at(Code::NoSchedule, path, "cannot do this because the terms have no schedule")
}

/// Who initiates an attempt, and the facts that the indicator depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Initiation {
    /// What the cardholder has completed with the card.
    pub(crate) established_by: EstablishedBy,
    pub(crate) by_cardholder: bool,
    pub(crate) amount: AmountKind,
    /// Whether the schedule sets when it is due.
    pub(crate) timing: Timing,
    /// Whether it was declined before.
    pub(crate) resubmission: bool,
}

impl Terms {
    /// Returns the schedule with a price and these terms' rules for charging it.
    pub(crate) fn priced(&self, schedule: Schedule, price: Money) -> Result<PricedSchedule, Error> {
        Ok(PricedSchedule { schedule, price, first_period: self.first_period, rule: self.rule()? })
    }

    /// The indicator of an attempt, and its Mastercard code (R4).
    pub(crate) fn indication(&self, initiation: Initiation) -> (Option<Indicator>, Option<MastercardCode>) {
        let Initiation { established_by, by_cardholder, amount, timing, resubmission } = initiation;
        let input = IndicatorInput {
            recurrence: self.recurrence.unwrap_or(Recurrence::External),
            established_by: Some(established_by),
            cardholder_present: Some(by_cardholder),
            amount: Some(amount),
            timing: Some(timing),
            resubmission: Some(resubmission),
        };
        selected(&input).0.unzip()
    }
}
