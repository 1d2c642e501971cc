//! Lines, which explain an amount on a receipt or a page without further computation.

use super::costs::{Entry, EntryItem};
use super::fraction::Fraction;
use super::note::Note;
use super::percent::Percent;
use crate::date::Date;
use crate::json::{object, words};
use crate::money::Money;
use crate::schedule::Period;

/// What a line of an amount is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineKind {
    /// A complete period.
    Period,
    /// A stub.
    Stub,
    /// The credit for the unused part of the old price.
    Credit,
    /// The charge for the remaining days at the new price.
    Charge,
    /// A price that is charged once, with the first payment.
    Setup,
    /// A trial.
    Trial,
    /// An unscheduled charge.
    Unscheduled,
    /// A discount.
    Discount,
    /// A tax.
    Tax,
    /// What is missing to the least that a period costs.
    Minimum,
    /// The balance from earlier payments.
    Balance,
    /// A verification of the card, without a charge.
    Verification,
}

words!(LineKind { Period "period", Stub "stub", Credit "credit", Charge "charge", Setup "setup", Trial "trial",
    Unscheduled "unscheduled", Discount "discount", Tax "tax", Minimum "minimum", Balance "balance",
    Verification "verification",
});

/// The days of a line: from `start` up to, but not including, `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Exhaustive: a start and an end define it completely.
pub struct Span {
    /// The first day.
    pub start: Date,
    /// The first day after the span.
    pub end: Date,
}

object!(Span { start: required "start", end: required "end" });

impl From<&Period> for Span {
    fn from(period: &Period) -> Self {
        Self { start: period.start, end: period.end }
    }
}

/// The tax of a tax line.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineTax {
    /// The rate in percent.
    pub rate: Percent,
    /// The net that it is computed on. Negative for a credit.
    pub net: Money,
    /// The tax, also if the other lines include it.
    pub tax: Money,
}

object!(LineTax { rate: required "rate", net: required "net", tax: required "tax" });

/// The rule of docs/rules.md by which a line has its amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum LineRule {
    /// R2.7: a complete period at its price.
    Period,
    /// R3.2: a part of a period, credited or charged.
    Proration,
    /// R3.6: the first period of a schedule that restarts.
    Restart,
    /// R3.7: the balance.
    Balance,
    /// R3.8: a stub.
    Stub,
    /// R3.11: a part of a period whose payment was open when the plan changed.
    OpenPayment,
    /// R4.2: a verification of the card.
    Verification,
    /// R5.11: an unscheduled charge.
    Unscheduled,
    /// R9.1: the least that a period costs.
    Minimum,
    /// R9.3: a discount.
    Discount,
    /// R9.4: a tax.
    Tax,
    /// R9.5: a set-up fee or the price of a trial.
    Fee,
}

words!(LineRule { Period "R2.7", Proration "R3.2", Restart "R3.6", Balance "R3.7", Stub "R3.8", OpenPayment "R3.11",
    Verification "R4.2", Unscheduled "R5.11", Minimum "R9.1", Discount "R9.3", Tax "R9.4", Fee "R9.5",
});

/// A line that explains a part of an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Line {
    /// What it is for.
    pub kind: LineKind,
    /// The item of the price, or the rate of a tax; `None` if the price is an amount.
    pub item: Option<String>,
    /// The name of that item for people, if it has one.
    pub name: Option<String>,
    /// The quantity of that item.
    pub quantity: Option<u32>,
    /// The price of the full period that the line is a part of; `None` if it is not a part of a price.
    pub price: Option<Money>,
    /// The days of the line.
    pub period: Option<Span>,
    /// The fraction of a full period.
    pub fraction: Option<Fraction>,
    /// The discount, by its id, in a line of one.
    pub discount: Option<String>,
    /// The tax, in a line of one. `amount` is 0 if the other lines include it.
    pub tax: Option<Box<LineTax>>,
    /// The amount, rounded by itself (R3.2).
    pub amount: Money,
    /// The rule that determines the amount.
    pub rule: LineRule,
    /// The same for people.
    pub(crate) note: Note,
}

object!(Line {
    kind: required "kind",
    item: nullable "item",
    name: optional "name",
    quantity: nullable "quantity",
    price: nullable "price",
    period: nullable "period",
    fraction: nullable "fraction",
    discount: optional "discount",
    tax: optional "tax",
    amount: required "amount",
    rule: required "rule",
    note: required "note",
});

impl Line {
    /// Returns the same for people, in English.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PeriodPriceInput, Schedule, period_price};
    ///
    /// let schedule = Schedule::new("2025-01-22".parse()?, Cycle::MONTHLY);
    /// let line = period_price(&PeriodPriceInput::new(schedule, "31.00 USD".parse()?, 1))?.expect("a first period");
    /// assert_eq!(line.note(), "a whole period at 31.00 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn note(&self) -> String {
        self.note.text()
    }

    /// An amount that is no part of a price.
    pub(crate) fn apart(kind: LineKind, amount: Money, rule: LineRule, note: Note) -> Self {
        let (item, name, quantity, price) = (None, None, None, None);
        let (discount, tax) = (None, None);
        Self { kind, item, name, quantity, price, period: None, fraction: None, discount, tax, amount, rule, note }
    }

    /// Creates the line of a verification, whose amount is 0.
    pub(crate) fn verification(nothing: Money) -> Self {
        let note = Note::words("a verification of the card, without money");
        Self::apart(LineKind::Verification, nothing, LineRule::Verification, note)
    }

    /// Creates a line of a price, or of an item of one, for some days.
    pub(crate) fn of_entry(
        kind: LineKind,
        entry: Entry<'_>,
        span: Span,
        amount: Money,
        rule: LineRule,
        note: Note,
    ) -> Self {
        let line = Self::apart(kind, amount, rule, note);
        let line = Self { price: Some(entry.cost), period: Some(span), ..line };
        let Some(EntryItem { id, name, quantity }) = entry.item else { return line };
        Self { item: Some(id.into()), name: name.map(String::from), quantity: Some(quantity), ..line }
    }

    /// Creates the line of a complete period at its price.
    pub(crate) fn whole_period(period: &Period, entry: Entry<'_>, rule: LineRule) -> Self {
        let note = Note::amount("a whole period at ", entry.cost);
        Self::of_entry(LineKind::Period, entry, period.into(), entry.cost, rule, note)
    }
}
