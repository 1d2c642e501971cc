//! Previews for a checkout page, before anything is agreed (R8).

mod committed;
mod payments;
pub(crate) mod reminders;

pub use self::payments::PreviewedPayment;

use self::committed::Committed;
use self::payments::Payments;
use crate::cycle::Cycle;
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::indicator::Recurrence;
use crate::json::{object, words};
use crate::minimum_term;
use crate::money::{Money, RoundingRule};
use crate::pricing::proration::NextPayment;
use crate::pricing::scheduled::PricedSchedule;
use crate::pricing::step::Step;
use crate::schedule::{Bound, LastPayment};
use crate::terms::Terms;

/// How many payments are listed where nothing else is asked for.
const USUAL: u32 = 12;

/// The day of a preview, and how much of it to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewOptions {
    /// The day on which the customer would agree.
    pub on: Date,
    /// The maximum number of payments, from 1 to 1000; default 12.
    pub payments: Option<u32>,
    /// The last day of a payment to return.
    pub through: Option<Date>,
}

object!(PreviewOptions { on: required "on", payments: optional "payments", through: optional "through" });

impl PreviewOptions {
    /// Creates the options of a preview for a day. It returns the first 12 payments.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::PreviewOptions;
    ///
    /// let options = PreviewOptions::new("2025-01-31".parse()?).with_payments(3);
    /// assert_eq!(options.payments, Some(3));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(on: Date) -> Self {
        Self { on, payments: None, through: None }
    }

    /// Sets the maximum number of payments, from 1 to 1000.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_payments(mut self, payments: u32) -> Self {
        self.payments = Some(payments);
        self
    }

    /// Sets the last day of a payment to return.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, Schedule, Terms};
    ///
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY));
    /// let options = PreviewOptions::new("2025-01-31".parse()?).with_through("2025-03-31".parse()?);
    /// assert_eq!(terms.preview(&options)?.payments.len(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_through(mut self, through: Date) -> Self {
        self.through = Some(through);
        self
    }

    /// Returns how many payments to return.
    pub(crate) fn most(&self) -> Result<u32, Error> {
        let most = self.payments.unwrap_or(USUAL);
        if (1..=1000).contains(&most) {
            return Ok(most);
        }
        Err(Error::new(Code::OutOfRange, "/options/payments", "expected 1 to 1000 payments"))
    }
}

/// A trial, and the price afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Trial {
    /// The first day.
    pub start: Date,
    /// The first day after the trial: the schedule's start.
    pub end: Date,
    /// The price of a full period afterwards.
    pub converts_to: Money,
}

object!(Trial { start: required "start", end: required "end", converts_to: required "convertsTo" });

/// What ends a subscription by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EndBound {
    /// The last day on which a payment may fall due.
    EndDate,
    /// The number of payments.
    PaymentCount,
    /// A cancellation, which was requested.
    Cancelled,
    /// Nothing: it continues until it is cancelled.
    Never,
}

words!(EndBound { EndDate "end_date", PaymentCount "payment_count", Cancelled "cancelled", Never "never" });

/// How a subscription ends by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewEnd {
    /// What ends it.
    pub bound: EndBound,
    /// The last due date.
    pub last_due_date: Option<Date>,
    /// The total number of payments of the schedule.
    pub payments: Option<u32>,
}

object!(PreviewEnd { bound: required "bound", last_due_date: nullable "lastDueDate", payments: nullable "payments" });

/// The result of some terms if every payment succeeds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Preview {
    /// The amount due on the day itself.
    pub due_now: Money,
    /// The payments in order, equal to those that the subscription will make, to the minor unit (R8.1).
    pub payments: Vec<PreviewedPayment>,
    /// Whether more payments follow.
    pub has_more: bool,
    /// The first payment above zero after the day itself.
    pub next_charge: Option<NextPayment>,
    /// The trial, if there is one that is not over on the day.
    pub trial: Option<Trial>,
    /// How it ends by itself.
    pub end: PreviewEnd,
    /// The sum of all payments. If it continues until it is cancelled, the sum in the minimum term (R10.6); `None` without a
    /// commitment.
    pub total: Option<Money>,
    /// The first day on which a cancellation can take effect, from the first payment on (R10.6); `None` in terms without
    /// commitment and notice.
    pub earliest_end: Option<Date>,
    /// The price of a full period. This field and the two below are `None` without a schedule.
    pub per_period: Option<Money>,
    /// The price per month: exact for cycles of months, otherwise over a mean month of 365.2425 / 12 days.
    pub per_month: Option<Money>,
    /// The price per year, computed in the same way.
    pub per_year: Option<Money>,
    /// The day as of which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3). A server that computes it again from its own price list can compare it.
    pub digest: String,
}

object!(Preview {
    due_now: required "dueNow",
    payments: required "payments",
    has_more: required "hasMore",
    next_charge: nullable "nextCharge",
    trial: nullable "trial",
    end: required "end",
    total: nullable "total",
    earliest_end: optional "earliestEnd",
    per_period: nullable "perPeriod",
    per_month: nullable "perMonth",
    per_year: nullable "perYear",
    as_of: required "asOf",
    digest: required "digest",
});

impl Terms {
    /// Previews the terms from a day on, assuming every payment succeeds (R8). A checkout page shows the result before anything is
    /// agreed.
    ///
    /// # Errors
    /// - Every error of the terms.
    /// - `out_of_range` for a maximum of 0 or of more than 1000 payments, and for payments after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Money, PreviewOptions, Schedule, Terms};
    ///
    /// let terms = Terms::new("600.00 NOK".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::QUARTERLY));
    /// let shown = terms.preview(&PreviewOptions::new("2025-01-31".parse()?))?;
    /// assert_eq!(shown.due_now.to_string(), "600.00 NOK");
    /// assert_eq!(shown.per_month.map(Money::to_decimal).as_deref(), Some("200.00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn preview(&self, options: &PreviewOptions) -> Result<Preview, Errors> {
        let most = options.most()?;
        self.check().map_err(|errors| errors.prefixed("/terms"))?;
        let steps = self.resolved_steps();
        let ahead = Ahead::seen(self, &steps, options, usize::try_from(most).unwrap_or(usize::MAX))
            .map_err(|errors| errors.moved(&[("/schedule", "/terms/schedule")]))?;
        let schedule = self.schedule;
        let last = schedule.map(|schedule| schedule.last_payment()).transpose().map_err(|e| e.prefixed("/terms"))?;
        let last = last.flatten();
        let committed = Committed::of(self, options.on)?;
        let rule = self.rule()?;
        let priced = self.priced(&steps)?;
        let price = priced.map_or(self.full_price(), |priced| priced.standing())?;
        let per = |months: i64| -> Result<Option<Money>, Error> {
            schedule.map(|schedule| per_months(price, schedule.cycle(), months, rule)).transpose()
        };
        // A trial that is over cannot be offered.
        let trial = schedule.filter(|schedule| options.on < schedule.start()).zip(self.trial_start);
        let trial = trial.map(|(schedule, start)| Trial { start, end: schedule.start(), converts_to: price });
        let mut preview = Preview {
            due_now: ahead.due_now,
            has_more: ahead.has_more,
            next_charge: ahead.next_charge,
            trial,
            end: PreviewEnd::from(last),
            total: match (last.zip(priced), &committed) {
                (Some((last, priced)), _) => Some(ahead.all_together(&priced, last.number)?),
                (None, Some(committed)) => committed
                    .total(self, &steps, options.on)
                    .map_err(|errors| errors.moved(&[("/schedule", "/terms/schedule")]))?,
                (None, None) => None,
            },
            earliest_end: committed.as_ref().map(|committed| committed.earliest_end),
            per_period: schedule.map(|_| price),
            per_month: per(1)?,
            per_year: per(12)?,
            payments: ahead.payments,
            as_of: options.on,
            digest: String::new(),
        };
        if let Some(committed) = committed {
            committed.set_cancel_by(&mut preview.payments, options.on);
        }
        preview.digest = preview.agreed(self);
        Ok(preview)
    }
}

impl Preview {
    /// Returns the digest of what is agreed to (R8.3).
    fn agreed(&self, terms: &Terms) -> String {
        let mut agreed = Agreed::new("preview 1");
        agreed.day("asOf", self.as_of);
        if let Some(trial) = self.trial {
            agreed.day("trialStart", trial.start);
        }
        agreed.price("price", &terms.price);
        agreed.steps(&terms.steps);
        agreed.amount_if_any("setup", terms.setup);
        agreed.amount_if_any("trialPrice", terms.trial_price);
        agreed.discounts(&terms.discounts);
        if let Some(taxes) = &terms.taxes {
            agreed.taxes(taxes);
        }
        agreed.amount_if_any("minimum", terms.minimum);
        if let Some(schedule) = &terms.schedule {
            agreed.schedule(schedule);
        }
        if terms.recurrence == Some(Recurrence::Internal) {
            agreed.word("recurrence", Recurrence::Internal.as_str());
        }
        minimum_term::agree(terms.commitment, terms.notice, &mut agreed);
        agreed.money("dueNow", self.due_now);
        if let Some(next) = self.next_charge {
            agreed.payment("nextCharge", next.due_date, next.amount);
        }
        agreed.digest()
    }
}

/// Returns a price over some mean months.
pub(crate) fn per_months(price: Money, cycle: Cycle, months: i64, rule: RoundingRule) -> Result<Money, Error> {
    let too_large = || {
        Error::new(Code::OutOfRange, "/terms/price", "cannot compute a price per month because the price is too large")
    };
    let length = Cycle::MONTHLY.mean_length().saturating_mul(months);
    let amount = rule.share(price.amount(), length, cycle.mean_length()).ok_or_else(too_large)?;
    Money::new(amount, price.currency()).map_err(|_| too_large())
}

impl From<Option<LastPayment>> for PreviewEnd {
    fn from(last: Option<LastPayment>) -> Self {
        let bound = match last.map(|last| last.bound) {
            Some(Bound::EndDate) => EndBound::EndDate,
            Some(Bound::PaymentCount) => EndBound::PaymentCount,
            None => EndBound::Never,
        };
        Self { bound, last_due_date: last.map(|last| last.due_date), payments: last.map(|last| last.number) }
    }
}

/// The totals of the payments from a day on.
struct Ahead {
    payments: Vec<PreviewedPayment>,
    has_more: bool,
    due_now: Money,
    next_charge: Option<NextPayment>,
    /// The sum of all payments seen, in minor units. Without an end it may exceed the limit of an amount.
    total: i128,
    /// The last number of the schedule among them, if it continues.
    reached: Option<u32>,
}

impl Ahead {
    fn seen(terms: &Terms, steps: &[Step], options: &PreviewOptions, most: usize) -> Result<Self, Errors> {
        let mut ahead = Self {
            payments: Vec::with_capacity(most.min(USUAL as usize)),
            has_more: false,
            due_now: Money::zero(terms.price.currency()),
            next_charge: None,
            total: 0,
            reached: Some(0),
        };
        let mut payments = Payments::from_day(terms, steps, options.on)?;
        // After the returned payments, a few more are enough to find the first one above zero.
        let mut unlisted = 0;
        while unlisted < 3 {
            let Some(payment) = payments.next()? else {
                ahead.reached = None;
                break;
            };
            let day = payment.due_date.max(options.on);
            let listed = ahead.payments.len() < most && options.through.is_none_or(|through| day <= through);
            ahead.has_more |= !listed;
            if !listed {
                if ahead.next_charge.is_some() {
                    break;
                }
                unlisted = u32::saturating_add(unlisted, 1);
            }
            ahead.see(&payment, day == options.on)?;
            if listed {
                ahead.payments.push(payment);
            }
        }
        // It can lie behind more payments of 0, as discounts end.
        if let (None, Some(_), Some(priced)) = (ahead.next_charge, ahead.reached, payments.schedule) {
            ahead.next_charge = priced.first_charge(payments.number)?;
        }
        Ok(ahead)
    }

    fn see(&mut self, payment: &PreviewedPayment, now: bool) -> Result<(), Error> {
        self.total = self.total.saturating_add(payment.amount.amount().into());
        self.reached = Some(payment.number);
        if now {
            self.due_now = self.due_now.plus(payment.amount)?;
        } else if payment.amount.amount() > 0 && self.next_charge.is_none() {
            self.next_charge = Some(NextPayment { due_date: payment.due_date, amount: payment.amount });
        }
        Ok(())
    }

    /// Returns the sum of all payments: those seen, and the numbers after them.
    fn all_together(&self, priced: &PricedSchedule<'_>, last: u32) -> Result<Money, Errors> {
        let rest = match self.reached {
            Some(reached) => priced.sum(reached.saturating_add(1), last)?,
            None => 0,
        };
        let all = i64::try_from(self.total.saturating_add(rest)).ok();
        all.and_then(|all| Money::new(all, priced.plan.price.currency()).ok()).ok_or_else(|| {
            let message = "cannot compute the total because it is beyond 2^53 - 1 minor units";
            Error::new(Code::OutOfRange, "/terms/price", message).into()
        })
    }
}
