//! What a plan change costs each row of a book (R3): the amounts of [`prorate`](crate::prorate), without lines and digest.

use super::amounts::{Pricing, not_negative};
use super::change::Change;
use super::column::{Column, has_length};
use super::rows::{amount, day, each, in_range, set, written};
use super::{NO_AMOUNT, Schedules};
use crate::cycle::Cycle;
use crate::date::Date;
use crate::error::{Code, Error};
use crate::pricing::proration::{Effective, Settle};
use crate::pricing::share::FirstPeriod;
use crate::schedule::{Period, Schedule};

/// The columns that [`Schedules::prorate`] fills: the fields of a [`Proration`](crate::Proration).
#[derive(Debug)]
// Exhaustive: a caller gives a column for each field.
pub struct Prorations<'a> {
    /// The day on which the change takes effect.
    pub effective: &'a mut [i32],
    /// The unused part of the old price: zero or below.
    pub credit: &'a mut [i64],
    /// The charge at the new price: zero or above.
    pub charge: &'a mut [i64],
    /// The amount to pay on the day of the change.
    pub due_now: &'a mut [i64],
    /// The amount carried into later payments; negative in the customer's favour.
    pub balance: &'a mut [i64],
    /// The due date of the next payment; [`NONE`](super::NONE) if no payment follows.
    pub next_due_date: &'a mut [i32],
    /// The amount of the next payment; [`NO_AMOUNT`] if no payment follows.
    pub next_amount: &'a mut [i64],
}

impl Prorations<'_> {
    fn check(&self, rows: usize) -> Result<(), Error> {
        has_length(self.effective, "/effective", rows)?;
        has_length(self.credit, "/credit", rows)?;
        has_length(self.charge, "/charge", rows)?;
        has_length(self.due_now, "/dueNow", rows)?;
        has_length(self.balance, "/balance", rows)?;
        has_length(self.next_due_date, "/nextDueDate", rows)?;
        has_length(self.next_amount, "/nextAmount", rows)
    }

    #[inline]
    fn write(&mut self, row: usize, answer: Option<Answer>) {
        let amount = |read: fn(&Answer) -> i64| answer.as_ref().map_or(NO_AMOUNT, read);
        let next = answer.and_then(|answer| answer.next_due_date.map(|date| (date, answer.next_amount)));
        set(self.effective, row, written(answer.map(|answer| answer.effective)));
        set(self.credit, row, amount(|answer| answer.credit));
        set(self.charge, row, amount(|answer| answer.charge));
        set(self.due_now, row, amount(|answer| answer.due_now));
        set(self.balance, row, amount(|answer| answer.balance));
        set(self.next_due_date, row, written(next.map(|(date, _)| date)));
        set(self.next_amount, row, next.map_or(NO_AMOUNT, |(_, amount)| amount));
    }
}

/// What a change costs one row.
#[derive(Debug, Clone, Copy)]
struct Answer {
    effective: Date,
    credit: i64,
    charge: i64,
    due_now: i64,
    balance: i64,
    next_due_date: Option<Date>,
    next_amount: i64,
}

impl Schedules<'_> {
    /// Fills what a plan change costs each row: the amounts of [`prorate`](crate::prorate).
    ///
    /// # Errors
    /// `out_of_range` for columns of several lengths. The errors of a row are in its error column.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Date;
    /// use billing_rules::columns::{Change, MONTH, Pricing, Prorations, Schedules};
    ///
    /// let start = [Date::new(2025, 4, 1)?.epoch_days(); 2];
    /// let change = Change::new(25_000, Date::new(2025, 4, 11)?.epoch_days());
    /// let (mut effective, mut next_due_date, mut errors) = ([0; 2], [0; 2], [0; 2]);
    /// let [mut credit, mut charge, mut due_now, mut balance, mut next_amount] = [[0; 2]; 5];
    /// let answers = Prorations {
    ///     effective: &mut effective,
    ///     credit: &mut credit,
    ///     charge: &mut charge,
    ///     due_now: &mut due_now,
    ///     balance: &mut balance,
    ///     next_due_date: &mut next_due_date,
    ///     next_amount: &mut next_amount,
    /// };
    /// let book = Schedules::new(&start, 1, MONTH);
    /// book.prorate(&[10_000, 25_000], &change, &Pricing::default(), answers, &mut errors)?;
    /// assert_eq!((credit, charge), ([-6_667, -16_667], [16_667, 16_667]));
    /// assert_eq!((due_now, next_amount), ([10_000, 0], [25_000; 2]));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn prorate<'c>(
        &self,
        from: impl Into<Column<'c, i64>>,
        change: &Change<'_>,
        pricing: &Pricing,
        mut answers: Prorations<'_>,
        errors: &mut [u8],
    ) -> Result<(), Error> {
        let (from, at) = (from.into(), change.at);
        from.check("/from", self.rows())?;
        change.to.check("/to", self.rows())?;
        at.check("/at", self.rows())?;
        answers.check(self.rows())?;
        self.check(errors)?;
        each(
            errors,
            |row| {
                let schedule = self.row(row)?;
                let (from, to) = (amount(from.get(row))?, amount(change.to.get(row))?);
                Row { schedule, from, to, at: day(at.get(row))?, change, pricing }.answer()
            },
            |row, answer| answers.write(row, answer),
        );
        Ok(())
    }
}

/// A subscription with its change.
struct Row<'a> {
    schedule: Schedule,
    from: i64,
    to: i64,
    at: Date,
    change: &'a Change<'a>,
    pricing: &'a Pricing,
}

impl Row<'_> {
    fn answer(&self) -> Result<Answer, Code> {
        let Self { schedule, from, to, at, change, pricing } = *self;
        let cycle = change.cycle.filter(|cycle| cycle.step() != schedule.cycle().step());
        self.check(cycle)?;
        let period = schedule.period_around(at)?.ok_or(Code::OutsidePeriod)?;
        let later = schedule.due_after(at)?;
        let effective = self.effective(cycle, later)?;
        let prorated = effective == at;

        let mut credit = 0;
        let mut charge = 0;
        let days = if prorated && change.prorate.unwrap_or(true) { self.full_days(&period)? } else { 0 };
        if days > 0 {
            let left = at.days_until(period.end);
            let paid = pricing.period(&schedule, from, &period)?;
            credit = pricing.share(from, left, days)?.min(paid).saturating_neg();
            if cycle.is_none() {
                charge = pricing.share(to, left, days)?;
            }
        }
        let mut next_due_date = if prorated { later } else { Some(effective) };
        if let Some(cycle) = cycle {
            let restarted = self.restarted(cycle, effective)?;
            if prorated {
                if let Some(first) = restarted.numbered(1)? {
                    charge = pricing.period(&restarted, to, &first)?;
                }
                next_due_date = restarted.due_after(at)?;
            }
        }

        let net = in_range(credit.saturating_add(charge))?;
        // A charge waits for the next payment if there is one; otherwise it is due on the day itself (R3.5).
        let waits = change.settle == Some(Settle::NextPayment) && next_due_date.is_some();
        let due_now = if waits { 0 } else { net.max(0) };
        let balance = net.saturating_sub(due_now);
        let next_amount = in_range(to.saturating_add(balance))?.max(0);
        Ok(Answer { effective, credit, charge, due_now, balance, next_due_date, next_amount })
    }

    /// Checks what is invalid on any day.
    fn check(&self, cycle: Option<Cycle>) -> Result<(), Code> {
        let Self { schedule, from, to, change, pricing, .. } = self;
        not_negative(*from)?;
        pricing.on_grid(*from)?;
        not_negative(*to)?;
        pricing.on_grid(*to)?;
        if cycle.is_some() && change.settle == Some(Settle::NextPayment) {
            return Err(Code::SettleNotAllowed);
        }
        match (cycle, schedule.payment_count(), change.payment_count) {
            (Some(_), Some(_), None) => return Err(Code::PaymentCountRequired),
            (None, _, Some(_)) => return Err(Code::PaymentCountNotAllowed),
            (_, _, Some(0)) => return Err(Code::OutOfRange),
            _ => {}
        }
        match (cycle, change.anchor_day) {
            (None, Some(_)) => Err(Code::AnchorDayNotAllowed),
            (Some(cycle), Some(_)) if !cycle.has_anchor() => Err(Code::AnchorDayOnDayCycle),
            (Some(_), Some(day)) if !(1..=31).contains(&day) => Err(Code::OutOfRange),
            _ => Ok(()),
        }
    }

    /// Returns the day on which the change takes effect: its own, or the next due date, by default for a downgrade (R3.4, R3.5).
    fn effective(&self, cycle: Option<Cycle>, later: Option<Date>) -> Result<Date, Code> {
        let old = self.schedule.cycle().mean_length();
        let new = cycle.map_or(old, Cycle::mean_length);
        let per_day = |price: i64, other: i64| i128::from(price).saturating_mul(other.into());
        let is_downgrade = new <= old && per_day(self.to, old) < per_day(self.from, new);
        let default = if is_downgrade { Effective::PeriodEnd } else { Effective::OnDate };
        match self.change.effective.unwrap_or(default) {
            Effective::OnDate => Ok(self.at),
            Effective::PeriodEnd => later.ok_or(Code::NoNextPayment),
        }
    }

    /// Returns the days against which those of a period are divided; 0 if it is free (R3.1).
    fn full_days(&self, period: &Period) -> Result<i64, Code> {
        match self.pricing.first_period {
            FirstPeriod::Prorated => Ok(self.schedule.nominal_days(period)?),
            FirstPeriod::Free if self.schedule.is_stub(period) => Ok(0),
            FirstPeriod::Full | FirstPeriod::Free => Ok(period.days()),
        }
    }

    /// Returns the schedule that another cycle starts (R3.6).
    fn restarted(&self, cycle: Cycle, on: Date) -> Result<Schedule, Code> {
        let mut schedule = Schedule::new(on, cycle);
        let anchor_day = self.change.anchor_day.or_else(|| self.schedule.anchor_kept_on(on));
        if let Some(day) = anchor_day.filter(|day| *day != on.day() && cycle.has_anchor()) {
            schedule = schedule.anchored(day)?;
        }
        if let Some(end_date) = self.schedule.end_date() {
            schedule = schedule.ending(end_date)?;
        }
        if let Some(count) = self.change.payment_count {
            schedule = schedule.counted(count)?;
        }
        Ok(schedule)
    }
}
