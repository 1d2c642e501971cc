//! What holds for every amount and every change of plan.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its products are taken in 128 bits"
)]

use billing_rules::{
    Code, Currency, Cycle, Date, Direction, Effective, FirstPeriod, Money, PeriodPriceInput, PlanChange, ProrateInput,
    Proration, Rounding, Schedule, Settle, period_price, prorate,
};
use proptest::prelude::*;

const LARGEST: i64 = 9_007_199_254_740_991;

fn currencies() -> impl Strategy<Value = Currency> {
    prop::sample::select(Currency::all().collect::<Vec<_>>())
}

/// Nothing, small prices, and all the way up.
fn amounts() -> impl Strategy<Value = i64> {
    prop_oneof![Just(0), 0i64..=100_000, 0i64..=LARGEST, Just(LARGEST)]
}

fn roundings() -> impl Strategy<Value = Rounding> {
    use Rounding::*;
    prop::sample::select(vec![HalfUp, HalfEven, HalfDown, Up, Down, Ceiling, Floor])
}

/// Schedules of which many start at the end of a month, and many with a stub.
fn schedules() -> impl Strategy<Value = Schedule> {
    let cycles =
        vec![Cycle::WEEKLY, Cycle::BIWEEKLY, Cycle::MONTHLY, Cycle::QUARTERLY, Cycle::SEMIANNUALLY, Cycle::YEARLY];
    let day = prop_oneof![1u32..=31, 28u32..=31];
    let anchor = prop::option::of(prop_oneof![1u32..=31, 28u32..=31]);
    (2000i32..=2100, 1u32..=12, day, prop::sample::select(cycles), anchor).prop_map(
        |(year, month, day, cycle, anchor)| {
            let start = (0..4).find_map(|less| Date::new(year, month, day.saturating_sub(less)).ok()).unwrap();
            let schedule = Schedule::new(start, cycle);
            anchor.and_then(|day| schedule.with_anchor_day(day).ok()).unwrap_or(schedule)
        },
    )
}

/// A schedule, a day of one of its first periods, and the first and last day of that period.
fn days() -> impl Strategy<Value = (Schedule, Date)> {
    let at = prop_oneof![0i64..=400, Just(0)];
    (schedules(), at).prop_map(|(schedule, days)| (schedule, schedule.start().plus_days(days).unwrap()))
}

fn money(amount: i64, currency: Currency) -> Money {
    Money::new(amount, currency).unwrap()
}

/// A change at once, paid at once.
fn at_once((schedule, at): (Schedule, Date), from: Money, to: Money, rounding: Rounding) -> Proration {
    let mut change = PlanChange::new(to, at);
    change.effective = Some(Effective::OnDate);
    change.settle = Some(Settle::Now);
    let mut input = ProrateInput::new(schedule, from, change);
    input.rounding = Some(rounding);
    prorate(&input).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_and_its_reverse_cancel_out(
        on in days(), a in amounts(), b in amounts(), currency in currencies(), rounding in roundings(),
    ) {
        let (a, b) = (money(a, currency), money(b, currency));
        let (there, back) = (at_once(on, a, b, rounding), at_once(on, b, a, rounding));
        prop_assert_eq!(there.net.checked_add(back.net).unwrap(), Money::zero(currency));
        prop_assert_eq!(there.credit, -back.charge);
        prop_assert_eq!(there.direction == Direction::Upgrade, back.direction == Direction::Downgrade);
    }

    #[test]
    fn no_change_costs_nothing(on in days(), a in amounts(), currency in currencies(), rounding in roundings()) {
        let same = at_once(on, money(a, currency), money(a, currency), rounding);
        prop_assert_eq!((same.net.amount(), same.due_now.amount(), same.balance.amount()), (0, 0, 0));
        prop_assert_eq!(same.direction, Direction::Same);
    }

    #[test]
    fn what_is_credited_is_within_a_unit_of_the_exact_part(
        on in days(), a in amounts(), currency in currencies(), rounding in roundings(),
    ) {
        let answer = at_once(on, money(a, currency), Money::zero(currency), rounding);
        let line = answer.lines.first().unwrap();
        let fraction = line.fraction.unwrap();
        let (left, of) = (i128::from(fraction.days), i128::from(fraction.period_days));
        // credited * of = a * left, give or take a unit; and never more than the price.
        let off = i128::from(-answer.credit.amount()) * of - i128::from(a) * left;
        prop_assert!(off.abs() < of, "{:?}", answer);
        if let Rounding::HalfUp | Rounding::HalfEven | Rounding::HalfDown = rounding {
            prop_assert!(off.abs() * 2 <= of);
        }
        prop_assert!(answer.credit.amount() <= 0 && -answer.credit.amount() <= a);
    }

    #[test]
    fn the_later_the_change_the_less_is_credited(
        on in days(), a in amounts(), currency in currencies(), rounding in roundings(),
    ) {
        let (schedule, at) = on;
        let next = at.plus_days(1).unwrap();
        let credit = |day| at_once((schedule, day), money(a, currency), Money::zero(currency), rounding).credit.amount();
        let same_period = schedule.period_on(at).unwrap() == schedule.period_on(next).unwrap();
        prop_assert!(!same_period || credit(at) <= credit(next));
    }

    #[test]
    fn a_change_on_the_first_day_credits_all_that_the_period_costs(
        schedule in schedules(), a in amounts(), currency in currencies(), number in 1u32..=14, rounding in roundings(),
    ) {
        let mut price = PeriodPriceInput::new(schedule, money(a, currency), number);
        price.rounding = Some(rounding);
        let costs = period_price(&price).unwrap().unwrap();
        let first_day = schedule.period(number).unwrap().unwrap().start;
        let answer = at_once((schedule, first_day), money(a, currency), Money::zero(currency), rounding);
        prop_assert_eq!(-answer.credit, costs.amount);
        // A stub is cheaper than a full period, a full period is not.
        prop_assert!(costs.amount.amount() <= a);
        if number > 1 {
            prop_assert_eq!(costs.amount.amount(), a);
        }
        price.first_period = Some(FirstPeriod::Full);
        prop_assert_eq!(period_price(&price).unwrap().unwrap().amount.amount(), a);
    }

    #[test]
    fn nothing_is_lost_on_the_way(
        on in days(), a in amounts(), b in amounts(), currency in currencies(), next_payment in any::<bool>(),
    ) {
        let mut change = PlanChange::new(money(b, currency), on.1);
        change.effective = Some(Effective::OnDate);
        change.settle = next_payment.then_some(Settle::NextPayment);
        let answer = match prorate(&ProrateInput::new(on.0, money(a, currency), change)) {
            Ok(answer) => answer,
            // Only a sum past the largest amount is refused.
            Err(errors) => {
                prop_assert_eq!(errors.first().code(), Code::OutOfRange);
                prop_assert!(next_payment && i128::from(b) * 2 > i128::from(LARGEST));
                return Ok(());
            }
        };
        prop_assert_eq!(answer.credit.checked_add(answer.charge).unwrap(), answer.net);
        prop_assert_eq!(answer.due_now.checked_add(answer.balance).unwrap(), answer.net);
        prop_assert!(answer.due_now.amount() >= 0 && answer.credit.amount() <= 0 && answer.charge.amount() >= 0);
        let sum = answer.lines.iter().map(|line| line.amount).try_fold(Money::zero(currency), Money::checked_add);
        prop_assert_eq!(sum.unwrap(), answer.net);
        let next = answer.next_payment.unwrap().amount.amount();
        prop_assert_eq!(next, (b + answer.balance.amount()).max(0));
    }

    #[test]
    fn another_cycle_restarts_the_schedule(
        on in days(), a in amounts(), b in amounts(), currency in currencies(), every in 1u16..=40, months in any::<bool>(),
    ) {
        let (schedule, at) = on;
        let unit = if months { billing_rules::Unit::Month } else { billing_rules::Unit::Day };
        let mut change = PlanChange::new(money(b, currency), at);
        change.cycle = Some(Cycle::new(every, unit).unwrap());
        change.effective = Some(Effective::OnDate);
        let answer = prorate(&ProrateInput::new(schedule, money(a, currency), change.clone())).unwrap();
        let running = schedule.period_on(at).unwrap().unwrap();
        if answer.schedule != schedule {
            prop_assert_eq!((answer.schedule.start(), answer.first_number), (at, running.number + 1));
            prop_assert_eq!(answer.charge.amount(), b);
            let next = answer.schedule.next_due_date(at).unwrap();
            prop_assert_eq!(answer.next_payment.map(|next| next.due_date), next);
        } else {
            prop_assert_eq!(answer.first_number, 1);
        }
        // At the period's end the new schedule takes over just where the old period ends.
        change.effective = Some(Effective::PeriodEnd);
        let later = prorate(&ProrateInput::new(schedule, money(a, currency), change)).unwrap();
        prop_assert_eq!((later.effective, later.net.amount()), (running.end, 0));
        prop_assert_eq!(later.next_payment.unwrap().amount.amount(), b);
        prop_assert_eq!(answer.direction, later.direction);
    }

    #[test]
    fn allocation_conserves(total in -LARGEST..=LARGEST, weights in prop::collection::vec(0u64..=1_000_000, 1..40)) {
        let total = money(total, "NOK".parse().unwrap());
        let whole: u64 = weights.iter().sum();
        prop_assume!(whole > 0);
        let parts = total.allocate(&weights).unwrap();
        let sum = parts.iter().try_fold(Money::zero(total.currency()), |sum, part| sum.checked_add(*part)).unwrap();
        prop_assert_eq!(sum, total);
        for (part, weight) in parts.iter().zip(&weights) {
            let exact = i128::from(total.amount()) * i128::from(*weight);
            prop_assert!((i128::from(part.amount()) * i128::from(whole) - exact).abs() < i128::from(whole));
            prop_assert!(*weight > 0 || part.amount() == 0);
        }
        let mirrored: Vec<Money> = parts.iter().map(|part| -*part).collect();
        prop_assert_eq!((-total).allocate(&weights).unwrap(), mirrored);
        // Of two equal weights, the earlier part is not the smaller one.
        for (one, other) in (0..weights.len()).zip(1..weights.len()) {
            if weights.get(one) == weights.get(other) {
                let size = |index: usize| parts.get(index).unwrap().amount().abs();
                prop_assert!(size(one) >= size(other));
            }
        }
    }

    #[test]
    fn decimals_read_back(amount in -LARGEST..=LARGEST, currency in currencies()) {
        let text = money(amount, currency).to_decimal();
        prop_assert_eq!(Money::parse_decimal(&text, currency).unwrap().amount(), amount);
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        prop_assert_eq!(decimals, usize::from(currency.exponent()));
    }
}

/// Extreme weights do not wrap.
#[test]
fn the_largest_of_everything() {
    let nok: Currency = "NOK".parse().unwrap();
    let parts = money(LARGEST, nok).allocate(&[u64::MAX, u64::MAX, 1]).unwrap();
    assert_eq!(parts.iter().map(|part| part.amount()).sum::<i64>(), LARGEST);
    assert_eq!(money(-LARGEST, nok).allocate(&[u64::MAX]).unwrap(), [money(-LARGEST, nok)]);
}
