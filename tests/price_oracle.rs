//! 20 000 prices computed with exact fractions in Python, of `tests/oracle/fractions_prices.py`: payments as `preview` shows them,
//! and plan changes. 5 000 short lives, of `fractions_lives.py`, and 6 000 in which something happens, of `fractions_histories.py`. The
//! scripts explain the short keys.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]
#![expect(clippy::indexing_slicing, reason = "of JSON, what is not there is null")]

#[path = "oracle/prices.rs"]
mod prices;

use billing_rules::call;
use prices::{Happening, Row};
use serde_json::{Value, json};

/// The differences that a failure prints.
const SHOWN: usize = 12;

/// The rows that `compare` finds different, and how many there are.
fn differences(rows: impl Iterator<Item = Row>, compare: impl Fn(&Row) -> Result<(), String>) -> (usize, Vec<String>) {
    let rows: Vec<Row> = rows.collect();
    let why = |row: &Row| compare(row).err().map(|why| format!("{}\n    {why}", row.0));
    (rows.len(), rows.iter().filter_map(why).collect())
}

fn answer(name: &str, args: &Value) -> Result<Value, String> {
    let answer = call(name, &args.to_string()).map_err(|errors| format!("{name} {args}: {errors}"))?;
    Ok(serde_json::from_str(&answer).unwrap())
}

fn is_zero(payment: &Value) -> bool {
    payment["amount"]["amount"] == 0
}

fn same(what: &str, oracle: &Value, engine: &Value) -> Result<(), String> {
    if oracle == engine { Ok(()) } else { Err(format!("{what}: oracle {oracle}, engine {engine}")) }
}

/// The amounts of the lines of some kinds, without zeros.
fn amounts(payment: &Value, kinds: &[&str]) -> Vec<i64> {
    let lines = payment["lines"].as_array().into_iter().flatten();
    let of_kind = lines.filter(|line| kinds.contains(&line["kind"].as_str().unwrap()));
    of_kind.map(|line| line["amount"]["amount"].as_i64().unwrap()).filter(|amount| *amount != 0).collect()
}

/// A payment as the oracle writes it, whole.
fn in_short(payment: &Value) -> Value {
    let sum = |kind| amounts(payment, &[kind]).iter().sum::<i64>();
    let taxes = payment["lines"].as_array().into_iter().flatten().filter(|line| line["kind"] == "tax");
    let taxes: Vec<&Value> = taxes.map(|line| &line["tax"]["tax"]["amount"]).collect();
    let (items, off) = (amounts(payment, &["period", "stub", "trial"]), amounts(payment, &["discount"]));
    json!([payment["amount"]["amount"], items, off, sum("minimum"), sum("setup"), taxes])
}

/// A payment of the oracle with what it leaves out, taxes of 0 besides: no charge, no tax.
fn whole(payment: &Value, rates: usize) -> Value {
    let rest = [json!(0), json!([]), json!([]), json!(0), json!(0), json!(vec![0; rates])];
    let given = payment.as_array().unwrap();
    Value::Array(rest.into_iter().enumerate().map(|(i, rest)| given.get(i).cloned().unwrap_or(rest)).collect())
}

fn compare_payments(row: &Row) -> Result<(), String> {
    let expected = row.0["x"].as_array().unwrap();
    // A verification may come before them, and is not one of them.
    let options = json!({ "on": row.on(), "payments": expected.len().saturating_add(1) });
    let preview = answer("preview", &json!([row.terms(), options]))?;
    let charged = preview["payments"].as_array().unwrap().iter().filter(|payment| payment["kind"] != "verification");
    let mut before = &Value::Null;
    let mut charged = charged.peekable();
    for (i, payment) in expected.iter().enumerate() {
        before = if payment.is_array() { payment } else { before };
        let found = charged.next().ok_or_else(|| format!("payment {i} is missing: {}", preview["payments"]))?;
        let mut found_short = in_short(found);
        let oracle = whole(before, row.rates());
        if found_short[5] == json!([]) && oracle[0] == 0 {
            found_short[5] = oracle[5].clone();
        }
        same(&format!("payment {}", found["number"]), &oracle, &found_short)?;
        let lines = found["lines"].as_array().unwrap().iter().map(|line| line["amount"]["amount"].as_i64().unwrap());
        same("the sum of the lines", &json!(lines.sum::<i64>()), &found["amount"]["amount"])?;
    }
    same("perPeriod", &row.0["P"], &preview["perPeriod"]["amount"])?;
    if row.0.get("T").is_some() {
        same("total", &row.0["T"], &preview["total"]["amount"])?;
    }
    Ok(())
}

/// The lines of a change as the oracle writes them, sorted.
fn lines_in_short(proration: &Value) -> Vec<String> {
    let lines = proration["lines"].as_array().into_iter().flatten().filter(|line| line["amount"]["amount"] != 0);
    let short = |line: &Value| {
        let kind = match line["kind"].as_str().unwrap() {
            "credit" => "c",
            "charge" => "h",
            "period" => "p",
            other => other,
        };
        json!([kind, line["item"], line["amount"]["amount"]]).to_string()
    };
    let mut lines: Vec<String> = lines.map(short).collect();
    lines.sort();
    lines
}

fn compare_change(row: &Row) -> Result<(), String> {
    let found = answer("prorate", &json!([row.change()]))?;
    let amount = |key: &str| found[key]["amount"].clone();
    let next = &found["nextPayment"];
    let short = json!([
        found["direction"],
        found["effective"],
        found["settle"],
        amount("credit"),
        amount("charge"),
        amount("dueNow"),
        amount("balance"),
        next["dueDate"],
        next["amount"]["amount"],
    ]);
    same("the change", &row.0["x"], &short)?;
    let mut lines: Vec<String> = row.0["l"].as_array().into_iter().flatten().map(Value::to_string).collect();
    lines.sort();
    same("the lines", &json!(lines), &json!(lines_in_short(&found)))
}

fn apply(subscription: &Value, event: &Value) -> Result<Value, String> {
    answer("applyEvent", &json!([subscription, event]))
}

/// The subscription after a day, and the payments that were made through it.
fn lived(subscription: &Value, days: [&Value; 2], fail: &Value, made: &mut Vec<Value>) -> Result<Value, String> {
    let mut run = answer("simulate", &json!([subscription, { "from": days[0], "through": days[1], "fail": fail }]))?;
    let kinds = ["checkout", "charge", "record"];
    let steps = run["timeline"].as_array().into_iter().flatten();
    let actions = steps.map(|step| &step["action"]).filter(|action| kinds.map(Value::from).contains(&action["type"]));
    // A trial without a price begins with a verification.
    let actions = actions.filter(|action| action["payment"]["kind"] != "verification" || !is_zero(&action["payment"]));
    made.extend(actions.map(|action| action["payment"].clone()));
    Ok(run["subscription"].take())
}

/// A payment as the oracle writes it.
fn of_life(payment: &Value) -> [Value; 6] {
    let lines = payment["lines"].as_array().into_iter().flatten();
    let (mut net, mut tax) = (0i64, 0i64);
    for line in lines {
        let amount = line["amount"]["amount"].as_i64().unwrap();
        match line["kind"].as_str() {
            Some("balance") => {}
            Some("tax") => tax = tax.saturating_add(amount),
            _ => net = net.saturating_add(amount),
        }
    }
    let field = |key: &str| payment[key].clone();
    [field("number"), field("extra"), field("dueDate"), payment["amount"]["amount"].clone(), net.into(), tax.into()]
}

fn payments_of(made: &[Value]) -> Value {
    json!(made.iter().map(of_life).collect::<Vec<_>>())
}

fn compare_life(row: &Row) -> Result<(), String> {
    let created = answer("createSubscription", &json!([{ "id": "sub-1", "terms": row.terms() }]))?;
    let (mut day, mut made) = (row.on(), Vec::new());
    let mut subscription = created;
    for event in row.events() {
        subscription = lived(&subscription, [&day, &event["on"]], &json!([]), &mut made)?;
        subscription = apply(&subscription, &event)?;
        day = event["on"].clone();
    }
    subscription = lived(&subscription, [&day, &row.0["z"]], &json!([]), &mut made)?;
    same("the payments", &row.0["x"], &payments_of(&made))?;
    let unused = &answer("quoteCancellation", &json!([subscription, row.0["r"][0]]))?["unused"]["amount"];
    same("unused", &row.0["r"][1], unused)
}

fn compare_quote(subscription: &Value, on: &Value, when: &Value, expected: &[Value]) -> Result<(), String> {
    let quote = answer("quoteCancellation", &json!([subscription, on, { "when": when }]))?;
    let figures = ["unused", "balance", "refund", "owed"].map(|key| quote[key]["amount"].clone());
    same(&format!("the quote of {on} for {when}"), &json!(expected), &json!(figures))
}

fn compare_history(row: &Row) -> Result<(), String> {
    let mut subscription = answer("createSubscription", &json!([{ "id": "sub-1", "terms": row.terms() }]))?;
    let (mut day, mut made, mut is_missed) = (row.on(), Vec::new(), false);
    let fail = row.declines();
    let mut outcome = Ok(());
    for happening in row.happenings() {
        let on = match &happening {
            Happening::Event(event) => &event["on"],
            Happening::Quote { on, .. } | Happening::Called(on) | Happening::Missed(on) => on,
        };
        if !is_missed {
            subscription = lived(&subscription, [&day, on], &fail, &mut made)?;
        }
        match &happening {
            Happening::Event(event) => subscription = apply(&subscription, event)?,
            Happening::Quote { on, when, expected } => {
                outcome = outcome.and(compare_quote(&subscription, on, when, expected));
            }
            Happening::Missed(_) => is_missed = true,
            Happening::Called(_) => is_missed = false,
        }
        day = on.clone();
    }
    lived(&subscription, [&day, &row.0["z"]], &fail, &mut made)?;
    same("the payments", &row.0["x"], &payments_of(&made))?;
    outcome
}

fn assert_none(count: usize, wanted: usize, found: &[String]) {
    let shown = found.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join("\n");
    assert!(found.is_empty(), "{} of {count} differ:\n{shown}", found.len());
    assert_eq!(count, wanted);
}

#[test]
fn payments_are_those_of_fractions() {
    let (count, found) = differences(prices::rows().filter(|row| !row.is_change()), compare_payments);
    assert_none(count, 11_000, &found);
}

#[test]
fn changes_are_those_of_fractions() {
    let (count, found) = differences(prices::rows().filter(Row::is_change), compare_change);
    assert_none(count, 9_000, &found);
}

#[test]
fn lives_are_those_of_fractions() {
    let (count, found) = differences(prices::lives(), compare_life);
    assert_none(count, 5_000, &found);
}

#[test]
fn histories_are_those_of_fractions() {
    let (count, found) = differences(prices::histories(), compare_history);
    assert_none(count, 6_000, &found);
}
