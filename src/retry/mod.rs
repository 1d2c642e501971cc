//! Whether and when a declined payment is tried again (R6).

mod rules;
#[cfg(test)]
mod tests;

use crate::date::Date;
use crate::decline::{Decline, Retry};
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::money::Money;
use crate::provider::Provider;
pub(crate) use rules::revokes;
use rules::{CAPS, Cap, FREE_DAYS, Scheme, Wait, later, refusal};

/// What becomes of the subscription when the policy is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
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

    fn check(&self) -> Result<(), Error> {
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
pub struct RetryAttempt {
    /// The day of it.
    pub on: Date,
    /// The amount of it.
    pub amount: Money,
    /// Why it was declined.
    pub decline: Decline,
}

object!(RetryAttempt { on: required "on", amount: required "amount", decline: required "decline" });

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
    /// The attempts with the default policy and no provider's own rules.
    pub fn new(attempts: Vec<RetryAttempt>, today: Date) -> Self {
        Self { attempts, policy: None, provider: None, today }
    }

    fn check(&self) -> Result<(), Errors> {
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

/// What is done about a declined payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Decision {
    /// The merchant tries again.
    Retry,
    /// Only the cardholder can pay it.
    Checkout,
    /// Nothing: the policy's end has come.
    Stop,
}

words!(Decision { Retry "retry", Checkout "checkout", Stop "stop" });

/// What is done about a declined payment, when, and by which rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPlan {
    /// What is done.
    pub decision: Decision,
    /// The first day for it.
    pub earliest: Option<Date>,
    /// The last day for it, where there is one.
    pub latest: Option<Date>,
    /// The attempts that the policy still has, this one included.
    pub attempts_left: u32,
    /// The rule that decided, a stable word such as `policy` or `visa_category_1`.
    pub rule: String,
    /// Why, for people.
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

/// Plans what is done about a declined payment: the merchant's next attempt, the cardholder's, or none (R6.1 to R6.5).
///
/// # Errors
/// `out_of_range` without attempts, for attempts that are not in the order of their days, a day before the last one, and a
/// policy whose days do not rise from 1 to 365; `too_many` for more than 1000 attempts; `currency_mismatch` for amounts of
/// two currencies.
///
/// ```
/// use billing_rules::{Decision, PlanRetryInput, from_json, plan_retry};
///
/// let input: PlanRetryInput = from_json(
///     r#"{
///         "attempts": [{
///             "on": "2025-01-31",
///             "amount": {"amount": 1990, "currency": "NOK"},
///             "decline": {"code": "51", "scheme": "mastercard", "advice": "26", "retry": "allowed", "reason": ""}
///         }],
///         "today": "2025-01-31"
///     }"#,
/// )?;
/// let plan = plan_retry(&input)?;
/// assert_eq!((plan.decision, plan.attempts_left), (Decision::Retry, 4));
/// assert_eq!(plan.earliest, Some("2025-02-03".parse()?));
/// assert_eq!(plan.rule, "mastercard_advice_26");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn plan_retry(input: &PlanRetryInput) -> Result<RetryPlan, Errors> {
    input.check()?;
    let PlanRetryInput { attempts, policy, provider, today } = input;
    let policy = policy.clone().unwrap_or_default();
    // Every list that is not empty has a plan.
    let no_plan = || Error::new(Code::Internal, "", "there is no plan");
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

/// What follows from the attempts so far, whatever the day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    /// Whether a decline keeps the merchant from charging this card at all.
    pub(crate) binds_card: bool,
    /// Whether the merchant's time for this payment has run out, though the policy has attempts left.
    pub(crate) too_late: bool,
    /// The day of the merchant's next attempt; none when the cardholder has to pay, or when the policy is used up.
    pub(crate) retry_on: Option<Date>,
    /// The last day for that attempt, where there is one.
    pub(crate) latest: Option<Date>,
    /// The policy's last day, until which the cardholder may pay.
    pub(crate) last_day: Date,
    pub(crate) rule: &'static str,
    pub(crate) reason: String,
}

impl Plan {
    /// Whether a checkout is offered until the last day, rather than an attempt of the merchant's.
    pub(crate) fn needs_cardholder(&self) -> bool {
        self.binds_card || self.too_late
    }

    /// The plan as it stands on a day: an attempt that could only be made too late is none.
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

/// Plans by what was declined so far, in the order of the days; `None` when nothing was.
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
    bound.raise(later(last.on, 1), POLICY, || "an attempt is made on a day after that of the last one".into());
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

/// The first day for the next attempt, with the rule that makes it so late: on a tie the one that came first.
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

    /// Waits as a decline asks for (R6.4).
    fn wait(&mut self, attempt: &RetryAttempt, provider: Option<Provider>) {
        let RetryAttempt { on, decline, .. } = attempt;
        if let (Retry::NotBefore, Some(day)) = (decline.retry, decline.not_before) {
            self.raise(day, "not_before", || ["the provider asks to wait until ", &day.iso()].concat());
        }
        if let Some(wait) = Wait::after(decline, provider) {
            self.raise(later(*on, wait.days()), wait.rule, || {
                ["after advice ", wait.advice, " mastercard asks to wait ", &digits(wait.hours), " hours"].concat()
            });
        }
    }
}

/// The first day on which a cap has room for one more attempt (R6.3): when the attempt that fills it, counted from the last
/// one back, has left the window. `None` when the cap has room on any day.
fn allowed_from(cap: &Cap, attempts: &[RetryAttempt], amount: Money) -> Option<Date> {
    let mut counted = attempts.iter().rev().filter(|attempt| !cap.by_amount || attempt.amount == amount);
    let filling = counted.nth(cap.most.checked_sub(1)?)?;
    Some(later(filling.on, cap.window.dates()))
}
