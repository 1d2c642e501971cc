//! What there is to do on a day, in the model.

use billing_rules::{Action, Date, Indicator, OnExhausted, Payment, Status};

use crate::model::Model;
use crate::pays::{Kind, Pay};
use crate::turn::Turn;

/// What has to happen, with all of the payment that the two have to agree on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Todo {
    Checkout(Ask),
    Charge(Ask),
    Record(Ask),
    Resolve(Ask),
    Await(Ask),
    Wait(Date),
    /// With the balance that is left.
    Finish(Status, i64),
    Nothing(Status),
}

/// An attempt that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ask {
    pub number: u32,
    pub extra: u32,
    pub attempt: usize,
    pub amount: i64,
    pub due: Date,
    pub indicator: Option<Indicator>,
}

impl From<&Payment> for Ask {
    fn from(payment: &Payment) -> Self {
        let Payment { number, extra, attempt, amount, due_date, indicator, .. } = *payment;
        let attempt = usize::try_from(attempt).unwrap();
        Ask { number, extra, attempt, amount: amount.amount(), due: due_date, indicator }
    }
}

impl From<&Action> for Todo {
    fn from(action: &Action) -> Self {
        match action {
            Action::Checkout { payment, .. } => Todo::Checkout(payment.as_ref().into()),
            Action::Charge { payment } => Todo::Charge(payment.as_ref().into()),
            Action::Record { payment } => Todo::Record(payment.as_ref().into()),
            Action::Resolve { payment } => Todo::Resolve(payment.as_ref().into()),
            Action::AwaitProvider { payment } => Todo::Await(payment.as_ref().into()),
            Action::Wait { until } => Todo::Wait(*until),
            Action::Finish { status, balance, .. } => Todo::Finish(*status, balance.amount()),
            Action::None { status } => Todo::Nothing(*status),
            other => panic!("{other:?}"),
        }
    }
}

impl Model {
    /// The verification in the place of a first payment of zero (R4.6).
    pub fn in_place_of(&self, own: &Pay) -> Option<Pay> {
        if own.number != 1 || self.established || own.amount() != 0 {
            return None;
        }
        match self.pays.iter().find(|pay| pay.place() == (0, 0)) {
            Some(known) => Some(known.clone()).filter(Pay::is_open),
            None if self.fresh(2).is_some_and(|second| second.amount() > 0) => {
                Some(Pay::beside(Kind::Verification, (0, 0), own.due, 0))
            }
            None => None,
        }
    }

    pub fn ask(&self, pay: &Pay, attempt: usize, by_cardholder: bool) -> Ask {
        let nothing = pay.amount() == 0 && pay.kind != Kind::Verification;
        let indicator = match () {
            () if self.internal || nothing => None,
            () if by_cardholder => Some(Indicator::C1),
            () => Some(Indicator::M1),
        };
        Ask { number: pay.number, extra: pay.extra, attempt, amount: pay.amount(), due: pay.due, indicator }
    }

    fn offer(&self, pay: &Pay, by_cardholder: bool) -> Todo {
        let ask = self.ask(pay, pay.next_attempt(), by_cardholder);
        match () {
            () if pay.amount() == 0 && pay.kind != Kind::Verification => Todo::Record(ask),
            () if by_cardholder => Todo::Checkout(ask),
            () => Todo::Charge(ask),
        }
    }

    /// What there is to do on the day that the model has lived to.
    pub fn todo(&self, today: Date) -> Todo {
        if self.status.is_final() {
            return Todo::Nothing(self.status);
        }
        if let Some((at, index)) = self.out() {
            let pay = &self.pays[at];
            return Todo::Resolve(self.ask(pay, index + 1, pay.attempts[index].by_cardholder));
        }
        // What was given is not paid out (R5.12).
        let finish = |status| Todo::Finish(status, self.balance + self.given);
        let used_up = finish(match self.exhausts {
            OnExhausted::Cancel => Status::Cancelled,
            _ => Status::Expired,
        });
        // A change that the merchant has to charge for comes before the payments due after it, however late it is (R3.5).
        if let Some(pay) = self
            .unpaid_change()
            .filter(|pay| self.own_due().is_some_and(|(_, due)| due <= today && pay.due < due && !self.is_blocked(due)))
        {
            return self.offer(pay, self.turn(pay, today) == Turn::Cardholder);
        }
        let own = self.own();
        if let Some(own) = own.as_ref().filter(|own| own.due <= today && !self.is_held(own)) {
            let over = own.period.unwrap().1 <= today;
            if over && !self.has_begun() && !own.was_declined() {
                return finish(Status::Cancelled);
            }
            if self.internal && self.provider_runs() {
                return Todo::Await(self.awaited(today));
            }
            let asked = self.in_place_of(own).unwrap_or(own.clone());
            return match self.turn(&asked, today) {
                Turn::Cardholder => self.offer(&asked, true),
                Turn::Merchant => self.offer(&asked, false),
                Turn::Later(day) => Todo::Wait(self.ends().map_or(day, |end| end.min(day))),
                Turn::UsedUp => used_up,
            };
        }
        let mut until: Vec<Date> = Vec::new();
        match (&own, &self.pause) {
            // What is blocked waits for the end of the pause.
            (Some(own), Some(pause)) if pause.blocks(own.due) && !own.was_attempted() => {}
            (_, Some(pause)) if pause.begun.is_some() => {}
            (Some(own), _) => until.push(own.due),
            _ => {}
        }
        until.extend(self.pause.and_then(|pause| pause.until));
        // Beside the schedule: in the order of the events, each in its time.
        let mut beside: Vec<Pay> = self.pays.iter().filter(|pay| pay.is_open() && !pay.is_own()).cloned().collect();
        // What was over before a pause is.
        let is_paused = self.paused_since().is_some_and(|from| self.served_until().is_none_or(|end| end >= from));
        beside.retain(|pay| !self.is_held(pay));
        let blocked = |start: Date| self.pause.as_ref().is_some_and(|pause| pause.blocks(start));
        if let (Some(start), Some(own)) = (self.terms.trial_start.filter(|start| !blocked(*start)), &own) {
            let known = self.pays.iter().any(|pay| pay.place() == (0, 0));
            if own.number == 1 && !own.was_attempted() && !self.established && !known && self.price > 0 {
                let verification = Pay::beside(Kind::Verification, (0, 0), start, 0);
                if start <= today { beside.insert(0, verification) } else { until.push(start) }
            }
        }
        if let Some(pay) = beside.first() {
            match self.turn(pay, today) {
                Turn::Cardholder => return self.offer(pay, true),
                Turn::Merchant => return self.offer(pay, false),
                Turn::UsedUp => return used_up,
                Turn::Later(day) => until.push(day),
            }
        }
        if is_paused {
            return until.into_iter().min().map_or(Todo::Nothing(self.status), Todo::Wait);
        }
        let nothing_left = own.is_none() && beside.is_empty() && self.schedule.is_some() && self.ends_on.is_none();
        if self.over.is_some() && beside.is_empty() {
            return finish(Status::Cancelled);
        }
        until.extend(self.ends().filter(|end| *end > today));
        if self.over.is_none() && (self.ending || nothing_left) {
            let end = if self.ending || self.status == Status::Pending { Status::Cancelled } else { Status::Expired };
            match self.served_until().filter(|served| *served > today) {
                // Nothing ends in a pause.
                Some(served) => match self.pause.filter(|pause| pause.blocks(served)) {
                    Some(pause) => until.extend(pause.until),
                    None => until.push(served),
                },
                None => return finish(end),
            }
        }
        let end = self.end_day();
        let days = self.force_days().into_iter().flatten();
        let blocked = |day: Date| self.pause.is_some_and(|pause| pause.blocks(day));
        until.extend(days.filter(|day| *day > today && !blocked(*day) && end.is_none_or(|end| *day < end)));
        until.into_iter().min().map_or(Todo::Nothing(self.status), Todo::Wait)
    }

    /// R5.8: whether more than the first payment can be owed.
    pub fn has_begun(&self) -> bool {
        self.was_active || self.established || self.pays.iter().any(|pay| pay.is_own() && pay.paid_for())
    }

    /// Whether the provider charges by its own schedule from here on: the cardholder has completed something there (R5.7).
    fn provider_runs(&self) -> bool {
        self.established
    }

    /// R5.7: the latest number due.
    fn awaited(&self, today: Date) -> Ask {
        let own = self.own().unwrap();
        let latest = self.number_due(today).unwrap_or(own.number);
        let known = self.pays.iter().find(|pay| pay.is_own() && pay.number == latest).cloned();
        let pay = known.or_else(|| self.fresh(latest)).unwrap_or(own);
        self.ask(&pay, pay.next_attempt(), false)
    }
}
