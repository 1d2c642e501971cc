//! A subscription: its public fields, and the stored state.

use super::adjusted::Adjusted;
use super::card::Card;
use super::key::PaymentNumber;
use super::ledger::Ledger;
use super::numbers::Numbers;
use super::over::Over;
use super::overpaid::{Overpayment, Returned};
use super::paused::Pause;
use super::pending_change::PendingChange;
use super::refunds::Refunds;
use super::requests::Requests;
use crate::date::Date;
use crate::error::Error;
use crate::indicator::EstablishedBy;
use crate::json::{object, words};
use crate::money::{Currency, Money};
use crate::pricing::plan::Plan;
use crate::pricing::price::Price;
use crate::schedule::{Period, Schedule};
use crate::subscription::status::Status;
use crate::terms::Terms;

/// Price and schedule after all changes.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Current {
    /// The price of a full period. Every item has its quantity.
    pub price: Price,
    /// The schedule; `None` in terms without one.
    pub schedule: Option<Schedule>,
    /// The number of the payment that is due on the schedule's start.
    pub first_number: u32,
    /// The stub before the schedule's start, after the next due date was moved to a later day (R5.13).
    pub stub: Option<MovedStub>,
    /// What is in effect beside the price; `None` if that is as in the terms.
    pub adjusted: Option<Box<Adjusted>>,
}

object!(Current {
    price: required "price",
    schedule: nullable "schedule",
    first_number: required "firstNumber",
    stub: optional "stub",
    adjusted: optional "adjusted",
});

/// The days between an old due date and the one to which it was moved (R5.13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct MovedStub {
    /// The number of its payment.
    pub number: u32,
    /// The first day, on which the payment is due.
    pub start: Date,
    /// The first day after it: the start of the schedule.
    pub end: Date,
    /// The days of the full period that it is a part of (R3.8).
    pub period_days: u32,
}

object!(MovedStub {
    number: required "number",
    start: required "start",
    end: required "end",
    period_days: required "periodDays",
});

impl MovedStub {
    pub(crate) fn number(&self) -> PaymentNumber {
        PaymentNumber::new(self.number)
    }

    /// Returns it some days later.
    pub(crate) fn moved(self, days: i64) -> Self {
        let moved = |day: Date| day.plus_days(days).unwrap_or(day);
        Self { start: moved(self.start), end: moved(self.end), ..self }
    }

    pub(crate) fn period(&self) -> Period {
        let Self { number, start, end, .. } = *self;
        Period { number, start, end, last_day: end.plus_days(-1).unwrap_or(end) }
    }
}

impl Current {
    pub(crate) fn first(&self) -> PaymentNumber {
        PaymentNumber::new(self.first_number)
    }

    /// Returns this with another price, schedule, and what is in effect beside the price. Another schedule begins with the number
    /// `first`.
    pub(crate) fn with(
        &self,
        price: Price,
        adjusted: Option<Box<Adjusted>>,
        schedule: Schedule,
        first: PaymentNumber,
    ) -> Self {
        if self.schedule == Some(schedule) {
            let Self { schedule, first_number, stub, .. } = *self;
            return Self { price, schedule, first_number, stub, adjusted };
        }
        Self { price, schedule: Some(schedule), first_number: first.get(), stub: None, adjusted }
    }

    /// Returns the period of a number; `None` before the first and after the last.
    pub(crate) fn period(&self, number: PaymentNumber) -> Result<Option<Period>, Error> {
        if let Some(stub) = self.stub_of(number) {
            return Ok(Some(stub.period()));
        }
        match (self.schedule, number.index_from(self.first())) {
            (Some(schedule), Some(index)) => schedule.period(index),
            _ => Ok(None),
        }
    }

    /// Returns the stub if it has a number.
    pub(crate) fn stub_of(&self, number: PaymentNumber) -> Option<MovedStub> {
        self.stub.filter(|stub| stub.number() == number)
    }

    /// Returns the last number due on or before a day.
    pub(crate) fn number_due(&self, day: Date) -> Result<Option<PaymentNumber>, Error> {
        if let Some(stub) = self.stub.filter(|stub| stub.period().start <= day && day < stub.end) {
            return Ok(Some(stub.number()));
        }
        let Some(schedule) = self.schedule.filter(|schedule| schedule.start() <= day) else { return Ok(None) };
        let index = match schedule.period_on(day)? {
            Some(period) => Some(period.number),
            None => schedule.last_payment()?.map(|last| last.number),
        };
        Ok(index.map(|index| PaymentNumber::at(index, self.first())))
    }
}

/// Why a subscription ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EndReason {
    /// The last period is over, and every payment is settled.
    Completed,
    /// A payment was not made, and the policy allows no more attempts.
    Unpaid,
    /// It was cancelled.
    Cancelled,
    /// The provider that runs the schedule ended it.
    Provider,
}

words!(EndReason { Completed "completed", Unpaid "unpaid", Cancelled "cancelled", Provider "provider" });

/// A subscription. Serialised, it is plain JSON: store it whole. `state` is internal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    pub(crate) id: String,
    pub(crate) terms: Terms,
    pub(crate) status: Status,
    pub(crate) current: Current,
    pub(crate) balance: Money,
    pub(crate) overpayments: Vec<Overpayment>,
    pub(crate) next_action_on: Option<Date>,
    pub(crate) end_reason: Option<EndReason>,
    pub(crate) state: State,
}

/// The stored state beyond the public fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// The day of the last event.
    pub(crate) on: Option<Date>,
    pub(crate) card: Card,
    /// Whether it was ever active.
    pub(crate) begun: bool,
    /// Whether it ends with the last paid period.
    pub(crate) ending: bool,
    /// The first day without service, if it was cancelled for a day (R5.9).
    pub(crate) ends_on: Option<Date>,
    /// Whether the amount owed is waived when it ends with the last period.
    pub(crate) waives: bool,
    /// The first day without the commitment, once skipped payments or a pause moved it (R10.1).
    pub(crate) committed_until: Option<Date>,
    /// Since when there is no service, while something is still collected and afterwards.
    pub(crate) over: Option<Over>,
    /// The pause that is planned or running.
    pub(crate) paused: Option<Pause>,
    /// The pauses that are over, while a payment that was due before their end can begin.
    pub(crate) pauses: Vec<Pause>,
    /// Numbers of the schedule that are skipped once they are next.
    pub(crate) skips: Vec<Numbers>,
    /// The day on which it ended.
    pub(crate) ended: Option<Date>,
    /// Whether no number follows any more, although the schedule itself has more.
    pub(crate) exhausted: bool,
    /// The last payment that was settled elsewhere, before the import.
    pub(crate) imported: PaymentNumber,
    /// Plan changes that have not taken effect, in the order of their requests.
    pub(crate) changes: Vec<PendingChange>,
    /// The part of the balance in the customer's favour that was given, not paid for; `None` while there is none.
    pub(crate) given: Option<Money>,
    /// The money that went back.
    pub(crate) refunds: Refunds,
    /// The marks of the overpayments that were refunded.
    pub(crate) returned: Vec<Returned>,
    /// The ids of the caller's events.
    pub(crate) requests: Requests,
    /// Whether the set-up fee was charged.
    pub(crate) setup_charged: bool,
    pub(crate) ledger: Ledger,
}

impl State {
    pub(crate) fn new(established: EstablishedBy, imported: PaymentNumber, ledger: Ledger) -> Self {
        Self {
            on: None,
            card: Card::new(established),
            begun: imported > PaymentNumber::NONE || established != EstablishedBy::None,
            ending: false,
            ends_on: None,
            waives: false,
            committed_until: None,
            over: None,
            paused: None,
            pauses: Vec::new(),
            skips: Vec::new(),
            ended: None,
            exhausted: false,
            imported,
            changes: Vec::new(),
            given: None,
            refunds: Refunds::default(),
            returned: Vec::new(),
            requests: Requests::default(),
            setup_charged: false,
            ledger,
        }
    }
}

impl Subscription {
    /// Returns the id, which begins every reference.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Schedule, Status, Subscription, Terms};
    ///
    /// let terms = Terms::new("19.90 NOK".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY));
    /// let subscription = Subscription::new("sub-1", terms.clone())?;
    /// assert_eq!((subscription.id(), subscription.status()), ("sub-1", Status::Pending));
    /// assert_eq!((subscription.terms(), &subscription.current().price), (&terms, &terms.price));
    /// assert_eq!((subscription.balance().amount(), subscription.overpayments().len()), (0, 0));
    /// assert_eq!((subscription.payments(), subscription.next_due_date()), (0, Some("2025-01-31".parse()?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Returns the terms as they were agreed.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn terms(&self) -> &Terms {
        &self.terms
    }

    /// Returns the status.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn status(&self) -> Status {
        self.status
    }

    /// Returns price and schedule after all changes.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn current(&self) -> &Current {
        &self.current
    }

    /// Returns the amount carried into later payments; negative in the customer's favour.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn balance(&self) -> Money {
        self.balance
    }

    /// Returns the amounts that were charged but are not owed.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn overpayments(&self) -> &[Overpayment] {
        &self.overpayments
    }

    /// Returns how many numbers of the schedule are settled: paid, of 0, skipped or given up. Numbers are settled in
    /// order, so this is also the last settled number.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn payments(&self) -> u32 {
        self.state.ledger.last_settled().get()
    }

    /// Returns the first day on which [`next_action`](Self::next_action) returns neither `Wait` nor `None` (R11); `None`
    /// if nothing follows. Store it in a column and index it: before that day there is nothing to do.
    ///
    /// It can lie before the last event for an attempt without an outcome (the day of its start, or of its last
    /// `PaymentPending`), a checkout (the day from which it was offered) and a charge by the provider (its due date).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, Schedule, Subscription, Terms};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let terms = Terms::new("19.90 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let subscription = Subscription::new("sub-1", terms)?;
    /// assert_eq!(subscription.next_action_on(), Some(day));
    ///
    /// let paid = subscription.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    /// assert_eq!(paid.next_action_on(), Some("2025-02-28".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next_action_on(&self) -> Option<Date> {
        self.next_action_on
    }

    /// Returns why it ended; `None` before the end.
    pub fn end_reason(&self) -> Option<EndReason> {
        self.end_reason
    }

    /// Returns the schedule's period for a number that is not settled; `None` after the last, and once the subscription
    /// ends.
    pub(crate) fn period_ahead(&self, number: PaymentNumber) -> Result<Option<Period>, Error> {
        if self.state.ending || self.state.exhausted && self.current.stub_of(number).is_none() {
            return Ok(None);
        }
        let period = self.current.period(number)?;
        Ok(period.filter(|period| self.is_served_on(period.start)))
    }

    /// Returns whether a day is before the one that the subscription was cancelled for, if it was (R5.9).
    pub(crate) fn is_served_on(&self, day: Date) -> bool {
        self.state.ends_on.is_none_or(|end| day < end)
    }

    /// Returns whether nothing follows any more on a schedule: another one begins even if the present one is exhausted.
    pub(crate) fn has_exhausted(&self, current: &Current) -> bool {
        self.state.exhausted && current.schedule == self.current.schedule
    }

    /// Returns the first number that is not settled: that of the open payment, or the next one.
    pub(crate) fn first_unsettled(&self) -> PaymentNumber {
        let ledger = &self.state.ledger;
        ledger.open_own().map_or_else(|| ledger.last_settled().next(), |open| open.number)
    }

    /// Returns what was agreed about prices, as it is now.
    pub(crate) fn plan(&self) -> Result<Plan<'_>, Error> {
        self.terms.plan(&self.current.price)
    }

    pub(crate) fn currency(&self) -> Currency {
        self.terms.price.currency()
    }

    /// Returns an amount of 0 in its currency.
    pub(crate) fn nothing(&self) -> Money {
        Money::zero(self.currency())
    }
}
