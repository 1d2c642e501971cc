//! How a subscription ends: cancelled, finished, or neither after all (R5.3, R5.9).

use super::action::Action;
use super::event::When;
use super::next_action::next_action;
use super::record::{PaymentStatus, Record};
use super::state::{Status, Subscription};
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::pricing::line::{Line, LineKind, LineRule, Span};

impl Subscription {
    pub(super) fn cancel(&mut self, on: Date, when: When) -> Result<(), Errors> {
        self.not_ended()?;
        let served = self.paid_until().is_some_and(|end| end > on) && self.status == Status::Active;
        let in_trial = self.terms.trial_start.is_some_and(|trial_start| trial_start <= on)
            && self.status != Status::Error
            && self.served_until().is_some_and(|end| end > on);
        if when == When::PeriodEnd && (served || in_trial) {
            self.state.ending = true;
            return Ok(());
        }
        self.nothing_in_flight()?;
        self.end(on, Status::Cancelled, PaymentStatus::Stopped);
        Ok(())
    }

    pub(super) fn withdraw_cancellation(&mut self, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        if !self.state.ending || self.served_until().is_none_or(|end| end <= on) {
            let message = "no cancellation waits to take force";
            return Err(Error::new(Code::NothingToWithdraw, "/event/type", message).into());
        }
        self.state.ending = false;
        self.put_off_changes(on);
        Ok(())
    }

    /// Changes whose day has passed while nothing could take force do so from a day on.
    pub(super) fn put_off_changes(&mut self, on: Date) {
        for change in self.state.changes.iter_mut().filter(|change| change.payment.is_none()) {
            change.change.at = change.change.at.max(on);
        }
    }

    pub(super) fn finish(&mut self, on: Date, told: Status) -> Result<(), Errors> {
        match next_action(self, on)? {
            Action::None { status } if status.is_final() && status == told => Ok(()),
            Action::Finish { status, .. } if status == told => {
                self.end(on, status, PaymentStatus::Stopped);
                Ok(())
            }
            // The provider that schedules also decides when it is over (R5.7).
            _ if self.terms.is_internal() && told.is_final() && !self.status.is_final() => {
                self.end(on, told, PaymentStatus::GivenUp);
                Ok(())
            }
            _ => {
                let message = "it is not over: this event answers the action `finish`, with its status";
                Err(Error::new(Code::NotEnded, "/event/status", message).into())
            }
        }
    }

    fn end(&mut self, on: Date, status: Status, open: PaymentStatus) {
        self.status = status;
        self.state.ended = Some(on);
        self.state.changes.clear();
        self.state.paused = None;
        for record in self.state.records.iter_mut().filter(|record| record.is_open()) {
            record.status = open;
        }
    }
}

/// What a cancellation on a day leaves unused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CancellationQuote {
    /// The part of what was paid that is for days to come, 0 or more. Nothing is refunded by itself.
    pub unused: Money,
    /// The line that explains it; none when nothing is unused.
    pub lines: Vec<Line>,
    /// The day for which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3).
    pub digest: String,
}

object!(CancellationQuote {
    unused: required "unused",
    lines: required "lines",
    as_of: required "asOf",
    digest: required "digest",
});

/// Tells what part of the running period would go unused by a cancellation at once (R3.2, R3.9, R5.9).
///
/// # Errors
/// `event_out_of_order`; `subscription_ended`.
pub fn quote_cancellation(subscription: &Subscription, on: Date) -> Result<CancellationQuote, Errors> {
    subscription.not_before_last_event(on, "/on")?;
    let mut now = subscription.as_of(on)?;
    now.not_ended().map_err(Error::at_root)?;
    // The days of a pause were not used, whatever becomes of it.
    if let Some(paused) = now.state.paused {
        now.without_days(paused, on);
    }
    let running = now.running_on(on);
    let line = running.map(|record| now.unused(record, on)).transpose()?.flatten();
    let nothing = Money::zero(now.terms.price.currency());
    let unused = line.as_ref().map_or(nothing, |line| line.amount.negated());
    let mut agreed = Agreed::new("cancellation 1");
    agreed.day("asOf", on);
    agreed.money("unused", unused);
    Ok(CancellationQuote { unused, lines: line.into_iter().collect(), as_of: on, digest: agreed.digest() })
}

impl Subscription {
    fn unused(&self, record: &Record, on: Date) -> Result<Option<Line>, Error> {
        let (Some(credited_price), Some(period)) = (record.credited_price, record.period) else { return Ok(None) };
        let part = record.part_left(on);
        let amount = part.of(credited_price, self.terms.rule()?)?.negated();
        let Some(fraction) = part.fraction().filter(|_| amount.amount() != 0) else { return Ok(None) };
        let note = [&fraction.text(), " not used of ", &credited_price.text()].concat();
        let span = Some(Span { start: on, end: period.end });
        let line = Line::apart(LineKind::Credit, amount, LineRule::Proration, note);
        Ok(Some(Line { price: Some(credited_price), period: span, fraction: Some(fraction), ..line }))
    }
}
