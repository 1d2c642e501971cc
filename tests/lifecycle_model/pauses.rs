//! Pauses in the model (R5.10).

use billing_rules::Date;

use crate::model::{Model, plus};
use crate::pays::{Pay, PaymentStatus};
use crate::plans::{bounded, restarted};

impl Model {
    /// R5.10: what fell due is skipped, and the days of the pause count nowhere.
    pub fn keep(&mut self, paused: Date, on: Date) {
        while let Some(own) = self.own().filter(|own| own.due < on) {
            self.put(own).leave(PaymentStatus::Skipped);
        }
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own()) {
            let Some((start, end)) = pay.period else { continue };
            let days = start.max(paused).days_until(end.min(on));
            pay.of = (pay.of - days.max(0)).max(0);
        }
    }

    /// R5.10: the schedule restarts with the next number, so many days later, and the running period ends there.
    pub fn shift(&mut self, paused: Date, days: i64) {
        if days == 0 {
            return;
        }
        // A period that had not begun moves as a whole.
        let moved = |first: Date| if first < paused { first } else { plus(first, days) };
        let ending = std::mem::replace(&mut self.ending, false);
        let own = self.own();
        self.ending = ending;
        let last = self.pays.iter().rposition(Pay::is_own);
        let (Some(own), Some(schedule)) = (own, self.schedule) else {
            if let Some(last) = last {
                self.pays[last].period = self.pays[last].period.map(|(first, end)| (moved(first), plus(end, days)));
            }
            return;
        };
        let start = plus(own.due, days);
        if let Some(last) = last {
            self.pays[last].period = self.pays[last].period.map(|(first, _)| (moved(first), start));
        }
        if schedule.end_date().is_some_and(|end| end < start) {
            self.exhausted = true;
            return;
        }
        let count = schedule.payment_count().map(|count| count - (own.number - self.first));
        let moved = restarted(schedule, schedule.cycle(), start, None);
        self.schedule = Some(bounded(moved, schedule.end_date(), count));
        self.first = own.number;
    }

    pub fn put_off(&mut self, on: Date) {
        for wish in self.wishes.iter_mut().filter(|wish| wish.pay.is_none()) {
            wish.change.at = wish.change.at.max(on);
        }
    }
}
