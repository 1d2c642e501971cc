//! Retries against an oracle that knows no formula: it tries one day after the other and counts.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::{
    Date, Decision, Decline, Money, PlanRetryInput, Retry, RetryAttempt, RetryPlan, RetryPolicy, plan_retry,
};
use proptest::prelude::*;

/// An attempt: days after the first, scheme, amount, advice.
type Given = (i64, &'static str, i64, &'static str);

fn start() -> Date {
    "2025-01-31".parse().unwrap()
}

fn day(days: i64) -> Date {
    start().plus_days(days).unwrap()
}

fn attempt((on, scheme, amount, advice): Given) -> RetryAttempt {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let (scheme, advice) = (given(scheme), given(advice));
    let mut decline = Decline::new(Retry::Allowed).with_code("51").with_reason("");
    (decline.scheme, decline.advice) = (scheme, advice);
    RetryAttempt::new(day(on), Money::new(amount, "BRL".parse().unwrap()).unwrap(), decline)
}

fn input(attempts: &[Given], days: &[u32], today: i64) -> PlanRetryInput {
    let attempts: Vec<RetryAttempt> = attempts.iter().copied().map(attempt).collect();
    PlanRetryInput::new(attempts, day(today)).with_policy(RetryPolicy::new(days))
}

fn planned(attempts: &[Given], days: &[u32], today: i64) -> RetryPlan {
    plan_retry(&input(attempts, days, today)).unwrap()
}

/// Attempts in order of their days, with one scheme, two amounts, and advice that asks to wait.
fn attempts() -> impl Strategy<Value = Vec<Given>> {
    let scheme = prop::sample::select(vec!["visa", "mastercard", "elo", "amex", ""]);
    let advice = prop::sample::select(vec!["", "", "", "", "02", "24", "30", "01"]);
    let one =
        (prop_oneof![3 => Just(0i64), 2 => 1i64..4, 1 => 4i64..40], prop::sample::select(vec![5i64, 5, 5, 7]), advice);
    (scheme, prop::collection::vec(one, 1..55)).prop_map(|(scheme, list)| {
        let mut on = 0i64;
        let place = |(index, (gap, amount, advice)): (usize, (i64, i64, &'static str))| {
            on = if index == 0 { 0 } else { on.saturating_add(gap) };
            (on, scheme, amount, advice)
        };
        list.into_iter().enumerate().map(place).collect()
    })
}

/// A policy that is long enough for most of them.
fn policies() -> impl Strategy<Value = Vec<u32>> {
    (prop::collection::btree_set(1u32..=365, 0..8), 0u32..=60).prop_map(|(some, run)| {
        let mut days: Vec<u32> = (1..=run).chain(some.into_iter().filter(|day| *day > run)).collect();
        days.truncate(60);
        days
    })
}

/// Whether nothing speaks against an attempt on a day, found by counting.
fn allowed(attempts: &[Given], on: i64) -> bool {
    let Some((last, scheme, amount, _)) = attempts.last().copied() else { return false };
    let is = |name: &str| scheme == name || scheme == "amex" || scheme.is_empty();
    let within = |dates: i64, same_amount: bool| {
        let window: Vec<i64> = (0..dates).map(|back| on.saturating_sub(back)).collect();
        attempts.iter().filter(|(day, _, other, _)| window.contains(day) && (!same_amount || *other == amount)).count()
    };
    let waited = attempts.iter().all(|(day, _, _, advice)| {
        let days = match *advice {
            "02" => 4,
            "24" => 2,
            "30" => 11,
            _ => 0,
        };
        !is("mastercard") || on.saturating_sub(*day) >= days
    });
    on > last
        && waited
        && (!is("visa") || within(31, true) < 15)
        && (!is("elo") || within(31, true) < 15)
        && (!is("mastercard") || (within(2, false) < 10 && within(31, false) < 35))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_day_is_the_first_that_nothing_speaks_against(given in attempts(), days in policies(), late in 0i64..60) {
        let last = given.last().unwrap().0;
        let today = last.saturating_add(late);
        let plan = planned(&given, &days, today);
        let entry = given.len().checked_sub(1).and_then(|used| days.get(used)).copied();
        let free = matches!(given.last().unwrap().1, "visa" | "amex" | "").then_some(30);
        let Some(entry) = entry else {
            prop_assert_eq!((plan.decision, plan.rule.as_str()), (Decision::Stop, "policy"));
            return Ok(());
        };
        let first = (i64::from(entry)..).find(|on| allowed(&given, *on)).unwrap().max(today);
        let last_day = i64::from(*days.last().unwrap());
        let (decision, earliest, latest) = match free {
            Some(free) if first > free && today > last_day => (Decision::Stop, None, None),
            Some(free) if first > free => (Decision::Checkout, Some(today), Some(last_day)),
            _ => (Decision::Retry, Some(first), free),
        };
        prop_assert_eq!(plan.decision, decision);
        prop_assert_eq!((plan.earliest, plan.latest), (earliest.map(day), latest.map(day)));
        let left = days.len().saturating_sub(given.len()).saturating_add(1);
        prop_assert_eq!(plan.attempts_left as usize, if decision == Decision::Retry { left } else { 0 });
    }

    #[test]
    fn a_later_day_never_gives_an_earlier_one(given in attempts(), days in policies(), first in 0i64..60, more in 0i64..60) {
        let today = given.last().unwrap().0.saturating_add(first);
        let (now, later) = (planned(&given, &days, today), planned(&given, &days, today.saturating_add(more)));
        if let (Some(now), Some(later)) = (now.earliest, later.earliest) {
            prop_assert!(now <= later);
        }
        // What has become a checkout does not become an attempt again, and what has ended stays so.
        let order = |plan: &RetryPlan| match plan.decision {
            Decision::Retry => 0,
            Decision::Checkout => 1,
            Decision::Stop => 2,
        };
        prop_assert!(order(&now) <= order(&later));
    }

    #[test]
    fn a_longer_policy_never_gives_fewer_attempts(given in attempts(), days in policies(), cut in 0usize..60) {
        let (last, scheme, amount, advice) = given.first().copied().unwrap();
        // Every attempt is made on its day and declined.
        let made = |days: &[u32]| {
            let mut attempts = vec![(last, scheme, amount, advice)];
            loop {
                let plan = planned(&attempts, days, attempts.last().unwrap().0);
                let (Decision::Retry, Some(on)) = (plan.decision, plan.earliest) else { return attempts.len() };
                attempts.push((start().days_until(on), scheme, amount, ""));
            }
        };
        let shorter: Vec<u32> = days.iter().copied().take(cut).collect();
        prop_assert!(made(&shorter) <= made(&days));
        let today = given.last().unwrap().0;
        prop_assert!(planned(&given, &shorter, today).attempts_left <= planned(&given, &days, today).attempts_left);
    }
}
