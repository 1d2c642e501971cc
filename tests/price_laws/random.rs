//! Random terms and changes, as JSON. Prices are small, so that sums stay in range.

use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

const CURRENCY: &str = "NOK";

fn money(amount: i64) -> Value {
    json!({ "amount": amount, "currency": CURRENCY })
}

/// All amounts of a value in another currency.
fn in_currency(value: &mut Value, currency: &str) {
    match value {
        Value::Object(fields) => {
            for (key, field) in fields {
                if key == "currency" {
                    *field = currency.into();
                } else {
                    in_currency(field, currency);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| in_currency(item, currency)),
        _ => {}
    }
}

/// A value in the currency of terms.
pub fn in_currency_of(mut value: Value, terms: &Value) -> Value {
    let item = &terms["price"]["items"][0];
    let found = [&terms["price"], &item["unitAmount"], &item["tiers"][0]["unitAmount"]];
    let currency = found.iter().find_map(|money| money["currency"].as_str()).unwrap_or(CURRENCY);
    in_currency(&mut value, currency);
    value
}

fn unit_amounts() -> impl Strategy<Value = i64> {
    prop_oneof![1 => Just(0), 4 => 1i64..3_000, 2 => select(vec![999, 1_000, 4_900, 9_900, 10_000, 25_000])]
}

/// Zero-prone quantities, small and large.
fn amounts_of_units() -> impl Strategy<Value = u32> {
    prop_oneof![1 => Just(0u32), 4 => 1u32..20, 2 => 1u32..500]
}

fn tiers() -> impl Strategy<Value = Value> {
    let tier =
        (1u32..100, unit_amounts(), prop::option::weighted(0.3, 2u32..1_000), prop::option::weighted(0.3, 1i64..2_000));
    (prop::collection::vec(tier, 1..4), select(vec!["graduated", "volume"])).prop_map(|(tiers, mode)| {
        let mut reached = 0u32;
        let last = tiers.len().saturating_sub(1);
        let tiers = tiers.into_iter().enumerate().map(|(i, (size, unit, per, flat))| {
            reached = reached.saturating_add(size);
            let mut tier =
                json!({ "upTo": if i == last { Value::Null } else { reached.into() }, "unitAmount": money(unit) });
            if let Some(per) = per {
                tier["per"] = per.into();
            }
            if let Some(flat) = flat {
                tier["flat"] = money(flat);
            }
            tier
        });
        json!({ "tiers": tiers.collect::<Vec<_>>(), "mode": mode })
    })
}

fn item() -> impl Strategy<Value = Value> {
    let flat = (unit_amounts(), prop::option::weighted(0.2, 2u32..1_000)).prop_map(|(amount, per)| {
        let mut item = json!({ "unitAmount": money(amount) });
        if let Some(per) = per {
            item["per"] = per.into();
        }
        item
    });
    (prop_oneof![3 => flat, 2 => tiers()], prop::option::weighted(0.85, amounts_of_units())).prop_map(
        |(mut item, quantity)| {
            if let Some(quantity) = quantity {
                item["quantity"] = quantity.into();
            }
            item
        },
    )
}

/// Items of the ids a, b and c, some of them.
pub fn items() -> impl Strategy<Value = Value> {
    (prop::collection::vec(item(), 3), 1u8..8).prop_map(|(items, which)| {
        let chosen = items.into_iter().zip(["a", "b", "c"]).enumerate().filter(|(i, _)| which & (1 << i) != 0);
        let items = chosen.map(|(_, (mut item, id))| {
            item["id"] = id.into();
            item
        });
        json!({ "items": items.collect::<Vec<_>>() })
    })
}

pub fn price() -> impl Strategy<Value = Value> {
    prop_oneof![1 => unit_amounts().prop_map(money), 3 => items()]
}

fn discounts() -> impl Strategy<Value = Value> {
    let percent =
        select(vec!["5", "10", "12.5", "25", "33.33", "50", "100"]).prop_map(|percent| json!({ "percent": percent }));
    let off = prop_oneof![percent, (1i64..6_000).prop_map(|amount| json!({ "amount": money(amount) }))];
    prop::collection::vec((off, prop::option::weighted(0.4, 1u32..4)), 1..3).prop_map(|all| {
        let discounts = all.into_iter().zip(["x", "y"]).map(|((off, payments), id)| {
            let mut discount = json!({ "id": id, "off": off });
            if let Some(payments) = payments {
                discount["payments"] = payments.into();
            }
            discount
        });
        discounts.collect::<Vec<_>>().into()
    })
}

fn taxes() -> impl Strategy<Value = Value> {
    let rates = prop::collection::vec(select(vec!["25", "15", "8.25", "0", "5.5", "21", "9.975"]), 1..3);
    (any::<bool>(), rates).prop_map(|(included, rates)| {
        let rates = rates.into_iter().zip(["t1", "t2"]).map(|(rate, id)| json!({ "id": id, "rate": rate }));
        json!({ "included": included, "rates": rates.collect::<Vec<_>>() })
    })
}

fn schedule() -> impl Strategy<Value = Value> {
    let cycles = select(vec!["monthly", "monthly", "monthly", "weekly", "quarterly", "yearly"]);
    let start = (2020u32..2030, 1u32..=12, prop_oneof![1u32..=28, Just(28)]);
    (start, cycles, prop::option::weighted(0.3, 1u32..=31), prop::option::weighted(0.2, 1u32..8)).prop_map(
        |((year, month, day), cycle, anchor, count)| {
            let mut schedule = json!({ "start": format!("{year}-{month:02}-{day:02}"), "cycle": cycle });
            if let Some(anchor) = anchor.filter(|_| cycle != "weekly") {
                schedule["anchorDay"] = anchor.into();
            }
            if let Some(count) = count {
                schedule["paymentCount"] = count.into();
            }
            schedule
        },
    )
}

/// What is agreed beside price and schedule.
#[derive(Debug, Clone)]
struct Rest {
    discounts: Option<Value>,
    taxes: Option<Value>,
    minimum: Option<Value>,
    setup: Option<Value>,
    steps: Option<Value>,
    trial_price: Option<Value>,
}

fn rest() -> impl Strategy<Value = Rest> {
    let some = |most: i64| prop::option::weighted(0.25, (1..most).prop_map(money));
    let steps = (2u32..5, price()).prop_map(|(from, price)| json!([{ "from": from, "price": price }]));
    (
        prop::option::weighted(0.5, discounts()),
        prop::option::weighted(0.5, taxes()),
        some(20_000),
        some(5_000),
        prop::option::weighted(0.2, steps),
        prop::option::weighted(0.15, (1i64..500).prop_map(money)),
    )
        .prop_map(|(discounts, taxes, minimum, setup, steps, trial_price)| Rest {
            discounts,
            taxes,
            minimum,
            setup,
            steps,
            trial_price,
        })
}

/// The day before a schedule's start, at any month's beginning.
fn before(start: &str) -> String {
    let day: u32 = start.get(8..).and_then(|day| day.parse().ok()).unwrap_or(1);
    let month = start.get(..8).unwrap_or_default();
    if day > 1 { format!("{month}{:02}", day.saturating_sub(1)) } else { start.into() }
}

pub fn agreed() -> impl Strategy<Value = Value> {
    let rounding =
        prop::option::weighted(0.3, select(vec!["half_even", "half_down", "up", "down", "ceiling", "floor"]));
    let first = prop::option::weighted(0.3, select(vec!["prorated", "full", "free"]));
    let currency = select(vec!["NOK", "JPY", "KWD", "EUR"]);
    (price(), schedule(), rest(), rounding, first, currency).prop_map(
        |(price, schedule, rest, rounding, first, currency)| {
            let start = schedule["start"].as_str().unwrap_or_default().to_string();
            let mut terms = json!({ "price": price, "schedule": schedule });
            let trial = rest.trial_price.filter(|_| before(&start) != start);
            let fields = [
                ("discounts", rest.discounts),
                ("taxes", rest.taxes),
                ("minimum", rest.minimum),
                ("setup", rest.setup),
                ("steps", rest.steps),
                ("trialStart", trial.as_ref().map(|_| before(&start).into())),
                ("trialPrice", trial),
                ("rounding", rounding.map(Value::from)),
                ("firstPeriod", first.map(Value::from)),
            ];
            for (key, value) in fields {
                if let Some(value) = value {
                    terms[key] = value;
                }
            }
            in_currency(&mut terms, currency);
            terms
        },
    )
}

/// A change that is wanted, before its terms and its day are known.
#[derive(Debug, Clone)]
pub struct Wanted {
    to: Option<Value>,
    pub items: Value,
    quantity: u32,
    rest: Rest,
    effective: Option<&'static str>,
    settle: Option<&'static str>,
    prorate: Option<bool>,
    cycle: Option<&'static str>,
}

pub fn wanted() -> impl Strategy<Value = Wanted> {
    let effective = select(vec![None, Some("on_date"), Some("period_end")]);
    let settle = select(vec![None, Some("now"), Some("next_payment")]);
    let prorate = select(vec![None, None, None, Some(true), Some(false)]);
    let cycle = prop::option::weighted(0.15, select(vec!["weekly", "monthly", "quarterly", "yearly"]));
    let how = (effective, settle, prorate, cycle);
    (prop::option::weighted(0.6, price()), items(), 0u32..300, rest(), how).prop_map(
        |(to, items, quantity, rest, (effective, settle, prorate, cycle))| Wanted {
            to,
            items,
            quantity,
            rest,
            effective,
            settle,
            prorate,
            cycle,
        },
    )
}

impl Wanted {
    /// The same quantity of every item of the terms.
    pub fn quantities(terms: &Value, quantity: u32) -> Value {
        let ids = terms["price"]["items"].as_array().into_iter().flatten().filter_map(|item| item["id"].as_str());
        Value::Object(ids.map(|id| (id.to_string(), quantity.into())).collect::<Map<_, _>>())
    }

    pub fn change(&self, terms: &Value, at: &Value) -> Value {
        let mut change = json!({ "at": at });
        match &self.to {
            None if terms["price"].get("items").is_some() && self.cycle.is_none() => {
                change["quantities"] = Self::quantities(terms, self.quantity);
            }
            to => change["to"] = to.clone().unwrap_or_else(|| self.items.clone()),
        }
        let settle = self.settle.filter(|settle| self.cycle.is_none() || *settle == "now");
        let other = self.cycle.filter(|cycle| terms["schedule"]["cycle"] != *cycle);
        let count = terms["schedule"].get("paymentCount").filter(|_| other.is_some());
        let fields = [
            ("effective", self.effective.map(Value::from)),
            ("settle", settle.map(Value::from)),
            ("prorate", self.prorate.map(Value::from)),
            ("cycle", other.map(Value::from)),
            ("paymentCount", count.cloned()),
            ("discounts", self.rest.discounts.clone()),
            ("taxes", self.rest.taxes.clone()),
            ("minimum", self.rest.minimum.clone()),
            ("steps", self.rest.steps.clone()),
        ];
        for (key, value) in fields {
            if let Some(value) = value {
                change[key] = value;
            }
        }
        change
    }
}
