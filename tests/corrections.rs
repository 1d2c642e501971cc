//! What is quoted is what is charged: the corrected rules, case by case, with figures worked by hand.
//!
//! Unless a case says otherwise it is 100.00 USD a month from 1 April 2025, whose first payment was made on its day.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

#[path = "common/steps.rs"]
mod steps;
#[path = "corrections/table.rs"]
mod table;

use serde_json::{Value, json};
use table::*;

/// 1. Of two changes for one day the one requested last counts, as if the other had not been requested.
#[test]
fn one_change_a_day() {
    let mut table = Table::new();
    let yearly = json!({ "to": usd(100_000), "at": "2025-04-11", "cycle": "yearly" });
    let half = json!({ "to": usd(55_000), "at": "2025-04-11", "cycle": "semiannually" });
    let steps =
        [event("plan_changed", yearly.clone(), "2025-04-05"), event("plan_changed", half.clone(), "2025-04-06")];
    // 20 of 30 days of 100.00 are unused: 66.67. 550.00 - 66.67 = 483.33.
    let period = json!({ "start": "2025-04-11", "end": "2025-10-11" });
    let due = json!({ "number": 1, "extra": 1, "kind": "plan_change", "amount": usd(48_333), "period": period });
    table.row("another cycle, then yet another", &steps, action("2025-04-11"), charge(due));
    let quoted =
        json!({ "proration": { "dueNow": usd(48_333) }, "replaces": [{ "to": usd(100_000), "cycle": "yearly" }] });
    table.row("the quote names it", &steps[..1], change(&half, "2025-04-06"), json!({ "gives": quoted }));
    // Backwards 1000.00 - 66.67 = 933.33 is due.
    let backwards = [event("plan_changed", half, "2025-04-05"), event("plan_changed", yearly, "2025-04-06")];
    table.row("backwards", &backwards, action("2025-04-11"), charge(json!({ "amount": usd(93_333) })));

    let to = |amount| json!({ "to": usd(amount), "at": "2025-04-11" });
    let steps = [event("plan_changed", to(20_000), "2025-04-05"), event("plan_changed", to(25_000), "2025-04-06")];
    // 250.00 × 20 ÷ 30 = 166.67, less 66.67.
    table.row("200 and then 250", &steps, action("2025-04-11"), charge(json!({ "amount": usd(10_000) })));
    let later = [&steps[..], &[lived("2025-04-11", "2025-04-11")]].concat();
    table.row("and it is 250 from then on", &later, action("2025-05-01"), charge(json!({ "amount": usd(25_000) })));
    // Withdrawn is the last one alone: what it had replaced does not come back.
    let withdrawn = [&steps[..], &[on("plan_change_withdrawn", "2025-04-07")]].concat();
    let stays = json!({ "gives": { "type": "wait", "until": "2025-05-01" } });
    table.row("the last one is withdrawn", &withdrawn, action("2025-04-11"), stays);
    // One already in force on its day is computed from: 166.67 less 133.33 for 200.00 → 250.00 on 11 April.
    let in_force = [event("plan_changed", to(20_000), "2025-04-11"), lived("2025-04-11", "2025-04-11")];
    let quoted =
        json!({ "gives": { "proration": { "credit": usd(-13_333), "charge": usd(16_667), "dueNow": usd(3_334) } } });
    table.row("one in force is computed from", &in_force, change(&to(25_000), "2025-04-11"), quoted);
    table.holds();
}

/// 2. The same life in every order of requests, on whatever day the backend wakes.
#[test]
fn order_of_requests() {
    let mut table = Table::new();
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (effective, at) in [
        ("on_date", ["2025-05-01", "2025-06-01", "2025-07-01"]),
        ("period_end", ["2025-04-11", "2025-05-11", "2025-06-11"]),
    ] {
        let changes = [12_000, 14_000, 16_000]
            .iter()
            .zip(at)
            .map(|(to, at)| json!({ "to": usd(*to), "at": at, "effective": effective, "settle": "now" }));
        let requests: Vec<Value> = changes.map(|change| event("plan_changed", change, "2025-04-05")).collect();
        for order in orders {
            let asked: Vec<Value> = order.iter().map(|index: &usize| requests[*index].clone()).collect();
            for wake in ["2025-04-05", "2025-05-03", "2025-06-20", "2025-07-15"] {
                let steps = [&[lived("2025-04-01", "2025-04-01")], &asked[..]].concat();
                let case = json!({ "of": monthly(), "after": steps, "args": [lived(wake, "2025-07-15")] });
                let found = steps::arguments(&case, &api).map(|arguments| charged(&api("simulate", &arguments)));
                let right = json!([["2025-05-01", 12_000], ["2025-06-01", 14_000], ["2025-07-01", 16_000]]);
                let found = found.unwrap_or_else(Value::String);
                table.compare(&format!("{effective}, in the order {order:?}, awake from {wake}"), &found, &right);
            }
        }
    }
    table.holds();
}

/// The due date and amount of every charge in a simulation.
fn charged(simulation: &Value) -> Value {
    let moments = simulation["gives"]["timeline"].as_array().cloned().unwrap_or_default();
    let charge = |moment: &Value| {
        let payment = &moment["action"]["payment"];
        (moment["action"]["type"] == "charge").then(|| json!([payment["dueDate"], payment["amount"]["amount"]]))
    };
    moments.iter().filter_map(charge).collect()
}

/// 3. A change for a due date takes force before its payment.
#[test]
fn change_for_a_due_date() {
    let mut table = Table::new();
    let yearly = || of(json!({ "price": usd(100_000), "schedule": { "start": "2025-01-01", "cycle": "yearly" } }));
    let paid = lived("2025-01-01", "2025-01-01");
    let quoted = |due: i64| {
        let now = json!({ "dueNow": usd(due), "credit": usd(0), "effective": "2026-01-01",
            "lines": [{ "kind": "period", "amount": usd(due) }],
            "nextPayment": { "dueDate": "2027-01-01", "amount": usd(due) } });
        json!({ "gives": { "proration": now } })
    };
    // The whole new price, prorated or not, settled now or later; a downgrade by default as well.
    for (to, fields) in [
        (120_000, json!({ "prorate": false })),
        (120_000, json!({})),
        (120_000, json!({ "settle": "next_payment" })),
        (120_000, json!({ "effective": "period_end" })),
        (80_000, json!({})),
        (80_000, json!({ "effective": "on_date" })),
    ] {
        let mut dated = fields.clone();
        (dated["to"], dated["at"]) = (usd(to), "2026-01-01".into());
        let case = format!("{to} {fields}");
        let after = [paid.clone()];
        table.of(&format!("{case} is quoted ahead"), yearly(), &after, change(&dated, "2025-11-10"), quoted(to));
        table.of(&format!("{case} is quoted on the day"), yearly(), &after, change(&dated, "2026-01-01"), quoted(to));
        let after = [paid.clone(), event("plan_changed", dated, "2025-11-10")];
        let due = json!({ "number": 2, "extra": 0, "amount": usd(to), "dueDate": "2026-01-01" });
        table.of(&format!("{case} is charged"), yearly(), &after, action("2026-01-01"), charge(due));
    }
    // Another cycle on the renewal day: the payment of that day is the first of the new cycle, and nothing is credited.
    let longer = json!({ "to": usd(100_000), "at": "2025-05-01", "cycle": "yearly" });
    let quoted = json!({ "gives": { "proration": { "dueNow": usd(100_000), "credit": usd(0), "effective": "2025-05-01",
        "schedule": { "start": "2025-05-01", "cycle": "yearly" },
        "nextPayment": { "dueDate": "2026-05-01", "amount": usd(100_000) } } } });
    table.row("another cycle is quoted ahead", &[], change(&longer, "2025-04-11"), quoted);
    let steps = [event("plan_changed", longer, "2025-04-11")];
    let due = json!({ "number": 2, "amount": usd(100_000), "period": { "start": "2025-05-01", "end": "2026-05-01" } });
    table.row("another cycle is charged", &steps, action("2025-05-01"), charge(due));
    let made = [&steps[..], &[lived("2025-05-01", "2025-05-01")]].concat();
    let next = json!({ "gives": { "type": "wait", "until": "2026-05-01" } });
    table.row("and it is the only payment of the day", &made, action("2025-05-01"), next);
    table.holds();
}

/// 4. A change while the period's payment is open.
#[test]
fn open_payment() {
    let mut table = Table::new();
    let open = [declined(2, "2025-05-01")];
    let to = |fields: Value| {
        let mut fields = fields;
        (fields["to"], fields["at"]) = (usd(20_000), "2025-05-02".into());
        fields
    };
    // 1 of 31 days at 100.00 is 3.23, 30 of 31 days at 200.00 are 193.55.
    let lines = json!([{ "amount": usd(323) }, { "amount": usd(19_355) }]);
    let next = |amount: i64| json!({ "dueDate": "2025-06-01", "amount": usd(amount) });
    let quoted = json!({ "proration": { "dueNow": usd(19_678), "lines": lines, "nextPayment": next(20_000) } });
    table.row("repriced, quoted", &open, change(&to(json!({})), "2025-05-02"), json!({ "gives": quoted }));
    let repriced = [open[0].clone(), event("plan_changed", to(json!({})), "2025-05-02")];
    table.row(
        "repriced, charged",
        &repriced,
        action("2025-05-02"),
        charge(json!({ "amount": usd(19_678), "lines": lines })),
    );

    let flat = to(json!({ "prorate": false }));
    let quoted = json!({ "proration": { "dueNow": usd(10_000), "nextPayment": next(20_000) } });
    table.row("not prorated, quoted", &open, change(&flat, "2025-05-02"), json!({ "gives": quoted }));
    let left = [open[0].clone(), event("plan_changed", flat, "2025-05-02")];
    table.row("not prorated, charged", &left, action("2025-05-02"), charge(json!({ "amount": usd(10_000) })));
    let made = [&left[..], &[lived("2025-05-02", "2025-05-02")]].concat();
    table.row("the new price is for June", &made, action("2025-06-01"), charge(json!({ "amount": usd(20_000) })));

    // Left for later: 193.55 - 96.77 = 96.78 goes to June's payment once May's is paid.
    let later = to(json!({ "settle": "next_payment" }));
    let quoted = json!({ "proration": { "dueNow": usd(10_000), "nextPayment": next(29_678) } });
    table.row("left for later, quoted", &open, change(&later, "2025-05-02"), json!({ "gives": quoted }));
    let carried = [open[0].clone(), event("plan_changed", later.clone(), "2025-05-02")];
    table.row("left for later, charged", &carried, action("2025-05-02"), charge(json!({ "amount": usd(10_000) })));
    let made = [&carried[..], &[lived("2025-05-02", "2025-05-02")]].concat();
    table.row("the difference in June", &made, action("2025-06-01"), charge(json!({ "amount": usd(29_678) })));
    // Given up after its only retry, the difference falls away with it.
    let skips = of(json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" },
        "retry": { "days": [1], "onExhausted": "skip_payment" } }));
    let again = json!({ "from": "2025-05-02", "through": "2025-05-31", "fail": [{ "number": 2, "attempt": 2 }] });
    let steps = [lived("2025-04-01", "2025-04-01"), open[0].clone(), event("plan_changed", later, "2025-05-02"), again];
    table.of("given up", skips, &steps, action("2025-06-01"), charge(json!({ "amount": usd(20_000) })));
    // Once the policy has ended it, nothing that is quoted would be charged.
    let once = of(json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" },
        "retry": { "days": [] } }));
    let attempt = json!({ "reference": "sub-1-2-0-1" });
    let steps = [
        lived("2025-04-01", "2025-04-01"),
        event("attempt_started", attempt.clone(), "2025-05-01"),
        event("payment_declined", attempt, "2025-05-01"),
    ];
    let over = json!({ "fails": { "code": "subscription_ended", "path": "/change" } });
    let late = json!({ "to": usd(20_000), "at": "2025-05-02" });
    table.of("over by its policy", once, &steps, change(&late, "2025-05-02"), over);
    table.holds();
}

/// 5. What a cancellation gives back, and what it collects.
#[test]
fn cancellation_settles() {
    let mut table = Table::new();
    let changed = |to: i64, fields: Value, day: &str| {
        let mut fields = fields;
        (fields["to"], fields["at"]) = (usd(to), day.into());
        event("plan_changed", fields, day)
    };
    let carried = || json!({ "settle": "next_payment" });
    // 250.00 unused, of which 150.00 are a debt.
    let steps = [changed(25_000, carried(), "2025-04-01")];
    let right = json!({ "unused": usd(25_000), "refund": usd(10_000), "owed": usd(0) });
    table.row("changed on the first day", &steps, cancellation("2025-04-01"), json!({ "gives": right }));
    // 250.00 × 16 ÷ 30 = 133.33 unused, less 166.67 - 66.67 = 100.00 of debt.
    let steps = [changed(25_000, carried(), "2025-04-11")];
    let right = json!({ "unused": usd(13_333), "refund": usd(3_333), "owed": usd(0), "effective": "2025-04-15" });
    table.row("changed on 11 April", &steps, cancellation("2025-04-15"), json!({ "gives": right }));
    // 66.67 - 26.67 = 40.00 in favour, and 40.00 × 20 ÷ 30 = 26.67 unused.
    let steps = [changed(4_000, json!({ "effective": "on_date" }), "2025-04-11")];
    let right = json!({ "unused": usd(2_667), "balance": usd(-4_000), "refund": usd(6_667), "owed": usd(0) });
    table.row("after a downgrade", &steps, cancellation("2025-04-11"), json!({ "gives": right }));

    // On 29 April 250.00 × 2 ÷ 30 = 16.67 are unused; 100.00 - 16.67 = 83.33 is owed, and collected.
    let steps = [changed(25_000, carried(), "2025-04-11")];
    let right = json!({ "unused": usd(1_667), "refund": usd(0), "owed": usd(8_333) });
    table.row("more debt than unused days", &steps, cancellation("2025-04-29"), json!({ "gives": right }));
    let ended = [&steps[..], &[on("cancelled", "2025-04-29")]].concat();
    let due = json!({ "number": 1, "extra": 1, "kind": "final", "amount": usd(8_333), "indicator": "M1" });
    table.row("the debt is collected", &ended, action("2025-04-29"), charge(due));
    let collected = [&ended[..], &[lived("2025-04-29", "2025-04-29")]].concat();
    let over = json!({ "gives": { "type": "none", "status": "cancelled" } });
    table.row("and then it is over", &collected, action("2025-04-29"), over.clone());
    let waived = [&steps[..], &[event("cancelled", json!({ "final": "waive" }), "2025-04-29")]].concat();
    table.row("waived", &waived, action("2025-04-29"), over.clone());
    let at_end = [&steps[..], &[event("cancelled", json!({ "when": "period_end" }), "2025-04-15")]].concat();
    let due = json!({ "number": 1, "kind": "final", "amount": usd(10_000), "dueDate": "2025-05-01" });
    table.row("the debt at the period's end", &at_end, action("2025-05-01"), charge(due));
    table.row("nothing is owed", &[on("cancelled", "2025-04-11")], action("2025-04-11"), over);

    // An unscheduled charge that is open is listed, is no part of `owed`, and is collected.
    let top_up = event("unscheduled_charge", json!({ "id": "top-up", "amount": usd(500) }), "2025-04-11");
    let open = [top_up];
    let right = json!({ "refund": usd(6_667), "owed": usd(0), "openCharges": [{ "amount": usd(500) }] });
    table.row("an open charge is listed", &open, cancellation("2025-04-11"), json!({ "gives": right }));
    let ended = [&open[..], &[on("cancelled", "2025-04-11")]].concat();
    let due = json!({ "number": 1, "extra": 1, "amount": usd(500) });
    table.row("an open charge is collected", &ended, action("2025-04-11"), charge(due));

    // After the end the quote is as of its day, and the event takes the digest of a quote.
    let ended = [on("cancelled", "2025-04-11")];
    let right = json!({ "effective": "2025-04-11", "unused": usd(6_667), "refund": usd(6_667) });
    table.row("after the end", &ended, cancellation("2025-06-15"), json!({ "gives": right }));
    let paid = [lived("2025-04-01", "2025-04-01")];
    let quote = steps::arguments(&json!({ "of": monthly(), "after": paid, "args": ["2025-04-11"] }), &api);
    let digest = api("quoteCancellation", &quote.unwrap())["gives"]["digest"].clone();
    let agreed = json!([event("cancelled", json!({ "digest": digest }), "2025-04-11")]);
    table.row("with its digest", &[], ("applyEvent", agreed), json!({ "gives": { "status": "cancelled" } }));
    let other = json!([event("cancelled", json!({ "digest": "0000" }), "2025-04-11")]);
    let refused = json!({ "fails": { "code": "digest_mismatch", "path": "/event/digest" } });
    table.row("with another digest", &[], ("applyEvent", other), refused);
    table.holds();
}

/// 6. The anchor survives a restart on the anchor day of a short month.
#[test]
fn anchor() {
    let mut table = Table::new();
    let month_end = |anchor: Value| {
        of(
            json!({ "price": usd(10_000), "schedule": { "start": "2025-01-31", "cycle": "monthly", "anchorDay": anchor } }),
        )
    };
    let first = lived("2025-01-31", "2025-01-31");
    let quarterly = json!({ "to": usd(30_000), "at": "2025-02-10", "cycle": "quarterly", "effective": "period_end" });
    for anchor in [json!(null), json!(31)] {
        let steps =
            [first.clone(), event("plan_changed", quarterly.clone(), "2025-02-10"), lived("2025-02-28", "2025-02-28")];
        let next = json!({ "gives": { "type": "wait", "until": "2025-05-31" } });
        let case = format!("to quarters at the end of February, anchor {anchor}");
        table.of(&case, month_end(anchor), &steps, action("2025-02-28"), next);
    }
    // On another day it becomes that day: 15 February, then 15 May.
    let restart = json!({ "to": usd(30_000), "at": "2025-02-15", "cycle": "quarterly" });
    let steps = [first.clone(), event("plan_changed", restart, "2025-02-15"), lived("2025-02-15", "2025-02-15")];
    let next = json!({ "gives": { "type": "wait", "until": "2025-05-15" } });
    table.of("to quarters on 15 February", month_end(json!(null)), &steps, action("2025-02-15"), next);

    let resumed = |fields: Value, day: &str| {
        let mut fields = fields;
        fields["schedule"] = "shift".into();
        event("resumed", fields, day)
    };
    let steps =
        [first, on("paused", "2025-02-10"), resumed(json!({}), "2025-02-10"), lived("2025-02-28", "2025-02-28")];
    let next = json!({ "gives": { "type": "wait", "until": "2025-03-31" } });
    table.of("a pause of no day", month_end(json!(null)), &steps, action("2025-02-28"), next);

    // A new anchor with a restart: 20 days, 11 April to 1 May, of the 89 from 1 February: 67.42, less 66.67.
    let anchored = json!({ "to": usd(30_000), "at": "2025-04-11", "cycle": "quarterly", "anchorDay": 1 });
    let steps = [event("plan_changed", anchored, "2025-04-11")];
    let due = json!({ "amount": usd(75), "period": { "start": "2025-04-11", "end": "2025-05-01" } });
    table.row("an anchor in the change", &steps, action("2025-04-11"), charge(due));
    // 1 May moves by 10 days to 11 May; 21 of 31 days to 1 June cost 67.74.
    let steps = [on("paused", "2025-04-11"), resumed(json!({ "anchorDay": 1 }), "2025-04-21")];
    let due = json!({ "amount": usd(6_774), "period": { "start": "2025-05-11", "end": "2025-06-01" } });
    table.row("an anchor in `resumed`", &steps, action("2025-05-11"), charge(due));
    table.holds();
}

/// 7. Never more back than was paid.
#[test]
fn no_more_back_than_was_paid() {
    let mut table = Table::new();
    let nok = |amount: i64| json!({ "amount": amount, "currency": "NOK" });
    let terms = |price: i64| json!({ "price": nok(price), "schedule": { "start": "2025-04-01", "cycle": "monthly" }, "roundTo": 100 });
    // 99.50 would be charged whole and credited as 100.00.
    let off = json!({ "fails": { "path": "/input/terms/price" } });
    table.call("a price off the grid", ("createSubscription", json!([of(terms(9_950))])), off);
    let steps = [lived("2025-04-01", "2025-04-01")];
    let to = json!({ "to": nok(19_950), "at": "2025-04-11" });
    let off = json!({ "fails": { "path": "/change/to" } });
    table.of("a change off the grid", of(terms(10_000)), &steps, change(&to, "2025-04-11"), off);
    let prorated = |from: i64| {
        json!([{ "schedule": { "start": "2025-04-01", "cycle": "monthly" }, "from": nok(from), "to": nok(0), "at": "2025-04-01",
            "effective": "on_date", "roundTo": 100 }])
    };
    let off = json!({ "fails": { "path": "/input/from" } });
    table.call("a proration off the grid", ("prorate", prorated(9_950)), off);
    let whole = json!({ "gives": { "credit": nok(-10_000) } });
    table.call("a proration on it", ("prorate", prorated(10_000)), whole);

    // Whatever the rounding, what is unused on the first day is what was paid, and 20 of 30 days of it on 11 April.
    for (rounding, later) in
        [("up", 6_667), ("half_up", 6_667), ("half_even", 6_667), ("down", 6_666), ("ceiling", 6_667)]
    {
        let terms = json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" }, "rounding": rounding });
        let unused = |amount: i64| json!({ "gives": { "unused": usd(amount) } });
        table.of(rounding, of(terms.clone()), &steps, cancellation("2025-04-01"), unused(10_000));
        table.of(rounding, of(terms), &steps, cancellation("2025-04-11"), unused(later));
    }
    // Not prorated, the days left were paid at 100.00, not at 250.00: 33.33 on 21 April.
    let flat = event("plan_changed", json!({ "to": usd(25_000), "at": "2025-04-11", "prorate": false }), "2025-04-11");
    let right = json!({ "gives": { "unused": usd(3_333), "refund": usd(3_333) } });
    table.row("not prorated", &[flat], cancellation("2025-04-21"), right);
    table.holds();
}

/// 8. A checkout that nobody attempts has an end, once the subscription is active.
#[test]
fn bounded_checkout() {
    let mut table = Table::new();
    let replaced = |day: &str| event("card_replaced", json!({ "by": "payment" }), day);
    let with = |retry: Value| {
        of(json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" }, "retry": retry }))
    };
    let finish = |status: &str| json!({ "gives": { "type": "finish", "status": status } });
    let paid = lived("2025-04-01", "2025-04-01");
    // The policy's last day, at least 7 days, from 1 May.
    for (days, last, over) in [
        (json!([1, 3, 5, 7]), "2025-05-08", "2025-05-09"),
        (json!([1]), "2025-05-08", "2025-05-09"),
        (json!([]), "2025-05-08", "2025-05-09"),
        (json!([2, 10]), "2025-05-11", "2025-05-12"),
    ] {
        let steps = [paid.clone(), replaced("2025-04-11")];
        table.of(&format!("{days}"), with(json!({ "days": days })), &steps, action(last), checkout(2));
        table.of(&format!("{days}"), with(json!({ "days": days })), &steps, action(over), finish("expired"));
    }
    // From the event where that is later: 4 May.
    table.row("a card replaced on 4 May", &[replaced("2025-05-04")], action("2025-05-11"), checkout(2));
    table.row("a card replaced on 4 May", &[replaced("2025-05-04")], action("2025-05-12"), finish("expired"));
    let cancels = with(json!({ "days": [1], "onExhausted": "cancel" }));
    table.of("cancelled", cancels, &[paid.clone(), replaced("2025-04-11")], action("2025-05-09"), finish("cancelled"));
    let skips = || with(json!({ "days": [1], "onExhausted": "skip_payment" }));
    let steps = [paid, replaced("2025-04-11")];
    let waits = json!({ "gives": { "type": "wait", "until": "2025-06-01" } });
    table.of("given up", skips(), &steps, action("2025-05-09"), waits);
    table.of("the next one", skips(), &steps, action("2025-06-01"), checkout(3));
    // A pending one keeps its first period (R5.8).
    table.of("pending", monthly(), &[], action("2025-04-30"), checkout(1));
    table.of("pending", monthly(), &[], action("2025-05-01"), finish("cancelled"));
    table.holds();
}

/// 9. A charge by the provider's schedule that comes early belongs to the next payment.
#[test]
fn early_provider_charge() {
    let mut table = Table::new();
    let internal = |cycle: &str| {
        of(
            json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": cycle }, "recurrence": "internal" }),
        )
    };
    let paid = || lived("2025-04-01", "2025-04-01");
    let charge = |reference: &str, day: &str| {
        event("provider_charge", json!({ "providerReference": reference, "status": "succeeded" }), day)
    };
    let settled = |payments: u32, next: &str| json!({ "gives": { "payments": payments, "nextDueDate": next, "overpayments": [] } });
    let surplus =
        |payments: u32| json!({ "gives": { "payments": payments, "overpayments": [{ "reason": "paid_twice" }] } });
    // At most 5 days and a third of the period (30 ÷ 3 and 7 ÷ 3), at least one day.
    for (cycle, day, right) in [
        ("monthly", "2025-04-30", settled(2, "2025-06-01")),
        ("monthly", "2025-04-29", settled(2, "2025-06-01")),
        ("monthly", "2025-04-26", settled(2, "2025-06-01")),
        ("monthly", "2025-04-25", surplus(1)),
        ("weekly", "2025-04-06", settled(2, "2025-04-15")),
        ("weekly", "2025-04-05", surplus(1)),
    ] {
        let args = json!([charge("ch-2", day)]);
        table.of(&format!("{cycle} on {day}"), internal(cycle), &[paid()], ("applyEvent", args), right);
    }
    // The latest that is due, then the oldest that is not settled, and only then the next one.
    let steps = [paid(), charge("ch-3", "2025-06-01")];
    let args = json!([charge("ch-2", "2025-06-29")]);
    table.of("the oldest one given up", internal("monthly"), &steps, ("applyEvent", args), settled(3, "2025-07-01"));
    let steps = [paid(), charge("ch-3", "2025-06-01"), charge("ch-2", "2025-06-29")];
    let args = json!([charge("ch-4", "2025-06-29")]);
    table.of("and then the next one", internal("monthly"), &steps, ("applyEvent", args), settled(4, "2025-08-01"));
    let failed = event("provider_charge", json!({ "providerReference": "ch-2", "status": "declined" }), "2025-04-29");
    let right = json!({ "gives": { "status": "error", "payments": 1 } });
    table.of("a decline", internal("monthly"), &[paid()], ("applyEvent", json!([failed])), right);
    for event in [
        event("plan_changed", json!({ "to": usd(25_000), "at": "2025-04-11" }), "2025-04-11"),
        on("paused", "2025-04-11"),
        event("unscheduled_charge", json!({ "id": "top-up", "amount": usd(500) }), "2025-04-11"),
    ] {
        let managed = json!({ "fails": { "code": "provider_managed" } });
        table.of("the provider's", internal("monthly"), &[paid()], ("applyEvent", json!([event])), managed);
    }
    table.holds();
}

/// 10. Nothing is started ahead of its day, and money taken for what is offered is never refused.
#[test]
fn start_and_success() {
    let mut table = Table::new();
    let started =
        |reference: &str, day: &str| json!([event("attempt_started", json!({ "reference": reference }), day)]);
    let taken =
        |reference: &str, day: &str| json!([event("payment_succeeded", json!({ "reference": reference }), day)]);
    let not_due = json!({ "fails": { "code": "not_due" } });
    table.row("a start ahead", &[], ("applyEvent", started("sub-1-2-0-1", "2025-04-30")), not_due.clone());
    let open = [declined(2, "2025-05-01")];
    table.row("a retry ahead", &open, ("applyEvent", started("sub-1-2-0-2", "2025-05-01")), not_due.clone());
    table.of("the first one ahead", monthly(), &[], ("applyEvent", started("sub-1-1-0-1", "2025-03-31")), not_due);
    let right = |payments: u32| json!({ "gives": { "status": "active", "payments": payments, "overpayments": [] } });
    table.row("a success implies its start", &[], ("applyEvent", taken("sub-1-2-0-1", "2025-05-01")), right(2));
    table.row("that of a retry", &open, ("applyEvent", taken("sub-1-2-0-2", "2025-05-02")), right(2));
    table.of("that of a checkout", monthly(), &[], ("applyEvent", taken("sub-1-1-0-1", "2025-04-01")), right(1));
    let first = taken("sub-1-1-0-1", "2025-04-01").as_array().unwrap().clone();
    table.of(
        "which establishes the card",
        monthly(),
        &first,
        action("2025-05-01"),
        charge(json!({ "indicator": "M1" })),
    );
    let ahead = json!({ "fails": { "code": "unknown_reference" } });
    table.row("not for what is not offered", &[], ("applyEvent", taken("sub-1-2-0-1", "2025-04-30")), ahead);
    // A payment of 0 needs no start either.
    let free = of(json!({ "price": usd(0), "schedule": { "start": "2025-04-01", "cycle": "monthly" } }));
    table.of(
        "a record",
        free,
        &[],
        ("applyEvent", taken("sub-1-1-0-1", "2025-04-01")),
        json!({ "gives": { "payments": 1 } }),
    );
    table.holds();
}

/// 11. No last day of cancellation in the past, and no event of the caller's twice.
#[test]
fn cancel_by_and_repeats() {
    let mut table = Table::new();
    let terms = json!({ "price": usd(10_000), "schedule": { "start": "2025-04-01", "cycle": "monthly" } });
    let shown = |on: &str| ("preview", json!([terms, { "on": on, "payments": 2 }]));
    let by = |first: Value| json!({ "gives": { "payments": [{ "cancelBy": first }, { "cancelBy": "2025-04-30" }] } });
    table.call("due on the day", shown("2025-04-01"), by(json!(null)));
    table.call("due tomorrow", shown("2025-03-31"), by(json!("2025-03-31")));

    let top_up =
        |id: &str, amount: i64| event("unscheduled_charge", json!({ "id": id, "amount": usd(amount) }), "2025-04-11");
    let paid = [top_up("one", 500), top_up("one", 500), lived("2025-04-11", "2025-04-11")];
    let waits = json!({ "gives": { "type": "wait", "until": "2025-05-01" } });
    table.row("a known id changes nothing", &paid, action("2025-04-11"), waits);
    let late = [&paid[..], &[top_up("one", 500)]].concat();
    let waits = json!({ "gives": { "type": "wait", "until": "2025-05-01" } });
    table.row("nor after it is settled", &late, action("2025-04-11"), waits);
    let two = [&paid[..], &[top_up("two", 500)]].concat();
    table.row("another id is another charge", &two, action("2025-04-11"), charge(json!({ "number": 1, "extra": 2 })));
    let other = ("applyEvent", json!([top_up("one", 700)]));
    let refused = json!({ "fails": { "path": "/event/id" } });
    table.row("a known id with other content", &paid, other, refused);
    table.holds();
}
