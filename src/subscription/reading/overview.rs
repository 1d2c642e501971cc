//! What a customer page shows of a subscription.

use super::entitlement::{self, Entitlement};
use super::phase::{self, Phase};
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::line::Line;
use crate::subscription::action::Action;
use crate::subscription::days::advance;
use crate::subscription::days::next_action::next_action;
use crate::subscription::owed::guard;
use crate::subscription::owed::last_day;
use crate::subscription::owed::service;
use crate::subscription::quotes::ahead;
use crate::subscription::records::pending_change::PendingPlanChange;
use crate::subscription::records::state::Subscription;

/// What a customer page or a support tool shows of a subscription on a day (R11.2).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Overview {
    /// Where in its life it is.
    pub phase: Phase,
    /// Whether the customer may use the service.
    pub entitlement: Entitlement,
    /// The last day that is paid for; `None` if nothing was paid for lately.
    pub paid_through: Option<Date>,
    /// The first day without service, if it is known: of a cancellation, or after the last period of the schedule.
    pub ends_on: Option<Date>,
    /// The pause, if one runs or is planned.
    pub pause: Option<PauseDays>,
    /// The changes of plan that have not taken effect, by their day.
    pub pending: Vec<PendingPlanChange>,
    /// The next payment above 0, if one follows.
    pub next_charge: Option<NextCharge>,
    /// The balance; negative in the customer's favour.
    pub balance: Money,
}

object!(Overview {
    phase: required "phase",
    entitlement: required "entitlement",
    paid_through: nullable "paidThrough",
    ends_on: nullable "endsOn",
    pause: nullable "pause",
    pending: required "pending",
    next_charge: nullable "nextCharge",
    balance: required "balance",
});

/// The days of a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PauseDays {
    /// The first day.
    pub from: Date,
    /// The first day after it; `None` if it lasts until it is resumed.
    pub until: Option<Date>,
}

object!(PauseDays { from: required "from", until: nullable "until" });

/// The next payment above 0.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NextCharge {
    /// The due date. It lies before the day for a payment that is retried.
    pub due_date: Date,
    /// The amount.
    pub amount: Money,
    /// The lines that make up the amount.
    pub lines: Vec<Line>,
}

object!(NextCharge { due_date: required "dueDate", amount: required "amount", lines: required "lines" });

/// How an overview is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct OverviewOptions {
    /// For how many days after a due date the customer may use the service, although the payment is not made: 0 to 366, default 0.
    pub grace_days: Option<u32>,
}

object!(OverviewOptions { grace_days: optional "graceDays" });

impl OverviewOptions {
    /// Creates the options of an overview without days of grace.
    ///
    /// # Examples
    /// [`Subscription::overview`] has one.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the days of grace.
    ///
    /// # Examples
    /// [`Subscription::overview`] has one.
    pub fn with_grace_days(mut self, days: u32) -> Self {
        self.grace_days = Some(days);
        self
    }

    fn grace_days(self) -> Result<u32, Error> {
        let days = self.grace_days.unwrap_or(0);
        if days <= 366 {
            return Ok(days);
        }
        Err(Error::new(Code::OutOfRange, "/options/graceDays", "expected 0 to 366 days"))
    }
}

/// Returns the overview on a day, as [`Subscription::overview`] describes.
pub(in crate::subscription) fn overview(
    subscription: &Subscription,
    on: Date,
    options: OverviewOptions,
) -> Result<Overview, Errors> {
    let grace_days = options.grace_days()?;
    guard::not_before_last_event(subscription, on, "/on")?;
    let life = advance::seen(subscription, on)?;
    let phase = phase::of(&life, on)?;
    Ok(Overview {
        phase,
        entitlement: entitlement::of(&life, on, phase, grace_days)?,
        paid_through: life.state.ledger.paid_until().and_then(|end| end.plus_days(-1)),
        ends_on: ends_on(&life)?,
        pause: life.state.paused.map(|pause| PauseDays { from: pause.from, until: pause.until }),
        pending: life.pending(),
        next_charge: next_charge(&life, on)?,
        balance: life.balance,
    })
}

/// Returns the first day without service, as far as it is known.
fn ends_on(life: &Subscription) -> Result<Option<Date>, Errors> {
    if service::is_ending(life) || life.state.over.is_some() {
        return Ok(last_day::end(life)?);
    }
    let Some(schedule) = life.current.schedule else { return Ok(None) };
    if life.state.exhausted {
        return Ok(service::until(life));
    }
    let Some(last) = schedule.last_payment()? else { return Ok(None) };
    Ok(schedule.period(last.number)?.map(|period| period.end))
}

/// Returns the next payment above 0, if every payment before it succeeds.
fn next_charge(life: &Subscription, on: Date) -> Result<Option<NextCharge>, Errors> {
    /// How many payments of 0 are passed: more than a year of weeks.
    const MOST: u32 = 100;
    let mut life = life.clone();
    let mut day = on;
    for _ in 0..MOST {
        let action = next_action(&life, day)?;
        match action.payment() {
            Some(payment) if payment.amount.amount() > 0 && payment.kind != PaymentKind::Verification => {
                let (due_date, amount, lines) = (payment.due_date, payment.amount, payment.lines.clone());
                return Ok(Some(NextCharge { due_date, amount, lines }));
            }
            Some(_) => ahead::follow(&mut life, &action, day)?,
            None => match action {
                Action::Wait { until } => day = until,
                _ => return Ok(None),
            },
        }
    }
    Ok(None)
}
