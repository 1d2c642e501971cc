//! The identity of a payment, and of an attempt at it (R5.6).

use crate::digits::Digits;
use crate::error::{Code, Error};
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer, object};
use crate::payment::Payment;

/// The number of a payment of the schedule, from 1; 0 before the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PaymentNumber(u32);

impl PaymentNumber {
    /// Before the first payment of the schedule.
    pub(crate) const NONE: Self = Self(0);
    /// The first payment of the schedule.
    pub(crate) const FIRST: Self = Self(1);

    pub(crate) const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number at an index of a schedule that begins with the number `first`. Both count from 1.
    pub(crate) fn at(index: u32, first: Self) -> Self {
        Self(first.0.saturating_add(index)).prev()
    }

    pub(crate) const fn get(self) -> u32 {
        self.0
    }

    /// Returns the number after it. No schedule has as many payments as a `u32` can count.
    pub(crate) fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// Returns the number before it, or `NONE` if there is none.
    pub(crate) fn prev(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// Returns how many numbers are between `first` and this one, including `first`.
    pub(crate) fn since(self, first: Self) -> u32 {
        self.0.saturating_sub(first.0)
    }

    /// Returns the index, from 1, in a schedule that begins with the number `first`; `None` before it.
    pub(crate) fn index_from(self, first: Self) -> Option<u32> {
        self.0.checked_sub(first.0)?.checked_add(1)
    }
}

impl Sealed for PaymentNumber {}

impl Shape for PaymentNumber {
    fn read(node: &Node<'_>) -> Self {
        Self(u32::read(node))
    }

    fn write(&self, to: &mut Writer) {
        self.0.write(to);
    }
}

/// The identity of a payment: the schedule's number, and 0 for the schedule's own payment or 1, 2, … for unscheduled
/// ones (R5.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct PaymentKey {
    pub(crate) number: PaymentNumber,
    pub(crate) extra: u32,
}

object!(PaymentKey { number: required "number", extra: required "extra" });

impl PaymentKey {
    /// The key of the first verification.
    pub(crate) const VERIFICATION: PaymentKey = Self::own(PaymentNumber::NONE);

    /// Returns the key of the schedule's own payment.
    pub(crate) const fn own(number: PaymentNumber) -> Self {
        Self { number, extra: 0 }
    }

    /// Returns the key of an offered payment.
    pub(crate) fn of(payment: &Payment) -> Self {
        Self { number: PaymentNumber::new(payment.number), extra: payment.extra }
    }

    /// Returns whether it is a payment of the schedule.
    pub(crate) fn is_own(self) -> bool {
        self.number > PaymentNumber::NONE && self.extra == 0
    }

    /// Returns the attempt of a number, from 1.
    pub(crate) const fn attempt(self, attempt: u32) -> AttemptId {
        AttemptId { payment: self, attempt }
    }

    /// Returns the attempt at an index among those of the payment.
    pub(crate) fn attempt_at(self, index: usize) -> AttemptId {
        self.attempt(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
    }
}

/// The identity of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AttemptId {
    pub(crate) payment: PaymentKey,
    /// The number, from 1.
    pub(crate) attempt: u32,
}

impl AttemptId {
    /// Returns the reference of the attempt, by which the provider knows it.
    pub(crate) fn reference(self, subscription: &str) -> String {
        let PaymentKey { number, extra } = self.payment;
        // Room for the digits of three numbers.
        let mut reference = String::with_capacity(subscription.len().saturating_add(33));
        reference.push_str(subscription);
        for part in [number.get(), extra, self.attempt] {
            reference.push('-');
            reference.push_str(&Digits::of(part.into()));
        }
        reference
    }

    /// Parses a reference of the subscription; `None` if it is not in the form that [`reference`](Self::reference)
    /// writes.
    pub(crate) fn parse(reference: &str, subscription: &str) -> Option<Self> {
        let mut rest = reference.as_bytes().strip_prefix(subscription.as_bytes())?;
        let payment = PaymentKey { number: PaymentNumber::new(part(&mut rest)?), extra: part(&mut rest)? };
        let id = payment.attempt(part(&mut rest)?);
        if rest.is_empty() { Some(id) } else { None }
    }

    /// Returns its index among the attempts of the payment.
    pub(crate) fn index(self) -> Option<usize> {
        usize::try_from(self.attempt).ok()?.checked_sub(1)
    }
}

/// Parses a hyphen and the digits of a number, without a leading zero, and removes both from the start of a string.
fn part(rest: &mut &[u8]) -> Option<u32> {
    let mut number: Option<u32> = None;
    *rest = rest.strip_prefix(b"-")?;
    while let Some((digit, after)) = rest.split_first().filter(|(byte, _)| byte.is_ascii_digit()) {
        number = match number {
            // Nothing follows a zero that is the first.
            Some(0) => return None,
            before => Some(before.unwrap_or(0).checked_mul(10)?.checked_add((digit & 15).into())?),
        };
        *rest = after;
    }
    number
}

/// Checks the id of a subscription, which begins every reference.
pub(crate) fn check_id(id: &str) -> Result<String, Error> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (1..=40).contains(&id.len()) && id.bytes().all(allowed) {
        return Ok(id.into());
    }
    Err(Error::new(Code::InvalidString, "/id", "expected 1 to 40 letters, digits and hyphens"))
}
