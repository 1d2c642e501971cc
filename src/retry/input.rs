//! The input of a retry plan: the attempts so far and the policy.

use crate::date::Date;
use crate::decline::Decline;
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::money::Money;
use crate::provider::Provider;

/// What happens to the subscription when the policy has no attempt left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum OnExhausted {
    /// It expires. The default.
    #[default]
    Expire,
    /// It is cancelled.
    Cancel,
    /// The payment is skipped, and the next one is offered on its due date.
    SkipPayment,
}

words!(OnExhausted { Expire "expire", Cancel "cancel", SkipPayment "skip_payment" });

/// When a declined payment is retried, and what happens if all attempts are declined (R6.1).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The days after the first decline on which to retry: ascending, from 1 to 365, at most 60. Empty: no retry.
    pub days: Vec<u32>,
    /// What happens to the subscription afterwards; default it expires.
    pub on_exhausted: Option<OnExhausted>,
}

object!(RetryPolicy { days: required "days", on_exhausted: optional "onExhausted" } check RetryPolicy::check);

impl Default for RetryPolicy {
    /// Retries 1, 3, 5 and 7 days after the first decline, then expires.
    fn default() -> Self {
        Self { days: Self::USUAL_DAYS.into(), on_exhausted: None }
    }
}

impl RetryPolicy {
    const MOST: usize = 60;

    /// The days of the default policy.
    pub(crate) const USUAL_DAYS: [u32; 4] = [1, 3, 5, 7];

    /// Creates a policy from the days after the first decline on which to retry: ascending, from 1 to 365, at most 60.
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
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
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
                let message = "expected at most 60 ascending days from 1 to 365";
                Err(Error::new(Code::OutOfRange, ["/days/", &digits(index)].concat(), message))
            }
        }
    }
}

/// A declined attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryAttempt {
    /// The day of the attempt.
    pub on: Date,
    /// The amount of the attempt.
    pub amount: Money,
    /// The decline.
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

/// A payment that was declined, once or several times.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PlanRetryInput {
    /// The attempts with one card, sorted by day: 1 to 1000.
    pub attempts: Vec<RetryAttempt>,
    /// When to retry; default after 1, 3, 5 and 7 days.
    pub policy: Option<RetryPolicy>,
    /// The provider, which may have its own rules.
    pub provider: Option<Provider>,
    /// The day of the plan: that of the last attempt or a later one.
    pub today: Date,
}

object!(PlanRetryInput {
    attempts: required "attempts",
    policy: optional "policy",
    provider: optional "provider",
    today: required "today",
});

impl PlanRetryInput {
    /// Creates an input from the attempts so far and the day of the plan. All other fields have their defaults.
    ///
    /// # Examples
    /// [`plan_retry`](crate::plan_retry) has one.
    pub fn new(attempts: Vec<RetryAttempt>, today: Date) -> Self {
        Self { attempts, policy: None, provider: None, today }
    }

    /// Sets the policy.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Decline, PlanRetryInput, Provider, Retry, RetryAttempt, RetryPolicy, plan_retry};
    ///
    /// let day = "2025-01-31".parse()?;
    /// let attempt = RetryAttempt::new(day, "19.90 NOK".parse()?, Decline::new(Retry::Allowed));
    /// let input = PlanRetryInput::new(vec![attempt], day).with_policy(RetryPolicy::new([2])).with_provider(Provider::Nexi);
    /// assert_eq!(plan_retry(&input)?.earliest, Some("2025-02-02".parse()?));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_policy(mut self, policy: RetryPolicy) -> Self {
        self.policy = Some(policy);
        self
    }

    /// Sets the provider, whose own rules then apply.
    ///
    /// # Examples
    /// [`with_policy`](Self::with_policy) has one.
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
                        let message = "expected a day on or after that of the previous attempt";
                        problems.push(Code::OutOfRange, at(index, "/on"), message);
                    }
                    problems.check(first.amount.same_currency(attempt.amount, &at(index, "/amount/currency")));
                    before = attempt.on;
                }
                if self.today < last.on {
                    problems.push(Code::OutOfRange, "/today", "expected a day on or after that of the last attempt");
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
