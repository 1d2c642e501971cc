//! What the library remembers of each payment that has been begun, and of each attempt at it.

use super::payment::{PaidPeriod, PaymentKind};
use crate::date::Date;
use crate::decline::Decline;
use crate::error::Error;
use crate::indicator::AmountKind;
use crate::json::{object, words};
use crate::money::Money;
use crate::pricing::line::{Fraction, Line};
use crate::pricing::period_price::Part;
use crate::pricing::proration::PlanChange;
use crate::retry::RetryAttempt;

/// What became of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentStatus {
    /// It is still owed.
    Open,
    /// It was paid.
    Paid,
    /// Its number was settled by the payment of a change of plan (R3.6).
    Included,
    /// It was settled elsewhere, before the subscription was imported.
    Imported,
    /// The attempts at it are used up, or the provider never told of it.
    GivenUp,
    /// It was missed, and a later one was due already; or it fell due during a pause.
    Skipped,
    /// What it was for is not wanted any more: a change of plan, a verification.
    Dropped,
    /// The subscription ended before it was paid.
    Stopped,
}

words!(PaymentStatus {
    Open "open",
    Paid "paid",
    Included "included",
    Imported "imported",
    GivenUp "given_up",
    Skipped "skipped",
    Dropped "dropped",
    Stopped "stopped",
});

/// A price of a full period and the day from which it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceFrom {
    pub(super) from: Date,
    pub(super) price: Money,
}

object!(PriceFrom { from: required "from", price: required "price" });

/// Which payment it is: the schedule's number, and 0 for the schedule's own or 1, 2, … for one beside it (R5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaymentKey {
    pub(super) number: u32,
    pub(super) extra: u32,
}

object!(PaymentKey { number: required "number", extra: required "extra" });

impl PaymentKey {
    /// That of the first verification.
    pub(super) const VERIFICATION: PaymentKey = PaymentKey { number: 0, extra: 0 };

    /// That of the schedule's own payment.
    pub(super) fn own(number: u32) -> Self {
        Self { number, extra: 0 }
    }
}

/// A change of plan that was asked for and has not taken force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    pub(super) change: PlanChange,
    pub(super) customer_present: bool,
    /// The number and extra of the payment that it waits for.
    pub(super) payment: Option<PaymentKey>,
}

object!(PendingChange {
    change: required "change",
    customer_present: defaulted "customerPresent",
    payment: optional "payment",
});

/// A payment that has been begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub(super) number: u32,
    pub(super) extra: u32,
    pub(super) kind: PaymentKind,
    pub(super) due_date: Date,
    pub(super) period: Option<PaidPeriod>,
    /// The days of a full period, against which a change of plan is prorated; 0 where nothing is prorated.
    pub(super) period_days: u32,
    /// The prices of a full period that its days are charged at, in order. None for what is not the schedule's own.
    pub(super) prices: Vec<PriceFrom>,
    /// The price of a full period at which its days to come stand paid; none while nothing is paid (R3.9).
    pub(super) credited_price: Option<Money>,
    pub(super) amount: Money,
    pub(super) amount_kind: AmountKind,
    /// How much of the amount the balance changes: below zero what it pays, above what is collected with it.
    pub(super) from_balance: Option<Money>,
    /// Whether the cardholder is there to pay.
    pub(super) customer_present: bool,
    /// Kept while the payment can still be asked for.
    pub(super) lines: Vec<Line>,
    pub(super) status: PaymentStatus,
    pub(super) attempts: Vec<Attempt>,
}

object!(Record {
    number: required "number",
    extra: defaulted "extra",
    kind: required "kind",
    due_date: required "dueDate",
    period: optional "period",
    period_days: defaulted "periodDays",
    prices: defaulted "prices",
    credited_price: optional "creditedPrice",
    amount: required "amount",
    amount_kind: required "amountKind",
    from_balance: optional "fromBalance",
    customer_present: defaulted "customerPresent",
    lines: defaulted "lines",
    status: required "status",
    attempts: defaulted "attempts",
});

/// What became of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It was recorded and may have been sent; what became of it is not known.
    InFlight,
    /// The provider has it and has not decided.
    Pending,
    /// It was refused before any charge: the same attempt is made again.
    NotMade,
    /// It was declined.
    Declined,
    /// The money was taken.
    Succeeded,
}

words!(Outcome {
    InFlight "in_flight", Pending "pending", NotMade "not_made", Declined "declined", Succeeded "succeeded",
});

/// An attempt at a payment. Its number is its place among the attempts, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// The day of its start, then of its outcome.
    pub(super) on: Date,
    /// What it takes, where the payment has another amount by now (R3.11).
    pub(super) amount: Option<Money>,
    /// Whether the cardholder made it.
    pub(super) by_cardholder: bool,
    /// Whether the card has been bound since before it was made, so that its success brings a card that is not.
    pub(super) unbinds: bool,
    /// The card that it was made with, by how often the card had been replaced.
    pub(super) card: u32,
    pub(super) outcome: Outcome,
    pub(super) provider_reference: Option<String>,
    pub(super) decline: Option<Decline>,
}

object!(Attempt {
    on: required "on",
    amount: optional "amount",
    by_cardholder: defaulted "byCardholder",
    unbinds: defaulted "unbinds",
    card: defaulted "card",
    outcome: required "outcome",
    provider_reference: optional "providerReference",
    decline: optional "decline",
});

impl Attempt {
    pub(super) fn is_out(&self) -> bool {
        matches!(self.outcome, Outcome::InFlight | Outcome::Pending)
    }
}

impl Record {
    /// A payment that is not the schedule's own: of an amount, due on a day.
    pub(super) fn beside(kind: PaymentKind, place: PaymentKey, due_date: Date, amount: Money) -> Self {
        let PaymentKey { number, extra } = place;
        let amount_kind = match kind {
            PaymentKind::Verification => AmountKind::Fixed,
            _ => AmountKind::Variable,
        };
        Self {
            number,
            extra,
            kind,
            due_date,
            period: None,
            period_days: 0,
            prices: Vec::new(),
            credited_price: None,
            amount,
            amount_kind,
            from_balance: None,
            customer_present: false,
            lines: Vec::new(),
            status: PaymentStatus::Open,
            attempts: Vec::new(),
        }
    }

    pub(super) fn key(&self) -> PaymentKey {
        PaymentKey { number: self.number, extra: self.extra }
    }

    /// Whether it is a payment of the schedule.
    pub(super) fn is_own(&self) -> bool {
        self.number > 0 && self.extra == 0
    }

    pub(super) fn is_open(&self) -> bool {
        self.status == PaymentStatus::Open
    }

    /// Whether its days are paid for.
    pub(super) fn is_paid_for(&self) -> bool {
        matches!(self.status, PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported)
    }

    pub(super) fn covers(&self, day: Date) -> bool {
        self.period.is_some_and(|period| period.contains(day))
    }

    /// The attempt that is out, if one is, with its number.
    pub(super) fn out(&self) -> Option<(u32, &Attempt)> {
        (1..).zip(&self.attempts).find(|(_, attempt)| attempt.is_out())
    }

    /// Whether an attempt has reached the provider.
    pub(super) fn was_attempted(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome != Outcome::NotMade)
    }

    pub(super) fn was_declined(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome == Outcome::Declined)
    }

    /// The number of the attempt that comes next: the one that was not made, or a new one.
    pub(super) fn next_attempt(&self) -> u32 {
        let made = self.attempts.iter().filter(|attempt| attempt.outcome != Outcome::NotMade).count();
        u32::try_from(made).unwrap_or(u32::MAX).saturating_add(1)
    }

    /// The declines of a card, as the retry rules read them.
    pub(super) fn declines(&self, card: u32) -> Vec<RetryAttempt> {
        let declined = |attempt: &&Attempt| attempt.outcome == Outcome::Declined && attempt.card == card;
        let decline = |attempt: &Attempt| attempt.decline.clone().unwrap_or_else(Decline::unexplained);
        let declined = self.attempts.iter().filter(declined);
        declined
            .map(|attempt| RetryAttempt { on: attempt.on, amount: self.taken_by(attempt), decline: decline(attempt) })
            .collect()
    }

    /// What an attempt takes.
    pub(super) fn taken_by(&self, attempt: &Attempt) -> Money {
        attempt.amount.unwrap_or(self.amount)
    }

    /// What is owed for it before the balance.
    pub(super) fn gross(&self) -> Result<Money, Error> {
        self.from_balance.map_or(Ok(self.amount), |from_balance| self.amount.plus(from_balance.negated()))
    }

    /// Drops what only a payment needs that can still be asked for, or whose days are running.
    pub(super) fn forget(&mut self) {
        self.lines.clear();
        self.prices.clear();
        (self.period, self.period_days, self.credited_price) = (None, 0, None);
    }

    /// The price that its days to come are charged at.
    pub(super) fn price(&self) -> Option<Money> {
        self.prices.last().map(|entry| entry.price)
    }

    /// The part of a full period from a day to the end of its own.
    pub(super) fn part_left(&self, from: Date) -> Part {
        let left = self.period.and_then(|period| u32::try_from(from.days_until(period.end)).ok());
        match (left, self.period_days) {
            (Some(days), period_days) if period_days > 0 => Part::Days(Fraction { days, period_days }),
            _ => Part::Nothing,
        }
    }
}
