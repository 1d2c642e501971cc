//! What a plan sells beside one amount: items, discounts, taxes, steps, a fee and a minimum, made of random numbers.

use billing_rules::{Date, Event, Terms, from_json, to_json};
use serde_json::{Value, json};

fn nok(amount: u64) -> Value {
    json!({ "amount": amount, "currency": "NOK" })
}

fn items(below: &mut impl FnMut(u64) -> u64) -> Value {
    let seats = match below(3) {
        0 => json!({ "id": "seats", "unitAmount": nok(75 + below(500)), "per": 10, "quantity": below(40) }),
        1 => json!({ "id": "seats", "quantity": 1 + below(9), "mode": "graduated", "tiers": [
            { "upTo": 3, "unitAmount": nok(below(400)) },
            { "upTo": null, "unitAmount": nok(100 + below(300)), "flat": nok(50) },
        ] }),
        _ => json!({ "id": "seats", "unitAmount": nok(100 + below(400)), "quantity": 1 + below(9) }),
    };
    if below(2) == 0 {
        return json!({ "items": [seats] });
    }
    json!({ "items": [{ "id": "base", "unitAmount": nok(1 + below(2_000)) }, seats] })
}

fn discounts(below: &mut impl FnMut(u64) -> u64) -> Value {
    let off = match below(3) {
        0 => json!({ "amount": nok(1 + below(900)) }),
        1 => json!({ "percent": "33.33" }),
        _ => json!({ "percent": "10" }),
    };
    let mut discount = json!({ "id": "welcome", "off": off });
    if below(3) > 0 {
        discount["payments"] = (1 + below(3)).into();
    }
    json!([discount])
}

fn taxes(below: &mut impl FnMut(u64) -> u64) -> Value {
    let mut rates = vec![json!({ "id": "vat", "rate": "25" })];
    if below(3) == 0 {
        rates.push(json!({ "id": "city", "rate": "8.25" }));
    }
    json!({ "included": below(2) == 0, "rates": rates })
}

/// The terms with items in the place of their amount, one time in two, and with what else a plan can have.
pub fn sold(terms: &Terms, below: &mut impl FnMut(u64) -> u64) -> Terms {
    let mut terms: Value = serde_json::from_str(&to_json(terms)).unwrap();
    if below(2) == 0 {
        terms["price"] = items(below);
    }
    if below(2) == 0 {
        terms["discounts"] = discounts(below);
    }
    if below(2) == 0 {
        terms["taxes"] = taxes(below);
    }
    if below(4) == 0 {
        terms["steps"] = json!([{ "from": 2 + below(2), "price": items(below) }]);
    }
    if below(4) == 0 {
        terms["setup"] = nok(1 + below(1_500));
    }
    if below(6) == 0 {
        terms["minimum"] = nok(1 + below(3_000));
    }
    from_json(&terms.to_string()).unwrap()
}

/// Another quantity of the seats.
pub fn quantities(seats: u64, on: Date) -> Event {
    let on = on.to_string();
    from_json(&json!({ "type": "plan_changed", "quantities": { "seats": seats }, "at": on, "on": on }).to_string())
        .unwrap()
}
