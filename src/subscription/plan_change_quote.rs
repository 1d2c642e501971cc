//! What a change of plan costs a subscription (R3.5 to R3.12), told by living ahead to its day.

use super::action::Action;
use super::event::Event;
use super::next_action::next_action;
use super::plan_change::Change;
use super::record::{PaymentKey, PendingChange, Record};
use super::simulate::{Script, simulate};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape};
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::line::Line;
use crate::pricing::proration::{Effective, NextPayment, PlanChange, Proration, Settle, Settled};

/// A change of plan that waits for its day, as it was requested, its defaults resolved (R3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingPlanChange {
    /// The change.
    pub change: PlanChange,
    /// The day on which it takes force.
    pub on: Date,
    /// The reference of the first attempt at the payment that it waits for.
    pub reference: Option<String>,
}

impl PendingPlanChange {
    const FIELDS: Keys = "to at cycle? paymentCount? anchorDay? effective? settle? prorate? on reference?";
}

impl Shape for PendingPlanChange {
    fn read(node: &Node<'_>) -> Self {
        let mut fields = node.object(Self::FIELDS);
        let change = PlanChange::among(&mut fields);
        Self { change, on: fields.required(), reference: fields.nullable() }
    }

    fn write(&self, to: &mut Writer) {
        let PlanChange { to: price, at, cycle, payment_count, anchor_day, effective, settle, prorate } = &self.change;
        price.write(to);
        at.write(to);
        cycle.write(to);
        payment_count.write(to);
        anchor_day.write(to);
        effective.write(to);
        settle.write(to);
        prorate.write(to);
        self.on.write(to);
        self.reference.write(to);
        to.object(Self::FIELDS);
    }
}

serde_by_shape!(PendingPlanChange);

/// A change of plan with what it costs, and the event that carries it out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanChangeQuote {
    /// What it costs.
    pub proration: Proration,
    /// The pending changes that it replaces: those for the same day, and all where it takes force on the day of its request.
    pub replaces: Vec<PendingPlanChange>,
    /// The pending changes for later days whose amounts it alters, or that are left without a due date.
    pub alters: Vec<PendingPlanChange>,
    /// The event, with the digest of what it costs.
    pub event: Event,
}

object!(PlanChangeQuote {
    proration: required "proration",
    replaces: required "replaces",
    alters: required "alters",
    event: required "event",
});

/// Computes what a change of plan costs a subscription on a day, and the event that carries it out (R3.5 to R3.12).
///
/// Pending changes before its day count as in force. A change for a later day is computed as if every payment until then were made.
/// Nothing is changed by this: apply the event.
///
/// # Errors
/// What [`prorate`](crate::prorate) refuses; `event_out_of_order`; `payment_in_flight`; `payment_overdue` for an older
/// payment that is open, or for another cycle while any is; `out_of_range` for a change before the day of the request;
/// `cancellation_pending` for a change on the day of the end or after it; `subscription_ended`, `subscription_paused`; `no_schedule`,
/// `provider_managed`.
pub fn quote_plan_change(
    subscription: &Subscription,
    change: &PlanChange,
    on: Date,
) -> Result<PlanChangeQuote, Errors> {
    subscription.not_before_last_event(on, "/on")?;
    let quoted = subscription.as_of(on)?.quote(change, on).map_err(|errors| errors.prefixed("/change"))?;
    let event = Event::plan_changed(&quoted.change, Some(quoted.proration.digest.clone()), on);
    Ok(PlanChangeQuote { proration: quoted.proration, replaces: quoted.replaces, alters: quoted.alters, event })
}

/// What a change costs, with its defaults resolved.
pub(super) struct Quoted {
    pub(super) change: PlanChange,
    /// The day on which it takes force.
    pub(super) day: Date,
    pub(super) proration: Proration,
    pub(super) replaces: Vec<PendingPlanChange>,
    pub(super) alters: Vec<PendingPlanChange>,
}

impl Subscription {
    /// What a change costs. The subscription is as the day of the request finds it.
    pub(super) fn quote(&self, change: &PlanChange, on: Date) -> Result<Quoted, Errors> {
        if change.at < on {
            let message = "a change takes place on the day of its request, or later";
            return Err(Error::new(Code::OutOfRange, "/at", message).into());
        }
        self.may_change()?;
        self.still_served(change.at)?;
        self.not_given_up(on)?;
        let before = self.lived_to(on, change.at)?;
        let (change, day) = self.resolved(change, &before)?;
        let (mut base, day) = match day {
            Some(day) if day > change.at => (before.settled(change.at)?.lived_to(change.at, day)?, day),
            Some(day) => (before.clone(), day),
            None => (before.clone(), change.at),
        };
        let immediate = day == on;
        let gone = |pending: &PendingChange, force: Option<Date>| {
            let unpaid = pending.payment.is_some() && (immediate || pending.change.at == day);
            unpaid || pending.payment.is_none() && force == Some(day)
        };
        let mut replaces = base.take_pending(gone)?;
        // What today brings has come already.
        if !immediate {
            base.pass_to(day)?;
        }
        let (proration, how) = base.assess(&change, day)?;
        if immediate {
            replaces.extend(base.pending_changes()?);
        }
        let mut after = base.clone();
        let pending = PendingChange { immediate, ..PendingChange::new(change) };
        after.state.changes.push(pending.clone());
        let made = after.carry_out(after.state.changes.len().saturating_sub(1), &proration, how)?;
        let mut quoted = Quoted { change, day, proration, replaces, alters: Vec::new() };
        if change.at < day {
            // It waits: what comes until then is what is pending already.
            let mut life = before;
            life.pass_to(change.at)?;
            life.state.changes.push(pending);
            quoted.live(&life, None)?;
            quoted.proration.balance = life.balance;
        } else {
            after.pass_to(day)?;
            // A debt that no payment follows is collected at once.
            let made = made.or(after.open_final().map(Record::key));
            if let Some(record) = made.map(|key| after.record_of(key)).transpose()?.flatten() {
                quoted.proration.balance = after.balance_after(&record)?;
            }
            quoted.live(&after, made)?;
        }
        if !immediate {
            quoted.alters = altered(&base, &after, day)?;
        }
        let named = |name, list: &[PendingPlanChange]| -> Vec<(&str, Date, Money)> {
            list.iter().map(|other| (name, other.on, other.change.to)).collect()
        };
        let others = [named("replaces", &quoted.replaces), named("alters", &quoted.alters)].concat();
        quoted.proration = quoted.proration.with_digest(&change, &others);
        Ok(quoted)
    }

    /// That the policy has not ended it: a payment that is owed can still be made (R6.1).
    fn not_given_up(&self, on: Date) -> Result<(), Errors> {
        let owed = self.next_own()?.is_some_and(|own| own.due_date <= on);
        if owed && matches!(self.action(on)?, Action::Finish { .. }) {
            let message = "the subscription is over, for a payment was not made: answer the action `finish`";
            return Err(Error::new(Code::SubscriptionEnded, "", message).into());
        }
        Ok(())
    }

    /// As every payment that can be made until a day is made, from a day on; what the day itself brings is still to come.
    fn lived_to(&self, from: Date, day: Date) -> Result<Subscription, Errors> {
        match day.plus_days(-1).filter(|last| *last >= from) {
            Some(through) => Ok(simulate(self, &Script { from, through, fail: None, events: None })?.subscription),
            None => Ok(self.clone()),
        }
    }

    /// As what is in flight is paid, and so is every payment of the schedule that was due before a day or attempted, and that of a change
    /// of plan, whether or not it would be tried again.
    fn settled(&self, on: Date) -> Result<Subscription, Errors> {
        let mut life = match next_action(self, on)? {
            action @ Action::Resolve { .. } => self.paid(&action, on)?,
            _ => self.clone(),
        };
        while let Some(key) = life.owed_by(on)?.filter(|_| !life.is_over()) {
            let Some(index) = life.state.records.iter().position(|record| record.key() == key) else { break };
            let attempt = life.add_attempt(index, on);
            life.take(index, attempt, on, None, None)?;
            life.pass_to(on)?;
        }
        Ok(life)
    }

    /// A payment that is owed before what a day brings, which is begun by this.
    fn owed_by(&mut self, day: Date) -> Result<Option<PaymentKey>, Errors> {
        let is_owed = |own: &Record| own.due_date < day || own.due_date == day && own.was_attempted();
        if let Some(own) = self.next_own()?.filter(is_owed) {
            return Ok(Some(self.own_record(own).key()));
        }
        let change = |record: &&Record| record.kind == PaymentKind::PlanChange && record.is_open();
        Ok(self.state.records.iter().find(change).map(Record::key))
    }

    /// A change with its defaults, which depend on what is in force before its day, and the due date that it waits for.
    fn resolved(&self, change: &PlanChange, before: &Subscription) -> Result<(PlanChange, Option<Date>), Errors> {
        let mut base = before.clone();
        let same_day = |_: &PendingChange, force: Option<Date>| force == Some(change.at);
        base.take_pending(same_day)?;
        base.pass_to(change.at)?;
        let effective = base.effective(change)?;
        let settle = change.settle.unwrap_or(Settle::Now);
        let change = PlanChange { effective: Some(effective), settle: Some(settle), ..*change };
        if effective == Effective::OnDate || base.is_before_start(change.at)? {
            return Ok((change, None));
        }
        let mut reached = before.clone();
        reached.pass_to(change.at)?;
        let mut life = reached.settled(change.at)?;
        life.state.changes.push(PendingChange::new(change));
        let day = life.force_days()?.pop().flatten();
        if day != Some(change.at) {
            reached.check_day(&change, change.at)?;
        }
        match day {
            Some(day) => Ok((change, Some(day))),
            None if self.state.ending => Err(self.outside(change.at).into()),
            None => {
                let message = "no payment follows, so the change can only take force on its day (`on_date`)";
                Err(Error::new(Code::NoNextPayment, "/effective", message).into())
            }
        }
    }
}

impl Quoted {
    /// What is due now, and what follows it, as the life with the change has them. `made` is the payment that the change makes, or
    /// that was open on its day.
    fn live(&mut self, life: &Subscription, made: Option<PaymentKey>) -> Result<(), Errors> {
        let proration = &mut self.proration;
        proration.as_of = self.change.at;
        let Taken { due_now, lines, next } = life.taken_from(self.change.at, made)?;
        proration.due_now = if self.change.at < self.day { Money::zero(due_now.currency()) } else { due_now };
        proration.next_payment = next;
        if proration.lines.is_empty() && made.is_some() {
            proration.lines = lines;
        }
        Ok(())
    }
}

/// What payments of the schedule and of changes of plan take, from a day on.
struct Taken {
    /// On the day itself.
    due_now: Money,
    lines: Vec<Line>,
    /// The first one after it.
    next: Option<NextPayment>,
}

impl Subscription {
    /// The record of a payment, or a number of the schedule as it has never been begun.
    fn record_of(&self, key: PaymentKey) -> Result<Option<Record>, Errors> {
        match self.state.records.iter().find(|record| record.key() == key) {
            Some(record) => Ok(Some(record.clone())),
            None if key.extra == 0 => self.fresh(key.number),
            None => Ok(None),
        }
    }

    /// What payments take from a day on, every one succeeding. `made` counts as taken on the day, whenever it can be made again.
    fn taken_from(&self, day: Date, made: Option<PaymentKey>) -> Result<Taken, Errors> {
        let mut life = self.clone();
        let mut taken = Taken { due_now: Money::zero(self.balance.currency()), lines: Vec::new(), next: None };
        if let Some(record) = made.map(|key| life.record_of(key)).transpose()?.flatten() {
            (taken.due_now, taken.lines) = (record.amount, record.lines);
        }
        let mut on = day;
        // Charges beside the schedule may come before the next payment, each in its own time.
        for _ in 0..64 {
            let action = next_action(&life, on)?;
            let Some(payment) = action.payment() else {
                let Action::Wait { until } = action else { break };
                on = until;
                continue;
            };
            let beside =
                matches!(payment.kind, PaymentKind::Unscheduled | PaymentKind::Verification | PaymentKind::Final);
            let sent = matches!(action, Action::Resolve { .. });
            if !beside && !sent && payment.due_date > day {
                taken.next = Some(NextPayment { due_date: payment.due_date, amount: payment.amount });
                break;
            }
            life = life.paid(&action, on)?;
        }
        Ok(taken)
    }
}

/// What a pending change comes to on its day.
#[derive(PartialEq)]
struct Cost {
    effective: Date,
    settle: Settled,
    net: Money,
    due_now: Money,
    next_payment: Option<NextPayment>,
    lines: Vec<Line>,
}

/// The pending changes for later days that cost something else in one life than in another, or take force in one alone.
fn altered(without: &Subscription, with: &Subscription, day: Date) -> Result<Vec<PendingPlanChange>, Errors> {
    let mut later = without.pending_changes()?;
    later.retain(|pending| without.cost_of(pending, day) != with.cost_of(pending, day));
    Ok(later)
}

impl Subscription {
    /// What a pending change costs on its day, if every payment from a day until then is made; none where it does not take force.
    fn cost_of(&self, pending: &PendingPlanChange, from: Date) -> Option<Cost> {
        let mut base = self.lived_to(from, pending.on).ok()?;
        let same = |other: &PendingChange, _: Option<Date>| other.change == pending.change;
        let day = base.take_pending(same).ok()?.first()?.on;
        base.pass_to(day).ok()?;
        let (proration, how) = base.assess(&pending.change, day).ok()?;
        let Proration { effective, settle, net, due_now, next_payment, lines, .. } = proration;
        let (due_now, lines) = match how {
            Change::DueDate(own) => (own.amount, own.lines),
            _ => (due_now, lines),
        };
        Some(Cost { effective, settle, net, due_now, next_payment, lines })
    }
}
