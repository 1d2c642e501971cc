//! Payments and attempts of the model, and what a decline means.

use billing_rules::{Date, Decline, Retry};

use crate::credits::Pool;
use crate::model::share;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Own,
    Verification,
    Change,
    Extra,
    /// What is owed at the end (R5.9).
    Final,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaymentStatus {
    Open,
    Paid,
    /// Settled by the payment of a change to another cycle.
    Included,
    /// Settled before the subscription was imported.
    Imported,
    GivenUp,
    Skipped,
    Dropped,
    Stopped,
}

/// Why the card is not charged any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Card,
    Revoked,
}

/// What a decline means for new attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Meaning {
    pub binds: Option<Bound>,
    pub not_before: Option<Date>,
    pub wait: i64,
    /// Whether attempts past day 30 cost a fee.
    pub fee: bool,
}

impl Meaning {
    /// R6.2 to R6.4 for the declines that the histories here have. An unknown scheme takes all tables.
    pub fn of(decline: Option<&Decline>) -> Self {
        let Some(Decline { code, scheme, advice, retry, not_before, .. }) = decline else {
            return Meaning { binds: None, not_before: None, wait: 0, fee: true };
        };
        let scheme = scheme.as_deref().filter(|scheme| ["visa", "mastercard"].contains(scheme));
        let (visa, mastercard) = (scheme != Some("mastercard"), scheme != Some("visa"));
        let binds = match (code.as_deref(), advice.as_deref(), retry) {
            (Some("R1"), _, _) if visa => Some(Bound::Revoked),
            (Some("R1" | "54"), _, _) => Some(Bound::Card),
            (Some("04"), _, _) if visa => Some(Bound::Card),
            (_, Some("03"), _) if mastercard => Some(Bound::Card),
            (_, _, Retry::Never | Retry::NeedsCustomer) => Some(Bound::Card),
            _ => None,
        };
        let wait = if mastercard && advice.as_deref() == Some("26") { 3 } else { 0 };
        let not_before = not_before.filter(|_| *retry == Retry::NotBefore);
        Meaning { binds, not_before, wait, fee: visa }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Out,
    NotMade,
    Declined(Meaning),
    Succeeded,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    pub on: Date,
    pub amount: i64,
    pub by_cardholder: bool,
    /// Whether its success brings a card that is not bound.
    pub unbinds: bool,
    pub card: u32,
    pub outcome: Outcome,
    pub charge: Option<String>,
}

#[derive(Debug, Clone)]
pub struct Pay {
    pub number: u32,
    pub extra: u32,
    pub kind: Kind,
    pub due: Date,
    pub period: Option<(Date, Date)>,
    /// The days of a full period; 0 where nothing is prorated.
    pub of: i64,
    /// The prices that the period is charged at, from a day on each.
    pub prices: Vec<(Date, i64)>,
    /// At which price its days to come stand paid.
    pub credited_price: Option<i64>,
    /// The most that is paid for them, where only a change of plan charged for them.
    pub most: Option<i64>,
    pub gross: i64,
    /// How many days of how many its period costs at one price: a stub is a part of a full period (R3.8).
    pub whole: (i64, i64),
    /// What it is less by for days that the period before has paid for (R5.13).
    pub overlap: i64,
    pub from_balance: i64,
    /// What a change leaves for the payment after this one, once this one is paid (R3.11), and the price that
    /// this takes for a full period of days to come is that of those days less this one.
    pub carried: i64,
    pub carried_base: Option<i64>,
    /// The change that made a checkout of a payment of zero.
    pub checkout_from: Option<Date>,
    pub present: bool,
    pub status: PaymentStatus,
    pub attempts: Vec<Attempt>,
    /// The attempt whose success settled it.
    pub paid_by: Option<usize>,
    /// Days of its period that are neither left nor gone: of a pause, or free ones (R5.10, R5.13).
    pub holes: Vec<(Date, Date)>,
    /// The number whose period the payment of a change pays for.
    pub pays_for: Option<u32>,
    /// The money back that came off its days (R5.12).
    pub pool: Pool,
    /// What a cancellation for a later date cuts off (R5.9).
    pub cut: Option<Cut>,
    /// The day from which it was requested (R5.13).
    pub requested: Option<Date>,
}

/// What was cut off a payment, where its period had ended, and how often it had been attempted by then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cut {
    pub amount: i64,
    pub end: Date,
    pub attempts: usize,
}

impl Pay {
    pub fn beside(kind: Kind, (number, extra): (u32, u32), due: Date, gross: i64) -> Self {
        let (period, of, prices, credited_price, from_balance) = (None, 0, Vec::new(), None, 0);
        let (present, status, attempts) = (kind == Kind::Verification, PaymentStatus::Open, Vec::new());
        Pay {
            number,
            extra,
            kind,
            due,
            period,
            of,
            prices,
            credited_price,
            most: None,
            gross,
            whole: (1, 1),
            overlap: 0,
            from_balance,
            carried: 0,
            carried_base: None,
            checkout_from: None,
            present,
            status,
            attempts,
            paid_by: None,
            holes: Vec::new(),
            pays_for: None,
            pool: Pool::default(),
            cut: None,
            requested: None,
        }
    }

    pub fn place(&self) -> (u32, u32) {
        (self.number, self.extra)
    }

    /// What is owed for it before the balance.
    pub fn owed(&self) -> i64 {
        self.gross - self.overlap
    }

    pub fn amount(&self) -> i64 {
        self.owed() + self.from_balance
    }

    pub fn is_open(&self) -> bool {
        self.status == PaymentStatus::Open
    }

    /// Whether it is of the schedule and nothing of it was begun: what it takes follows the balance.
    pub fn is_unbegun(&self) -> bool {
        self.is_own() && self.attempts.is_empty()
    }

    pub fn is_own(&self) -> bool {
        self.kind == Kind::Own
    }

    pub fn covers(&self, day: Date) -> bool {
        self.period.is_some_and(|(start, end)| start <= day && day < end)
    }

    /// The part of a price for the days from one on; nothing where nothing is prorated.
    pub fn part(&self, price: i64, from: Date) -> i64 {
        let end = self.period.unwrap().1;
        if self.of == 0 { 0 } else { share(price, self.served(from, end), self.of) }
    }

    /// What changes have carried for the days that are cut off, and is not carried (R5.9).
    pub fn carried_off(&self) -> i64 {
        let (Some(cut), Some((_, end))) = (self.cut, self.period) else { return 0 };
        let of_days = |price: Option<i64>| share(price.unwrap_or(0), self.served(end, cut.end), self.of.max(1));
        let is_carried = self.of > 0 && self.carried_base.is_some();
        if is_carried { of_days(self.credited_price) - of_days(self.carried_base) } else { 0 }
    }

    /// The days between two that count: those of no hole.
    pub fn served(&self, from: Date, until: Date) -> i64 {
        served(&self.holes, from, until)
    }

    /// How often it was attempted, but for what was not made.
    pub fn tries(&self) -> usize {
        self.attempts.iter().filter(|attempt| attempt.outcome != Outcome::NotMade).count()
    }

    pub fn out(&self) -> Option<usize> {
        self.attempts.iter().position(|attempt| attempt.outcome == Outcome::Out)
    }

    pub fn was_attempted(&self) -> bool {
        self.attempts.iter().any(|attempt| attempt.outcome != Outcome::NotMade)
    }

    pub fn was_declined(&self) -> bool {
        self.attempts.iter().any(|attempt| matches!(attempt.outcome, Outcome::Declined(_)))
    }

    pub fn paid_for(&self) -> bool {
        matches!(self.status, PaymentStatus::Paid | PaymentStatus::Included | PaymentStatus::Imported)
    }

    /// It is not paid, and what a change had left for the payment after it falls away with it.
    pub fn leave(&mut self, status: PaymentStatus) {
        self.status = status;
        (self.carried, self.carried_base, self.credited_price) = (0, None, None);
    }

    /// A new attempt, unless the last one was not made: that one is made again.
    pub fn next_attempt(&self) -> usize {
        let again = self.attempts.last().is_some_and(|attempt| attempt.outcome == Outcome::NotMade);
        self.attempts.len() + usize::from(!again)
    }
}

/// The days between two that lie in no hole.
pub fn served(holes: &[(Date, Date)], from: Date, until: Date) -> i64 {
    if until <= from {
        return 0;
    }
    if holes.is_empty() {
        return from.days_until(until);
    }
    let mut inside: Vec<(Date, Date)> =
        holes.iter().map(|(first, end)| ((*first).max(from), (*end).min(until))).collect();
    inside.sort();
    let (mut days, mut reached) = (from.days_until(until), from);
    for (first, end) in inside {
        let first = first.max(reached);
        if first < end {
            days -= first.days_until(end);
            reached = end;
        }
    }
    days
}
