//! What must hold after every event of any history.

use std::collections::{BTreeMap, BTreeSet};

use billing_rules::{
    Action, CancellationOptions, Event, OnExhausted, Payment, Status, Subscription, from_json, to_json,
};

use crate::ends::CancelQuote;
use crate::model::{Extra, ID, Model, plus};
use crate::world::World;

/// Where R5.2 lets an event lead. Staying is always possible.
const TRANSITIONS: &[(Status, &str, &[Status])] = {
    use Status::*;
    &[
        // What is collected after the end settles it (R5.9).
        (Pending, "payment_succeeded", &[Active, Cancelled]),
        (Error, "payment_succeeded", &[Active, Cancelled]),
        (Active, "payment_succeeded", &[Cancelled]),
        (Pending, "provider_charge", &[Active, Error]),
        (Error, "provider_charge", &[Active]),
        (Active, "provider_charge", &[Error]),
        (Pending, "payment_declined", &[Error]),
        (Active, "payment_declined", &[Error]),
        (Pending, "cancelled", &[Cancelled]),
        (Active, "cancelled", &[Cancelled]),
        (Error, "cancelled", &[Cancelled]),
        // A debt that was collected after the end is lowered to nothing (R5.9).
        (Pending, "credited", &[Cancelled]),
        (Active, "credited", &[Cancelled]),
        (Error, "credited", &[Cancelled]),
        (Pending, "finished", &[Cancelled]),
        (Active, "finished", &[Cancelled, Expired]),
        (Error, "finished", &[Cancelled, Expired]),
    ]
};

fn word(event: &Event) -> &'static str {
    match event {
        Event::PaymentSucceeded { .. } => "payment_succeeded",
        Event::PaymentDeclined { .. } => "payment_declined",
        Event::ProviderCharge { .. } => "provider_charge",
        Event::Cancelled { .. } => "cancelled",
        Event::Credited { .. } | Event::RefundReversed { .. } => "credited",
        Event::Finished { .. } => "finished",
        _ => "another",
    }
}

/// The charges that were told, so that each counts once.
#[derive(Default)]
pub struct Taken {
    /// By our reference: the amount, and the provider's references.
    pub by_reference: BTreeMap<String, (i64, BTreeSet<String>)>,
    /// By the provider's reference alone: where it schedules, one stands for one charge.
    pub by_charge: BTreeMap<String, i64>,
}

impl Taken {
    pub fn sum(&self) -> i64 {
        let sum = |(amount, named): &(i64, BTreeSet<String>)| amount * i64::try_from(named.len().max(1)).unwrap();
        self.by_reference.values().map(sum).sum::<i64>() + self.by_charge.values().sum::<i64>()
    }
}

impl World {
    /// Counts what an event says was taken.
    pub fn count(&mut self, before: &Subscription, event: &Event) {
        let was = self.told.sum();
        self.count_back(before, event);
        match event {
            Event::PaymentSucceeded { reference, provider_reference, .. } => {
                let amount = self.model.amount_of(reference).unwrap();
                match provider_reference.clone() {
                    Some(charge) if self.internal => {
                        self.told.by_charge.entry(charge).or_insert(amount);
                    }
                    charge => {
                        let known = self.told.by_reference.entry(reference.clone());
                        known.or_insert((amount, BTreeSet::new())).1.extend(charge);
                    }
                }
            }
            Event::ProviderCharge { provider_reference, amount: Some(amount), .. } => {
                self.told.by_charge.entry(provider_reference.clone()).or_insert(amount.amount());
            }
            _ => {}
        }
        // Money that is told is for a payment that nothing was taken for, or it is an overpayment.
        if let Event::PaymentSucceeded { reference, .. } = event
            && self.told.sum() > was
            && self.engine.overpayments() == before.overpayments()
        {
            let Some(Payment { number, extra, .. }) = self.sent.get(reference) else {
                panic!("{reference} was never offered: {:#?}", self.history)
            };
            let (number, extra) = (*number, *extra);
            assert!(self.taken.insert((number, extra)), "{reference} was taken twice: {:#?}", self.history);
        }
    }

    /// Both say the same of where the subscription stands.
    pub fn agree(&self) {
        let (engine, model) = (&self.engine, &self.model);
        let overpayments: Vec<Extra> = engine
            .overpayments()
            .iter()
            .map(|extra| Extra {
                reference: extra.reference.clone(),
                charge: extra.provider_reference.clone(),
                amount: extra.amount.amount(),
                reason: extra.reason,
            })
            .collect();
        assert_eq!(
            (engine.status(), engine.payments(), engine.next_due_date(), engine.balance().amount(), &overpayments),
            (model.status, model.settled(), model.next_due_date(), model.balance, &model.overpayments),
            "after {:#?}",
            self.history
        );
        let current = engine.current();
        assert_eq!(
            (current.price.full().unwrap().amount(), current.first_number),
            (model.price, model.first),
            "{:#?}",
            self.history
        );
        let today = self.today.max(model.last.unwrap_or(self.today));
        let quote = engine.quote_cancellation(today, CancellationOptions::new().early());
        assert_eq!(quote.as_ref().map(CancelQuote::from), Ok(model.quote_now(self.today)), "{:#?}", self.history);
    }

    /// What holds for any history.
    pub fn hold(&self, before: &Subscription, event: &Event) {
        let now = &self.engine;
        let (was, is) = (before.status(), now.status());
        let keeps = self.model.exhausts == OnExhausted::SkipPayment;
        // A provider that schedules may end it in any way (R5.2, R5.7).
        let by_provider = self.internal && matches!(event, Event::Finished { .. }) && is.is_final() && !was.is_final();
        let listed = |to: Status| {
            TRANSITIONS.iter().any(|(from, by, all)| (*from, *by) == (was, word(event)) && all.contains(&to))
        };
        let by_days = keeps && is == Status::Error && (was == Status::Active || listed(Status::Active));
        let listed = listed(is);
        assert!(was == is || by_days || by_provider || listed, "{was:?} to {is:?} by {event:?}");
        let refunded = matches!(event, Event::OverpaymentRefunded { .. });
        assert!(before.payments() <= now.payments());
        assert!(refunded || now.overpayments().starts_with(before.overpayments()));
        // Conservation (R5.12): every charge that was told is for what periods and prorations say, in the balance, or an
        // overpayment, less what went back.
        let overpayments: i64 = now.overpayments().iter().map(|extra| extra.amount.amount()).sum();
        let (off, forgiven) = self.model.backed();
        assert_eq!(
            self.told.sum() - self.back + self.given,
            self.model.owed - off - forgiven - now.balance().amount() + overpayments,
            "after {:#?}",
            self.history
        );
    }

    /// The stored form reads back to the same, and on every day before the next action there is nothing to do (R11).
    pub fn stored(&self) {
        let json = to_json(&self.engine);
        assert_eq!(from_json::<Subscription>(&json).as_ref(), Ok(&self.engine), "after {:#?}", self.history);
        self.plan_refunds();

        // R11.4: the log run again leads to the same bytes.
        let last = self.history.last().map(Event::on);
        let again = self.created.replay(&self.history, last.unwrap_or(self.today)).unwrap();
        assert_eq!(to_json(&again.subscription), json, "after {:#?}", self.history);

        let next = self.engine.next_action_on();
        let is_idle = |day| matches!(self.engine.next_action(day), Ok(Action::Wait { .. } | Action::None { .. }));
        let days = (0..70).map(|days| plus(self.today, days));
        for day in days.filter(|day| next.is_none_or(|next| *day < next)) {
            assert!(is_idle(day), "on {day}, before {next:?}, after {:#?}", self.history);
        }
        if let Some(next) = next {
            let first = last.map_or(next, |last| next.max(last));
            assert!(!is_idle(first), "on {first} of {next}, after {:#?}", self.history);
        }
    }
}

impl Model {
    /// What an attempt takes.
    pub fn amount_of(&self, reference: &str) -> Option<i64> {
        let all = self.pays.iter().flat_map(|pay| pay.attempts.iter().enumerate().map(move |each| (pay, each)));
        let mut named = all.map(|(pay, (index, attempt))| {
            (format!("{ID}-{}-{}-{}", pay.number, pay.extra, index + 1), attempt.amount)
        });
        named.find(|(name, _)| name == reference).map(|(_, amount)| amount)
    }
}
