//! Checks of the items of a price (R9.1).

use super::cost;
use super::item::{Item, Tier, UnitPrice};
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::money::{Currency, Money, RoundingRule};

/// The most items of a price, and the most tiers of an item.
const MOST: usize = 100;
const MOST_PER: u32 = 1_000_000;

/// Checks items by themselves. Paths begin at the price.
pub(super) fn check(items: &[Item]) -> Result<Currency, Errors> {
    let mut problems = Problems::default();
    let currency = items.first().and_then(Item::currency);
    if items.is_empty() {
        problems.push(Code::OutOfRange, "/items", "expected at least one item");
    }
    if items.len() > MOST {
        problems.push(Code::TooMany, "/items", "expected at most 100 items");
    }
    for (index, item) in items.iter().enumerate() {
        let mut check = Check { problems: &mut problems, path: ["/items/", &digits(index)].concat() };
        check.string("/id", &item.id, 64);
        if items.iter().take(index).any(|other| other.id == item.id) {
            check.add(Code::DuplicateEntry, "/id", "expected each id once");
        }
        if let Some(name) = &item.name {
            check.string("/name", name, 128);
        }
        check.unit_price(&item.unit_price, currency);
    }
    problems.finish(currency)
}

/// Checks that the amounts of items are multiples of `roundTo` (R1.4).
pub(super) fn on_grid(items: &[Item], rule: RoundingRule) -> Result<(), Errors> {
    let mut problems = Problems::default();
    for (index, item) in items.iter().enumerate() {
        item.each_amount(&mut |path, amount| {
            let path = ["/items/", &digits(index), path].concat();
            problems.check(rule.on_grid(amount, &path));
        });
    }
    problems.finish(Some(()))
}

impl Item {
    /// Returns the currency; `None` for tiers without a tier.
    fn currency(&self) -> Option<Currency> {
        match &self.unit_price {
            UnitPrice::Each { unit_amount, .. } => Some(unit_amount.currency()),
            UnitPrice::Tiers { tiers, .. } => tiers.first().map(|tier| tier.unit_amount.currency()),
        }
    }

    /// Calls with each amount and its path in the item.
    fn each_amount(&self, with: &mut dyn FnMut(&str, Money)) {
        match &self.unit_price {
            UnitPrice::Each { unit_amount, .. } => with("/unitAmount", *unit_amount),
            UnitPrice::Tiers { tiers, .. } => {
                for (index, tier) in tiers.iter().enumerate() {
                    let path = |field| ["/tiers/", &digits(index), field].concat();
                    with(&path("/unitAmount"), tier.unit_amount);
                    if let Some(flat) = tier.flat {
                        with(&path("/flat"), flat);
                    }
                }
            }
        }
    }
}

/// The check of an item.
struct Check<'a> {
    problems: &'a mut Problems,
    path: String,
}

impl Check<'_> {
    fn add(&mut self, code: Code, field: &str, message: impl Into<String>) {
        self.problems.push(code, [&self.path, field].concat(), message.into());
    }

    fn string(&mut self, field: &str, text: &str, longest: usize) {
        if !(1..=longest).contains(&text.chars().count()) || text.chars().any(char::is_control) {
            let message = ["expected 1 to ", &digits(longest), " characters without control characters"].concat();
            self.add(Code::InvalidString, field, message);
        } else if text == "__proto__" {
            self.add(Code::InvalidString, field, "expected a name that every object can hold, got `__proto__`");
        }
    }

    fn unit_price(&mut self, unit_price: &UnitPrice, currency: Option<Currency>) {
        match unit_price {
            UnitPrice::Each { unit_amount, per } => {
                self.amount("/unitAmount", *unit_amount, currency);
                self.per("/per", *per);
            }
            UnitPrice::Tiers { tiers, .. } => self.tiers(tiers, currency),
        }
    }

    fn amount(&mut self, field: &str, amount: Money, currency: Option<Currency>) {
        let path = [&self.path, field].concat();
        self.problems.check(amount.not_negative(&path));
        if let Some(currency) = currency {
            let path = [&path, "/currency"].concat();
            self.problems.check(Money::zero(currency).same_currency(amount, &path));
        }
    }

    fn per(&mut self, field: &str, per: Option<u32>) {
        if per.is_some_and(|per| !(1..=MOST_PER).contains(&per)) {
            self.add(Code::OutOfRange, field, "expected 1 to 1000000 units");
        }
    }

    fn tiers(&mut self, tiers: &[Tier], currency: Option<Currency>) {
        if tiers.is_empty() {
            self.add(Code::OutOfRange, "/tiers", "expected at least one tier");
        }
        if tiers.len() > MOST {
            self.add(Code::TooMany, "/tiers", "expected at most 100 tiers");
        }
        let (mut before, mut multiple) = (0, Some(1));
        for (index, tier) in tiers.iter().enumerate() {
            let field = |name| ["/tiers/", &digits(index), name].concat();
            let is_last = index.saturating_add(1) == tiers.len();
            match tier.up_to {
                Some(_) if is_last => self.add(Code::OutOfRange, &field("/upTo"), "expected null in the last tier"),
                None if !is_last => {
                    self.add(Code::OutOfRange, &field("/upTo"), "expected a number, as another tier follows");
                }
                Some(up_to) if up_to <= before => {
                    self.add(Code::OutOfRange, &field("/upTo"), "expected more units than in the tier before");
                }
                _ => {}
            }
            before = tier.up_to.unwrap_or(before);
            self.amount(&field("/unitAmount"), tier.unit_amount, currency);
            self.per(&field("/per"), tier.per);
            if let Some(flat) = tier.flat {
                self.amount(&field("/flat"), flat, currency);
            }
            let per = tier.per.unwrap_or(1).max(1);
            multiple = multiple.and_then(|multiple| cost::multiple(multiple, per.into()));
        }
        if multiple.is_none() {
            let message = "expected numbers of units `per` with a common multiple of at most 10^12";
            self.add(Code::OutOfRange, "/tiers", message);
        }
    }
}
