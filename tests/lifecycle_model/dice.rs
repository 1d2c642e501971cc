//! Terms, steps and declines made of random numbers.

use billing_rules::{
    Commitment, Cycle, Date, Decline, FirstPeriod, MissedPayments, Notice, NoticeTo, OnExhausted, Recurrence, Retry,
    RetryPolicy, Schedule, Terms, Unit,
};

use crate::model::{nok, plus};

/// Numbers that follow from a seed (splitmix).
#[derive(Debug, Clone)]
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % limit
    }

    pub fn days(&mut self, limit: u64) -> i64 {
        i64::try_from(self.below(limit)).unwrap()
    }

    /// One time in so many.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    pub fn one<T: Clone>(&mut self, of: &[T]) -> T {
        of[usize::try_from(self.below(of.len().try_into().unwrap())).unwrap()].clone()
    }

    /// The index of one of some weights.
    pub fn weighted(&mut self, weights: &[u64]) -> usize {
        let mut left = self.below(weights.iter().sum());
        weights
            .iter()
            .position(|weight| {
                left < *weight || {
                    left -= weight;
                    false
                }
            })
            .unwrap()
    }
}

/// What the histories of a test are mostly about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    Payments,
    Plans,
    Beside,
    Pauses,
    Providers,
    Money,
    Moves,
    MinimumTerms,
    Everything,
}

/// Terms, and how many payments were made elsewhere with or without a card that is known.
pub fn begin(about: About, dice: &mut Dice) -> (Terms, Option<(u32, bool)>) {
    let price = match dice.below(10) {
        0 => 0,
        1 => 1,
        _ => 1 + dice.days(5_000),
    };
    let mut terms = match about {
        About::Beside if dice.once_in(5) => Terms::unscheduled(nok(price)),
        _ => Terms::new(nok(price), schedule(dice)),
    };
    if dice.below(4) > 0 {
        let days = dice.one(&[vec![], vec![1], vec![1, 3, 5, 7], vec![4, 20], vec![2, 35]]);
        let ends = [None, Some(OnExhausted::Expire), Some(OnExhausted::Cancel), Some(OnExhausted::SkipPayment)];
        let mut policy = RetryPolicy::new(days);
        policy.on_exhausted = dice.one(&ends);
        terms.retry = Some(policy);
    }
    let Some(schedule) = terms.schedule else { return (terms, None) };
    terms.first_period = dice.one(&[None, None, Some(FirstPeriod::Free), Some(FirstPeriod::Full)]);
    if dice.once_in(if about == About::Beside { 2 } else { 6 }) {
        terms.trial_start = Some(plus(schedule.start(), -1 - dice.days(40)));
    }
    if about == About::Providers || about == About::Everything && dice.once_in(5) {
        terms.recurrence = Some(Recurrence::Internal);
    }
    if dice.once_in(3) {
        terms.missed_payments = Some(MissedPayments::Latest);
    }
    if about == About::MinimumTerms {
        minimum_term(&mut terms, &schedule, dice);
    }
    // Most histories begin where payments have been made before, and meet more in as many steps.
    let last = schedule.last_payment().unwrap().map_or(4, |last| u64::from(last.number));
    let imported = match dice.below(if about == About::Payments { 5 } else { 3 }) {
        0 => Some((u32::try_from(dice.below(last.min(4) + 1)).unwrap(), dice.below(8) > 0)),
        _ => None,
    };
    (terms, imported)
}

/// A commitment, a notice or both.
fn minimum_term(terms: &mut Terms, schedule: &Schedule, dice: &mut Dice) {
    let last = schedule.last_payment().unwrap().map_or(8, |last| u64::from(last.number));
    let payments = Commitment::Payments(1 + u32::try_from(dice.below(last.min(8))).unwrap());
    let until = Commitment::Until(plus(schedule.start(), 1 + dice.days(300)));
    let short = schedule.cycle() != Cycle::YEARLY && schedule.cycle().every() < 12;
    terms.commitment = dice.one(&[None, Some(until), Some(if short { payments } else { until })]);
    let units = [(60, Unit::Day), (8, Unit::Week), (4, Unit::Month), (1, Unit::Year)];
    let (most, unit) = dice.one(&units);
    let to = dice.one(&[NoticeTo::Day, NoticeTo::PeriodEnd, NoticeTo::MonthEnd]);
    if terms.commitment.is_none() || dice.once_in(2) {
        terms.notice = Some(Notice::new(u32::try_from(dice.below(most + 1)).unwrap(), unit, to));
    }
}

pub fn cycle(dice: &mut Dice) -> Cycle {
    let months = Cycle::new(12, Unit::Month).unwrap();
    let days = Cycle::new(3, Unit::Day).unwrap();
    dice.one(&[Cycle::MONTHLY, Cycle::MONTHLY, Cycle::WEEKLY, Cycle::QUARTERLY, days, Cycle::YEARLY, months])
}

fn schedule(dice: &mut Dice) -> Schedule {
    let first: Date = "2025-01-01".parse().unwrap();
    let start = plus(first, dice.days(400));
    let cycle = cycle(dice);
    let mut schedule = Schedule::new(start, cycle);
    if cycle.unit() == Unit::Month && dice.once_in(2) {
        schedule = schedule.with_anchor_day(1 + u32::try_from(dice.below(31)).unwrap()).unwrap();
    }
    if dice.once_in(3) {
        schedule = schedule.with_end_date(plus(start, dice.days(200))).unwrap();
    }
    if dice.once_in(3) {
        schedule = schedule.with_payment_count(1 + u32::try_from(dice.below(5)).unwrap()).unwrap();
    }
    schedule
}

pub fn decline(on: Date, dice: &mut Dice) -> Option<Decline> {
    if dice.once_in(6) {
        return None;
    }
    let (scheme, code, advice, retry) = dice.one(&[
        ("visa", "51", "", Retry::Allowed),
        ("visa", "05", "", Retry::Allowed),
        ("mastercard", "05", "", Retry::Allowed),
        ("mastercard", "51", "", Retry::Allowed),
        ("visa", "04", "", Retry::Allowed),
        ("visa", "R1", "", Retry::Allowed),
        ("mastercard", "04", "", Retry::Allowed),
        ("mastercard", "", "03", Retry::Allowed),
        ("mastercard", "51", "26", Retry::Allowed),
        ("", "04", "", Retry::Allowed),
        ("", "", "26", Retry::Allowed),
        ("visa", "54", "", Retry::Allowed),
        ("mastercard", "05", "", Retry::Never),
        ("mastercard", "05", "", Retry::NeedsCustomer),
        ("mastercard", "05", "", Retry::NotBefore),
        ("visa", "05", "", Retry::NotBefore),
    ]);
    let text = |text: &str| (!text.is_empty()).then(|| text.to_string());
    let not_before = (retry == Retry::NotBefore).then(|| plus(on, dice.days(40)));
    let (scheme, code, advice) = (text(scheme), text(code), text(advice));
    let mut decline = Decline::new(retry).with_reason("declined");
    (decline.code, decline.scheme, decline.advice, decline.not_before) = (code, scheme, advice, not_before);
    Some(decline)
}
