//! Creating events, and their day.

use super::{Event, When};
use crate::date::Date;
use crate::decline::Decline;
use crate::money::Money;
use crate::pricing::proration::PlanChange;

impl Event {
    /// Creates the event to apply before an attempt is sent.
    ///
    /// # Examples
    /// [`Subscription::apply`](crate::Subscription::apply) has one.
    pub fn attempt_started(reference: impl Into<String>, on: Date) -> Self {
        Event::AttemptStarted { reference: reference.into(), on }
    }

    /// Creates the success of an attempt, without the provider's reference and amount.
    ///
    /// # Examples
    /// [`Subscription::apply`](crate::Subscription::apply) has one.
    pub fn payment_succeeded(reference: impl Into<String>, on: Date) -> Self {
        Event::PaymentSucceeded { reference: reference.into(), provider_reference: None, amount: None, on }
    }

    /// Creates the decline of an attempt.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Decline, Event, Retry};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let event = Event::payment_declined("sub-1-2-0-1", Decline::new(Retry::Allowed).with_code("51"), day);
    /// assert_eq!(event.on(), day);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn payment_declined(reference: impl Into<String>, decline: Decline, on: Date) -> Self {
        Event::PaymentDeclined { reference: reference.into(), decline: Some(decline), on }
    }

    /// Creates an unscheduled charge by the merchant, without a note. `id` has 1 to 64 characters.
    ///
    /// # Examples
    /// [`Terms::unscheduled`](crate::Terms::unscheduled) has one.
    pub fn unscheduled_charge(id: impl Into<String>, amount: Money, on: Date) -> Self {
        Event::UnscheduledCharge { id: id.into(), amount, note: None, customer_present: None, on }
    }

    /// Creates a pause from its day on, until it is resumed.
    ///
    /// # Examples
    /// [`Script::new`](crate::Script::new) has one.
    pub fn paused(on: Date) -> Self {
        Event::Paused { from: None, until: None, schedule: None, on }
    }

    /// Creates a cancellation. The amount owed at the end is collected.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, EstablishedBy, Event, Imported, Schedule, Status, Subscription, Terms, When};
    ///
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY));
    /// let subscription = Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment))?;
    /// let ending = subscription.apply(&Event::cancelled(When::PeriodEnd, "2025-04-11".parse()?))?;
    /// assert_eq!((ending.status(), ending.next_due_date()), (Status::Active, None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn cancelled(when: When, on: Date) -> Self {
        Event::Cancelled { when: Some(when), early: None, final_payment: None, digest: None, on }
    }

    /// Returns the day on which it is applied.
    ///
    /// # Examples
    /// [`payment_declined`](Self::payment_declined) has one.
    pub fn on(&self) -> Date {
        match self {
            Event::AttemptStarted { on, .. }
            | Event::PaymentSucceeded { on, .. }
            | Event::PaymentPending { on, .. }
            | Event::PaymentDeclined { on, .. }
            | Event::PaymentNotMade { on, .. }
            | Event::ProviderCharge { on, .. }
            | Event::VerificationRequested { on }
            | Event::PlanChanged { on, .. }
            | Event::PlanChangeWithdrawn { on }
            | Event::UnscheduledCharge { on, .. }
            | Event::CardReplaced { on, .. }
            | Event::ProviderChanged { on }
            | Event::Refunded { on, .. }
            | Event::RefundReversed { on, .. }
            | Event::Credited { on, .. }
            | Event::BalancePaidOut { on, .. }
            | Event::OverpaymentRefunded { on, .. }
            | Event::PaymentRequested { on, .. }
            | Event::PaymentsSkipped { on, .. }
            | Event::Rescheduled { on, .. }
            | Event::Paused { on, .. }
            | Event::Resumed { on, .. }
            | Event::Cancelled { on, .. }
            | Event::CancellationWithdrawn { on }
            | Event::Finished { on, .. } => *on,
        }
    }

    /// Creates the event of a plan change, with the digest of the quote that was shown.
    ///
    /// [`Subscription::quote_plan_change`](crate::Subscription::quote_plan_change) returns it with every default resolved.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Event, PlanChange};
    ///
    /// let day = "2025-04-11".parse()?;
    /// let event = Event::plan_changed(&PlanChange::new("250.00 BRL".parse()?, day), None, day);
    /// assert!(matches!(event, Event::PlanChanged { at, .. } if at == day));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn plan_changed(change: &PlanChange, digest: Option<String>, on: Date) -> Self {
        let PlanChange { to, quantities, at, cycle, payment_count, anchor_day, .. } = change.clone();
        let PlanChange { effective, settle, prorate, steps, discounts, taxes, minimum, .. } = change.clone();
        let customer_present = None;
        Event::PlanChanged {
            to,
            quantities,
            at,
            cycle,
            payment_count,
            anchor_day,
            effective,
            settle,
            prorate,
            steps,
            discounts,
            taxes,
            minimum,
            customer_present,
            digest,
            on,
        }
    }

    /// Returns the change of `PlanChanged`.
    pub(in crate::subscription) fn plan_change(&self) -> Option<PlanChange> {
        let Event::PlanChanged { to, quantities, at, cycle, payment_count, anchor_day, effective, .. } = self else {
            return None;
        };
        let Event::PlanChanged { settle, prorate, steps, discounts, taxes, minimum, .. } = self else { return None };
        Some(PlanChange {
            to: to.clone(),
            quantities: quantities.clone(),
            at: *at,
            cycle: *cycle,
            payment_count: *payment_count,
            anchor_day: *anchor_day,
            effective: *effective,
            settle: *settle,
            prorate: *prorate,
            steps: steps.clone(),
            discounts: discounts.clone(),
            taxes: taxes.clone(),
            minimum: *minimum,
        })
    }
}
