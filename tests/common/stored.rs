//! The payments of a stored subscription, the folded ones included, read by the tests' own reader of the folded text.
#![expect(clippy::indexing_slicing, clippy::panic, reason = "a test ends where its data is broken")]

use serde_json::{Value, json};

const SYMBOLS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A text that is read from its front.
struct Text<'a>(&'a str);

impl Text<'_> {
    fn next(&mut self) -> char {
        let mut characters = self.0.chars();
        let first = characters.next().unwrap();
        self.0 = characters.as_str();
        first
    }

    fn skips(&mut self, tag: char) -> bool {
        let is_next = self.0.starts_with(tag);
        if is_next {
            self.next();
        }
        is_next
    }

    /// Five bits a symbol, the lowest first; the sixth says that more follow.
    fn number(&mut self) -> i64 {
        let (mut number, mut factor) = (0, 1);
        loop {
            let symbol = i64::try_from(SYMBOLS.find(self.next()).unwrap()).unwrap();
            number += symbol % 32 * factor;
            factor *= 32;
            if symbol < 32 {
                return number;
            }
        }
    }

    fn mark(&mut self) -> String {
        (0..8).map(|_| self.next()).collect()
    }
}

/// Returns every payment that was begun, as the records of a stored subscription have them: number, extra, kind, status, amount, and
/// of each attempt its outcome.
pub fn payments(stored: &Value) -> Vec<Value> {
    let settled = stored.pointer("/state/settled").and_then(Value::as_str).unwrap_or("AAAA");
    let currency = &stored["terms"]["price"]["currency"];
    let mut all = folded(settled.get(4..).unwrap(), currency);
    all.extend(stored["state"]["records"].as_array().unwrap().iter().cloned());
    all
}

fn folded(text: &str, currency: &Value) -> Vec<Value> {
    let mut text = Text(text);
    let mut found: Vec<Value> = Vec::new();
    let (mut follows, mut amount) = (None, 0);
    while !text.0.is_empty() {
        let status = match text.next() {
            'p' => "paid",
            'i' => "included",
            'm' => "imported",
            'g' => "given_up",
            's' => "skipped",
            'd' => "dropped",
            'x' => "stopped",
            other => panic!("{other}"),
        };
        let distance = if text.skips('.') { text.number() } else { 0 };
        let number = follows.map_or(distance, |usual: i64| usual - distance);
        text.skips('~');
        text.number();
        let extra = if text.skips('E') { text.number() } else { 0 };
        follows = Some(if extra == 0 { number - 1 } else { number });
        let kind = if text.skips('K') {
            text.next()
        } else if extra == 0 {
            'r'
        } else {
            'u'
        };
        let kind = match kind {
            'r' => "recurring",
            'i' => "initial",
            'u' => "unscheduled",
            'c' => "plan_change",
            'v' => "verification",
            'f' => "final",
            other => panic!("{other}"),
        };
        if text.skips('A') {
            amount = text.number();
        }
        text.skips('V');
        for part in ['B', 'S'] {
            if text.skips(part) {
                text.number();
            }
        }
        let attempts = attempts(&mut text, status);
        let amount = json!({ "amount": amount, "currency": currency });
        found.push(json!({
            "number": number, "extra": extra, "kind": kind, "status": status, "amount": amount, "attempts": attempts,
        }));
    }
    found.reverse();
    found
}

fn attempts(text: &mut Text<'_>, status: &str) -> Vec<Value> {
    if text.skips('T') {
        return (0..text.number()).map(|_| attempt(text)).collect();
    }
    if text.skips('R') {
        text.mark();
    }
    if status == "paid" { vec![json!({ "outcome": "succeeded" })] } else { Vec::new() }
}

fn attempt(text: &mut Text<'_>) -> Value {
    let bits = text.number();
    if bits & 8 != 0 {
        text.mark();
    }
    for flag in [16, 32] {
        if bits & flag != 0 {
            text.number();
        }
    }
    let outcomes = ["succeeded", "declined", "not_made"];
    json!({ "outcome": outcomes.get(usize::try_from(bits % 4).unwrap()).unwrap() })
}
