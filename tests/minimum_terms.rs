//! 6 000 minimum terms computed by brute force over days in Python, of `tests/oracle/minimum_terms.py`, and what lives make of
//! them (R10).
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "a test ends where its data is broken")]

use billing_rules::{
    Action, CancellationOptions, Code, Date, EstablishedBy, Event, Imported, Money, PreviewOptions, Script,
    Subscription, Terms, When, from_json, to_json,
};
use serde_json::{Value, json};
use std::collections::HashMap;

/// A row of the file: its fields by the names of their columns.
struct Row<'a>(HashMap<&'a str, &'a str>);

fn rows() -> Vec<Row<'static>> {
    let mut lines = include_str!("oracle/minimum_terms.csv").lines();
    let columns: Vec<&str> = lines.next().unwrap().split(',').collect();
    let rows: Vec<Row<'static>> =
        lines.map(|line| Row(columns.iter().copied().zip(line.split(',')).collect())).collect();
    assert_eq!(rows.len(), 6_000);
    rows
}

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

    fn day(&self, column: &str) -> Option<Date> {
        self.get(column).parse().ok()
    }

    fn on(&self) -> Date {
        self.day("on").unwrap()
    }

    fn terms(&self) -> Terms {
        let commitment = match self.get("committed") {
            "payments" => json!({ "payments": self.number("commitment") }),
            "until" => json!({ "until": self.text("commitment") }),
            _ => Value::Null,
        };
        let notice = match self.get("noticeTo") {
            "" => Value::Null,
            to => json!({ "every": self.number("noticeEvery"), "unit": self.text("noticeUnit"), "to": to }),
        };
        let terms = json!({
            "price": { "amount": 9_700, "currency": "NOK" },
            "schedule": {
                "start": self.text("start"), "cycle": { "every": self.number("every"), "unit": self.text("unit") },
                "anchorDay": self.number("anchorDay"), "paymentCount": self.number("paymentCount"),
            },
            "trialStart": self.text("trialStart"), "commitment": commitment, "notice": notice,
        });
        from_json(&terms.to_string()).unwrap()
    }

    /// The subscription whose payments were made until the day of the row.
    fn subscription(&self) -> Subscription {
        let terms = self.terms();
        let paid = terms.schedule.unwrap().due_dates().take_while(|due_date| *due_date <= self.on()).count();
        let imported = Imported::new(paid.try_into().unwrap(), EstablishedBy::Payment);
        Subscription::import("sub-1", terms, imported).unwrap()
    }
}

#[test]
fn the_earliest_end_is_the_first_day_that_can_be_one() {
    for row in rows() {
        let terms = row.terms();
        assert_eq!(terms.earliest_end(row.on()), Ok(row.day("earliestEnd")), "{:?}", row.0);
    }
}

#[test]
fn a_subscription_has_the_earliest_end_of_its_terms() {
    let mut refused = 0u32;
    for row in rows() {
        let Some(end) = row.day("earliestEnd") else { continue };
        let (life, on) = (row.subscription(), row.on());
        assert_eq!(life.earliest_end(on), Ok(Some(end)), "{:?}", row.0);
        // The day is the one of `earliest`, and the first that is accepted.
        let quote = life.quote_cancellation(on, CancellationOptions::new().with_when(When::Earliest)).unwrap();
        assert_eq!(quote.effective, end, "{:?}", row.0);
        assert!(life.apply(&Event::cancelled(When::On(end), on)).is_ok(), "{:?}", row.0);
        if let Some(before) = end.plus_days(-1).filter(|before| *before >= on) {
            let errors = life.apply(&Event::cancelled(When::On(before), on)).unwrap_err();
            assert_eq!((errors.first().code(), errors.first().path()), (Code::Committed, "/event/when"));
            let named = format!("`{end}`");
            assert!(errors.first().message().contains(&named), "{:?}: {errors}", row.0);
            refused = refused.saturating_add(1);
        }
        let early = Event::Cancelled { when: None, early: Some(true), final_payment: None, digest: None, on };
        assert!(life.apply(&early).is_ok());
    }
    assert!(refused > 2_000, "{refused}");
}

#[test]
fn a_payment_can_be_cancelled_by_the_last_day_that_prevents_it() {
    let mut compared = 0u32;
    for row in rows() {
        let (Some(due_date), Some(_)) = (row.day("dueDate"), row.day("earliestEnd")) else { continue };
        let options = PreviewOptions::new(row.on()).with_payments(30);
        let upcoming = row.subscription().upcoming(&options).unwrap();
        let payment = upcoming.payments.iter().find(|payment| payment.due_date == due_date).unwrap();
        assert_eq!(payment.cancel_by, row.day("cancelBy"), "{:?}", row.0);
        // Before the first payment, the preview has the same.
        let preview = row.terms().preview(&options).unwrap();
        if let Some(payment) = preview.payments.iter().find(|payment| payment.due_date == due_date) {
            assert_eq!(payment.cancel_by, row.day("cancelBy"), "{:?}", row.0);
            compared = compared.saturating_add(1);
        }
    }
    assert!(compared > 100, "{compared}");
}

/// The total of a preview is what a customer pays who cancels as early as possible once the first payment is made.
#[test]
fn the_total_is_what_the_minimum_term_costs() {
    let mut compared = 0u32;
    for row in rows() {
        let terms = row.terms();
        let start = terms.schedule.unwrap().start();
        let preview = terms.preview(&PreviewOptions::new(start)).unwrap();
        let (Some(_), None) = (terms.commitment, last(&terms)) else { continue };
        let begun = Subscription::new("sub-1", terms.clone()).unwrap();
        let first = begun.next_action(start).unwrap();
        let Some(payment) = first.payment().filter(|payment| payment.number == 1) else { continue };
        let paid = begun.apply(&Event::payment_succeeded(&payment.reference, start)).unwrap();
        assert_eq!(begun.upcoming(&PreviewOptions::new(start)).unwrap().total, preview.total, "{:?}", row.0);

        let cancelled = paid.apply(&Event::cancelled(When::Earliest, start)).unwrap();
        let end = preview.earliest_end.unwrap();
        let run = cancelled.simulate(&Script::new(start, end)).unwrap();
        assert_eq!(run.subscription.next_action(end), Ok(Action::None { status: run.subscription.status() }));
        let total = run.timeline.iter().filter_map(|moment| match &moment.action {
            Some(Action::Charge { payment } | Action::Checkout { payment, .. }) => Some(payment.amount.amount()),
            _ => None,
        });
        // Of the payment that was made already, the rest is given back.
        let quote = paid.quote_cancellation(start, CancellationOptions::new().with_when(When::Earliest)).unwrap();
        let total = total.fold(payment.amount.checked_sub(quote.refund).unwrap().amount(), i64::saturating_add);
        assert_eq!(preview.total.map(Money::amount), Some(total), "{:?}", row.0);
        compared = compared.saturating_add(1);
    }
    assert!(compared > 1_000, "{compared}");
}

/// The last due date of terms that end by themselves.
fn last(terms: &Terms) -> Option<Date> {
    terms.schedule?.last_payment().unwrap().map(|last| last.due_date)
}

/// Terms without either are written, and answer, as before.
#[test]
fn nothing_of_it_is_in_terms_without_a_minimum_term() {
    let terms: Terms =
        from_json(r#"{"price":{"amount":9900,"currency":"NOK"},"schedule":{"start":"2026-01-01","cycle":"monthly"}}"#)
            .unwrap();
    let on: Date = "2026-01-01".parse().unwrap();
    let paid = Subscription::new("sub-1", terms.clone()).unwrap().apply(&Event::payment_succeeded("sub-1-1-0-1", on));
    let answers = [
        to_json(&terms),
        to_json(&paid.clone().unwrap()),
        to_json(&terms.preview(&PreviewOptions::new(on)).unwrap()),
        to_json(&paid.unwrap().upcoming(&PreviewOptions::new(on)).unwrap()),
    ];
    for answer in answers {
        let found = ["commit", "notice", "earliest"].iter().find(|name| answer.contains(**name));
        assert_eq!(found, None, "{answer}");
    }
}
