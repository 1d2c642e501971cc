//! What a full period costs, item by item.

use super::cost;
use super::item::Item;
use super::price::Price;
use crate::error::Error;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape};
use crate::money::{Currency, Money, RoundingRule};

/// What a full period costs: one amount, or an amount for each item, each rounded by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Costs {
    /// The price is one amount.
    One(Money),
    /// The price has items.
    Items(Box<ItemCosts>),
}

/// What each item costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCosts {
    currency: Currency,
    items: Vec<ItemCost>,
    /// The least that the period costs, if the items cost less.
    minimum: Option<Money>,
}

/// What an item costs for a full period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemCost {
    /// The item; empty where the price is one amount.
    pub(crate) id: String,
    /// Its name for people.
    pub(crate) name: Option<String>,
    pub(crate) quantity: u32,
    pub(crate) cost: Money,
}

object!(ItemCost { id: required "id", name: optional "name", quantity: required "quantity", cost: required "cost" });
object!(ItemCosts { currency: required "currency", items: required "items", minimum: optional "minimum" });

/// The item that a part of the costs is of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct EntryItem<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: Option<&'a str>,
    pub(crate) quantity: u32,
}

/// A part of the costs: the amount, or that of an item.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry<'a> {
    /// The item; `None` where the price is one amount.
    pub(crate) item: Option<EntryItem<'a>>,
    /// What it costs for a full period.
    pub(crate) cost: Money,
}

impl Entry<'_> {
    /// Returns whether both are of the same item.
    pub(crate) fn is_of_item(&self, other: &Self) -> bool {
        self.item.map(|item| item.id) == other.item.map(|item| item.id)
    }

    /// Returns whether both are of the same item with the same quantity at the same cost.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let quantity = |entry: &Self| entry.item.map(|item| item.quantity);
        self.is_of_item(other) && quantity(self) == quantity(other) && self.cost == other.cost
    }
}

impl Costs {
    /// Returns what a price costs for a full period.
    pub(crate) fn of(price: &Price, rule: RoundingRule) -> Result<Self, Error> {
        let Price::Items(items) = price else { return Ok(Self::One(price.sum(rule)?)) };
        let cost_of = |item: &Item| -> Result<ItemCost, Error> {
            let Item { id, name, .. } = item.clone();
            Ok(ItemCost { id, name, quantity: item.units(), cost: cost::of_item(item, rule)? })
        };
        let costs = items.as_slice().iter().map(cost_of).collect::<Result<_, _>>()?;
        Ok(Self::Items(Box::new(ItemCosts { currency: items.currency(), items: costs, minimum: None })))
    }

    /// Returns its parts: one, or one for each item.
    pub(crate) fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        let (one, items) = match self {
            Self::One(amount) => (Some(Entry { item: None, cost: *amount }), [].as_slice()),
            Self::Items(costs) => (None, costs.items.as_slice()),
        };
        one.into_iter().chain(items.iter().map(|ItemCost { id, name, quantity, cost }| {
            let item = EntryItem { id, name: name.as_deref(), quantity: *quantity };
            Entry { item: Some(item).filter(|item| !item.id.is_empty()), cost: *cost }
        }))
    }

    pub(crate) fn currency(&self) -> Currency {
        match self {
            Self::One(amount) => amount.currency(),
            Self::Items(costs) => costs.currency,
        }
    }

    /// Returns the sum: at least the minimum.
    pub(crate) fn sum(&self) -> Result<Money, Error> {
        match self {
            Self::One(amount) => Ok(*amount),
            Self::Items(_) => self.total_of(Ok),
        }
    }

    /// Returns the sum of a part of each, or that part of the minimum.
    pub(crate) fn total_of(&self, part: impl Fn(Money) -> Result<Money, Error>) -> Result<Money, Error> {
        match self.minimum() {
            Some(minimum) => part(minimum),
            None => self.sum_of(|entry| part(entry.cost)),
        }
    }

    /// Returns the least that the period costs, if the items cost less.
    pub(crate) fn minimum(&self) -> Option<Money> {
        match self {
            Self::One(_) => None,
            Self::Items(costs) => costs.minimum,
        }
    }

    /// Returns this with a minimum, if that is more.
    pub(crate) fn at_least(self, minimum: Money) -> Result<Self, Error> {
        if minimum.amount() <= self.sum()?.amount() {
            return Ok(self);
        }
        Ok(match self {
            Self::One(cost) => {
                let items = vec![ItemCost { id: String::new(), name: None, quantity: 1, cost }];
                Self::Items(Box::new(ItemCosts { currency: cost.currency(), items, minimum: Some(minimum) }))
            }
            Self::Items(costs) => Self::Items(Box::new(ItemCosts { minimum: Some(minimum), ..*costs })),
        })
    }

    /// Returns this with an amount less for each part.
    pub(crate) fn less(self, off: &[Money]) -> Result<Self, Error> {
        let mut off = off.iter();
        let mut less = |cost: Money| off.next().map_or(Ok(cost), |off| cost.plus(off.negated()));
        Ok(match self {
            Self::One(cost) => Self::One(less(cost)?),
            Self::Items(mut costs) => {
                for item in &mut costs.items {
                    item.cost = less(item.cost)?;
                }
                Self::Items(costs)
            }
        })
    }

    /// Returns the sum of what an amount is for each part.
    pub(crate) fn sum_of(&self, amount: impl Fn(Entry<'_>) -> Result<Money, Error>) -> Result<Money, Error> {
        self.entries().try_fold(Money::zero(self.currency()), |sum, entry| sum.plus(amount(entry)?))
    }

    /// Returns whether another has the same part: the same item at the same cost. Two amounts are never the same part.
    pub(crate) fn has(&self, entry: &Entry<'_>) -> bool {
        entry.item.is_some() && self.entries().any(|own| own.is_of_item(entry) && own.cost == entry.cost)
    }

    /// Returns the one with the lower sum; this one if they are equal.
    pub(crate) fn lower(&self, other: &Self) -> Result<Self, Error> {
        Ok(if other.sum()?.amount() < self.sum()?.amount() { other.clone() } else { self.clone() })
    }

    /// Returns this with what `to` costs more than `from`, item by item.
    pub(crate) fn shifted(&self, from: &Self, to: &Self) -> Result<Self, Error> {
        if let (Self::One(own), Self::One(from), Self::One(to)) = (self, from, to) {
            return Ok(Self::One(own.plus(*to)?.plus(from.negated())?));
        }
        let mut items: Vec<ItemCost> = Vec::new();
        for (costs, is_less) in [(self, false), (to, false), (from, true)] {
            for Entry { item, cost } in costs.entries() {
                let cost = if is_less { cost.negated() } else { cost };
                let EntryItem { id, name, quantity } = item.unwrap_or(EntryItem { id: "", name: None, quantity: 1 });
                match items.iter_mut().find(|item| item.id == id) {
                    Some(item) => item.cost = item.cost.plus(cost)?,
                    None => items.push(ItemCost { id: id.into(), name: name.map(String::from), quantity, cost }),
                }
            }
        }
        Ok(Self::Items(Box::new(ItemCosts { currency: self.currency(), items, minimum: None })))
    }

    /// Returns every amount that it contains.
    pub(crate) fn amounts(&self) -> impl Iterator<Item = Money> {
        self.entries().map(|entry| entry.cost).chain(self.minimum())
    }
}

impl Costs {
    const FIELDS: Keys = "currency items minimum";
}

impl Shape for Costs {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        if node.gives("items") {
            Self::Items(Box::new(node.object(Self::FIELDS, ItemCosts::read_fields)))
        } else {
            Self::One(Money::read_beside("items", node))
        }
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        match self {
            Self::One(amount) => amount.write(to),
            Self::Items(costs) => costs.write(to),
        }
    }
}

serde_by_shape!(Costs);
