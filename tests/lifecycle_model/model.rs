//! The model: a list of payments with their attempts, and code as plain as it can be. Written from the rules alone.
//!
//! It lives day by day: whatever the passing of days does is done on its day, one day after the other, though nobody asks.

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{
    Action, Cycle, Date, Event, Indicator, MissedPayments, Money, OnExhausted, OverpaymentReason, Payment, PlanChange,
    Recurrence, Resumption, Schedule, Status, Terms, Unit,
};

use crate::ends::AtEnd;
use crate::money_back::{Back, Credit};
use crate::pauses::Pause;
use crate::pays::{Bound, Kind, Meaning, Outcome, Pay, PaymentStatus};
use crate::runs::Run;

pub const ID: &str = "sub-1";

pub fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

pub fn plus(day: Date, days: impl Into<i64>) -> Date {
    day.plus_days(days.into()).unwrap()
}

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

/// Whose turn it is with a payment that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Cardholder,
    Merchant,
    Later(Date),
    UsedUp,
}

/// A change of plan that was requested and is not in force. Those of a model are in the order of their requests.
#[derive(Debug, Clone)]
pub struct Wish {
    pub change: PlanChange,
    /// Whether it was requested for the very day of the request.
    pub immediate: bool,
    pub present: bool,
    /// The payment that it waits for.
    pub pay: Option<(u32, u32)>,
    pub at_period_end: bool,
    /// A cancellation has dropped it, but its payment was in flight.
    pub falls: bool,
    /// Its due date was skipped by a pause: with another cycle the next number is due on its day (R5.13).
    pub late: bool,
    /// What its payment gives back of the period it changes.
    pub credit: Option<Credit>,
}

impl Wish {
    pub fn new(change: PlanChange, present: bool) -> Self {
        let (pay, credit) = (None, None);
        Wish { change, immediate: false, present, pay, at_period_end: false, falls: false, late: false, credit }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extra {
    pub reference: Option<String>,
    pub charge: Option<String>,
    pub amount: i64,
    pub reason: OverpaymentReason,
}

#[derive(Debug, Clone)]
pub struct Model {
    pub terms: Terms,
    pub days: Vec<u32>,
    pub exhausts: OnExhausted,
    pub internal: bool,
    pub latest: bool,
    pub status: Status,
    pub was_active: bool,
    pub established: bool,
    pub bound: Option<Bound>,
    /// The event since which the cardholder has to be there.
    pub present_since: Option<Date>,
    pub card: u32,
    /// It ends with its period, or has ended and collects what is owed.
    pub ending: bool,
    /// It ends on this day.
    pub ends_on: Option<Date>,
    /// What is owed at the end is waived.
    pub waives: bool,
    /// The first day without the commitment (R10.1).
    pub committed: Option<Date>,
    /// The first day without service, while what is owed is collected (R5.9).
    pub over: Option<Date>,
    /// The ids of the caller's that are known, with the content of their events.
    pub ids: BTreeMap<String, Event>,
    /// What was unused on the day of the end, and the balance before it was set against that.
    pub at_end: Option<AtEnd>,
    pub pause: Option<Pause>,
    /// The pauses that are over.
    pub pauses: Vec<(Date, Date, Resumption)>,
    /// Those that were kept: what was due in them is skipped.
    pub kept: Vec<(Date, Date)>,
    /// The payment that the customer is there for, on a day (R5.13).
    pub present_for: Option<((u32, u32), Date)>,
    /// Numbers that are to be skipped.
    pub skips: BTreeSet<u32>,
    /// The first number that a pause has moved past the end date.
    pub exhausted: Option<u32>,
    /// The stub before that, and its end (R5.13).
    pub last_stub: Option<(Run, Date)>,
    pub price: i64,
    pub schedule: Option<Schedule>,
    pub first: u32,
    /// What comes before the schedule as it is, while its numbers are not settled.
    pub older: Vec<Run>,
    pub balance: i64,
    /// What of the balance was given (R5.12).
    pub given: i64,
    /// What all paid payments were credited_price and changes have carried: what the periods and prorations say.
    pub owed: i64,
    pub pays: Vec<Pay>,
    pub wishes: Vec<Wish>,
    pub overpayments: Vec<Extra>,
    /// Overpayments that were refunded: still known.
    pub returned: Vec<Extra>,
    /// The money back, in the order of its events.
    pub backs: Vec<Back>,
    /// What was paid out of the balance, and how much of it since the end.
    pub paid_out: i64,
    pub paid_out_since: i64,
    /// The chargebacks that block the card, by their ids; an empty one is a decline.
    pub blocked_by: BTreeSet<String>,
    pub last: Option<Date>,
    pub ended: Option<Date>,
}

impl Model {
    pub fn new(terms: &Terms, imported: Option<(u32, bool)>) -> Self {
        let policy = terms.retry.clone();
        let (payments, established) = imported.unwrap_or((0, false));
        let mut model = Self {
            terms: terms.clone(),
            days: policy.as_ref().map_or(vec![1, 3, 5, 7], |policy| policy.days.clone()),
            exhausts: policy.and_then(|policy| policy.on_exhausted).unwrap_or(OnExhausted::Expire),
            internal: terms.recurrence == Some(Recurrence::Internal),
            latest: terms.missed_payments == Some(MissedPayments::Latest),
            status: if established || payments > 0 { Status::Active } else { Status::Pending },
            was_active: established || payments > 0,
            established,
            bound: None,
            present_since: None,
            card: 0,
            ending: false,
            ends_on: None,
            waives: false,
            committed: Self::agreed_commitment(terms),
            over: None,
            ids: BTreeMap::new(),
            at_end: None,
            pause: None,
            pauses: Vec::new(),
            kept: Vec::new(),
            present_for: None,
            skips: BTreeSet::new(),
            exhausted: None,
            last_stub: None,
            price: terms.price.full().unwrap().amount(),
            schedule: terms.schedule,
            first: 1,
            older: Vec::new(),
            balance: 0,
            given: 0,
            owed: 0,
            pays: Vec::new(),
            wishes: Vec::new(),
            overpayments: Vec::new(),
            returned: Vec::new(),
            backs: Vec::new(),
            paid_out: 0,
            paid_out_since: 0,
            blocked_by: BTreeSet::new(),
            last: None,
            ended: None,
        };
        if payments > 0 {
            let imported = model.fresh(payments).unwrap();
            let credited_price = Some(model.price);
            model.pays.push(Pay { status: PaymentStatus::Imported, credited_price, ..imported });
        }
        model
    }

    /// How many numbers are settled.
    pub fn settled(&self) -> u32 {
        let settled = self
            .pays
            .iter()
            .filter(|pay| pay.is_own() && !matches!(pay.status, PaymentStatus::Open | PaymentStatus::Stopped));
        settled.map(|pay| pay.number).max().unwrap_or(0)
    }

    /// R3.7: what the balance pays of a payment, or collects with it.
    pub fn with_balance(&self, mut pay: Pay) -> Pay {
        if matches!(pay.kind, Kind::Extra | Kind::Final) {
            return pay;
        }
        let reserved = self.pays.iter().filter(|other| other.is_open() && other.place() != pay.place());
        let balance = self.balance - reserved.map(|other| other.from_balance).sum::<i64>();
        pay.from_balance = match pay.is_own() && !self.internal {
            true => balance.max(-pay.owed()),
            false => balance.min(0).max(-pay.owed()),
        };
        pay
    }

    /// The schedule's payment that is owed next: the one that is open, or the next number.
    pub fn own(&self) -> Option<Pay> {
        let open = self.pays.iter().find(|pay| pay.is_own() && pay.is_open());
        open.cloned().or_else(|| self.fresh(self.settled() + 1))
    }

    /// The same, of days alone.
    pub fn own_due(&self) -> Option<(u32, Date)> {
        match self.pays.iter().find(|pay| pay.is_own() && pay.is_open()) {
            Some(open) => Some((open.number, open.due)),
            None => self.period(self.settled() + 1).map(|period| (self.settled() + 1, period.start)),
        }
    }

    pub fn next_due_date(&self) -> Option<Date> {
        let attempted = self.pays.iter().any(|pay| pay.is_own() && pay.is_open() && pay.was_attempted());
        let (mut number, mut due) = self.own_due().filter(|_| !self.status.is_final())?;
        // What is to be skipped waits at most for an outcome.
        while !attempted && self.skips.contains(&number) {
            number += 1;
            due = self.period(number)?.start;
        }
        Some(due)
    }

    pub fn paid_until(&self) -> Option<Date> {
        self.pays.iter().filter(|pay| pay.paid_for()).filter_map(|pay| Some(pay.period?.1)).max()
    }

    /// With the trial's days.
    pub fn served_until(&self) -> Option<Date> {
        let begun = self.pays.iter().any(|pay| pay.is_own() && pay.status != PaymentStatus::Skipped);
        let in_trial = self.terms.trial_start.is_some() && !begun;
        self.paid_until().max(self.schedule.map(|schedule| schedule.start()).filter(|_| in_trial))
    }

    /// The attempt that is out, by payment and index.
    pub fn out(&self) -> Option<(usize, usize)> {
        self.pays.iter().enumerate().find_map(|(at, pay)| Some((at, pay.out()?)))
    }

    /// Whether it is the verification that the subscription begins with.
    pub fn is_initial(&self, pay: &Pay) -> bool {
        pay.place() == (0, 0) && !self.established && matches!(self.status, Status::Pending | Status::Error)
    }

    /// R4.3, R6.1, R6.2. Declines of an older card do not count.
    pub fn turn(&self, pay: &Pay, today: Date) -> Turn {
        let declines: Vec<(Date, Meaning)> = (pay.attempts.iter().filter(|attempt| attempt.card == self.card))
            .filter_map(|attempt| match attempt.outcome {
                Outcome::Declined(meaning) => Some((attempt.on, meaning)),
                _ => None,
            })
            .collect();
        let is_here = self.present_for == Some((pay.place(), today));
        let must = pay.present || !self.established || self.bound.is_some();
        let last_day = self.days.last().copied().unwrap_or(0);
        let (Some((first, _)), Some((last, meaning))) = (declines.first(), declines.last()) else {
            let beside = matches!(pay.kind, Kind::Extra | Kind::Final | Kind::Verification) && !self.is_initial(pay);
            // R4.3: once it is active, a checkout of a scheduled payment that nobody attempts has an end as well.
            let from = [Some(pay.due), self.present_since, pay.checkout_from].into_iter().flatten().max().unwrap();
            let bounded = pay.is_own() && pay.amount() > 0 && (self.was_active || pay.was_declined());
            return match must {
                true if beside && plus(pay.due, last_day) < today => Turn::UsedUp,
                true if bounded && plus(from, last_day.max(7)) < today => Turn::UsedUp,
                _ if must || is_here => Turn::Cardholder,
                _ => Turn::Merchant,
            };
        };
        let next = self.days.get(declines.len() - 1).map(|days| {
            let asked = declines.iter().flat_map(|(on, meaning)| [Some(plus(*on, meaning.wait)), meaning.not_before]);
            // R5.13: a request lifts the days of the policy alone.
            let policy = match pay.requested {
                Some(day) => day.max(plus(*last, 1)),
                None => plus(*first, *days).max(plus(*last, 1)),
            };
            asked.flatten().chain([policy]).max().unwrap()
        });
        let refused = declines.iter().any(|(_, meaning)| meaning.binds.is_some());
        let too_late = meaning.fee && next.is_some_and(|next| next.max(today) > plus(*first, 30));
        match next {
            _ if is_here => Turn::Cardholder,
            _ if must || refused || too_late => {
                if today <= plus(*first, last_day) {
                    Turn::Cardholder
                } else {
                    Turn::UsedUp
                }
            }
            None => Turn::UsedUp,
            Some(next) if today < next => Turn::Later(next),
            Some(_) => Turn::Merchant,
        }
    }

    /// The payment among those begun.
    pub fn put(&mut self, pay: Pay) -> &mut Pay {
        let at = self.pays.iter().position(|known| known.place() == pay.place()).unwrap_or(self.pays.len());
        if at == self.pays.len() {
            self.pays.push(pay);
        }
        &mut self.pays[at]
    }

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

    fn ask(&self, pay: &Pay, attempt: usize, by_cardholder: bool) -> Ask {
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

    /// Whether the merchant makes it, a record included.
    pub fn is_by_merchant(&self, pay: &Pay, today: Date) -> bool {
        pay.amount() == 0 || self.turn(pay, today) == Turn::Merchant
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

/// Amount × left ÷ of, to the nearest, ties away from zero.
pub fn share(amount: i64, left: i64, of: i64) -> i64 {
    let (size, left, of) = (i128::from(amount.abs()), i128::from(left), i128::from(of));
    amount.signum() * i64::try_from((2 * size * left + of) / (2 * of)).unwrap()
}

/// The mean length of a cycle, in millionths of a day (R3.4).
pub fn length(cycle: Cycle) -> i128 {
    let unit = match cycle.unit() {
        Unit::Day => 1_000_000,
        Unit::Week => 7_000_000,
        Unit::Month => 30_436_875,
        Unit::Year => 365_242_500,
    };
    i128::from(cycle.every()) * unit
}
