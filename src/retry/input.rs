//! What a plan for a declined payment is made from: the attempts so far and the policy.

use crate::date::Date;
use crate::decline::Decline;
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::money::Money;
use crate::provider::Provider;

/// What becomes of the subscription when the policy is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum OnExhausted {
    /// It expires. The default.
    #[default]
    Expire,
    /// It is cancelled.
    Cancel,
    /// The payment is given up, and the next one is offered on its due date.
    SkipPayment,
}

words!(OnExhausted { Expire "expire", Cancel "cancel", SkipPayment "skip_payment" });

/// When a declined payment is tried again, and what follows when that does not help (R6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The days after the first decline, each a new attempt: rising, from 1 to 365, at most 60. None: no new attempt.
    pub days: Vec<u32>,
    /// What becomes of the subscription afterwards; default it expires.
    pub on_exhausted: Option<OnExhausted>,
}

object!(RetryPolicy { days: required "days", on_exhausted: optional "onExhausted" } check RetryPolicy::check);

impl Default for RetryPolicy {
    /// Attempts 1, 3, 5 and 7 days after the first decline, then the end.
    fn default() -> Self {
        Self { days: vec![1, 3, 5, 7], on_exhausted: None }
    }
}

impl RetryPolicy {
    const MOST: usize = 60;

    /// Creates a policy from the days after the first decline on which a new attempt is made: rising, from 1 to 365, at most 60.
    /// The functions that use a policy check it.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{OnExhausted, RetryPolicy};
    ///
    /// let policy = RetryPolicy::new([1, 3, 7]).with_on_exhausted(OnExhausted::Cancel);
    /// assert_eq!(policy.days, [1, 3, 7]);
    /// ```
    pub fn new(days: impl Into<Vec<u32>>) -> Self {
        Self { days: days.into(), on_exhausted: None }
    }

    /// Sets what happens to the subscription when no attempt is left.
    pub fn with_on_exhausted(mut self, on_exhausted: OnExhausted) -> Self {
        self.on_exhausted = Some(on_exhausted);
        self
    }

    pub(crate) fn check(&self) -> Result<(), Error> {
        let earlier = std::iter::once(0).chain(self.days.iter().copied());
        let wrong = |(index, (day, earlier)): &(usize, (&u32, u32))| {
            !(1..=365).contains(*day) || *day <= earlier || *index >= Self::MOST
        };
        match self.days.iter().zip(earlier).enumerate().find(wrong) {
            None => Ok(()),
            Some((index, _)) => {
                let message = "expected at most 60 days from 1 to 365, each after the one before";
                Err(Error::new(Code::OutOfRange, ["/days/", &digits(index)].concat(), message))
            }
        }
    }
}

/// An attempt that was declined.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryAttempt {
    /// The day of it.
    pub on: Date,
    /// The amount of it.
    pub amount: Money,
    /// Why it was declined.
    pub decline: Decline,
}

object!(RetryAttempt { on: required "on", amount: required "amount", decline: required "decline" });

impl RetryAttempt {
    /// Creates an attempt from its day, its amount and its decline.
    ///
    /// # Examples
    /// [`plan_retry`](crate::plan_retry) has one.
    pub fn new(on: Date, amount: Money, decline: Decline) -> Self {
        Self { on, amount, decline }
    }
}

/// A payment that was declined, once or more often.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanRetryInput {
    /// Its attempts with one card, in the order of their days: 1 to 1000.
    pub attempts: Vec<RetryAttempt>,
    /// When it is tried again; default after 1, 3, 5 and 7 days.
    pub policy: Option<RetryPolicy>,
    /// The provider, which may have rules of its own.
    pub provider: Option<Provider>,
    /// The day for which the plan is made: that of the last attempt or a later one.
    pub today: Date,
}

object!(PlanRetryInput {
    attempts: required "attempts",
    policy: optional "policy",
    provider: optional "provider",
    today: required "today",
});

impl PlanRetryInput {
    /// Creates an input from the attempts so far and the day of the plan. Everything else has its default.
    ///
    /// # Examples
    /// [`plan_retry`](crate::plan_retry) has one.
    pub fn new(attempts: Vec<RetryAttempt>, today: Date) -> Self {
        Self { attempts, policy: None, provider: None, today }
    }

    /// Sets the policy.
    pub fn with_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Sets the provider, whose own rules then count.
    pub fn with_provider(mut self, provider: Provider) -> Self {
        self.provider = Some(provider);
        self
    }

    pub(super) fn check(&self) -> Result<(), Errors> {
        const MOST: usize = 1000;
        let mut problems = Problems::of_input();
        let at = |index: usize, field: &str| ["/attempts/", &digits(index), field].concat();
        match (self.attempts.first(), self.attempts.last()) {
            (Some(first), Some(last)) => {
                if self.attempts.len() > MOST {
                    problems.push(Code::TooMany, "/attempts", "expected at most 1000 attempts");
                }
                let mut before = first.on;
                for (index, attempt) in self.attempts.iter().enumerate() {
                    if attempt.on < before {
                        let message = "the attempt lies before the one that it follows";
                        problems.push(Code::OutOfRange, at(index, "/on"), message);
                    }
                    problems.check(first.amount.same_currency(attempt.amount, &at(index, "/amount/currency")));
                    before = attempt.on;
                }
                if self.today < last.on {
                    problems.push(Code::OutOfRange, "/today", "the last attempt lies after this day");
                }
            }
            _ => problems.push(Code::OutOfRange, "/attempts", "expected at least one attempt"),
        }
        if let Some(policy) = &self.policy {
            problems.check(policy.check().map_err(|problem| problem.prefixed("/policy")));
        }
        problems.finish(Some(()))
    }
}
