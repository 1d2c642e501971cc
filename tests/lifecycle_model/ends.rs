//! How a subscription ends in the model, and what it gives back or collects then (R5.9).
//!
//! Decisions where the rules are silent:
//! - a schedule whose last paid period is over before the day of a cancellation ends then, as cancelled;
//! - an attempt of the schedule or of a plan change that is in flight on the day of the end: its outcome comes first;
//! - an open payment that was attempted before stays whole, and its unused part is in the refund once it is paid; one that was not
//!   made is cut short as well;
//! - the payment of a change to another cycle is whole, and its unused part is in the refund;
//! - once a shortened payment was attempted, another cancellation for a later day is `cancellation_pending`; for an earlier day
//!   it counts;
//! - `credited`, money back and pay-outs after the end leave `unused` and `balance` of the quote as they were on its day.

use billing_rules::{Code, Date, FinalPayment, Status, When};

use crate::credits::Credit;
use crate::model::{Model, plus};
use crate::pays::{Kind, Pay, PaymentStatus};
use crate::refusal::Refusal;

/// What stood on the first day without service.
#[derive(Debug, Clone)]
pub struct AtEnd {
    pub on: Date,
    /// The period that ran and one that was paid ahead, and how the unused part of each came about.
    pub parts: Vec<(usize, Credit)>,
    pub unused: i64,
    pub balance: i64,
    pub given: i64,
    pub waived: bool,
}

/// What a cancellation comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelQuote {
    pub effective: Date,
    pub unused: i64,
    pub balance: i64,
    pub refund: i64,
    pub owed: i64,
}

impl Model {
    /// The period that runs on a day: one that is paid before one that is not.
    pub fn running_on(&self, on: Date) -> Option<usize> {
        let runs = |pay: &Pay| pay.is_own() && !pay.is_open() && pay.covers(on);
        let paid = self.pays.iter().rposition(|pay| runs(pay) && pay.paid_for());
        paid.or_else(|| self.pays.iter().rposition(runs))
    }

    /// What an end on a day finds.
    fn found_on(&self, on: Date) -> AtEnd {
        let ahead = |pay: &Pay| pay.is_own() && pay.paid_for() && pay.period.is_some_and(|(start, _)| on < start);
        let found = self.running_on(on).into_iter().chain(self.pays.iter().rposition(ahead));
        let parts: Vec<(usize, Credit)> = found.map(|at| (at, self.credit_on(&self.pays[at], on))).collect();
        let unused = parts.iter().map(|(_, credit)| credit.amount).sum();
        AtEnd { on, parts, unused, balance: self.balance, given: self.given, waived: false }
    }

    /// What a cancellation now comes to; after the end, as of its day, less what was given back since.
    pub fn quote_now(&self, on: Date) -> CancelQuote {
        let mut now = self.clone();
        now.live_until(on.max(self.last.unwrap_or(on)));
        now.settlement(on)
    }

    fn settlement(&self, on: Date) -> CancelQuote {
        let end = self.at_end.clone().unwrap_or_else(|| self.found_on(on));
        let back = self.backs.iter().filter(|back| back.after_end && back.scheduled).map(|back| back.amount);
        let since = back.sum::<i64>() + self.paid_out_since;
        let (debt, paid_for) = (end.balance.max(0), (-end.balance - end.given).max(0));
        CancelQuote {
            effective: end.on,
            unused: end.unused,
            balance: end.balance,
            refund: (end.unused + paid_for - debt - since).max(0),
            owed: (debt - end.unused).max(0),
        }
    }

    /// What a cancellation for a later day comes to, every payment until then being made.
    pub fn quote_on(&self, day: Date, on: Date) -> Result<CancelQuote, Code> {
        if day < on {
            return Err(Code::OutOfRange);
        }
        let mut now = self.clone();
        now.live_until(on);
        if now.over.is_some() || now.status.is_final() {
            return Ok(now.settlement(on));
        }
        if day == on || now.is_passed(on) {
            now.must_not_end(day, on).map_err(|refusal| refusal.code)?;
            return Ok(now.settlement(on));
        }
        now.cancel_on(Some(When::On(day)), None, None, on).map_err(|refusal| refusal.code)?;
        now.pay_all(on, plus(day, -1));
        now.live_until(day);
        let quote = now.settlement(day);
        Ok(CancelQuote { effective: if now.at_end.is_some() { quote.effective } else { day }, ..quote })
    }

    /// It ends by an answer to `finish`, or by the provider.
    pub fn end(&mut self, status: Status, open: PaymentStatus, on: Date) {
        if self.at_end.is_none() {
            self.at_end = Some(self.found_on(on));
        }
        self.status = status;
        self.wishes.clear();
        self.pause = None;
        self.pays.iter_mut().filter(|pay| pay.is_open()).for_each(|pay| pay.leave(open));
    }

    /// R5.9: it is cancelled.
    pub fn cancel_on(
        &mut self,
        when: Option<When>,
        early: Option<bool>,
        last: Option<FinalPayment>,
        on: Date,
    ) -> Result<(), Refusal> {
        let waive = last == Some(FinalPayment::Waive);
        let bound = |model: &Self, day| if early == Some(true) { Ok(()) } else { model.must_not_end(day, on) };
        let when = match when {
            Some(When::Earliest) => self.earliest_end(on).map(When::On),
            other => other,
        };
        let asked = if let Some(When::On(day)) = when { day } else { on };
        if let Some(When::On(day)) = when
            && (day < on || day != on && !self.is_passed(on))
        {
            self.may_end_later(day, on)?;
            bound(self, day)?;
            self.cancel_later(day, waive);
            return Ok(());
        }
        if when == Some(When::PeriodEnd) && self.runs_after(on) {
            bound(self, self.served_until().unwrap_or(on))?;
            self.make_whole();
            (self.ending, self.waives) = (true, waive);
            self.wishes.iter_mut().for_each(|wish| wish.falls = wish.pay.is_some());
            return Ok(());
        }
        bound(self, asked)?;
        if self.out().is_some() {
            return Err(Code::PaymentInFlight.into());
        }
        self.cancel(on, waive);
        Ok(())
    }

    fn may_end_later(&self, day: Date, on: Date) -> Result<(), Refusal> {
        if day < on {
            return Err(Refusal::at(Code::OutOfRange, "/event/when/on"));
        }
        if self.ends_on.is_some_and(|end| end < day) && self.was_cut_attempted() {
            return Err(Code::CancellationPending.into());
        }
        let inside = |number: u32| self.span(number).is_some_and(|span| span.start < day && day < span.end);
        let unpaid = || {
            self.pays.iter().any(|pay| pay.is_own() && !pay.paid_for() && inside(pay.number))
                || (self.settled() + 1..self.settled() + 400).any(inside)
        };
        if self.internal && unpaid() {
            return Err(Code::ProviderManaged.into());
        }
        Ok(())
    }

    fn cancel_later(&mut self, day: Date, waive: bool) {
        self.make_whole();
        (self.ending, self.ends_on, self.waives) = (false, Some(day), waive);
        self.wishes.iter_mut().for_each(|wish| wish.falls = false);
        self.cut_open();
    }

    /// R5.9: what is open and not in flight is cut short.
    pub fn cut_open(&mut self) {
        for at in 0..self.pays.len() {
            let pay = &self.pays[at];
            if pay.is_own() && pay.is_open() && self.over.is_none() {
                let mut cut = self.cut_short(pay.clone());
                if cut.cut != pay.cut {
                    cut.carried += pay.carried_off() - cut.carried_off();
                    self.pays[at] = self.with_balance(cut);
                }
            }
        }
    }

    pub fn was_cut_attempted(&self) -> bool {
        self.pays.iter().any(|pay| pay.cut.is_some_and(|cut| pay.paid_for() || pay.tries() > cut.attempts))
    }

    /// The end is called off: what was cut short and not attempted since is whole.
    pub fn make_whole(&mut self) {
        self.ends_on = None;
        for at in 0..self.pays.len() {
            let pay = &mut self.pays[at];
            if let Some(cut) = pay.cut.filter(|cut| pay.is_open() && pay.tries() == cut.attempts) {
                pay.gross += cut.amount;
                pay.carried += pay.carried_off();
                pay.period = pay.period.map(|(start, _)| (start, cut.end));
                pay.cut = None;
                let pay = pay.clone();
                self.pays[at] = self.with_balance(pay);
            }
        }
    }

    pub fn withdraw_cancellation(&mut self, on: Date) -> Result<(), Refusal> {
        let runs = self.end_day().is_some_and(|end| end > on);
        if !(self.ending || self.ends_on.is_some()) || self.over.is_some() || !runs || self.was_cut_attempted() {
            return Err(Code::NothingToWithdraw.into());
        }
        self.make_whole();
        (self.ending, self.waives) = (false, false);
        self.wishes.iter_mut().for_each(|wish| wish.falls = false);
        Ok(())
    }

    /// Whether a number of the schedule is left, also one that is due after the end.
    fn follows(&self) -> bool {
        self.pays.iter().any(|pay| pay.is_own() && pay.is_open()) || self.span(self.settled() + 1).is_some()
    }

    /// Whether nothing is served any more, and nothing follows.
    fn is_passed(&self, on: Date) -> bool {
        self.schedule.is_some() && !self.runs_after(on) && !self.follows()
    }

    fn runs_after(&self, on: Date) -> bool {
        let paid = self.status == Status::Active && self.paid_until().is_some_and(|until| until > on);
        let trial = self.terms.trial_start.is_some_and(|start| start <= on)
            && self.status != Status::Error
            && self.served_until().is_some_and(|until| until > on);
        paid || trial
    }

    /// The day that it was cancelled for, or the end of the last period where no number follows.
    pub fn ends(&self) -> Option<Date> {
        let day = self.ends_on?;
        let follows = self.follows();
        // Nothing ends in a pause.
        let held = |end: &Date| self.pause.is_some_and(|pause| pause.begun.unwrap_or(pause.from) <= *end);
        let paid = self.paid_until().filter(|end| !follows && !held(end));
        Some(paid.map_or(day, |end| end.min(day)))
    }

    /// The first day without service, where one is set.
    pub fn end_day(&self) -> Option<Date> {
        match (self.over, self.ends_on) {
            (Some(over), _) => Some(over),
            (_, Some(_)) => self.ends(),
            _ => self.served_until().filter(|_| self.ending),
        }
    }

    /// It is cancelled: with nothing to collect it is over at once.
    fn cancel(&mut self, on: Date, waive: bool) {
        self.stop(on, waive);
        if self.pays.iter().any(Pay::is_open) {
            self.ending = true;
        } else {
            self.status = Status::Cancelled;
        }
    }

    /// The end of the last paid period of one that ends with it, or the day of its end.
    pub fn reach_end(&mut self, day: Date) -> bool {
        if !self.ending && self.ends_on.is_none() {
            return false;
        }
        let reached = match self.ends() {
            Some(end) => end <= day,
            // Nothing ends in a pause.
            None => {
                let waits = |end| self.paused_since().is_some_and(|from| from <= end);
                self.ending && self.served_until().map_or(!self.is_paused(), |end| end <= day && !waits(end))
            }
        };
        let waits = |kind| kind == Kind::Change || kind == Kind::Own && self.ends_on.is_some();
        let changing = self.out().is_some_and(|(at, _)| waits(self.pays[at].kind));
        if !reached || changing || self.over.is_some() || self.status.is_final() {
            return false;
        }
        let end = self.ends().or(self.served_until()).unwrap_or(day);
        // A pause that is over by then ends first.
        if self.end_pause(end) {
            return true;
        }
        self.stop(end, self.waives);
        self.ending = true;
        true
    }

    /// The first day without service: what is open is stopped, but for unscheduled charges, and a debt becomes a payment.
    fn stop(&mut self, on: Date, waive: bool) {
        let mut end = self.found_on(on);
        (end.waived, self.over) = (waive, Some(on));
        let unused = self.at_end.get_or_insert(end).unused;
        self.pause = None;
        self.wishes.clear();
        let kept = |pay: &Pay| pay.kind == Kind::Extra && !waive;
        let stopped = self.pays.iter_mut().filter(|pay| pay.is_open() && pay.out().is_none() && !kept(pay));
        stopped.for_each(|pay| pay.leave(PaymentStatus::Stopped));
        let debt = self.balance.max(0);
        let set = if waive { debt } else { debt.min(unused) };
        self.balance -= set;
        self.owed -= set;
        if self.balance > 0 {
            self.collect(on);
        }
    }

    /// What was in flight on the day of the end, and was not made, is stopped.
    pub fn stop_others(&mut self) -> bool {
        let others = |pay: &Pay| pay.is_open() && !matches!(pay.kind, Kind::Extra | Kind::Final);
        let found = self.pays.iter_mut().find(|pay| others(pay)).filter(|_| self.over.is_some());
        found.is_some_and(|pay| {
            pay.leave(PaymentStatus::Stopped);
            true
        })
    }

    /// R5.9: the debt as a payment of its own, beside those of the last period.
    fn collect(&mut self, due: Date) {
        let (ending, ends_on) = (std::mem::replace(&mut self.ending, true), self.ends_on.take());
        let number = self.number_on(due);
        (self.ending, self.ends_on) = (ending, ends_on);
        let pay = Pay::beside(Kind::Final, self.place_beside(number), due, 0);
        self.pays.push(Pay { from_balance: self.balance, ..pay });
    }

    /// R5.9: a schedule that ends with a debt collects it on the last due date.
    pub fn collect_last_debt(&mut self, day: Date) -> bool {
        let ends = self.ending || self.ends_on.is_some();
        let runs = !self.internal && !ends && self.over.is_none() && self.schedule.is_some();
        let collected = self.pays.iter().any(|pay| pay.kind == Kind::Final);
        let due = self.pays.iter().filter(|pay| pay.is_own() && pay.due <= day).map(|pay| pay.due).max();
        let (true, false, true, None, Some(due)) = (runs, collected, self.balance > 0, self.own_due(), due) else {
            return false;
        };
        self.collect(due);
        true
    }
}
