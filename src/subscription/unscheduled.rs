//! Beside the schedule: unscheduled charges, verifications, another card, another provider (R5.11, R4.2).

use super::event::ReplacedBy;
use super::record::{PaymentKey, Record, Request};
use super::state::{CardBlock, Subscription};
use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::indicator::EstablishedBy;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::line::{Line, LineKind, LineRule};

impl Request {
    /// A request of the caller's, by its id and a digest of what it asks for.
    fn new(id: &str, amount: Money, note: &str, customer_present: bool) -> Result<Self, Error> {
        let fits = (1..=64).contains(&id.chars().count()) && !id.chars().any(char::is_control);
        if !fits {
            let message = "expected 1 to 64 characters, none of them a control character";
            return Err(Error::new(Code::InvalidString, "/event/id", message));
        }
        let mut content = Agreed::new("unscheduled_charge 1");
        content.money("amount", amount);
        content.word("note", note);
        content.word("customerPresent", if customer_present { "true" } else { "false" });
        Ok(Self { id: id.into(), content: content.digest().chars().take(16).collect() })
    }
}

fn id_reused() -> Error {
    Error::new(Code::IdReused, "/event/id", "an event with this id and other content was applied before")
}

impl Subscription {
    pub(super) fn charge_unscheduled(
        &mut self,
        id: &str,
        amount: Money,
        note: Option<&str>,
        customer_present: bool,
        on: Date,
    ) -> Result<(), Errors> {
        let note = note.unwrap_or("an unscheduled charge");
        let request = Request::new(id, amount, note, customer_present)?;
        if let Some(known) = self.state.records.iter().filter_map(|record| record.request.as_ref()).find(|r| r.id == id)
        {
            return if *known == request { Ok(()) } else { Err(id_reused().into()) };
        }
        self.not_ended()?;
        self.scheduled_here()?;
        self.terms.price.same_currency(amount, "/event/amount/currency")?;
        if amount.amount() <= 0 {
            return Err(Error::new(Code::OutOfRange, "/event/amount/amount", "expected an amount above zero").into());
        }
        let line = Line::apart(LineKind::Unscheduled, amount, LineRule::Unscheduled, note.into());
        let number = self.number_on(on)?;
        let record = Record::beside(PaymentKind::Unscheduled, self.key_beside(number), on, amount);
        self.state.records.push(Record { customer_present, request: Some(request), lines: vec![line], ..record });
        Ok(())
    }

    /// A verification that is open already stays the only one.
    pub(super) fn request_verification(&mut self, on: Date) -> Result<(), Errors> {
        self.not_over()?;
        let open = |record: &Record| record.kind == PaymentKind::Verification && record.is_open();
        if self.state.records.iter().any(open) {
            return Ok(());
        }
        let verified = self.state.records.iter().any(|record| record.kind == PaymentKind::Verification);
        let place = if verified { self.key_beside(self.number_on(on)?) } else { PaymentKey::VERIFICATION };
        let record = self.verification(place, on);
        self.state.records.push(record);
        Ok(())
    }

    /// The place of a new payment beside the schedule.
    pub(super) fn key_beside(&self, number: u32) -> PaymentKey {
        let extras = self.state.records.iter().filter(|record| record.number == number).map(|record| record.extra);
        PaymentKey { number, extra: extras.max().unwrap_or(0).saturating_add(1) }
    }

    /// The number of the period that contains a day; the last one after the end, 0 before the start (R5.6).
    fn number_on(&self, on: Date) -> Result<u32, Errors> {
        let own = self.next_own()?.filter(|own| own.due_date <= on);
        let begun = self.own_records().rfind(|record| record.due_date <= on).map(|record| record.number);
        let Some(own) = own else { return Ok(begun.unwrap_or(0)) };
        Ok(self.number_due(on)?.unwrap_or(own.number))
    }

    pub(super) fn replace_card(&mut self, by: ReplacedBy, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        self.state.card = self.state.card.saturating_add(1);
        match by {
            ReplacedBy::Verification => {
                self.state.established = EstablishedBy::Verification;
                self.state.card_block = None;
            }
            ReplacedBy::Payment => {
                self.state.established = EstablishedBy::None;
                self.state.card_block = None;
                self.state.checkout_since = Some(on);
            }
            // A new number for the same card: the cardholder's word stands (R6.2).
            ReplacedBy::Updater => {
                self.state.card_block = self.state.card_block.filter(|bound| *bound == CardBlock::Revoked)
            }
        }
        Ok(())
    }

    pub(super) fn change_provider(&mut self, on: Date) -> Result<(), Errors> {
        self.not_ended()?;
        self.nothing_in_flight()?;
        self.state.card = self.state.card.saturating_add(1);
        self.state.established = EstablishedBy::None;
        self.state.card_block = None;
        self.state.checkout_since = Some(on);
        Ok(())
    }
}
