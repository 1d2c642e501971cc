//! How a subscription ends in the model, and what it gives back or collects then (R5.9).

use billing_rules::{Date, Status};

use crate::model::{Model, share};
use crate::pays::{Kind, Pay, PaymentStatus};

impl Model {
    /// What a cancellation on a day leaves unused; after the end, as of its day.
    pub fn unused(&self, on: Date) -> i64 {
        let mut now = self.clone();
        now.live_until(on.max(self.last.unwrap_or(on)));
        now.at_end.map_or_else(|| now.unused_on(on), |(unused, _)| unused)
    }

    fn unused_on(&self, on: Date) -> i64 {
        let running =
            self.pays.iter().rfind(|pay| !pay.is_open() && pay.number > 0 && pay.extra == 0 && pay.covers(on));
        let stands = running.and_then(|running| Some((running, running.credited_price?)));
        stands.filter(|(running, _)| running.of > 0).map_or(0, |(running, price)| {
            let (start, end) = running.period.unwrap();
            // The days of a pause were not used (R5.10).
            let paused = self.paused.map_or(0, |paused| paused.max(start).days_until(on).max(0));
            let of = running.of - paused;
            if of > 0 { share(price, on.days_until(end), of).min(price) } else { 0 }
        })
    }

    /// What is given back, and what is owed: the unused part is set against the debt first.
    pub fn settlement(&self, on: Date) -> (i64, i64) {
        let mut now = self.clone();
        now.live_until(on.max(self.last.unwrap_or(on)));
        let net = now.unused(on) - now.at_end.map_or(now.balance, |(_, balance)| balance);
        (net.max(0), (-net).max(0))
    }

    /// It ends by an answer to `finish`, or by the provider.
    pub fn end(&mut self, status: Status, open: PaymentStatus, on: Date) {
        self.at_end = self.at_end.or(Some((self.unused_on(on), self.balance)));
        self.status = status;
        self.wishes.clear();
        self.paused = None;
        self.pays.iter_mut().filter(|pay| pay.is_open()).for_each(|pay| pay.leave(open));
    }

    /// It is cancelled: with nothing to collect it is over at once.
    pub fn cancel(&mut self, on: Date, waive: bool) {
        let unused = self.at_end.map_or_else(|| self.unused_on(on), |(unused, _)| unused);
        self.stop(on, unused, waive);
        if self.pays.iter().any(Pay::is_open) {
            self.ending = true;
        } else {
            self.status = Status::Cancelled;
        }
    }

    /// The end of the last paid period of one that ends with it.
    pub fn reach_end(&mut self, day: Date) -> bool {
        let reached = self.ending && self.served_until().is_none_or(|end| end <= day);
        let changing = self.out().is_some_and(|(at, _)| self.pays[at].kind == Kind::Change);
        if !reached || changing || self.over.is_some() || self.paused.is_some() || self.status.is_final() {
            return false;
        }
        self.stop(self.served_until().unwrap_or(day), 0, false);
        true
    }

    /// The first day without service: what is open is stopped, but for unscheduled charges, and a debt becomes a payment.
    fn stop(&mut self, on: Date, unused: i64, waive: bool) {
        (self.over, self.at_end) = (Some(on), self.at_end.or(Some((unused, self.balance))));
        self.paused = None;
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
        let ending = std::mem::replace(&mut self.ending, true);
        let number = self.number_on(due);
        self.ending = ending;
        let pay = Pay::beside(Kind::Final, self.place_beside(number), due, 0);
        self.pays.push(Pay { from_balance: self.balance, ..pay });
    }

    /// R5.9: a schedule that ends with a debt collects it on the last due date.
    pub fn collect_last_debt(&mut self) -> bool {
        let runs = !self.internal && !self.ending && self.over.is_none() && self.schedule.is_some();
        let collected = self.pays.iter().any(|pay| pay.kind == Kind::Final);
        let due = self.pays.iter().filter(|pay| pay.is_own()).map(|pay| pay.due).max();
        let (true, false, true, None, Some(due)) = (runs, collected, self.balance > 0, self.own_due(), due) else {
            return false;
        };
        self.collect(due);
        true
    }
}
