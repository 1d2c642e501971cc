//! The subscription in Rust: each step is a method.

use super::action::Action;
use super::apply::apply_event;
use super::create::{Imported, create_subscription};
use super::days::next_action::next_action;
use super::event::Event;
use super::owed::due;
use super::payments::money_back::plan::{RefundPart, refund_plan};
use super::quotes::cancellation_quote::{CancellationOptions, CancellationQuote, quote_cancellation};
use super::quotes::plan_change_quote::{PlanChangeQuote, quote_plan_change};
use super::reading::{Overview, OverviewOptions, overview, replay, upcoming};
use super::records::numbers::Numbers;
use super::records::state::Subscription;
use super::simulate::{Script, Simulation, simulate};
use crate::date::Date;
use crate::error::Errors;
use crate::money::Money;
use crate::preview::{Preview, PreviewOptions};
use crate::pricing::proration::PlanChange;
use crate::terms::Terms;

impl Subscription {
    /// Creates a subscription. Nothing is due yet: call [`next_action`](Self::next_action) on each day.
    ///
    /// The id begins every reference that the provider receives. It has 1 to 40 letters, digits and hyphens (R5.6).
    ///
    /// # Errors
    /// - `invalid_string` for another id.
    /// - Every error of the terms, such as `amount_off_grid` or `no_schedule`.
    ///
    /// The paths begin with `/input`, as the JavaScript function `createSubscription` has one parameter of that name.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Schedule, Status, Subscription, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let subscription = Subscription::new("sub-1", Terms::new("19.90 NOK".parse()?, schedule))?;
    /// assert_eq!(subscription.status(), Status::Pending);
    /// assert_eq!(subscription.next_due_date(), Some("2025-01-31".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(id: &str, terms: Terms) -> Result<Self, Errors> {
        create_subscription(id, terms, None)
    }

    /// Creates a subscription that another system has run until now.
    ///
    /// # Errors
    /// - Every error of [`new`](Self::new).
    /// - `out_of_range` for more payments than the schedule has.
    /// - `no_schedule` for payments of terms without a schedule.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Action, Cycle, EstablishedBy, Imported, Schedule, Subscription, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new("19.90 NOK".parse()?, schedule);
    /// let subscription = Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment))?;
    ///
    /// // Payment 1 was made elsewhere with the stored card: the merchant charges payment 2.
    /// let action = subscription.next_action("2025-02-28".parse()?)?;
    /// assert!(matches!(action, Action::Charge { payment } if payment.reference == "sub-1-2-0-1"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn import(id: &str, terms: Terms, imported: Imported) -> Result<Self, Errors> {
        create_subscription(id, terms, Some(imported))
    }

    /// Returns the action that is due on a day (R5). It changes nothing: perform the action and [`apply`](Self::apply) the
    /// result.
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - `out_of_range` for a payment after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Action, Cycle, Schedule, Subscription, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let subscription = Subscription::new("sub-1", Terms::new("19.90 NOK".parse()?, schedule))?;
    ///
    /// let early = subscription.next_action("2025-01-30".parse()?)?;
    /// assert_eq!(early, Action::Wait { until: "2025-01-31".parse()? });
    ///
    /// // The first payment needs the cardholder.
    /// match subscription.next_action("2025-01-31".parse()?)? {
    ///     Action::Checkout { payment, .. } => assert_eq!(payment.reference, "sub-1-1-0-1"),
    ///     other => panic!("{other:?}"),
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn next_action(&self, today: Date) -> Result<Action, Errors> {
        next_action(self, today)
    }

    /// Applies an event and returns the subscription after it. An event that was applied before changes nothing, and an error
    /// leaves `self` as it was (R5.4).
    ///
    /// Store the result before you act on it, above all after `AttemptStarted`: a payment whose attempt is stored is never
    /// sent twice (R5.5).
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - For an attempt: `unknown_reference`, `amount_mismatch`, and `not_due` if it is not offered on the day.
    /// - `payment_in_flight` while an attempt has no outcome, `payment_overdue` while a payment is owed.
    /// - For a plan change: every error of [`quote_plan_change`](Self::quote_plan_change), and `digest_mismatch`.
    /// - `subscription_ended`, `cancellation_pending`, `subscription_paused`, `subscription_not_paused`, `nothing_to_withdraw`,
    ///   `no_schedule`, `provider_managed`, `not_ended`.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, Schedule, Status, Subscription, Terms};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let terms = Terms::new("19.90 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let subscription = Subscription::new("sub-1", terms)?;
    ///
    /// let started = subscription.apply(&Event::attempt_started("sub-1-1-0-1", day))?;
    /// // Store `started`, send the request, read the provider's response.
    /// let paid = started.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    /// assert_eq!(paid.status(), Status::Active);
    /// assert_eq!(paid.next_due_date(), Some("2025-02-28".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn apply(&self, event: &Event) -> Result<Self, Errors> {
        apply_event(self, event)
    }

    /// Quotes a plan change as of a day, with the event that applies it (R3.5 to R3.12). It changes nothing: apply the
    /// event of the quote.
    ///
    /// Pending changes before that day count as in effect. A change for a later day is priced as if every payment until
    /// then succeeded.
    ///
    /// # Errors
    /// - Every error of [`prorate`](crate::prorate).
    /// - `event_out_of_order`, and `out_of_range` for a change before `on`.
    /// - `payment_in_flight` while an attempt has no outcome.
    /// - `payment_overdue` while an older payment is open, or any payment if the cycle changes.
    /// - `cancellation_pending` for a change on or after the day of the end.
    /// - `subscription_ended`, `subscription_paused`, `no_schedule`, `provider_managed`.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, EstablishedBy, Imported, PlanChange, Schedule, Subscription, Terms};
    ///
    /// let terms = Terms::new("100.00 BRL".parse()?, Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY));
    /// let subscription = Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment))?;
    ///
    /// let day = "2025-04-11".parse()?;
    /// let quote = subscription.quote_plan_change(&PlanChange::new("250.00 BRL".parse()?, day), day)?;
    /// assert_eq!(quote.proration.due_now.to_string(), "100.00 BRL");
    ///
    /// let changed = subscription.apply(&quote.event)?;
    /// assert_eq!(changed.next_action(day)?.payment().map(|payment| payment.amount), Some("100.00 BRL".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote_plan_change(&self, change: &PlanChange, on: Date) -> Result<PlanChangeQuote, Errors> {
        quote_plan_change(self, change, on)
    }

    /// Quotes a cancellation as of a day: the unused part of the payments, the refund and the amount still owed (R3.2,
    /// R3.9, R5.9). After the end, the quote is as of the day of the end.
    ///
    /// # Errors
    /// `event_out_of_order` for a day before the last event.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{CancellationOptions, Cycle, EstablishedBy, Imported, Schedule, Subscription, Terms, When};
    ///
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new("2025-04-01".parse()?, Cycle::MONTHLY));
    /// let subscription = Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment))?;
    ///
    /// let day = "2025-04-11".parse()?;
    /// let now = subscription.quote_cancellation(day, CancellationOptions::new())?;
    /// assert_eq!(now.refund.to_string(), "20.00 BRL");
    ///
    /// let later = subscription.quote_cancellation(day, CancellationOptions::new().with_when(When::PeriodEnd))?;
    /// assert_eq!(later.effective, "2025-05-01".parse()?);
    /// assert_eq!(later.refund.to_string(), "0.00 BRL");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn quote_cancellation(&self, on: Date, options: CancellationOptions) -> Result<CancellationQuote, Errors> {
        quote_cancellation(self, on, options)
    }

    /// Splits an amount over the payments to refund: the newest first, of each at most what it collected and has not given back
    /// (R5.12). Unscheduled charges are left out. It changes nothing: apply a `Refunded` event for each refund that was made.
    ///
    /// # Errors
    /// - `currency_mismatch`.
    /// - `out_of_range` for an amount below 0, or above what the payments collected and have not given back.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, Schedule, Subscription, Terms};
    ///
    /// let day = "2025-04-01".parse()?;
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// let parts = paid.refund_plan("20.00 BRL".parse()?)?;
    /// assert_eq!((parts.len(), parts[0].reference.as_str()), (1, "sub-1-1-0-1"));
    /// assert!(paid.refund_plan("30.01 BRL".parse()?).is_err());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn refund_plan(&self, amount: Money) -> Result<Vec<RefundPart>, Errors> {
        refund_plan(self, amount)
    }

    /// Returns what a customer page or a support tool shows on a day: the phase, the entitlement, what comes next (R11.2).
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - `out_of_range` for more than 366 days of grace.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, OverviewOptions, Phase, Schedule, Subscription, Terms};
    ///
    /// let day = "2025-04-10".parse()?;
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// // Nothing was paid on 10 May: with two days of grace the customer may use the service through the 12th.
    /// let shown = paid.overview("2025-05-12".parse()?, OverviewOptions::new().with_grace_days(2))?;
    /// assert_eq!((shown.phase, shown.entitlement.active), (Phase::PastDue, true));
    /// assert_eq!(shown.entitlement.until, Some("2025-05-13".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn overview(&self, on: Date, options: OverviewOptions) -> Result<Overview, Errors> {
        overview(self, on, options)
    }

    /// Returns what the customer will pay from a day on, if every payment succeeds (R11.3). Pending changes, the balance and
    /// open payments are included; [`Terms::preview`] is the same before anything is agreed.
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - `out_of_range` for a maximum of 0 or of more than 1000 payments, and for payments after 9999-12-31.
    /// - `too_many` for a total of more than about 10 000 payments.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, PreviewOptions, Schedule, Subscription, Terms};
    ///
    /// let day = "2025-04-10".parse()?;
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// let next = paid.upcoming(&PreviewOptions::new("2025-04-11".parse()?).with_payments(2))?;
    /// assert_eq!((next.payments.len(), next.payments[0].due_date), (2, "2025-05-10".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn upcoming(&self, options: &PreviewOptions) -> Result<Preview, Errors> {
        upcoming(self, options)
    }

    /// Runs a stored log of events again on the subscription as it was created: every event with its day, the status after it,
    /// and the payment that it answered, with its lines (R11.4). Events after the last day are left out.
    ///
    /// # Errors
    /// Every error of [`apply`](Self::apply); the path begins with `/events/` and the position of the event.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Event, Schedule, Subscription, Terms};
    ///
    /// let day = "2025-04-10".parse()?;
    /// let terms = Terms::new("30.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
    /// let created = Subscription::new("sub-1", terms)?;
    /// let events = [Event::attempt_started("sub-1-1-0-1", day), Event::payment_succeeded("sub-1-1-0-1", day)];
    ///
    /// let run = created.replay(&events, day)?;
    /// assert_eq!((run.subscription.payments(), run.timeline.len()), (1, 3));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn replay(&self, events: &[Event], through: Date) -> Result<Simulation, Errors> {
        replay(self, events, through)
    }

    /// Simulates the days of a script: performs every action when it is due, and applies the script's events on their days.
    /// Each payment succeeds, unless the script declines it.
    ///
    /// # Errors
    /// Every error of [`next_action`](Self::next_action) and [`apply`](Self::apply); `too_many` for more than 10 000 moments.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Failure, Schedule, Script, Status, Subscription, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY).with_payment_count(3)?;
    /// let subscription = Subscription::new("sub-1", Terms::new("19.90 NOK".parse()?, schedule))?;
    ///
    /// // The first attempt at payment 2 is declined, and the retry succeeds a day later.
    /// let script = Script::new("2025-01-31".parse()?, "2025-12-31".parse()?).with_failures([Failure::new(2, 1)]);
    /// let run = subscription.simulate(&script)?;
    /// assert_eq!(run.subscription.status(), Status::Expired);
    /// assert_eq!(run.subscription.payments(), 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn simulate(&self, script: &Script) -> Result<Simulation, Errors> {
        simulate(self, script)
    }

    /// Returns the due date of the first payment of the schedule that is neither settled nor to be skipped; `None` if there
    /// is none, and if the subscription has ended or ends with the period.
    ///
    /// # Examples
    /// [`id`](Self::id) has one.
    pub fn next_due_date(&self) -> Option<Date> {
        if self.status.is_final() {
            return None;
        }
        match self.state.ledger.open_own() {
            Some(open) if open.was_attempted() => Some(open.due_date),
            _ => due::date_of(self, Numbers::first_outside(&self.state.skips, self.first_unsettled())).ok()?,
        }
    }
}
