//! The stored form of a subscription: plain JSON, read and checked before it is used.

use super::days::next_action_on;
use super::owed::minimum_term;
use super::records::attempt::Outcome;
use super::records::card::Card;
use super::records::key::{PaymentNumber, check_id};
use super::records::ledger::Ledger;
use super::records::pending_change::{PendingChange, PendingPlanChange};
use super::records::record::{PaymentStatus, Record};
use super::records::refunds::Refund;
use super::records::state::{EndReason, State, Subscription};
use super::status::Status;
use crate::date::Date;
use crate::error::{Code, Error};
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};
use crate::money::Money;

/// The format of the stored JSON.
const FORMAT: i64 = 1;

impl Subscription {
    const FIELDS: Keys = "format id terms status current payments nextDueDate nextActionOn pending endReason balance \
                          overpayments state";
}

impl Shape for Subscription {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| {
            fields.node("format").integer(FORMAT, FORMAT);
            let id = fields.node("id");
            let id = id.text().and_then(|text| id.ok_or_report(check_id(text).map_err(Error::at_root)));
            let (terms, status, current) =
                (fields.required("terms"), fields.required("status"), fields.required("current"));
            let (payments, next_due_date): (u32, Option<Date>) =
                (fields.required("payments"), fields.nullable("nextDueDate"));
            let pending: Option<Vec<PendingPlanChange>> = fields.nullable("pending");
            let mut whole = Self {
                id: id.unwrap_or_default(),
                terms,
                status,
                current,
                balance: fields.required("balance"),
                overpayments: fields.required("overpayments"),
                next_action_on: fields.nullable("nextActionOn"),
                end_reason: fields.nullable("endReason"),
                state: fields.required("state"),
            };
            if fields.have_no_errors() {
                let differs = whole.payments() != payments || whole.next_due_date() != next_due_date;
                let reason = differs.then_some("expected `payments` and `nextDueDate` that match the state");
                if let Some(reason) = inconsistency(&whole).or(reason).or(misstated(&whole, pending)) {
                    node.problem(Code::InconsistentState, reason.into());
                } else {
                    complete(&mut whole);
                }
            }
            whole
        })
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.integer_field("format", FORMAT);
        to.required("id", &self.id);
        to.required("terms", &self.terms);
        to.required("status", &self.status);
        to.required("current", &self.current);
        to.required("payments", &self.payments());
        to.nullable("nextDueDate", &self.next_due_date());
        to.nullable("nextActionOn", &self.next_action_on);
        to.required("pending", &self.pending());
        to.nullable("endReason", &self.end_reason);
        to.required("balance", &self.balance);
        to.required("overpayments", &self.overpayments);
        to.required("state", &self.state);
        to.end_object();
    }
}

serde_by_shape!(Subscription);

impl State {
    const FIELDS: Keys = "on established cardBlock card checkoutSince begun ending endsOn waives committedUntil over paused pauses skips ended exhausted imported changes \
                          given refunds returned requests setupCharged settled records";
}

impl Shape for State {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| Self {
            on: fields.nullable("on"),
            card: Card::read_fields(fields),
            begun: fields.defaulted("begun"),
            ending: fields.defaulted("ending"),
            ends_on: fields.optional("endsOn"),
            waives: fields.defaulted("waives"),
            committed_until: fields.optional("committedUntil"),
            over: fields.optional("over"),
            paused: fields.optional("paused"),
            pauses: fields.defaulted("pauses"),
            skips: fields.defaulted("skips"),
            ended: fields.optional("ended"),
            exhausted: fields.defaulted("exhausted"),
            imported: PaymentNumber::new(fields.defaulted("imported")),
            changes: fields.defaulted("changes"),
            given: fields.optional("given"),
            refunds: fields.defaulted("refunds"),
            returned: fields.defaulted("returned"),
            requests: fields.defaulted("requests"),
            setup_charged: fields.defaulted("setupCharged"),
            ledger: Ledger::read_fields(fields),
        })
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.nullable("on", &self.on);
        self.card.write_fields(to);
        to.defaulted("begun", &self.begun);
        to.defaulted("ending", &self.ending);
        to.optional("endsOn", &self.ends_on);
        to.defaulted("waives", &self.waives);
        to.optional("committedUntil", &self.committed_until);
        to.optional("over", &self.over);
        to.optional("paused", &self.paused);
        to.defaulted("pauses", &self.pauses);
        to.defaulted("skips", &self.skips);
        to.optional("ended", &self.ended);
        to.defaulted("exhausted", &self.exhausted);
        to.defaulted("imported", &self.imported.get());
        to.defaulted("changes", &self.changes);
        to.optional("given", &self.given);
        to.defaulted("refunds", &self.refunds);
        to.defaulted("returned", &self.returned);
        to.defaulted("requests", &self.requests);
        to.defaulted("setupCharged", &self.setup_charged);
        self.ledger.write_fields(to);
        to.end_object();
    }
}

serde_by_shape!(State);

/// Returns why a field that may be left out contradicts the state, if so.
fn misstated(life: &Subscription, pending: Option<Vec<PendingPlanChange>>) -> Option<&'static str> {
    if pending.is_some_and(|pending| pending != life.pending()) {
        Some("expected `pending` to match the state")
    } else if life.end_reason.is_some() && !life.status.is_final() {
        Some("expected no `endReason` before the end")
    } else {
        None
    }
}

/// Derives the fields that were left out (R11).
fn complete(life: &mut Subscription) {
    if life.next_action_on.is_none() {
        life.next_action_on = next_action_on::of(life);
    }
    if life.end_reason.is_none() && life.status.is_final() {
        let is_unpaid = life.state.ledger.own().any(|record| record.status == PaymentStatus::Stopped);
        life.end_reason = Some(match life.status {
            Status::Expired if is_unpaid => EndReason::Unpaid,
            Status::Expired => EndReason::Completed,
            _ => EndReason::Cancelled,
        });
    }
}

/// Returns why no history leads to this state, if so.
fn inconsistency(life: &Subscription) -> Option<&'static str> {
    let State { ledger, changes, imported, over, .. } = &life.state;
    let currency = life.terms.price.currency();
    let over = over.iter().flat_map(|over| {
        let ahead = over.ahead.map(|ahead| ahead.unused);
        [Some(over.balance), Some(over.unused), ahead, over.given, over.paid_out]
    });
    let refunds = life.state.refunds.iter().flat_map(Refund::amounts);
    let mut amounts = (ledger.iter().flat_map(Record::amounts))
        .chain([life.balance, Money::zero(life.current.price.currency())])
        .chain(life.current.adjusted.iter().flat_map(|adjusted| adjusted.amounts()))
        .chain(life.overpayments.iter().map(|overpaid| overpaid.amount))
        .chain(over.chain([life.state.given]).flatten())
        .chain(refunds);
    let own: Vec<&Record> = ledger.own().collect();
    let folded = ledger.last_folded(currency).ok();
    let first = imported.get().max(1).max(folded.map_or(0, |folded| folded.next().get()));
    // One that was folded is a record again while an attempt at it is unresolved.
    let numbers = own.iter().map(|record| record.number.get()).filter(|number| *number >= first);
    if amounts.any(|amount| amount.currency() != currency) {
        Some("expected every amount in the currency of the terms")
    } else if life.current.schedule.is_some() != life.terms.schedule.is_some() {
        Some("expected a schedule in both `terms` and `current`, or in neither")
    } else if folded.is_none() {
        Some("expected folded payments as the library writes them")
    } else if !numbers.clone().eq((first..).take(numbers.clone().count()))
        || folded > Some(PaymentNumber::NONE) && numbers.count() == 0
    {
        Some("expected payments with consecutive numbers")
    } else if starts_too_late(life, own.last().map(|record| record.number).max(folded)) {
        Some("expected `firstNumber` to be at most the number after the last payment")
    } else if imported.get() >= first && own.first().is_none_or(|record| record.status != PaymentStatus::Imported) {
        Some("expected a record of the last payment that was settled elsewhere")
    } else if ledger.iter().enumerate().any(|(index, record)| is_twice(ledger.iter().take(index), record)) {
        Some("expected each payment number once")
    } else if !own.iter().filter(|own| own.status != PaymentStatus::Stopped).is_sorted_by_key(|own| own.is_open()) {
        Some("expected no settled payment after an open one")
    } else if ledger.iter().any(is_paid_by_nothing) {
        Some("expected a successful attempt for each paid payment")
    } else if changes.iter().any(|change| waits_for_nothing(life, change)) {
        Some("expected the payment that a plan change waits for")
    } else if !life.state.refunds.iter().all(Refund::is_whole) {
        Some("expected money that went back as the library splits it")
    } else if is_given_wrongly(life) {
        Some("expected at most the balance in the customer's favour to be given")
    } else if minimum_term::is_stored_wrongly(life) {
        Some("expected `committedUntil` in terms with a commitment of payments only")
    } else if life.status.is_final() && ledger.open().next().is_some() {
        Some("expected no open payment after the end")
    } else {
        None
    }
}

/// Returns whether the current schedule leaves out numbers: it begins, if need be with a stub before it, with the next
/// one at most.
fn starts_too_late(life: &Subscription, last: Option<PaymentNumber>) -> bool {
    let first = life.current.first();
    let stub = life.current.stub.map(|stub| stub.number()).filter(|number| number.next() == first);
    stub.unwrap_or(first) > last.unwrap_or(PaymentNumber::NONE).next()
}

fn is_given_wrongly(life: &Subscription) -> bool {
    let most = life.balance.negated().at_least_zero();
    life.state.given.is_some_and(|given| given.amount() <= 0 || given.amount() > most.amount())
}

fn is_twice<'a>(mut earlier: impl Iterator<Item = &'a Record>, record: &Record) -> bool {
    earlier.any(|other| other.key() == record.key())
}

fn is_paid_by_nothing(record: &Record) -> bool {
    let is_paid = record.status == PaymentStatus::Paid && record.amount.amount() > 0;
    is_paid && !record.attempts.iter().any(|attempt| attempt.outcome == Outcome::Succeeded)
}

fn waits_for_nothing(life: &Subscription, change: &PendingChange) -> bool {
    change.payment.is_some_and(|key| !life.state.ledger.get(key).is_some_and(Record::is_open))
}
