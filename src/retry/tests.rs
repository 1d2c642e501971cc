use super::rules::{REFUSALS, WAITS};
use super::*;
use crate::decline::Decline;

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn attempt(on: &str, scheme: &str, code: &str, advice: &str) -> RetryAttempt {
    let given = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let decline = Decline {
        code: given(code),
        scheme: given(scheme),
        advice: given(advice),
        retry: Retry::Allowed,
        not_before: None,
        reason: "declined".into(),
    };
    RetryAttempt { on: date(on), amount: Money::new(1990, "BRL".parse().unwrap()).unwrap(), decline }
}

/// Sets the provider's advice of an attempt.
fn but(mut attempt: RetryAttempt, retry: Retry, not_before: Option<&str>) -> RetryAttempt {
    attempt.decline.retry = retry;
    attempt.decline.not_before = not_before.map(date);
    attempt
}

fn of_another_amount(mut attempt: RetryAttempt) -> RetryAttempt {
    attempt.amount = Money::zero(attempt.amount.currency());
    attempt
}

fn policy(days: &[u32]) -> RetryPolicy {
    RetryPolicy { days: days.to_vec(), on_exhausted: None }
}

/// Returns the result of a single decline on 2025-01-31 by the default policy: the next day, if there is one, and the
/// rule.
fn after(decline: RetryAttempt, provider: Option<Provider>) -> (Option<Date>, &'static str) {
    let plan = plan(&[decline], &RetryPolicy::default(), provider).unwrap();
    assert_eq!((plan.binds_card, plan.too_late), (plan.retry_on.is_none(), false), "{}", plan.rule);
    assert_eq!(plan.last_day, date("2025-02-07"));
    (plan.retry_on, plan.rule)
}

fn day(text: &str) -> Option<Date> {
    Some(date(text))
}

#[test]
fn codes_are_read_by_scheme() {
    const MAY: &str = "policy";
    for (scheme, code, advice, rule) in [
        ("visa", "51", "", MAY),
        ("visa", "41", "", "visa_category_1"),
        ("VISA", "r1", "", "visa_category_1"),
        ("Visa", "4", "", "visa_category_1"),
        ("visa", "54", "", "customer_needed"),
        ("visa", "1a", "", "customer_needed"),
        // Elo's codes and Mastercard's advice have no meaning at Visa, and vice versa.
        ("visa", "13", "03", MAY),
        ("visa", "51", "26", MAY),
        ("mastercard", "41", "", MAY),
        ("mastercard", "R0", "", "customer_needed"),
        ("mastercard", "51", "03", "mastercard_advice_03"),
        ("MasterCard", "51", "21", "mastercard_advice_21"),
        ("mastercard", "", "40", "mastercard_advice_40"),
        ("mastercard", "", "41", "mastercard_advice_41"),
        ("mastercard", "", "99", MAY),
        ("elo", "13", "", "elo_irreversible"),
        ("elo", "04", "", MAY),
        ("elo", "p5", "", "elo_irreversible"),
        ("elo", "1A", "", "customer_needed"),
        // No scheme, or one without a table: every table applies.
        ("", "41", "", "visa_category_1"),
        ("", "13", "", "elo_irreversible"),
        ("amex", "51", "3", "mastercard_advice_03"),
        ("hipercard", "51", "", MAY),
        ("", "", "", MAY),
    ] {
        let (next, found) = after(attempt("2025-01-31", scheme, code, advice), None);
        assert_eq!(found, rule, "{scheme} {code} {advice}");
        assert_eq!(next, if rule == MAY { day("2025-02-01") } else { None }, "{scheme} {code} {advice}");
    }
}

#[test]
fn providers_have_lists_of_their_own() {
    let nexi = Some(Provider::Nexi);
    for (scheme, code, rule) in [
        ("mastercard", "41", "nexi_never"),
        ("visa", "54", "nexi_never"),
        ("", "1029", "nexi_never"),
        ("", "1030", "nexi_customer"),
        ("", "1031", "nexi_customer"),
        ("", "1032", "nexi_customer"),
        ("", "1028", "policy"),
    ] {
        assert_eq!(after(attempt("2025-01-31", scheme, code, ""), nexi).1, rule, "{code}");
    }
    for other in [None, Some(Provider::A55), Some(Provider::DineroPay), Some(Provider::Dintero)] {
        assert_eq!(after(attempt("2025-01-31", "mastercard", "41", ""), other).1, "policy");
        assert_eq!(after(attempt("2025-01-31", "", "1029", ""), other).1, "policy");
    }
}

#[test]
fn what_the_provider_says_counts() {
    let plain = || attempt("2025-01-31", "visa", "51", "");
    for provider in [None, Some(Provider::A55), Some(Provider::Dintero)] {
        assert_eq!(after(but(plain(), Retry::Never, None), provider), (None, "provider"));
        assert_eq!(after(but(plain(), Retry::NeedsCustomer, None), provider), (None, "provider"));
        let waits = but(plain(), Retry::NotBefore, Some("2025-02-10"));
        assert_eq!(after(waits, provider), (day("2025-02-10"), "not_before"));
        // A day that the policy respects anyway decides nothing; a day without `not_before` is ignored.
        assert_eq!(after(but(plain(), Retry::NotBefore, Some("2025-02-01")), provider).1, "policy");
        assert_eq!(after(but(plain(), Retry::Allowed, Some("2025-02-10")), provider).1, "policy");
    }
}

#[test]
fn dintero_speaks_before_the_tables() {
    let lost = || attempt("2025-01-31", "visa", "41", "");
    let advised = || attempt("2025-01-31", "mastercard", "51", "30");
    for (attempt, provider, expected) in [
        (but(lost(), Retry::NotBefore, Some("2025-02-10")), Provider::Dintero, (day("2025-02-10"), "not_before")),
        (but(lost(), Retry::NotBefore, Some("2025-02-10")), Provider::A55, (None, "visa_category_1")),
        (but(advised(), Retry::NotBefore, Some("2025-02-03")), Provider::Dintero, (day("2025-02-03"), "not_before")),
        (
            but(advised(), Retry::NotBefore, Some("2025-02-03")),
            Provider::A55,
            (day("2025-02-11"), "mastercard_advice_30"),
        ),
        (but(lost(), Retry::Never, None), Provider::Dintero, (None, "provider")),
        (but(lost(), Retry::Never, None), Provider::A55, (None, "visa_category_1")),
        (but(lost(), Retry::NeedsCustomer, None), Provider::Dintero, (None, "provider")),
        // If it contains no usable advice, the tables apply.
        (but(lost(), Retry::NotBefore, None), Provider::Dintero, (None, "visa_category_1")),
        (lost(), Provider::Dintero, (None, "visa_category_1")),
        (advised(), Provider::Dintero, (day("2025-02-11"), "mastercard_advice_30")),
    ] {
        assert_eq!(after(attempt, Some(provider)), expected);
    }
}

#[test]
fn waits_are_whole_days() {
    let days = [("02", 4), ("24", 2), ("25", 2), ("26", 3), ("27", 5), ("28", 7), ("29", 9), ("30", 11)];
    assert_eq!(WAITS.iter().map(|wait| (wait.advice, wait.days())).collect::<Vec<_>>(), days);
    for (advice, days) in days {
        let expected = (date("2025-01-31").plus_days(days.into()), ["mastercard_advice_", advice].concat());
        for scheme in ["mastercard", ""] {
            let (next, rule) = after(attempt("2025-01-31", scheme, "51", advice), None);
            assert_eq!((next, rule.to_string()), expected);
        }
    }
    // The wait of an earlier decline continues.
    let declines = [attempt("2025-01-31", "mastercard", "51", "30"), attempt("2025-02-01", "mastercard", "51", "24")];
    let plan = plan(&declines, &RetryPolicy::default(), None).unwrap();
    assert_eq!((plan.retry_on, plan.rule), (day("2025-02-11"), "mastercard_advice_30"));
}

#[test]
fn each_attempt_uses_one_entry() {
    let on = |day: &&str| attempt(day, "mastercard", "51", "");
    let days = |declines: &[&str]| {
        let declines: Vec<RetryAttempt> = declines.iter().map(on).collect();
        plan(&declines, &RetryPolicy::default(), None).map(|plan| (plan.retry_on, plan.rule))
    };
    assert_eq!(days(&[]), None);
    assert_eq!(days(&["2025-01-31"]), Some((day("2025-02-01"), "policy")));
    assert_eq!(days(&["2025-01-31", "2025-02-01"]), Some((day("2025-02-03"), "policy")));
    // A late attempt is still a day after the previous one.
    assert_eq!(days(&["2025-01-31", "2025-02-06"]), Some((day("2025-02-07"), "policy")));
    assert_eq!(days(&["2025-01-31", "2025-01-31", "2025-01-31"]), Some((day("2025-02-05"), "policy")));
    assert_eq!(days(&["2025-01-31"; 4]), Some((day("2025-02-07"), "policy")));
    assert_eq!(days(&["2025-01-31"; 5]), Some((None, "policy")));
    assert_eq!(plan(&[on(&"2025-01-31")], &policy(&[]), None).unwrap().last_day, date("2025-01-31"));
}

#[test]
fn caps_move_the_day() {
    let long: Vec<u32> = (1..=60).collect();
    let next = |attempts: &[RetryAttempt]| {
        let plan = plan(attempts, &policy(&long), None).unwrap();
        (plan.retry_on, plan.too_late, plan.rule)
    };
    let many = |scheme: &str, count: usize, first: &str, then: &str| {
        let mut attempts = vec![attempt(first, scheme, "51", "")];
        attempts.resize(count, attempt(then, scheme, "51", ""));
        attempts
    };
    // 24 hours are two dates.
    assert_eq!(next(&many("mastercard", 10, "2025-01-01", "2025-01-31")), (day("2025-02-01"), false, "policy"));
    let ten = (day("2025-02-02"), false, "mastercard_10_in_24_hours");
    assert_eq!(next(&many("mastercard", 11, "2025-01-01", "2025-01-31")), ten);
    assert_eq!(
        next(&many("mastercard", 36, "2025-01-01", "2025-01-31")),
        (day("2025-03-03"), false, "mastercard_35_in_30_days")
    );
    // 30 days are 31 dates.
    assert_eq!(next(&many("elo", 15, "2025-01-01", "2025-01-31")), (day("2025-02-01"), false, "policy"));
    assert_eq!(next(&many("elo", 16, "2025-01-01", "2025-01-31")), (day("2025-03-03"), false, "elo_15_in_30_days"));
    // At Visa the attempt would also be too late for another reason: the cap must be the reported rule.
    assert_eq!(next(&many("visa", 14, "2025-01-15", "2025-01-31")), (day("2025-02-01"), false, "policy"));
    assert_eq!(next(&many("visa", 15, "2025-01-15", "2025-01-31")), (None, true, "visa_15_in_30_days"));
    // For an unknown scheme, the caps of all schemes apply.
    assert_eq!(next(&many("", 15, "2025-01-31", "2025-01-31")), (None, true, "visa_15_in_30_days"));
    assert_eq!(next(&many("", 11, "2025-01-25", "2025-01-31")), (day("2025-02-05"), false, "policy"));
    assert_eq!(
        next(&many("", 11, "2025-01-15", "2025-01-31")),
        (day("2025-02-02"), false, "mastercard_10_in_24_hours")
    );
    // Other amounts are counted separately at Visa and Elo, not at Mastercard.
    for (scheme, expected) in
        [("elo", (day("2025-02-01"), "policy")), ("mastercard", (day("2025-02-02"), "mastercard_10_in_24_hours"))]
    {
        let mut attempts = many(scheme, 16, "2025-01-15", "2025-01-31");
        attempts.truncate(15);
        attempts = attempts.into_iter().map(of_another_amount).collect();
        attempts.push(attempt("2025-01-31", scheme, "51", ""));
        let (retry_on, _, rule) = next(&attempts);
        assert_eq!((retry_on, rule), expected, "{scheme}");
    }
}

#[test]
fn visa_is_free_for_30_days() {
    let on =
        |scheme: &str, days: u32| plan(&[attempt("2025-01-31", scheme, "51", "")], &policy(&[days]), None).unwrap();
    for scheme in ["visa", "amex"] {
        let plan = on(scheme, 30);
        assert_eq!((plan.retry_on, plan.latest, plan.rule), (day("2025-03-02"), day("2025-03-02"), "policy"));
        assert!(!plan.needs_cardholder());
        let late = plan.seen_on(date("2025-03-03"));
        assert_eq!((late.retry_on, late.latest, late.rule, late.binds_card), (None, None, "visa_30_days", false));
        assert!(late.needs_cardholder());
        assert_eq!(on(scheme, 30).seen_on(date("2025-03-02")), on(scheme, 30));
        let plan = on(scheme, 31);
        assert_eq!((plan.retry_on, plan.latest, plan.rule), (None, None, "visa_30_days"));
        assert!(plan.needs_cardholder() && !plan.binds_card);
    }
    // The card of the last attempt counts.
    let card = |scheme: &str| attempt("2025-01-31", scheme, "51", "");
    assert_eq!(plan(&[card("visa"), card("elo")], &policy(&[1, 2]), None).unwrap().latest, None);
    assert_eq!(plan(&[card("elo"), card("visa")], &policy(&[1, 2]), None).unwrap().latest, day("2025-03-02"));
    let plan = on("mastercard", 31);
    assert_eq!((plan.retry_on, plan.latest, plan.rule), (day("2025-03-03"), None, "policy"));
}

#[test]
fn today_makes_a_decision_of_it() {
    let decide = |code: &str, days: &[u32], today: &str| {
        let mut input = PlanRetryInput::new(vec![attempt("2025-01-31", "visa", code, "")], date(today));
        input.policy = Some(policy(days));
        let plan = plan_retry(&input).unwrap();
        (plan.decision, plan.earliest, plan.latest, plan.attempts_left)
    };
    let (retry, checkout, stop) = (Decision::Retry, Decision::Checkout, Decision::Stop);
    assert_eq!(decide("51", &[3, 5], "2025-01-31"), (retry, day("2025-02-03"), day("2025-03-02"), 2));
    assert_eq!(decide("51", &[3, 5], "2025-02-20"), (retry, day("2025-02-20"), day("2025-03-02"), 2));
    assert_eq!(decide("51", &[3, 5], "2025-03-03"), (stop, None, None, 0));
    assert_eq!(decide("51", &[3, 40], "2025-03-03"), (checkout, day("2025-03-03"), day("2025-03-12"), 0));
    assert_eq!(decide("41", &[3, 5], "2025-02-05"), (checkout, day("2025-02-05"), day("2025-02-05"), 0));
    assert_eq!(decide("41", &[3, 5], "2025-02-06"), (stop, None, None, 0));
    assert_eq!(decide("41", &[], "2025-01-31"), (checkout, day("2025-01-31"), day("2025-01-31"), 0));
    assert_eq!(decide("51", &[], "2025-01-31"), (stop, None, None, 0));
}

#[test]
fn a_decline_of_any_attempt_binds() {
    let lost = attempt("2025-01-31", "visa", "41", "");
    let plan = plan(&[lost, attempt("2025-02-01", "visa", "51", "")], &RetryPolicy::default(), None).unwrap();
    assert_eq!((plan.binds_card, plan.retry_on, plan.rule), (true, None, "visa_category_1"));
    assert_eq!(plan.reason, "after code 41 visa allows no new attempt");
}

#[test]
fn the_calendar_ends() {
    let last = plan(&[attempt("9999-12-31", "visa", "51", "")], &RetryPolicy::default(), None).unwrap();
    assert_eq!((last.retry_on, last.last_day), (Some(Date::LAST), Date::LAST));
}

#[test]
fn policies_rise() {
    let most: Vec<u32> = (1..=60).collect();
    for right in [&[][..], &[1], &[365], &[1, 3, 5, 7], &most] {
        assert_eq!(policy(right).check(), Ok(()));
    }
    let more: Vec<u32> = (1..=61).collect();
    for (wrong, index) in [(&[0][..], 0), (&[366], 0), (&[1, 1], 1), (&[1, 3, 2, 1], 2), (&more, 60)] {
        let problem = policy(wrong).check().unwrap_err();
        assert_eq!((problem.code(), problem.path()), (Code::OutOfRange, format!("/days/{index}").as_str()));
    }
}

#[test]
fn every_problem_of_the_input_is_told() {
    let found = |input: &PlanRetryInput| {
        let problems = plan_retry(input).unwrap_err();
        problems.iter().map(|problem| format!("{} {}", problem.code(), problem.path())).collect::<Vec<_>>()
    };
    assert_eq!(found(&PlanRetryInput::new(vec![], date("2025-01-31"))), ["out_of_range /input/attempts"]);
    let mut input = PlanRetryInput::new(vec![attempt("2025-01-31", "visa", "51", ""); 1000], date("2025-01-31"));
    assert!(plan_retry(&input).is_ok());
    input.attempts.push(attempt("2025-01-30", "visa", "51", ""));
    input.attempts.push(attempt("2025-02-02", "visa", "51", ""));
    input.attempts[1001].amount = Money::zero("NOK".parse().unwrap());
    input.policy = Some(policy(&[1, 1]));
    let expected = [
        "too_many /input/attempts",
        "out_of_range /input/attempts/1000/on",
        "currency_mismatch /input/attempts/1001/amount/currency",
        "out_of_range /input/today",
        "out_of_range /input/policy/days/1",
    ];
    assert_eq!(found(&input), expected);
}

#[test]
fn tables_name_each_code_once() {
    for refusal in REFUSALS {
        let mut words = refusal.words.to_vec();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), refusal.words.len(), "{}", refusal.rule);
    }
}
