//! The events of a subscription.

mod make;
mod when;
mod words;

pub use self::when::When;
pub use self::words::{Between, ChargeStatus, FinalPayment, MoneyBack, ReplacedBy, Resumption};

use crate::cycle::Cycle;
use crate::date::Date;
use crate::decline::Decline;
use crate::json::tagged;
use crate::money::Money;
use crate::pricing::discount::Discount;
use crate::pricing::price::Price;
use crate::pricing::proration::{Effective, Settle};
use crate::pricing::quantities::Quantities;
use crate::pricing::step::Step;
use crate::pricing::tax::Taxes;

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
    /// The plan changes, now or later (R3.5 to R3.12). The fields are those of [`PlanChange`](crate::PlanChange).
    PlanChanged {
        /// The price of a full period after the change.
        to: Option<Price>,
        /// Other quantities of items.
        quantities: Option<Quantities>,
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
        /// Prices from later payment numbers on.
        steps: Option<Vec<Step>>,
        /// The discounts from now on.
        discounts: Option<Vec<Discount>>,
        /// The taxes from the next payment of the schedule on.
        taxes: Option<Taxes>,
        /// The least that a full period costs.
        minimum: Option<Money>,
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
    /// Money of a payment went back to the customer: a refund, or a chargeback (R5.12). The payment is named by the reference
    /// of an attempt, or by the provider's.
    Refunded {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The amount, above zero and at most what the payment charged and has not given back.
        amount: Money,
        /// How it went back; a refund is the default.
        kind: Option<MoneyBack>,
        /// The payment's reference.
        reference: Option<String>,
        /// The provider's reference of the charge; needed without `reference`.
        provider_reference: Option<String>,
        /// The day.
        on: Date,
    },
    /// Money that had gone back came again: a refund failed, or a dispute was won (R5.12).
    RefundReversed {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The id of the [`Refunded`](Self::Refunded) event.
        of: String,
        /// The amount; default all that has not been reversed.
        amount: Option<Money>,
        /// The day.
        on: Date,
    },
    /// An amount is given to the customer: the balance gets lower (R5.12). What was given is used first, and never paid out.
    Credited {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The amount, above zero.
        amount: Money,
        /// What it is for, for people.
        note: Option<String>,
        /// The day.
        on: Date,
    },
    /// An amount of the balance was paid out to the customer (R5.12).
    BalancePaidOut {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The amount, above zero and at most the balance in the customer's favour that was paid for.
        amount: Money,
        /// The day.
        on: Date,
    },
    /// An overpayment was refunded (R5.12). It is named by its reference, or by the provider's.
    OverpaymentRefunded {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// The reference of the overpayment.
        reference: Option<String>,
        /// The provider's reference of the overpayment; needed without `reference`.
        provider_reference: Option<String>,
        /// The day.
        on: Date,
    },
    /// The open payment that waits for its retry is made now (R5.13).
    PaymentRequested {
        /// Whether the cardholder is present to pay: the payment is then a checkout on this day.
        customer_present: Option<bool>,
        /// The day.
        on: Date,
    },
    /// The next payments of the schedule are skipped, without service (R5.13).
    PaymentsSkipped {
        /// The caller's id of it, 1 to 64 characters. A known id changes nothing.
        id: String,
        /// How many, 1 to 10 000.
        payments: u32,
        /// The day.
        on: Date,
    },
    /// The next due date moves to another day, and the schedule with it (R5.13).
    Rescheduled {
        /// The new due date, on or after the day of the event.
        next: Date,
        /// The anchor day from then on; default as for [`PlanChange::anchor_day`](crate::PlanChange::anchor_day).
        anchor_day: Option<u32>,
        /// What the days until a later due date cost; default `prorated`, before the start `free`.
        between: Option<Between>,
        /// The day.
        on: Date,
    },
    /// No due date in a range of days counts (R5.10).
    Paused {
        /// The first day of the pause; default the day of the event.
        from: Option<Date>,
        /// The first day after the pause; default open-ended, until [`Resumed`](Self::Resumed).
        until: Option<Date>,
        /// What happens to the schedule at the end of the pause; default it stays.
        schedule: Option<Resumption>,
        /// The day.
        on: Date,
    },
    /// The pause is over. Before its first day the pause is withdrawn.
    Resumed {
        /// What happens to the schedule; default as the pause has it.
        schedule: Option<Resumption>,
        /// The anchor day of a shifted schedule; default as for
        /// [`PlanChange::anchor_day`](crate::PlanChange::anchor_day).
        anchor_day: Option<u32>,
        /// The first day after the pause.
        on: Date,
    },
    /// The subscription is cancelled.
    Cancelled {
        /// Immediately, which is the default, with the last paid period, on a day, or on the first one that the minimum term
        /// allows.
        when: Option<When>,
        /// Whether it may take effect before the minimum term is over, as for a right of withdrawal; default not (R10.4).
        early: Option<bool>,
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
        to: optional "to",
        quantities: optional "quantities",
        at: required "at",
        cycle: optional "cycle",
        payment_count: optional "paymentCount",
        anchor_day: optional "anchorDay",
        effective: optional "effective",
        settle: optional "settle",
        prorate: optional "prorate",
        steps: optional "steps",
        discounts: optional "discounts",
        taxes: optional "taxes",
        minimum: optional "minimum",
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
    Refunded "refunded" {
        id: required "id",
        amount: required "amount",
        kind: optional "kind",
        reference: optional "reference",
        provider_reference: optional "providerReference",
        on: required "on",
    },
    RefundReversed "refund_reversed" {
        id: required "id",
        of: required "of",
        amount: optional "amount",
        on: required "on",
    },
    Credited "credited" { id: required "id", amount: required "amount", note: optional "note", on: required "on" },
    BalancePaidOut "balance_paid_out" { id: required "id", amount: required "amount", on: required "on" },
    OverpaymentRefunded "overpayment_refunded" {
        id: required "id",
        reference: optional "reference",
        provider_reference: optional "providerReference",
        on: required "on",
    },
    PaymentRequested "payment_requested" { customer_present: optional "customerPresent", on: required "on" },
    PaymentsSkipped "payments_skipped" { id: required "id", payments: required "payments", on: required "on" },
    Rescheduled "rescheduled" {
        next: required "next",
        anchor_day: optional "anchorDay",
        between: optional "between",
        on: required "on",
    },
    Paused "paused" { from: optional "from", until: optional "until", schedule: optional "schedule", on: required "on" },
    Resumed "resumed" { schedule: optional "schedule", anchor_day: optional "anchorDay", on: required "on" },
    Cancelled "cancelled" {
        when: optional "when",
        early: optional "early",
        final_payment: optional "final",
        digest: optional "digest",
        on: required "on",
    },
    CancellationWithdrawn "cancellation_withdrawn" { on: required "on" },
    Finished "finished" { status: required "status", on: required "on" },
});
