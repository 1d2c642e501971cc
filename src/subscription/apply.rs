//! Applying what has happened.

use super::event::Event;
use super::outcome::Outcome;
use super::state::{Status, Subscription};
use crate::error::{Code, Error, Errors};

/// Applies an event. What was recorded already changes nothing; an error leaves all as it was (R5.4).
///
/// # Errors
/// `event_out_of_order`. For attempts: `unknown_reference`; `not_due` for one that is not offered on the day;
/// `amount_mismatch`. For what would cross an attempt that is out: `payment_in_flight`; a payment that is owed:
/// `payment_overdue`. For a change of plan also what [`quote_plan_change`](super::quote_plan_change) refuses, and `digest_mismatch`.
/// `subscription_ended`, `cancellation_pending`, `subscription_paused`, `subscription_not_paused`, `nothing_to_withdraw`,
/// `no_schedule`, `provider_managed`, `not_ended`.
pub fn apply_event(subscription: &Subscription, event: &Event) -> Result<Subscription, Errors> {
    let on = event.on();
    subscription.not_before_last_event(on, "/event/on")?;
    let mut next = subscription.as_of(on)?;
    match event {
        Event::AttemptStarted { reference, .. } => next.start(reference, on)?,
        Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
            next.succeed(reference, on, provider_reference.as_deref(), *amount)?;
        }
        Event::PaymentPending { reference, .. } => next.learn(reference, on, Outcome::Pending, None)?,
        Event::PaymentNotMade { reference, .. } => next.learn(reference, on, Outcome::NotMade, None)?,
        Event::PaymentDeclined { reference, decline, .. } => {
            next.learn(reference, on, Outcome::Declined, decline.clone())?;
        }
        Event::ProviderCharge { provider_reference, status, amount, decline, .. } => {
            next.provider_charge(provider_reference, *status, *amount, decline.clone(), on)?;
        }
        Event::VerificationRequested { .. } => next.request_verification(on)?,
        Event::PlanChanged { .. } => next.request_change(event, on).map_err(|errors| errors.prefixed("/event"))?,
        Event::PlanChangeWithdrawn { .. } => next.withdraw_change()?,
        Event::UnscheduledCharge { id, amount, note, customer_present, .. } => {
            next.charge_unscheduled(id, *amount, note.as_deref(), customer_present.unwrap_or_default(), on)?;
        }
        Event::CardReplaced { by, .. } => next.replace_card(*by, on)?,
        Event::ProviderChanged { .. } => next.change_provider(on)?,
        Event::Paused { .. } => next.pause(on)?,
        Event::Resumed { schedule, anchor_day, .. } => next.resume(*schedule, *anchor_day, on)?,
        Event::Cancelled { .. } => next.cancel(event, on)?,
        Event::CancellationWithdrawn { .. } => next.withdraw_cancellation(on)?,
        Event::Finished { status, .. } => next.finish(on, *status)?,
    }
    next.state.on = Some(on);
    next.state.begun |= next.status == Status::Active;
    next.pass_to(on)?;
    next.forget();
    Ok(*next)
}

impl Subscription {
    /// Drops what is not needed any more, so that the state stays small: lines of payments that nobody can ask for, and of older
    /// ones all but what a late word of the provider is held against.
    fn forget(&mut self) {
        let older = self.payments().saturating_sub(1);
        let over = self.state.records.iter_mut().filter(|record| !record.is_open() && record.out().is_none());
        for record in over {
            match record.number < older || !record.is_own() {
                true => record.forget(),
                false => record.lines.clear(),
            }
        }
    }

    pub(super) fn not_ended(&self) -> Result<(), Error> {
        if self.status.is_final() {
            return Err(Error::new(Code::SubscriptionEnded, "/event/type", "the subscription has ended already"));
        }
        Ok(())
    }

    /// That there is still service, which what is requested is for.
    pub(super) fn not_over(&self) -> Result<(), Error> {
        if self.state.over.is_some() {
            return Err(Error::new(
                Code::SubscriptionEnded,
                "/event/type",
                "the subscription is over, and collects what is owed",
            ));
        }
        self.not_ended()
    }

    /// That the merchant schedules, as what is asked for needs.
    pub(super) fn scheduled_here(&self) -> Result<(), Error> {
        if self.terms.is_internal() {
            let message = "the provider schedules the payments by itself, and knows nothing of this";
            return Err(Error::new(Code::ProviderManaged, "/event/type", message));
        }
        Ok(())
    }

    /// That no attempt is out.
    pub(super) fn nothing_in_flight(&self) -> Result<(), Error> {
        if self.attempt_out().is_some() {
            let message = "an attempt is out: learn what became of it first";
            return Err(Error::new(Code::PaymentInFlight, "/event/type", message));
        }
        Ok(())
    }

    pub(super) fn not_paused(&self) -> Result<(), Error> {
        if self.state.paused.is_some() {
            return Err(Error::new(
                Code::SubscriptionPaused,
                "/event/type",
                "the subscription is paused: resume it first",
            ));
        }
        Ok(())
    }
}

pub(super) fn overdue() -> Error {
    Error::new(Code::PaymentOverdue, "/event/type", "a payment is owed: settle it first")
}
