//! The price of a full period: one amount, or items (R9.1).

use std::fmt;
use std::str::FromStr;

use super::cost;
use super::item::Item;
use super::item_check;
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};
use crate::money::{Currency, Money, RoundingRule};

/// The price of a full period: one amount, or items with quantities (R9.1).
///
/// # Examples
/// ```
/// use billing_rules::{Item, Money, Price, from_json};
///
/// let amount: Price = "99.00 EUR".parse::<Money>()?.into();
/// let items = Price::of_items(vec![Item::new("seats", "10.00 EUR".parse()?).with_quantity(5)])?;
/// assert_eq!((amount.full()?.to_string(), items.full()?.to_string()), ("99.00 EUR".into(), "50.00 EUR".into()));
///
/// let read: Price = from_json(r#"{"items":[{"id":"seats","quantity":5,"unitAmount":{"amount":1000,"currency":"EUR"}}]}"#)?;
/// assert_eq!(read, items);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, PartialEq, Eq)]
// Exhaustive: a price has items or it has none.
pub enum Price {
    /// One amount.
    Amount(Money),
    /// Items.
    Items(Items),
}

/// The items of a price: from 1 to 100, of one currency, each with its own id. [`Price::of_items`] creates them.
// Boxed: a price is then no larger than an amount.
#[derive(Clone, PartialEq, Eq)]
pub struct Items(Box<Held>);

#[derive(Clone, PartialEq, Eq)]
struct Held {
    currency: Currency,
    items: Vec<Item>,
}

impl Items {
    /// Returns the items in their order.
    ///
    /// # Examples
    /// [`Price::items`] has one.
    pub fn as_slice(&self) -> &[Item] {
        &self.0.items
    }

    pub(crate) fn currency(&self) -> Currency {
        self.0.currency
    }

    /// Returns the items with other quantities, which `units` knows by the item.
    pub(crate) fn with_units(&self, units: impl Fn(&Item) -> Option<u32>) -> Self {
        let with = |item: &Item| Item { quantity: units(item), ..item.clone() };
        Self(Box::new(Held { currency: self.0.currency, items: self.0.items.iter().map(with).collect() }))
    }
}

impl From<Money> for Price {
    fn from(amount: Money) -> Self {
        Self::Amount(amount)
    }
}

impl Price {
    /// Creates a price of items.
    ///
    /// # Errors
    /// - `out_of_range` without an item, for a negative amount, for `per` outside 1 to 1 000 000, and for tiers that do not
    ///   ascend or whose last one has an end.
    /// - `too_many` for more than 100 items, or 100 tiers of an item.
    /// - `invalid_string` for an id or a name that is empty, too long or has control characters.
    /// - `duplicate_entry` for two items with one id; `currency_mismatch` for two currencies.
    ///
    /// # Examples
    /// [`Price`] has one.
    pub fn of_items(items: Vec<Item>) -> Result<Self, Errors> {
        let currency = item_check::check(&items)?;
        Ok(Self::Items(Items(Box::new(Held { currency, items }))))
    }

    /// Returns the items; none of a price that is one amount.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Item, Money, Price};
    ///
    /// let price = Price::of_items(vec![Item::new("seats", "10.00 EUR".parse()?)])?;
    /// assert_eq!(price.items().iter().map(|item| item.id.as_str()).collect::<Vec<_>>(), ["seats"]);
    /// assert!(Price::from("10.00 EUR".parse::<Money>()?).items().is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn items(&self) -> &[Item] {
        match self {
            Self::Amount(_) => &[],
            Self::Items(items) => items.as_slice(),
        }
    }

    /// Returns the currency.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Money, Price};
    ///
    /// assert_eq!(Price::from("10.00 EUR".parse::<Money>()?).currency().code(), "EUR");
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn currency(&self) -> Currency {
        match self {
            Self::Amount(amount) => amount.currency(),
            Self::Items(items) => items.currency(),
        }
    }

    /// Returns what a full period costs: the sum of the items, each rounded to the minor unit, ties away from zero.
    ///
    /// # Errors
    /// `out_of_range` beyond 2^53 - 1.
    ///
    /// # Examples
    /// [`Price`] has one.
    pub fn full(&self) -> Result<Money, Error> {
        self.sum(RoundingRule::default())
    }

    /// Returns what a full period costs: the sum of the items, each rounded by itself.
    pub(crate) fn sum(&self, rule: RoundingRule) -> Result<Money, Error> {
        match self {
            Self::Amount(amount) => Ok(*amount),
            Self::Items(items) => {
                let costs = items.as_slice().iter().map(|item| cost::of_item(item, rule));
                let too_large =
                    |_| Error::new(Code::OutOfRange, "", "cannot compute a price beyond 2^53 - 1 minor units");
                costs
                    .into_iter()
                    .try_fold(Money::zero(items.currency()), |sum, cost| sum.plus(cost?).map_err(too_large))
            }
        }
    }

    /// Checks the amounts against the rounding of the terms: 0 or more, on the grid (R1.4), and a sum that is an amount.
    pub(crate) fn check(&self, rule: RoundingRule, path: &str) -> Result<(), Errors> {
        let mut problems = Problems::default();
        match self {
            Self::Amount(amount) => {
                problems.check(amount.not_negative(path));
                problems.check(rule.on_grid(*amount, path));
            }
            Self::Items(items) => {
                problems.take(item_check::on_grid(items.as_slice(), rule).map_err(|errors| errors.prefixed(path)));
                problems.check(self.sum(rule).map_err(|error| error.prefixed(path)));
            }
        }
        problems.finish(Some(()))
    }
}

impl Price {
    const FIELDS: Keys = "items";
}

impl Shape for Price {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        if !node.gives("items") {
            return Self::Amount(Money::read_beside("items", node));
        }
        let (items, sound): (Vec<Item>, bool) = node.object(Self::FIELDS, |fields| {
            let items = fields.required("items");
            (items, fields.have_no_errors())
        });
        let priced = if sound { node.ok_or_report(Self::of_items(items)) } else { None };
        priced.unwrap_or_else(|| Self::Amount(Money::zero(Currency::placeholder())))
    }

    #[inline(never)]
    fn write(&self, to: &mut Writer) {
        match self {
            Self::Amount(amount) => amount.write(to),
            Self::Items(items) => {
                to.begin_object();
                to.required("items", &items.0.items);
                to.end_object();
            }
        }
    }
}

serde_by_shape!(Price);

impl FromStr for Price {
    type Err = Error;

    /// Parses a price that is one amount, as [`Money`] does: `19.90 NOK`.
    fn from_str(text: &str) -> Result<Self, Error> {
        text.parse().map(Self::Amount)
    }
}

impl fmt::Display for Price {
    /// Writes the amount, or the quantities with the ids: `5 seats, 1 base`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => fmt::Display::fmt(amount, f),
            Self::Items(items) => {
                let item = |item: &Item| [&digits(item.units()), " ", &item.id].concat();
                f.write_str(&items.as_slice().iter().map(item).collect::<Vec<_>>().join(", "))
            }
        }
    }
}

impl fmt::Debug for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Amount(amount) => fmt::Debug::fmt(amount, f),
            Self::Items(items) => fmt::Debug::fmt(items, f),
        }
    }
}

impl fmt::Debug for Items {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_slice(), f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::from_json;

    #[test]
    fn a_price_is_no_larger_than_an_amount() {
        assert_eq!((size_of::<Price>(), size_of::<Option<Money>>()), (size_of::<Money>(), size_of::<Money>()));
    }

    #[test]
    fn what_is_wrong_with_items_is_named() {
        let each = |fields: &str| format!(r#"{{"id":"a","unitAmount":{{"amount":1,"currency":"EUR"}}{fields}}}"#);
        let tiers = |tiers: &str| format!(r#"{{"id":"a","tiers":[{tiers}],"mode":"volume"}}"#);
        let tier = |up_to: &str, rest: &str| {
            format!(r#"{{"upTo":{up_to},"unitAmount":{{"amount":1,"currency":"EUR"}}{rest}}}"#)
        };
        let rows = [
            (String::new(), "out_of_range", "/items"),
            ([each(""), each("")].join(","), "duplicate_entry", "/items/1/id"),
            (each(r#","per":0"#), "out_of_range", "/items/0/per"),
            (each(r#","per":1000001"#), "out_of_range", "/items/0/per"),
            (each(r#","name":"""#), "invalid_string", "/items/0/name"),
            (each(r#","mode":"volume""#), "unknown_field", "/items/0/mode"),
            (r#"{"id":"","unitAmount":{"amount":1,"currency":"EUR"}}"#.into(), "invalid_string", "/items/0/id"),
            (
                r#"{"id":"a","unitAmount":{"amount":-1,"currency":"EUR"}}"#.into(),
                "out_of_range",
                "/items/0/unitAmount/amount",
            ),
            (r#"{"id":"a"}"#.into(), "missing_field", "/items/0/unitAmount"),
            (
                [each(""), r#"{"id":"b","unitAmount":{"amount":1,"currency":"NOK"}}"#.into()].join(","),
                "currency_mismatch",
                "/items/1/unitAmount/currency",
            ),
            (tiers(""), "out_of_range", "/items/0/tiers"),
            (tiers(&tier("5", "")), "out_of_range", "/items/0/tiers/0/upTo"),
            (
                tiers(&[tier("5", ""), tier("5", ""), tier("null", "")].join(",")),
                "out_of_range",
                "/items/0/tiers/1/upTo",
            ),
            (tiers(&[tier("null", ""), tier("null", "")].join(",")), "out_of_range", "/items/0/tiers/0/upTo"),
            (
                tiers(&tier("null", r#","flat":{"amount":-1,"currency":"EUR"}"#)),
                "out_of_range",
                "/items/0/tiers/0/flat/amount",
            ),
            (
                tiers(
                    &[tier("1", r#","per":999983"#), tier("2", r#","per":999979"#), tier("null", r#","per":7"#)]
                        .join(","),
                ),
                "out_of_range",
                "/items/0/tiers",
            ),
        ];
        for (items, code, path) in rows {
            let errors = from_json::<Price>(&format!(r#"{{"items":[{items}]}}"#)).unwrap_err();
            assert_eq!(
                (errors.len(), errors.first().code().as_str(), errors.first().path()),
                (1, code, path),
                "{items}"
            );
        }
    }
}
