//! A night that reads only the subscriptions with something to do does what one that reads all does (R11).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test ends where its data is broken")]

use std::collections::BTreeSet;

use billing_rules::{
    Action, Between, Cycle, Date, Effective, EstablishedBy, Event, FinalPayment, Imported, Money, MoneyBack,
    OnExhausted, OverviewOptions, Phase, PlanChange, Resumption, RetryPolicy, Schedule, Settle, Subscription, Terms,
    When,
};

/// Which nights read a subscription.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reads {
    All,
    Due,
}

fn plus(day: Date, days: i64) -> Date {
    day.plus_days(days).unwrap()
}

/// A number that follows from a text, as a provider's answers do here.
fn number(text: &str) -> u32 {
    text.bytes().fold(17, |number, byte| number.wrapping_mul(31).wrapping_add(byte.into()))
}

/// Subscriptions of different cycles, starts and lengths, new ones and imported ones.
fn book(start: Date) -> Vec<Subscription> {
    let cycles = [Cycle::MONTHLY, Cycle::WEEKLY, Cycle::QUARTERLY];
    let create = |index: u32| {
        let cycle = *cycles.get(usize::try_from(index % 3).unwrap()).unwrap();
        let mut schedule = Schedule::new(plus(start, i64::from(index % 40)), cycle);
        if index.is_multiple_of(4) {
            schedule = schedule.with_payment_count(5).unwrap();
        }
        let price = Money::new(i64::from(index % 5) * 995, "NOK".parse().unwrap()).unwrap();
        let on_exhausted = if index.is_multiple_of(2) { OnExhausted::Cancel } else { OnExhausted::SkipPayment };
        let policy = RetryPolicy::new([1, 3, 7]).with_on_exhausted(on_exhausted);
        let terms = Terms::new(price, schedule).with_retry(policy);
        let id = format!("sub-{index}");
        match index % 3 {
            0 => Subscription::import(&id, terms, Imported::new(1, EstablishedBy::Payment)),
            _ => Subscription::new(&id, terms),
        }
        .unwrap()
    };
    (0..120).map(create).collect()
}

/// What a customer or the merchant decides on a day, which follows from the subscription and the day alone.
fn decision(life: &Subscription, today: Date) -> Option<Event> {
    let seed = number(&format!("{} {today}", life.id()));
    if seed.is_multiple_of(30) && life.overview(today, OverviewOptions::new()).unwrap().phase == Phase::Ending {
        return Some(Event::CancellationWithdrawn { on: today });
    }
    if seed.is_multiple_of(30) && life.balance().amount() < 0 {
        let amount = Money::new(1, "NOK".parse().unwrap()).unwrap();
        return Some(Event::BalancePaidOut { id: format!("paid out {today}"), amount, on: today });
    }
    if seed.is_multiple_of(50) {
        let id = format!("reversed {today}");
        return Some(Event::RefundReversed { id, of: "refund".into(), amount: None, on: today });
    }
    if !(seed / 7).is_multiple_of(40) {
        return None;
    }
    let (on, id, size) = (today, format!("on {today}"), i64::from(seed % 40));
    let amount = Money::new(size + 1, "NOK".parse().unwrap()).unwrap();
    let schedule = Some(if seed.is_multiple_of(2) { Resumption::Keep } else { Resumption::Shift });
    let reference = Some(format!("{}-{}-0-1", life.id(), life.payments()));
    Some(match (seed / 280) % 11 {
        0 | 1 => {
            let between = if seed.is_multiple_of(3) { Some(Between::Free) } else { None };
            let next = plus(life.next_due_date()?, size - 20).max(on);
            Event::Rescheduled { next, anchor_day: None, between: between.filter(|_| size > 20), on }
        }
        2 => Event::Paused { from: Some(plus(on, size)), until: Some(plus(on, size + 15)), schedule, on },
        3 => Event::Paused { from: None, until: Some(plus(on, size + 1)), schedule, on },
        4 => Event::PaymentsSkipped { id, payments: 1, on },
        5 => Event::PaymentRequested { customer_present: Some(seed.is_multiple_of(2)), on },
        6 => Event::Credited { id, amount, note: None, on },
        7 | 8 => {
            let kind = Some(if seed.is_multiple_of(3) { MoneyBack::Chargeback } else { MoneyBack::Refund });
            Event::Refunded { id: "refund".into(), amount, kind, reference, provider_reference: None, on }
        }
        9 => {
            let change = PlanChange::new(amount, on).with_settle(Settle::NextPayment);
            Event::plan_changed(&change.with_effective(Effective::OnDate), None, on)
        }
        _ => {
            let last = Some(if seed.is_multiple_of(2) { FinalPayment::Collect } else { FinalPayment::Waive });
            Event::Cancelled {
                when: Some(When::On(plus(on, size * 3))),
                early: None,
                final_payment: last,
                digest: None,
                on,
            }
        }
    })
}

/// Does everything that a day offers. The cardholder comes to every second checkout.
fn night(mut life: Subscription, today: Date, done: &mut Vec<String>) -> Subscription {
    loop {
        let action = life.next_action(today).unwrap();
        let event = match &action {
            Action::Record { payment } => Event::payment_succeeded(payment.reference.as_str(), today),
            Action::Checkout { payment, .. } if number(&format!("{}{today}", payment.reference)).is_multiple_of(2) => {
                return life;
            }
            Action::Checkout { payment, .. } | Action::Charge { payment } => {
                Event::attempt_started(payment.reference.as_str(), today)
            }
            Action::Resolve { payment } => match number(&format!("{}{today}", payment.reference)) % 4 {
                0 => Event::PaymentDeclined { reference: payment.reference.clone(), decline: None, on: today },
                1 => return life,
                _ => Event::payment_succeeded(payment.reference.as_str(), today),
            },
            Action::Finish { status, .. } => Event::Finished { status: *status, on: today },
            _ => return life,
        };
        done.push(format!("{today} {event:?}"));
        life = life.apply(&event).unwrap();
    }
}

/// Returns what was done in a year, the subscriptions after it, how many were read, and which decisions were possible.
fn year(reads: Reads) -> (Vec<String>, Vec<Subscription>, usize, BTreeSet<String>) {
    let start: Date = "2027-01-05".parse().unwrap();
    let (mut book, mut done, mut read, mut decided) = (book(start), Vec::new(), 0, BTreeSet::new());
    for day in 0..400 {
        let today = plus(start, day);
        for life in &mut book {
            if let Some(event) = decision(life, today)
                && let Ok(next) = life.apply(&event)
            {
                let name = format!("{event:?}");
                decided.insert(name.split(' ').next().unwrap().to_string());
                *life = next;
            }
            if reads == Reads::All || life.next_action_on().is_some_and(|next| next <= today) {
                read += 1;
                *life = night(life.clone(), today, &mut done);
            }
        }
    }
    (done, book, read, decided)
}

#[test]
fn a_night_that_reads_what_is_due_does_all_there_is_to_do() {
    let (done_by_all, all, read_of_all, decided) = year(Reads::All);
    let (done_by_due, due, read_of_due, _) = year(Reads::Due);
    assert_eq!(done_by_due, done_by_all);
    assert_eq!(due, all);
    assert!(done_by_all.len() > 2_000, "{}", done_by_all.len());
    assert!(read_of_due * 5 < read_of_all, "{read_of_due} of {read_of_all}");
    // Every kind of decision was made.
    assert_eq!(decided.len(), 11, "{decided:?}");
}
