//! 20 000 changes of plan computed with exact fractions in Python, of `tests/oracle/fractions_prorations.py`.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::call;
use serde_json::{Map, Value, json};

/// The fields of a row that are given, under their names in JSON.
struct Row<'a>(std::collections::HashMap<&'a str, &'a str>);

impl<'a> Row<'a> {
    fn get(&self, column: &str) -> &'a str {
        self.0.get(column).unwrap()
    }

    fn text(&self, column: &str) -> Value {
        match self.get(column) {
            "" => Value::Null,
            text => text.into(),
        }
    }

    fn number(&self, column: &str) -> Value {
        self.get(column).parse::<i64>().map_or(Value::Null, Value::from)
    }

    fn money(&self, column: &str) -> Value {
        json!({ "amount": self.number(column), "currency": self.get("currency") })
    }

    fn cycle(&self, every: &str, unit: &str) -> Value {
        match self.get(every) {
            "" => Value::Null,
            _ => json!({ "every": self.number(every), "unit": self.get(unit) }),
        }
    }

    fn input(&self) -> Value {
        json!({
            "schedule": {
                "start": self.get("start"), "cycle": self.cycle("every", "unit"), "anchorDay": self.number("anchor_day"),
                "endDate": self.text("end_date"), "paymentCount": self.number("payment_count"),
            },
            "from": self.money("from"), "to": self.money("to"), "at": self.get("at"),
            "cycle": self.cycle("new_every", "new_unit"), "paymentCount": self.number("new_count"),
            "effective": self.text("effective"), "settle": self.text("settle"),
            "prorate": self.get("prorate").parse::<bool>().map_or(Value::Null, Value::from),
            "rounding": self.text("rounding"), "roundTo": self.number("round_to"), "firstPeriod": self.text("first_period"),
        })
    }

    fn answer(&self) -> Value {
        let next = match self.get("next_due") {
            "" => Value::Null,
            due => json!({ "dueDate": due, "amount": self.money("next_amount") }),
        };
        json!({
            "direction": self.get("direction"), "effective": self.get("effective_on"), "settle": self.get("settled"),
            "credit": self.money("credit"), "charge": self.money("charge"), "net": self.money("net"),
            "dueNow": self.money("due_now"), "balance": self.money("balance"), "nextPayment": next,
        })
    }
}

#[test]
fn fractions_come_to_the_same() {
    let mut lines = include_str!("oracle/fractions_prorations.csv").lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let (mut rows, mut restarts) = (0, 0);
    for line in lines {
        let row = Row(columns.iter().copied().zip(line.split(',')).collect());
        let answer =
            call("prorate", &json!([row.input()]).to_string()).unwrap_or_else(|errors| panic!("{line}: {errors}"));
        let answer: Map<String, Value> = serde_json::from_str(&answer).unwrap();
        for (field, expected) in row.answer().as_object().unwrap() {
            assert_eq!(&answer[field], expected, "{field} of {line}");
        }
        let (start, first_number) = match row.get("r") {
            "" => (row.get("start"), 1),
            r => (r, row.number("first_number").as_i64().unwrap()),
        };
        assert_eq!(
            (&answer["schedule"]["start"], &answer["firstNumber"]),
            (&json!(start), &json!(first_number)),
            "{line}"
        );
        rows += 1;
        restarts += i32::from(!row.get("r").is_empty());
    }
    assert_eq!(rows, 20_000);
    assert!(restarts > 2_000, "only {restarts} rows restart the schedule");
}
