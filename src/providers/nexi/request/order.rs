//! The order as Nexi requires it: items with net, tax and gross.

use crate::digits::digits;
use crate::error::{Code, Error, Problems};
use crate::json::{Node, Object, Shape, Value, Writer, object, serde_by_shape};
use crate::money::{Money, Rounding, RoundingRule};
use crate::payment::Payment;
use crate::providers::nexi::checks;
use crate::providers::rows::{self, Row};
use crate::providers::validate::adds_up;

/// The quantity of an item: an integer, or a decimal number as a string (`"0.5"`) with at most six decimals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    digits: String,
    millionths: i64,
}

impl Quantity {
    const MOST: i64 = 999_999_999;
    const ONE: i64 = 1_000_000;

    /// Parses a quantity.
    ///
    /// # Errors
    /// `invalid_decimal` for anything but up to nine digits, optionally followed by a point and up to six more.
    pub fn new(text: &str) -> Result<Self, Error> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let sound = checks::is_digits(whole)
            && whole.len() <= 9
            && decimals.len() <= 6
            && decimals.bytes().all(|byte| byte.is_ascii_digit())
            && !text.ends_with('.');
        let zeros = std::iter::repeat_n('0', 6usize.saturating_sub(decimals.len()));
        let digits: String = whole.chars().chain(decimals.chars()).chain(zeros).collect();
        match digits.parse() {
            Ok(millionths) if sound => {
                // JSON allows no leading zero.
                let trimmed = text.trim_start_matches('0');
                let zero = if trimmed.is_empty() || trimmed.starts_with('.') { "0" } else { "" };
                Ok(Self { digits: [zero, trimmed].concat(), millionths })
            }
            _ => {
                let message =
                    "expected a quantity such as `1` or `0.5`: up to nine digits, and up to six after the point";
                Err(Error::new(Code::InvalidDecimal, "", message))
            }
        }
    }
}

impl Shape for Quantity {
    fn read(node: &Node<'_>) -> Self {
        let digits = match node.text_if_any() {
            Some(text) => text.into(),
            None => digits(node.integer(0, Self::MOST)),
        };
        node.ok_or_report(Self::new(&digits)).unwrap_or(Self { digits: String::new(), millionths: 0 })
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.digits);
    }
}

serde_by_shape!(Quantity);

/// An item of an order. Its gross total is required; net, tax and unit price are computed from it if they are not
/// given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The merchant's reference of the item, often its SKU: 1 to 128 characters, none of `< > \`.
    pub reference: String,
    /// The name: 1 to 128 characters, none of `< > \`.
    pub name: String,
    /// The quantity; default 1.
    pub quantity: Option<Quantity>,
    /// The unit of the quantity; default `pcs`: 1 to 128 characters, none of `< > ' " & \`.
    pub unit: Option<String>,
    /// The total with tax; negative for a discount.
    pub gross: Money,
    /// The tax rate in hundredths of a percent, 0 to 99 999: 2500 is 25 %. Default 0.
    pub tax_rate: Option<u32>,
    /// The total without tax. Default: the gross total minus its tax, rounded once.
    pub net: Option<Money>,
    /// The tax. Default: gross minus net.
    pub tax: Option<Money>,
    /// The price of one unit without tax. Default: net divided by the quantity, rounded once. Nexi does not compare it
    /// with the net total.
    pub unit_price: Option<Money>,
}

object!(Item {
    reference: required "reference",
    name: required "name",
    quantity: optional "quantity",
    unit: optional "unit",
    gross: required "gross",
    tax_rate: optional "taxRate",
    net: optional "net",
    tax: optional "tax",
    unit_price: optional "unitPrice",
});

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The amount, with tax, in DKK, EUR, GBP, NOK, SEK, USD, PLN or CHF.
    pub amount: Money,
    /// The items: at least one; their gross totals add up to the amount.
    pub items: Vec<Item>,
    /// How net, tax and unit price are rounded; default to the nearest, ties away from zero. Nexi documents no
    /// rounding.
    pub rounding: Option<Rounding>,
}

object!(Order { amount: required "amount", items: required "items", rounding: optional "rounding" });

impl Order {
    /// Writes the order, with the reference by which it can be found again.
    pub(crate) fn body(&self, reference: &str, path: &str, problems: &mut Problems) -> Value {
        checks::amount(self.amount, &[path, "/amount"].concat(), problems);
        let items = lines(&self.items, self.amount, self.rounding, &[path, "/items"].concat(), problems);
        let mut order = Object::default();
        order.set("items", items);
        order.set("amount", self.amount.minor_units());
        order.required("currency", &self.amount.currency());
        order.set("reference", Value::text(reference));
        order.finish()
    }
}

/// Writes the items of a body, which add up to the amount.
pub(crate) fn lines(
    items: &[Item],
    amount: Money,
    rounding: Option<Rounding>,
    path: &str,
    problems: &mut Problems,
) -> Value {
    if items.is_empty() {
        problems.push_at(Code::OutOfRange, path, "expected at least one item");
        return Value::Null;
    }
    let before = problems.count();
    // Rounding to whole minor units is always possible.
    let rule = RoundingRule::new(rounding.unwrap_or_default(), 1).unwrap_or_default();
    let line = |(index, item): (usize, &Item)| {
        item.line(amount, rule, &[path, "/", &digits(index)].concat(), problems).unwrap_or(Value::Null)
    };
    let lines = items.iter().enumerate().map(line).collect();
    if problems.count() == before {
        adds_up(items.iter().map(|item| Ok(item.gross)), amount, path, problems);
    }
    Value::List(lines)
}

/// Returns the items of a payment (R9.6). Their gross totals sum to its amount, and a quantity stays where the net divides by it. An
/// item without a name has its id as its name.
///
/// # Examples
/// ```
/// use billing_rules::providers::nexi::order_items;
/// use billing_rules::{Cycle, Schedule, Subscription, Terms};
///
/// let day = "2025-01-31".parse()?;
/// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY));
/// let action = Subscription::new("sub-1", terms)?.next_action(day)?;
/// let items = order_items(action.payment().expect("the first payment"));
/// assert_eq!((items.len(), items[0].gross.to_string()), (1, "99.00 NOK".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn order_items(payment: &Payment) -> Vec<Item> {
    items_of(payment, None)
}

/// Returns the items of a payment, with what Nexi computes from them rounded.
pub(crate) fn items_of(payment: &Payment, rounding: Option<Rounding>) -> Vec<Item> {
    let rule = RoundingRule::new(rounding.unwrap_or_default(), 1).unwrap_or_default();
    rows::of(payment).iter().map(|row| Item::of(row, rule)).collect()
}

impl Item {
    fn of(row: &Row, rule: RoundingRule) -> Self {
        let accepted =
            |text: &str| -> String { text.chars().map(|c| if checks::LOOSE.contains(c) { ' ' } else { c }).collect() };
        let (reference, name) = (accepted(&row.id), accepted(row.name.as_deref().unwrap_or(&row.id)));
        // A rate with more than two decimals cannot be written.
        let tax_rate = row.hundredths().filter(|rate| (1..=99_999).contains(rate));
        let (quantity, unit, unit_price) = (None, None, None);
        let (gross, net, tax) = (row.gross, Some(row.net), row.tax().ok());
        let item = Self { reference, name, quantity, unit, gross, tax_rate, net, tax, unit_price };
        // A net that does not follow from the rate is left to Nexi's own arithmetic.
        if item.split(tax_rate.unwrap_or(0).into(), rule, "", &mut Problems::default()).is_none() {
            return Self { net: None, tax: None, ..item };
        }
        let (quantity, unit_price) = row.units(row.net);
        match Quantity::new(&digits(quantity)) {
            Ok(quantity) => Self { quantity: Some(quantity), unit_price: Some(unit_price), ..item },
            // Nexi has quantities of up to nine digits.
            Err(_) => item,
        }
    }

    /// Writes an item; `None` if it has an error.
    fn line(&self, amount: Money, rule: RoundingRule, path: &str, problems: &mut Problems) -> Option<Value> {
        let at = |field: &str| [path, field].concat();
        let before = problems.count();
        checks::text(&self.reference, &at("/reference"), checks::LONG, checks::LOOSE, problems);
        checks::text(&self.name, &at("/name"), checks::LONG, checks::LOOSE, problems);
        checks::optional(self.unit.as_ref(), &at("/unit"), checks::LONG, checks::STRICT, problems);
        let rate = self.tax_rate.unwrap_or_default();
        if rate > 99_999 {
            let message = "expected a tax rate from 0 to 99999 hundredths of a percent";
            problems.push(Code::OutOfRange, at("/taxRate"), message);
        }
        let given =
            [("/gross", Some(self.gross)), ("/net", self.net), ("/tax", self.tax), ("/unitPrice", self.unit_price)];
        for (field, money) in given {
            let Some(money) = money else { continue };
            problems.check(amount.same_currency(money, &at(&[field, "/currency"].concat())));
            checks::writable(money, &at(field), problems);
        }
        let quantity = self.quantity.as_ref().map_or(Quantity::ONE, |quantity| quantity.millionths);
        if quantity == 0 && self.unit_price.is_none() {
            let message = "expected `unitPrice`, which a quantity of 0 does not determine";
            problems.push(Code::MissingField, at("/unitPrice"), message);
        }
        if problems.count() > before {
            return None;
        }
        let (net, tax) = self.split(rate.into(), rule, path, problems)?;
        let unit_price = match self.unit_price {
            Some(price) => price.amount(),
            None => rule.share(net, Quantity::ONE, quantity)?,
        };
        if i32::try_from(unit_price).is_err() {
            let message = "expected a unit price that nexi can represent";
            problems.push(Code::AmountNotRepresentable, at("/unitPrice"), message);
        }
        let mut line = Object::default();
        line.required("reference", &self.reference);
        line.required("name", &self.name);
        let digits = self.quantity.as_ref().map_or("1", |quantity| &quantity.digits);
        line.set("quantity", Value::Written(digits.into()));
        line.set("unit", Value::text(self.unit.as_deref().unwrap_or("pcs")));
        line.set("unitPrice", Value::Integer(unit_price));
        line.set("taxRate", Value::Integer(rate.into()));
        line.set("taxAmount", Value::Integer(tax));
        line.set("grossTotalAmount", self.gross.minor_units());
        line.set("netTotalAmount", Value::Integer(net));
        Some(line.finish())
    }

    /// Returns net and tax. They must add up to the gross total, and one must follow from the other by the rate: the
    /// tax from the net total (for prices without tax), or the net total from the gross one (for prices with it).
    fn split(&self, rate: i64, rule: RoundingRule, path: &str, problems: &mut Problems) -> Option<(i64, i64)> {
        const WHOLE: i64 = 10_000;
        let gross = self.gross.amount();
        let net_of_gross = rule.share(gross, WHOLE, WHOLE.saturating_add(rate))?;
        let net = match (self.net, self.tax) {
            (Some(net), _) => net.amount(),
            (None, Some(tax)) => gross.saturating_sub(tax.amount()),
            (None, None) => net_of_gross,
        };
        let tax = self.tax.map_or(gross.saturating_sub(net), Money::amount);
        if net.saturating_add(tax) != gross {
            let message = "expected net and tax that add up to the gross total";
            problems.push(Code::TotalMismatch, [path, "/gross"].concat(), message);
            return None;
        }
        let by_rate = rule.share(net, rate, WHOLE)?;
        // A tax that is split over items, with both figures stated, differs by a unit (R9.6).
        let most = if self.net.is_some() && self.tax.is_some() { 1 } else { 0 };
        if net != net_of_gross && tax.abs_diff(by_rate) > most {
            let message = "expected the tax that the rate gives";
            problems.push(Code::TotalMismatch, [path, "/tax"].concat(), message);
            return None;
        }
        Some((net, tax))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_keep_their_digits() {
        for (text, digits, millionths) in [
            ("1", "1", 1_000_000),
            ("0.5", "0.5", 500_000),
            ("1.0", "1.0", 1_000_000),
            ("007", "7", 7_000_000),
            ("0", "0", 0),
        ] {
            assert_eq!(Quantity::new(text).unwrap(), Quantity { digits: digits.into(), millionths });
        }
        for wrong in ["", ".5", "5.", "-1", "1e3", "1,5", "1234567890", "0.1234567", "1.2.3", " 1"] {
            assert_eq!(Quantity::new(wrong).unwrap_err().code(), Code::InvalidDecimal, "{wrong}");
        }
    }
}
