//! Other quantities of items (R9.2).

use super::item::Item;
use super::price::Price;
use crate::error::{Code, Error, quote};
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer, push_key};

/// The quantities of some items, by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Quantities(Vec<(String, u32)>);

impl Quantities {
    /// Creates it from ids with their quantities. Of two for one id, the last counts.
    ///
    /// # Examples
    /// [`PlanChange::of_quantities`](crate::PlanChange::of_quantities) has one.
    pub fn new<Id: Into<String>>(quantities: impl IntoIterator<Item = (Id, u32)>) -> Self {
        let mut whole = Self(Vec::new());
        for (id, quantity) in quantities {
            whole.set(&id.into(), quantity);
        }
        whole
    }

    /// Returns the ids with their quantities.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Quantities;
    ///
    /// let quantities = Quantities::new([("seats", 8)]);
    /// assert_eq!(quantities.iter().collect::<Vec<_>>(), [("seats", 8)]);
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|(id, quantity)| (id.as_str(), *quantity))
    }

    /// Returns the quantity of an item, if it has one.
    pub(crate) fn of(&self, id: &str) -> Option<u32> {
        self.iter().find(|(other, _)| *other == id).map(|(_, quantity)| quantity)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn retain(&mut self, keeps: impl Fn(&str) -> bool) {
        self.0.retain(|(id, _)| keeps(id));
    }

    fn set(&mut self, id: &str, quantity: u32) {
        match self.0.iter_mut().find(|(other, _)| other == id) {
            Some((_, known)) => *known = quantity,
            None => self.0.push((id.into(), quantity)),
        }
    }

    /// Returns this with others on top.
    pub(crate) fn with(mut self, others: &Self) -> Self {
        for (id, quantity) in others.iter() {
            self.set(id, quantity);
        }
        self
    }

    /// Returns the items that others have, and the rest.
    pub(crate) fn split(self, others: &Self) -> (Self, Self) {
        let (same, rest) = self.0.into_iter().partition(|(id, _)| others.of(id).is_some());
        (Self(same), Self(rest))
    }

    /// Replaces the quantities of the same items.
    pub(crate) fn lay_over(&self, other: &mut Self) {
        for (id, quantity) in &mut other.0 {
            *quantity = self.of(id).unwrap_or(*quantity);
        }
    }

    /// Returns an error for an item that a price does not have.
    pub(crate) fn check(&self, price: &Price) -> Result<(), Error> {
        if self.is_empty() {
            return Err(Error::new(Code::OutOfRange, "/quantities", "expected at least one item"));
        }
        let unknown = self.iter().find(|(id, _)| !price.items().iter().any(|item| item.id == *id));
        let Some((id, _)) = unknown else { return Ok(()) };
        let mut path = String::from("/quantities");
        push_key(&mut path, id);
        let message = ["expected the id of an item of the price, got ", &quote(id)].concat();
        Err(Error::new(Code::UnknownValue, path, message))
    }

    /// Returns a price with these quantities in place of its own.
    pub(crate) fn of_price(&self, price: &Price) -> Price {
        match price {
            Price::Amount(amount) => Price::Amount(*amount),
            Price::Items(items) => Price::Items(items.with_units(|item| self.of(&item.id).or(item.quantity))),
        }
    }
}

impl Price {
    /// Returns the price with a quantity for each item: its own, else that which the price before has, else 1.
    pub(crate) fn resolved(&self, before: Option<&Self>) -> Self {
        let Self::Items(items) = self else { return self.clone() };
        let known = |item: &Item| before?.items().iter().find(|other| other.id == item.id)?.quantity;
        Self::Items(items.with_units(|item| Some(item.quantity.or(known(item)).unwrap_or(1))))
    }
}

impl Sealed for Quantities {}

impl Shape for Quantities {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        let entries = node.entries();
        Self(entries.iter().map(|(id, quantity)| (String::from(*id), u32::read(quantity))).collect())
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        for (id, quantity) in self.iter() {
            to.named(id, &quantity);
        }
        to.end_object();
    }
}
