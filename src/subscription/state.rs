//! A subscription as it is stored: plain JSON, read and checked before it is used.

use super::outcome::Outcome;
use super::record::{PaymentStatus, PendingChange, Record};
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Error};
use crate::indicator::EstablishedBy;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::Money;
use crate::schedule::Schedule;
use crate::terms::Terms;

/// Where a subscription stands (R5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The first payment or verification has not succeeded yet.
    Pending,
    /// It runs.
    Active,
    /// Ended by somebody's decision. Final.
    Cancelled,
    /// The last attempt at a payment was declined.
    Error,
    /// Ended because no payment remains, or because one could not be collected. Final.
    Expired,
}

words!(Status { Pending "pending", Active "active", Cancelled "cancelled", Error "error", Expired "expired" });

impl Status {
    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        matches!(self, Status::Cancelled | Status::Expired)
    }
}

/// Price and schedule as changes have left them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Current {
    /// The price of a full period.
    pub price: Money,
    /// The schedule; none in terms without one.
    pub schedule: Option<Schedule>,
    /// The number of the payment that is due on its start.
    pub first_number: u32,
}

object!(Current { price: required "price", schedule: nullable "schedule", first_number: required "firstNumber" });

/// Money that was taken and is not owed: to be refunded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overpayment {
    /// The attempt that took it; none for a charge that the provider made by its own schedule.
    pub reference: Option<String>,
    /// The provider's reference of the charge.
    pub provider_reference: Option<String>,
    /// The amount.
    pub amount: Money,
    /// The day on which it was told.
    pub on: Date,
    /// Why it is not owed.
    pub reason: OverpaymentReason,
}

object!(Overpayment {
    reference: nullable "reference",
    provider_reference: nullable "providerReference",
    amount: required "amount",
    on: required "on",
    reason: required "reason",
});

/// Why money is not owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OverpaymentReason {
    /// The payment was paid already.
    PaidTwice,
    /// The subscription, or the payment, was ended before.
    PaidAfterEnd,
    /// What it was for was dropped before: a change of plan.
    Dropped,
}

words!(OverpaymentReason { PaidTwice "paid_twice", PaidAfterEnd "paid_after_end", Dropped "dropped" });

/// A subscription. Serialised it is plain JSON, to be stored whole; `state` is the library's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub(super) id: String,
    pub(super) terms: Terms,
    pub(super) status: Status,
    pub(super) current: Current,
    pub(super) balance: Money,
    pub(super) overpayments: Vec<Overpayment>,
    pub(super) state: State,
}

/// Why the merchant may not charge the card (R6.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardBlock {
    /// A decline forbids new attempts with it.
    Card,
    /// The cardholder has revoked the charges: another number of the same card does not help.
    Revoked,
}

words!(CardBlock { Card "card", Revoked "revoked" });

/// The end of service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Over {
    /// The first day without service.
    pub(super) on: Date,
    /// The balance on that day.
    pub(super) balance: Money,
    /// What was unused of what had been paid.
    pub(super) unused: Money,
}

object!(Over { on: required "on", balance: required "balance", unused: required "unused" });

/// What the library remembers beyond the public fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The day of the last event.
    pub(super) on: Option<Date>,
    /// What the cardholder has completed with the present card.
    pub(super) established: EstablishedBy,
    /// Whether a decline has bound the card: only the cardholder can pay.
    pub(super) card_block: Option<CardBlock>,
    /// How often the card was replaced.
    pub(super) card: u32,
    /// The day of the event since which only the cardholder can pay, where one came after the first payment (R4.3).
    pub(super) checkout_since: Option<Date>,
    /// Whether it was ever active.
    pub(super) begun: bool,
    /// Whether it ends with the last period paid for.
    pub(super) ending: bool,
    /// Whether what is owed when it ends with the last period is forgiven.
    pub(super) waives: bool,
    /// Since when there is no service, while something is still collected and after that.
    pub(super) over: Option<Over>,
    /// The first day of the pause that it is in.
    pub(super) paused: Option<Date>,
    /// The day on which it ended.
    pub(super) ended: Option<Date>,
    /// Whether no number follows any more, though the schedule itself has some.
    pub(super) exhausted: bool,
    /// How many payments were settled elsewhere, before it was imported.
    pub(super) imported: u32,
    /// Changes of plan that have not taken force, in the order in which they were asked for.
    pub(super) changes: Vec<PendingChange>,
    /// Every payment that anything has happened to, in the order in which they were begun.
    pub(super) records: Vec<Record>,
}

object!(State {
    on: nullable "on",
    established: required "established",
    card_block: optional "cardBlock",
    card: defaulted "card",
    checkout_since: optional "checkoutSince",
    begun: defaulted "begun",
    ending: defaulted "ending",
    waives: defaulted "waives",
    over: optional "over",
    paused: optional "paused",
    ended: optional "ended",
    exhausted: defaulted "exhausted",
    imported: defaulted "imported",
    changes: defaulted "changes",
    records: required "records",
});

/// The format of the stored JSON.
const FORMAT: i64 = 1;

impl Subscription {
    /// The id, which begins every reference.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The terms as they were agreed.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Price and schedule as changes have left them.
    pub fn current(&self) -> &Current {
        &self.current
    }

    /// What is carried into later payments; negative in the customer's favour.
    pub fn balance(&self) -> Money {
        self.balance
    }

    /// Money that was taken and is not owed.
    pub fn overpayments(&self) -> &[Overpayment] {
        &self.overpayments
    }

    /// How many numbers of the schedule are settled: paid, of zero, skipped or given up. Numbers are settled one after the
    /// other, so this is also the last number that is.
    pub fn payments(&self) -> u32 {
        let settled = |record: &Record| !matches!(record.status, PaymentStatus::Open | PaymentStatus::Stopped);
        let last = self.own_records().filter(|record| settled(record)).map(|record| record.number).max();
        last.unwrap_or(self.state.imported)
    }

    /// The due date of the first payment of the schedule that is not settled; none when there is none, and when it has ended
    /// or ends with the period.
    pub fn next_due_date(&self) -> Option<Date> {
        if self.status.is_final() {
            return None;
        }
        let open = self.own_records().find(|record| record.is_open()).map(|record| record.due_date);
        open.or_else(|| Some(self.scheduled(self.payments().saturating_add(1)).ok()??.start))
    }

    /// The schedule's own payments, in order.
    pub(super) fn own_records(&self) -> impl DoubleEndedIterator<Item = &Record> {
        self.state.records.iter().filter(|record| record.is_own())
    }

    /// The payment of the period that contains a day, where that is no longer open.
    pub(super) fn running_on(&self, day: Date) -> Option<&Record> {
        self.own_records().rfind(|record| !record.is_open() && record.covers(day))
    }

    /// The schedule's period for a payment number that is not settled; none past the last.
    pub(super) fn scheduled(&self, number: u32) -> Result<Option<crate::schedule::Period>, Error> {
        let index = number.checked_sub(self.current.first_number);
        match (self.current.schedule, index) {
            (Some(schedule), Some(index)) if !self.state.ending && !self.state.exhausted => {
                schedule.period(index.saturating_add(1))
            }
            _ => Ok(None),
        }
    }

    /// The reference of an attempt (R5.6).
    pub(super) fn reference(&self, number: u32, extra: u32, attempt: u32) -> String {
        [&self.id, "-", &digits(number), "-", &digits(extra), "-", &digits(attempt)].concat()
    }

    /// What no history leads to.
    fn inconsistent(&self) -> Option<&'static str> {
        let records = &self.state.records;
        let currency = self.terms.price.currency();
        let over = self.state.over.iter().flat_map(|over| [over.balance, over.unused]);
        let mut amounts = (records.iter().flat_map(Record::amounts))
            .chain([self.balance, self.current.price])
            .chain(self.overpayments.iter().map(|overpaid| overpaid.amount))
            .chain(over);
        let first = self.state.imported.max(1);
        let own: Vec<&Record> = self.own_records().collect();
        let closed = own.split_last().is_some_and(|(_, earlier)| earlier.iter().any(|record| record.is_open()));
        let twice =
            |(index, record): (usize, &Record)| records.iter().take(index).any(|other| other.key() == record.key());
        let taken = |record: &Record| record.attempts.iter().any(|attempt| attempt.outcome == Outcome::Succeeded);
        let payment = |change: &PendingChange| {
            let open = |place| records.iter().any(|record| record.key() == place && record.is_open());
            change.payment.is_none_or(open)
        };
        if amounts.any(|amount| amount.currency() != currency) {
            Some("an amount is of another currency")
        } else if self.current.schedule.is_some() != self.terms.schedule.is_some() {
            Some("terms and current state do not agree on whether there is a schedule")
        } else if !own.iter().map(|record| record.number).eq((first..).take(own.len())) {
            Some("the payments are not numbered one after the other")
        } else if self.state.imported > 0 && own.first().is_none_or(|record| record.status != PaymentStatus::Imported) {
            Some("the payments settled elsewhere are missing")
        } else if records.iter().enumerate().any(twice) {
            Some("two payments have the same number")
        } else if closed {
            Some("a payment is open before the last one")
        } else if records.iter().any(|r| r.status == PaymentStatus::Paid && r.amount.amount() > 0 && !taken(r)) {
            Some("a payment is paid without an attempt that succeeded")
        } else if !self.state.changes.iter().all(payment) {
            Some("a change of plan waits for a payment that is not there")
        } else if self.status.is_final() && records.iter().any(Record::is_open) {
            Some("a payment is open after the end")
        } else {
            None
        }
    }
}

impl Subscription {
    const FIELDS: Keys = "format id terms status current payments nextDueDate? balance overpayments state";
}

impl Shape for Subscription {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        let mut fields = node.object(Self::FIELDS);
        fields.next().integer(FORMAT, FORMAT);
        let id = fields.next();
        let id = id.text().and_then(|text| id.ok_or_report(check_id(text).map_err(Error::at_root)));
        let (terms, status, current) = (fields.required(), fields.required(), fields.required());
        let (payments, next_due_date): (u32, Option<Date>) = (fields.required(), fields.nullable());
        let whole = Self {
            id: id.unwrap_or_default(),
            terms,
            status,
            current,
            balance: fields.required(),
            overpayments: fields.required(),
            state: fields.required(),
        };
        if fields.have_no_errors() {
            let told_otherwise = whole.payments() != payments || whole.next_due_date() != next_due_date;
            let reason = told_otherwise.then_some("`payments` or `nextDueDate` is not what the state says");
            if let Some(reason) = whole.inconsistent().or(reason) {
                node.problem(Code::InconsistentState, reason.into());
            }
        }
        whole
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.integer(FORMAT);
        self.id.write(to);
        self.terms.write(to);
        self.status.write(to);
        self.current.write(to);
        self.payments().write(to);
        self.next_due_date().write(to);
        self.balance.write(to);
        self.overpayments.write(to);
        self.state.write(to);
        to.object(Self::FIELDS);
    }
}

serde_by_shape!(Subscription);

/// Checks an id: it begins every reference.
pub(super) fn check_id(id: &str) -> Result<String, Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (1..=40).contains(&id.len()) && id.bytes().all(allowed) {
        return Ok(id.into());
    }
    Err(Error::new(Code::InvalidString, "/id", "expected 1 to 40 letters, digits and hyphens"))
}
