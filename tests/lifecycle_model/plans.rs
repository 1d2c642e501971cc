//! Changes of plan in the model (R3.4 to R3.12).

use billing_rules::{Code, Cycle, Date, Effective, Event, PlanChange, Price, Schedule, Settle, Status, Unit};

use crate::model::{Model, Wish, length, plus, share};
use crate::money_back::Credit;
use crate::pays::{Kind, Pay, PaymentStatus};
use crate::quotes::Quote;

/// The price of a change, as the model knows no items.
fn amount_of(to: &Option<Price>) -> i64 {
    to.as_ref().unwrap().full().unwrap().amount()
}

/// How it is carried out.
pub enum How {
    /// Another price, or another schedule, from payment 1 on.
    Before(Schedule),
    /// Before the payment of a due date.
    AtDue(Pay, Option<Schedule>),
    /// The open payment, repriced or as it was.
    Open(Pay),
    /// Paid for at once, within the period of a number.
    Pay(i64, u32),
    /// In force at once, so much carried into the balance.
    Carry(i64, u32),
    AtPeriodEnd,
}

/// The anchor of a schedule, where it has one.
fn anchor(schedule: Schedule) -> Option<u32> {
    let months = matches!(schedule.cycle().unit(), Unit::Month | Unit::Year);
    months.then(|| schedule.anchor_day().unwrap_or(schedule.start().day()))
}

/// R3.6: a schedule that begins on a day. It keeps the anchor of the old one where that day is the anchor day of its month; one
/// that is wanted instead makes the first period a stub.
pub fn restarted(old: Schedule, cycle: Cycle, on: Date, wanted: Option<u32>) -> Schedule {
    let new = Schedule::new(on, cycle);
    let last_of_month = plus(on, 1).month() != on.month();
    let kept = anchor(old).filter(|anchor| on.day() == *anchor || last_of_month && on.day() < *anchor);
    match wanted.or(kept).filter(|day| *day != on.day()).and(anchor(new)) {
        Some(_) => new.with_anchor_day(wanted.or(kept).unwrap()).unwrap(),
        None => new,
    }
}

/// Whether the change is to another cycle, and the schedule that begins with it on a day.
pub fn restart(old: Schedule, change: &PlanChange, on: Date) -> Result<Option<Schedule>, Code> {
    let Some(cycle) = change.cycle.filter(|cycle| length(*cycle) != length(old.cycle())) else { return Ok(None) };
    match old.end_date().is_some_and(|end| end < on) {
        true => Err(Code::EndBeforeStart),
        false => Ok(Some(bounded(restarted(old, cycle, on, None), old.end_date(), change.payment_count))),
    }
}

pub fn bounded(mut schedule: Schedule, end_date: Option<Date>, count: Option<u32>) -> Schedule {
    if let Some(end_date) = end_date {
        schedule = schedule.with_end_date(end_date).unwrap();
    }
    if let Some(count) = count {
        schedule = schedule.with_payment_count(count).unwrap();
    }
    schedule
}

/// The first due date on or after a day.
fn due_from(schedule: Schedule, day: Date) -> Option<Date> {
    schedule.next_due_date(plus(day, -1)).unwrap()
}

impl Model {
    pub fn is_another(&self, change: &PlanChange) -> bool {
        let old = self.schedule.unwrap();
        change.cycle.is_some_and(|cycle| length(cycle) != length(old.cycle()))
    }

    pub fn possible(&self, change: &PlanChange) -> Result<bool, Code> {
        let (old, another) = (self.schedule.unwrap(), self.is_another(change));
        match () {
            () if another && change.settle == Some(Settle::NextPayment) => Err(Code::SettleNotAllowed),
            () if another && old.payment_count().is_some() && change.payment_count.is_none() => {
                Err(Code::PaymentCountRequired)
            }
            () if !another && change.payment_count.is_some() => Err(Code::PaymentCountNotAllowed),
            () => Ok(another),
        }
    }

    pub fn may_change(&self, at: Date) -> Result<(), Code> {
        match () {
            () if self.status.is_final() => Err(Code::SubscriptionEnded),
            () if self.internal => Err(Code::ProviderManaged),
            () if self.paused_since().is_some_and(|from| from <= at) => Err(Code::SubscriptionPaused),
            () if self.schedule.is_none() => Err(Code::NoSchedule),
            () if (self.ending || self.ends_on.is_some()) && self.end_day().is_none_or(|end| end <= at) => {
                Err(Code::CancellationPending)
            }
            () => Ok(()),
        }
    }

    /// R3.4, R3.5: whether it takes force on its day, or on the first due date from there on.
    pub fn at_period_end(&self, change: &PlanChange) -> bool {
        let old = self.schedule.unwrap().cycle();
        let new = change.cycle.unwrap_or(old);
        let downgrade = length(new) <= length(old)
            && i128::from(amount_of(&change.to)) * length(old) < i128::from(self.price) * length(new);
        match change.effective {
            Some(effective) => effective == Effective::PeriodEnd,
            None => downgrade,
        }
    }

    /// R2.9: whether a day lies before payment 1, so that a change is in force at once.
    pub fn is_before(&self, at: Date) -> bool {
        let settled = |pay: &Pay| pay.is_own() && !pay.is_open() && pay.status != PaymentStatus::Skipped;
        !self.pays.iter().any(|pay| settled(pay) && pay.number >= self.first)
            && self.own_due().is_some_and(|(_, due)| at < due)
            && !self.pays.iter().any(|pay| pay.is_own() && !pay.is_open() && pay.covers(at))
            && !self
                .pays
                .iter()
                .any(|pay| pay.is_own() && pay.paid_for() && pay.period.is_some_and(|(start, _)| start > at))
    }

    /// The first due date whose payment was neither attempted nor skipped.
    fn untouched(&self) -> Option<Date> {
        let own = self.own()?;
        let mut number = own.number + u32::from(own.was_attempted());
        while self.skips.contains(&number) {
            number += 1;
        }
        if number == own.number { Some(own.due) } else { Some(self.period(number)?.start) }
    }

    /// The day on which each wish takes force, all taken together, in the order of days (R3.5).
    pub fn force_days(&self) -> Vec<Option<Date>> {
        let mut days = vec![None; self.wishes.len()];
        let Some(mut schedule) = self.schedule.filter(|_| !self.wishes.is_empty()) else { return days };
        let (mut floor, own) = (self.untouched(), self.own_due());
        let mut waiting: Vec<usize> = (0..self.wishes.len()).collect();
        let mut ahead: Vec<Date> = self.before_schedule().filter_map(|number| Some(self.span(number)?.start)).collect();
        loop {
            let day_of = |index: &usize| {
                let Wish { change, at_period_end, .. } = &self.wishes[*index];
                match *at_period_end && !self.is_before(change.at) {
                    true => {
                        let from = change.at.max(floor?);
                        ahead.iter().find(|due| **due >= from).copied().or_else(|| due_from(schedule, from))
                    }
                    false => Some(change.at),
                }
            };
            let Some(day) = waiting.iter().filter_map(day_of).min() else { break };
            let (now, later): (Vec<usize>, Vec<usize>) = waiting.iter().partition(|index| day_of(index) == Some(day));
            now.iter().for_each(|index| days[*index] = Some(day));
            let change = self.wishes[*now.last().unwrap()].change.clone();
            let before = own.map(|(_, due)| due).filter(|_| self.is_before(change.at));
            if let Ok(Some(new)) = restart(schedule, &change, before.unwrap_or(day)) {
                (schedule, floor) = (new, before.or(due_from(new, plus(day, 1))));
                ahead.clear();
            }
            waiting = later;
        }
        days
    }

    pub fn assess(&self, change: &PlanChange, at_period_end: bool) -> Result<(Quote, How), Code> {
        self.may_change(change.at)?;
        // One for a later due date is compared with what is in force then.
        let another = if at_period_end { self.is_another(change) } else { self.possible(change)? };
        let (at, to) = (change.at, amount_of(&change.to));
        let effective = if at_period_end { Effective::PeriodEnd } else { Effective::OnDate };
        let resolved = (effective, change.settle.unwrap_or(Settle::Now));
        let (balance, next) = (self.balance, None);
        let nothing = Quote { effective: at, credit: 0, charge: 0, due_now: 0, balance, next, resolved };
        let old = self.schedule.unwrap();
        let own = self.own();
        if self.is_before(at) {
            let due = own.unwrap().due;
            let schedule = restart(old, change, due)?.unwrap_or(old);
            return Ok((Quote { effective: due, ..nothing }, How::Before(schedule)));
        }
        let on_due = own.as_ref().filter(|own| own.due == at && !own.was_attempted());
        if let Some(own) = on_due.filter(|_| !at_period_end) {
            if self.out().is_some() {
                return Err(Code::PaymentInFlight);
            }
            return Ok((nothing, How::AtDue(own.clone(), restart(old, change, at)?)));
        }
        let open = own.as_ref().filter(|own| own.due <= at && on_due.is_none());
        if open.is_some_and(|own| another || !own.covers(at)) {
            return Err(Code::PaymentOverdue);
        }
        let running = self.running_on(at).map(|at| &self.pays[at]);
        if open.is_none() && running.is_none() && on_due.is_none() {
            let ends = self.ending || self.ends_on.is_some();
            return Err(if ends { Code::CancellationPending } else { Code::OutsidePeriod });
        }
        if at_period_end {
            return Ok((nothing, How::AtPeriodEnd));
        }
        if self.out().is_some() {
            return Err(Code::PaymentInFlight);
        }
        let restart = restart(old, change, at)?;
        // In a skipped number a change makes no lines (R5.13).
        let skipped = running.is_some_and(|running| running.status == PaymentStatus::Skipped);
        let prorate = change.prorate.unwrap_or(true) && !skipped;
        let later = change.settle == Some(Settle::NextPayment);
        if let Some(own) = open {
            // What is left to the payment after it is told as what it comes to.
            let stands = own.credited_price.unwrap_or(own.prices.last().unwrap().1);
            let (credit, charge) = (-own.part(stands, at), own.part(to, at));
            let carried = prorate && later && (credit + charge < 0 || self.period(own.number + 1).is_some());
            let quote = if carried { Quote { credit, charge, ..nothing } } else { nothing };
            return Ok((quote, How::Open(self.changed(own.clone(), to, at, prorate, later))));
        }
        // R3.2, each rounded by itself.
        let running = running.unwrap();
        let credit = if prorate { -self.credit_on(running, at).amount } else { 0 };
        let charge = match restart {
            Some(schedule) => self.first_of(schedule, to),
            None if prorate => running.part(to, at),
            None => 0,
        };
        let net = credit + charge;
        let now = if later && (own.is_some() || net < 0) { 0 } else { net.max(0) };
        let quote = Quote { credit, charge, ..nothing };
        let number = running.number;
        Ok((quote, if now > 0 { How::Pay(net, number) } else { How::Carry(net, number) }))
    }

    /// What a schedule's first payment takes at a price.
    fn first_of(&self, schedule: Schedule, price: i64) -> i64 {
        if schedule.anchor_day().is_none() {
            return price;
        }
        let mut then = self.clone();
        (then.price, then.schedule, then.first, then.exhausted, then.ending) = (price, Some(schedule), 1, None, false);
        then.ends_on = None;
        then.older.clear();
        then.last_stub = None;
        then.fresh(1).map_or(price, |first| first.gross)
    }

    /// R3.11: the open payment after a change.
    fn changed(&self, mut own: Pay, to: i64, at: Date, prorate: bool, later: bool) -> Pay {
        let billed = own.prices.last().unwrap().1;
        let stands = own.credited_price.unwrap_or(billed);
        if !prorate {
            let lower = stands.min(to);
            own.carried_base = own.carried_base.map(|base| base - (stands - lower));
            own.credited_price = Some(lower);
            return own;
        }
        let net = own.part(to, at) - own.part(stands, at);
        if later && (net < 0 || self.period(own.number + 1).is_some()) {
            own.carried += net;
            (own.credited_price, own.carried_base) = (Some(to), own.carried_base.or(Some(stands)));
            return own;
        }
        // What was left for later at another price ends where this one begins.
        if let Some(base) = own.carried_base.take() {
            own.carried -= own.part(stands, at) - own.part(base, at);
        }
        self.repriced(own, to, at)
    }

    /// R3.11: at the old price for the days gone, and at the new one for those to come.
    fn repriced(&self, mut own: Pay, to: i64, at: Date) -> Pay {
        // What was cut off is credited at the new price.
        let free = own.amount() == 0;
        let cut = own.cut.take();
        own.period = own.period.map(|(start, end)| (start, cut.map_or(end, |cut| cut.end)));
        let (start, end) = own.period.unwrap();
        own.prices.retain(|(from, _)| *from < at);
        // There and back, the days have their price already.
        if own.prices.last().is_none_or(|(_, price)| *price != to) {
            own.prices.push((at, to));
        }
        (own.gross, own.credited_price) = (0, None);
        if at == start {
            let mut priced = Model { ends_on: None, ..self.clone() };
            priced.price = to;
            own.gross = priced.fresh(own.number).unwrap().gross;
        } else if own.of > 0 {
            let ends = own.prices.iter().skip(1).map(|(from, _)| *from).chain([end]);
            own.gross = own
                .prices
                .iter()
                .zip(ends)
                .map(|((from, price), end)| share(*price, own.served(*from, end), own.of))
                .sum();
        }
        own.checkout_from = Some(at).filter(|_| free).or(own.checkout_from);
        let mut own = if cut.is_some() { self.cut(own) } else { own };
        if let (Some(now), Some(before)) = (&mut own.cut, cut) {
            now.attempts = before.attempts;
        }
        self.with_balance(own)
    }

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
        if let (true, How::Pay(..) | How::Carry(..), Some(own)) = (wish.late, &how, self.own())
            && let Some(schedule) = restart(self.schedule.unwrap(), &wish.change, wish.change.at)?
        {
            how = How::AtDue(own, Some(schedule));
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
                if let Some(own) = self.own().filter(|own| !own.was_attempted()) {
                    self.renew(&own);
                }
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
                self.replace(at);
                None
            }
        }
    }

    /// A wish is in force. One that was requested for its very day replaces all that were requested before it.
    fn replace(&mut self, at: usize) {
        if self.wishes.remove(at).immediate {
            self.wishes.drain(..at);
        }
    }

    pub fn paid_change(&mut self, place: (u32, u32)) {
        let at = self.wishes.iter().position(|wish| wish.pay == Some(place)).unwrap();
        let Wish { change, credit, .. } = self.wishes[at].clone();
        let paid_for = self.take_force(&change, place.0, credit);
        self.pays.iter_mut().filter(|pay| pay.place() == place).for_each(|pay| pay.pays_for = Some(paid_for));
        self.replace(at);
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
            pay.period = pay.period.map(|(start, end)| (start, end.min(change.at.max(start))));
        }
        self.begin_run(next, schedule);
        let whole = Model { ending: false, ends_on: None, ..self.clone() };
        let fresh = whole.fresh(next).unwrap();
        self.pays.push(Pay {
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
