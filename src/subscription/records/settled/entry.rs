//! One folded payment as a string: what a late report of it can still need.
//!
//! An entry has only what differs from the entry before it, which is of the next newer payment:
//!
//! | part | written | meaning |
//! |---|---|---|
//! | status | always | a small letter |
//! | `.` | another than the number that follows | how many numbers further back |
//! | days | always | from the due date to that of the entry before, `~` before them where they are negative |
//! | `E` | beside the schedule | the extra |
//! | `K` | another kind than usual | its letter |
//! | `A` | another amount | minor units |
//! | `V` | the amount is of the other kind than usual | |
//! | `B` | can still be settled, and changes the balance | how much, the sign in the lowest bit |
//! | `S` | can still be settled, and has the set-up fee | how much, with its taxes |
//! | `T` | other attempts than usual | how many, then each |
//! | `R` | one usual attempt with a charge | its mark |

use crate::date::Date;
use crate::indicator::AmountKind;
use crate::money::{Currency, Money};
use crate::payment::PaymentKind;
use crate::pricing::applied::Applied;
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::{PaymentKey, PaymentNumber};
use crate::subscription::records::mark::Mark;
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::symbols::{Symbols, push_number};

const STATUSES: [(PaymentStatus, u8); 7] = [
    (PaymentStatus::Paid, b'p'),
    (PaymentStatus::Included, b'i'),
    (PaymentStatus::Imported, b'm'),
    (PaymentStatus::GivenUp, b'g'),
    (PaymentStatus::Skipped, b's'),
    (PaymentStatus::Dropped, b'd'),
    (PaymentStatus::Stopped, b'x'),
];

const KINDS: [(PaymentKind, u8); 6] = [
    (PaymentKind::Recurring, b'r'),
    (PaymentKind::Initial, b'i'),
    (PaymentKind::Unscheduled, b'u'),
    (PaymentKind::PlanChange, b'c'),
    (PaymentKind::Verification, b'v'),
    (PaymentKind::Final, b'f'),
];

const OUTCOMES: [Outcome; 3] = [Outcome::Succeeded, Outcome::Declined, Outcome::NotMade];

/// What an attempt has, beside its outcome in the lowest two bits.
const BY_CARDHOLDER: u64 = 4;
const CHARGE: u64 = 8;
const CARD: u64 = 16;
const AMOUNT: u64 = 32;
const LIFTS_BLOCK: u64 = 64;
const IS_SURPLUS: u64 = 128;

fn letter<T: PartialEq>(letters: &[(T, u8)], of: &T) -> char {
    letters.iter().find(|(value, _)| value == of).map_or('p', |(_, letter)| char::from(*letter))
}

fn by_letter<T: Copy>(letters: &[(T, u8)], letter: u8) -> Option<T> {
    letters.iter().find(|(_, known)| *known == letter).map(|(value, _)| *value)
}

/// What an entry is compared with: the one before it; nothing before the first.
#[derive(Clone, Copy, Default)]
pub(super) struct Before(Option<Newer>);

#[derive(Clone, Copy)]
struct Newer {
    key: PaymentKey,
    due_date: Date,
    amount: Money,
    card: u32,
}

impl Before {
    /// Returns what is compared with a payment.
    pub(super) fn of(record: &Record) -> Self {
        let Record { due_date, amount, .. } = *record;
        let card = record.attempts.last().map_or(0, |attempt| attempt.card);
        Self(Some(Newer { key: record.key(), due_date, amount, card }))
    }

    /// Returns how far back a number is from the one that usually follows: of the schedule one after the other, and the same with
    /// payments beside it. The first entry has the number itself.
    fn distance(&self, number: PaymentNumber) -> u32 {
        self.follows().map_or(number.get(), |usual| usual.since(number))
    }

    fn number(&self, distance: u32) -> Option<PaymentNumber> {
        match self.follows() {
            Some(usual) => usual.get().checked_sub(distance).map(PaymentNumber::new),
            None => Some(PaymentNumber::new(distance)),
        }
    }

    fn follows(&self) -> Option<PaymentNumber> {
        self.0.map(|newer| if newer.key.is_own() { newer.key.number.prev() } else { newer.key.number })
    }

    fn due_date(&self) -> Date {
        self.0.map_or(Date::LAST, |newer| newer.due_date)
    }

    fn amount(&self) -> Option<Money> {
        self.0.map(|newer| newer.amount)
    }

    fn card(&self) -> u32 {
        self.0.map_or(0, |newer| newer.card)
    }

    /// Returns the attempts that a payment of a status usually has: one by the merchant, with the card of the entry before.
    fn attempts(&self, status: PaymentStatus, due_date: Date) -> Vec<Attempt> {
        match status {
            PaymentStatus::Paid => vec![Attempt::new(due_date, self.card(), Outcome::Succeeded)],
            _ => Vec::new(),
        }
    }
}

fn usual_kind(key: PaymentKey) -> PaymentKind {
    if key.is_own() { PaymentKind::Recurring } else { PaymentKind::Unscheduled }
}

fn usual_amount_kind(kind: PaymentKind) -> AmountKind {
    match kind {
        PaymentKind::Initial | PaymentKind::Recurring | PaymentKind::Verification => AmountKind::Fixed,
        PaymentKind::PlanChange | PaymentKind::Unscheduled | PaymentKind::Final => AmountKind::Variable,
    }
}

fn other(kind: AmountKind) -> AmountKind {
    match kind {
        AmountKind::Fixed => AmountKind::Variable,
        AmountKind::Variable => AmountKind::Fixed,
    }
}

/// Returns whether money can still settle it.
fn can_be_settled(status: PaymentStatus) -> bool {
    matches!(status, PaymentStatus::GivenUp | PaymentStatus::Skipped)
}

/// Writes a payment after the next newer one.
pub(super) fn push(record: &Record, before: &Before, to: &mut String) {
    to.push(letter(&STATUSES, &record.status));
    let distance = before.distance(record.number);
    if distance > 0 {
        to.push('.');
        push_number(distance.into(), to);
    }
    let days = record.due_date.days_until(before.due_date());
    if days < 0 {
        to.push('~');
    }
    push_number(days.unsigned_abs(), to);
    if !record.is_own() {
        to.push('E');
        push_number(record.extra.into(), to);
    }
    if record.kind != usual_kind(record.key()) {
        to.push('K');
        to.push(letter(&KINDS, &record.kind));
    }
    if before.amount() != Some(record.amount) {
        to.push('A');
        push_number(record.amount.amount().unsigned_abs(), to);
    }
    if record.amount_kind != usual_amount_kind(record.kind) {
        to.push('V');
    }
    if let Some(from_balance) = record.from_balance
        && can_be_settled(record.status)
    {
        let sign = u64::from(from_balance.amount() < 0);
        to.push('B');
        push_number(from_balance.amount().unsigned_abs().wrapping_shl(1) | sign, to);
    }
    if let Some(setup) = record.applied.as_ref().and_then(|applied| applied.setup)
        && can_be_settled(record.status)
    {
        to.push('S');
        push_number(setup.amount().unsigned_abs(), to);
    }
    push_attempts(record, before, to);
}

fn push_attempts(record: &Record, before: &Before, to: &mut String) {
    let usual = before.attempts(record.status, record.due_date);
    let is_usual = |(attempt, usual): (&Attempt, &Attempt)| {
        let Attempt { amount, by_cardholder, card, outcome, is_surplus, .. } = attempt;
        (*amount, *by_cardholder, *card, *outcome, *is_surplus) == (None, false, usual.card, usual.outcome, false)
    };
    if record.attempts.len() == usual.len() && record.attempts.iter().zip(&usual).all(is_usual) {
        if let Some(mark) = record.attempts.first().and_then(Attempt::mark) {
            to.push('R');
            mark.push_to(to);
        }
        return;
    }
    to.push('T');
    push_number(u64::try_from(record.attempts.len()).unwrap_or(u64::MAX), to);
    let mut card = before.card();
    for attempt in &record.attempts {
        push_attempt(attempt, card, to);
        card = attempt.card;
    }
}

fn push_attempt(attempt: &Attempt, card: u32, to: &mut String) {
    let outcome = OUTCOMES.iter().position(|outcome| *outcome == attempt.outcome).unwrap_or_default();
    let mark = attempt.mark();
    // Of an attempt that succeeded nothing more is to come.
    let lifts_block = attempt.lifts_block && attempt.outcome != Outcome::Succeeded;
    let has = |bit: u64, is_so: bool| if is_so { bit } else { 0 };
    let bits = u64::try_from(outcome).unwrap_or_default()
        | has(BY_CARDHOLDER, attempt.by_cardholder)
        | has(CHARGE, mark.is_some())
        | has(CARD, attempt.card != card)
        | has(AMOUNT, attempt.amount.is_some())
        | has(LIFTS_BLOCK, lifts_block)
        | has(IS_SURPLUS, attempt.is_surplus);
    push_number(bits, to);
    if let Some(mark) = mark {
        mark.push_to(to);
    }
    if attempt.card != card {
        push_number(attempt.card.into(), to);
    }
    if let Some(amount) = attempt.amount {
        push_number(amount.amount().unsigned_abs(), to);
    }
}

/// Reads the payment that follows the next newer one. `None` if it is not as [`push`] writes it.
pub(super) fn pull(symbols: &mut Symbols<'_>, before: &Before, currency: Currency) -> Option<Record> {
    let money = |symbols: &mut Symbols<'_>| Money::new(symbols.number()?.try_into().ok()?, currency).ok();
    let status = by_letter(&STATUSES, symbols.next()?)?;
    let number = before.number(if symbols.skips(b'.') { symbols.number()?.try_into().ok()? } else { 0 })?;
    let is_later = symbols.skips(b'~');
    let days = i64::try_from(symbols.number()?).ok()?;
    let due_date = before.due_date().plus_days(if is_later { days } else { days.checked_neg()? })?;
    let extra = if symbols.skips(b'E') { symbols.number()?.try_into().ok()? } else { 0 };
    let key = PaymentKey { number, extra };
    let is_in_order = before.0.is_none_or(|newer| key < newer.key);
    if !is_in_order || extra == 0 && !key.is_own() {
        return None;
    }
    let kind = if symbols.skips(b'K') { by_letter(&KINDS, symbols.next()?)? } else { usual_kind(key) };
    let amount = if symbols.skips(b'A') { money(symbols)? } else { before.amount()? };
    let usual = usual_amount_kind(kind);
    let amount_kind = if symbols.skips(b'V') { other(usual) } else { usual };
    let mut record = Record { status, amount_kind, ..Record::beside(kind, key, due_date, amount) };
    if symbols.skips(b'B') {
        let number = symbols.number()?;
        let magnitude = Money::new(number.wrapping_shr(1).try_into().ok()?, currency).ok()?;
        record.from_balance = Some(if number & 1 == 1 { magnitude.negated() } else { magnitude });
    }
    if symbols.skips(b'S') {
        record.applied = Applied { setup: Some(money(symbols)?), ..Applied::default() }.some();
    }
    record.attempts = before.attempts(status, due_date);
    if symbols.skips(b'T') {
        record.attempts = pull_attempts(symbols, before.card(), due_date, &money)?;
    } else if symbols.skips(b'R') {
        record.attempts.first_mut()?.charge_mark = Some(Mark::pull(symbols)?);
    }
    Some(record)
}

fn pull_attempts(
    symbols: &mut Symbols<'_>,
    card: u32,
    due_date: Date,
    money: &impl Fn(&mut Symbols<'_>) -> Option<Money>,
) -> Option<Vec<Attempt>> {
    let count = symbols.number()?;
    let mut card = card;
    let mut attempts = Vec::new();
    for _ in 0..count {
        let bits = symbols.number()?;
        let has = |bit: u64| bits & bit != 0;
        let outcome = *OUTCOMES.get(usize::try_from(bits & 3).ok()?)?;
        let charge_mark = if has(CHARGE) { Some(Mark::pull(symbols)?) } else { None };
        card = if has(CARD) { symbols.number()?.try_into().ok()? } else { card };
        let amount = if has(AMOUNT) { Some(money(symbols)?) } else { None };
        let (by_cardholder, lifts_block, is_surplus) = (has(BY_CARDHOLDER), has(LIFTS_BLOCK), has(IS_SURPLUS));
        let attempt = Attempt::new(due_date, card, outcome);
        attempts.push(Attempt { amount, by_cardholder, lifts_block, is_surplus, charge_mark, ..attempt });
    }
    Some(attempts)
}
