//! What the passing of days does to the model.

use billing_rules::{Date, OnExhausted, Status};

use crate::model::{Model, plus};
use crate::pauses::PAUSE_WAITS;
use crate::pays::{Pay, PaymentStatus};
use crate::turn::Turn;

impl Model {
    /// The model as it is on a later day: every day between does its own.
    pub fn live_until(&mut self, day: Date) {
        let begun = self.last.or(self
            .schedule
            .map(|schedule| self.period(self.settled() + 1).map_or(schedule.start(), |next| next.start)));
        let mut today = begun.map_or(day, |begun| begun.min(day));
        while today < day && !self.status.is_final() && self.out().is_none() && !self.rests() {
            self.day(today);
            today = plus(today, 1);
        }
        if !PAUSE_WAITS && !self.status.is_final() {
            self.begin_pause(day);
        }
        while self.reach_end(day) {}
        self.day(day);
    }

    /// Whether nothing happens by itself: it is paused until somebody resumes it, and nothing is open.
    fn rests(&self) -> bool {
        self.pause.is_some_and(|pause| pause.begun.is_some() && pause.until.is_none())
            && self.ends_on.is_none()
            && !self.pays.iter().any(Pay::is_open)
            && self.own_due().is_none_or(|(_, due)| self.is_blocked(due))
    }

    /// What a day brings.
    pub fn day(&mut self, day: Date) {
        if !PAUSE_WAITS && !self.status.is_final() {
            self.begin_pause(day);
        }
        while !self.status.is_final() && self.out().is_none() {
            let changed = self.begin_pause(day)
                || self.reach_end(day)
                || self.end_pause(day)
                || self.stop_others()
                || self.skip_paused()
                || self.give_up(day)
                || self.drop_unpaid_change(day)
                || self.drop_verification(day)
                || self.take_wish(day)
                || self.drop_dueless()
                || self.give_up_unattempted(day)
                || self.skip(day)
                || self.collect_last_debt(day);
            if !changed {
                return;
            }
        }
    }

    fn is_given_up(&self, pay: &Pay, day: Date) -> bool {
        let keeps = self.exhausts == OnExhausted::SkipPayment;
        let main = pay.is_own() || self.is_initial(pay);
        // A provider that schedules has no retry days of ours (R5.7).
        let provider = pay.is_own() && self.internal && self.established;
        pay.is_open()
            && pay.due <= day
            && !provider
            && !self.is_held(pay)
            && (keeps && !pay.is_unbegun() || !main)
            && self.turn(pay, day) == Turn::UsedUp
    }

    /// R6.1, R5.11: under `skip_payment` a payment that is used up is given up, and one beside the schedule always.
    fn give_up(&mut self, day: Date) -> bool {
        let Some(at) = self.pays.iter().position(|pay| self.is_given_up(pay, day)) else { return false };
        if self.pays[at].is_own() || self.is_initial(&self.pays[at]) {
            self.status = Status::Error;
        }
        self.pays[at].leave(PaymentStatus::GivenUp);
        true
    }

    /// R4.3: a checkout of the schedule that nobody has attempted is not begun, and is given up likewise: after the changes of plan of
    /// its day, which may make it cost nothing.
    fn give_up_unattempted(&mut self, day: Date) -> bool {
        let own = self.own().filter(|own| own.due <= day && self.in_place_of(own).is_none() && !self.is_held(own));
        // A provider that schedules has no retry days of ours (R5.7).
        let provider = self.internal && self.established;
        let is_over = |own: &Pay| own.is_unbegun() && !provider && self.turn(own, day) == Turn::UsedUp;
        let keeps = self.exhausts == OnExhausted::SkipPayment;
        let Some(own) = own.filter(|own| keeps && is_over(own)) else { return false };
        self.status = Status::Error;
        self.put(own).leave(PaymentStatus::GivenUp);
        true
    }

    /// R3.12: the next due date drops a change that waits for the cardholder, and a cancellation any that is not paid for.
    pub fn drop_unpaid_change(&mut self, day: Date) -> bool {
        let Some(unpaid) = self.unpaid_change() else { return false };
        let at = self.wishes.iter().position(|wish| wish.pay == Some(unpaid.place())).unwrap();
        let last = || self.pays.iter().filter(|pay| pay.is_own()).filter_map(|pay| Some(pay.period?.1)).max();
        let due = self.own_due().map(|(_, due)| due).or_else(last);
        let over = due.is_some_and(|due| due <= day && !self.is_blocked(due)) && !self.is_by_merchant(unpaid, day);
        if !over && !self.wishes[at].falls {
            return false;
        }
        self.drop_wish(at);
        true
    }

    pub fn drop_wish(&mut self, at: usize) {
        let wish = self.wishes.remove(at);
        for pay in self.pays.iter_mut().filter(|pay| Some(pay.place()) == wish.pay && pay.is_open()) {
            pay.status = PaymentStatus::Dropped;
        }
    }

    /// R2.9: a trial's verification falls away with the start, unless it stands for a first payment of zero.
    fn drop_verification(&mut self, day: Date) -> bool {
        let due = self.own_due().is_some_and(|(number, due)| number == 1 && due <= day && !self.is_blocked(due));
        let open = self.pays.iter().position(|pay| pay.place() == (0, 0) && pay.is_open());
        let (Some(at), true, Some(_)) = (open, due, self.terms.trial_start) else { return false };
        let own = self.own().unwrap();
        if own.amount() == 0 && !self.established {
            return false;
        }
        self.pays[at].status = PaymentStatus::Dropped;
        true
    }

    /// R5.8 with `latest`: of what was never attempted, only the last is due.
    fn skip(&mut self, day: Date) -> bool {
        // What is due after a change that is not paid for waits for it.
        if !self.latest || self.internal || self.unpaid_change().is_some() {
            return false;
        }
        let Some((number, _)) = self.own_due() else { return false };
        let mut next = number + 1;
        while self.period(next).is_some_and(|later| self.is_to_skip(next, later.start)) {
            next += 1;
        }
        let missed = self.period(next).is_some_and(|later| later.start <= day && !self.is_blocked(later.start));
        if !missed || !self.has_begun() {
            return false;
        }
        let own = self.own().unwrap();
        let skipped = !own.was_attempted() && !self.is_held(&own);
        if skipped {
            self.put(own).leave(PaymentStatus::Skipped);
        }
        skipped
    }
}
