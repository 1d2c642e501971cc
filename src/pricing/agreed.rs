//! What a digest contains of prices (R8.3).

use super::beside::Beside;
use super::discount::{Discount, Off};
use super::item::{Item, UnitPrice};
use super::price::Price;
use super::quantities::Quantities;
use super::step::Step;
use super::tax::{TaxRate, Taxes};
use crate::date::Date;
use crate::digest::Agreed;
use crate::digits::digits;
use crate::money::Money;

/// A plan change that a quote names.
pub(crate) struct Named<'a> {
    pub(crate) name: &'static str,
    pub(crate) on: Date,
    pub(crate) to: Option<&'a Price>,
    pub(crate) quantities: Option<&'a Quantities>,
    pub(crate) beside: Beside<'a>,
}

impl Agreed {
    /// Adds the price of a full period: an amount, or a line for each item and each of its tiers.
    pub(crate) fn price(&mut self, name: &str, price: &Price) {
        match price {
            Price::Amount(amount) => self.money(name, *amount),
            Price::Items(items) => {
                items.as_slice().iter().for_each(|item| self.item(item, digits(item.units())));
            }
        }
    }

    /// Adds an item: its quantity, what its units cost, and its id.
    fn item(&mut self, item: &Item, quantity: String) {
        match &item.unit_price {
            UnitPrice::Each { unit_amount, per } => {
                let cost = [&quantity, " ", &of_units(*unit_amount, *per), " ", &item.id].concat();
                self.word("item", &cost);
            }
            UnitPrice::Tiers { tiers, mode } => {
                self.word("item", &[&quantity, " ", mode.as_str(), " ", &item.id].concat());
                for tier in tiers {
                    let up_to = tier.up_to.map_or(String::from("end"), digits);
                    let flat = digits(tier.flat.map_or(0, Money::amount));
                    self.word("tier", &[&up_to, " ", &of_units(tier.unit_amount, tier.per), " ", &flat].concat());
                }
            }
        }
    }

    /// Adds the items of a price. One without a quantity has the one that is in effect then.
    fn items(&mut self, price: &Price) {
        price.items().iter().for_each(|item| self.item(item, item.quantity.map_or("-".into(), digits)));
    }

    /// Adds the quantities of some items.
    pub(crate) fn quantities(&mut self, quantities: &Quantities) {
        for (id, quantity) in quantities.iter() {
            self.word("quantity", &[&digits(quantity), " ", id].concat());
        }
    }

    /// Adds another change that a quote names: its day, and its price and quantities.
    pub(crate) fn named(&mut self, other: &Named<'_>) {
        let Named { name, on, to, quantities, beside } = *other;
        match to {
            Some(Price::Amount(amount)) => self.payment(name, on, *amount),
            to => {
                self.day(name, on);
                to.into_iter().for_each(|price| self.items(price));
            }
        }
        if let Some(quantities) = quantities {
            self.quantities(quantities);
        }
        self.beside(beside);
    }
}

/// Returns an amount for some units.
fn of_units(amount: Money, per: Option<u32>) -> String {
    [&digits(amount.amount()), " ", amount.currency().code(), " ", &digits(per.unwrap_or(1))].concat()
}

/// What was agreed beside the price, in a digest.
impl Agreed {
    /// Adds other prices from numbers on, each followed by its items.
    pub(crate) fn steps(&mut self, steps: &[Step]) {
        for Step { from, price } in steps {
            let from = digits(*from);
            match price {
                Price::Amount(amount) => self.word("step", &[&from, " ", &of_money(*amount)].concat()),
                price => {
                    self.word("step", &from);
                    self.items(price);
                }
            }
        }
    }

    /// Adds what a change states beside the price. What it ends is `none`.
    pub(crate) fn beside(&mut self, Beside { steps, discounts, taxes, minimum }: Beside<'_>) {
        match steps {
            Some([]) => self.word("step", "none"),
            steps => self.steps(steps.unwrap_or_default()),
        }
        match discounts {
            Some([]) => self.word("discount", "none"),
            discounts => self.discounts(discounts.unwrap_or_default()),
        }
        match taxes {
            Some(taxes) if taxes.rates.is_empty() => self.word("taxes", "none"),
            Some(taxes) => self.taxes(taxes),
            None => {}
        }
        self.amount_if_any("minimum", minimum);
    }

    /// Adds an amount, if it is given.
    pub(crate) fn amount_if_any(&mut self, name: &str, amount: Option<Money>) {
        if let Some(amount) = amount {
            self.money(name, amount);
        }
    }

    /// Adds discounts: what each subtracts, its number of payments and its last day or `-`, and its id.
    pub(crate) fn discounts(&mut self, discounts: &[Discount]) {
        for Discount { id, off, payments, through } in discounts {
            let off = match off {
                Off::Percent(percent) => [&percent.text(), "%"].concat(),
                Off::Amount(amount) => of_money(*amount),
            };
            let payments = payments.map_or(String::from("-"), digits);
            let through = through.map_or(String::from("-"), |day| day.iso());
            self.word("discount", &[&off, " ", &payments, " ", &through, " ", id].concat());
        }
    }

    /// Adds taxes: whether the prices include them, and each rate with its id.
    pub(crate) fn taxes(&mut self, taxes: &Taxes) {
        self.word("taxes", if taxes.included { "included" } else { "added" });
        for TaxRate { id, rate } in &taxes.rates {
            self.word("rate", &[&rate.text(), " ", id].concat());
        }
    }
}

fn of_money(money: Money) -> String {
    [&digits(money.amount()), " ", money.currency().code()].concat()
}
