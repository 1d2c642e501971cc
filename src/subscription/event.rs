//! The events of a subscription.

use crate::cycle::Cycle;
use crate::date::Date;
use crate::decline::Decline;
use crate::json::{tagged, words};
use crate::money::Money;
use crate::pricing::proration::{Effective, PlanChange, Settle};

use super::status::Status;

/// An event. `on` is the day on which it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// An attempt is about to be sent. Store it first, as a crash could otherwise send it twice (R5.5).
    AttemptStarted {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// The customer was charged, or a payment of 0 was recorded.
    PaymentSucceeded {
        /// The payment's reference.
        reference: String,
        /// The provider's reference of the charge.
        provider_reference: Option<String>,
        /// The amount, if the provider reports it.
        amount: Option<Money>,
        /// The day.
        on: Date,
    },
    /// The provider has received the attempt and has not decided.
    PaymentPending {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// The attempt was declined, and the decline is final.
    PaymentDeclined {
        /// The payment's reference.
        reference: String,
        /// The decline, as far as it is known.
        decline: Option<Decline>,
        /// The day.
        on: Date,
    },
    /// The attempt was rejected before any charge: the same attempt is made again.
    PaymentNotMade {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// The provider, which runs the schedule, has charged or tried to (R5.7).
    ProviderCharge {
        /// The provider's reference of the charge, which identifies a duplicate report.
        provider_reference: String,
        /// The outcome.
        status: ChargeStatus,
        /// The amount, if the provider reports it.
        amount: Option<Money>,
        /// The decline, as far as it is known.
        decline: Option<Decline>,
        /// The day.
        on: Date,
    },
    /// The card is to be verified, due on the day (R5.11).
    VerificationRequested {
        /// The day.
        on: Date,
    },
    /// The plan changes, now or later (R3.5 to R3.12). The fields are those of [`PlanChange`].
    PlanChanged {
        /// The price of a full period after the change.
        to: Money,
        /// The day of the change: that of the event, or a later one.
        at: Date,
        /// The cycle after the change.
        cycle: Option<Cycle>,
        /// The number of payments from the restart on.
        payment_count: Option<u32>,
        /// The anchor day from the restart on.
        anchor_day: Option<u32>,
        /// When it takes effect.
        effective: Option<Effective>,
        /// When the difference is settled.
        settle: Option<Settle>,
        /// Whether the current period is prorated.
        prorate: Option<bool>,
        /// Whether the cardholder is present to pay an amount that is due immediately.
        customer_present: Option<bool>,
        /// The digest of the proration that was shown; another one is an error (R8.3).
        digest: Option<String>,
        /// The day.
        on: Date,
    },
    /// The last plan change that has not taken effect is withdrawn.
    PlanChangeWithdrawn {
        /// The day.
        on: Date,
    },
    /// An unscheduled payment, due on the day: a top-up, usage (R5.11).
    UnscheduledCharge {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The amount, above zero.
        amount: Money,
        /// What it is for, for people.
        note: Option<String>,
        /// Whether the cardholder is present to pay.
        customer_present: Option<bool>,
        /// The day.
        on: Date,
    },
    /// Another card is charged from now on.
    CardReplaced {
        /// How the card was replaced.
        by: ReplacedBy,
        /// The day.
        on: Date,
    },
    /// Another provider charges from now on: the cardholder has to pay there first.
    ProviderChanged {
        /// The day.
        on: Date,
    },
    /// Nothing is due until it is resumed (R5.10).
    Paused {
        /// The first day of the pause.
        on: Date,
    },
    /// The pause is over.
    Resumed {
        /// What happens to the schedule.
        schedule: Resumption,
        /// The anchor day of a shifted schedule; default as for [`PlanChange::anchor_day`].
        anchor_day: Option<u32>,
        /// The first day after the pause.
        on: Date,
    },
    /// The subscription is cancelled.
    Cancelled {
        /// Immediately, which is the default, or with the last paid period.
        when: Option<When>,
        /// Whether the amount owed at the end is collected, which is the default.
        final_payment: Option<FinalPayment>,
        /// The digest of the quote that was shown; another one is an error (R8.3).
        digest: Option<String>,
        /// The day.
        on: Date,
    },
    /// The cancellation is withdrawn, and the subscription continues.
    CancellationWithdrawn {
        /// The day.
        on: Date,
    },
    /// It ended, as [`next_action`](crate::Subscription::next_action) or the provider that runs the schedule reported.
    Finished {
        /// The reported status.
        status: Status,
        /// The day.
        on: Date,
    },
}

tagged!(Event by "type" {
    AttemptStarted "attempt_started" { reference: required "reference", on: required "on" },
    PaymentSucceeded "payment_succeeded" {
        reference: required "reference",
        provider_reference: optional "providerReference",
        amount: optional "amount",
        on: required "on",
    },
    PaymentPending "payment_pending" { reference: required "reference", on: required "on" },
    PaymentDeclined "payment_declined" { reference: required "reference", decline: optional "decline", on: required "on" },
    PaymentNotMade "payment_not_made" { reference: required "reference", on: required "on" },
    ProviderCharge "provider_charge" {
        provider_reference: required "providerReference",
        status: required "status",
        amount: optional "amount",
        decline: optional "decline",
        on: required "on",
    },
    VerificationRequested "verification_requested" { on: required "on" },
    PlanChanged "plan_changed" {
        to: required "to",
        at: required "at",
        cycle: optional "cycle",
        payment_count: optional "paymentCount",
        anchor_day: optional "anchorDay",
        effective: optional "effective",
        settle: optional "settle",
        prorate: optional "prorate",
        customer_present: optional "customerPresent",
        digest: optional "digest",
        on: required "on",
    },
    PlanChangeWithdrawn "plan_change_withdrawn" { on: required "on" },
    UnscheduledCharge "unscheduled_charge" {
        id: required "id",
        amount: required "amount",
        note: optional "note",
        customer_present: optional "customerPresent",
        on: required "on",
    },
    CardReplaced "card_replaced" { by: required "by", on: required "on" },
    ProviderChanged "provider_changed" { on: required "on" },
    Paused "paused" { on: required "on" },
    Resumed "resumed" { schedule: required "schedule", anchor_day: optional "anchorDay", on: required "on" },
    Cancelled "cancelled" {
        when: optional "when",
        final_payment: optional "final",
        digest: optional "digest",
        on: required "on",
    },
    CancellationWithdrawn "cancellation_withdrawn" { on: required "on" },
    Finished "finished" { status: required "status", on: required "on" },
});

/// The outcome of a charge that the provider made by its own schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChargeStatus {
    /// The customer was charged.
    Succeeded,
    /// It was declined.
    Declined,
}

words!(ChargeStatus { Succeeded "succeeded", Declined "declined" });

/// How a card was replaced (R4.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ReplacedBy {
    /// The cardholder has verified it: charges continue.
    Verification,
    /// The cardholder provides it with the next payment, which is a checkout.
    Payment,
    /// The schemes' card updater provided it: charges continue, unless the cardholder has revoked them.
    Updater,
}

words!(ReplacedBy { Verification "verification", Payment "payment", Updater "updater" });

/// What happens to the schedule after a pause (R5.10).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Resumption {
    /// It stays; payments due during the pause are skipped.
    Keep,
    /// It moves by the days of the pause.
    Shift,
}

words!(Resumption { Keep "keep", Shift "shift" });

/// When a cancellation takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum When {
    /// Immediately.
    #[default]
    Now,
    /// With the last paid period.
    PeriodEnd,
}

words!(When { Now "now", PeriodEnd "period_end" });

/// What happens to the amount owed at the end (R5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FinalPayment {
    /// It is collected as a separate payment, and open unscheduled charges are still collected.
    Collect,
    /// It is waived, and nothing more is collected.
    Waive,
}

words!(FinalPayment { Collect "collect", Waive "waive" });

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
        Event::Cancelled { when: Some(when), final_payment: None, digest: None, on }
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
            | Event::Paused { on }
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
        let PlanChange { to, at, cycle, payment_count, anchor_day, effective, settle, prorate } = *change;
        let customer_present = None;
        Event::PlanChanged {
            to,
            at,
            cycle,
            payment_count,
            anchor_day,
            effective,
            settle,
            prorate,
            customer_present,
            digest,
            on,
        }
    }
}
