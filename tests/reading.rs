//! Reading against brute force: what `overview` and `upcoming` say is what living every day brings, and a log run again gives the
//! stored subscription (R11).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::arithmetic_side_effects, reason = "a test ends where its data is broken")]

use billing_rules::{
    Action, Between, Cycle, Date, Effective, Entitlement, EntitlementReason, EstablishedBy, Event, Failure, Imported,
    Money, OverviewOptions, Payment, PaymentKind, Phase, PlanChange, PreviewOptions, Resumption, Schedule, Script,
    Settle, Subscription, Terms, When, to_json,
};
use proptest::prelude::*;

/// One step of a life: so many days later, something happens.
#[derive(Debug, Clone, Copy)]
struct Step {
    days: i64,
    what: u8,
    size: i64,
}

fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

fn plus(day: Date, days: i64) -> Date {
    day.plus_days(days).unwrap()
}

fn terms() -> impl Strategy<Value = Terms> {
    let cycle = prop::sample::select(vec![Cycle::MONTHLY, Cycle::WEEKLY, Cycle::QUARTERLY]);
    (0..400i64, cycle, 0..4i64, prop::option::of(1..8u32), prop::option::of(1..40i64)).prop_map(
        |(start, cycle, price, count, trial)| {
            let start = plus("2025-01-01".parse().unwrap(), start);
            let mut schedule = Schedule::new(start, cycle);
            if let Some(count) = count {
                schedule = schedule.with_payment_count(count).unwrap();
            }
            let terms = Terms::new(nok(price * 9_901), schedule);
            match trial {
                Some(days) => terms.with_trial_start(plus(start, -days)),
                None => terms,
            }
        },
    )
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = (0..25i64, any::<u8>(), 0..20_000i64).prop_map(|(days, what, size)| Step { days, what, size });
    prop::collection::vec(step, 0..30)
}

/// A life with the events that led to it.
struct Life {
    created: Subscription,
    now: Subscription,
    events: Vec<Event>,
    day: Date,
}

impl Life {
    fn lived(terms: Terms, is_imported: bool, steps: &[Step]) -> Self {
        let schedule = terms.schedule.unwrap();
        let day = terms.trial_start.unwrap_or(schedule.start());
        let created = if is_imported {
            Subscription::import("sub-1", terms, Imported::new(1, EstablishedBy::Payment)).unwrap()
        } else {
            Subscription::new("sub-1", terms).unwrap()
        };
        let mut life = Self { now: created.clone(), created, events: Vec::new(), day };
        for step in steps {
            life.day = plus(life.day, step.days);
            for event in life.events_of(*step) {
                if let Ok(next) = life.now.apply(&event) {
                    life.now = next;
                    life.events.push(event);
                }
            }
        }
        life
    }

    /// Follows the action of the day, well or badly, or does something else.
    fn events_of(&self, step: Step) -> Vec<Event> {
        let (on, id) = (self.day, format!("id-{}", self.events.len()));
        let amount = nok(step.size + 1);
        if step.what >= 100 {
            return self.answers(step.what >= 130);
        }
        vec![match step.what % 15 {
            0 => Event::plan_changed(&PlanChange::new(amount, plus(on, step.size % 40)), None, on),
            1 => {
                let change = PlanChange::new(amount, on).with_effective(Effective::OnDate);
                Event::plan_changed(&change.with_settle(Settle::NextPayment), None, on)
            }
            2 => Event::paused(on),
            3 => {
                let schedule = Some(if step.size % 2 == 0 { Resumption::Keep } else { Resumption::Shift });
                Event::Resumed { schedule, anchor_day: None, on }
            }
            4 => Event::unscheduled_charge(id, amount, on),
            5 => Event::Credited { id, amount, note: None, on },
            6 | 7 => {
                let reference = format!("sub-1-{}-0-1", self.now.payments());
                let (reference, provider_reference) = (Some(reference), None);
                Event::Refunded { id, amount, kind: None, reference, provider_reference, on }
            }
            8 => {
                let when = [When::Now, When::PeriodEnd, When::On(plus(on, step.size % 70))];
                Event::cancelled(*when.get(usize::try_from(step.size % 3).unwrap()).unwrap(), on)
            }
            9 => Event::CancellationWithdrawn { on },
            10 => Event::BalancePaidOut { id, amount, on },
            11 => {
                let from = plus(on, step.size % 30);
                let schedule = Some(if step.size % 2 == 0 { Resumption::Keep } else { Resumption::Shift });
                Event::Paused { from: Some(from), until: Some(plus(from, step.size % 50)), schedule, on }
            }
            12 | 13 => {
                let between = if step.size % 3 == 0 { Some(Between::Free) } else { None };
                Event::Rescheduled { next: plus(on, step.size % 50), anchor_day: None, between, on }
            }
            _ => Event::PlanChangeWithdrawn { on },
        }]
    }

    fn answers(&self, succeeds: bool) -> Vec<Event> {
        let on = self.day;
        match self.now.next_action(on).unwrap() {
            Action::Checkout { payment, .. } | Action::Charge { payment } | Action::Record { payment } => {
                let outcome = if succeeds {
                    Event::payment_succeeded(payment.reference.as_str(), on)
                } else {
                    Event::PaymentDeclined { reference: payment.reference.clone(), decline: None, on }
                };
                vec![Event::attempt_started(payment.reference.as_str(), on), outcome]
            }
            Action::Finish { status, .. } => vec![Event::Finished { status, on }],
            _ => Vec::new(),
        }
    }
}

/// What identifies a payment that was made.
type Made = (u32, u32, u32, Date, Money, Option<Date>);

fn made(payment: &Payment, on: Date) -> Made {
    let is_scheduled = matches!(payment.kind, PaymentKind::Initial | PaymentKind::Recurring);
    let last = plus(payment.due_date, -1);
    let cancel_by = if is_scheduled && last >= on { Some(last) } else { None };
    (payment.number, payment.extra, payment.attempt, payment.due_date, payment.amount, cancel_by)
}

/// Lives every day, and returns each payment with the day on which it was made.
fn brute(life: &Subscription, on: Date, through: Date) -> Vec<(Date, Payment)> {
    let run = life.simulate(&Script::new(on, through)).unwrap();
    let mut found: Vec<(Date, Payment)> = Vec::new();
    for moment in run.timeline {
        let Some(payment) = moment.action.as_ref().and_then(Action::payment) else { continue };
        found.push((moment.on, payment.clone()));
    }
    found
}

fn entitled(life: &Subscription, day: Date, grace: u32) -> Entitlement {
    life.overview(day, OverviewOptions::new().with_grace_days(grace)).unwrap().entitlement
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn a_simulation_is_what_applying_its_events_gives(
        terms in terms(), is_imported: bool, steps in steps(), later in 0..30i64,
        declined in prop::collection::vec((1u32..12, 1u32..4), 0..4),
    ) {
        let life = Life::lived(terms, is_imported, &steps);
        let on = plus(life.day, later);
        let failures: Vec<_> = declined.iter().map(|(number, attempt)| Failure::new(*number, *attempt)).collect();
        let run = life.now.simulate(&Script::new(on, plus(on, 300)).with_failures(failures)).unwrap();
        let mut applied = life.now;
        for moment in &run.timeline {
            if let Some(action) = &moment.action {
                prop_assert_eq!(&applied.next_action(moment.on).unwrap(), action);
            }
            applied = applied.apply(moment.event.as_ref().unwrap()).unwrap();
            prop_assert_eq!(applied.status(), moment.status);
        }
        prop_assert_eq!(to_json(&applied), to_json(&run.subscription));
    }

    #[test]
    fn upcoming_is_what_living_every_day_brings(
        terms in terms(), is_imported: bool, steps in steps(), later in 0..30i64
    ) {
        let life = Life::lived(terms, is_imported, &steps);
        let on = plus(life.day, later);
        let through = plus(on, 300);
        let expected = brute(&life.now, on, through);
        let options = PreviewOptions::new(on).with_payments(1000).with_through(through);
        let upcoming = life.now.upcoming(&options).unwrap();
        let listed: Vec<Made> = upcoming.payments.iter().map(|one| {
            (one.number, one.extra, one.attempt, one.due_date, one.amount, one.cancel_by)
        }).collect();
        prop_assert_eq!(listed, expected.iter().map(|(_, payment)| made(payment, on)).collect::<Vec<_>>());
        let now = expected.iter().filter(|(day, _)| *day == on).map(|(_, payment)| payment.amount.amount()).sum::<i64>();
        prop_assert_eq!(upcoming.due_now, nok(now));
        let next = expected.iter().find(|(day, payment)| *day > on && payment.amount.amount() > 0);
        if let Some((_, next)) = next {
            prop_assert_eq!(upcoming.next_charge.map(|next| (next.due_date, next.amount)), Some((next.due_date, next.amount)));
        }
    }

    #[test]
    fn a_total_is_the_sum_of_all(terms in terms(), is_imported: bool, steps in steps()) {
        let life = Life::lived(terms, is_imported, &steps);
        let shown = life.now.upcoming(&PreviewOptions::new(life.day).with_payments(1)).unwrap();
        if let Some(total) = shown.total {
            // Eight quarters, and as much again for what a pause has moved.
            let all = brute(&life.now, life.day, plus(life.day, 1_500));
            prop_assert_eq!(total, nok(all.iter().map(|(_, payment)| payment.amount.amount()).sum()));
        }
    }

    #[test]
    fn the_overview_is_right_on_every_day(terms in terms(), is_imported: bool, steps in steps(), grace in 0..5u32) {
        let life = Life::lived(terms, is_imported, &steps);
        let first = life.now.overview(life.day, OverviewOptions::new().with_grace_days(grace)).unwrap();
        let due = brute(&life.now, life.day, plus(life.day, 700));
        let charged = due.iter().find(|(_, payment)| payment.amount.amount() > 0);
        if let Some((_, payment)) = charged {
            let next = first.next_charge.as_ref().map(|next| (next.due_date, next.amount, next.lines.clone()));
            prop_assert_eq!(next, Some((payment.due_date, payment.amount, payment.lines.clone())));
        }
        for day in 0..60 {
            let day = plus(life.day, day);
            let shown = entitled(&life.now, day, grace);
            let phase = life.now.overview(day, OverviewOptions::new().with_grace_days(grace)).unwrap().phase;
            prop_assert_eq!(shown.active, shown.reason != EntitlementReason::None);
            prop_assert!(!shown.active || !matches!(phase, Phase::Ended | Phase::Paused | Phase::Pending));
            let Some(until) = shown.until else { continue };
            prop_assert!(until > day);
            // Nothing happens in between, so it is active on every day before, and by the same reason no longer on that day. Only
            // the end of the retries can come sooner, where a due date was moved into days that are paid for.
            let last = life.now.overview(plus(until, -1), OverviewOptions::new().with_grace_days(grace)).unwrap();
            prop_assert!(last.entitlement.active || last.phase == Phase::Ended, "{day}: {shown:?}, then {last:?}");
            let then = entitled(&life.now, until, grace);
            prop_assert!(then.reason != shown.reason || then.until > Some(until));
        }
    }

    #[test]
    fn a_log_run_again_gives_the_stored_subscription(terms in terms(), is_imported: bool, steps in steps()) {
        let life = Life::lived(terms, is_imported, &steps);
        let run = life.created.replay(&life.events, life.day).unwrap();
        prop_assert_eq!(to_json(&run.subscription), to_json(&life.now));
        prop_assert_eq!(run.timeline.len(), life.events.len() + 1);
        let started = run.timeline.iter().filter(|moment| matches!(moment.event, Some(Event::AttemptStarted { .. })));
        prop_assert!(started.clone().all(|moment| moment.action.as_ref().and_then(Action::payment).is_some()));
    }
}
