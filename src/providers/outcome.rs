//! What a provider's answer means for an attempt.

use super::credential::StoredCredential;
use super::http::{ChargeReply, HttpResponse, seconds};
use crate::date::Date;
use crate::decline::Decline;
use crate::json::{object, words};
use crate::payment::Payment;
use crate::subscription::Event;

/// What became of an attempt, as far as the answer tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OutcomeStatus {
    /// The money was taken.
    Succeeded,
    /// The provider has not decided, or has authorised without taking the money.
    Pending,
    /// It was declined for good.
    Declined,
    /// It was refused before any charge.
    NotMade,
    /// It may have been charged: ask (R6.6).
    Unknown,
}

words!(OutcomeStatus {
    Succeeded "succeeded", Pending "pending", Declined "declined", NotMade "not_made", Unknown "unknown",
});

/// A provider's answer to an attempt, read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What became of the attempt.
    pub status: OutcomeStatus,
    /// The provider's reference of the charge.
    pub provider_reference: Option<String>,
    /// The decline, where it is one.
    pub decline: Option<Decline>,
    /// What has to be kept to charge again, where the answer brings it. Secret.
    pub credential: Option<StoredCredential>,
    /// After how many seconds to ask or to send again, where the provider says so and the outcome is `unknown` or `not_made`.
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
    /// The same with what the header `Retry-After` of its answer says, where there is something to ask or to send again.
    #[inline(never)]
    pub(crate) fn after(self, retry_after: Option<&String>) -> Self {
        let open = matches!(self.status, OutcomeStatus::Unknown | OutcomeStatus::NotMade);
        Self { retry_after_seconds: if open { seconds(retry_after) } else { None }, ..self }
    }

    /// The same, unless it tells that nothing was made of a request that had been sent before: that is not known of the first one.
    pub(crate) fn unless_resent(self, resent: Option<bool>) -> Self {
        match self.status {
            OutcomeStatus::NotMade if resent == Some(true) => Self { status: OutcomeStatus::Unknown, ..self },
            _ => self,
        }
    }

    /// What an answer to a charge says, by what the answer alone says of it.
    pub(crate) fn told(reply: &ChargeReply, answered: impl FnOnce(&HttpResponse) -> Self) -> Self {
        answered(&reply.response()).unless_resent(reply.resent).after(reply.retry_after.as_ref())
    }

    /// The outcome of an attempt that the provider does not know.
    pub(crate) fn absent(request_is_over: bool) -> Self {
        Self::of(if request_is_over { OutcomeStatus::NotMade } else { OutcomeStatus::Unknown }, None)
    }

    /// What became of an attempt, with the provider's reference and nothing besides.
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

    /// That an attempt was declined.
    pub(crate) fn declined(decline: Decline, provider_reference: Option<&str>) -> Self {
        Self { decline: Some(decline), ..Self::of(OutcomeStatus::Declined, provider_reference) }
    }

    /// That it is not known what became of an attempt.
    pub(crate) fn unknown() -> Self {
        Self::of(OutcomeStatus::Unknown, None)
    }
}

/// What became of a request that takes no money by itself: a refund, a cancellation, a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Done {
    /// It was done.
    Done,
    /// It was accepted, and is not said to be done: ask, or wait for the report.
    Accepted,
    /// It was refused, and nothing has changed.
    Refused,
    /// It may have been done: ask.
    Unknown,
}

words!(Done { Done "done", Accepted "accepted", Refused "refused", Unknown "unknown" });

impl Done {
    /// After how many seconds to ask or to send again, where nothing is done.
    #[inline(never)]
    pub(crate) fn retry(self, retry_after: Option<&String>) -> Option<u32> {
        match self {
            Self::Refused | Self::Unknown => seconds(retry_after),
            Self::Done | Self::Accepted => None,
        }
    }
}

/// The event that an outcome is for a payment's subscription; none when it is not known what became of the attempt, which
/// therefore stays out.
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
