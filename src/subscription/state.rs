//! A subscription as it is stored: plain JSON, read and checked before it is used.

use super::record::{Fate, Outcome, Record};
use super::terms::Terms;
use crate::date::Date;
use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::EstablishedBy;
use crate::json::{Node, Object, Shape, Value, object, serde_by_shape, words};
use crate::money::Money;
use crate::schedule::Schedule;

/// Where a subscription stands (R5.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Status {
    /// The first payment has not succeeded yet.
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
    /// The schedule.
    pub schedule: Schedule,
    /// The number of the payment that is due on its start.
    pub first_number: u32,
}

object!(Current { price: required "price", schedule: required "schedule", first_number: required "firstNumber" });

/// Money that was taken and is not owed: to be refunded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surplus {
    /// The attempt that took it.
    pub reference: String,
    /// The provider's reference of the charge.
    pub provider_reference: Option<String>,
    /// The amount.
    pub amount: Money,
    /// The day on which it was told.
    pub on: Date,
    /// Why it is not owed.
    pub reason: SurplusReason,
}

object!(Surplus {
    reference: required "reference",
    provider_reference: nullable "providerReference",
    amount: required "amount",
    on: required "on",
    reason: required "reason",
});

/// Why money is not owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SurplusReason {
    /// The payment was paid already.
    PaidTwice,
    /// The subscription, or the payment, was ended before.
    PaidAfterEnd,
}

words!(SurplusReason { PaidTwice "paid_twice", PaidAfterEnd "paid_after_end" });

/// A subscription. Serialised it is plain JSON, to be stored whole; `state` is the library's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub(super) id: String,
    pub(super) terms: Terms,
    pub(super) status: Status,
    pub(super) current: Current,
    pub(super) balance: Money,
    pub(super) surplus: Vec<Surplus>,
    pub(super) state: State,
}

/// What the library remembers beyond the public fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The day of the last event.
    pub(super) on: Option<Date>,
    /// What the cardholder has completed with the present card.
    pub(super) established: EstablishedBy,
    /// Whether a decline has bound the card: only the cardholder can pay (R6.2).
    pub(super) bound: bool,
    /// Whether it ends with the last period paid for.
    pub(super) ending: bool,
    /// How many payments were settled elsewhere, before it was adopted.
    pub(super) adopted: u32,
    /// Every payment that anything has happened to, in the order in which they were begun.
    pub(super) records: Vec<Record>,
}

object!(State {
    on: nullable "on",
    established: required "established",
    bound: required "bound",
    ending: required "ending",
    adopted: required "adopted",
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
    pub fn surplus(&self) -> &[Surplus] {
        &self.surplus
    }

    /// How many numbers of the schedule are settled: paid or given up.
    pub fn payments(&self) -> u32 {
        let settled = self.state.records.iter().filter(|record| record.settles_a_number()).count();
        self.state.adopted.saturating_add(u32::try_from(settled).unwrap_or(u32::MAX))
    }

    /// The due date of the first payment that is not settled; none when there is none or it has ended.
    pub fn next_due_date(&self) -> Option<Date> {
        if self.status.is_final() {
            return None;
        }
        let open = self.state.records.iter().find(|record| record.fate == Fate::Open);
        let due = || Some(self.scheduled(self.payments().saturating_add(1)).ok()??.start);
        open.map(|record| record.due_date).or_else(due)
    }

    /// The schedule's period for a payment number; none past the last.
    pub(super) fn scheduled(&self, number: u32) -> Result<Option<crate::schedule::Period>, Error> {
        let Some(index) = number.checked_sub(self.current.first_number) else { return Ok(None) };
        self.current.schedule.period(index.saturating_add(1))
    }

    /// The reference of an attempt (R5.6).
    pub(super) fn reference(&self, number: u32, extra: u32, attempt: u32) -> String {
        [self.id.as_str(), &number.to_string(), &extra.to_string(), &attempt.to_string()].join("-")
    }

    /// What no history leads to.
    fn inconsistent(&self) -> Option<&'static str> {
        let records = &self.state.records;
        let numbers = records.iter().filter(|record| record.extra == 0).map(|record| record.number);
        let expected = self.state.adopted.saturating_add(1)..;
        let open = records.iter().filter(|record| record.fate == Fate::Open).count();
        let paid = |record: &Record| record.attempts.iter().any(|attempt| attempt.outcome == Outcome::Succeeded);
        match () {
            () if !numbers.eq(expected.take(records.len())) => {
                Some("the payments are not numbered one after the other")
            }
            () if open > 1 || (open == 1 && records.last().is_some_and(|record| record.fate != Fate::Open)) => {
                Some("a payment is open before the last one")
            }
            () if records.iter().any(|r| r.fate == Fate::Paid && r.amount.amount() > 0 && !paid(r)) => {
                Some("a payment is paid without an attempt that succeeded")
            }
            () if self.balance.currency() != self.current.price.currency() => {
                Some("the balance is of another currency")
            }
            () if self.current.price.currency() != self.terms.price.currency() => {
                Some("the price is of another currency")
            }
            () => None,
        }
    }
}

impl Shape for Subscription {
    fn read(node: &Node<'_>) -> Option<Self> {
        const FIELDS: [&str; 10] =
            ["format", "id", "terms", "status", "current", "payments", "nextDueDate", "balance", "surplus", "state"];
        let fields = node.object(&FIELDS)?;
        let format = fields.required_with("format", |node| node.integer(FORMAT, FORMAT));
        let id = fields.required_with("id", |node| node.accept(check_id(node.text()?)));
        let terms = fields.required("terms");
        let status = fields.required("status");
        let current = fields.required("current");
        let payments = fields.required::<u32>("payments");
        let next_due_date = fields.nullable::<Date>("nextDueDate");
        let balance = fields.required("balance");
        let surplus = fields.required("surplus");
        let state = fields.required("state");
        format?;
        let whole = Self {
            id: id?,
            terms: terms?,
            status: status?,
            current: current?,
            balance: balance?,
            surplus: surplus?,
            state: state?,
        };
        let (payments, next_due_date) = (payments?, next_due_date?);
        let told_otherwise = whole.payments() != payments || whole.next_due_date() != next_due_date;
        let reason = told_otherwise.then_some("`payments` or `nextDueDate` is not what the state says");
        match reason.or(whole.inconsistent()) {
            Some(reason) => node.problem(Code::InconsistentState, reason),
            None => Some(whole),
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.set("format", Value::Integer(FORMAT));
        object.required("id", &self.id);
        object.required("terms", &self.terms);
        object.required("status", &self.status);
        object.required("current", &self.current);
        object.required("payments", &self.payments());
        object.nullable("nextDueDate", &self.next_due_date());
        object.required("balance", &self.balance);
        object.required("surplus", &self.surplus);
        object.required("state", &self.state);
        object.done()
    }
}

serde_by_shape!(Subscription);

/// A subscription that somebody else has run so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adopted {
    /// How many payments of the schedule are settled.
    pub payments: u32,
    /// What the cardholder has completed with the card that is stored.
    pub established_by: EstablishedBy,
}

object!(Adopted { payments: required "payments", established_by: required "establishedBy" });

/// Begins a subscription. Nothing is due by this; ask [`next_action`](super::next_action).
///
/// # Errors
/// `invalid_text` for an id that is not 1 to 40 letters, digits and hyphens; what is wrong with the terms; `out_of_range` for
/// more adopted payments than the schedule has.
pub fn create_subscription(id: &str, terms: Terms, adopted: Option<Adopted>) -> Result<Subscription, Errors> {
    let mut problems = Problems::default();
    let id = problems.check(check_id(id));
    let terms = match terms.check() {
        Ok(terms) => Some(terms),
        Err(errors) => {
            problems.extend(errors.iter().map(|error| error.clone().under("/terms")));
            None
        }
    };
    if let (Some(terms), Some(adopted)) = (&terms, &adopted) {
        let number = adopted.payments.max(1);
        if problems.check(terms.schedule.period(number)) == Some(None) {
            let message = "the schedule has fewer payments";
            problems.push(Error::new(Code::OutOfRange, "/adopted/payments", message));
        }
    }
    let (id, terms) = problems.done(id.zip(terms))?;
    let established = adopted.map_or(EstablishedBy::None, |adopted| adopted.established_by);
    let current = Current { price: terms.price, schedule: terms.schedule, first_number: 1 };
    let begun = adopted.is_some_and(|adopted| adopted.payments > 0 || established != EstablishedBy::None);
    Ok(Subscription {
        id,
        status: if begun { Status::Active } else { Status::Pending },
        balance: Money::zero(terms.price.currency()),
        surplus: Vec::new(),
        state: State {
            on: None,
            established,
            bound: false,
            ending: false,
            adopted: adopted.map_or(0, |adopted| adopted.payments),
            records: Vec::new(),
        },
        current,
        terms,
    })
}

fn check_id(id: &str) -> Result<String, Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (1..=40).contains(&id.len()) && id.bytes().all(allowed) {
        return Ok(id.into());
    }
    Err(Error::new(Code::InvalidText, "/id", "expected 1 to 40 letters, digits and hyphens"))
}
