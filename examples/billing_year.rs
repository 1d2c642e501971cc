//! A year of billing: every day of a year, the backend asks what each subscription needs, does it and records it
//! (docs/lifecycle.md). The provider is played: it declines some attempts, always the same ones.
//!
//!     cargo run --example billing_year -- --year 2026
//!
//! `examples/node/billing-year.mjs` is the same year in JavaScript and prints the same lines.

use std::error::Error;

use billing_rules::providers::outcome::{Outcome, OutcomeStatus, event_from_outcome};
use billing_rules::{
    Action, Cycle, Date, Decline, Event, Imported, Money, Payment, Recurrence, Retry, Schedule, Status, Subscription,
    Terms, Unit,
};
use serde_json::Value;

const SHOWN: &str = "gym-member-01";
const FAILING: &str = "print-magazine-1";

/// A field of something stored, as the type that is asked for.
fn field<T: serde::de::DeserializeOwned>(stored: &Value, name: &str) -> Result<T, serde_json::Error> {
    T::deserialize(stored.get(name).unwrap_or(&Value::Null))
}

/// The subscription as the backend stores it on 1 January, with the payments that were made before taken as settled.
fn import_stored(stored: &Value, first: Date) -> Result<Subscription, Box<dyn Error>> {
    let schedule: Schedule = field(stored, "schedule")?;
    let terms = Terms::new(field(stored, "price")?, schedule);
    let payments = u32::try_from(schedule.due_dates().take_while(|day| *day < first).count())?;
    let id: String = field(stored, "id")?;
    Ok(match payments {
        0 => Subscription::new(&id, terms)?,
        _ => Subscription::import(&id, terms, Imported::new(payments, field(stored, "establishedBy")?))?,
    })
}

/// The provider. The reference alone decides, so that whoever repeats the year sees the same declines.
fn send(Payment { reference, attempt, .. }: &Payment, id: &str, today: Date) -> Outcome {
    let sum: u32 = reference.bytes().map(u32::from).sum();
    let unlucky = (*attempt == 1 && sum.is_multiple_of(7)) || (*attempt == 2 && sum.is_multiple_of(11));
    let broken = id == FAILING && today.month() >= 6;
    if !unlucky && !broken {
        let provider_reference = Some(format!("ch-{reference}"));
        return Outcome {
            status: OutcomeStatus::Succeeded,
            provider_reference,
            decline: None,
            credential: None,
            retry_after_seconds: None,
        };
    }
    let decline = Decline::new(Retry::Allowed).with_code("51").with_scheme("visa").with_reason("insufficient funds");
    Outcome {
        status: OutcomeStatus::Declined,
        provider_reference: None,
        decline: Some(decline),
        credential: None,
        retry_after_seconds: None,
    }
}

/// What happened: an attempt with its outcome, or the end, which has no payment.
struct Entry {
    on: Date,
    id: String,
    what: &'static str,
    payment: Option<Box<Payment>>,
    outcome: &'static str,
    status: Status,
}

/// What one subscription needs on one day: changes its row as it is then to be stored, and tells what happened. One
/// action a day is enough: what is left shows itself tomorrow, and who was declined is not asked twice a day.
fn bill(row: &mut Subscription, today: Date) -> Result<Option<Entry>, Box<dyn Error>> {
    let (what, payment) = match row.next_action(today)? {
        Action::Finish { status, .. } => {
            *row = row.apply(&Event::Finished { on: today, status })?;
            ("finish", None)
        }
        Action::Checkout { payment, .. } => ("checkout", Some(payment)),
        Action::Charge { payment } => (if payment.attempt > 1 { "retry" } else { "charge" }, Some(payment)),
        // Nothing else happens here: no amount is 0 (record), and no outcome stays unknown (resolve).
        _ => return Ok(None),
    };
    let mut told = "ended";
    if let Some(payment) = &payment {
        // The backend stores the row here, before the request leaves: a crash can then not send it twice.
        *row = row.apply(&Event::attempt_started(&payment.reference, today))?;
        let outcome = send(payment, row.id(), today);
        if let Some(event) = event_from_outcome(payment, &outcome, today) {
            *row = row.apply(&event)?;
        }
        told = outcome.status.as_str();
    }
    Ok(Some(Entry { on: today, id: row.id().into(), what, payment, outcome: told, status: row.status() }))
}

/// A line of the table, from what was noted in its month.
fn line(label: &str, entries: &[&Entry]) -> Result<(), Box<dyn Error>> {
    let payments = |outcome: &'static str| {
        entries.iter().filter(move |entry| entry.outcome == outcome).filter_map(|entry| entry.payment.as_ref())
    };
    let total = |currency: &str| -> Result<String, billing_rules::Error> {
        let amounts = payments("succeeded").map(|payment| payment.amount);
        let mut amounts = amounts.filter(|amount| amount.currency().code() == currency);
        Ok(amounts.try_fold(Money::zero(currency.parse()?), Money::checked_add)?.to_decimal())
    };
    let due = entries.iter().filter(|entry| entry.payment.as_ref().is_some_and(|payment| payment.attempt == 1)).count();
    let (collected, failed) = (payments("succeeded").count(), payments("declined").count());
    let recovered = payments("succeeded").filter(|payment| payment.attempt > 1).count();
    let ended = entries.iter().filter(|entry| entry.outcome == "ended").count();
    let (brl, clp) = (total("BRL")?, total("CLP")?);
    println!("{label:<7}{due:>5}{collected:>11}{brl:>11}{clp:>10}{failed:>8}{recovered:>11}{ended:>7}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let year = std::env::args().skip_while(|argument| argument != "--year").nth(1).unwrap_or("2026".into());
    let year: i32 = year.parse()?;
    let (first, last) = (Date::new(year, 1, 1)?, Date::new(year, 12, 31)?);
    let book: Value = serde_json::from_str(include_str!("book.json"))?;
    let list: Vec<Value> = field(&book, "subscriptions")?;
    let mut rows = Vec::new();
    for stored in &list {
        if field::<Recurrence>(stored, "recurrence")? == Recurrence::External {
            rows.push(import_stored(stored, first)?);
        }
    }
    let mut ledger = Vec::new();
    // The days of a year are a schedule too.
    for today in Schedule::new(first, Cycle::new(1, Unit::Day)?).with_end_date(last)?.due_dates() {
        for row in &mut rows {
            ledger.extend(bill(row, today)?);
        }
    }

    let (count, skipped) = (rows.len(), list.len().saturating_sub(rows.len()));
    println!("A year of billing: {year}, {count} subscriptions ({skipped} skipped: A55 triggers them itself)\n");
    println!("month    due  collected        BRL       CLP  failed  recovered  ended");
    for month in 1..=12 {
        let entries: Vec<&Entry> = ledger.iter().filter(|entry| entry.on.month() == month).collect();
        line(&format!("{year}-{month:02}"), &entries)?;
    }
    line("total", &ledger.iter().collect::<Vec<_>>())?;

    println!("\n{SHOWN}\n\ndate        what      reference                 amount  outcome    status");
    for Entry { on, what, payment, outcome, status, .. } in ledger.iter().filter(|entry| entry.id == SHOWN) {
        let reference = payment.as_ref().map_or("", |payment| &payment.reference);
        let amount = payment.as_ref().map_or(String::new(), |payment| payment.amount.to_string());
        let (on, status) = (on.to_string(), status.as_str());
        println!("{on:<12}{what:<10}{reference:<20}{amount:>12}  {outcome:<11}{status}");
    }
    Ok(())
}
