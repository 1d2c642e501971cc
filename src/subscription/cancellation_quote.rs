//! The quote of a cancellation: what is unused, refunded and collected (R3.2, R3.9, R5.9).

use super::advance;
use super::event::When;
use super::guard;
use super::offer;
use super::record::Record;
use super::service;
use super::state::Subscription;
use super::unused;
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::Errors;
use crate::json::object;
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::pricing::line::Line;

/// The quote of a cancellation: what is unused, refunded and collected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CancellationQuote {
    /// The first day without service.
    pub effective: Date,
    /// The part of the payments for days to come, 0 or more.
    pub unused: Money,
    /// The balance; negative in the customer's favour.
    pub balance: Money,
    /// The amount in the customer's favour: unused and balance together, if above 0. Nothing is refunded automatically.
    pub refund: Money,
    /// The amount owed: the balance minus the unused part, if above 0. It does not include unscheduled charges.
    pub owed: Money,
    /// The line that explains the unused part; empty if there is none.
    pub lines: Vec<Line>,
    /// Open unscheduled charges, which are still collected.
    pub open_charges: Vec<Payment>,
    /// The day as of which this was computed.
    pub as_of: Date,
    /// The digest of what is agreed to (R8.3).
    pub digest: String,
}

object!(CancellationQuote {
    effective: required "effective",
    unused: required "unused",
    balance: required "balance",
    refund: required "refund",
    owed: required "owed",
    lines: required "lines",
    open_charges: required "openCharges",
    as_of: required "asOf",
    digest: required "digest",
});

/// When a quoted cancellation takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CancellationOptions {
    /// Immediately, which is the default, or with the last paid period.
    pub when: Option<When>,
}

object!(CancellationOptions { when: optional "when" });

impl CancellationOptions {
    /// Creates the options of a cancellation that takes effect on the day of the quote.
    ///
    /// # Examples
    /// [`Subscription::quote_cancellation`] has one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets when the cancellation takes effect.
    ///
    /// # Examples
    /// [`Subscription::quote_cancellation`] has one.
    pub fn with_when(mut self, when: When) -> Self {
        self.when = Some(when);
        self
    }
}

/// Quotes a cancellation, as [`Subscription::quote_cancellation`] describes.
pub(super) fn quote_cancellation(
    subscription: &Subscription,
    on: Date,
    options: CancellationOptions,
) -> Result<CancellationQuote, Errors> {
    guard::not_before_last_event(subscription, on, "/on")?;
    let life = advance::seen(subscription, on)?;
    quote(&life, options.when.unwrap_or_default(), on)
}

/// Quotes a cancellation on a day, after the changes of earlier days.
pub(super) fn quote(life: &Subscription, when: When, on: Date) -> Result<CancellationQuote, Errors> {
    let (effective, balance, line, unused) = if let Some(over) = life.state.over {
        // After the end, the quote is as of the day of the end, whatever was settled since.
        let line = unused::line_on(life, over.on)?.filter(|line| line.amount.negated() == over.unused);
        (over.on, over.balance, line, over.unused)
    } else if when == When::PeriodEnd && service::runs_after(life, on) {
        (service::until(life).unwrap_or(on), life.balance, None, life.nothing())
    } else {
        (on, life.balance, unused::line_on(life, on)?, unused::amount_on(life, on)?)
    };
    let net = unused.plus(balance.negated())?;
    let (refund, owed) = (net.at_least_zero(), net.negated().at_least_zero());
    let charges = life.state.ledger.open().filter(|record| record.kind == PaymentKind::Unscheduled);
    let mut agreed = Agreed::new("cancellation 1");
    agreed.day("asOf", on);
    agreed.day("effective", effective);
    agreed.money("unused", unused);
    agreed.money("balance", balance);
    agreed.money("refund", refund);
    agreed.money("owed", owed);
    Ok(CancellationQuote {
        effective,
        unused,
        balance,
        refund,
        owed,
        lines: line.into_iter().collect(),
        open_charges: charges.map(|record: &Record| *offer::next_attempt(life, record, false)).collect(),
        as_of: on,
        digest: agreed.digest(),
    })
}
