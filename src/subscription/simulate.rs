//! Simulating a subscription with given declines and events.

use super::action::Action;
use super::apply::apply_to;
use super::days::advance;
use super::days::next_action::decide;
use super::days::next_action_on;
use super::days::step;
use super::event::{ChargeStatus, Event};
use super::owed::guard;
use super::payments::start;
use super::records::record::Record;
use super::records::state::Subscription;
use super::status::Status;
use crate::date::Date;
use crate::decline::Decline;
use crate::digits::digits;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::payment::Payment;

/// The input of a simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Script {
    /// The first day.
    pub from: Date,
    /// The last day, inclusive.
    pub through: Date,
    /// The declined attempts; all others succeed.
    pub fail: Option<Vec<Failure>>,
    /// Events other than those of payments, each applied on its day before anything else.
    pub events: Option<Vec<Event>>,
}

object!(Script {
    from: required "from",
    through: required "through",
    fail: optional "fail",
    events: optional "events",
});

impl Script {
    /// Creates a script from its first and its last day, on which every payment succeeds.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Event, Failure, Script};
    ///
    /// let script = Script::new("2025-01-31".parse()?, "2025-12-31".parse()?)
    ///     .with_failures([Failure::new(2, 1)])
    ///     .with_events([Event::paused("2025-06-01".parse()?)]);
    /// assert_eq!(script.fail.map(|failures| failures.len()), Some(1));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(from: Date, through: Date) -> Self {
        Self { from, through, fail: None, events: None }
    }

    /// Sets the declined attempts.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_failures(mut self, failures: impl Into<Vec<Failure>>) -> Self {
        self.fail = Some(failures.into());
        self
    }

    /// Sets the events other than those of payments.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_events(mut self, events: impl Into<Vec<Event>>) -> Self {
        self.events = Some(events.into());
        self
    }
}

/// A declined attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Failure {
    /// The payment's number.
    pub number: u32,
    /// The payment's `extra`; default 0.
    pub extra: Option<u32>,
    /// The number of the attempt, from 1.
    pub attempt: u32,
    /// The decline.
    pub decline: Option<Decline>,
}

object!(Failure {
    number: required "number",
    extra: optional "extra",
    attempt: required "attempt",
    decline: optional "decline",
});

impl Failure {
    /// Creates the failure of an attempt, from 1, at the payment with a number.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Decline, Failure, Retry};
    ///
    /// let failure = Failure::new(2, 1).with_decline(Decline::new(Retry::Never));
    /// assert_eq!((failure.number, failure.attempt), (2, 1));
    /// ```
    pub fn new(number: u32, attempt: u32) -> Self {
        Self { number, extra: None, attempt, decline: None }
    }

    /// Sets the `extra` of the payment, which is 0 for the payments of the schedule.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Failure;
    ///
    /// assert_eq!(Failure::new(2, 1).with_extra(1).extra, Some(1));
    /// ```
    pub fn with_extra(mut self, extra: u32) -> Self {
        self.extra = Some(extra);
        self
    }

    /// Sets the decline.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_decline(mut self, decline: Decline) -> Self {
        self.decline = Some(decline);
        self
    }
}

/// A step of a simulation: an action that was performed or an event that was applied, and the status after it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Moment {
    /// The day.
    pub on: Date,
    /// The action that was performed.
    pub action: Option<Action>,
    /// The event that was applied.
    pub event: Option<Event>,
    /// The status after it.
    pub status: Status,
}

object!(Moment { on: required "on", action: nullable "action", event: nullable "event", status: required "status" });

/// The result of a simulation.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Simulation {
    /// The subscription after the last day.
    pub subscription: Subscription,
    /// The steps, in order.
    pub timeline: Vec<Moment>,
}

object!(Simulation { subscription: required "subscription", timeline: required "timeline" });

/// The maximum number of steps of one simulation.
const MOST: usize = 10_000;

/// Simulates some days, as [`Subscription::simulate`] describes.
pub(super) fn simulate(subscription: &Subscription, script: &Script) -> Result<Simulation, Errors> {
    let mut run = Run { subscription: subscription.clone(), timeline: Vec::new(), script };
    let mut day = script.from;
    while day <= script.through {
        for (index, event) in script.events.iter().flatten().enumerate().filter(|(_, event)| event.on() == day) {
            let place = ["/script/events/", &digits(index)].concat();
            run.apply(None, event.clone()).map_err(|errors| errors.moved(&[("/event", place.as_str())]))?;
        }
        let next = run.follow(day)?;
        // Nothing happens before the next action or event.
        let events = script.events.iter().flatten().map(Event::on).filter(|on| *on > day);
        match events.chain(next).min() {
            Some(next) => day = next,
            None => break,
        }
    }
    run.subscription.next_action_on = next_action_on::of(&run.subscription);
    Ok(Simulation { subscription: run.subscription, timeline: run.timeline })
}

struct Run<'a> {
    subscription: Subscription,
    timeline: Vec<Moment>,
    script: &'a Script,
}

impl Run<'_> {
    /// Performs what is due on a day. Returns the next day on which something is due.
    fn follow(&mut self, day: Date) -> Result<Option<Date>, Errors> {
        loop {
            guard::not_before_last_event(&self.subscription, day, "/today")?;
            let seen = advance::seen(&self.subscription, day)?;
            let decision = decide(&seen, day)?;
            let (action, offered) = (decision.action(&seen), decision.offered());
            let is_followed = !matches!(action, Action::Wait { .. } | Action::None { .. } | Action::Resolve { .. });
            // An event of the day finds the subscription like this too.
            if let Some(copy) = seen.into_copy()
                && is_followed
            {
                self.subscription = copy;
            }
            match &action {
                Action::Wait { until } => return Ok(Some(*until)),
                Action::None { .. } | Action::Resolve { .. } => return Ok(None),
                Action::Finish { status, .. } => {
                    let event = Event::Finished { on: day, status: *status };
                    self.apply(Some(action), event)?;
                }
                Action::Record { payment } => {
                    let event = succeeded(&payment.reference, day);
                    self.apply(Some(action), event)?;
                }
                Action::AwaitProvider { payment } => {
                    let failure = self.failure(payment);
                    let charge = charged(payment.reference.clone(), failure, day);
                    let declined = failure.is_some();
                    self.apply(Some(action), charge)?;
                    if declined {
                        return Ok(day.plus_days(1));
                    }
                }
                Action::Checkout { payment, .. } | Action::Charge { payment } => {
                    let reference = payment.reference.clone();
                    let failure = self.failure(payment);
                    let outcome = match failure {
                        Some(failure) => Event::PaymentDeclined {
                            reference: reference.clone(),
                            on: day,
                            decline: failure.decline.clone(),
                        },
                        None => succeeded(&reference, day),
                    };
                    let declined = failure.is_some();
                    let checkout = matches!(action, Action::Checkout { .. });
                    self.start(action, offered, Event::AttemptStarted { reference, on: day })?;
                    self.apply(None, outcome)?;
                    // A declined cardholder returns on another day.
                    if declined && checkout {
                        return Ok(day.plus_days(1));
                    }
                }
            }
        }
    }

    fn failure(&self, payment: &Payment) -> Option<&Failure> {
        self.script.fail.iter().flatten().find(|failure| {
            (failure.number, failure.extra.unwrap_or(0), failure.attempt)
                == (payment.number, payment.extra, payment.attempt)
        })
    }

    /// Applies the start of an attempt at the payment that the day has offered.
    fn start(&mut self, action: Action, offered: Option<(Record, bool)>, event: Event) -> Result<(), Errors> {
        self.check_length()?;
        if let Some((record, by_cardholder)) = offered {
            start::begin(&mut self.subscription, record, by_cardholder, event.on());
            step::complete(&mut self.subscription, event.on())?;
        }
        self.note(Some(action), event);
        Ok(())
    }

    fn apply(&mut self, action: Option<Action>, event: Event) -> Result<(), Errors> {
        self.check_length()?;
        apply_to(&mut self.subscription, &event)?;
        self.note(action, event);
        Ok(())
    }

    fn check_length(&self) -> Result<(), Error> {
        if self.timeline.len() >= MOST {
            return Err(Error::new(Code::TooMany, "/script", "expected at most 10000 moments; simulate fewer days"));
        }
        Ok(())
    }

    fn note(&mut self, action: Option<Action>, event: Event) {
        let status = self.subscription.status();
        self.timeline.push(Moment { on: event.on(), action, event: Some(event), status });
    }
}

/// Builds the event of a charge that the provider makes by its own schedule.
fn charged(provider_reference: String, failure: Option<&Failure>, on: Date) -> Event {
    let status = if failure.is_some() { ChargeStatus::Declined } else { ChargeStatus::Succeeded };
    let decline = failure.and_then(|failure| failure.decline.clone());
    Event::ProviderCharge { provider_reference, status, amount: None, decline, on }
}

fn succeeded(reference: &str, on: Date) -> Event {
    Event::PaymentSucceeded { reference: reference.into(), on, provider_reference: None, amount: None }
}
