//! What a change of the price credits and charges for days that were paid (R3.2, R9.2).

use super::costs::{Costs, Entry};
use super::credit::{Left, missing};
use super::line::{Line, LineKind, LineRule};
use super::share::Share;
use super::tax::taxed_change;
use crate::error::Error;
use crate::money::Money;

impl Left {
    /// Returns the credits and the charges if the days have other costs, with their taxes, each rounded by itself. Items that stay as
    /// they are have no line (R9.2), unless less was paid for the days than they cost: then all of them are credited and charged. If that
    /// is by a rounding and the costs stay the same, there is no line. `most` is the most that can be credited, with taxes.
    pub(crate) fn exchanged(&self, new: &Costs, most: Option<Money>) -> Result<Vec<Line>, Error> {
        let all = self.is_short(most)?;
        if all && self.stays(new, most)? {
            return Ok(Vec::new());
        }
        // The minimum is credited and charged like an item (R9.1).
        let added = missing(new, self.part, self.rule)?;
        let minimum = all || added != self.minimum()? || new.minimum() != self.costs.minimum();
        let mut credits = self.lines(most, minimum, &|old| all || !new.has(old))?;
        let share = |entry| Share { part: self.part, entry, span: self.span, rule: self.rule };
        // Without taxes, nothing comes between the credits and the charges.
        let mut charges = if self.taxes.is_none() { std::mem::take(&mut credits) } else { Vec::new() };
        for entry in new.entries().filter(|new| all || !self.costs.has(new)) {
            charges.push(share(entry).charge(LineKind::Charge, LineRule::Proration)?);
        }
        if minimum && let Some(amount) = added {
            let line = share(Entry { item: None, cost: new.sum()? }).charge(LineKind::Minimum, LineRule::Minimum)?;
            charges.push(Line { amount, ..line });
        }
        match &self.taxes {
            Some(paid) => taxed_change(credits, charges, &paid.taxes, self.rule),
            None => Ok(charges),
        }
    }

    /// Returns what is paid for the days without tax after a change to other costs.
    pub(crate) fn paid_after(&self, new: &Costs, most: Option<Money>) -> Result<Money, Error> {
        if self.stays(new, most)? { self.net() } else { new.total_of(|cost| self.part.of(cost, self.rule)) }
    }

    /// Returns whether the days keep their costs, and no money for them went back.
    fn stays(&self, new: &Costs, most: Option<Money>) -> Result<bool, Error> {
        let amount = self.amount()?;
        Ok(self.costs == *new && most.is_none_or(|most| most.amount() >= amount.amount()))
    }

    /// Returns whether less was paid for the days, or is left of that, than they cost.
    fn is_short(&self, most: Option<Money>) -> Result<bool, Error> {
        Ok(match (most, self.paid) {
            (Some(most), _) if most.amount() < self.amount()?.amount() => true,
            (_, Some(paid)) => paid.amount() < self.cost()?.amount(),
            _ => false,
        })
    }
}
