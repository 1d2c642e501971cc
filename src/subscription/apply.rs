//! Applying an event: each kind has its handler.

use super::changes::cancel::{self, Cancellation};
use super::changes::dates;
use super::changes::plan_change;
use super::days::next_action_on;
use super::days::step;
use super::event::{Event, FinalPayment};
use super::owed::verification;
use super::payments::decline;
use super::payments::finish;
use super::payments::money_back;
use super::payments::provider_charge;
use super::payments::recall;
use super::payments::replace_card;
use super::payments::start;
use super::payments::success::{self, Taken};
use super::payments::unscheduled;
use super::records::attempt::Outcome;
use super::records::state::Subscription;
use crate::error::Errors;

/// Applies an event, as [`Subscription::apply`] describes.
pub(super) fn apply_event(subscription: &Subscription, event: &Event) -> Result<Subscription, Errors> {
    let mut next = subscription.clone();
    apply_to(&mut next, event)?;
    next.next_action_on = next_action_on::of(&next);
    Ok(next)
}

/// Applies an event to a subscription itself, which is dropped if that fails. Its `next_action_on` stays as it was.
pub(super) fn apply_to(life: &mut Subscription, event: &Event) -> Result<(), Errors> {
    let on = event.on();
    step::begin(life, on)?;
    recall::named(life, event)?;
    handle(life, event)?;
    step::complete(life, on)
}

fn handle(life: &mut Subscription, event: &Event) -> Result<(), Errors> {
    match *event {
        Event::AttemptStarted { ref reference, on } => start::start(life, reference, on),
        Event::PaymentSucceeded { ref reference, ref provider_reference, amount, on } => {
            success::succeed(life, reference, Taken { on, charge: provider_reference.as_deref(), amount })
        }
        Event::PaymentPending { ref reference, on } => decline::resolve(life, reference, Outcome::Pending, on),
        Event::PaymentNotMade { ref reference, on } => decline::resolve(life, reference, Outcome::NotMade, on),
        Event::PaymentDeclined { ref reference, ref decline, on } => {
            decline::decline(life, reference, decline.as_ref(), on)
        }
        Event::ProviderCharge { provider_reference: ref reference, status, amount, ref decline, on } => {
            let decline = decline.as_ref();
            provider_charge::charge(life, &provider_charge::Charge { reference, status, amount, decline, on })
        }
        Event::VerificationRequested { on } => verification::request(life, on),
        Event::PlanChanged { customer_present, ref digest, on, .. } => {
            let Some(change) = event.plan_change() else { return Ok(()) };
            let requested = plan_change::request(life, &change, customer_present == Some(true), digest.as_deref(), on);
            requested.map_err(|errors| errors.prefixed("/event"))
        }
        Event::PlanChangeWithdrawn { .. } => plan_change::withdraw(life),
        Event::UnscheduledCharge { ref id, amount, ref note, customer_present, on } => {
            let note = note.as_deref().unwrap_or("an unscheduled charge");
            let customer_present = customer_present == Some(true);
            unscheduled::charge(life, &unscheduled::Charge { id, amount, note, customer_present }, on)
        }
        Event::CardReplaced { by, on } => replace_card::replace(life, by, on),
        Event::ProviderChanged { on } => replace_card::change_provider(life, on),
        Event::Refunded { .. }
        | Event::RefundReversed { .. }
        | Event::Credited { .. }
        | Event::BalancePaidOut { .. }
        | Event::OverpaymentRefunded { .. } => money_back::handle(life, event),
        Event::PaymentRequested { .. }
        | Event::PaymentsSkipped { .. }
        | Event::Rescheduled { .. }
        | Event::Paused { .. }
        | Event::Resumed { .. } => dates::handle(life, event),
        Event::Cancelled { when, early, final_payment, ref digest, on } => {
            let is_early = early == Some(true);
            let waives = final_payment == Some(FinalPayment::Waive);
            let when = when.unwrap_or_default();
            cancel::cancel(life, &Cancellation { when, is_early, waives, digest: digest.as_deref() }, on)
        }
        Event::CancellationWithdrawn { on } => cancel::withdraw(life, on),
        Event::Finished { status, on } => finish::finish(life, status, on),
    }
}
