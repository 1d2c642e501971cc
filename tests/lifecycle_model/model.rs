//! The model: a list of payments with their attempts, and code as plain as it can be. Written from the rules alone.
//!
//! It lives day by day: whatever the passing of days does is done on its day, one day after the other, though nobody asks.

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{
    Cycle, Date, Event, MissedPayments, Money, OnExhausted, OverpaymentReason, PlanChange, Recurrence, Resumption,
    Schedule, Status, Terms, Unit,
};

use crate::credits::Credit;
use crate::ends::AtEnd;
use crate::money_back::Back;
use crate::pauses::Pause;
use crate::pays::{Bound, Kind, Pay, PaymentStatus};
use crate::runs::Run;

pub const ID: &str = "sub-1";

pub fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

pub fn plus(day: Date, days: impl Into<i64>) -> Date {
    day.plus_days(days.into()).unwrap()
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
    /// How many of them were over when the schedule began anew.
    pub passed: usize,
    /// The same days alone: what is due in them, and was not moved, is skipped.
    pub kept: Vec<(Date, Date)>,
    /// Numbers due in them that were in flight at their end: they are still made.
    pub met: BTreeSet<u32>,
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
            passed: 0,
            kept: Vec::new(),
            met: BTreeSet::new(),
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

    /// The open payment of the schedule. One that was not started falls away with a cancellation (R5.9).
    fn open_own(&self) -> Option<&Pay> {
        self.pays.iter().find(|pay| pay.is_own() && pay.is_open()).filter(|open| !self.ending || !open.is_unbegun())
    }

    /// The schedule's payment that is owed next: the one that is open, or the next number.
    pub fn own(&self) -> Option<Pay> {
        match self.open_own().cloned() {
            // The balance applies to it until it is begun.
            Some(open) if open.is_unbegun() => Some(self.with_balance(open)),
            Some(open) => Some(open),
            None => self.fresh(self.settled() + 1),
        }
    }

    /// The same, of days alone.
    pub fn own_due(&self) -> Option<(u32, Date)> {
        match self.open_own() {
            Some(open) => Some((open.number, open.due)),
            None => self.period(self.settled() + 1).map(|period| (self.settled() + 1, period.start)),
        }
    }

    pub fn next_due_date(&self) -> Option<Date> {
        let attempted = self.pays.iter().any(|pay| pay.is_own() && pay.is_open() && pay.was_attempted());
        let (mut number, mut due) = self.own_due().filter(|_| !self.status.is_final())?;
        // What is to be skipped waits at most for an outcome.
        while !attempted && self.is_to_skip(number, due) {
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
        let is_idle = |pay: &Pay| pay.status == PaymentStatus::Skipped || pay.is_open() && !pay.was_attempted();
        let begun = self.pays.iter().any(|pay| pay.is_own() && !is_idle(pay));
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

    /// The payment among those begun.
    pub fn put(&mut self, pay: Pay) -> &mut Pay {
        let at = self.pays.iter().position(|known| known.place() == pay.place()).unwrap_or(self.pays.len());
        if at == self.pays.len() {
            self.pays.push(pay);
        }
        &mut self.pays[at]
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
