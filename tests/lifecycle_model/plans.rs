//! Changes of plan in the model (R3.4 to R3.12).

use billing_rules::{Code, Date, Effective, Event, PlanChange, Price, Status};

use crate::assess::How;
use crate::credits::Credit;
use crate::force_days::restart;
use crate::model::{Model, Wish};
use crate::pays::{Kind, Pay, PaymentStatus};
use crate::quotes::Quote;

/// The price of a change, as the model knows no items.
pub fn amount_of(to: &Option<Price>) -> i64 {
    to.as_ref().unwrap().full().unwrap().amount()
}

impl Model {
    /// R3.5: a change was requested.
    pub fn wish(&mut self, event: &Event, on: Date) -> Result<(), Code> {
        let Event::PlanChanged { to, at, cycle, payment_count, effective, settle, prorate, customer_present, .. } =
            event
        else {
            panic!("{event:?}")
        };
        let mut change = PlanChange::to_price(to.clone().unwrap(), *at);
        (change.cycle, change.payment_count, change.effective) = (*cycle, *payment_count, *effective);
        (change.settle, change.prorate) = (*settle, *prorate);
        let Quote { effective: day, resolved: (effective, settle), .. } = self.quote(&change, on)?;
        (change.effective, change.settle) = (Some(effective), Some(settle));
        let at_period_end = effective == Effective::PeriodEnd;
        self.wishes.push(Wish { at_period_end, ..Wish::new(change, customer_present.unwrap_or(false)) });
        let day = if self.is_before(*at) { *at } else { day };
        if day > on {
            return Ok(());
        }
        let last = self.wishes.len() - 1;
        self.wishes[last].immediate = true;
        self.come(last, on)
    }

    /// The day of a wish has come: it replaces the others of that day.
    fn come(&mut self, index: usize, day: Date) -> Result<(), Code> {
        let wish = &self.wishes[index];
        let (_, mut how) = self.assess(&wish.change, false)?;
        if let (true, How::Pay(..) | How::Carry(..)) = (wish.late, &how)
            && let Some(schedule) = restart(self.schedule.unwrap(), &wish.change, wish.change.at)?
        {
            // The old schedule may have no number left.
            let next = Pay::beside(Kind::Own, (self.settled() + 1, 0), day, 0);
            how = How::AtDue(self.own().unwrap_or(next), Some(schedule));
        }
        let (days, mut index) = (self.force_days(), index);
        for other in (0..index).rev().filter(|other| days[*other] == Some(day)) {
            self.drop_wish(other);
            index -= 1;
        }
        self.carry_out(index, how);
        Ok(())
    }

    /// Gives the payment that it makes or reprices.
    pub fn carry_out(&mut self, mut at: usize, how: How) -> Option<(u32, u32)> {
        let Wish { change, present, .. } = self.wishes[at].clone();
        if let How::AtPeriodEnd = how {
            return None;
        }
        if let Some(unpaid) = self.wishes.iter().position(|wish| wish.pay.is_some()) {
            self.drop_wish(unpaid);
            at -= usize::from(unpaid < at);
        }
        match how {
            How::AtPeriodEnd => None,
            How::Before(schedule) => {
                let number = self.settled() + 1;
                self.price = amount_of(&change.to);
                if self.schedule != Some(schedule) {
                    self.begin_run(number, schedule);
                }
                self.renew_own();
                self.replace(at);
                None
            }
            How::AtDue(own, restart) => {
                self.price = amount_of(&change.to);
                if let Some(schedule) = restart {
                    self.begin_run(own.number, schedule);
                }
                // One that was not made is made again at the new price.
                let fresh = self.fresh(own.number).unwrap();
                if let Some(known) = self.pays.iter_mut().find(|pay| pay.place() == own.place()) {
                    *known = Pay { attempts: own.attempts.clone(), requested: own.requested, ..fresh };
                }
                self.replace(at);
                Some((own.number, 0))
            }
            How::Open(own) => {
                self.price = amount_of(&change.to);
                // The change that was dropped uses the balance no more.
                let own = if own.is_unbegun() { self.with_balance(own) } else { own };
                *self.put(own.clone()) = own.clone();
                self.replace(at);
                Some(own.place())
            }
            How::Pay(net, number) => {
                let place = self.place_beside(number);
                let pay = Pay { present, ..Pay::beside(Kind::Change, place, change.at, net) };
                self.wishes[at].pay = Some(place);
                self.wishes[at].credit = self.credited_by(&change, number);
                self.pays.push(self.with_balance(pay));
                Some(place)
            }
            How::Carry(net, number) => {
                let credit = self.credited_by(&change, number);
                self.owed += net;
                self.carry(net);
                self.take_force(&change, number, credit);
                self.renew_own();
                self.replace(at);
                None
            }
        }
    }

    /// A wish is in force. One that was requested for its very day replaces all that were requested before it.
    pub fn replace(&mut self, at: usize) {
        if self.wishes.remove(at).immediate {
            self.wishes.drain(..at);
        }
    }

    pub fn paid_change(&mut self, place: (u32, u32)) {
        let at = self.wishes.iter().position(|wish| wish.pay == Some(place)).unwrap();
        let Wish { change, credit, .. } = self.wishes[at].clone();
        // What was skipped while the attempt was in flight comes first.
        while self.skip_paused() {}
        let paid_for = self.take_force(&change, place.0, credit);
        self.renew_own();
        self.pays.iter_mut().filter(|pay| pay.place() == place).for_each(|pay| pay.pays_for = Some(paid_for));
        self.replace(at);
    }

    /// The next payment of the schedule at the price in force, unless it was attempted.
    fn renew_own(&mut self) {
        if let Some(own) = self.own().filter(|own| !own.was_attempted()) {
            self.renew(&own);
        }
    }

    /// What a change credits of the period that runs.
    fn credited_by(&self, change: &PlanChange, number: u32) -> Option<Credit> {
        let running = self.pays.iter().find(|pay| pay.is_own() && pay.number == number)?;
        if change.prorate.unwrap_or(true) { Some(self.credit_on(running, change.at)) } else { None }
    }

    /// Gives the number whose period is paid for by it.
    fn take_force(&mut self, change: &PlanChange, number: u32, credit: Option<Credit>) -> u32 {
        let to = amount_of(&change.to);
        let restart = restart(self.schedule.unwrap(), change, change.at).unwrap();
        self.price = to;
        let begun = self.pays.iter().position(|pay| pay.is_own() && pay.number == number);
        // A number that is due on its day has been paid since.
        let at = self.running_on(change.at).or(begun).unwrap();
        if let Some(credit) = credit.filter(|_| Some(at) == begun) {
            self.give_credit(at, credit);
        }
        let number = self.pays[at].number;
        let running = &mut self.pays[at];
        if running.status == PaymentStatus::Skipped && restart.is_none() {
            return number;
        }
        let Some(schedule) = restart else {
            // Of a period that was given up nothing but the charge of the change is paid.
            running.most = Some(running.part(to, change.at)).filter(|_| !running.paid_for());
            running.credited_price = match (running.credited_price, change.prorate.unwrap_or(true)) {
                (_, true) => Some(to),
                (credited_price, false) => credited_price.map(|credited_price| credited_price.min(to)),
            };
            return number;
        };
        running.period = running.period.map(|(start, _)| (start, change.at));
        running.pool.stop();
        let next = self.settled() + 1;
        // What was skipped ahead ends there, too.
        for pay in self.pays.iter_mut().filter(|pay| pay.is_own() && pay.number > number) {
            pay.period = pay.period.map(|(start, end)| (start.min(change.at), end.min(change.at)));
        }
        self.begin_run(next, schedule);
        let whole = Model { ending: false, ends_on: None, ..self.clone() };
        let fresh = whole.fresh(next).unwrap();
        let begun = self.pays.iter().position(|pay| pay.place() == fresh.place());
        let attempts = begun.map_or(Vec::new(), |at| self.pays.remove(at).attempts);
        self.pays.push(Pay {
            attempts,
            gross: 0,
            overlap: 0,
            from_balance: 0,
            credited_price: Some(to),
            status: PaymentStatus::Included,
            ..fresh
        });
        next
    }

    /// The payment of a change that is not paid for.
    pub fn unpaid_change(&self) -> Option<&Pay> {
        self.pays.iter().find(|pay| pay.kind == Kind::Change && pay.is_open())
    }

    /// A change whose day has come: the earliest first, of one day the one that was requested last.
    pub fn take_wish(&mut self, day: Date) -> bool {
        if self.over.is_some() || self.wishes.is_empty() || self.status == Status::Cancelled {
            return false;
        }
        // One whose day lies before a pause still takes force, where an older payment has made it wait.
        let paused = self.paused_since();
        let end = self.end_day();
        let days = self.force_days();
        let mut due: Vec<(Date, usize)> = (days.into_iter().enumerate())
            .filter(|(at, _)| self.wishes[*at].pay.is_none())
            .filter_map(|(at, force)| Some((force?, at)))
            .filter(|(force, _)| *force <= day && end.is_none_or(|end| *force < end))
            .filter(|(force, _)| paused.is_none_or(|from| *force < from))
            .collect();
        due.sort_by_key(|(force, at)| (*force, std::cmp::Reverse(*at)));
        let Some((force, at)) = due.first().copied() else { return false };
        // R3.5: one that the merchant has to charge for is made first, one that waits for the cardholder is dropped.
        if let Some(unpaid) = self.unpaid_change() {
            if self.is_by_merchant(unpaid, day) {
                return false;
            }
            let place = Some(unpaid.place());
            self.drop_wish(self.wishes.iter().position(|wish| wish.pay == place).unwrap());
            return true;
        }
        // An older payment that the merchant has to make is made first.
        let older = self.own().filter(|own| own.due < force && !own.was_attempted());
        if older.is_some_and(|own| self.is_by_merchant(&own, day)) {
            return false;
        }
        let wanted = self.wishes[at].change.at;
        if !self.is_before(wanted) {
            self.wishes[at].change.at = force;
        }
        match self.come(at, force) {
            Ok(()) => true,
            Err(Code::PaymentOverdue) => {
                self.wishes[at].change.at = wanted;
                false
            }
            Err(_) => {
                for (_, other) in due.iter().filter(|(other, _)| *other == force) {
                    self.drop_wish(*other);
                }
                true
            }
        }
    }

    /// R3.5: left without a due date, a change is dropped.
    pub fn drop_dueless(&mut self) -> bool {
        if self.ending || self.ends_on.is_some() || self.wishes.is_empty() || self.is_paused() {
            return false;
        }
        let dueless = self.force_days().iter().position(Option::is_none);
        dueless.is_some_and(|at| {
            self.drop_wish(at);
            true
        })
    }
}
