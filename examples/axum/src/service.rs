//! What the service does, without a word of HTTP but its statuses. As `examples/service/service.mjs`, line by line.

use anyhow::Error as Fault;
use billing_rules::{Action, Date, Errors, Event, Preview, PreviewOptions, Subscription, Terms, from_json, to_json};
use serde_json::{Map, Value};

use crate::{
    payments::{begun, settled},
    store::{Id, Store},
};

pub struct Service {
    pub store: Box<dyn Store>,
    /// The price list: terms without a start, by name.
    pub plans: Map<String, Value>,
}

/// What is answered in place of what was asked for.
pub enum Refusal {
    /// A status, and why.
    Because(u16, &'static str),
    /// What the rules refuse; the text comes before every path.
    Rules(&'static str, Errors),
    /// What the customer would agree to now.
    Changed(Box<Preview>),
    /// What has to happen, and is no attempt.
    Instead(Box<Action>),
    /// No fault of who asks.
    Fault(Fault),
}

pub const NOTHING: Refusal = Refusal::Because(404, "nothing is here");
const NO_SUCH_SUBSCRIPTION: Refusal = Refusal::Because(404, "no such subscription");

impl From<Errors> for Refusal {
    fn from(errors: Errors) -> Self {
        Self::Rules("", errors)
    }
}

impl From<Fault> for Refusal {
    fn from(error: Fault) -> Self {
        Self::Fault(error)
    }
}

type Answer<T> = Result<T, Refusal>;

impl Service {
    pub fn sign_up(&self, today: Date, order: Option<Map<String, Value>>) -> Answer<Subscription> {
        let order = order.unwrap_or_default();
        let field = |name| order.get(name).and_then(Value::as_str);
        let (Some(id), Some(plan), Some(digest)) = (field("id"), field("plan"), field("digest")) else {
            return Err(Refusal::Because(400, "expected an object of id, plan and digest"));
        };
        let Some(plan) = self.plans.get(plan) else { return Err(Refusal::Because(422, "no such plan")) };
        // The price is the server's own. The digest tells whether the customer has seen it.
        let terms = terms_of(plan, today)?;
        let offer = terms.preview(&PreviewOptions::new(today))?;
        if offer.digest != digest {
            return Err(Refusal::Changed(Box::new(offer)));
        }
        let subscription = Subscription::new(id, terms)?;
        let id = Id::new(id).ok_or(NOTHING)?;
        match self.store.write(&id, &to_json(&subscription), 0, None)? {
            true => Ok(subscription),
            false => Err(Refusal::Because(409, "there is a subscription of this id")),
        }
    }

    pub fn show(&self, id: &Id) -> Answer<Subscription> {
        stored(&self.store.read(id)?.ok_or(NO_SUCH_SUBSCRIPTION)?.text)
    }

    /// Only looks: until it is stored that an attempt begins, two who look see the same.
    pub fn action(&self, today: Date, id: &Id) -> Answer<Action> {
        Ok(self.show(id)?.next_action(today)?)
    }

    pub fn payments(&self, id: &Id) -> Answer<Vec<Value>> {
        self.store.read(id)?.ok_or(NO_SUCH_SUBSCRIPTION)?;
        Ok(self.store.payments(id)?)
    }

    /// Decides and records in one: the attempt is stored before anything is sent, so a crash can be asked about and
    /// nothing is sent twice.
    pub fn attempt(&self, today: Date, id: &Id) -> Answer<Action> {
        self.change(id, |subscription| {
            let action = subscription.next_action(today)?;
            let (Action::Checkout { payment, .. } | Action::Charge { payment }) = &action else {
                return Err(Refusal::Instead(Box::new(action)));
            };
            let next = subscription.apply(&Event::attempt_started(&payment.reference, today))?;
            Ok((next, Some(begun(payment)), action))
        })
    }

    pub fn report(&self, today: Date, id: &Id, event: Option<Map<String, Value>>) -> Answer<Subscription> {
        let Some(mut event) = event else { return Err(Refusal::Because(400, "expected an object")) };
        // To begin one is to be told whether another has begun it.
        if event.get("type").and_then(Value::as_str) == Some("attempt_started") {
            return Err(Refusal::Because(400, "an attempt begins by POST to attempts"));
        }
        event.insert("on".into(), today.to_string().into());
        let text = Value::Object(event.clone()).to_string();
        self.change(id, |subscription| {
            let next = subscription.apply(&from_json(&text).map_err(|errors| Refusal::Rules("/event", errors))?)?;
            Ok((next.clone(), settled(subscription, &event), next))
        })
    }

    /// Stores what `decide` makes of a subscription, with the row of a payment, and gives what else it says. Where
    /// another request was quicker, it decides again on what that one has stored.
    fn change<T>(
        &self,
        id: &Id,
        decide: impl Fn(&Subscription) -> Answer<(Subscription, Option<Value>, T)>,
    ) -> Answer<T> {
        loop {
            let row = self.store.read(id)?.ok_or(NO_SUCH_SUBSCRIPTION)?;
            let (next, payment, answer) = decide(&stored(&row.text)?)?;
            let text = to_json(&next);
            if text == row.text || self.store.write(id, &text, row.version, payment.as_ref())? {
                return Ok(answer);
            }
        }
    }
}

/// The terms of a plan for whoever begins today.
fn terms_of(plan: &Value, today: Date) -> Answer<Terms> {
    let mut terms = plan.clone();
    terms["schedule"]["start"] = today.to_string().into();
    from_json(&terms.to_string()).map_err(|errors| Refusal::Fault(errors.into()))
}

/// What is wrong with a stored subscription is no fault of who asks.
fn stored(text: &str) -> Answer<Subscription> {
    from_json(text).map_err(|errors| Refusal::Fault(errors.into()))
}
