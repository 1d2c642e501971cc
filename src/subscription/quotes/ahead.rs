//! A copy of a subscription in the future, assuming that every possible payment is made.

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::payment::PaymentKind;
use crate::subscription::action::Action;
use crate::subscription::days::advance;
use crate::subscription::days::next_action::next_action;
use crate::subscription::days::step;
use crate::subscription::event::ChargeStatus;
use crate::subscription::owed::due;
use crate::subscription::owed::service;
use crate::subscription::payments::finish;
use crate::subscription::payments::provider_charge::{self, Charge};
use crate::subscription::payments::start;
use crate::subscription::payments::success::{self, Taken};
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// The maximum number of actions to follow.
const MOST: u32 = 10_000;

/// Returns the subscription after every payment between two days is made. The changes of the second day itself are not
/// included.
pub(crate) fn lived(life: &Subscription, from: Date, until: Date) -> Result<Subscription, Errors> {
    let mut life = life.clone();
    let mut day = from;
    for _ in 0..=MOST {
        if day >= until {
            return Ok(life);
        }
        match next_action(&life, day)? {
            Action::Wait { until } => day = until,
            Action::None { .. } | Action::Resolve { .. } => return Ok(life),
            action => follow(&mut life, &action, day)?,
        }
    }
    Err(Error::new(Code::TooMany, "/at", "expected at most 10000 payments before the change").into())
}

/// Follows an action with success.
pub(crate) fn follow(life: &mut Subscription, action: &Action, on: Date) -> Result<(), Errors> {
    if let Action::Wait { .. } | Action::None { .. } = action {
        return Ok(());
    }
    step::begin(life, on)?;
    match action {
        Action::Checkout { payment, .. } | Action::Charge { payment } => {
            start::start(life, &payment.reference, on)?;
            step::complete(life, on)?;
            step::begin(life, on)?;
            success::succeed(life, &payment.reference, Taken::on(on))?;
        }
        Action::Record { payment } | Action::Resolve { payment } => {
            success::succeed(life, &payment.reference, Taken::on(on))?;
        }
        Action::AwaitProvider { payment } => {
            let (reference, status) = (payment.reference.as_str(), ChargeStatus::Succeeded);
            provider_charge::charge(life, &Charge { reference, status, amount: None, decline: None, on })?;
        }
        Action::Finish { status, .. } => finish::finish(life, *status, on)?,
        Action::Wait { .. } | Action::None { .. } => {}
    }
    step::complete(life, on)
}

/// Returns the subscription as a day finds it, after these are paid, whether or not they would be retried: what is in
/// flight, every payment of the schedule that was due before the day or attempted, and the payment of a plan change.
pub(crate) fn settled(life: &Subscription, on: Date) -> Result<Subscription, Errors> {
    let mut life = life.clone();
    advance::to(&mut life, on)?;
    if let action @ Action::Resolve { .. } = next_action(&life, on)? {
        follow(&mut life, &action, on)?;
    }
    while !service::is_over(&life)
        && let Some(key) = begin_owed(&mut life, on)?
    {
        let attempt = Attempt::new(on, life.state.card.number, Outcome::InFlight);
        let Some(id) = life.state.ledger.add(key, attempt) else { break };
        success::take(&mut life, id, Taken::on(on))?;
        advance::to(&mut life, on)?;
    }
    Ok(life)
}

/// Begins a payment that is owed before the changes of a day.
fn begin_owed(life: &mut Subscription, day: Date) -> Result<Option<PaymentKey>, Errors> {
    let is_owed = |own: &Record| own.due_date < day || own.due_date == day && own.was_attempted();
    if let Some(own) = due::next(life)?.filter(is_owed) {
        let key = own.key();
        life.state.ledger.begin(own);
        return Ok(Some(key));
    }
    Ok(life.state.ledger.open().find(|record| record.kind == PaymentKind::PlanChange).map(Record::key))
}
