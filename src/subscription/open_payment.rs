//! The effect of a plan change on the open payment of the period (R3.11).

use super::balance;
use super::due;
use super::record::{LeftToPayment, PriceFrom, Record};
use super::shortened;
use super::state::Subscription;
use crate::date::Date;
use crate::error::Errors;
use crate::money::Money;
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::proration::{PlanChange, Proration, Settle, Settled};
use crate::pricing::share::{Part, Share};
use crate::terms::no_schedule;

/// Returns the payment after a change, and the cost. `unchanged` is the proration without lines and amounts, as of the
/// day.
pub(super) fn changed(
    life: &Subscription,
    change: &PlanChange,
    own: Record,
    unchanged: Proration,
) -> Result<(Proration, Record), Errors> {
    let day = unchanged.effective;
    let is_prorated = change.prorate.unwrap_or(true);
    let billed = own.price().unwrap_or(change.to);
    let left = own.left.unwrap_or(LeftToPayment { net: life.nothing(), price: billed, base: billed });
    let (part, rule) = (own.part_left(day), life.terms.rule()?);
    let credit = part.of(left.price, rule)?.negated();
    let charge = part.of(change.to, rule)?;
    let net = charge.plus(credit)?;
    // Without a later payment, the amount is due with this one (R3.5).
    let is_followed = due::date_after(life, own.number)?.is_some();
    let is_carried = change.settle == Some(Settle::NextPayment) && (is_followed || net.amount() < 0);
    if is_prorated && !is_carried {
        return Ok((unchanged, repriced(life, own, change.to, day)?));
    }
    // The payment stays; the cost of the change is settled with the next one, once this is paid.
    let (proration, left) = if is_prorated {
        let proration = Proration { settle: Settled::NextPayment, credit, charge, net, ..unchanged };
        (proration, LeftToPayment { net: left.net.plus(net)?, price: change.to, base: left.base })
    } else {
        let price = left.price.at_most(change.to);
        let base = left.base.plus(price)?.plus(left.price.negated())?;
        (unchanged, LeftToPayment { price, base, net: left.net })
    };
    Ok((proration, Record { left: Some(left), ..own }))
}

/// Returns the period's own payment at a new price for the days from one on.
fn repriced(life: &Subscription, own: Record, to: Money, from: Date) -> Result<Record, Errors> {
    // The part that an earlier change left to this payment ends on the day.
    let (part, rule) = (own.part_left(from), life.terms.rule()?);
    let left = match own.left {
        Some(LeftToPayment { net, price, base }) => {
            let rest = part.of(price, rule)?.plus(part.of(base, rule)?.negated())?;
            Some(LeftToPayment { net: net.plus(rest.negated())?, price: to, base: to })
        }
        None => None,
    };
    let costs_since = if own.amount.amount() == 0 { Some(from) } else { own.costs_since };
    Ok(Record { left, costs_since, ..billed_anew(life, own, to, from)? })
}

/// Returns a payment at a price for the days of its period from one on.
pub(super) fn billed_anew(life: &Subscription, mut own: Record, to: Money, from: Date) -> Result<Record, Errors> {
    let Some(period) = own.period else { return Ok(own) };
    own.keep_amounts();
    own.prices.retain(|entry| entry.from < from);
    own.prices.push(PriceFrom { from, price: to });
    // The days cut off are left out of the parts that are billed anew.
    let is_whole = !own.lines.iter().any(|line| shortened::is_cut(&own, line));
    let is_kept = |line: &&Line| line.kind == LineKind::Credit && !shortened::is_cut(&own, line);
    let credit: Vec<Line> = own.lines.iter().filter(is_kept).cloned().collect();
    if let ([whole], Some(index)) = (own.prices.as_slice(), own.number.index_from(life.current.first()))
        && is_whole
    {
        let schedule = life.current.schedule.ok_or_else(|| no_schedule(""))?;
        let payment = life.terms.priced(schedule, whole.price)?.payment(index)?;
        let lines = credit.into_iter().chain(payment.map(|payment| payment.line)).collect();
        return balance::charged(life, own, lines);
    }
    let ends = own.prices.iter().skip(1).map(|entry| entry.from).chain([period.end]);
    let mut lines = credit;
    for (entry, end) in own.prices.iter().zip(ends) {
        let part = Part::days(own.days(entry.from, end), own.period_days);
        let span = Span { start: entry.from, end };
        let share = Share { part, price: entry.price, span, rule: life.terms.rule()? };
        lines.push(share.charge(LineKind::Period, LineRule::OpenPayment)?);
    }
    balance::charged(life, own, lines)
}
