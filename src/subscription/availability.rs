//! Where a payment that is due stands: who can make it, from when, and until when (R4.3, R6.1, R5.11).

use super::record::Record;
use super::state::{CardBlock, Subscription};
use crate::date::Date;
use crate::indicator::EstablishedBy;
use crate::payment::PaymentKind;
use crate::retry::{OnExhausted, Plan, RetryPolicy, plan};

/// Where a payment that is due stands on a day.
pub(super) enum Availability {
    /// It can be made, by the merchant or only by the cardholder.
    Offered { by_cardholder: bool },
    /// It can be tried again on a day.
    Waits(Date),
    /// All that the policy allows has been tried.
    UsedUp,
}

impl Subscription {
    pub(super) fn availability(&self, record: &Record, today: Date) -> Availability {
        let policy = self.policy();
        let plan = plan(&record.declines(self.state.card), &policy, None).map(|plan| plan.seen_on(today));
        let by_cardholder = record.customer_present
            || self.state.established == EstablishedBy::None
            || self.state.card_block.is_some()
            || plan.as_ref().is_some_and(Plan::needs_cardholder);
        match plan {
            None if by_cardholder && self.is_abandoned(record, today) => Availability::UsedUp,
            None => Availability::Offered { by_cardholder },
            // The cardholder is not bound to the days of retries (R4.3).
            Some(plan) if by_cardholder && today <= plan.last_day => Availability::Offered { by_cardholder },
            Some(_) if by_cardholder => Availability::UsedUp,
            Some(plan) => match plan.retry_on {
                Some(day) if today < day => Availability::Waits(day),
                Some(_) => Availability::Offered { by_cardholder },
                None => Availability::UsedUp,
            },
        }
    }

    /// The last day on which a payment can be made as things stand, where there is one.
    pub(super) fn last_day(&self, record: &Record) -> Option<Date> {
        match plan(&record.declines(self.state.card), &self.policy(), None) {
            Some(plan) => Some(plan.last_day),
            None if record.is_own() => self.last_day_of_checkout(record),
            None => self.last_day_beside(record),
        }
    }

    /// The last day for a checkout beside the schedule that nobody attempts (R5.11).
    fn last_day_beside(&self, record: &Record) -> Option<Date> {
        record.due_date.plus_days(self.last_retry_day().into())
    }

    /// The last day for a checkout of a scheduled payment that nobody attempts: the policy's last, at least 7 days from the later of the due
    /// date and the event that made it a checkout (R4.3).
    fn last_day_of_checkout(&self, record: &Record) -> Option<Date> {
        const LEAST: u32 = 7;
        let since = self.state.checkout_since.max(record.costs_since).max(Some(record.due_date));
        since.and_then(|since| since.plus_days(self.last_retry_day().max(LEAST).into()))
    }

    /// Whether a checkout that nobody attempts has run out (R4.3, R5.11). One of a scheduled payment has no such end until the first
    /// success (R5.8).
    fn is_abandoned(&self, record: &Record, today: Date) -> bool {
        let beside = record.outlives_service() || record.kind == PaymentKind::Verification && !self.is_initial(record);
        let bounded = record.is_own() && !record.sends_nothing() && (self.state.begun || record.was_declined());
        let last = if beside {
            self.last_day_beside(record)
        } else if bounded {
            self.last_day_of_checkout(record)
        } else {
            None
        };
        last.is_some_and(|last| last < today)
    }

    /// How many days after the first decline the policy tries for the last time.
    fn last_retry_day(&self) -> u32 {
        self.policy().days.last().copied().unwrap_or_default()
    }

    /// The retry policy of the terms, or the default one.
    pub(super) fn policy(&self) -> RetryPolicy {
        self.terms.retry.clone().unwrap_or_default()
    }

    pub(super) fn policy_end(&self) -> OnExhausted {
        self.policy().on_exhausted.unwrap_or_default()
    }

    pub(super) fn why_checkout(&self, record: &Record) -> &'static str {
        if record.kind == PaymentKind::Verification {
            "the cardholder has to verify the card"
        } else if self.state.card_block == Some(CardBlock::Revoked) {
            "the cardholder has revoked the charges, and has to agree to them anew"
        } else if self.state.card_block.is_some() {
            "the card cannot be charged any more: the cardholder has to pay, or to bring another card"
        } else if self.state.established == EstablishedBy::None {
            "the cardholder has not completed a payment with this card yet"
        } else if record.customer_present {
            "the cardholder is there to pay"
        } else {
            "the merchant may not try again: the cardholder has to pay"
        }
    }
}

impl Record {
    /// Whether its success is only recorded: there is no money in it, and no card to verify.
    pub(super) fn sends_nothing(&self) -> bool {
        self.amount.amount() == 0 && self.kind != PaymentKind::Verification
    }
}
