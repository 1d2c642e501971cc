//! The stored prices of a payment.

use crate::date::Date;
use crate::json::object;
use crate::money::Money;
use crate::pricing::applied::Applied;
use crate::pricing::costs::Costs;
use crate::pricing::price::Price;

/// A price of a full period, and the day from which it applies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PriceFrom {
    pub(crate) from: Date,
    pub(crate) price: Price,
    /// What a full period costs, item by item; `None` if that is the price itself.
    pub(crate) costs: Option<Costs>,
    /// The discounts and the minimum.
    pub(crate) applied: Option<Box<Applied>>,
}

object!(PriceFrom {
    from: required "from",
    price: required "price",
    costs: optional "costs",
    applied: optional "applied",
});

impl PriceFrom {
    /// Creates the price of a bill.
    pub(crate) fn new(from: Date, price: &Price, costs: Costs, applied: Option<&Applied>) -> Self {
        let costs = match (price, costs) {
            (Price::Amount(amount), Costs::One(cost)) if *amount == cost => None,
            (_, costs) => Some(costs),
        };
        let applied = applied.and_then(|applied| {
            let (discounts, minimum) = (applied.discounts.clone(), applied.minimum);
            Applied { discounts, minimum, ..Applied::default() }.some()
        });
        Self { from, price: price.clone(), costs, applied }
    }

    /// Returns what a full period costs, item by item.
    pub(crate) fn costs(&self) -> Costs {
        match (&self.costs, &self.price) {
            (Some(costs), _) => costs.clone(),
            (None, Price::Amount(amount)) => Costs::One(*amount),
            // A price of items has its costs; without them it would cost nothing.
            (None, Price::Items(_)) => Costs::One(Money::zero(self.price.currency())),
        }
    }

    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        [Money::zero(self.price.currency())].into_iter().chain(self.costs.iter().flat_map(Costs::amounts))
    }
}

/// The effect of a change on the payment that was open on its day, applied once that is paid (R3.11).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftToPayment {
    /// The amount that is then added to the balance.
    pub(crate) net: Money,
    /// What a full period costs at the price at which the remaining days are then paid.
    pub(crate) price: Costs,
    /// The price minus the part of the net for a full period of remaining days. A change that reprices these days
    /// subtracts it again.
    pub(crate) base: Costs,
    /// The most that can then be credited for the remaining days without tax.
    pub(crate) cap: Option<Money>,
    /// The taxes that are then paid for them, of each rate; empty if they are those on that.
    pub(crate) taxes_paid: Vec<Money>,
}

object!(LeftToPayment {
    net: required "net",
    price: required "price",
    base: required "base",
    cap: optional "cap",
    taxes_paid: defaulted "taxesPaid",
});

impl LeftToPayment {
    /// Returns every amount that it contains.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        let costs = [&self.price, &self.base].into_iter().flat_map(Costs::amounts);
        costs.chain([self.net]).chain(self.cap).chain(self.taxes_paid.iter().copied())
    }
}
