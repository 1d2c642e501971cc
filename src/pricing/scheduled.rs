//! The payments of a schedule by their numbers, from the terms alone. The engine and the preview use nothing else (R8.1).

use super::adjusting::{Adjusting, Numbered};
use super::applied::Applied;
use super::bill::{self, Bill, Billed, bill};
use super::credit::CutOff;
use super::line::{Line, Span};
use super::plan::Plan;
use super::price::Price;
use super::share::{FirstPeriod, Part};
use super::tax::taxed;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::indicator::AmountKind;
use crate::money::{Money, RoundingRule};
use crate::schedule::{Period, Schedule};

/// A schedule with what was agreed about prices.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PricedSchedule<'a> {
    pub(crate) schedule: Schedule,
    /// The number of the payment that is due on the schedule's start.
    pub(crate) first: u32,
    /// The price in force, and what applies to every payment.
    pub(crate) plan: Plan<'a>,
    /// What applies by the numbers of the payments.
    pub(crate) adjusting: Adjusting<'a>,
}

/// A payment of the schedule, before any balance is applied.
#[derive(Debug, Clone)]
pub(crate) struct Scheduled<'a> {
    /// The days that it pays for.
    pub(crate) period: Period,
    /// The days of the full period against which a change in it is prorated; 0 if it is free (R3.1).
    pub(crate) period_days: u32,
    /// The price of a full period.
    pub(crate) price: &'a Price,
    pub(crate) bill: Bill,
    /// What applies to it beside the price.
    pub(crate) applied: Option<Box<Applied>>,
}

impl Scheduled<'_> {
    /// Returns the amount, with the taxes.
    pub(crate) fn total(&self, plan: Plan<'_>) -> Result<Money, Error> {
        let total = self.bill.total()?;
        let taxes = self.applied.as_ref().and_then(|applied| applied.taxes.as_ref());
        taxes.map_or(Ok(total), |taxes| taxes.gross(total, plan.rule))
    }

    /// Returns the lines, with those of the taxes.
    pub(crate) fn lines(&mut self, plan: Plan<'_>) -> Result<Vec<Line>, Error> {
        let taxes = self.applied.as_ref().and_then(|applied| applied.taxes.as_ref());
        taxed(std::mem::take(&mut self.bill.lines), taxes, plan.rule)
    }

    /// Returns the credit of its days from one on, with the taxes; 0 or less.
    pub(crate) fn cut_off(&self, from: Date, rule: RoundingRule) -> Result<Money, Error> {
        let taxes = self.applied.as_ref().and_then(|applied| applied.taxes.as_ref());
        let part = Part::days(from.days_until(self.period.end), self.period_days);
        let span = Span { start: from, end: self.period.end };
        let days = CutOff { costs: self.bill.costs.clone(), part, span, rule };
        bill::sum(&days.lines(&self.bill.lines, taxes)?, self.price.currency())
    }
}

impl<'a> PricedSchedule<'a> {
    /// Returns the payment with a number; `None` before the first of this schedule, and after the last.
    pub(crate) fn payment(&self, number: u32) -> Result<Option<Scheduled<'a>>, Errors> {
        let Some(index) = number.checked_sub(self.first).and_then(|before| before.checked_add(1)) else {
            return Ok(None);
        };
        let Some(period) = self.schedule.period(index)? else { return Ok(None) };
        let period_days = Part::full_days(&self.schedule, &period, self.plan.first_period.unwrap_or_default())?;
        self.scheduled(number, period, period_days, Billed::Period(&self.schedule, &period))
            .map_err(Errors::from)
            .map(Some)
    }

    /// Returns the payment of a part of a full period: a stub, whatever the first period of the terms costs (R3.8).
    pub(crate) fn part(&self, number: u32, period: Period, period_days: u32) -> Result<Scheduled<'a>, Error> {
        self.scheduled(number, period, period_days, Billed::stub(&period, period_days))
    }

    fn scheduled(
        &self,
        number: u32,
        period: Period,
        period_days: u32,
        billed: Billed<'_>,
    ) -> Result<Scheduled<'a>, Error> {
        let Self { plan, adjusting, .. } = *self;
        if adjusting.is_nothing() {
            return Ok(Scheduled { period, period_days, price: plan.price, bill: bill(plan, billed)?, applied: None });
        }
        let applied = adjusting.applied(plan.price, self.numbered(number, &period), plan.rule)?;
        let price = adjusting.price(plan.price, number);
        let bill = bill(Plan { price, applied: applied.as_deref(), ..plan }, billed)?;
        Ok(Scheduled { period, period_days, price, bill, applied })
    }

    fn numbered(&self, number: u32, period: &Period) -> Numbered {
        Numbered { number, due_date: period.start, free: self.free() }
    }

    /// Returns the number of a first period that is a free stub. Another stub counts by its full price.
    pub(crate) fn free(&self) -> Option<u32> {
        if self.plan.first_period != Some(FirstPeriod::Free) {
            return None;
        }
        let first = self.schedule.period(1).ok().flatten()?;
        if self.schedule.is_stub(&first) { Some(self.first) } else { None }
    }

    /// Returns the next number whose payment may cost something else than that of a number; `None` if there is none.
    pub(crate) fn next_change(&self, number: u32) -> Result<Option<u32>, Errors> {
        let Some(payment) = self.payment(number)? else { return Ok(None) };
        let at = self.numbered(number, &payment.period);
        let next = self.adjusting.next_change(self.plan.price, at, self.plan.rule)?;
        let mut ends = Vec::new();
        for through in self.adjusting.discounts.iter().filter_map(|discount| discount.through) {
            if through >= payment.period.start
                && let Some(last) = self.schedule.period_on(through)?
            {
                ends.push(last.number.saturating_add(self.first));
            }
        }
        // The first period can be a stub.
        let stub = if number == self.first { Some(number.saturating_add(1)) } else { None };
        Ok(ends.into_iter().chain(next).chain(stub).min())
    }

    /// Returns whether a full period of a number costs something else than that of the number before it, after discounts.
    pub(crate) fn begins_another_price(&self, number: u32) -> Result<bool, Errors> {
        let before = self.payment(number.saturating_sub(1))?;
        let Some((before, now)) = before.zip(self.payment(number)?) else { return Ok(false) };
        Ok(before.bill.costs.sum()? != now.bill.costs.sum()?)
    }

    /// Returns whether an amount is the agreed price.
    pub(crate) fn amount_kind(price: Option<Money>, amount: Money) -> AmountKind {
        if price == Some(amount) { AmountKind::Fixed } else { AmountKind::Variable }
    }
}
