//! What happens to a subscription.

use crate::date::Date;
use crate::decline::Decline;
use crate::json::{Node, Object, Shape, Value, serde_by_shape, words};
use crate::money::Money;

use super::state::Status;

/// Something that happened. `on` is the day on which it is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Event {
    /// An attempt is about to be sent. Stored first, or a crash could send it twice (R5.5).
    AttemptStarted {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// The money was taken, or a payment of zero recorded.
    PaymentSucceeded {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
        /// The provider's reference of the charge.
        provider_reference: Option<String>,
        /// The amount, where the provider tells it.
        amount: Option<Money>,
    },
    /// The provider has the attempt and has not decided.
    PaymentPending {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// The attempt was declined for good.
    PaymentDeclined {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
        /// What is known of it.
        decline: Option<Decline>,
    },
    /// The attempt was refused before any charge: the same attempt is made again.
    PaymentNotMade {
        /// The payment's reference.
        reference: String,
        /// The day.
        on: Date,
    },
    /// Somebody decided to end it.
    Cancelled {
        /// The day.
        on: Date,
        /// At once, which is the default, or with the last period paid for.
        when: Option<When>,
    },
    /// It ended as [`next_action`](super::next_action) told.
    Finished {
        /// The day.
        on: Date,
        /// The status that it told.
        status: Status,
    },
}

/// When a cancellation takes force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum When {
    /// At once.
    #[default]
    Now,
    /// With the last period paid for.
    PeriodEnd,
}

words!(When { Now "now", PeriodEnd "period_end" });

/// The sorts of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    AttemptStarted,
    PaymentSucceeded,
    PaymentPending,
    PaymentDeclined,
    PaymentNotMade,
    Cancelled,
    Finished,
}

words!(Sort {
    AttemptStarted "attempt_started",
    PaymentSucceeded "payment_succeeded",
    PaymentPending "payment_pending",
    PaymentDeclined "payment_declined",
    PaymentNotMade "payment_not_made",
    Cancelled "cancelled",
    Finished "finished",
});

impl Event {
    /// The day on which it is applied.
    pub fn on(&self) -> Date {
        match self {
            Event::AttemptStarted { on, .. }
            | Event::PaymentSucceeded { on, .. }
            | Event::PaymentPending { on, .. }
            | Event::PaymentDeclined { on, .. }
            | Event::PaymentNotMade { on, .. }
            | Event::Cancelled { on, .. }
            | Event::Finished { on, .. } => *on,
        }
    }

    fn sort(&self) -> Sort {
        match self {
            Event::AttemptStarted { .. } => Sort::AttemptStarted,
            Event::PaymentSucceeded { .. } => Sort::PaymentSucceeded,
            Event::PaymentPending { .. } => Sort::PaymentPending,
            Event::PaymentDeclined { .. } => Sort::PaymentDeclined,
            Event::PaymentNotMade { .. } => Sort::PaymentNotMade,
            Event::Cancelled { .. } => Sort::Cancelled,
            Event::Finished { .. } => Sort::Finished,
        }
    }
}

impl Shape for Event {
    fn read(node: &Node<'_>) -> Option<Self> {
        let sort: Sort = node.tag("type")?;
        let own: &[&str] = match sort {
            Sort::AttemptStarted | Sort::PaymentPending | Sort::PaymentNotMade => &["reference"],
            Sort::PaymentSucceeded => &["reference", "providerReference", "amount"],
            Sort::PaymentDeclined => &["reference", "decline"],
            Sort::Cancelled => &["when"],
            Sort::Finished => &["status"],
        };
        let fields = node.object(&[&["type", "on"], own].concat())?;
        let on = fields.required("on");
        match sort {
            Sort::Cancelled => {
                let when = fields.optional("when");
                Some(Event::Cancelled { on: on?, when: when? })
            }
            Sort::Finished => {
                let status = fields.required("status");
                Some(Event::Finished { on: on?, status: status? })
            }
            _ => {
                let reference = fields.required::<String>("reference");
                let provider_reference = fields.optional("providerReference");
                let amount = fields.optional("amount");
                let decline = fields.optional("decline");
                let (reference, on, provider_reference) = (reference?, on?, provider_reference?);
                Some(match sort {
                    Sort::PaymentSucceeded => {
                        Event::PaymentSucceeded { reference, on, provider_reference, amount: amount? }
                    }
                    Sort::PaymentDeclined => Event::PaymentDeclined { reference, on, decline: decline? },
                    Sort::PaymentPending => Event::PaymentPending { reference, on },
                    Sort::PaymentNotMade => Event::PaymentNotMade { reference, on },
                    _ => Event::AttemptStarted { reference, on },
                })
            }
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("type", &self.sort());
        match self {
            Event::AttemptStarted { reference, .. }
            | Event::PaymentPending { reference, .. }
            | Event::PaymentNotMade { reference, .. } => object.required("reference", reference),
            Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
                object.required("reference", reference);
                object.optional("providerReference", provider_reference);
                object.optional("amount", amount);
            }
            Event::PaymentDeclined { reference, decline, .. } => {
                object.required("reference", reference);
                object.optional("decline", decline);
            }
            Event::Cancelled { when, .. } => object.optional("when", when),
            Event::Finished { status, .. } => object.required("status", status),
        }
        object.required("on", &self.on());
        object.done()
    }
}

serde_by_shape!(Event);
