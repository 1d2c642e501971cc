//! Whether and when a declined payment is retried (R6).

mod input;
mod rules;
#[cfg(test)]
mod tests;

use crate::date::Date;
use crate::decline::Retry;
use crate::digits::digits;
use crate::error::{Code, Error, Errors};
use crate::json::{object, words};
use crate::money::Money;
use crate::provider::Provider;
pub use input::{OnExhausted, PlanRetryInput, RetryAttempt, RetryPolicy};
pub(crate) use rules::revokes;
use rules::{CAPS, Cap, FREE_DAYS, Scheme, Wait, later, refusal};

/// What to do about a declined payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: the merchant, the cardholder or nobody pays.
pub enum Decision {
    /// The merchant retries.
    Retry,
    /// Only the cardholder can pay it.
    Checkout,
    /// Nothing: the policy is used up.
    Stop,
}

words!(Decision { Retry "retry", Checkout "checkout", Stop "stop" });

/// What to do about a declined payment, when, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPlan {
    /// What to do.
    pub decision: Decision,
    /// The first day for it.
    pub earliest: Option<Date>,
    /// The last day for it, if there is one.
    pub latest: Option<Date>,
    /// How many attempts the policy has left, including this one.
    pub attempts_left: u32,
    /// The rule that decided, a stable value such as `policy` or `visa_category_1`.
    pub rule: String,
    /// The reason, for people.
    pub reason: String,
}

object!(RetryPlan {
    decision: required "decision",
    earliest: nullable "earliest",
    latest: nullable "latest",
    attempts_left: required "attemptsLeft",
    rule: required "rule",
    reason: required "reason",
});

/// Returns what to do about a declined payment: the merchant's next attempt, a checkout for the cardholder, or nothing
/// (R6.1 to R6.5).
///
/// # Errors
/// - `out_of_range` without attempts, for attempts that are not sorted by day, for a `today` before the last attempt,
///   and for a policy whose days are not ascending from 1 to 365.
/// - `too_many` for more than 1000 attempts.
/// - `currency_mismatch` for amounts of two currencies.
///
/// # Examples
/// ```
/// use billing_rules::{Decision, Decline, PlanRetryInput, Retry, RetryAttempt, plan_retry};
///
/// let day = "2025-01-31".parse()?;
/// let decline = Decline::new(Retry::Allowed).with_code("51").with_scheme("mastercard").with_advice("26");
/// let attempt = RetryAttempt::new(day, "19.90 NOK".parse()?, decline);
/// let plan = plan_retry(&PlanRetryInput::new(vec![attempt], day))?;
/// assert_eq!((plan.decision, plan.attempts_left), (Decision::Retry, 4));
/// assert_eq!(plan.earliest, Some("2025-02-03".parse()?));
/// assert_eq!(plan.rule, "mastercard_advice_26");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan_retry(input: &PlanRetryInput) -> Result<RetryPlan, Errors> {
    input.check()?;
    let PlanRetryInput { attempts, policy, provider, today } = input;
    let policy = policy.clone().unwrap_or_default();
    // There is a plan unless there are no attempts, and `check` has rejected that.
    let no_plan = || Error::new(Code::Internal, "", "cannot plan a retry because there are no attempts");
    let plan = plan(attempts, &policy, *provider).ok_or_else(no_plan)?.seen_on(*today);
    let offered = plan.needs_cardholder() && *today <= plan.last_day;
    let (decision, earliest, latest) = match plan.retry_on {
        Some(day) => (Decision::Retry, Some(day.max(*today)), plan.latest),
        None if offered => (Decision::Checkout, Some(*today), Some(plan.last_day)),
        None => (Decision::Stop, None, None),
    };
    let used = attempts.len().saturating_sub(1);
    let left = if decision == Decision::Retry { policy.days.len().saturating_sub(used) } else { 0 };
    let attempts_left = u32::try_from(left).unwrap_or(u32::MAX);
    Ok(RetryPlan { decision, earliest, latest, attempts_left, rule: plan.rule.into(), reason: plan.reason })
}

/// The plan that follows from the attempts so far, whatever the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Whether a decline prevents the merchant from charging this card at all.
    pub(crate) binds_card: bool,
    /// Whether the merchant's time for this payment is over, although the policy has attempts left.
    pub(crate) too_late: bool,
    /// The day of the merchant's next attempt; `None` if the cardholder has to pay, or if the policy is used up.
    pub(crate) retry_on: Option<Date>,
    /// The last day for that attempt, if there is one.
    pub(crate) latest: Option<Date>,
    /// The policy's last day, until which the cardholder may pay.
    pub(crate) last_day: Date,
    pub(crate) rule: &'static str,
    pub(crate) reason: String,
}

impl Plan {
    /// Returns whether a checkout is offered until the last day instead of an attempt by the merchant.
    pub(crate) fn needs_cardholder(&self) -> bool {
        self.binds_card || self.too_late
    }

    /// Returns the plan as of a day. An attempt whose last day is over is dropped.
    pub(crate) fn seen_on(self, today: Date) -> Self {
        match (self.retry_on, self.latest) {
            (Some(day), Some(latest)) if day.max(today) > latest => Self {
                too_late: true,
                retry_on: None,
                latest: None,
                rule: FREE_DAYS.rule,
                reason: FREE_DAYS.says.into(),
                ..self
            },
            _ => self,
        }
    }
}

/// Returns the plan for the declined attempts, sorted by day; `None` if there are none.
pub(crate) fn plan(attempts: &[RetryAttempt], policy: &RetryPolicy, provider: Option<Provider>) -> Option<Plan> {
    let (first, last) = (attempts.first()?, attempts.last()?);
    let last_day = later(first.on, policy.days.last().copied().unwrap_or_default());
    let plan = Plan {
        binds_card: false,
        too_late: false,
        retry_on: None,
        latest: None,
        last_day,
        rule: "",
        reason: "".into(),
    };
    if let Some((rule, reason)) = attempts.iter().find_map(|attempt| refusal(&attempt.decline, provider)) {
        return Some(Plan { binds_card: true, rule, reason, ..plan });
    }
    let Some(days) = policy.days.get(attempts.len().saturating_sub(1)) else {
        return Some(Plan { rule: POLICY, reason: "the policy has no attempt left".into(), ..plan });
    };
    let mut bound = Bound {
        day: later(first.on, *days),
        rule: POLICY,
        reason: ["the policy's next attempt is on day ", &digits(*days), " after the first decline"].concat(),
    };
    bound.raise(later(last.on, 1), POLICY, || "each attempt is on a later day than the previous one".into());
    for attempt in attempts {
        bound.wait(attempt, provider);
    }
    let card = Scheme::of(&last.decline);
    let latest = FREE_DAYS.last(first.on, card);
    let late = |day: Date| latest.is_some_and(|latest| day > latest);
    if late(bound.day) {
        bound = Bound { rule: FREE_DAYS.rule, reason: FREE_DAYS.says.into(), ..bound };
    }
    for cap in CAPS.iter().filter(|cap| cap.scheme.rules(card)) {
        if let Some(day) = allowed_from(cap, attempts, last.amount) {
            bound.raise(day, cap.rule, || cap.says.into());
        }
    }
    let Bound { day, rule, reason } = bound;
    Some(match late(day) {
        true => Plan { too_late: true, rule, reason, ..plan },
        false => Plan { retry_on: Some(day), latest, rule, reason, ..plan },
    })
}

const POLICY: &str = "policy";

/// The first day for the next attempt, with the rule that sets it. On a tie, the earlier rule counts.
struct Bound {
    day: Date,
    rule: &'static str,
    reason: String,
}

impl Bound {
    fn raise(&mut self, day: Date, rule: &'static str, reason: impl FnOnce() -> String) {
        if day > self.day {
            *self = Self { day, rule, reason: reason() };
        }
    }

    /// Applies the wait that a decline requires (R6.4).
    fn wait(&mut self, attempt: &RetryAttempt, provider: Option<Provider>) {
        let RetryAttempt { on, decline, .. } = attempt;
        if let (Retry::NotBefore, Some(day)) = (decline.retry, decline.not_before) {
            self.raise(day, "not_before", || ["the provider requires a wait until ", &day.iso()].concat());
        }
        if let Some(wait) = Wait::after(decline, provider) {
            self.raise(later(*on, wait.days()), wait.rule, || {
                ["after advice ", wait.advice, " mastercard requires a wait of ", &digits(wait.hours), " hours"]
                    .concat()
            });
        }
    }
}

/// Returns the first day on which a cap allows one more attempt (R6.3): the day on which the attempt that fills the
/// cap, counted backwards from the last one, leaves the window. `None` if the cap allows it on any day.
fn allowed_from(cap: &Cap, attempts: &[RetryAttempt], amount: Money) -> Option<Date> {
    let mut counted = attempts.iter().rev().filter(|attempt| !cap.by_amount || attempt.amount == amount);
    let filling = counted.nth(cap.most.checked_sub(1)?)?;
    Some(later(filling.on, cap.window.dates()))
}
