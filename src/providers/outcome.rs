//! What a provider's response means for an attempt.

use super::credential::StoredCredential;
use super::http::{ChargeReply, HttpResponse, seconds};
use crate::date::Date;
use crate::decline::Decline;
use crate::json::{object, words};
use crate::payment::Payment;
use crate::subscription::Event;

/// The outcome of an attempt, as far as the response shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeStatus {
    /// The customer was charged.
    Succeeded,
    /// The provider has not decided, or has authorised the amount without charging it.
    Pending,
    /// It was declined, and the decline is final.
    Declined,
    /// The provider rejected it before any charge.
    NotMade,
    /// The customer may have been charged: send a status request (R6.6).
    Unknown,
}

words!(OutcomeStatus {
    Succeeded "succeeded", Pending "pending", Declined "declined", NotMade "not_made", Unknown "unknown",
});

/// A provider's response to an attempt, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The outcome of the attempt.
    pub status: OutcomeStatus,
    /// The provider's reference of the charge.
    pub provider_reference: Option<String>,
    /// The decline, if the attempt was declined.
    pub decline: Option<Decline>,
    /// What to store to charge again, if the response contains it. Secret.
    pub credential: Option<StoredCredential>,
    /// After how many seconds to query or send again, if the provider states it and the outcome is `unknown` or
    /// `not_made`.
    pub retry_after_seconds: Option<u32>,
}

object!(Outcome {
    status: required "status",
    provider_reference: nullable "providerReference",
    decline: nullable "decline",
    credential: nullable "credential",
    retry_after_seconds: optional "retryAfterSeconds",
});

impl Outcome {
    /// Adds the seconds of the response's `Retry-After` header, where there is something to query or send again.
    #[inline(never)]
    pub(crate) fn after(self, retry_after: Option<&String>) -> Self {
        let open = matches!(self.status, OutcomeStatus::Unknown | OutcomeStatus::NotMade);
        Self { retry_after_seconds: if open { seconds(retry_after) } else { None }, ..self }
    }

    /// Returns `unknown` in place of `not_made` for a request that had been sent before: its rejection says nothing
    /// about the first one.
    pub(crate) fn unless_resent(self, resent: Option<bool>) -> Self {
        match self.status {
            OutcomeStatus::NotMade if resent == Some(true) => Self { status: OutcomeStatus::Unknown, ..self },
            _ => self,
        }
    }

    /// Returns the outcome of a charge, given a reader of the response alone.
    pub(crate) fn told(reply: &ChargeReply, answered: impl FnOnce(&HttpResponse) -> Self) -> Self {
        answered(&reply.response()).unless_resent(reply.resent).after(reply.retry_after.as_ref())
    }

    /// Returns the outcome of an attempt that the provider does not know.
    pub(crate) fn absent(request_is_over: bool) -> Self {
        Self::of(if request_is_over { OutcomeStatus::NotMade } else { OutcomeStatus::Unknown }, None)
    }

    /// Builds an outcome from a status and the provider's reference.
    #[inline(never)]
    pub(crate) fn of(status: OutcomeStatus, provider_reference: Option<&str>) -> Self {
        Self {
            status,
            provider_reference: provider_reference.map(String::from),
            decline: None,
            credential: None,
            retry_after_seconds: None,
        }
    }

    /// Builds the outcome of a declined attempt.
    pub(crate) fn declined(decline: Decline, provider_reference: Option<&str>) -> Self {
        Self { decline: Some(decline), ..Self::of(OutcomeStatus::Declined, provider_reference) }
    }

    /// Builds the outcome `unknown`.
    pub(crate) fn unknown() -> Self {
        Self::of(OutcomeStatus::Unknown, None)
    }
}

/// The outcome of a request that charges nothing by itself: a refund, a cancellation, a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Done {
    /// It was done.
    Done,
    /// It was accepted but not confirmed: query it, or wait for the report.
    Accepted,
    /// It was rejected, and nothing has changed.
    Refused,
    /// It may have been done: query it.
    Unknown,
}

words!(Done { Done "done", Accepted "accepted", Refused "refused", Unknown "unknown" });

impl Done {
    /// Returns after how many seconds to query or send again, if nothing was done.
    #[inline(never)]
    pub(crate) fn retry(self, retry_after: Option<&String>) -> Option<u32> {
        match self {
            Self::Refused | Self::Unknown => seconds(retry_after),
            Self::Done | Self::Accepted => None,
        }
    }
}

/// Returns the event to apply to the payment's subscription. Returns `None` while the outcome is unknown: the attempt
/// then stays in flight.
pub fn event_from_outcome(payment: &Payment, outcome: &Outcome, on: Date) -> Option<Event> {
    let reference = payment.reference.clone();
    let Outcome { provider_reference, decline, .. } = outcome.clone();
    Some(match outcome.status {
        OutcomeStatus::Succeeded => Event::PaymentSucceeded { reference, on, provider_reference, amount: None },
        OutcomeStatus::Pending => Event::PaymentPending { reference, on },
        OutcomeStatus::Declined => Event::PaymentDeclined { reference, on, decline },
        OutcomeStatus::NotMade => Event::PaymentNotMade { reference, on },
        OutcomeStatus::Unknown => return None,
    })
}
