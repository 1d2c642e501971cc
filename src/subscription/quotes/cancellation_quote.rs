//! The quote of a cancellation: what is unused, refunded and collected (R3.2, R3.9, R5.9).

use super::ahead;
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::preview::PreviewedPayment;
use crate::pricing::line::Line;
use crate::subscription::days::advance;
use crate::subscription::days::end;
use crate::subscription::days::offer;
use crate::subscription::event::When;
use crate::subscription::owed::balance;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::owed::last_day;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::service;
use crate::subscription::owed::shortened;
use crate::subscription::owed::unused;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::over::Over;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

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
    /// The amount in the customer's favour, 0 or more: the unused part and the balance that was paid for, less what was given
    /// back since the end. Nothing is refunded automatically.
    pub refund: Money,
    /// The amount owed: the balance minus the unused part, if above 0. It does not include unscheduled charges.
    pub owed: Money,
    /// The line that explains the unused part; empty if there is none.
    pub lines: Vec<Line>,
    /// The payment whose period the day of the end cuts short: its price less the credit of the days cut off. `None` if
    /// there is none, or if it was attempted already.
    pub shortened: Option<PreviewedPayment>,
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
    shortened: nullable "shortened",
    open_charges: required "openCharges",
    as_of: required "asOf",
    digest: required "digest",
});

/// When a quoted cancellation takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct CancellationOptions {
    /// Immediately, which is the default, with the last paid period, on a day, or on the first one that the minimum term
    /// allows.
    pub when: Option<When>,
    /// Whether it may take effect before the minimum term is over; default not (R10.4).
    pub early: Option<bool>,
}

object!(CancellationOptions { when: optional "when", early: optional "early" });

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

    /// Lets the cancellation take effect before the minimum term is over, as for a right of withdrawal (R10.4).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{CancellationOptions, Commitment, Cycle, Event, Schedule, Subscription, Terms};
    ///
    /// let day = "2026-01-01".parse()?;
    /// let terms = Terms::new("31.00 EUR".parse()?, Schedule::new(day, Cycle::MONTHLY))
    ///     .with_commitment(Commitment::Payments(12));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// let third = "2026-01-03".parse()?;
    /// assert!(paid.quote_cancellation(third, CancellationOptions::new()).is_err());
    /// let quote = paid.quote_cancellation(third, CancellationOptions::new().early())?;
    /// assert_eq!(quote.refund.to_string(), "29.00 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn early(mut self) -> Self {
        self.early = Some(true);
        self
    }
}

/// Quotes a cancellation, as [`Subscription::quote_cancellation`] describes.
pub(crate) fn quote_cancellation(
    subscription: &Subscription,
    on: Date,
    options: CancellationOptions,
) -> Result<CancellationQuote, Errors> {
    guard::not_before_last_event(subscription, on, "/on")?;
    let life = advance::seen(subscription, on)?;
    let is_early = options.early == Some(true);
    let when = resolved(&life, options.when.unwrap_or_default(), is_early, on, "/options/when")?;
    quote(&life, when, on)
}

/// Quotes a cancellation on a day, after the changes of earlier days.
pub(crate) fn quote(life: &Subscription, when: When, on: Date) -> Result<CancellationQuote, Errors> {
    if let When::On(day) = when
        && life.state.over.is_none()
    {
        return quote_for_day(life, day, on);
    }
    let settled = settled(life, when, on)?;
    quoted(life, settled, on, None)
}

/// Returns when a cancellation takes effect: now, with the period or on a later day. Unless it is early, it is an error before the
/// end of the minimum term.
pub(crate) fn resolved(
    life: &Subscription,
    when: When,
    is_early: bool,
    on: Date,
    path: &'static str,
) -> Result<When, Error> {
    let (when, end) = match when {
        When::PeriodEnd if service::runs_after(life, on) => (when, service::until(life).unwrap_or(on)),
        When::Now | When::PeriodEnd => (When::Now, on),
        When::Earliest => {
            let end = minimum_term::earliest_end(life, on).map_err(|error| error.moved_to(path))?;
            (for_day(life, end, on, path)?, end)
        }
        When::On(day) => (for_day(life, day, on, path)?, day),
    };
    if !is_early {
        minimum_term::check(life, end, on, path)?;
    }
    Ok(when)
}

/// Returns when a cancellation for a day takes effect: now, if that is its own day.
fn for_day(life: &Subscription, day: Date, on: Date, path: &'static str) -> Result<When, Error> {
    if day < on {
        let path = [path, "/on"].concat();
        return Err(Error::new(Code::OutOfRange, path, "expected a day on or after that of the cancellation"));
    }
    let is_passed = life.current.schedule.is_some() && !service::runs_after(life, on) && !last_day::follows(life)?;
    if day == on || service::is_over(life) || is_passed {
        return Ok(When::Now);
    }
    if life.state.ends_on.is_some_and(|end| end < day) && shortened::attempted(life).is_some() {
        let message = "cannot move the end to a later day because a payment up to it was attempted already";
        return Err(Error::new(Code::CancellationPending, path, message));
    }
    if life.terms.is_internal() && cuts_unpaid(life, day)? {
        let message = "cannot cut a period short because the provider runs the schedule; use the end of a period";
        return Err(Error::new(Code::ProviderManaged, path, message));
    }
    Ok(When::On(day))
}

/// Returns whether a day lies within a period that is not paid.
fn cuts_unpaid(life: &Subscription, day: Date) -> Result<bool, Error> {
    let Some(number) = life.current.number_due(day)? else { return Ok(false) };
    let is_paid = match life.state.ledger.get(PaymentKey::own(number)) {
        Some(record) => record.is_paid_for(),
        // It was settled long ago, or before it was imported.
        None => number <= life.state.ledger.last_settled(),
    };
    let period = life.current.period(number)?;
    Ok(!is_paid && period.is_some_and(|period| period.start < day && day < period.end))
}

/// Quotes a cancellation for a later day, if every payment until then is made.
fn quote_for_day(life: &Subscription, day: Date, on: Date) -> Result<CancellationQuote, Errors> {
    let mut ending = life.clone();
    (ending.state.ending, ending.state.ends_on) = (false, Some(day));
    shortened::renew_open(&mut ending)?;
    let mut lived = ahead::lived(&ending, on, day)?;
    let shortened = shortened_payment(&ending, &lived, on)?;
    advance::to(&mut lived, day)?;
    let settled = settled(&lived, When::Now, day)?;
    quoted(&lived, settled, on, shortened)
}

/// Returns the payment whose period the day of the end cuts short, if it was not attempted before. `lived` is the
/// subscription after every payment until that day.
fn shortened_payment(
    ending: &Subscription,
    lived: &Subscription,
    on: Date,
) -> Result<Option<PreviewedPayment>, Errors> {
    let Some(paid) = shortened::attempted(lived) else { return Ok(None) };
    let mut due = ahead::lived(ending, on, paid.due_date)?;
    advance::to(&mut due, paid.due_date.max(on))?;
    let own = due::next(&due)?.filter(|own| own.number == paid.number && !own.was_attempted());
    let mut shortened = own.map(|own| PreviewedPayment::of(&offer::next_attempt(&due, &own, false), on));
    minimum_term::bind(ending, shortened.as_mut_slice(), on)?;
    Ok(shortened)
}

fn quoted(
    life: &Subscription,
    settled: Settled,
    on: Date,
    shortened: Option<PreviewedPayment>,
) -> Result<CancellationQuote, Errors> {
    let Settled { effective, balance, refund, owed, unused, lines } = settled;
    let charges = life.state.ledger.open().filter(|record| record.kind == PaymentKind::Unscheduled);
    let mut agreed = Agreed::new("cancellation 1");
    agreed.day("asOf", on);
    agreed.day("effective", effective);
    agreed.money("unused", unused);
    agreed.money("balance", balance);
    agreed.money("refund", refund);
    agreed.money("owed", owed);
    if let Some(payment) = &shortened {
        agreed.payment("shortened", payment.due_date, payment.amount);
    }
    Ok(CancellationQuote {
        effective,
        unused,
        balance,
        refund,
        owed,
        lines,
        shortened,
        open_charges: charges.map(|record: &Record| *offer::next_attempt(life, record, false)).collect(),
        as_of: on,
        digest: agreed.digest(),
    })
}

/// What a cancellation settles.
struct Settled {
    effective: Date,
    unused: Money,
    lines: Vec<Line>,
    balance: Money,
    refund: Money,
    owed: Money,
}

fn settled(life: &Subscription, when: When, on: Date) -> Result<Settled, Errors> {
    if let Some(over) = &life.state.over {
        return after_end(life, over);
    }
    let (effective, parts) = match when {
        When::PeriodEnd => (service::until(life).unwrap_or(on), Vec::new()),
        _ => (on, unused::all(life, on)?),
    };
    let (unused, lines) = unused::sum(life, &parts)?;
    let (balance, given) = (life.balance, life.state.given);
    let (refund, owed) = net(unused, balance, given)?;
    Ok(Settled { effective, unused, lines, balance, refund, owed })
}

/// Returns the quote as of the day of the end, less what was given back since (R5.9).
fn after_end(life: &Subscription, over: &Over) -> Result<Settled, Errors> {
    let unused = end::unused_at(life, over)?;
    let (sum, lines) = unused::sum(life, &unused::all(life, over.on)?)?;
    let lines = if sum == unused { lines } else { Vec::new() };
    let (mut refund, owed) = net(unused, over.balance, over.given)?;
    let refunds = life.state.refunds.iter().filter(|refund| refund.is_after_end && !refund.is_beside);
    for back in refunds.map(|refund| refund.amount).chain(over.paid_out) {
        refund = refund.plus(back.negated())?;
    }
    Ok(Settled { effective: over.on, unused, lines, balance: over.balance, refund: refund.at_least_zero(), owed })
}

/// Returns what belongs to the customer and what is owed. What was given is not paid out (R5.12).
fn net(unused: Money, balance: Money, given: Option<Money>) -> Result<(Money, Money), Error> {
    let net = unused.plus(balance.negated())?;
    let paid_for = unused.plus(balance::paid_for(balance, given)?)?.plus(balance.at_least_zero().negated())?;
    Ok((paid_for.at_least_zero(), net.negated().at_least_zero()))
}
