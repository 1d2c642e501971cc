//! A day's billing run over a book of subscriptions: what is due, who initiates it, and the request to A55, masked for the
//! log.
//!
//!     cargo run --example billing_run -- --on 2026-02-28
//!
//! `examples/node/billing-run.mjs` is the same run in JavaScript and prints the same lines.

use std::collections::BTreeMap;
use std::error::Error;

use billing_rules::providers::a55::{self, Account, Charge, Payer, Subscription as Terms};
use billing_rules::providers::http::{HttpRequest, Secret};
use billing_rules::providers::redact;
use billing_rules::{
    Commitment, Cycle, Date, DocumentTax, EstablishedBy, Indicator, IndicatorInput, Money, Notice, PlanChange,
    PreviewOptions, ProrateInput, Quantities, Recurrence, Schedule, Terms as Agreement, prorate, select_indicator,
};
use serde_json::{Map, Value};

/// A field of something stored, as the type that is asked for.
fn field<T: serde::de::DeserializeOwned>(stored: &Value, name: &str) -> Result<T, serde_json::Error> {
    T::deserialize(stored.get(name).unwrap_or(&Value::Null))
}

struct Subscription {
    id: String,
    plan: String,
    price: Money,
    schedule: Schedule,
    commitment: Option<Commitment>,
    notice: Option<Notice>,
    recurrence: Recurrence,
    established_by: EstablishedBy,
    payer: String,
    card: String,
}

impl Subscription {
    fn read(stored: &Value) -> Result<Self, serde_json::Error> {
        Ok(Self {
            id: field(stored, "id")?,
            plan: field(stored, "plan")?,
            price: field(stored, "price")?,
            schedule: field(stored, "schedule")?,
            commitment: field(stored, "commitment")?,
            notice: field(stored, "notice")?,
            recurrence: field(stored, "recurrence")?,
            established_by: field(stored, "establishedBy")?,
            payer: field(stored, "payer")?,
            card: field(stored, "card")?,
        })
    }
}

impl Subscription {
    /// The first day on which a customer with a minimum term can leave.
    fn earliest_end(&self, on: Date) -> Result<Option<Date>, Box<dyn Error>> {
        let mut agreed = Agreement::new(self.price, self.schedule);
        (agreed.commitment, agreed.notice) = (self.commitment, self.notice);
        let is_bound = self.commitment.is_some() && self.schedule.start() <= on;
        Ok(if is_bound { agreed.earliest_end(on)? } else { None })
    }
}

struct Book {
    account: Account,
    payers: Map<String, Value>,
    cards: Value,
}

impl Book {
    /// The request for the payment that is due, with the code that the cardholder has just typed when it is C1.
    fn request(&self, subscription: &Subscription, number: u32, terms: Terms) -> Result<HttpRequest, Box<dyn Error>> {
        let by_merchant = matches!(terms, Terms::External { indicator: Indicator::M1, .. });
        let mut card: a55::Card = field(&self.cards, &subscription.card)?;
        card.cvv = (!by_merchant).then(|| Secret::new("123"));
        let payer: Payer = field(&Value::Object(self.payers.clone()), &subscription.payer)?;
        let description = format!("{}, payment {number}", subscription.plan);
        let charge = Charge::new(self.account.clone(), payer, subscription.price, description, terms.due_date());
        Ok(a55::create_charge(&Charge {
            idempotency_key: Some(format!("{}-{number}-0-1", subscription.id)),
            ..charge.of_card(card, terms)
        })?)
    }

    fn run(&self, subscription: &Subscription, on: Date) -> Result<(), Box<dyn Error>> {
        let Subscription { id, plan, price, schedule, recurrence, established_by, .. } = subscription;
        println!("{id}: {plan}, {price} {} from {}", cycle(schedule.cycle()), schedule.start());
        let period = schedule.period_on(on)?;
        match period {
            Some(period) => print("period", &format!("{}, {} to {}", period.number, period.start, period.last_day)),
            None => print("period", if on < schedule.start() { "not started" } else { "ended" }),
        }
        match period.filter(|period| period.start == on) {
            None => print("due", "nothing today"),
            Some(period) if *recurrence == Recurrence::Internal && period.number > 1 => {
                print("due", &format!("payment {}, triggered by A55", period.number));
            }
            Some(period) => {
                let answer = select_indicator(&IndicatorInput::new(*recurrence).with_established_by(*established_by));
                let code = match (answer.indicator, answer.mastercard_code) {
                    (Some(indicator), Some(code)) => format!("{} ({})", indicator.as_str(), code.as_str()),
                    _ => "no indicator".into(),
                };
                print("due", &format!("payment {}, {price}, {code}: {}", period.number, answer.reason));
                let terms = match answer.indicator {
                    Some(indicator) => Terms::External { indicator, due_date: period.start },
                    None => Terms::Internal { schedule: *schedule },
                };
                let request = redact(&self.request(subscription, period.number, terms)?);
                print("request", &format!("{} {}", request.method.as_str(), request.url));
                request.headers.iter().for_each(|(name, value)| print("", &format!("{name}: {value}")));
                print("", request.body.as_deref().unwrap_or_default());
            }
        }
        print("next due", &schedule.next_due_date(on)?.map_or("none".into(), |date| date.to_string()));
        if let Some(end) = subscription.earliest_end(on)? {
            print("bound", &format!("cancelled today, it ends on {end}"));
        }
        Ok(())
    }
}

fn change(subscription: &Subscription, wanted: PlanChange) -> Result<(), Box<dyn Error>> {
    let on = wanted.at;
    let to = wanted.to.as_ref().map(ToString::to_string).unwrap_or_default();
    let Subscription { id, plan, price, schedule, .. } = subscription;
    if schedule.period_on(on)?.is_none() {
        return Ok(());
    }
    let answer = prorate(&ProrateInput::new(*schedule, *price, wanted))?;
    println!("{id}: {plan}, {} from {price} to {to}", answer.direction.as_str());
    print("effective", &answer.effective.to_string());
    answer.lines.iter().for_each(|line| print(line.kind.as_str(), &format!("{}, {}", line.amount, line.note())));
    print("due now", &answer.due_now.to_string());
    print("balance", &answer.balance.to_string());
    if let Some(next) = answer.next_payment {
        print("next", &format!("{} on {}", next.amount, next.due_date));
    }
    Ok(())
}

fn seat_change(stored: &Value, on: Date) -> Result<(), Box<dyn Error>> {
    let (id, plan): (String, String) = (field(stored, "id")?, field(stored, "plan")?);
    let schedule: Schedule = field(stored, "schedule")?;
    if schedule.period_on(on)?.is_none() {
        return Ok(());
    }
    let quantities: BTreeMap<String, u32> = field(stored, "quantities")?;
    let change = PlanChange::of_quantities(Quantities::new(quantities), on);
    let nothing = Money::zero("BRL".parse()?);
    let answer = prorate(&ProrateInput::new(schedule, nothing, change).with_from(field(stored, "from")?))?;
    println!("{id}: {plan}, {}", answer.direction.as_str());
    for line in &answer.lines {
        let (quantity, item) = (line.quantity.unwrap_or_default(), line.item.as_deref().unwrap_or_default());
        print(line.kind.as_str(), &format!("{}, {quantity} {item}, {}", line.amount, line.note()));
    }
    print("due now", &answer.due_now.to_string());
    if let Some(next) = answer.next_payment {
        print("next", &format!("{} on {}", next.amount, next.due_date));
    }
    Ok(())
}

/// What a customer would agree to: the first payments, line by line, and what the receipt of each says.
fn offer(stored: &Value) -> Result<(), Box<dyn Error>> {
    let (id, plan): (String, String) = (field(stored, "id")?, field(stored, "plan")?);
    println!("{id}: {plan}");
    let terms: Agreement = field(stored, "terms")?;
    let start = terms.schedule.map(|schedule| schedule.start()).ok_or("no schedule")?;
    for payment in terms.preview(&PreviewOptions::new(start).with_payments(3))?.payments {
        print("due", &format!("{}, {}", payment.due_date, payment.amount));
        for line in &payment.lines {
            print("", &format!("{}, {}, {}", line.kind.as_str(), line.amount, line.note()));
        }
        let document = payment.document()?;
        let named = |tax: &DocumentTax| format!(", {} {} at {} %", tax.tax, tax.id, tax.rate);
        let taxes: String = document.taxes.iter().map(named).collect();
        print("", &format!("receipt, {} net{taxes}", document.net));
    }
    Ok(())
}

fn cycle(cycle: Cycle) -> String {
    cycle.name().map_or_else(|| format!("every {} {}s", cycle.every(), cycle.unit().as_str()), String::from)
}

fn print(label: &str, text: &str) {
    println!("  {label:<10}{text}");
}

fn main() -> Result<(), Box<dyn Error>> {
    let on: Date = match std::env::args().skip_while(|argument| argument != "--on").nth(1) {
        Some(day) => day.parse()?,
        None => Date::new(2026, 2, 28)?,
    };
    let stored: Value = serde_json::from_str(include_str!("book.json"))?;
    let list: Vec<Value> = field(&stored, "subscriptions")?;
    let subscriptions: Vec<Subscription> = list.iter().map(Subscription::read).collect::<Result<_, _>>()?;
    let cards = serde_json::from_str(include_str!("test-cards.json"))?;
    let book = Book { account: field(&stored, "account")?, payers: field(&stored, "payers")?, cards };

    println!("Billing run of {on}, {} subscriptions\n", subscriptions.len());
    for subscription in &subscriptions {
        book.run(subscription, on)?;
    }
    println!("\nChanges of plan on {on}\n");
    for stored in &field::<Vec<Value>>(&stored, "planChanges")? {
        let id: String = field(stored, "id")?;
        let changed = subscriptions.iter().find(|subscription| subscription.id == id).ok_or("no such subscription")?;
        let mut wanted = PlanChange::new(field(stored, "to")?, on);
        wanted.effective = field(stored, "effective")?;
        change(changed, wanted)?;
    }
    println!("\nChanges of seats on {on}\n");
    for stored in &field::<Vec<Value>>(&stored, "seatChanges")? {
        seat_change(stored, on)?;
    }
    println!("\nOffers\n");
    for stored in &field::<Vec<Value>>(&stored, "offers")? {
        offer(stored)?;
    }
    Ok(())
}
