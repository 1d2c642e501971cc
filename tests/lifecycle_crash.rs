//! A backend that is killed at any point and begins again from what it had stored: nothing is charged twice, nothing is lost.
//!
//! The backend is the loop of the documentation, the provider keeps what it was sent. The seeds are fixed, so that a failure
//! comes back.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

#[path = "common/sold.rs"]
mod sold;
#[path = "common/stored.rs"]
mod stored;

use std::collections::BTreeMap;

use billing_rules::{
    Action, Between, Code, Cycle, Date, Effective, Event, FinalPayment, MissedPayments, Money, MoneyBack, OnExhausted,
    OverpaymentReason, Payment, PlanChange, Resumption, RetryPolicy, Schedule, Settle, Status, Subscription, Terms,
    When, from_json, to_json,
};
use serde_json::Value;

/// Random numbers that are the same on each run (xorshift).
struct Random(u64);

impl Random {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }
}

/// When the process is killed.
enum Killer {
    /// Never again.
    Idle,
    /// At one point, counted from now.
    At(u32),
    /// At each point, one time in so many.
    Often(Random, u64),
}

/// The process was killed: all is gone but what was stored.
struct Killed;

impl Killer {
    /// A point at which the process may be killed.
    fn pass(&mut self) -> Result<(), Killed> {
        let killed = match self {
            Killer::Idle => false,
            Killer::At(points) => {
                let now = *points == 0;
                *points = points.wrapping_sub(1);
                now
            }
            Killer::Often(random, times) => random.below(*times) == 0,
        };
        if killed { Err(Killed) } else { Ok(()) }
    }
}

/// For how long a provider knows that it was sent a reference before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Memory {
    ForEver,
    OneDay,
    None,
}

const MEMORIES: [Memory; 3] = [Memory::ForEver, Memory::OneDay, Memory::None];

/// Something that a provider has done.
#[derive(Debug, Clone)]
struct Charge {
    reference: String,
    amount: Money,
    on: Date,
    id: String,
    approved: bool,
    /// Until this day the provider has not decided.
    decided: Date,
}

struct Provider {
    memory: Memory,
    charges: Vec<Charge>,
    random: Random,
    /// One charge in so many is declined.
    declines: Option<u64>,
    /// One charge in so many takes days to be decided.
    ponders: Option<u64>,
}

fn provider(memory: Memory, seed: u64) -> Provider {
    Provider { memory, charges: Vec::new(), random: Random::new(seed), declines: None, ponders: None }
}

fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

impl Provider {
    fn send(&mut self, payment: &Payment, on: Date) -> Charge {
        let remembers = |charge: &&Charge| match self.memory {
            Memory::ForEver => true,
            Memory::OneDay => charge.on.days_until(on) < 1,
            Memory::None => false,
        };
        let same = self.charges.iter().filter(|charge| charge.reference == payment.reference).find(remembers);
        if let Some(charge) = same {
            return charge.clone();
        }
        let approved = self.declines.is_none_or(|times| self.random.below(times) != 0);
        let (reference, id) = (payment.reference.clone(), format!("charge-{}", self.charges.len()));
        let ponders = self.ponders.is_some_and(|times| self.random.below(times) == 0);
        let days = if ponders { 1 + self.random.below(3) } else { 0 };
        let decided = on.plus_days(i64::try_from(days).unwrap()).unwrap();
        let charge = Charge { reference, amount: payment.amount, on, id, approved, decided };
        self.charges.push(charge.clone());
        charge
    }

    fn ask(&self, reference: &str) -> Option<&Charge> {
        self.charges.iter().find(|charge| charge.reference == reference)
    }

    /// A callback about any charge so far, as providers send them: late, and more than once.
    fn call_back(&mut self) -> Option<Charge> {
        let count = u64::try_from(self.charges.len()).unwrap();
        (count > 0)
            .then(|| self.random.below(count))
            .and_then(|at| self.charges.get(usize::try_from(at).unwrap()))
            .cloned()
    }
}

fn outcome(charge: &Charge, on: Date) -> Event {
    let reference = charge.reference.clone();
    match charge.approved {
        _ if on < charge.decided => Event::PaymentPending { reference, on },
        true => serde_event(serde_json::json!({
            "type": "payment_succeeded", "reference": reference, "on": on.to_string(), "providerReference": charge.id,
            "amount": { "amount": charge.amount.amount(), "currency": charge.amount.currency().code() },
        })),
        false => serde_event(serde_json::json!({
            "type": "payment_declined", "reference": reference, "on": on.to_string(),
        })),
    }
}

fn serde_event(event: Value) -> Event {
    from_json(&event.to_string()).unwrap()
}

/// What somebody decides, on a day after the start.
#[derive(Debug, Clone)]
enum Decision {
    Plan {
        to: i64,
        settle: Option<Settle>,
        cycle: Option<Cycle>,
    },
    /// Another number of seats.
    Quantities(u64),
    Extra(i64),
    Pause,
    Resume(Resumption),
    Verify,
    /// Money of a payment with a number.
    Refund(u64, i64, Option<MoneyBack>),
    Credit(i64),
    Skip,
    Request(bool),
    /// From so many days later on, for so many days.
    PauseFor(i64, i64, Resumption),
    Reverse,
    PayOut(i64),
    Move(i64, Option<Between>),
    /// So many days later, or immediately.
    Cancel(i64, FinalPayment),
    Withdraw,
}

impl Decision {
    fn event(&self, index: usize, on: Date) -> Event {
        match self {
            Decision::Plan { to, settle, cycle } => {
                let mut change = PlanChange::new(nok(*to), on);
                (change.settle, change.cycle) = (*settle, *cycle);
                change.payment_count = cycle.map(|_| 3);
                change.effective = settle.map(|_| Effective::OnDate);
                Event::plan_changed(&change, None, on)
            }
            Decision::Quantities(seats) => sold::quantities(*seats, on),
            Decision::Extra(amount) => Event::UnscheduledCharge {
                id: format!("{index} of {on}"),
                amount: nok(*amount),
                note: None,
                customer_present: None,
                on,
            },
            Decision::Pause => Event::paused(on),
            Decision::Resume(schedule) => Event::Resumed { schedule: Some(*schedule), anchor_day: None, on },
            Decision::Verify => Event::VerificationRequested { on },
            Decision::Refund(number, amount, kind) => Event::Refunded {
                id: "refund".into(),
                amount: nok(*amount),
                kind: *kind,
                reference: Some(format!("sub-1-{number}-0-1")),
                provider_reference: None,
                on,
            },
            Decision::Credit(amount) => {
                Event::Credited { id: format!("credit {on}"), amount: nok(*amount), note: None, on }
            }
            Decision::Skip => Event::PaymentsSkipped { id: format!("skip {on}"), payments: 1, on },
            Decision::Request(present) => Event::PaymentRequested { customer_present: Some(*present), on },
            Decision::PauseFor(later, days, schedule) => {
                let from = on.plus_days(*later).unwrap();
                Event::Paused { from: Some(from), until: from.plus_days(*days), schedule: Some(*schedule), on }
            }
            Decision::Reverse => {
                Event::RefundReversed { id: format!("reversal {on}"), of: "refund".into(), amount: None, on }
            }
            Decision::PayOut(amount) => {
                Event::BalancePaidOut { id: format!("paid out {on}"), amount: nok(*amount), on }
            }
            Decision::Move(days, between) => {
                let next = on.plus_days(*days).unwrap();
                Event::Rescheduled { next, anchor_day: None, between: *between, on }
            }
            Decision::Cancel(days, last) => {
                let when = Some(When::On(on.plus_days(*days).unwrap()));
                Event::Cancelled { when, early: None, final_payment: Some(*last), digest: None, on }
            }
            Decision::Withdraw => Event::CancellationWithdrawn { on },
        }
    }
}

/// A backend: all that outlives a kill is `stored` and, with it, how many decisions have been carried out.
struct Backend {
    stored: String,
    decided: usize,
    /// The unscheduled charges that were accepted.
    extras: usize,
    decisions: Vec<(Date, Decision)>,
    /// The decisions that were possible.
    made: Vec<Decision>,
    /// Whether it stores that an attempt begins before it sends it, as it must.
    stores_first: bool,
}

impl Backend {
    fn load(&self) -> Subscription {
        from_json(&self.stored).unwrap()
    }

    fn store(&mut self, event: &Event, killer: &mut Killer) -> Result<(), Killed> {
        let next = to_json(&self.load().apply(event).unwrap());
        killer.pass()?;
        self.stored = next;
        killer.pass()
    }

    /// Carries out the next decision whose day has come. One that meets a payment waits a day; one that is not possible any
    /// more falls away.
    fn decide(&mut self, on: Date, killer: &mut Killer) -> Result<(), Killed> {
        let Some((day, decision)) = self.decisions.get_mut(self.decided).filter(|(day, _)| *day <= on) else {
            return Ok(());
        };
        let (extra, made) = (usize::from(matches!(decision, Decision::Extra(_))), decision.clone());
        match from_json::<Subscription>(&self.stored).unwrap().apply(&decision.event(self.decided, on)) {
            Ok(next) => {
                killer.pass()?;
                // One transaction.
                (self.stored, self.decided, self.extras) = (to_json(&next), self.decided + 1, self.extras + extra);
                self.made.push(made);
                killer.pass()
            }
            Err(errors) if [Code::PaymentInFlight, Code::PaymentOverdue].contains(&errors.first().code()) => {
                *day = on.plus_days(1).unwrap();
                Ok(())
            }
            Err(_) => {
                self.decided += 1;
                Ok(())
            }
        }
    }

    /// Does all that there is to do on a day.
    fn run(&mut self, provider: &mut Provider, on: Date, killer: &mut Killer) -> Result<Action, Killed> {
        loop {
            killer.pass()?;
            let action = self.load().next_action(on).unwrap();
            killer.pass()?;
            let event = match &action {
                Action::Checkout { payment, .. } | Action::Charge { payment } => {
                    if self.stores_first {
                        self.store(&Event::AttemptStarted { reference: payment.reference.clone(), on }, killer)?;
                    }
                    let charge = provider.send(payment, on);
                    killer.pass()?;
                    if !self.stores_first {
                        self.store(&Event::AttemptStarted { reference: payment.reference.clone(), on }, killer)?;
                    }
                    outcome(&charge, on)
                }
                Action::Resolve { payment } => match provider.ask(&payment.reference) {
                    // Asked again on another day.
                    Some(charge) if on < charge.decided => {
                        self.store(&outcome(charge, on), killer)?;
                        return Ok(action);
                    }
                    Some(charge) => outcome(charge, on),
                    None => Event::PaymentNotMade { reference: payment.reference.clone(), on },
                },
                Action::Record { payment } => serde_event(serde_json::json!({
                    "type": "payment_succeeded", "reference": payment.reference, "on": on.to_string(),
                })),
                Action::Finish { status, .. } => Event::Finished { on, status: *status },
                Action::Wait { .. } | Action::None { .. } => return Ok(action),
                other => panic!("{other:?}"),
            };
            self.store(&event, killer)?;
        }
    }
}

/// A subscription of some payments under a policy, in the hands of a backend.
fn begin(stores_first: bool, price: i64, payments: u32, on_exhausted: OnExhausted) -> (Backend, Date) {
    let start: Date = "2025-01-31".parse().unwrap();
    let schedule = Schedule::new(start, Cycle::MONTHLY).with_payment_count(payments).unwrap();
    let mut terms = Terms::new(nok(price), schedule);
    terms.retry = Some(RetryPolicy::new(vec![1, 3, 5, 7]).with_on_exhausted(on_exhausted));
    (backend(stores_first, terms), start)
}

fn backend(stores_first: bool, terms: Terms) -> Backend {
    let stored = to_json(&Subscription::new("sub-1", terms).unwrap());
    Backend { stored, decided: 0, extras: 0, decisions: Vec::new(), made: Vec::new(), stores_first }
}

/// Lives to the end: killed, begun again on the same day or some days later, and told of charges that it knows.
fn live(backend: &mut Backend, provider: &mut Provider, start: Date, mut killer: Killer, random: &mut Random) {
    let mut today = start;
    for round in 0..1_000 {
        // In the end it is left alone.
        if round == 900 {
            killer = Killer::Idle;
        }
        let first_paid = backend.load().payments() > 0;
        let done = backend.run(provider, today, &mut killer);
        // Nobody decides anything about what has not begun.
        if done.is_ok() && first_paid && backend.decide(today, &mut killer).is_err() {
            continue;
        }
        let decision = backend.decisions.get(backend.decided).map(|(day, _)| *day).filter(|_| first_paid);
        match done {
            Ok(Action::None { status }) if status.is_final() => return,
            // Paused.
            Ok(Action::None { .. }) => today = decision.map_or(today, |day| day.max(today)),
            Ok(Action::Resolve { .. }) => today = today.plus_days(1).unwrap(),
            Ok(Action::Wait { until }) => {
                let late = [0, 0, 1, 40].get(usize::try_from(random.below(4)).unwrap()).copied().unwrap();
                let until = until.plus_days(late).unwrap();
                today = decision.map_or(until, |day| day.min(until)).max(today);
            }
            // Down for days; but before the first payment the subscription would end by that alone (R5.8).
            _ if first_paid => today = today.plus_days(i64::try_from(random.below(4)).unwrap()).unwrap(),
            _ => {}
        }
        if let Some(charge) = provider.call_back().filter(|_| random.below(3) == 0) {
            // A callback that comes to nothing comes again.
            let _killed = backend.store(&outcome(&charge, today), &mut killer);
        }
    }
    panic!("it never ends");
}

/// The successful charges by reference, and the paid payments by that of the attempt that paid.
fn charged_and_paid(
    backend: &Backend,
    provider: &Provider,
) -> (BTreeMap<String, Vec<i64>>, BTreeMap<String, Vec<i64>>) {
    let (mut charged, mut paid) = (BTreeMap::<_, Vec<i64>>::new(), BTreeMap::<_, Vec<i64>>::new());
    for charge in provider.charges.iter().filter(|charge| charge.approved) {
        charged.entry(charge.reference.clone()).or_default().push(charge.amount.amount());
    }
    let stored: Value = serde_json::from_str(&backend.stored).unwrap();
    let list = |value: &Value, key| value.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
    let records = stored::payments(&stored);
    // A first payment of 0 that no attempt paid is settled by the verification in its place, which was sent.
    let verification =
        |record: &Value| record.get("kind").unwrap() == "verification" && record.get("status").unwrap() == "paid";
    for record in &records {
        let attempts = list(record, "attempts");
        let by = attempts.iter().position(|attempt| attempt.get("outcome").unwrap() == "succeeded");
        if record.get("status").unwrap() != "paid" {
            continue;
        }
        let (number, extra) = (record.get("number").unwrap(), record.get("extra").and_then(Value::as_u64).unwrap_or(0));
        let amount = record.pointer("/amount/amount").unwrap().as_i64().unwrap();
        match by {
            Some(by) => paid.entry(format!("sub-1-{number}-{extra}-{}", by + 1)).or_default().push(amount),
            None => {
                assert_eq!((number, extra, amount), (&Value::from(1), 0, 0));
                assert!(records.iter().any(verification), "{records:?}");
            }
        }
    }
    (charged, paid)
}

fn check(backend: &Backend, provider: &Provider, payments: u32) {
    let subscription = backend.load();
    let (charged, paid) = charged_and_paid(backend, provider);
    // One to one: a reference that was charged twice has two amounts in its list.
    assert_eq!(charged, paid, "{:?}", provider.memory);
    assert_eq!(subscription.overpayments(), []);
    assert!(subscription.status().is_final());
    if provider.declines.is_none() {
        assert_eq!((subscription.payments(), subscription.status()), (payments, Status::Expired));
        assert_eq!(paid.len(), usize::try_from(payments).unwrap());
    }
}

/// One kill, at each point of a whole life in turn.
#[test]
fn killed_once_at_any_point() {
    for memory in MEMORIES {
        for point in 0..70 {
            let (mut backend, start) = begin(true, 1_990, 4, OnExhausted::Expire);
            let mut provider = provider(memory, 1);
            live(&mut backend, &mut provider, start, Killer::At(point), &mut Random::new(point.into()));
            check(&backend, &provider, 4);
        }
    }
}

/// Many kills, with and without declines, under every policy.
#[test]
fn killed_again_and_again() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let policy = [OnExhausted::Expire, OnExhausted::Cancel, OnExhausted::SkipPayment];
        let on_exhausted = *policy.get(usize::try_from(random.below(3)).unwrap()).unwrap();
        let payments = u32::try_from(1 + random.below(4)).unwrap();
        let (mut backend, start) = begin(true, 1_990, payments, on_exhausted);
        let memory = *MEMORIES.get(usize::try_from(random.below(3)).unwrap()).unwrap();
        let declines = (random.below(2) == 0).then(|| 2 + random.below(4));
        let mut provider = Provider { declines, ..provider(memory, !seed) };
        let killer = Killer::Often(Random::new(seed ^ 0xFFFF), 3 + random.below(12));
        live(&mut backend, &mut provider, start, killer, &mut random);
        check(&backend, &provider, payments);
    }
}

/// A whole life: a trial, changes of plan, unscheduled charges, verifications and pauses, and a provider that takes its time.
fn whole_life(random: &mut Random, missed_payments: Option<MissedPayments>) -> (Backend, Date, u32) {
    let start: Date = "2025-01-31".parse().unwrap();
    let payments = u32::try_from(2 + random.below(3)).unwrap();
    let schedule = Schedule::new(start, Cycle::MONTHLY).with_payment_count(payments).unwrap();
    let mut terms = Terms::new(nok(1_990), schedule);
    let policy = [OnExhausted::Expire, OnExhausted::Cancel, OnExhausted::SkipPayment];
    let on_exhausted = policy.get(usize::try_from(random.below(3)).unwrap()).copied();
    let mut policy = RetryPolicy::default();
    policy.on_exhausted = on_exhausted;
    terms.retry = Some(policy);
    terms.missed_payments = missed_payments;
    let trial = random.below(2) == 0;
    terms.trial_start = trial.then(|| start.plus_days(-14).unwrap());
    let first = terms.trial_start.unwrap_or(start);
    if random.below(3) > 0 {
        terms = sold::sold(&terms, &mut |limit| random.below(limit));
    }
    let mut backend = backend(true, terms);
    let mut day = start;
    for _ in 0..random.below(7) {
        day = day.plus_days(1 + i64::try_from(random.below(25)).unwrap()).unwrap();
        let to = i64::try_from(random.below(5_000)).unwrap();
        let settle = (random.below(3) == 0).then_some(Settle::NextPayment);
        let cycle = (settle.is_none() && random.below(4) == 0).then_some(Cycle::QUARTERLY);
        let days = i64::try_from(random.below(50)).unwrap();
        let how = if random.below(2) == 0 { Resumption::Keep } else { Resumption::Shift };
        let decision = match random.below(20) {
            0 | 1 => Decision::Plan { to, settle, cycle },
            2 | 3 => Decision::Extra(1 + to),
            4 => Decision::Verify,
            6 | 15 => {
                let kind = (random.below(2) == 0).then_some(MoneyBack::Chargeback);
                Decision::Refund(1 + random.below(3), 1 + to.min(1_989), kind)
            }
            7 => Decision::Credit(1 + to),
            8 => Decision::Skip,
            9 => Decision::Request(random.below(2) == 0),
            10 => Decision::PauseFor(days / 2, 1 + days, how),
            11 | 12 => {
                Decision::Move(days, [None, None, Some(Between::Free)].get(random_index(random, 3)).copied().unwrap())
            }
            13 => Decision::Reverse,
            18 | 19 => Decision::Quantities(random.below(12)),
            14 => Decision::PayOut(1),
            16 => {
                let last = if random.below(2) == 0 { FinalPayment::Collect } else { FinalPayment::Waive };
                if random.below(2) == 0 {
                    Decision::Cancel(days, last)
                } else {
                    backend.decisions.push((day, Decision::Cancel(days + 5, last)));
                    day = day.plus_days(3).unwrap();
                    Decision::Withdraw
                }
            }
            _ => {
                backend.decisions.push((day, Decision::Pause));
                day = day.plus_days(i64::try_from(random.below(50)).unwrap()).unwrap();
                Decision::Resume(how)
            }
        };
        backend.decisions.push((day, decision));
    }
    (backend, first, payments)
}

fn random_index(random: &mut Random, limit: u64) -> usize {
    usize::try_from(random.below(limit)).unwrap()
}

fn check_whole_life(backend: &Backend, provider: &Provider, payments: u32) {
    let subscription = backend.load();
    let (mut charged, paid) = charged_and_paid(backend, provider);
    // A cancellation for a day ends service on it, also while an attempt is in flight: that money is known to be too much.
    let is_cancelled = backend.made.iter().any(|decision| matches!(decision, Decision::Cancel(..)));
    for overpaid in subscription.overpayments() {
        assert!(is_cancelled && overpaid.reason == OverpaymentReason::PaidAfterEnd, "{overpaid:?}");
        let amounts = charged.remove(overpaid.reference.as_ref().unwrap());
        assert_eq!(amounts, Some(vec![overpaid.amount.amount()]));
    }
    let sent: Vec<_> = paid.iter().filter(|(reference, _)| provider.ask(reference).is_some()).collect();
    assert_eq!(charged.iter().collect::<Vec<_>>(), sent, "{:?}", provider.memory);
    // What was not sent was nothing.
    assert!(paid.iter().all(|(reference, amounts)| provider.ask(reference).is_some() || *amounts == [0]));
    assert!(subscription.status().is_final());
    let beside =
        |kind: &str| subscription_records(backend).iter().filter(|record| record.get("kind").unwrap() == kind).count();
    assert_eq!(beside("unscheduled"), backend.extras);
    // After a chargeback the card is blocked, and a checkout that comes too late ends it.
    let is_blocked = |(_, decision): &(Date, Decision)| matches!(decision, Decision::Refund(.., Some(_)));
    if provider.declines.is_none() && !is_cancelled && !backend.decisions.iter().any(is_blocked) {
        assert_eq!(subscription.status(), Status::Expired);
        assert!(subscription.payments() >= payments);
        let open =
            |record: &&Value| record.get("kind").unwrap() == "unscheduled" && record.get("status").unwrap() != "paid";
        // A card with which nothing was paid yet needs the cardholder, who can come too late.
        let is_first =
            |record: &&Value| record.get("number").unwrap() == 1 && record.get("extra").is_none_or(|extra| extra == 0);
        let is_free = subscription_records(backend)
            .iter()
            .find(is_first)
            .is_some_and(|first| first.pointer("/amount/amount").unwrap() == 0);
        assert!(is_free || subscription_records(backend).iter().filter(open).count() == 0);
    }
}

fn subscription_records(backend: &Backend) -> Vec<Value> {
    let stored: Value = serde_json::from_str(&backend.stored).unwrap();
    stored::payments(&stored)
}

/// Many kills in a whole life: 10 000.
#[test]
fn killed_again_and_again_in_a_whole_life() {
    let (mut met, mut made) = (BTreeMap::<String, u32>::new(), BTreeMap::<String, u32>::new());
    for seed in 0..14_000 {
        let mut random = Random::new(seed ^ 0xABCD_EF01);
        let missed_payments = (random.below(2) == 0).then_some(MissedPayments::Latest);
        let (mut backend, start, payments) = whole_life(&mut random, missed_payments);
        let memory = *MEMORIES.get(usize::try_from(random.below(3)).unwrap()).unwrap();
        let declines = (random.below(2) == 0).then(|| 2 + random.below(4));
        let mut provider = Provider { declines, ponders: Some(2 + random.below(6)), ..provider(memory, !seed) };
        let killer = Killer::Often(Random::new(seed ^ 0xFFFF), 3 + random.below(12));
        live(&mut backend, &mut provider, start, killer, &mut random);
        check_whole_life(&backend, &provider, payments);
        for decision in &backend.made {
            let name = format!("{decision:?}").split(['(', ' ']).next().unwrap().to_string();
            *made.entry(name).or_default() += 1;
        }
        for record in subscription_records(&backend) {
            let met_here =
                [record.get("kind").unwrap().as_str().unwrap(), record.get("status").unwrap().as_str().unwrap()];
            *met.entry(met_here.join(" ")).or_default() += 1;
        }
    }
    // The lives do meet all of it.
    for kind in [
        "verification paid",
        "plan_change paid",
        "plan_change dropped",
        "unscheduled paid",
        "unscheduled given_up",
        "recurring skipped",
        "recurring given_up",
        "recurring included",
        "final paid",
    ] {
        assert!(met.get(kind).is_some_and(|times| *times > 20), "{kind}: {met:?}");
    }
    assert!(made.len() == 16 && made.values().all(|times| *times > 20), "{made:?}");
}

/// The reverse, so that the tests above are known to see it: an attempt that is stored only after it was sent is sent
/// twice, and a provider that does not know it again charges twice (R5.5).
#[test]
fn without_the_stored_start_it_charges_twice() {
    let twice = |memory| {
        (0..40u32).any(|point| {
            let (mut backend, start) = begin(false, 1_990, 4, OnExhausted::Expire);
            let mut provider = provider(memory, 1);
            live(&mut backend, &mut provider, start, Killer::At(point), &mut Random::new(point.into()));
            let (charged, paid) = charged_and_paid(&backend, &provider);
            charged != paid
        })
    };
    assert_eq!(MEMORIES.map(twice), [false, true, true]);
}
