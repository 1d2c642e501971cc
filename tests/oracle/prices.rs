//! The rows of `fractions_prices.jsonl`, `fractions_lives.jsonl` and `fractions_histories.jsonl` as input of the functions.

use serde_json::{Map, Value, json};

/// A row, as the script wrote it.
pub struct Row(pub Value);

pub fn rows() -> impl Iterator<Item = Row> {
    include_str!("fractions_prices.jsonl").lines().map(|line| Row(serde_json::from_str(line).unwrap()))
}

pub fn lives() -> impl Iterator<Item = Row> {
    include_str!("fractions_lives.jsonl").lines().map(|line| Row(serde_json::from_str(line).unwrap()))
}

pub fn histories() -> impl Iterator<Item = Row> {
    include_str!("fractions_histories.jsonl").lines().map(|line| Row(serde_json::from_str(line).unwrap()))
}

/// An object without the fields that are null.
fn object(fields: &[(&str, Value)]) -> Value {
    let given = fields.iter().filter(|(_, value)| !value.is_null());
    Value::Object(given.map(|(key, value)| ((*key).to_string(), value.clone())).collect::<Map<_, _>>())
}

/// `3m` is three months.
fn cycle(short: &str) -> Value {
    let (every, unit) = short.split_at(short.len().saturating_sub(1));
    let unit = match unit {
        "d" => "day",
        "w" => "week",
        "m" => "month",
        _ => "year",
    };
    json!({ "every": every.parse::<i64>().unwrap(), "unit": unit })
}

fn each(all: &Value, shape: impl Fn(&Value) -> Value) -> Value {
    all.as_array().map_or(Value::Null, |all| all.iter().map(shape).collect())
}

fn quantities(all: &Value) -> Value {
    let Some(all) = all.as_array() else { return Value::Null };
    let patch = |patch: &Value| (patch[0].as_str().unwrap().to_string(), patch[1].clone());
    all.iter().map(patch).collect::<Map<_, _>>().into()
}

fn taxes(taxes: &Value) -> Value {
    if taxes.is_null() {
        return Value::Null;
    }
    let rate = |(i, rate): (usize, &Value)| json!({ "id": format!("t{i}"), "rate": rate });
    let rates = taxes[1].as_array().unwrap().iter().enumerate().map(rate);
    json!({ "included": taxes[0] == 1, "rates": rates.collect::<Vec<_>>() })
}

impl Row {
    pub fn is_change(&self) -> bool {
        self.0.get("a").is_some()
    }

    pub fn rates(&self) -> usize {
        self.0["t"][1].as_array().map_or(0, Vec::len)
    }

    /// The day on which the customer agrees: the start of the trial, or of the schedule.
    pub fn on(&self) -> Value {
        match &self.0["y"][0] {
            Value::Null => self.0["s"].as_str().unwrap().split(' ').next().into(),
            day => day.clone(),
        }
    }

    fn money(&self, amount: &Value) -> Value {
        if amount.is_null() { Value::Null } else { json!({ "amount": amount, "currency": self.0["c"] }) }
    }

    fn price(&self, price: &Value) -> Value {
        match price.as_array() {
            None => self.money(price),
            Some(items) => json!({ "items": items.iter().map(|item| self.item(item)).collect::<Vec<_>>() }),
        }
    }

    fn item(&self, item: &Value) -> Value {
        if item[2].is_number() {
            let fields =
                [("id", &item[0]), ("quantity", &item[1]), ("per", &item[3])].map(|(key, value)| (key, value.clone()));
            return object(&[&fields[..], &[("unitAmount", self.money(&item[2]))]].concat());
        }
        let tier = |tier: &Value| {
            let mut fields = object(&[
                ("unitAmount", self.money(&tier[1])),
                ("per", tier[2].clone()),
                ("flat", self.money(&tier[3])),
            ]);
            fields["upTo"] = tier[0].clone();
            fields
        };
        let tiers: Vec<Value> = item.as_array().unwrap().iter().skip(3).map(tier).collect();
        let mode = if item[2] == "g" { "graduated" } else { "volume" };
        object(&[
            ("id", item[0].clone()),
            ("quantity", item[1].clone()),
            ("mode", mode.into()),
            ("tiers", tiers.into()),
        ])
    }

    fn schedule(&self) -> Value {
        let mut parts = self.0["s"].as_str().unwrap().split(' ');
        let (start, length) = (parts.next().unwrap(), parts.next().unwrap());
        let anchor = parts.next().map_or(Value::Null, |day| day.parse::<i64>().unwrap().into());
        object(&[
            ("start", start.into()),
            ("cycle", cycle(length)),
            ("anchorDay", anchor),
            ("paymentCount", self.0["n"].clone()),
        ])
    }

    /// The fields that terms and changes share.
    fn common(&self) -> Vec<(&'static str, Value)> {
        let mut fields = vec![("schedule", self.schedule()), ("firstPeriod", self.0["f"].clone())];
        if let Some((mode, grid)) = self.0["o"].as_str().and_then(|rounding| rounding.split_once(' ')) {
            fields.extend([("rounding", mode.into()), ("roundTo", grid.parse::<i64>().unwrap().into())]);
        }
        fields
    }

    fn discount(&self, discount: &Value) -> Value {
        let off = if discount[1].is_string() {
            json!({ "percent": discount[1] })
        } else {
            json!({ "amount": self.money(&discount[1]) })
        };
        object(&[
            ("id", discount[0].clone()),
            ("off", off),
            ("payments", discount[2].clone()),
            ("through", discount[3].clone()),
        ])
    }

    pub fn terms(&self) -> Value {
        let mut fields = self.common();
        fields.extend([
            ("price", self.price(&self.0["p"])),
            ("steps", each(&self.0["S"], |step| json!({ "from": step[0], "price": self.price(&step[1]) }))),
            ("setup", self.money(&self.0["u"])),
            ("trialStart", self.0["y"][0].clone()),
            ("trialPrice", self.money(&self.0["y"][1])),
            ("discounts", each(&self.0["d"], |discount| self.discount(discount))),
            ("taxes", taxes(&self.0["t"])),
            ("minimum", self.money(&self.0["m"])),
            ("retry", self.retry()),
        ]);
        object(&fields)
    }

    /// The days of the retries, after which a payment is given up.
    fn retry(&self) -> Value {
        let days = &self.0["j"];
        if days.is_null() { Value::Null } else { json!({ "days": days, "onExhausted": "skip_payment" }) }
    }

    /// The declined attempts of a life.
    pub fn declines(&self) -> Value {
        let declines = self.0["F"].as_array().into_iter().flatten();
        let each = |place: &Value| json!({ "number": place[0], "extra": place[1], "attempt": place[2] });
        declines.map(each).collect()
    }

    pub fn change(&self) -> Value {
        let mut fields = self.common();
        fields.extend([
            ("from", self.price(&self.0["p"])),
            ("to", self.price(&self.0["b"])),
            ("quantities", quantities(&self.0["q"])),
            ("at", self.0["a"].clone()),
            ("cycle", self.0["k"].as_str().map_or(Value::Null, cycle)),
            ("paymentCount", self.0["N"].clone()),
            ("effective", self.0["e"].clone()),
            ("settle", self.0["w"].clone()),
            ("prorate", self.0["g"].clone()),
        ]);
        object(&fields)
    }

    /// The changes of a life, each requested on its day.
    pub fn events(&self) -> Vec<Value> {
        self.0["v"].as_array().into_iter().flatten().map(|change| self.change_of_plan(change)).collect()
    }

    fn change_of_plan(&self, change: &Value) -> Value {
        object(&[
            ("type", "plan_changed".into()),
            ("to", self.price(&change["b"])),
            ("quantities", quantities(&change["q"])),
            ("discounts", each(&change["d"], |discount| self.discount(discount))),
            ("taxes", taxes(&change["t"])),
            ("minimum", self.money(&change["m"])),
            ("cycle", change["k"].as_str().map_or(Value::Null, cycle)),
            ("at", change["a"].clone()),
            ("effective", change["e"].as_str().unwrap_or("on_date").into()),
            ("settle", change["w"].as_str().unwrap_or("now").into()),
            ("on", change["a"].clone()),
        ])
    }

    /// What happens in a history.
    pub fn happenings(&self) -> Vec<Happening> {
        let all = self.0["v"].as_array().into_iter().flatten().enumerate();
        all.map(|(i, happening)| self.happening(i, happening)).collect()
    }

    fn happening(&self, index: usize, what: &Value) -> Happening {
        let Some(fields) = what.as_array() else { return Happening::Event(self.change_of_plan(what)) };
        let (kind, on, rest) = (fields[0].as_str().unwrap(), fields[1].clone(), fields[2..].to_vec());
        let event = |name: &str, fields: &[(&str, Value)]| {
            Happening::Event(object(&[&[("type", name.into()), ("on", on.clone())], fields].concat()))
        };
        let id = ("id", json!(format!("id-{index}")));
        match kind {
            "missed" => Happening::Missed(on),
            "called" => Happening::Called(on),
            "quote" => Happening::Quote { on, when: when(&rest[0]), expected: rest[1..].to_vec() },
            "credited" => event("credited", &[id, ("amount", self.money(&rest[0]))]),
            "paid_out" => event("balance_paid_out", &[id, ("amount", self.money(&rest[0]))]),
            "refunded" => {
                let reference = format!("sub-1-{}", rest[0].as_str().unwrap());
                event("refunded", &[id, ("reference", reference.into()), ("amount", self.money(&rest[1]))])
            }
            "reversed" => {
                let of = self.refund(usize::try_from(rest[0].as_u64().unwrap()).unwrap());
                event("refund_reversed", &[id, ("of", of.into()), ("amount", self.money(&rest[1]))])
            }
            "paused" => {
                let fields = [("from", rest[0].clone()), ("until", rest[1].clone()), ("schedule", rest[2].clone())];
                event("paused", &fields)
            }
            "resumed" => event("resumed", &[("schedule", rest[0].clone())]),
            "skipped" => event("payments_skipped", &[id, ("payments", rest[0].clone())]),
            "moved" => event("rescheduled", &[("next", rest[0].clone()), ("between", rest[1].clone())]),
            "cancelled" => {
                let last = rest.get(1).cloned().unwrap_or_default();
                event("cancelled", &[("when", when(&rest[0])), ("final", last)])
            }
            "withdrawn" => event("cancellation_withdrawn", &[]),
            unknown => event(unknown, &[]),
        }
    }

    /// The id of the refund with an index.
    fn refund(&self, index: usize) -> String {
        let all = self.0["v"].as_array().into_iter().flatten().enumerate();
        let mut refunds = all.filter(|(_, what)| what[0] == "refunded");
        format!("id-{}", refunds.nth(index).unwrap().0)
    }
}

/// When a cancellation takes effect: a day is an object.
fn when(when: &Value) -> Value {
    if when == "now" || when == "period_end" { when.clone() } else { json!({ "on": when }) }
}

/// What happens in a history.
pub enum Happening {
    Event(Value),
    /// What a cancellation costs: unused, balance, refund, owed.
    Quote {
        on: Value,
        when: Value,
        expected: Vec<Value>,
    },
    /// Nobody lives the days from here on.
    Missed(Value),
    /// Until a day.
    Called(Value),
}
