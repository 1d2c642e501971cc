//! Cases about one subscription: some steps, a call, and what it answers.

use billing_rules::call;
use serde_json::{Value, json};

use crate::steps;

pub fn usd(amount: i64) -> Value {
    json!({ "amount": amount, "currency": "USD" })
}

pub fn api(name: &str, arguments: &Value) -> Value {
    match call(name, &arguments.to_string()) {
        Ok(answer) => json!({ "gives": serde_json::from_str::<Value>(&answer).unwrap() }),
        Err(errors) => {
            let first = errors.first();
            json!({ "fails": { "code": first.code().as_str(), "path": first.path() } })
        }
    }
}

/// Of an answer, what a case states of it.
pub fn part(found: &Value, stated: &Value) -> Value {
    match (found, stated) {
        (Value::Object(found), Value::Object(stated)) => {
            let field = |(key, stated): (&String, &Value)| Some((key.clone(), part(found.get(key)?, stated)));
            Value::Object(stated.iter().filter_map(field).collect())
        }
        (Value::Array(found), Value::Array(stated)) if found.len() == stated.len() => {
            found.iter().zip(stated).map(|(found, stated)| part(found, stated)).collect()
        }
        _ => found.clone(),
    }
}

/// The subscription that most cases begin with.
pub fn monthly() -> Value {
    of(json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" } }))
}

pub fn of(terms: Value) -> Value {
    json!({ "id": "sub-1", "terms": terms })
}

/// The step that makes every payment from one day through another.
pub fn lived(from: &str, through: &str) -> Value {
    json!({ "from": from, "through": through })
}

pub fn declined(number: u32, on: &str) -> Value {
    json!({ "from": on, "through": on, "fail": [{ "number": number, "attempt": 1 }] })
}

pub fn on(event: &str, day: &str) -> Value {
    json!({ "type": event, "on": day })
}

pub fn event(of: &str, mut fields: Value, day: &str) -> Value {
    (fields["type"], fields["on"]) = (of.into(), day.into());
    fields
}

/// Compares the answer to a call with what is stated: after some steps, where it is about a subscription.
pub struct Table(Vec<String>);

impl Table {
    pub fn new() -> Self {
        Self(Vec::new())
    }

    /// What a call answers about `monthly`, its first payment made, after some steps.
    pub fn row(&mut self, case: &str, after: &[Value], (name, args): (&str, Value), stated: Value) {
        let paid = lived("2025-04-01", "2025-04-01");
        self.of(case, monthly(), &[&[paid], after].concat(), (name, args), stated);
    }

    pub fn of(&mut self, case: &str, of: Value, after: &[Value], (name, args): (&str, Value), stated: Value) {
        let found = match steps::arguments(&json!({ "of": of, "after": after, "args": args }), &api) {
            Ok(arguments) => api(name, &arguments),
            // A step that was refused, without the subscription that it was for.
            Err(why) => Value::String(why.rsplit("]: ").next().unwrap().into()),
        };
        self.compare(case, &found, &stated);
    }

    /// What a call answers that is about no subscription.
    pub fn call(&mut self, case: &str, (name, args): (&str, Value), stated: Value) {
        let found = api(name, &args);
        self.compare(case, &found, &stated);
    }

    pub fn compare(&mut self, case: &str, found: &Value, stated: &Value) {
        let found = part(found, stated);
        if found != *stated {
            self.0.push(format!("{case}:\n  expected {stated}\n  found    {found}"));
        }
    }

    pub fn holds(self) {
        assert!(self.0.is_empty(), "{} cases fail:\n{}", self.0.len(), self.0.join("\n"));
    }
}

pub fn action(day: &str) -> (&'static str, Value) {
    ("nextAction", json!([day]))
}

pub fn cancellation(day: &str) -> (&'static str, Value) {
    ("quoteCancellation", json!([day]))
}

pub fn change(change: &Value, day: &str) -> (&'static str, Value) {
    ("quotePlanChange", json!([change, day]))
}

/// A charge by the merchant.
pub fn charge(payment: Value) -> Value {
    json!({ "gives": { "type": "charge", "payment": payment } })
}

pub fn checkout(number: u32) -> Value {
    json!({ "gives": { "type": "checkout", "payment": { "number": number, "extra": 0 } } })
}
