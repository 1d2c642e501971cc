//! Laws of prices over random items, discounts, taxes, currencies and cycles, on the JSON API alone (R9).
#![cfg(all(not(target_arch = "wasm32"), feature = "all-providers"))]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken, and its numbers are small"
)]

#[path = "price_laws/random.rs"]
mod random;

use billing_rules::{Date, call};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use random::{Wanted, agreed, wanted};
use serde_json::{Value, json};

const CASES: u32 = 10_000;

/// The seed is fixed, so that a failure comes back.
fn config() -> ProptestConfig {
    let seed = std::env::var("PROPTEST_RNG_SEED").ok().and_then(|seed| seed.parse().ok());
    let rng_seed = seed.unwrap_or(RngSeed::Fixed(20_261_129));
    ProptestConfig { cases: CASES, failure_persistence: None, rng_seed, ..ProptestConfig::default() }
}

fn answer(name: &str, args: &Value) -> Value {
    let answer = call(name, &args.to_string()).unwrap_or_else(|errors| panic!("{name} {args}: {errors}"));
    serde_json::from_str(&answer).unwrap()
}

fn amount(money: &Value) -> i64 {
    money["amount"].as_i64().unwrap()
}

fn lines(payment: &Value) -> Vec<Value> {
    payment["lines"].as_array().unwrap().clone()
}

fn sum(lines: &[Value]) -> i64 {
    lines.iter().map(|line| amount(&line["amount"])).sum()
}

/// The lines of some kinds.
fn of_kind(lines: &[Value], kinds: &[&str]) -> Vec<Value> {
    lines.iter().filter(|line| kinds.contains(&line["kind"].as_str().unwrap())).cloned().collect()
}

/// What a change costs without tax, and without a balance of before.
fn net(proration: &Value) -> i64 {
    sum(&lines(proration)
        .into_iter()
        .filter(|line| line["kind"] != "tax" && line["kind"] != "balance")
        .collect::<Vec<_>>())
}

fn plus(day: &Value, days: i64) -> Value {
    day.as_str().unwrap().parse::<Date>().unwrap().plus_days(days).unwrap().to_string().into()
}

fn created(terms: &Value) -> Value {
    answer("createSubscription", &json!([{ "id": "sub-1", "terms": terms }]))
}

/// The subscription after a day, if every payment through that day succeeds, and these payments.
fn lived(subscription: &Value, from: &Value, through: &Value) -> (Value, Vec<Value>) {
    let mut run = answer("simulate", &json!([subscription, { "from": from, "through": through }]));
    let made = |step: &Value| {
        let payment = step["action"]["payment"].clone();
        let is_made = ["checkout", "charge", "record"].contains(&step["action"]["type"].as_str().unwrap_or_default());
        if is_made { Some(payment) } else { None }
    };
    let payments = run["timeline"].as_array().unwrap().iter().filter_map(made).collect();
    (run["subscription"].take(), payments)
}

/// A subscription whose first period is paid.
fn begun(terms: &Value) -> Value {
    let start = &terms["schedule"]["start"];
    lived(&created(terms), terms.get("trialStart").unwrap_or(start), start).0
}

/// The day in the first period after a share of it, in thousandths.
fn day_in_first_period(terms: &Value, share: i64) -> Value {
    let period = answer("period", &json!([terms["schedule"], 1]));
    let [start, end] = ["start", "end"].map(|key| period[key].as_str().unwrap().parse::<Date>().unwrap());
    let day = start.plus_days(start.days_until(end) * share / 1_001).unwrap();
    day.to_string().into()
}

fn quote(subscription: &Value, change: &Value, on: &Value) -> Value {
    answer("quotePlanChange", &json!([subscription, change, on]))
}

/// The quote, if a due date follows where the change needs one.
fn quoted(subscription: &Value, change: &Value, on: &Value) -> Option<Value> {
    match call("quotePlanChange", &json!([subscription, change, on]).to_string()) {
        Ok(quote) => Some(serde_json::from_str(&quote).unwrap()),
        Err(errors) if errors.first().code().as_str() == "no_next_payment" => None,
        Err(errors) => panic!("{change}: {errors}"),
    }
}

/// The subscription with a change that is paid on its day.
fn changed(subscription: &Value, change: &Value, on: &Value) -> Value {
    let mut event = change.clone();
    event["type"] = "plan_changed".into();
    event["on"] = on.clone();
    lived(&answer("applyEvent", &json!([subscription, event])), on, on).0
}

/// A change to a price. Its quantities are stated, so that they do not depend on the price before.
fn change_to(price: &Value, at: &Value) -> Value {
    let mut price = price.clone();
    for item in price.get_mut("items").and_then(Value::as_array_mut).into_iter().flatten() {
        item["quantity"] = item.get("quantity").cloned().unwrap_or(1.into());
    }
    json!({ "to": price, "at": at, "effective": "on_date" })
}

/// What the rows of an order sum to, in the arithmetic of a provider.
fn rows_sum(payment: &Value, provider: &str) -> i64 {
    let total = |row: &Value| match provider {
        "nexi" => {
            let parts = ["net", "tax"].map(|key| row.get(key).map(amount));
            if let [Some(net), Some(tax)] = parts {
                assert_eq!(net + tax, amount(&row["gross"]), "{row}");
            }
            if let (Some(net), Some(unit)) = (parts[0], row.get("unitPrice")) {
                let quantity: i64 = row["quantity"].as_str().map_or(1, |digits| digits.parse().unwrap());
                assert_eq!(amount(unit) * quantity, net, "{row}");
            }
            amount(&row["gross"])
        }
        "dintero" => amount(&row["amount"]),
        _ => amount(&row["unitAmount"]) * row["quantity"].as_i64().unwrap(),
    };
    answer("orderItems", &json!([payment, provider])).as_array().unwrap().iter().map(total).sum()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn lines_and_receipts_sum_to_the_amount(terms in agreed()) {
        let on = terms.get("trialStart").unwrap_or(&terms["schedule"]["start"]);
        let preview = answer("preview", &json!([terms, { "on": on, "payments": 5 }]));
        for payment in preview["payments"].as_array().unwrap() {
            let all = lines(payment);
            prop_assert_eq!(sum(&all), amount(&payment["amount"]));
            let items = of_kind(&all, &["period", "stub"]);
            for item in &items {
                let off = of_kind(&all, &["discount"]).into_iter().filter(|line| line["item"] == item["item"]);
                let left = amount(&item["amount"]) + sum(&off.collect::<Vec<_>>());
                prop_assert!(left >= 0 && left <= amount(&item["amount"]), "{} of {}", left, item);
            }
            let document = answer("document", &json!([payment]));
            prop_assert_eq!(&document["lines"], &payment["lines"]);
            let taxes = document["taxes"].as_array().unwrap().iter().map(|tax| amount(&tax["tax"])).sum::<i64>();
            prop_assert_eq!(amount(&document["net"]) + taxes, amount(&document["total"]));
            prop_assert_eq!(amount(&document["total"]) + amount(&document["balance"]), amount(&document["due"]));
            prop_assert_eq!(&document["due"], &payment["amount"]);
        }
    }

    #[test]
    fn rows_of_an_order_sum_to_the_amount(terms in agreed(), to in random::price(), share in 0i64..=1_000) {
        let at = day_in_first_period(&terms, share);
        let to = random::in_currency_of(to, &terms);
        let mut event = change_to(&to, &at);
        event["type"] = "plan_changed".into();
        event["on"] = at.clone();
        let start = &terms["schedule"]["start"];
        let (paid, mut made) = lived(&created(&terms), terms.get("trialStart").unwrap_or(start), start);
        made.extend(lived(&answer("applyEvent", &json!([paid, event])), &at, &plus(&at, 40)).1);
        for payment in made.iter().filter(|payment| payment["amount"]["amount"] != 0) {
            for provider in ["nexi", "dintero", "a55"] {
                prop_assert_eq!(rows_sum(payment, provider), amount(&payment["amount"]), "{} {}", provider, payment);
            }
            let document = answer("document", &json!([payment]));
            prop_assert_eq!(&document["due"], &payment["amount"], "{}", document);
        }
    }

    #[test]
    fn a_preview_is_the_life(terms in agreed()) {
        let start = &terms["schedule"]["start"];
        let on = terms.get("trialStart").unwrap_or(start);
        let preview = answer("preview", &json!([terms, { "on": on, "payments": 6 }]));
        let shown = preview["payments"].as_array().unwrap();
        let through = shown.last().map_or(on, |payment| &payment["dueDate"]);
        let (_, made) = lived(&created(&terms), on, through);
        let in_short = |payment: &Value| {
            let keys = ["number", "extra", "dueDate", "amount", "lines", "kind", "indicator", "mastercardCode"];
            keys.map(|key| payment[key].clone())
        };
        let (shown, made): (Vec<_>, Vec<_>) =
            (shown.iter().map(in_short).collect(), made.iter().take(shown.len()).map(in_short).collect());
        prop_assert_eq!(shown, made);
    }

    #[test]
    fn a_way_round_costs_what_the_direct_way_costs_and_a_way_back_nothing(
        terms in agreed(), by in random::price(), to in random::price(), share in 0i64..=1_000
    ) {
        let at = day_in_first_period(&terms, share);
        let paid = begun(&terms);
        let (by, to) = (random::in_currency_of(by, &terms), random::in_currency_of(to, &terms));
        let cost = |subscription: &Value, price: &Value| {
            let quoted = quote(subscription, &change_to(price, &at), &at);
            (net(&quoted["proration"]), quoted)
        };
        let (direct, first) = (cost(&paid, &to), cost(&paid, &by));
        let there = changed(&paid, &change_to(&by, &at), &at);
        let (second, back) = (cost(&there, &to), cost(&there, &terms["price"]));
        prop_assert_eq!(first.0 + second.0, direct.0, "{}\n{}\n{}", direct.1, first.1, second.1);
        prop_assert_eq!(first.0 + back.0, 0, "{}\n{}", first.1, back.1);
    }

    #[test]
    fn what_is_used_and_what_is_credited_are_what_was_paid(terms in agreed(), share in 0i64..=1_000) {
        let start = &terms["schedule"]["start"];
        let made = lived(&created(&terms), terms.get("trialStart").unwrap_or(start), start);
        let whole = made.1.iter().filter(|payment| payment["number"] == 1 && payment["extra"] == 0).map(|payment| amount(&payment["amount"]));
        let whole = whole.sum::<i64>();
        let unused = |subscription: &Value, day: &Value| amount(&answer("quoteCancellation", &json!([subscription, day]))["unused"]);
        let (at, paid) = (day_in_first_period(&terms, share), made.0);
        let (first, left) = (unused(&paid, start), unused(&paid, &at));
        prop_assert!(0 <= left && left <= first && first <= whole, "{} {} {}", left, first, whole);
        if terms.get("setup").is_none() {
            prop_assert_eq!(first, whole);
        }
        // A change to nothing credits the unused part, with its tax, and leaves none.
        let zero = random::in_currency_of(json!({ "amount": 0, "currency": "NOK" }), &terms);
        let mut nothing = change_to(&zero, &at);
        if terms.get("minimum").is_some() {
            nothing["minimum"] = zero;
        }
        let quoted = quote(&paid, &nothing, &at);
        let credited = sum(&lines(&quoted["proration"]));
        prop_assert_eq!(-credited, left, "{}", quoted);
        prop_assert_eq!(unused(&changed(&paid, &nothing, &at), &at), 0);
    }

    #[test]
    fn after_changes_on_the_first_day_everything_paid_can_come_back(
        terms in agreed(), prices in prop::collection::vec(random::price(), 1..4), settle in any::<bool>()
    ) {
        let mut terms = terms;
        for field in ["setup", "trialStart", "trialPrice"] {
            terms.as_object_mut().unwrap().remove(field);
        }
        let start = terms["schedule"]["start"].clone();
        let (mut subscription, mut made) = lived(&created(&terms), &start, &start);
        let zero = random::in_currency_of(json!({ "amount": 0, "currency": "NOK" }), &terms);
        let prices = prices.into_iter().map(|price| random::in_currency_of(price, &terms)).chain([zero.clone()]);
        for (i, price) in prices.enumerate() {
            let mut event = change_to(&price, &start);
            let later = (i % 2 == 0) == settle && terms["schedule"].get("paymentCount") != Some(&json!(1));
            event["settle"] = if later { "next_payment" } else { "now" }.into();
            if price == zero {
                event["minimum"] = zero.clone();
            }
            event["type"] = "plan_changed".into();
            event["on"] = start.clone();
            let (next, paid) = lived(&answer("applyEvent", &json!([subscription, event])), &start, &start);
            (subscription, made) = (next, [made, paid].concat());
        }
        let paid: i64 = made.iter().map(|payment| amount(&payment["amount"])).sum();
        prop_assert_eq!(paid + amount(&subscription["balance"]), 0, "{:?}", made);
    }

    #[test]
    fn what_is_quoted_is_what_is_charged(terms in agreed(), wanted in wanted(), share in 0i64..=1_000) {
        let at = day_in_first_period(&terms, share);
        let paid = begun(&terms);
        let change = random::in_currency_of(wanted.change(&terms, &at), &terms);
        // A change for the next due date where there is none.
        let Some(quoted) = quoted(&paid, &change, &at) else { return Ok(()) };
        let quoted = &quoted["proration"];
        let mut event = change;
        event["type"] = "plan_changed".into();
        event["on"] = at.clone();
        let subscription = answer("applyEvent", &json!([paid, event]));
        let (then, now) = lived(&subscription, &at, &at);
        prop_assert_eq!(amount(&quoted["dueNow"]), now.iter().map(|payment| amount(&payment["amount"])).sum::<i64>(), "{}", quoted);
        if let Some(next) = quoted["nextPayment"].as_object() {
            let (_, later) = lived(&then, &at, &next["dueDate"]);
            let charged = later.first().map(|payment| payment["amount"].clone());
            prop_assert_eq!(Some(next["amount"].clone()), charged, "{}", quoted);
        }
    }

    #[test]
    fn seats_and_prices_do_not_depend_on_their_order(
        terms in agreed(), items in random::items(), wanted in wanted(), share in 0i64..=700, later in 200i64..=300
    ) {
        let mut terms = terms;
        terms["price"] = random::in_currency_of(items, &terms);
        let paid = begun(&terms);
        let (on, at) = (day_in_first_period(&terms, share), day_in_first_period(&terms, share + later));
        let event = |change: Value| {
            let mut event = change;
            event["type"] = "plan_changed".into();
            event["on"] = on.clone();
            event
        };
        // A price for the next due date, its items without quantities; and quantities for a day before that.
        let mut price = random::in_currency_of(wanted.items, &terms);
        for item in price["items"].as_array_mut().unwrap() {
            item.as_object_mut().unwrap().remove("quantity");
        }
        let price = event(json!({ "to": price, "at": at, "effective": "period_end", "settle": "now" }));
        let seats = event(json!({ "quantities": Wanted::quantities(&terms, 7), "at": at, "effective": "on_date", "settle": "now" }));
        let period = answer("period", &json!([terms["schedule"], 1]));
        if on == at || terms["schedule"].get("paymentCount") == Some(&json!(1)) {
            return Ok(());
        }
        let through = plus(&period["end"], 1);
        let both = |first: &Value, second: &Value| {
            let asked = answer("applyEvent", &json!([answer("applyEvent", &json!([paid, first])), second]));
            lived(&asked, &on, &through).1
        };
        prop_assert_eq!(both(&price, &seats), both(&seats, &price));
    }
}
