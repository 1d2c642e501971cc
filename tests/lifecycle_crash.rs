//! A backend that is killed at any point and begins again from what it had stored: nothing is charged twice, nothing is lost.
//!
//! The backend is the loop of the documentation, the provider keeps what it was sent. The seeds are fixed, so that a failure
//! comes back.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

use std::collections::BTreeMap;

use billing_rules::{
    Action, Cycle, Date, Event, Money, OnExhausted, Payment, RetryPolicy, Schedule, Status, Subscription, Terms,
    apply_event, create_subscription, from_json, next_action, to_json,
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
}

struct Provider {
    memory: Memory,
    charges: Vec<Charge>,
    random: Random,
    /// One charge in so many is declined.
    declines: Option<u64>,
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
        let charge = Charge { reference, amount: payment.amount, on, id, approved };
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

/// A backend: all that outlives a kill is `stored`.
struct Backend {
    stored: String,
    /// Whether it stores that an attempt begins before it sends it, as it must.
    stores_first: bool,
}

impl Backend {
    fn load(&self) -> Subscription {
        from_json(&self.stored).unwrap()
    }

    fn store(&mut self, event: &Event, killer: &mut Killer) -> Result<(), Killed> {
        let next = to_json(&apply_event(&self.load(), event).unwrap());
        killer.pass()?;
        self.stored = next;
        killer.pass()
    }

    /// Does all that there is to do on a day.
    fn run(&mut self, provider: &mut Provider, on: Date, killer: &mut Killer) -> Result<Action, Killed> {
        loop {
            killer.pass()?;
            let action = next_action(&self.load(), on).unwrap();
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
    let mut terms = Terms::new(Money::new(price, "NOK".parse().unwrap()).unwrap(), schedule);
    terms.retry = Some(RetryPolicy { days: vec![1, 3, 5, 7], on_exhausted: Some(on_exhausted) });
    (Backend { stored: to_json(&create_subscription("sub-1", terms, None).unwrap()), stores_first }, start)
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
        match backend.run(provider, today, &mut killer) {
            Ok(Action::None { .. }) => return,
            Ok(Action::Wait { until }) => {
                today = until
                    .plus_days([0, 0, 1, 40].get(usize::try_from(random.below(4)).unwrap()).copied().unwrap())
                    .unwrap();
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
    let list = |value: &Value, key| value.get(key).and_then(Value::as_array).cloned().unwrap();
    for record in list(stored.get("state").unwrap(), "records") {
        let attempts = list(&record, "attempts");
        let by = attempts.iter().position(|attempt| attempt.get("outcome").unwrap() == "succeeded");
        if record.get("fate").unwrap() == "paid" {
            let reference =
                format!("sub-1-{}-{}-{}", record.get("number").unwrap(), record.get("extra").unwrap(), by.unwrap() + 1);
            paid.entry(reference).or_default().push(record.pointer("/amount/amount").unwrap().as_i64().unwrap());
        }
    }
    (charged, paid)
}

fn check(backend: &Backend, provider: &Provider, payments: u32) {
    let subscription = backend.load();
    let (charged, paid) = charged_and_paid(backend, provider);
    // One to one: a reference that was charged twice has two amounts in its list.
    assert_eq!(charged, paid, "{:?}", provider.memory);
    assert_eq!(subscription.surplus(), []);
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
            let mut provider = Provider { memory, charges: Vec::new(), random: Random::new(1), declines: None };
            live(&mut backend, &mut provider, start, Killer::At(point), &mut Random::new(point.into()));
            check(&backend, &provider, 4);
        }
    }
}

/// Many kills, with and without declines, under every policy.
#[test]
fn killed_again_and_again() {
    for seed in 0..10_000 {
        let mut random = Random::new(seed);
        let policy = [OnExhausted::Expire, OnExhausted::Cancel, OnExhausted::KeepError];
        let on_exhausted = *policy.get(usize::try_from(random.below(3)).unwrap()).unwrap();
        let payments = u32::try_from(1 + random.below(4)).unwrap();
        let (mut backend, start) = begin(true, 1_990, payments, on_exhausted);
        let memory = *MEMORIES.get(usize::try_from(random.below(3)).unwrap()).unwrap();
        let declines = (random.below(2) == 0).then(|| 2 + random.below(4));
        let mut provider = Provider { memory, charges: Vec::new(), random: Random::new(!seed), declines };
        let killer = Killer::Often(Random::new(seed ^ 0xFFFF), 3 + random.below(12));
        live(&mut backend, &mut provider, start, killer, &mut random);
        check(&backend, &provider, payments);
    }
}

/// The reverse, so that the tests above are known to see it: an attempt that is stored only after it was sent is sent
/// twice, and a provider that does not know it again charges twice (R5.5).
#[test]
fn without_the_stored_start_it_charges_twice() {
    let twice = |memory| {
        (0..40u32).any(|point| {
            let (mut backend, start) = begin(false, 1_990, 4, OnExhausted::Expire);
            let mut provider = Provider { memory, charges: Vec::new(), random: Random::new(1), declines: None };
            live(&mut backend, &mut provider, start, Killer::At(point), &mut Random::new(point.into()));
            let (charged, paid) = charged_and_paid(&backend, &provider);
            charged != paid
        })
    };
    assert_eq!(MEMORIES.map(twice), [false, true, true]);
}
