//! What a support desk does with one subscription, each thing as an event; then what it reads: where the customer stands, what
//! comes next, what was paid and for what.
//!
//!     cargo run --example support_desk
//!
//! `examples/node/support-desk.mjs` is the same desk in JavaScript and prints the same lines.

use std::error::Error;

use billing_rules::{
    CancellationOptions, Cycle, Date, Decline, Effective, Event, Line, Money, OverviewOptions, PlanChange,
    PreviewOptions, Retry, Schedule, Subscription, Terms, to_json,
};

/// What a desk stores in one transaction: the subscription, and each event that it applied.
struct Desk {
    row: Subscription,
    history: Vec<Event>,
}

impl Desk {
    fn record(&mut self, event: Event) -> Result<(), Box<dyn Error>> {
        self.row = self.row.apply(&event)?;
        self.history.push(event);
        Ok(())
    }

    /// Begins the payment that is due, as the nightly run does; gives its reference.
    fn begin(&mut self, on: Date) -> Result<String, Box<dyn Error>> {
        let action = self.row.next_action(on)?;
        let reference = action.payment().ok_or("nothing is due")?.reference.clone();
        self.record(Event::attempt_started(&reference, on))?;
        Ok(reference)
    }

    fn pay(&mut self, on: Date) -> Result<String, Box<dyn Error>> {
        let reference = self.begin(on)?;
        self.record(succeeded(&reference, &format!("ch-{reference}"), on))?;
        Ok(reference)
    }

    fn decline(&mut self, on: Date) -> Result<(), Box<dyn Error>> {
        let reference = self.begin(on)?;
        self.record(Event::payment_declined(reference, Decline::new(Retry::Allowed), on))
    }

    /// Records an event, then shows the balance, and what a cancellation on that day would give back.
    fn report(&mut self, what: &str, event: Event) -> Result<(), Box<dyn Error>> {
        let on = event.on();
        self.record(event)?;
        let quote = self.row.quote_cancellation(on, CancellationOptions::new())?;
        print(on, what, &[self.row.balance(), quote.refund]);
        Ok(())
    }
}

fn succeeded(reference: &str, provider_reference: &str, on: Date) -> Event {
    let (reference, provider_reference) = (reference.into(), Some(provider_reference.into()));
    Event::PaymentSucceeded { reference, provider_reference, amount: None, on }
}

fn rescheduled(next: Date, on: Date) -> Event {
    Event::Rescheduled { next, on, anchor_day: None, between: None }
}

fn reason(lines: &[Line]) -> String {
    lines.iter().map(Line::note).collect::<Vec<_>>().join("; ")
}

fn print(on: Date, text: &str, amounts: &[Money]) {
    let amounts: String = amounts.iter().map(|amount| format!("  {:>12}", amount.to_string())).collect();
    println!("{on}  {text:<30}{amounts}");
}

fn main() -> Result<(), Box<dyn Error>> {
    let day = |month, day| Date::new(2026, month, day);
    let schedule = Schedule::new(day(1, 15)?, Cycle::MONTHLY);
    let terms = Terms::new("300.00 NOK".parse()?, schedule).with_trial_start(day(1, 1)?);
    let created = Subscription::new("gym-1", terms)?;
    let mut desk = Desk { row: created.clone(), history: Vec::new() };

    println!("What happened                                    balance  if cancelled");

    // The customer wants to try for another week. The card is verified already.
    desk.pay(day(1, 1)?)?;
    let start = desk.row.next_due_date().ok_or("no schedule")?;
    desk.report("trial extended", rescheduled(start.add_days(7)?, day(1, 10)?))?;

    // The first payment, of which the provider reports a second charge.
    let reference = desk.pay(day(1, 22)?)?;
    desk.report("charged twice", succeeded(&reference, "ch-again", day(1, 23)?))?;
    for overpayment in desk.row.overpayments().to_vec() {
        let provider_reference = overpayment.provider_reference;
        let id = format!("refund-of-{}", provider_reference.as_deref().unwrap_or_default());
        let on = day(1, 24)?;
        desk.report(
            "overpayment refunded",
            Event::OverpaymentRefunded { id, reference: None, provider_reference, on },
        )?;
    }

    // Somebody refunded a part at the provider: its webhook reports it, and days later that the bank returned the money.
    let elsewhere = Event::Refunded {
        id: "re-1".into(),
        amount: "100.00 NOK".parse()?,
        kind: None,
        reference: None,
        provider_reference: Some(format!("ch-{reference}")),
        on: day(1, 27)?,
    };
    desk.report("refunded elsewhere", elsewhere)?;
    let (id, of) = ("re-1-failed".into(), "re-1".into());
    desk.report("refund reversed", Event::RefundReversed { id, of, amount: None, on: day(1, 29)? })?;

    // The customer wants to pay on the 1st. The days until then are a payment of their own, on the old day.
    desk.report("billing day moved", rescheduled(day(3, 1)?, day(1, 30)?))?;
    desk.pay(day(2, 22)?)?;

    // Two attempts are declined. The customer calls before the next one is due, with another card.
    desk.decline(day(3, 1)?)?;
    desk.decline(day(3, 2)?)?;
    let asked = Event::PaymentRequested { on: day(3, 3)?, customer_present: Some(true) };
    desk.report("payment requested now", asked)?;
    desk.pay(day(3, 3)?)?;

    // A cheaper plan leaves a balance in the customer's favour. They want it on their account.
    let on = day(3, 10)?;
    let cheaper = PlanChange::new("200.00 NOK".parse::<Money>()?, on).with_effective(Effective::OnDate);
    desk.report("plan changed", Event::plan_changed(&cheaper, None, on))?;
    let balance = desk.row.balance();
    let amount = Money::zero(balance.currency()).checked_sub(balance)?;
    desk.report("balance paid out", Event::BalancePaidOut { id: "payout-1".into(), amount, on: day(3, 11)? })?;

    // Goodwill lowers the next payment. What is given so is never paid out.
    let amount = "50.00 NOK".parse()?;
    let goodwill = Event::Credited { id: "ticket-4711".into(), amount, note: None, on: day(3, 12)? };
    desk.report("goodwill credited", goodwill)?;

    // The customer is away in April.
    let away = Event::PaymentsSkipped { id: "away-in-april".into(), payments: 1, on: day(3, 20)? };
    desk.report("one payment skipped", away)?;

    // In July nobody comes: the pause begins and ends by itself.
    let (from, until) = (Some(day(7, 1)?), Some(day(8, 1)?));
    desk.report("pause planned", Event::Paused { from, until, schedule: None, on: day(3, 21)? })?;

    let Desk { row, history } = desk;
    let today = day(3, 21)?;
    let overview = row.overview(today, OverviewOptions::new())?;
    let entitlement = overview.entitlement;
    let paid_through = overview.paid_through.ok_or("nothing was paid for")?;
    let until = entitlement.until.ok_or("no service")?;
    let pause = overview.pause.ok_or("no pause")?;
    let back = pause.until.ok_or("an open pause")?;
    let next = overview.next_charge.ok_or("no next charge")?;
    println!("\nOverview on {today}\n");
    println!("{}, paid through {paid_through}; service until {until} ({})", overview.phase, entitlement.reason);
    println!("paused from {} until {back}", pause.from);
    println!("next charge {} on {}: {}", next.amount, next.due_date, reason(&next.lines));

    println!("\nWhat comes next\n");
    for payment in row.upcoming(&PreviewOptions::new(today).with_payments(3))?.payments {
        let cancel_by = payment.cancel_by.ok_or("a cancellation does not prevent it")?;
        print(payment.due_date, &format!("cancel by {cancel_by}"), &[payment.amount]);
        println!("  {}", reason(&payment.lines));
    }

    // The log alone leads to the stored value, and has each payment with its lines.
    let replayed = created.replay(&history, today)?;
    if to_json(&replayed.subscription) != to_json(&row) {
        return Err("the log is not that of the stored value".into());
    }
    println!("\nWhat was paid, by the {} events that lead to what is stored\n", history.len());
    for moment in &replayed.timeline {
        let (Some(Event::PaymentSucceeded { .. }), Some(action)) = (&moment.event, &moment.action) else { continue };
        let Some(payment) = action.payment() else { continue };
        print(moment.on, &payment.reference, &[payment.amount]);
        println!("  {}", reason(&payment.lines));
    }
    Ok(())
}
