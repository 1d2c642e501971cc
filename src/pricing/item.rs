//! The items of a price: seats, a base fee, units used (R9.1).

use crate::json::{Fields, Keys, Node, Shape, Writer, object, serde_by_shape, words};
use crate::money::Money;

/// How the tiers of an item apply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: a unit costs what its own tier says, or what that of the last unit says.
pub enum TierMode {
    /// Each unit costs what the tier says in which it is.
    Graduated,
    /// Every unit costs what the tier says in which the total quantity is.
    Volume,
}

words!(TierMode { Graduated "graduated", Volume "volume" });

/// A tier of an item: the units up to a number, and what they cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tier {
    /// The last unit of the tier; `None` in the last tier, which has no end.
    pub up_to: Option<u32>,
    /// What `per` units cost.
    pub unit_amount: Money,
    /// The number of units that `unit_amount` is for; default 1.
    pub per: Option<u32>,
    /// What the tier costs once, if it has a unit.
    pub flat: Option<Money>,
}

object!(Tier {
    up_to: nullable "upTo",
    unit_amount: required "unitAmount",
    per: optional "per",
    flat: optional "flat",
});

impl Tier {
    /// Creates a tier that ends with a number of units.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Item, Price, Tier, TierMode};
    ///
    /// // 1.00 for each of the first ten, then 0.75 for a hundred.
    /// let first = Tier::up_to(10, "1.00 USD".parse()?).with_flat("5.00 USD".parse()?);
    /// let others = Tier::without_end("0.75 USD".parse()?).with_per(100);
    /// let calls = Item::tiered("calls", TierMode::Graduated, vec![first, others]).with_quantity(210);
    /// assert_eq!(Price::of_items(vec![calls])?.full()?.to_string(), "16.50 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn up_to(up_to: u32, unit_amount: Money) -> Self {
        Self { up_to: Some(up_to), ..Self::without_end(unit_amount) }
    }

    /// Creates the last tier.
    ///
    /// # Examples
    /// [`up_to`](Self::up_to) has one.
    pub fn without_end(unit_amount: Money) -> Self {
        Self { up_to: None, unit_amount, per: None, flat: None }
    }

    /// Sets the number of units that the amount is for, from 1 to 1 000 000.
    ///
    /// # Examples
    /// [`up_to`](Self::up_to) has one.
    pub fn with_per(mut self, per: u32) -> Self {
        self.per = Some(per);
        self
    }

    /// Sets what the tier costs once, if it has a unit.
    ///
    /// # Examples
    /// [`up_to`](Self::up_to) has one.
    pub fn with_flat(mut self, flat: Money) -> Self {
        self.flat = Some(flat);
        self
    }
}

/// What the units of an item cost.
#[derive(Debug, Clone, PartialEq, Eq)]
// Exhaustive: all units cost the same, or there are tiers.
pub enum UnitPrice {
    /// Every unit costs the same.
    Each {
        /// What `per` units cost.
        unit_amount: Money,
        /// The number of units that `unit_amount` is for; default 1.
        per: Option<u32>,
    },
    /// What a unit costs depends on the quantity.
    Tiers {
        /// The tiers in ascending order, the last without an end.
        tiers: Vec<Tier>,
        /// How they apply.
        mode: TierMode,
    },
}

/// An item of a price.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Item {
    /// The caller's id, 1 to 64 characters, unique in a price. A change of quantities names items by it.
    pub id: String,
    /// How many units; default the quantity in force, else 1.
    pub quantity: Option<u32>,
    /// The name for people, 1 to 128 characters.
    pub name: Option<String>,
    /// What the units cost.
    pub unit_price: UnitPrice,
}

impl Item {
    /// Creates an item whose units all cost the same.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Item, Price};
    ///
    /// let seats = Item::new("seats", "10.00 EUR".parse()?).with_quantity(5).with_name("Seats");
    /// // Three quarters of a cent for each.
    /// let calls = Item::new("calls", "0.75 EUR".parse()?).with_per(100).with_quantity(1000);
    /// assert_eq!(Price::of_items(vec![seats, calls])?.full()?.to_string(), "57.50 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(id: impl Into<String>, unit_amount: Money) -> Self {
        Self { id: id.into(), quantity: None, name: None, unit_price: UnitPrice::Each { unit_amount, per: None } }
    }

    /// Creates an item with tiers.
    ///
    /// # Examples
    /// [`Tier::up_to`] has one.
    pub fn tiered(id: impl Into<String>, mode: TierMode, tiers: Vec<Tier>) -> Self {
        Self { id: id.into(), quantity: None, name: None, unit_price: UnitPrice::Tiers { tiers, mode } }
    }

    /// Sets the quantity.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_quantity(mut self, quantity: u32) -> Self {
        self.quantity = Some(quantity);
        self
    }

    /// Sets the name for people.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets the number of units that the amount is for, from 1 to 1 000 000. Tiers have their own.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_per(mut self, units: u32) -> Self {
        if let UnitPrice::Each { per, .. } = &mut self.unit_price {
            *per = Some(units);
        }
        self
    }

    /// Returns the quantity, 1 where none is given.
    pub(crate) fn units(&self) -> u32 {
        self.quantity.unwrap_or(1)
    }
}

impl Item {
    const EACH: Keys = "id quantity name unitAmount per";
    const TIERS: Keys = "id quantity name tiers mode";

    fn read_with(fields: &mut Fields<'_>, unit_price: impl FnOnce(&mut Fields<'_>) -> UnitPrice) -> Self {
        Self {
            id: fields.required("id"),
            quantity: fields.optional("quantity"),
            name: fields.optional("name"),
            unit_price: unit_price(fields),
        }
    }
}

impl Shape for Item {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        if node.gives("tiers") {
            return node.object(Self::TIERS, |fields| {
                Self::read_with(fields, |fields| UnitPrice::Tiers {
                    tiers: fields.required("tiers"),
                    mode: fields.required("mode"),
                })
            });
        }
        node.object_by("tiers", Self::EACH, |fields| {
            Self::read_with(fields, |fields| UnitPrice::Each {
                unit_amount: fields.required("unitAmount"),
                per: fields.optional("per"),
            })
        })
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        to.begin_object();
        to.required("id", &self.id);
        to.optional("quantity", &self.quantity);
        to.optional("name", &self.name);
        match &self.unit_price {
            UnitPrice::Each { unit_amount, per } => {
                to.required("unitAmount", unit_amount);
                to.optional("per", per);
            }
            UnitPrice::Tiers { tiers, mode } => {
                to.required("tiers", tiers);
                to.required("mode", mode);
            }
        }
        to.end_object();
    }
}

serde_by_shape!(Item);
