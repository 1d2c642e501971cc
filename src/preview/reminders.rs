//! When the card schemes require a reminder of a future payment: dated data, and the only place for it.
//!
//! Sources, as of 2026-11-20:
//!
//! - Mastercard, in force since 2022-03-22: a reminder 3 to 7 days before a trial of more than 7 days ends, and before each
//!   payment where the cycle is six months or longer. Braintree, `developer.paypal.com/braintree/articles/guides/`
//!   `recurring-billing/mastercard-requirements`. Sources differ on whether a cycle of exactly six months counts; here it does.
//! - Visa, in force since 2020-04-18: a notice at least 7 days before the first charge after a trial, and after a change of price
//!   or period. Qualpay,
//!   `help.qualpay.com/help/visa-subscription-merchants-offering-free-trials`. In Europe the same before a payment after a gap
//!   of more than six months, in working days. Adyen, `adyen.com/blog/visa-europe-update-on-recurring-transaction-agreements`.

use crate::cycle::Step;
use crate::date::Date;
use crate::error::Errors;
use crate::json::{object, words};
use crate::preview::PreviewOptions;
use crate::pricing::scheduled::PricedSchedule;
use crate::schedule::{DateRange, Schedule};
use crate::terms::Terms;

/// The first and the last day of a reminder, in days before a payment.
struct Rule {
    earliest: Option<i64>,
    latest: i64,
}

const MASTERCARD: Rule = Rule { earliest: Some(7), latest: 3 };
const VISA: Rule = Rule { earliest: None, latest: 7 };

/// Mastercard requires no reminder after a trial of at most this many days.
const SHORT_TRIAL: i64 = 7;

/// The minimum length of a long cycle, in days and in months.
const LONG_DAYS: i64 = 181;
const LONG_MONTHS: i64 = 6;

/// Why a reminder is required.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReminderKind {
    /// A trial ends, and the first payment follows.
    TrialEnd,
    /// A payment of a cycle of six months or longer.
    LongCycle,
    /// The first payment of another price or cycle, or without a discount of the one before.
    PriceChange,
}

words!(ReminderKind { TrialEnd "trial_end", LongCycle "long_cycle", PriceChange "price_change" });

/// The days for a reminder, inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReminderDays {
    /// The first day.
    pub earliest: Date,
    /// The last day.
    pub latest: Date,
}

object!(ReminderDays { earliest: required "earliest", latest: required "latest" });

/// A payment that requires a reminder to the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SchemeReminder {
    /// The due date of the payment.
    pub due_date: Date,
    /// Why the reminder is required.
    pub kind: ReminderKind,
    /// The days for Mastercard; `None` if it requires no reminder, or if no day is left.
    pub mastercard: Option<ReminderDays>,
    /// The days for Visa, in the same way.
    pub visa: Option<ReminderDays>,
    /// The days on which one reminder satisfies both; `None` if two are needed, or if only one scheme requires one.
    pub both: Option<ReminderDays>,
}

object!(SchemeReminder {
    due_date: required "dueDate",
    kind: required "kind",
    mastercard: nullable "mastercard",
    visa: nullable "visa",
    both: nullable "both",
});

impl Terms {
    /// Returns the reminders that the card schemes require, for payments due after a day: before the end of a trial, before each
    /// payment of a long cycle, and before the first payment of a step or after the end of a discount. The maximum number is that of
    /// a preview.
    ///
    /// # Errors
    /// The same as [`preview`](Self::preview).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, ReminderKind, Schedule, Terms};
    ///
    /// let schedule = Schedule::new("2025-02-14".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new("99.00 NOK".parse()?, schedule).with_trial_start("2025-01-31".parse()?);
    /// let reminders = terms.scheme_reminders(&PreviewOptions::new("2025-01-31".parse()?))?;
    /// assert_eq!(reminders[0].kind, ReminderKind::TrialEnd);
    /// // One reminder on this day satisfies both schemes.
    /// assert_eq!(reminders[0].both.map(|days| days.latest), Some("2025-02-07".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn scheme_reminders(&self, options: &PreviewOptions) -> Result<Vec<SchemeReminder>, Errors> {
        let limit = Some(options.most()?);
        self.check().map_err(|errors| errors.prefixed("/terms"))?;
        let Some(schedule) = self.schedule else { return Ok(Vec::new()) };
        let window = DateRange { from: options.on.plus_days(1), through: options.through, limit };
        let due_dates = schedule.due_dates_in(&window).map_err(|error| error.prefixed("/terms"))?;
        let steps = self.resolved_steps();
        let Some(priced) = self.priced(&steps)? else { return Ok(Vec::new()) };
        let mut reminders = Vec::new();
        for due_date in due_dates {
            reminders.extend(notice(self, &priced, due_date, options.on)?);
        }
        Ok(reminders)
    }
}

fn notice(
    terms: &Terms,
    priced: &PricedSchedule<'_>,
    due_date: Date,
    on: Date,
) -> Result<Option<SchemeReminder>, Errors> {
    let schedule = &priced.schedule;
    let trial = if due_date == schedule.start() { terms.trial_start } else { None };
    let is_long = is_long(schedule);
    let (kind, reminded) = match (trial, schedule.period_on(due_date)?) {
        (Some(start), _) => (ReminderKind::TrialEnd, is_long_trial(start, due_date)),
        (None, Some(period)) if priced.begins_another_price(period.number)? => (ReminderKind::PriceChange, is_long),
        (None, _) if due_date > schedule.start() && is_long => (ReminderKind::LongCycle, true),
        (None, _) => return Ok(None),
    };
    // A reminder is sent after the agreement, and about the next payment only.
    let before = || schedule.period_on(due_date.plus_days(-1)?).ok().flatten().map(|period| period.start);
    let first = trial.or_else(before).map_or(on, |first| first.max(on));
    Ok(Some(SchemeReminder::new(due_date, kind, reminded, first)))
}

impl SchemeReminder {
    /// Creates the reminder of a payment, which can be sent from a day on. Not every one is for Mastercard.
    pub(crate) fn new(due_date: Date, kind: ReminderKind, is_for_mastercard: bool, first: Date) -> Self {
        let mastercard = if is_for_mastercard { MASTERCARD.window(due_date, first) } else { None };
        let visa = VISA.window(due_date, first);
        let both = mastercard.zip(visa).and_then(|(one, other)| {
            let (earliest, latest) = (one.earliest.max(other.earliest), one.latest.min(other.latest));
            (earliest <= latest).then_some(ReminderDays { earliest, latest })
        });
        Self { due_date, kind, mastercard, visa, both }
    }
}

/// Returns whether Mastercard requires a reminder before the end of a trial.
pub(crate) fn is_long_trial(start: Date, end: Date) -> bool {
    start.days_until(end) > SHORT_TRIAL
}

/// Returns whether a cycle has six months or more.
pub(crate) fn is_long(schedule: &Schedule) -> bool {
    match schedule.cycle().step() {
        Step::Days(days) => days >= LONG_DAYS,
        Step::Months(months) => months >= LONG_MONTHS,
    }
}

impl Rule {
    fn window(&self, due_date: Date, first: Date) -> Option<ReminderDays> {
        let before = |days: i64| due_date.plus_days(days.saturating_neg());
        let earliest = self.earliest.and_then(before).map_or(first, |day| day.max(first));
        let latest = before(self.latest)?;
        (earliest <= latest).then_some(ReminderDays { earliest, latest })
    }
}
