//! Folded payments that an event names: they are records while it is applied (R5.4, R5.7, R5.12).

use crate::date::Date;
use crate::error::Error;
use crate::subscription::event::Event;
use crate::subscription::records::key::{AttemptId, PaymentKey};
use crate::subscription::records::mark::Mark;
use crate::subscription::records::state::Subscription;

/// Makes the folded payments that an event names records again.
pub(crate) fn named(life: &mut Subscription, event: &Event) -> Result<(), Error> {
    match event {
        Event::PaymentSucceeded { reference, provider_reference, .. } => {
            attempted(life, reference)?;
            // A provider that schedules may have reported the charge before, without our reference.
            match provider_reference {
                Some(charge) if life.terms.is_internal() => marked(life, charge),
                _ => Ok(()),
            }
        }
        Event::AttemptStarted { reference, .. }
        | Event::PaymentPending { reference, .. }
        | Event::PaymentNotMade { reference, .. }
        | Event::PaymentDeclined { reference, .. } => attempted(life, reference),
        Event::ProviderCharge { provider_reference, on, .. } if life.terms.is_internal() => {
            marked(life, provider_reference)?;
            charged(life, *on)
        }
        Event::Refunded { reference: Some(reference), .. } => attempted(life, reference),
        Event::Refunded { provider_reference: Some(charge), .. } => marked(life, charge),
        _ => Ok(()),
    }
}

fn attempted(life: &mut Subscription, reference: &str) -> Result<(), Error> {
    match AttemptId::parse(reference, &life.id) {
        Some(id) => life.state.ledger.recall(id.payment, life.currency()),
        None => Ok(()),
    }
}

fn marked(life: &mut Subscription, text: &str) -> Result<(), Error> {
    life.state.ledger.recall_marked(Mark::of(text), life.currency())
}

/// Does so for the latest number, which a charge by the provider's schedule can be for.
fn charged(life: &mut Subscription, on: Date) -> Result<(), Error> {
    let until = life.state.ended.map_or(on, |ended| ended.min(on));
    let Some(latest) = life.current.number_due(until)? else { return Ok(()) };
    life.state.ledger.recall(PaymentKey::own(latest), life.currency())
}
