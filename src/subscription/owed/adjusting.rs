//! What is in effect beside the price, and how plan changes and numbers change it (R9.3, R9.4, R9.5).

use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::{Money, RoundingRule};
use crate::pricing::adjusting::{Adjusting, Numbered};
use crate::pricing::applied::Applied;
use crate::pricing::costs::Costs;
use crate::pricing::credit::TaxesPaid;
use crate::pricing::discount::Discount;
use crate::pricing::proration::{PlanChange, another_cycle};
use crate::pricing::scheduled::PricedSchedule;
use crate::pricing::step;
use crate::pricing::tax::Taxes;
use crate::schedule::Schedule;
use crate::subscription::records::adjusted::Adjusted;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::record::Record;
use crate::subscription::records::record_price::LeftToPayment;
use crate::subscription::records::state::{Current, Subscription};

/// Returns what is in effect beside the price.
pub(crate) fn of<'a>(life: &'a Subscription, current: &'a Current) -> Adjusting<'a> {
    let setup = if life.state.setup_charged { None } else { life.terms.setup };
    let setup_from = if setup.is_some() { life.first_unsettled().get() } else { 1 };
    let adjusting = match &current.adjusted {
        Some(adjusted) => Adjusting {
            steps: &adjusted.steps,
            discounts: &adjusted.discounts,
            used: &adjusted.used,
            from: adjusted.from,
            taxes: adjusted.taxes.as_ref(),
            minimum: adjusted.minimum,
            setup,
            setup_from,
        },
        None => life.terms.adjusting(&[]),
    };
    Adjusting { setup, setup_from, ..adjusting }
}

/// Returns a schedule with what is in effect.
pub(crate) fn priced<'a>(
    life: &'a Subscription,
    current: &'a Current,
    schedule: Schedule,
) -> Result<PricedSchedule<'a>, Error> {
    let plan = life.terms.plan(&current.price)?;
    Ok(PricedSchedule { schedule, first: current.first_number, plan, adjusting: of(life, current) })
}

/// Returns what a full period costs after the last step, before discounts, with taxes; `None` without a schedule.
pub(crate) fn standing(life: &Subscription) -> Result<Option<Money>, Error> {
    let schedule = life.current.schedule;
    schedule.map(|schedule| priced(life, &life.current, schedule)?.standing()).transpose()
}

/// Returns the number as far as it determines what applies. The day is not known.
fn numbered(life: &Subscription, number: PaymentNumber) -> Result<Numbered, Error> {
    let schedule = life.current.schedule;
    let free = schedule.map(|schedule| priced(life, &life.current, schedule)).transpose()?;
    Ok(Numbered { number: number.get(), due_date: Date::FIRST, free: free.and_then(|priced| priced.free()) })
}

/// Returns what is in effect from a number on, after a change.
pub(crate) fn after(
    life: &Subscription,
    change: &PlanChange,
    number: PaymentNumber,
) -> Result<Option<Box<Adjusted>>, Errors> {
    let PlanChange { to, quantities, steps, discounts, taxes, minimum, .. } = change;
    let is_stated = steps.is_some() || discounts.is_some() || taxes.is_some() || minimum.is_some();
    let now = of(life, &life.current);
    if !is_stated && now.steps.is_empty() && now.discounts.is_empty() {
        return Ok(life.current.adjusted.clone());
    }
    let used = now.used_before(&life.current.price, numbered(life, number)?, life.terms.rule()?)?;
    let (discounts, used) = match discounts {
        None => (now.discounts.to_vec(), used),
        Some(discounts) => {
            let used = discounts.iter().map(|discount| used_by(&now, &used, discount)).collect();
            (discounts.clone(), used)
        }
    };
    let mut steps = match (steps, to) {
        (Some(steps), _) => step::resolved(steps, &change.price_after(&life.current.price)),
        (None, Some(_)) => Vec::new(),
        (None, None) => now.steps.to_vec(),
    };
    if let Some(quantities) = quantities {
        steps.iter_mut().for_each(|step| step.price = quantities.of_price(&step.price));
    }
    let taxes = taxes.as_ref().or(now.taxes).filter(|taxes| !taxes.rates.is_empty()).cloned();
    let minimum = minimum.or(now.minimum).filter(|minimum| minimum.amount() > 0);
    // A stub counts for no discount, unless another cycle replaces it (R5.13).
    let is_stub = life.current.stub_of(number).is_some();
    let restarts = life.current.schedule.is_some_and(|schedule| another_cycle(change, &schedule).is_some());
    let from = if is_stub && !restarts { number.next().get() } else { number.get() };
    Ok(Some(Box::new(Adjusted { steps, discounts, used, from, taxes, minimum })))
}

/// Returns how many payments a discount had, by its id.
fn used_by(now: &Adjusting<'_>, used: &[u32], discount: &Discount) -> u32 {
    let mut known = now.discounts.iter().zip(used);
    known.find(|(known, _)| known.id == discount.id).map_or(0, |(_, used)| *used)
}

/// Returns what applies to a charge within the period of a payment, after a change (R9.3): what the payment bore, or what the change
/// states. The taxes are those of the payment.
pub(crate) fn within(
    life: &Subscription,
    record: &Record,
    change: &PlanChange,
    day: Date,
) -> Result<Option<Box<Applied>>, Errors> {
    let borne = record.applied.as_deref();
    if change.discounts.is_none() && change.minimum.is_none() {
        return Ok(record.applied.clone());
    }
    let mut applied = borne.cloned().unwrap_or_default();
    if let Some(discounts) = &change.discounts {
        let now = of(life, &life.current);
        let used = now.used_before(&life.current.price, numbered(life, record.number)?, life.terms.rule()?)?;
        let is_borne = |discount: &Discount| applied.discounts.iter().any(|borne| borne.id == discount.id);
        let applies = |discount: &&Discount| {
            is_borne(discount) || discount.applies(used_by(&now, &used, discount), day.max(record.due_date))
        };
        applied.discounts = discounts.iter().filter(applies).cloned().collect();
    }
    if let Some(minimum) = change.minimum {
        applied.minimum = Some(minimum).filter(|minimum| minimum.amount() > 0);
    }
    Ok(applied.some())
}

impl Record {
    /// Returns the taxes on it.
    pub(crate) fn taxes(&self) -> Option<&Taxes> {
        self.applied.as_ref()?.taxes.as_ref()
    }

    /// Returns the taxes that were paid for its remaining days.
    pub(crate) fn taxes_paid(&self, rule: RoundingRule) -> Result<Option<Box<TaxesPaid>>, Error> {
        let Some(taxes) = self.taxes() else { return Ok(None) };
        let mut paid = TaxesPaid::of(taxes, self.cap, rule)?;
        if !self.taxes_paid.is_empty() {
            paid.paid = Some(self.taxes_paid.clone());
        }
        Ok(Some(paid))
    }

    /// Returns it with what was paid for its remaining days: an amount, and the taxes of each rate.
    pub(crate) fn paid_with(mut self, cap: Money, taxes: Vec<Money>, rule: RoundingRule) -> Result<Self, Error> {
        self.pay(cap, taxes, rule)?;
        Ok(self)
    }

    /// Notes what was paid for its remaining days: an amount, and the taxes of each rate.
    pub(crate) fn pay(&mut self, cap: Money, taxes: Vec<Money>, rule: RoundingRule) -> Result<(), Error> {
        (self.cap, self.taxes_paid) = (Some(cap), Vec::new());
        let usual = self.taxes_paid(rule)?.and_then(|paid| paid.paid);
        if usual.is_some_and(|usual| usual != taxes) {
            self.taxes_paid = taxes;
        }
        Ok(())
    }

    /// Notes what is paid for the days at the last of several prices: its last lines are not all of that, as an item that stays the
    /// same has one line for all the days (R3.11).
    pub(crate) fn pay_last_days(&mut self, rule: RoundingRule) -> Result<(), Error> {
        self.forget_paid();
        if let (Some(costs), [_, .., last]) = (self.costs(), self.prices.as_slice()) {
            let part = self.part_left(last.from);
            self.cap = Some(costs.total_of(|cost| part.of(cost, rule))?);
        }
        Ok(())
    }

    /// Forgets what was computed as paid for its remaining days.
    pub(crate) fn forget_paid(&mut self) {
        (self.cap, self.taxes_paid) = (None, Vec::new());
    }

    /// Returns an amount as what a change leaves to it, if its remaining days have some costs (R3.11).
    pub(crate) fn leaves(&self, net: Money, costs: Costs) -> LeftToPayment {
        let (cap, taxes_paid) = (self.cap.or(self.paid_for_days()), self.taxes_paid.clone());
        LeftToPayment { net, price: costs.clone(), base: costs, cap, taxes_paid }
    }

    /// Returns the set-up fee in it, with its taxes (R9.5).
    pub(crate) fn setup(&self, rule: RoundingRule) -> Result<Option<Money>, Error> {
        let Some(fee) = self.applied.as_ref().and_then(|applied| applied.setup) else { return Ok(None) };
        self.taxes().map_or(Ok(fee), |taxes| taxes.gross(fee, rule)).map(Some)
    }
}

/// Returns what applies to a number of the schedule that begins on a day.
pub(crate) fn applied(
    life: &Subscription,
    current: &Current,
    number: PaymentNumber,
    due_date: Date,
    rule: RoundingRule,
) -> Result<Option<Box<Applied>>, Error> {
    let at = Numbered { number: number.get(), due_date, free: None };
    of(life, current).applied(&current.price, at, rule)
}

/// Puts the price of a step in effect once its number has begun.
pub(crate) fn begin_steps(life: &mut Subscription) -> Result<(), Error> {
    let begun = life.state.ledger.last_begun();
    let Some(adjusted) = &life.current.adjusted else { return Ok(()) };
    if adjusted.steps.first().is_none_or(|step| step.from > begun.get()) {
        return Ok(());
    }
    let now = of(life, &life.current);
    let used = now.used_before(&life.current.price, numbered(life, begun)?, life.terms.rule()?)?;
    let price = now.price(&life.current.price, begun.get()).clone();
    if let Some(adjusted) = &mut life.current.adjusted {
        (adjusted.used, adjusted.from) = (used, begun.get().max(adjusted.from));
        adjusted.steps.retain(|step| step.from > begun.get());
    }
    life.current.price = price;
    Ok(())
}

/// Gives a number to a stub between due dates, which counts for no discount and no step (R5.13). The numbers after it are one higher.
pub(crate) fn insert_stub(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    shift(life, number, true)
}

/// Withdraws the number of a stub that was not made.
pub(crate) fn remove_stub(life: &mut Subscription, number: PaymentNumber) -> Result<(), Errors> {
    shift(life, number, false)
}

fn shift(life: &mut Subscription, number: PaymentNumber, is_later: bool) -> Result<(), Errors> {
    let now = of(life, &life.current);
    if now.steps.is_empty() && now.discounts.is_empty() {
        return Ok(());
    }
    let used = now.used_before(&life.current.price, numbered(life, number)?, life.terms.rule()?)?;
    let (discounts, taxes, minimum) = (now.discounts.to_vec(), now.taxes.cloned(), now.minimum);
    let mut steps = now.steps.to_vec();
    for step in &mut steps {
        let from = if is_later { step.from.saturating_add(1) } else { step.from.saturating_sub(1) };
        step.from = if step.from >= number.get() { from } else { step.from };
    }
    let from = if is_later { number.next().get() } else { number.get() };
    life.current.adjusted = Some(Box::new(Adjusted { steps, discounts, used, from, taxes, minimum }));
    Ok(())
}
