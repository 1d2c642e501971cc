//! Terms with a minimum term: the first day on which they can end, and what they cost until then (R10).

use super::payments::{Payments, PreviewedPayment};
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::minimum_term::MinimumTerm;
use crate::money::Money;
use crate::pricing::step::Step;
use crate::schedule::Schedule;
use crate::terms::Terms;

/// The maximum number of payments of a total.
const MOST: u32 = 10_000;

impl Terms {
    /// Returns the first day on which a cancellation given on a day can take effect, by commitment and notice (R10.3); `None` if
    /// the schedule is over on the day. Without either it is the day itself.
    ///
    /// It assumes that the first payment was made. [`Subscription::earliest_end`](crate::Subscription::earliest_end) is the same
    /// for a subscription.
    ///
    /// # Errors
    /// - Every error of the terms.
    /// - `out_of_range` for a day after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Commitment, Cycle, Notice, NoticeTo, Schedule, Terms, Unit};
    ///
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new("2026-03-01".parse()?, Cycle::MONTHLY))
    ///     .with_commitment(Commitment::Payments(12))
    ///     .with_notice(Notice::new(2, Unit::Week, NoticeTo::Day));
    ///
    /// // Two weeks before the end of the commitment, and a day later.
    /// assert_eq!(terms.earliest_end("2027-02-15".parse()?)?, Some("2027-03-01".parse()?));
    /// assert_eq!(terms.earliest_end("2027-02-16".parse()?)?, Some("2027-03-02".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn earliest_end(&self, on: Date) -> Result<Option<Date>, Errors> {
        self.check().map_err(|errors| errors.prefixed("/terms"))?;
        let term = self.minimum_term()?;
        Ok(if term.ends_on.is_some_and(|end| end <= on) { None } else { Some(term.earliest_end(on)?) })
    }

    /// Returns the days that decide when a cancellation can take effect.
    fn minimum_term(&self) -> Result<MinimumTerm, Error> {
        let at_terms = |error: Error| error.prefixed("/terms");
        let schedule = self.schedule.as_ref();
        let commitment = self.commitment.map(|commitment| commitment.end(schedule));
        Ok(MinimumTerm {
            committed_until: commitment.transpose().map_err(at_terms)?.flatten(),
            notice: self.notice,
            schedule: self.schedule,
            boundary: None,
            ends_on: schedule.map_or(Ok(None), end_of).map_err(at_terms)?,
            trial_end: self.trial_start.and(schedule).map(Schedule::start),
        })
    }
}

/// Returns the first day after the last period; `None` for an open-ended schedule.
fn end_of(schedule: &Schedule) -> Result<Option<Date>, Error> {
    let Some(last) = schedule.last_payment()? else { return Ok(None) };
    Ok(schedule.period(last.number)?.map(|period| period.end))
}

fn too_large() -> Error {
    let message = "cannot compute the total because it is beyond 2^53 - 1 minor units";
    Error::new(Code::OutOfRange, "/terms/price", message)
}

/// The minimum term of a preview.
pub(super) struct Committed {
    term: MinimumTerm,
    /// The first day on which a cancellation on the day of the preview can take effect, from the start of the schedule on.
    pub(super) earliest_end: Date,
}

impl Committed {
    /// Returns it for a preview of a day; `None` for terms without commitment and notice.
    pub(super) fn of(terms: &Terms, on: Date) -> Result<Option<Self>, Errors> {
        if terms.commitment.is_none() && terms.notice.is_none() {
            return Ok(None);
        }
        let term = terms.minimum_term()?;
        let from = terms.schedule.map_or(on, |schedule| schedule.start().max(on));
        let earliest_end = term.bound(from).map_err(|error| error.moved_to("/options/on"))?;
        Ok(Some(Self { term, earliest_end }))
    }

    /// Sets until when the payments can be cancelled. The first one binds to nothing before it is made (R10.5).
    pub(super) fn set_cancel_by(&self, payments: &mut [PreviewedPayment], on: Date) {
        for payment in payments.iter_mut().filter(|payment| payment.number > 1) {
            payment.cancel_by = self.term.cancel_by(payment.due_date, on);
        }
    }

    /// Returns the sum of the payments in the minimum term, of which the last one pays until its end (R10.6); `None` without a
    /// commitment.
    pub(super) fn total(&self, terms: &Terms, steps: &[Step], on: Date) -> Result<Option<Money>, Errors> {
        if terms.schedule.is_none() || terms.commitment.is_none() {
            return Ok(None);
        }
        let mut payments = Payments::from_day(terms, steps, on)?;
        let mut total = Money::zero(terms.price.currency());
        for _ in 0..=MOST {
            let Some(payment) = payments.next()?.filter(|payment| payment.due_date < self.earliest_end) else {
                return Ok(Some(total));
            };
            let mut amount = payment.amount;
            if let Some(priced) = payments.schedule
                && payment.period.is_some_and(|period| self.earliest_end < period.end)
                && let Some(last) = priced.payment(payment.number)?
            {
                amount = amount.plus(last.cut_off(self.earliest_end, priced.plan.rule)?)?;
            }
            total = total.plus(amount).map_err(|_| too_large())?;
        }
        Err(Error::new(Code::TooMany, "/terms/commitment", "expected at most 10000 payments in the minimum term")
            .into())
    }
}
