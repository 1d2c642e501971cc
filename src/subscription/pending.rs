//! Changes of plan that wait for their day: which day that is, and what becomes of them on it (R3.5, R3.12).

use super::availability::Availability;
use super::event::Event;
use super::plan_change_quote::PendingPlanChange;
use super::record::{PaymentStatus, PendingChange, Record};
use super::state::Subscription;
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::pricing::proration::{Effective, another_cycle, restarted};
use crate::schedule::Schedule;

impl Subscription {
    /// A change of plan was requested.
    pub(super) fn request_change(&mut self, event: &Event, on: Date) -> Result<(), Errors> {
        let Event::PlanChanged { customer_present, digest, .. } = event else { return Ok(()) };
        let Some(change) = event.plan_change() else { return Ok(()) };
        let quoted = self.quote(&change, on)?;
        if digest.as_ref().is_some_and(|shown| *shown != quoted.proration.digest) {
            let message = "the change costs something else by now: show it again";
            return Err(Error::new(Code::DigestMismatch, "/digest", message).into());
        }
        // Of those for a later day the last one counts when that comes: until then another change may move a due date.
        if quoted.day == on {
            let same_day: Vec<_> = quoted.replaces.iter().filter(|replaced| replaced.on == on).collect();
            self.drop_changes(|pending| same_day.iter().any(|replaced| replaced.change == pending.change));
        }
        let pending = PendingChange {
            customer_present: customer_present.unwrap_or_default(),
            immediate: quoted.day == on,
            ..PendingChange::new(quoted.change)
        };
        self.state.changes.push(pending);
        if quoted.day > on {
            return Ok(());
        }
        // One that is carried out today drops one that still waits for its payment (R3.12).
        self.drop_changes(|pending| pending.payment.is_some());
        let index = self.state.changes.len().saturating_sub(1);
        let (proration, how) = self.assess(&quoted.change, on)?;
        self.carry_out(index, &proration, how).map(drop)
    }

    /// The day on which each pending change takes force, all of them taken together in the order of their days; none where one is left
    /// without a due date.
    pub(super) fn force_days(&self) -> Result<Vec<Option<Date>>, Errors> {
        let mut days = vec![None; self.state.changes.len()];
        let Some(mut schedule) = self.current.schedule.filter(|_| !days.is_empty()) else { return Ok(days) };
        let own = self.next_own()?;
        let mut first = self.first_untouched(own.as_ref())?;
        let mut waiting: Vec<usize> = (0..days.len()).collect();
        while !waiting.is_empty() {
            let mut found = Vec::with_capacity(waiting.len());
            for index in &waiting {
                let Some(PendingChange { change, .. }) = self.state.changes.get(*index) else { continue };
                let waits = change.effective == Some(Effective::PeriodEnd) && !self.is_before_start(change.at)?;
                let day = match (waits, first) {
                    (false, _) => Some(change.at),
                    (true, Some(first)) => due_from(&schedule, change.at.max(first))?,
                    (true, None) => None,
                };
                found.extend(day.map(|day| (day, *index)));
            }
            let Some(next) = found.iter().map(|(day, _)| *day).min() else { break };
            for (day, index) in found.into_iter().filter(|(day, _)| *day == next) {
                if let Some(place) = days.get_mut(index) {
                    *place = Some(day);
                }
            }
            let last = waiting.iter().rfind(|index| days.get(**index).is_some_and(|day| *day == Some(next)));
            if let Some(PendingChange { change, .. }) = last.and_then(|index| self.state.changes.get(*index))
                && let Some(cycle) = another_cycle(change, &schedule)
            {
                let before =
                    own.as_ref().map(|own| own.due_date).filter(|_| self.is_before_start(change.at).unwrap_or(false));
                if let Ok(new) = restarted(&schedule, change, cycle, before.unwrap_or(next)) {
                    schedule = new;
                    first = match (before, next.plus_days(1)) {
                        (None, Some(after)) => due_from(&schedule, after)?,
                        _ => before,
                    };
                }
            }
            waiting.retain(|index| days.get(*index).is_some_and(Option::is_none));
        }
        Ok(days)
    }

    /// The first due date whose payment was neither attempted nor skipped.
    fn first_untouched(&self, own: Option<&Record>) -> Result<Option<Date>, Errors> {
        match own {
            Some(own) if own.was_attempted() => {
                Ok(self.scheduled(own.number.saturating_add(1))?.map(|period| period.start))
            }
            own => Ok(own.map(|own| own.due_date)),
        }
    }

    /// The pending changes by the day on which they take force, of several for one day the one requested last.
    pub(super) fn pending_changes(&self) -> Result<Vec<PendingPlanChange>, Errors> {
        let mut found: Vec<PendingPlanChange> = Vec::with_capacity(self.state.changes.len());
        for (pending, force) in self.state.changes.iter().zip(self.force_days()?) {
            let on = force.unwrap_or(pending.change.at);
            let reference = pending.payment.map(|key| self.reference(key.number, key.extra, 1));
            let pending = PendingPlanChange { change: pending.change, on, reference };
            let place = found.partition_point(|other| other.on < on);
            match found.get_mut(place).filter(|other| other.on == on) {
                Some(replaced) => *replaced = pending,
                None => found.insert(place, pending),
            }
        }
        Ok(found)
    }

    /// Takes out pending changes, with what they wait for.
    pub(super) fn take_pending(
        &mut self,
        is_gone: impl Fn(&PendingChange, Option<Date>) -> bool,
    ) -> Result<Vec<PendingPlanChange>, Errors> {
        let mut gone = Vec::new();
        for (pending, force) in self.state.changes.iter().zip(self.force_days()?) {
            if is_gone(pending, force) {
                gone.push(pending.clone());
            }
        }
        let taken =
            self.pending_changes()?.into_iter().filter(|taken| gone.iter().any(|one| one.change == taken.change));
        let taken = taken.collect();
        self.drop_changes(|pending| gone.contains(pending));
        Ok(taken)
    }

    /// Drops pending changes, with the payments that they wait for.
    pub(super) fn drop_changes(&mut self, is_dropped: impl Fn(&PendingChange) -> bool) {
        while let Some(index) = self.state.changes.iter().position(&is_dropped) {
            self.drop_change(index);
        }
    }

    /// Drops a change that is not carried out any more, with its payment.
    pub(super) fn drop_change(&mut self, index: usize) {
        if index >= self.state.changes.len() {
            return;
        }
        let dropped = self.state.changes.remove(index);
        let paid_by = |record: &&mut Record| Some(record.key()) == dropped.payment && record.is_open();
        if let Some(record) = self.state.records.iter_mut().find(paid_by) {
            record.status = PaymentStatus::Dropped;
        }
    }

    /// The change that was requested last is withdrawn; what it had replaced does not come back.
    pub(super) fn withdraw_change(&mut self) -> Result<(), Errors> {
        self.not_ended()?;
        let Some(last) = self.state.changes.len().checked_sub(1) else {
            let message = "no change of plan waits to take force";
            return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
        };
        if self.state.changes.get(last).is_some_and(|change| change.payment.is_some()) {
            self.nothing_in_flight()?;
        }
        let day = self.force_days()?.pop().flatten();
        self.drop_change(last);
        self.take_pending(|pending, force| pending.payment.is_none() && force == day)?;
        Ok(())
    }

    /// The next day between two on which something takes place by itself.
    pub(super) fn next_day(&self, after: Option<Date>, before: Date) -> Result<Option<Date>, Errors> {
        let between = |day: &Date| *day < before && after.is_none_or(|after| *day > after);
        let own = self.next_own()?;
        let open = self.state.records.iter().filter(|record| record.is_open());
        let fresh = own.as_ref().filter(|own| !self.has_record(own.key()));
        let over =
            open.chain(fresh).filter_map(|record| Some(self.last_day(record)?.plus_days(1)?.max(record.due_date)));
        // An unpaid change makes way for the next due date, and a missed payment for the one after it.
        let due = if self.unpaid_change().is_some() { self.next_or_last_day()? } else { None };
        let later = match &own {
            Some(own) if self.skips_missed() => {
                self.scheduled(own.number.saturating_add(1))?.map(|period| period.start)
            }
            _ => None,
        };
        let end = self.served_until().filter(|_| self.state.ending && self.state.over.is_none());
        let days = self.force_days()?.into_iter().flatten().chain(self.verification_falls_away()?);
        Ok(days.chain(over).chain(due).chain(later).chain(end).filter(between).min())
    }

    /// Carries out the first of the pending changes whose day has come; of several for one day, the one requested last (R3.5).
    pub(super) fn commit_change(&mut self, day: Date) -> Result<bool, Errors> {
        let mut first: Option<(Date, usize)> = None;
        let days = self.force_days()?;
        for (index, force) in days.iter().copied().enumerate() {
            let waits = self.state.changes.get(index).is_some_and(|pending| pending.payment.is_none());
            match force.filter(|_| waits) {
                Some(force) if force <= day && first.is_none_or(|(earliest, _)| force <= earliest) => {
                    first = Some((force, index));
                }
                _ => {}
            }
        }
        let Some((force, index)) = first else { return Ok(false) };
        if let Some(unpaid) = self.unpaid_change() {
            // A checkout that nobody attempts makes way for the next change; a payment by the merchant comes first.
            let dropped = self.is_left_to_cardholder(unpaid, day);
            if dropped {
                self.drop_change(unpaid);
            }
            return Ok(dropped);
        }
        let Some(pending) = self.state.changes.get(index).cloned() else { return Ok(false) };
        if self.waits_for_payment(&pending, force, day)? {
            return Ok(false);
        }
        let same_day = |other: &usize| *other != index && days.get(*other) == Some(&Some(force));
        let others: Vec<usize> = (0..days.len()).rev().filter(same_day).collect();
        let index = index.saturating_sub(others.iter().filter(|other| **other < index).count());
        others.into_iter().for_each(|other| self.drop_change(other));
        match self.assess(&pending.change, force) {
            Ok((proration, how)) => self.carry_out(index, &proration, how).map(|_| true),
            Err(_) => {
                self.drop_change(index);
                Ok(true)
            }
        }
    }

    /// Drops a change that is left without a due date (R3.5).
    pub(super) fn drop_dueless(&mut self) -> Result<bool, Errors> {
        if self.state.ending {
            return Ok(false);
        }
        let dueless = self.force_days()?.iter().position(Option::is_none);
        dueless.into_iter().for_each(|index| self.drop_change(index));
        Ok(dueless.is_some())
    }

    /// Whether a change whose day has come waits until an earlier payment of the schedule is settled: one that the merchant has yet to
    /// make, or that the change does not reprice.
    fn waits_for_payment(&self, pending: &PendingChange, force: Date, day: Date) -> Result<bool, Errors> {
        let own = self.next_own()?.filter(|own| own.due_date < force);
        Ok(own.is_some_and(|own| {
            let at_due_date = pending.change.effective == Some(Effective::PeriodEnd);
            let by_merchant = own.sends_nothing()
                || matches!(self.availability(&own, day), Availability::Offered { by_cardholder: false });
            let unmade = !own.was_attempted() && by_merchant;
            unmade || at_due_date || self.owes_before(&pending.change, &own, force)
        }))
    }

    /// The change that waits for its payment.
    pub(super) fn unpaid_change(&self) -> Option<usize> {
        self.state.changes.iter().position(|change| change.payment.is_some())
    }

    /// Whether only the cardholder can make the payment that a change waits for.
    pub(super) fn is_left_to_cardholder(&self, unpaid: usize, day: Date) -> bool {
        let key = self.state.changes.get(unpaid).and_then(|change| change.payment);
        let record = self.state.records.iter().find(|record| Some(record.key()) == key);
        if record.is_some_and(Record::sends_nothing) {
            return false;
        }
        let availability = record.map(|record| self.availability(record, day));
        !matches!(availability, Some(Availability::Offered { by_cardholder: false } | Availability::Waits(_)))
    }

    /// The next due date, or the end of the last period.
    fn next_or_last_day(&self) -> Result<Option<Date>, Errors> {
        let last = || self.own_records().filter_map(|record| record.period.map(|period| period.end)).max();
        Ok(self.next_own()?.map(|own| own.due_date).or_else(last))
    }

    /// Drops the change whose payment only the cardholder can make, once the next due date comes (R3.12), and one that a cancellation has
    /// left unpaid.
    pub(super) fn drop_unpaid_change(&mut self, day: Date) -> Result<bool, Errors> {
        let Some(unpaid) = self.unpaid_change() else { return Ok(false) };
        let due = self.next_or_last_day()?;
        let over = due.is_some_and(|due| day >= due) && self.is_left_to_cardholder(unpaid, day);
        let dropped = over || self.state.changes.get(unpaid).is_some_and(|change| change.falls);
        if dropped {
            self.drop_change(unpaid);
        }
        Ok(dropped)
    }
}

/// The first due date of a schedule on or after a day.
fn due_from(schedule: &Schedule, day: Date) -> Result<Option<Date>, Error> {
    match day.plus_days(-1) {
        Some(before) => schedule.next_due_date(before),
        None => Ok(None),
    }
}
