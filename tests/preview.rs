//! What a preview shows is what the subscription will do, and what a calculation apart from it says (R8).
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

use billing_rules::json::Shape;
use billing_rules::{
    Code, Cycle, Date, EndBound, FirstPeriod, Indicator, MastercardCode, MissedPayments, Money, Payment, PaymentKind,
    PeriodPriceInput, Preview, PreviewOptions, Recurrence, ReminderDays, ReminderKind, Rounding, Schedule, Script,
    Subscription, Terms, Unit, from_json, period_price, to_json,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

/// The seed is fixed, so that a failure comes back.
fn seed() -> RngSeed {
    std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(RngSeed::Fixed(20_250_131))
}

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, rng_seed: seed(), ..ProptestConfig::default() }
}

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn later(date: Date, days: i64) -> Date {
    date.plus_days(days).unwrap()
}

fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

/// Months or days of a cycle.
fn months(cycle: Cycle) -> Option<i64> {
    match cycle.unit() {
        Unit::Month => Some(cycle.every().into()),
        Unit::Year => Some(i64::from(cycle.every()) * 12),
        Unit::Day | Unit::Week => None,
    }
}

fn days(cycle: Cycle) -> i64 {
    match cycle.unit() {
        Unit::Day => cycle.every().into(),
        Unit::Week => i64::from(cycle.every()) * 7,
        Unit::Month | Unit::Year => months(cycle).unwrap() * 30,
    }
}

fn schedules() -> impl Strategy<Value = Schedule> {
    let named = [Cycle::WEEKLY, Cycle::BIWEEKLY, Cycle::MONTHLY, Cycle::QUARTERLY, Cycle::SEMIANNUALLY, Cycle::YEARLY];
    let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
    let cycle = prop_oneof![
        prop::sample::select(named.to_vec()),
        (1u16..=20, prop::sample::select(units.to_vec())).prop_map(|(every, unit)| Cycle::new(every, unit).unwrap()),
    ];
    let start = (2024i32..=2028, 1u32..=12, prop_oneof![1u32..=31, 28u32..=31]).prop_map(|(year, month, day)| {
        (0..4).find_map(|less| Date::new(year, month, day.saturating_sub(less)).ok()).unwrap()
    });
    let anchor = prop::option::of(prop_oneof![1u32..=31, Just(1), Just(31)]);
    (start, cycle, anchor, prop::option::of(0i64..30), prop::option::of(1u32..20)).prop_map(
        |(start, cycle, anchor, cycles, count)| {
            let mut schedule = Schedule::new(start, cycle);
            if let Some(day) = anchor.filter(|_| months(cycle).is_some()) {
                schedule = schedule.with_anchor_day(day).unwrap();
            }
            if let Some(cycles) = cycles {
                schedule = schedule.with_end_date(later(start, cycles * days(cycle) / 2)).unwrap();
            }
            if let Some(count) = count {
                schedule = schedule.with_payment_count(count).unwrap();
            }
            schedule
        },
    )
}

fn all_terms() -> impl Strategy<Value = Terms> {
    use FirstPeriod::*;
    let price = prop_oneof![1 => Just(0), 1 => 0i64..40, 4 => 0i64..2_000_000];
    let first_period = prop::option::of(prop::sample::select(vec![Prorated, Full, Free]));
    let rounding = prop::option::of(prop::sample::select(vec![Rounding::HalfUp, Rounding::Up, Rounding::Down]));
    let round_to = prop::option::of(prop::sample::select(vec![1u32, 100]));
    let trial = prop::option::of(prop_oneof![1i64..=40, 1i64..=8]);
    let internal = prop::option::of(prop::sample::select(vec![Recurrence::External, Recurrence::Internal]));
    let missed_payments = prop::option::of(prop::sample::select(vec![MissedPayments::All, MissedPayments::Latest]));
    (price, schedules(), first_period, rounding, round_to, trial, internal, missed_payments).prop_map(
        |(price, schedule, first_period, rounding, round_to, trial, recurrence, missed_payments)| {
            let grid = i64::from(round_to.unwrap_or(1));
            let mut terms = Terms::new(nok(price * grid), schedule);
            terms.trial_start = trial.map(|days| later(schedule.start(), -days));
            terms.first_period = first_period;
            terms.rounding = rounding;
            terms.round_to = round_to;
            terms.recurrence = recurrence;
            terms.missed_payments = missed_payments;
            terms
        },
    )
}

/// Terms, and a day well before, about or after their start.
fn signed_up() -> impl Strategy<Value = (Terms, Date)> {
    let around = prop_oneof![3 => Just(0i64), 3 => -60i64..=20, 1 => -400i64..=400];
    (all_terms(), around, any::<bool>()).prop_map(|(terms, days, at_trial)| {
        let start = terms.schedule.unwrap().start();
        let first = terms.trial_start.filter(|_| at_trial).unwrap_or(start);
        (terms, later(first, days))
    })
}

/// What the calculation apart says of a payment: made on a day, with number, due date, amount, kind and indicator.
#[derive(Debug, Clone, PartialEq)]
struct Naive {
    made: Date,
    number: u32,
    due: Date,
    amount: i64,
    kind: PaymentKind,
    indicator: Option<Indicator>,
}

/// The first payments of some terms, by the rules alone: no state, no machine.
fn naive(terms: &Terms, on: Date, most: usize) -> Vec<Naive> {
    let schedule = terms.schedule.unwrap();
    let start = schedule.start();
    let price = |number: u32| {
        let mut input = PeriodPriceInput::new(schedule, terms.price.full().unwrap(), number);
        (input.first_period, input.rounding, input.round_to) = (terms.first_period, terms.rounding, terms.round_to);
        period_price(&input).unwrap().map(|line| line.amount.amount())
    };
    let first_end = schedule.period(1).unwrap().unwrap().end;
    let external = terms.recurrence != Some(Recurrence::Internal);
    let mut established = false;
    let mut payments = Vec::new();
    let verification = |due: Date| Naive {
        made: due.max(on),
        number: 0,
        due,
        amount: 0,
        kind: PaymentKind::Verification,
        indicator: external.then_some(Indicator::C1),
    };
    let mut number = 1;
    match terms.trial_start {
        // What costs nothing needs no card.
        Some(_) if on < start && terms.price.full().unwrap().amount() == 0 => {}
        Some(trial_start) if on < start => {
            payments.push(verification(trial_start));
            established = true;
        }
        // Nobody pays for a first period that is over.
        _ if on >= first_end => return payments,
        _ if price(1) == Some(0) && price(2).is_some_and(|amount| amount > 0) => {
            payments.push(verification(start));
            established = true;
            number = 2;
        }
        _ => {}
    }
    for due in schedule.due_dates().skip(number as usize - 1).take(most) {
        let amount = price(number).unwrap();
        let indicator = match (amount, established) {
            (0, _) => None,
            (_, true) => Some(Indicator::M1),
            (_, false) => Some(Indicator::C1),
        };
        let kind = if number == 1 && !established { PaymentKind::Initial } else { PaymentKind::Recurring };
        let indicator = indicator.filter(|_| external);
        payments.push(Naive { made: due.max(on), number, due, amount, kind, indicator });
        established |= amount > 0;
        number += 1;
    }
    payments
}

/// The payments that a simulation makes, without their references, and the days on which it makes them.
fn simulated(terms: &Terms, from: Date, through: Date) -> Vec<(Date, Value)> {
    let subscription = Subscription::new("sub-1", terms.clone()).unwrap();
    let timeline = subscription.simulate(&Script::new(from, through)).unwrap().timeline;
    let payment = |payment: &Payment| {
        let mut shown: Map<String, Value> = serde_json::from_str(&to_json(payment)).unwrap();
        shown.remove("reference");
        Value::Object(shown)
    };
    let moments = timeline.iter().map(|moment| (moment.on, moment.action.as_ref()));
    moments.filter_map(|(on, action)| Some((on, payment(action?.payment()?)))).collect()
}

fn shown(preview: &Preview) -> Value {
    serde_json::from_str(&to_json(preview)).unwrap()
}

/// The payments of a preview without the day until which to cancel.
fn listed(preview: &Preview) -> Vec<Value> {
    let payments = shown(preview)["payments"].as_array().unwrap().clone();
    payments
        .into_iter()
        .map(|mut payment| {
            payment.as_object_mut().unwrap().remove("cancelBy");
            payment
        })
        .collect()
}

fn looking(on: Date, payments: u32, through: Option<Date>) -> PreviewOptions {
    let mut options = PreviewOptions::new(on);
    options.payments = Some(payments);
    options.through = through;
    options
}

proptest! {
    #![proptest_config(config(20_000))]

    #[test]
    fn a_preview_is_a_simulation_without_failures(
        (terms, on) in signed_up(), most in 1u32..=16, cycles in prop::option::of(-1i64..=12),
    ) {
        let cycle = terms.schedule.unwrap().cycle();
        let through = cycles.map(|cycles| later(on, cycles * days(cycle)));
        let preview = terms.preview(&looking(on, most, through)).unwrap();
        // Far enough for one more payment than the list can hold.
        let begins = on.max(terms.schedule.unwrap().start());
        let made = simulated(&terms, on, later(begins, (i64::from(most) + 2) * (days(cycle) + 1) + 400.min(8 * days(cycle))));
        let within = made.iter().filter(|(day, _)| through.is_none_or(|through| *day <= through)).take(most as usize);
        let within: Vec<Value> = within.map(|(_, payment)| payment.clone()).collect();
        prop_assert_eq!(listed(&preview), within.clone());
        prop_assert_eq!(preview.has_more, made.len() > within.len());
    }

    #[test]
    fn figures_are_those_of_a_naive_sum((terms, on) in signed_up(), most in 1u32..=16) {
        let preview = terms.preview(&looking(on, most, None)).unwrap();
        let all = naive(&terms, on, 40);
        let found: Vec<Naive> = preview.payments.iter().map(|payment| Naive {
            made: payment.due_date.max(on),
            number: payment.number,
            due: payment.due_date,
            amount: payment.amount.amount(),
            kind: payment.kind,
            indicator: payment.indicator,
        }).collect();
        prop_assert_eq!(&found, &all[..all.len().min(most as usize)]);
        prop_assert_eq!(preview.has_more, all.len() > found.len());

        let now: i64 = all.iter().filter(|payment| payment.made == on).map(|payment| payment.amount).sum();
        prop_assert_eq!(preview.due_now, nok(now));
        let next_charge = all.iter().find(|payment| payment.made > on && payment.amount > 0);
        prop_assert_eq!(
            preview.next_charge.map(|payment| (payment.due_date, payment.amount)),
            next_charge.map(|payment| (payment.due, nok(payment.amount)))
        );
        let schedule = terms.schedule.unwrap();
        let last = schedule.last_payment().unwrap();
        prop_assert_eq!(preview.end.last_due_date, last.map(|last| last.due_date));
        prop_assert_eq!(preview.end.payments, last.map(|last| last.number));
        let sum = last.map(|_| nok(all.iter().map(|payment| payment.amount).sum()));
        prop_assert_eq!(preview.total, sum);
        prop_assert_eq!(preview.end.bound == EndBound::Never, sum.is_none());
        let trial = terms.trial_start.filter(|_| on < schedule.start());
        prop_assert_eq!(
            preview.trial.map(|trial| (trial.start, trial.end, trial.converts_to)),
            trial.map(|trial| (trial, schedule.start(), terms.price.full().unwrap()))
        );
        for payment in &preview.payments {
            let last = later(payment.due_date, -1);
            prop_assert_eq!(payment.cancel_by, Some(last).filter(|last| *last >= on));
            prop_assert_eq!((payment.extra, payment.attempt), (0, 1));
            let line_sum: i64 = payment.lines.iter().map(|line| line.amount.amount()).sum();
            prop_assert_eq!(line_sum, payment.amount.amount());
        }
    }

    /// Months exactly, days by 146 097 days in 4 800 months; rounded once, half up here.
    #[test]
    fn prices_per_month_and_year(mut terms in all_terms()) {
        terms.rounding = None;
        let schedule = terms.schedule.unwrap();
        let preview = terms.preview(&PreviewOptions::new(schedule.start())).unwrap();
        let per = |mean_months: i128| {
            let unit = i128::from(terms.round_to.unwrap_or(1));
            let price = i128::from(terms.price.full().unwrap().amount());
            let (of, share) = match months(schedule.cycle()) {
                Some(months) => (price * mean_months, i128::from(months)),
                None => (price * mean_months * 146_097, 4_800 * i128::from(days(schedule.cycle()))),
            };
            let of_unit = share * unit;
            nok(i64::try_from((2 * of + of_unit) / (2 * of_unit) * unit).unwrap())
        };
        prop_assert_eq!(preview.per_period, Some(terms.price.full().unwrap()));
        prop_assert_eq!(preview.per_month, Some(per(1)));
        prop_assert_eq!(preview.per_year, Some(per(12)));
    }

    #[test]
    fn a_digest_is_of_the_text_of_what_is_agreed((terms, on) in signed_up()) {
        let preview = terms.preview(&looking(on, 3, None)).unwrap();
        let text = agreed(&serde_json::from_str(&to_json(&terms)).unwrap(), &shown(&preview));
        let digest: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        prop_assert_eq!(digest, preview.digest);
    }
}

/// The text of a preview (R8.3), written from the JSON of terms and answer.
fn agreed(terms: &Value, answer: &Value) -> String {
    let money = |money: &Value| format!("{} {}", money["amount"], money["currency"].as_str().unwrap());
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let mut lines = vec!["preview 1".to_owned(), format!("asOf {}", text(&answer["asOf"]))];
    if !answer["trial"].is_null() {
        lines.push(format!("trialStart {}", text(&answer["trial"]["start"])));
    }
    lines.push(format!("price {}", money(&terms["price"])));
    let schedule = &terms["schedule"];
    lines.push(format!("start {}", text(&schedule["start"])));
    let cycle = match &schedule["cycle"] {
        Value::String(name) => {
            let named = [
                ("weekly", "7 days"),
                ("biweekly", "14 days"),
                ("monthly", "1 months"),
                ("quarterly", "3 months"),
                ("semiannually", "6 months"),
                ("yearly", "12 months"),
            ];
            named.iter().find(|(known, _)| known == name).unwrap().1.to_owned()
        }
        cycle => {
            let (length, unit) =
                [("day", 1, "days"), ("week", 7, "days"), ("month", 1, "months"), ("year", 12, "months")]
                    .into_iter()
                    .find_map(|(unit, length, plural)| (cycle["unit"] == unit).then_some((length, plural)))
                    .unwrap();
            format!("{} {unit}", cycle["every"].as_i64().unwrap() * length)
        }
    };
    lines.push(format!("cycle {cycle}"));
    for name in ["anchorDay", "endDate", "paymentCount"] {
        if let Some(value) = schedule.get(name) {
            lines.push(format!("{name} {}", text(value)));
        }
    }
    if terms.get("recurrence").is_some_and(|recurrence| recurrence == "internal") {
        lines.push("recurrence internal".into());
    }
    lines.push(format!("dueNow {}", money(&answer["dueNow"])));
    let next = &answer["nextCharge"];
    if !next.is_null() {
        lines.push(format!("nextCharge {} {}", text(&next["dueDate"]), money(&next["amount"])));
    }
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn terms(text: &str) -> Terms {
    from_json(text).unwrap()
}

fn monthly() -> Terms {
    terms(r#"{"price":{"amount":9900,"currency":"NOK"},"schedule":{"start":"2025-02-14","cycle":"monthly"}}"#)
}

/// What changes a figure of the answer changes the digest; what changes none does not.
#[test]
fn the_digest_tells_terms_apart() {
    let with = |change: &dyn Fn(&mut Terms)| {
        let mut terms = monthly();
        change(&mut terms);
        terms.preview(&PreviewOptions::new(day("2025-02-14"))).unwrap().digest
    };
    let plain = with(&|_| {});
    let schedule = monthly().schedule.unwrap();
    let others: Vec<String> = vec![
        with(&|terms| terms.price = nok(9901).into()),
        with(&|terms| terms.price = Money::new(9900, "SEK".parse().unwrap()).unwrap().into()),
        with(&|terms| terms.schedule = Some(schedule.with_payment_count(12).unwrap())),
        with(&|terms| terms.schedule = Some(schedule.with_end_date(day("2030-01-01")).unwrap())),
        with(&|terms| terms.schedule = Some(schedule.with_anchor_day(15).unwrap())),
        with(&|terms| terms.schedule = Some(Schedule::new(day("2025-02-14"), Cycle::WEEKLY))),
        with(&|terms| terms.schedule = Some(Schedule::new(day("2025-02-15"), Cycle::MONTHLY))),
        with(&|terms| terms.recurrence = Some(Recurrence::Internal)),
        monthly().preview(&PreviewOptions::new(day("2025-02-13"))).unwrap().digest,
    ];
    let mut different = others.clone();
    different.sort();
    different.dedup();
    assert_eq!(different.len(), others.len());
    assert!(!others.contains(&plain));
    assert_eq!(plain, with(&|terms| terms.first_period = Some(FirstPeriod::Full)));
    assert_eq!(plain, with(&|terms| terms.missed_payments = Some(MissedPayments::Latest)));
    // How many payments are listed is no part of what is agreed.
    assert_eq!(plain, monthly().preview(&looking(day("2025-02-14"), 11, None)).unwrap().digest);
}

/// Retries and the rest of the terms are no part of what is shown; errors never show as a zero.
#[test]
fn what_is_too_large_is_an_error_only_where_it_is_shown() {
    const LARGEST: i64 = 9_007_199_254_740_991;
    let mut terms = Terms::new(nok(LARGEST), Schedule::new(day("2025-01-31"), Cycle::MONTHLY));
    let on = PreviewOptions::new(day("2025-01-31"));
    let place = |terms: &Terms| {
        let errors = terms.preview(&on).unwrap_err();
        (errors.first().code(), errors.first().path().to_string())
    };
    // Twelve of them are more than an amount can be.
    assert_eq!(place(&terms), (Code::OutOfRange, "/terms/price".into()));
    let yearly = Schedule::new(day("2025-01-31"), Cycle::YEARLY);
    terms.schedule = Some(yearly);
    // An open-ended one has no total, so that nothing is too large.
    let open = terms.preview(&on).unwrap();
    assert_eq!((open.due_now, open.payments.len(), open.total), (nok(LARGEST), 12, None));
    terms.schedule = Some(yearly.with_payment_count(2).unwrap());
    assert_eq!(place(&terms), (Code::OutOfRange, "/terms/price".into()));
    terms.schedule = Some(yearly.with_payment_count(1).unwrap());
    assert_eq!(terms.preview(&on).unwrap().total, Some(nok(LARGEST)));
}

/// A total is one of all payments, not of those listed.
#[test]
fn the_list_does_not_bound_the_total() {
    let schedule = monthly().schedule.unwrap().with_payment_count(500).unwrap().with_anchor_day(1).unwrap();
    let terms = Terms::new(nok(9900), schedule);
    let shown = terms.preview(&looking(day("2025-02-14"), 1, Some(day("2025-02-14")))).unwrap();
    // 15 of 28 days, and 499 whole ones.
    assert_eq!(shown.due_now, nok(5304));
    assert_eq!(shown.total, Some(nok(5304 + 499 * 9900)));
    assert_eq!((shown.payments.len(), shown.has_more), (1, true));
    assert_eq!(shown.next_charge.map(|payment| payment.due_date), Some(day("2025-03-01")));
}

#[test]
fn a_sign_up_with_a_trial() {
    let mut terms = monthly();
    terms.trial_start = Some(day("2025-01-31"));
    let shown = terms.preview(&PreviewOptions::new(day("2025-01-31"))).unwrap();
    assert_eq!(shown.due_now, nok(0));
    let [verification, first, ..] = shown.payments.as_slice() else { unreachable!() };
    assert_eq!((verification.kind, verification.due_date), (PaymentKind::Verification, day("2025-01-31")));
    assert_eq!(verification.indicator, Some(Indicator::C1));
    assert_eq!((first.indicator, first.mastercard_code), (Some(Indicator::M1), Some(MastercardCode::M103)));
    assert_eq!((first.due_date, first.cancel_by), (day("2025-02-14"), Some(day("2025-02-13"))));
    let trial = shown.trial.unwrap();
    assert_eq!((trial.start, trial.end, trial.converts_to), (day("2025-01-31"), day("2025-02-14"), nok(9900)));
    // On its last day it is still one; then the first payment is made at once.
    assert!(terms.preview(&PreviewOptions::new(day("2025-02-13"))).unwrap().trial.is_some());
    let over = terms.preview(&PreviewOptions::new(day("2025-02-14"))).unwrap();
    assert_eq!((over.trial, over.due_now), (None, nok(9900)));
}

#[test]
fn only_some_numbers_of_payments_can_be_listed() {
    for (payments, fine) in [(0, false), (1, true), (1000, true), (1001, false)] {
        let options = looking(day("2025-02-14"), payments, None);
        assert_eq!(monthly().preview(&options).is_ok(), fine, "{payments}");
        assert_eq!(monthly().scheme_reminders(&options).is_ok(), fine, "{payments}");
        let problem = monthly().scheme_reminders(&options).err();
        let expected = (!fine).then_some("/options/payments");
        assert_eq!(problem.as_ref().map(|errors| errors.first().path()), expected);
    }
    let mut wrong = monthly();
    wrong.trial_start = Some(day("2025-02-14"));
    for errors in [
        wrong.preview(&PreviewOptions::new(day("2025-02-14"))).unwrap_err(),
        wrong.scheme_reminders(&PreviewOptions::new(day("2025-02-14"))).unwrap_err(),
    ] {
        assert_eq!((errors.first().code(), errors.first().path()), (Code::OutOfRange, "/terms/trialStart"));
    }
}

proptest! {
    #![proptest_config(config(2_000))]

    /// Each day of a window is in it by the words of the schemes, and no other is.
    #[test]
    fn reminders_are_the_days_that_the_schemes_name((terms, on) in signed_up()) {
        let schedule = terms.schedule.unwrap();
        let found = terms.scheme_reminders(&PreviewOptions::new(on)).unwrap();
        let due_dates = schedule.due_dates().filter(|due| *due > on).take(12);
        let mut rest = found.as_slice();
        let mut previous = schedule.due_dates().take_while(|due| *due <= on).last();
        for due in due_dates {
            let trial = terms.trial_start.filter(|_| due == schedule.start());
            let long = match months(schedule.cycle()) {
                Some(months) => months >= 6,
                None => days(schedule.cycle()) >= 181,
            };
            let kind = match trial {
                Some(_) => ReminderKind::TrialEnd,
                None if long && due > schedule.start() => ReminderKind::LongCycle,
                None => { previous = Some(due); continue }
            };
            let Some((notice, others)) = rest.split_first() else { return Err(TestCaseError::fail(format!("no notice for {due}"))) };
            rest = others;
            prop_assert_eq!((notice.due_date, notice.kind), (due, kind));
            let known_from = trial.or(previous).map_or(on, |first| first.max(on));
            let reminded = trial.is_none_or(|trial| trial.days_until(due) > 7);
            let candidates = (1..=450).map(|before| later(due, -before)).filter(|day| *day >= known_from);
            let ask = |wanted: &dyn Fn(i64) -> bool| {
                let mut days: Vec<Date> = candidates.clone().filter(|day| wanted(day.days_until(due))).collect();
                days.sort();
                days.first().zip(days.last()).map(|(first, last)| (*first, *last))
            };
            let span = |window: Option<ReminderDays>| window.map(|window| (window.earliest, window.latest));
            let mastercard = |before: i64| reminded && (3..=7).contains(&before);
            prop_assert_eq!(span(notice.mastercard), ask(&mastercard));
            // Windows of long cycles may reach back further than there are candidates.
            if known_from.days_until(due) < 450 {
                prop_assert_eq!(span(notice.visa), ask(&|before| before >= 7));
            }
            prop_assert_eq!(span(notice.both), ask(&|before| mastercard(before) && before >= 7));
            previous = Some(due);
        }
        prop_assert!(rest.is_empty());
    }
}

/// What is read back is what was written: a page can keep a preview.
#[test]
fn a_preview_is_read_back() {
    fn same<T: Shape + PartialEq + std::fmt::Debug>(value: &T) {
        assert_eq!(from_json::<T>(&to_json(value)).as_ref(), Ok(value));
    }
    let mut terms = monthly();
    terms.trial_start = Some(day("2025-01-31"));
    same(&terms.preview(&PreviewOptions::new(day("2025-01-31"))).unwrap());
    for notice in terms.scheme_reminders(&PreviewOptions::new(day("2025-01-31"))).unwrap() {
        same(&notice);
    }
}
