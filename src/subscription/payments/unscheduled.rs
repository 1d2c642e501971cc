//! Unscheduled charges: top-ups, usage (R5.11).

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::Errors;
use crate::money::Money;
use crate::payment::PaymentKind;
use crate::pricing::line::{Line, LineKind, LineRule};
use crate::pricing::note::Note;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::owed::known_id;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// A requested charge.
pub(crate) struct Charge<'a> {
    pub(crate) id: &'a str,
    pub(crate) amount: Money,
    pub(crate) note: &'a str,
    pub(crate) customer_present: bool,
}

impl Charge<'_> {
    /// Returns the content of the id.
    fn content(&self) -> Agreed {
        let mut content = Agreed::new("unscheduled_charge 1");
        content.money("amount", self.amount);
        content.word("note", self.note);
        content.word("customerPresent", if self.customer_present { "true" } else { "false" });
        content
    }
}

/// Applies `unscheduled_charge`. It changes nothing if the id is known.
pub(crate) fn charge(life: &mut Subscription, charge: &Charge<'_>, on: Date) -> Result<(), Errors> {
    if known_id::is_known(life, charge.id, charge.content())? {
        return Ok(());
    }
    guard::not_ended(life)?;
    guard::scheduled_here(life)?;
    let Charge { amount, note, customer_present, .. } = *charge;
    guard::amount_above_zero(life, amount)?;
    let line = Line::apart(LineKind::Unscheduled, amount, LineRule::Unscheduled, Note::Text(note.into()));
    let key = life.state.ledger.key_beside(due::number_on(life, on)?);
    let record = Record::beside(PaymentKind::Unscheduled, key, on, amount);
    life.state.ledger.begin(Record { customer_present, lines: vec![line], ..record });
    Ok(())
}
