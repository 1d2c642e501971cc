//! The stored record of each payment that has been begun.

use super::attempt::{Attempt, Outcome};
use super::key::{AttemptId, PaymentKey, PaymentNumber};
use super::record_price::{LeftToPayment, PriceFrom};
use super::requested::Requested;
use crate::date::Date;
use crate::decline::Decline;
use crate::error::Error;
use crate::indicator::AmountKind;
use crate::json::{object, words};
use crate::money::Money;
use crate::payment::{PaidPeriod, PaymentKind};
use crate::pricing::applied::Applied;
use crate::pricing::bill;
use crate::pricing::costs::Costs;
use crate::pricing::line::{Line, LineKind, Span};
use crate::retry::RetryAttempt;

/// The status of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentStatus {
    /// It is still owed.
    Open,
    /// It was paid.
    Paid,
    /// Its number was settled by the payment of a plan change (R3.6).
    Included,
    /// It was settled elsewhere, before the subscription was imported.
    Imported,
    /// Its attempts are used up, or the provider never reported it.
    GivenUp,
    /// It was missed, and a later one was already due; or it was due during a pause.
    Skipped,
    /// It is not wanted any more: a plan change, a verification.
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

/// A payment that has been begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub(crate) number: PaymentNumber,
    pub(crate) extra: u32,
    pub(crate) kind: PaymentKind,
    pub(crate) due_date: Date,
    pub(crate) period: Option<PaidPeriod>,
    /// The days of the full period against which a plan change is prorated; 0 if nothing is prorated.
    pub(crate) period_days: u32,
    /// The days of pauses in the period, which count neither as used nor as left (R5.10).
    pub(crate) pauses: Vec<Span>,
    /// The first day of its period that costs nothing, as a later due date has extended it (R5.13).
    pub(crate) free_from: Option<Date>,
    /// The prices of a full period at which its days are charged, in order. Empty for unscheduled payments.
    pub(crate) prices: Vec<PriceFrom>,
    /// What a full period costs at the price at which its remaining days are paid; `None` while nothing is paid (R3.9).
    pub(crate) credited_price: Option<Costs>,
    /// What applies to it beside the price: the discounts and the minimum of its last price, the taxes, the set-up fee.
    pub(crate) applied: Option<Box<Applied>>,
    /// The most that can be credited for its remaining days without tax: what was paid for them, or added to the balance
    /// as debt (R3.9).
    pub(crate) cap: Option<Money>,
    /// The taxes paid with that, of each rate; empty if they are those on it (R9.4).
    pub(crate) taxes_paid: Vec<Money>,
    /// The effect of a plan change, applied once it is paid.
    pub(crate) left: Option<LeftToPayment>,
    /// The day of the change since which it has an amount above 0 (R4.3).
    pub(crate) costs_since: Option<Date>,
    pub(crate) amount: Money,
    pub(crate) amount_kind: AmountKind,
    /// The part of the balance in the amount: below zero what the balance pays, above zero what is collected for it.
    pub(crate) from_balance: Option<Money>,
    /// Whether the cardholder is present to pay.
    pub(crate) customer_present: bool,
    /// The last request to make it before its retry day (R5.13).
    pub(crate) requested: Option<Requested>,
    /// Kept while the payment can still be requested.
    pub(crate) lines: Vec<Line>,
    pub(crate) status: PaymentStatus,
    pub(crate) attempts: Vec<Attempt>,
}

object!(Record {
    number: required "number",
    extra: defaulted "extra",
    kind: required "kind",
    due_date: required "dueDate",
    period: optional "period",
    period_days: defaulted "periodDays",
    pauses: defaulted "pauses",
    free_from: optional "freeFrom",
    costs_since: optional "costsSince",
    prices: defaulted "prices",
    credited_price: optional "creditedPrice",
    applied: optional "applied",
    cap: optional "cap",
    taxes_paid: defaulted "taxesPaid",
    left: optional "left",
    amount: required "amount",
    amount_kind: required "amountKind",
    from_balance: optional "fromBalance",
    customer_present: defaulted "customerPresent",
    requested: optional "requested",
    lines: defaulted "lines",
    status: required "status",
    attempts: defaulted "attempts",
});

impl Record {
    /// Returns an unscheduled payment of an amount, due on a day.
    pub(crate) fn beside(kind: PaymentKind, key: PaymentKey, due_date: Date, amount: Money) -> Self {
        let PaymentKey { number, extra } = key;
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
            pauses: Vec::new(),
            free_from: None,
            costs_since: None,
            prices: Vec::new(),
            credited_price: None,
            applied: None,
            cap: None,
            taxes_paid: Vec::new(),
            left: None,
            amount,
            amount_kind,
            from_balance: None,
            customer_present: false,
            requested: None,
            lines: Vec::new(),
            status: PaymentStatus::Open,
            attempts: Vec::new(),
        }
    }

    pub(crate) fn key(&self) -> PaymentKey {
        PaymentKey { number: self.number, extra: self.extra }
    }

    /// Returns whether it is a payment of the schedule.
    pub(crate) fn is_own(&self) -> bool {
        self.key().is_own()
    }

    pub(crate) fn is_open(&self) -> bool {
        self.status == PaymentStatus::Open
    }

    /// Returns whether its days are paid for.
    pub(crate) fn is_paid_for(&self) -> bool {
        matches!(self.status, PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported)
    }

    /// Returns whether it stays a record however long ago it was settled: the first verification, and what was owed at
    /// the end.
    pub(crate) fn stays(&self) -> bool {
        self.key() == PaymentKey::VERIFICATION || self.kind == PaymentKind::Final
    }

    /// Returns whether its number is settled: paid, of 0, skipped or given up.
    pub(crate) fn is_settled(&self) -> bool {
        !matches!(self.status, PaymentStatus::Open | PaymentStatus::Stopped)
    }

    pub(crate) fn covers(&self, day: Date) -> bool {
        self.period.is_some_and(|period| period.contains(day))
    }

    /// Returns its attempts with their ids.
    pub(crate) fn attempts(&self) -> impl Iterator<Item = (AttemptId, &Attempt)> {
        let key = self.key();
        self.attempts.iter().enumerate().map(move |(index, attempt)| (key.attempt_at(index), attempt))
    }

    /// Returns the attempt whose outcome is unknown.
    pub(crate) fn unresolved(&self) -> Option<(AttemptId, &Attempt)> {
        self.attempts().find(|(_, attempt)| attempt.is_unresolved())
    }

    /// Returns whether an attempt has reached the provider.
    pub(crate) fn was_attempted(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome != Outcome::NotMade)
    }

    pub(crate) fn was_declined(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome == Outcome::Declined)
    }

    /// Returns whether it was requested with the cardholder present to pay on a day.
    pub(crate) fn has_customer_on(&self, day: Date) -> bool {
        self.requested.is_some_and(|requested| requested.customer_present && requested.on == day)
    }

    /// Returns whether its policy's day is lifted on a day: it was requested, and not attempted since.
    pub(crate) fn is_lifted(&self, day: Date) -> bool {
        // One that was not made is made again (R6.6).
        let made = self.attempts.iter().rfind(|attempt| attempt.outcome != Outcome::NotMade);
        let last = made.map(|attempt| attempt.on);
        self.requested
            .is_some_and(|requested| !requested.customer_present && requested.on <= day && last < Some(requested.on))
    }

    /// Returns the next attempt: the last one again if it was not made, otherwise a new one.
    pub(crate) fn next_attempt(&self) -> AttemptId {
        let made = match self.attempts.split_last() {
            Some((last, earlier)) if last.outcome == Outcome::NotMade => earlier.len(),
            _ => self.attempts.len(),
        };
        self.key().attempt_at(made)
    }

    /// Returns the declines of a card for the retry rules.
    pub(crate) fn declines(&self, card: u32) -> Vec<RetryAttempt> {
        let declined = |attempt: &&Attempt| attempt.outcome == Outcome::Declined && attempt.card == card;
        let decline = |attempt: &Attempt| attempt.decline.clone().unwrap_or_else(Decline::unexplained);
        let declined = self.attempts.iter().filter(declined);
        declined
            .map(|attempt| RetryAttempt { on: attempt.on, amount: self.taken_by(attempt), decline: decline(attempt) })
            .collect()
    }

    /// Returns it as it is computed now, with what was begun of it. `unbegun` is the same number as not yet begun.
    pub(crate) fn computed_anew(mut self, unbegun: Self) -> Self {
        self.keep_amounts();
        let Self { kind, attempts, customer_present, requested, .. } = self;
        Self { kind, attempts, customer_present, requested, ..unbegun }
    }

    /// Returns the attempt that settled it.
    pub(crate) fn settled_by(&self) -> Option<(AttemptId, &Attempt)> {
        let settles = |attempt: &Attempt| attempt.outcome == Outcome::Succeeded && !attempt.is_surplus;
        if self.status == PaymentStatus::Paid { self.attempts().find(|(_, attempt)| settles(attempt)) } else { None }
    }

    /// Returns the amount that was paid for it, here or elsewhere.
    pub(crate) fn taken(&self, nothing: Money) -> Money {
        match self.status {
            PaymentStatus::Imported => self.amount,
            _ => self.settled_by().map_or(nothing, |(_, attempt)| self.taken_by(attempt)),
        }
    }

    /// Returns the amount of an attempt.
    pub(crate) fn taken_by(&self, attempt: &Attempt) -> Money {
        attempt.amount.unwrap_or(self.amount)
    }

    /// Returns whether it is still collected after the end of service (R5.9).
    pub(crate) fn outlives_service(&self) -> bool {
        matches!(self.kind, PaymentKind::Unscheduled | PaymentKind::Final)
    }

    /// Returns whether it is a payment of the schedule without any attempt: its amount follows the balance.
    pub(crate) fn is_unbegun(&self) -> bool {
        self.is_own() && self.attempts.is_empty()
    }

    /// Returns whether its success is only recorded: its amount is 0, and it is not a verification.
    pub(crate) fn sends_nothing(&self) -> bool {
        self.amount.amount() == 0 && self.kind != PaymentKind::Verification
    }

    /// Stores the amount with each attempt, before the payment gets another amount (R3.11).
    pub(crate) fn keep_amounts(&mut self) {
        for attempt in &mut self.attempts {
            attempt.amount = attempt.amount.or(Some(self.amount));
        }
    }

    /// Returns every amount that it contains.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        let left = self.left.iter().flat_map(LeftToPayment::amounts);
        let known = [Some(self.amount), self.from_balance, self.cap].into_iter().flatten();
        let tried = self.attempts.iter().filter_map(|attempt| attempt.amount);
        let prices = self.prices.iter().flat_map(PriceFrom::amounts);
        let applied = self.applied.iter().flat_map(|applied| applied.setup.into_iter().chain(applied.minimum));
        known
            .chain(applied)
            .chain(self.taxes_paid.iter().copied())
            .chain(left)
            .chain(self.credited_price.iter().flat_map(Costs::amounts))
            .chain(tried)
            .chain(prices)
    }

    /// Returns the amount owed for it before the balance.
    pub(crate) fn gross(&self) -> Result<Money, Error> {
        self.from_balance.map_or(Ok(self.amount), |from_balance| self.amount.plus(from_balance.negated()))
    }

    /// Returns what a full period costs at the price at which its remaining days are charged.
    pub(crate) fn costs(&self) -> Option<Costs> {
        self.prices.last().map(PriceFrom::costs)
    }

    /// Returns what was paid for the remaining days, which is the most that can be credited for them (R3.9): the amounts of
    /// the last lines other than a balance and a credit for the period before. Lines for other days come before those.
    pub(crate) fn paid_for_days(&self) -> Option<Money> {
        let is_of_days =
            |line: &&Line| !matches!(line.kind, LineKind::Balance | LineKind::Credit | LineKind::Tax | LineKind::Setup);
        let lines = || self.lines.iter().filter(is_of_days);
        let last = lines().next_back()?;
        bill::sum(lines().filter(|line| line.period == last.period), last.amount.currency()).ok()
    }

    /// Returns whether it was skipped before it is due.
    pub(crate) fn is_skipped_ahead(&self, on: Date) -> bool {
        self.status == PaymentStatus::Skipped && self.due_date > on
    }
}
