//! A change of plan while the payment of the period is open (R3.11).

use super::apply::overdue;
use super::plan_change::Change;
use super::record::{LeftToPayment, PriceFrom, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Error, Errors};
use crate::money::Money;
use crate::pricing::line::{LineKind, LineRule, Span};
use crate::pricing::proration::{PlanChange, Proration, Settle, Settled};
use crate::pricing::share::{Part, Share};
use crate::schedule::Schedule;
use crate::terms::no_schedule;

impl Subscription {
    /// A change while a payment of the schedule is due (R3.11).
    pub(super) fn while_open(
        &self,
        change: &PlanChange,
        schedule: &Schedule,
        own: Record,
        day: Date,
    ) -> Result<(Proration, Change), Errors> {
        if self.owes_before(change, &own, day) {
            return Err(overdue().at_root().into());
        }
        self.nothing_in_flight().map_err(Error::at_root)?;
        let mut proration = self.without_proration(change, schedule, day, *schedule, self.current.first_number);
        let prorated = change.prorate.unwrap_or(true);
        let later = self.scheduled(own.number.saturating_add(1))?.map(|period| period.start);
        let billed = own.price().unwrap_or(change.to);
        let nothing = Money::zero(change.to.currency());
        let left = own.left.unwrap_or(LeftToPayment { net: nothing, price: billed, base: billed });
        let part = own.part_left(day);
        let credit = part.of(left.price, self.terms.rule()?)?.negated();
        let charge = part.of(change.to, self.terms.rule()?)?;
        let net = charge.plus(credit)?;
        // Without a later payment what is owed is due with this one (R3.5).
        let carried = change.settle == Some(Settle::NextPayment) && (later.is_some() || net.amount() < 0);
        if prorated && !carried {
            let record = self.repriced(own, change.to, day)?;
            return Ok((proration, Change::Open(record)));
        }
        // The payment stays; what the change comes to is settled with the next one, once this is paid.
        let left = if prorated {
            proration = Proration { settle: Settled::NextPayment, credit, charge, net, ..proration };
            LeftToPayment { net: left.net.plus(net)?, price: change.to, base: left.base }
        } else {
            let price = left.price.at_most(change.to);
            LeftToPayment { price, base: left.base.plus(price)?.plus(left.price.negated())?, net: left.net }
        };
        let record = Record { left: Some(left), ..own };
        Ok((proration, Change::Open(record)))
    }

    /// The balance once an open payment is paid, with what a change has left to it.
    pub(super) fn balance_after(&self, record: &Record) -> Result<Money, Error> {
        let balance = self.balance.plus(record.gross()?)?.plus(record.amount.negated())?;
        record.left.map_or(Ok(balance), |left| balance.plus(left.net))
    }

    /// The period's own payment at a new price for the days from one on (R3.11).
    fn repriced(&self, own: Record, to: Money, at: Date) -> Result<Record, Errors> {
        // What an earlier change had left to this payment ends on the day.
        let (part, rule) = (own.part_left(at), self.terms.rule()?);
        let left = match own.left {
            Some(LeftToPayment { net, price, base }) => {
                let rest = part.of(price, rule)?.plus(part.of(base, rule)?.negated())?;
                Some(LeftToPayment { net: net.plus(rest.negated())?, price: to, base: to })
            }
            None => None,
        };
        let costs_since = Some(at).filter(|_| own.amount.amount() == 0).or(own.costs_since);
        Ok(Record { left, costs_since, ..self.billed_anew(own, to, at)? })
    }

    fn billed_anew(&self, mut own: Record, to: Money, at: Date) -> Result<Record, Errors> {
        let Some(period) = own.period else { return Ok(own) };
        own.keep_amounts();
        own.prices.retain(|entry| entry.from < at);
        own.prices.push(PriceFrom { from: at, price: to });
        if let [whole] = own.prices.as_slice() {
            let index = own.number.saturating_sub(self.current.first_number).saturating_add(1);
            let schedule = self.current.schedule.ok_or_else(|| no_schedule(""))?;
            let payment = self.terms.priced(schedule, whole.price)?.payment(index)?;
            return self.charged(own, payment.into_iter().map(|payment| payment.line).collect());
        }
        let ends = own.prices.iter().skip(1).map(|entry| entry.from).chain([period.end]);
        let mut lines = Vec::new();
        for (entry, end) in own.prices.iter().zip(ends) {
            let part = Part::days(entry.from.days_until(end), own.period_days);
            let span = Span { start: entry.from, end };
            let share = Share { part, price: entry.price, span, rule: self.terms.rule()? };
            lines.push(share.charge(LineKind::Period, LineRule::OpenPayment)?);
        }
        self.charged(own, lines)
    }
}
