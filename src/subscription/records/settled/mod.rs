//! Payments that were settled long ago, folded into one short string.
//!
//! No call reads them, because nothing is offered of them any more. A late report of one, or a charge by the provider's
//! schedule, makes it a record again (R5.4, R5.7). The string begins with a check of the rest; the newest payment is first.

mod entry;
#[cfg(test)]
mod tests;

use self::entry::Before;
use super::key::{PaymentKey, PaymentNumber};
use super::mark::Mark;
use super::record::Record;
use super::symbols::{Symbols, push_fixed};
use crate::error::{Code, Error};
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer};
use crate::money::Currency;

/// The folded payments, by their keys, the newest first. Empty while there are none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settled(String);

/// How many symbols the check has.
const CHECK: usize = 4;

/// Where a payment is, or would be, in the string.
struct Place {
    /// Where its entry begins, and where the next older one does.
    from: usize,
    to: usize,
    before: Before,
    found: Option<Record>,
    /// The next older payment, where it was read to know that, and how many characters follow its entry.
    older: Option<(Record, usize)>,
}

impl Settled {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn entries(&self) -> &str {
        self.0.get(CHECK..).unwrap_or_default()
    }

    /// Returns each payment, the newest first. The last one is an error if the library did not write the rest.
    pub(crate) fn records(&self, currency: Currency) -> Records<'_> {
        Records { symbols: Symbols::new(self.entries()), before: Before::default(), currency }
    }

    /// Returns the last number of the schedule in it.
    pub(crate) fn last_number(&self, currency: Currency) -> Result<PaymentNumber, Error> {
        let mut own = self.records(currency).filter(|record| record.as_ref().map_or(true, Record::is_own));
        own.next().map_or(Ok(PaymentNumber::NONE), |record| record.map(|record| record.number))
    }

    /// Returns whether a mark is in the string.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        !self.is_empty() && self.entries().contains(&mark.text())
    }

    /// Adds a payment.
    pub(crate) fn put(&mut self, record: &Record) -> Result<(), Error> {
        let currency = record.amount.currency();
        let place = self.find(record.key(), currency)?;
        self.replace(&place, Some(record), currency)
    }

    /// Removes and returns a payment; `None` if it is not there.
    pub(crate) fn take(&mut self, key: PaymentKey, currency: Currency) -> Result<Option<Record>, Error> {
        if self.is_empty() {
            return Ok(None);
        }
        let place = self.find(key, currency)?;
        if place.found.is_some() {
            self.replace(&place, None, currency)?;
        }
        Ok(place.found)
    }

    /// Returns the keys of the payments that fit, the newest first.
    pub(crate) fn keys_of(&self, currency: Currency, fits: impl Fn(&Record) -> bool) -> Result<Vec<PaymentKey>, Error> {
        let records = self.records(currency);
        let fitting = records.filter(|record| record.as_ref().map_or(true, &fits));
        fitting.map(|record| record.map(|record| record.key())).collect()
    }

    /// Changes every payment.
    pub(crate) fn change_all(&mut self, currency: Currency, change: impl Fn(&mut Record)) -> Result<(), Error> {
        let records: Vec<Record> = self.records(currency).collect::<Result<_, Error>>()?;
        let mut text = String::with_capacity(self.0.len());
        let mut before = Before::default();
        for mut record in records {
            change(&mut record);
            entry::push(&record, &before, &mut text);
            before = Before::of(&record);
        }
        self.seal(&text);
        Ok(())
    }

    fn find(&self, key: PaymentKey, currency: Currency) -> Result<Place, Error> {
        let mut records = self.records(currency);
        loop {
            let (from, before) = (records.position(self), records.before);
            match records.next().transpose()? {
                Some(record) if record.key() > key => {}
                Some(record) if record.key() == key => {
                    return Ok(Place { from, to: records.position(self), before, found: Some(record), older: None });
                }
                older => {
                    let older = older.map(|record| (record, records.symbols.left()));
                    return Ok(Place { from, to: from, before, found: None, older });
                }
            }
        }
    }

    /// Writes a payment, or nothing, at a position, and the next older one again after it.
    fn replace(&mut self, place: &Place, record: Option<&Record>, currency: Currency) -> Result<(), Error> {
        let entries = self.entries();
        let older = entries.get(place.to..).unwrap_or_default();
        let mut text = String::with_capacity(entries.len().saturating_add(32));
        text.push_str(entries.get(..place.from).unwrap_or_default());
        let mut before = place.before;
        if let Some(record) = record {
            entry::push(record, &before, &mut text);
            before = Before::of(record);
        }
        if !older.is_empty() {
            let left = match &place.older {
                Some((next, left)) => {
                    entry::push(next, &before, &mut text);
                    *left
                }
                None => {
                    let mut symbols = Symbols::new(older);
                    let after = place.found.as_ref().map_or(place.before, Before::of);
                    let next = entry::pull(&mut symbols, &after, currency).ok_or_else(malformed)?;
                    entry::push(&next, &before, &mut text);
                    symbols.left()
                }
            };
            let rest = older.len().saturating_sub(left);
            text.push_str(older.get(rest..).unwrap_or_default());
        }
        self.seal(&text);
        Ok(())
    }

    /// Keeps the entries, with their check.
    fn seal(&mut self, entries: &str) {
        self.0.clear();
        if !entries.is_empty() {
            push_fixed(check(entries), CHECK, &mut self.0);
            self.0.push_str(entries);
        }
    }
}

/// Returns a check of a string, in 24 bits: one in sixteen million other strings has the same.
fn check(text: &str) -> u64 {
    const START: u64 = 0xcbf2_9ce4_8422_2325;
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (words, rest) = text.as_bytes().as_chunks::<8>();
    let add = |sum: u64, word: [u8; 8]| (sum.rotate_left(29) ^ u64::from_le_bytes(word)).wrapping_mul(FACTOR);
    let mut sum = words.iter().fold(START, |sum, word| add(sum, *word));
    if !rest.is_empty() {
        let mut word = [0; 8];
        word.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
        sum = add(sum, word);
    }
    sum.wrapping_shr(40)
}

fn malformed() -> Error {
    Error::new(Code::InconsistentState, "/subscription/state/settled", "the folded payments cannot be read")
}

impl Sealed for Settled {}

impl Shape for Settled {
    fn read(node: &Node<'_>) -> Self {
        let settled = Self(node.text().unwrap_or_default().into());
        let entries = settled.entries();
        let is_whole =
            settled.is_empty() || !entries.is_empty() && Symbols::new(&settled.0).fixed(CHECK) == Some(check(entries));
        if node.has_no_errors() && !is_whole {
            node.problem(Code::InconsistentState, "the folded payments are not what the library wrote".into());
        }
        settled
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.0);
    }
}

/// Reads the entries one after the other.
pub(crate) struct Records<'a> {
    symbols: Symbols<'a>,
    before: Before,
    currency: Currency,
}

impl Records<'_> {
    fn position(&self, of: &Settled) -> usize {
        of.entries().len().saturating_sub(self.symbols.left())
    }
}

impl Iterator for Records<'_> {
    type Item = Result<Record, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.symbols.left() == 0 {
            return None;
        }
        let Some(record) = entry::pull(&mut self.symbols, &self.before, self.currency) else {
            // Nothing after it can be read either.
            self.symbols = Symbols::new("");
            return Some(Err(malformed()));
        };
        self.before = Before::of(&record);
        Some(Ok(record))
    }
}
