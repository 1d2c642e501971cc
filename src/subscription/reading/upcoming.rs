//! What a customer will pay next.

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::minimum_term::{Commitment, agree};
use crate::money::Money;
use crate::payment::Payment;
use crate::preview::{EndBound, Preview, PreviewEnd, PreviewOptions, PreviewedPayment, Trial, per_months};
use crate::pricing::proration::NextPayment;
use crate::subscription::action::Action;
use crate::subscription::days::advance;
use crate::subscription::days::next_action::next_action;
use crate::subscription::owed::adjusting;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::owed::last_day;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::service;
use crate::subscription::quotes::ahead;
use crate::subscription::records::state::Subscription;

use super::{committed, phase::in_trial};

/// The maximum number of actions to follow.
const MOST: u32 = 20_000;

/// Returns what follows from a day on if every payment succeeds, as [`Subscription::upcoming`] describes.
pub(in crate::subscription) fn upcoming(
    subscription: &Subscription,
    options: &PreviewOptions,
) -> Result<Preview, Errors> {
    let most = usize::try_from(options.most()?).unwrap_or(usize::MAX);
    let on = options.on;
    guard::not_before_last_event(subscription, on, "/options/on")?;
    let life = advance::seen(subscription, on)?;
    let end = end(&life)?;
    let mut ahead = Ahead::new(&life, on, end.bound != EndBound::Never);
    ahead.follow(most, options.through)?;
    let schedule = life.current.schedule;
    let (price, rule) = (adjusting::standing(&life)?.unwrap_or(life.nothing()), life.terms.rule()?);
    let per = |months: i64| -> Result<Option<Money>, Error> {
        schedule.map(|schedule| per_months(price, schedule.cycle(), months, rule)).transpose()
    };
    let trial_start = if in_trial(&life, on) { life.terms.trial_start } else { None };
    let start = trial_start.zip(schedule);
    let mut preview = Preview {
        due_now: ahead.due_now,
        has_more: ahead.has_more,
        next_charge: ahead.next_charge,
        trial: start.map(|(start, schedule)| Trial { start, end: schedule.start(), converts_to: price }),
        end,
        total: if ahead.is_ending { Some(ahead.total()?) } else { minimum_total(&life, on)? },
        earliest_end: committed::earliest_end(&life, on)?,
        per_period: schedule.map(|_| price),
        per_month: per(1)?,
        per_year: per(12)?,
        payments: ahead.payments,
        as_of: on,
        digest: String::new(),
    };
    minimum_term::bind(&life, &mut preview.payments, on)?;
    preview.digest = digest(&life, &preview)?;
    Ok(preview)
}

/// Returns the sum of the payments in the minimum term (R10.6).
fn minimum_total(life: &Subscription, on: Date) -> Result<Option<Money>, Errors> {
    let Some(ending) = committed::ending(life, on)? else { return Ok(None) };
    let mut ahead = Ahead::new(&ending, on, true);
    ahead.follow(0, None)?;
    ahead.total().map(Some)
}

/// Returns how the subscription ends.
fn end(life: &Subscription) -> Result<PreviewEnd, Errors> {
    let last = life.current.schedule.map(|schedule| schedule.last_payment()).transpose()?.flatten();
    let before = life.current.first_number.saturating_sub(1);
    let mut end = PreviewEnd::from(last);
    end.payments = end.payments.map(|payments| payments.saturating_add(before));
    if !service::is_ending(life) && !service::is_over(life) {
        return Ok(end);
    }
    end.bound = EndBound::Cancelled;
    let last_day = last_day::end(life)?.and_then(|end| end.plus_days(-1));
    let last = last_day.map_or(Ok(None), |day| life.current.number_due(day))?;
    let begun = life.state.ledger.last_begun();
    let last = last.filter(|last| *last > begun && !service::is_over(life));
    let period = last.map_or(Ok(None), |last| life.current.period(last))?;
    end.payments = Some(last.unwrap_or(begun).get());
    end.last_due_date = match period {
        Some(period) => Some(period.start),
        None => life.state.ledger.own().next_back().map(|last| last.due_date),
    };
    Ok(end)
}

/// The payments from a day on.
struct Ahead {
    life: Subscription,
    on: Date,
    is_ending: bool,
    payments: Vec<PreviewedPayment>,
    has_more: bool,
    due_now: Money,
    next_charge: Option<NextPayment>,
    /// The sum of all payments seen, in minor units.
    total: i128,
    /// Whether payments follow those seen.
    is_continued: bool,
}

impl Ahead {
    fn new(life: &Subscription, on: Date, is_ending: bool) -> Self {
        let (due_now, life, payments) = (life.nothing(), life.clone(), Vec::new());
        let (has_more, is_continued) = (false, false);
        Self { life, on, is_ending, payments, has_more, due_now, next_charge: None, total: 0, is_continued }
    }

    /// Follows the actions until enough is known.
    fn follow(&mut self, most: usize, through: Option<Date>) -> Result<(), Errors> {
        let mut day = self.on;
        let mut unlisted = 0u32;
        for _ in 0..MOST {
            let action = next_action(&self.life, day)?;
            match (action.payment(), &action) {
                (Some(payment), _) => {
                    let is_listed = self.payments.len() < most && through.is_none_or(|through| day <= through);
                    self.has_more |= !is_listed;
                    if !is_listed && self.is_known(unlisted)? {
                        self.is_continued = true;
                        return Ok(());
                    }
                    unlisted = unlisted.saturating_add(u32::from(!is_listed));
                    self.see(payment, day, is_listed)?;
                    ahead::follow(&mut self.life, &action, day)?;
                }
                (None, Action::Wait { until }) => day = *until,
                _ => return Ok(()),
            }
        }
        Err(Error::new(Code::TooMany, "/options", "expected at most 10000 payments until the end").into())
    }

    /// Returns whether nothing else has to be followed: the next charge is known or unlikely, and the rest of the total can be
    /// computed.
    fn is_known(&self, unlisted: u32) -> Result<bool, Errors> {
        const PASSED: u32 = 3;
        let is_charge_known = self.next_charge.is_some() || unlisted >= PASSED;
        Ok(is_charge_known && (!self.is_ending || self.is_even()?))
    }

    /// Returns whether every payment to come has the price.
    fn is_even(&self) -> Result<bool, Errors> {
        let state = &self.life.state;
        let is_quiet = state.changes.is_empty() && state.paused.is_none() && state.skips.is_empty();
        let is_quiet = is_quiet && !service::is_ending(&self.life) && state.over.is_none();
        let is_settled = self.life.balance.amount() == 0 && state.ledger.open().next().is_none();
        if !is_quiet || !is_settled {
            return Ok(false);
        }
        Ok(match (due::next(&self.life)?, self.life.current.schedule) {
            (Some(next), Some(schedule)) => adjusting::priced(&self.life, &self.life.current, schedule)?
                .is_even_from(next.number.get(), next.amount)?,
            _ => true,
        })
    }

    fn see(&mut self, payment: &Payment, day: Date, is_listed: bool) -> Result<(), Error> {
        self.total = self.total.saturating_add(payment.amount.amount().into());
        if day == self.on {
            self.due_now = self.due_now.plus(payment.amount)?;
        } else if payment.amount.amount() > 0 && self.next_charge.is_none() {
            self.next_charge = Some(NextPayment { due_date: payment.due_date, amount: payment.amount });
        }
        if is_listed {
            self.payments.push(PreviewedPayment::of(payment, self.on));
        }
        Ok(())
    }

    /// Returns the sum of all payments: those followed, and the price for each number after them.
    fn total(&self) -> Result<Money, Errors> {
        let life = &self.life;
        let last = life.current.schedule.map(|schedule| schedule.last_payment()).transpose()?.flatten();
        let last = if self.is_continued { last.map_or(0, |last| last.number) } else { 0 };
        let settled = life.state.ledger.last_settled().next().since(life.current.first());
        let left = i128::from(last.saturating_sub(settled));
        let each = if left > 0 { due::next(life)?.map_or(0, |next| next.amount.amount()) } else { 0 };
        let total = self.total.saturating_add(i128::from(each).saturating_mul(left));
        let beyond = || {
            let message = "cannot compute the total because it is beyond 2^53 - 1 minor units";
            Error::new(Code::OutOfRange, "/subscription", message)
        };
        let total = i64::try_from(total).map_err(|_| beyond())?;
        Ok(Money::new(total, life.currency()).map_err(|_| beyond())?)
    }
}

/// Returns the digest of what follows (R8.3).
fn digest(life: &Subscription, preview: &Preview) -> Result<String, Error> {
    let mut agreed = Agreed::new("upcoming 1");
    agreed.day("asOf", preview.as_of);
    agreed.price("price", &life.current.price);
    let now = adjusting::of(life, &life.current);
    agreed.steps(now.steps);
    agreed.discounts(now.discounts);
    if let Some(taxes) = now.taxes {
        agreed.taxes(taxes);
    }
    agreed.amount_if_any("minimum", now.minimum);
    if let Some(schedule) = &life.current.schedule {
        agreed.schedule(schedule);
        agreed.number("firstNumber", life.current.first_number);
    }
    let commitment = minimum_term::committed_until(life)?.map(Commitment::Until);
    agree(commitment, life.terms.notice, &mut agreed);
    agreed.money("dueNow", preview.due_now);
    if let Some(next) = preview.next_charge {
        agreed.payment("nextCharge", next.due_date, next.amount);
    }
    agreed.money("balance", life.balance);
    Ok(agreed.digest())
}
