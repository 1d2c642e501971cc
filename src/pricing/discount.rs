//! Discounts: an amount or a part off the price of a period, for some payments or until a day (R9.3).

use super::percent::{Percent, WHOLE};
use crate::date::Date;
use crate::error::{Code, Error, Problems};
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape};
use crate::money::{Money, RoundingRule};

/// What a discount subtracts from a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Off {
    /// A part of the price, above 0 and at most 100 %.
    Percent(Percent),
    /// An amount above 0, split over the items by their size.
    Amount(Money),
}

impl Off {
    const FIELDS: Keys = "percent amount";
}

impl Shape for Off {
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| match (fields.optional("percent"), fields.optional("amount")) {
            (Some(percent), None) => Self::Percent(percent),
            (None, Some(amount)) => Self::Amount(amount),
            (percent, _) => {
                if fields.have_no_errors() {
                    node.report(match percent {
                        None => Error::new(Code::MissingField, "/percent", "expected `percent` or `amount`"),
                        Some(_) => {
                            let message = "cannot accept `amount` because `percent` is given; leave one out";
                            Error::new(Code::UnknownField, "/amount", message)
                        }
                    });
                }
                Self::Percent(Percent::default())
            }
        })
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        match self {
            Self::Percent(percent) => to.required("percent", percent),
            Self::Amount(amount) => to.required("amount", amount),
        }
        to.end_object();
    }
}

serde_by_shape!(Off);

/// A discount on the price of a period. It ends after some payments, after a day, or never.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Discount {
    /// Yours, 1 to 64 characters, unique among the discounts. A change of plan that repeats it keeps its count.
    pub id: String,
    /// What it subtracts from the price that the discounts before it left.
    pub off: Off,
    /// For how many payments, from 1.
    pub payments: Option<u32>,
    /// The last due date with the discount.
    pub through: Option<Date>,
}

object!(Discount {
    id: required "id",
    off: required "off",
    payments: optional "payments",
    through: optional "through",
});

impl Discount {
    /// Creates a discount without an end.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Discount, Off};
    ///
    /// let discount = Discount::new("launch", Off::Percent("25".parse()?)).with_payments(3);
    /// assert_eq!(discount.payments, Some(3));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn new(id: impl Into<String>, off: Off) -> Self {
        Self { id: id.into(), off, payments: None, through: None }
    }

    /// Ends it after some payments, from 1. Payments at a price of 0 do not count (R9.3).
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_payments(mut self, payments: u32) -> Self {
        self.payments = Some(payments);
        self
    }

    /// Ends it after a day: the last due date with the discount.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Discount, Off};
    ///
    /// let discount = Discount::new("summer", Off::Amount("20.00 NOK".parse()?)).with_through("2025-08-31".parse()?);
    /// assert_eq!(discount.through, Some("2025-08-31".parse()?));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_through(mut self, through: Date) -> Self {
        self.through = Some(through);
        self
    }

    /// Returns whether it applies on a due date, after a number of payments with it.
    pub(crate) fn applies(&self, used: u32, due_date: Date) -> bool {
        self.payments.is_none_or(|payments| used < payments) && self.through.is_none_or(|through| due_date <= through)
    }

    /// Returns how much it subtracts from each of some amounts. `left` is what the discounts before it left of them.
    pub(crate) fn parts(&self, left: &[Money], rule: RoundingRule) -> Result<Vec<Money>, Error> {
        let grid = rule.grid();
        match self.off {
            Off::Percent(percent) => left.iter().map(|left| Ok(percent.of(*left, rule)?.at_most(*left))).collect(),
            // Split in units of the grid, so that each part is a multiple as the amount is.
            Off::Amount(off) => {
                let units = |amount: i64| amount.checked_div(grid).unwrap_or(amount);
                let weights: Vec<u64> = left.iter().map(|left| units(left.amount()).unsigned_abs()).collect();
                let whole = weights.iter().fold(0, |sum: u64, weight| sum.saturating_add(*weight));
                let off = units(off.amount()).min(i64::try_from(whole).unwrap_or(i64::MAX));
                let whole = left.first().map(|left| Money::new(off, left.currency())).transpose()?;
                match whole {
                    Some(whole) if off > 0 => {
                        let parts = whole.allocate(&weights)?.into_iter();
                        parts.map(|part| Money::new(part.amount().saturating_mul(grid), part.currency())).collect()
                    }
                    _ => Ok(left.iter().map(|left| Money::zero(left.currency())).collect()),
                }
            }
        }
    }

    /// Checks it against the currency of the price.
    fn check(&self, price: Money, rule: RoundingRule, path: &str, problems: &mut Problems) {
        let at = |field: &str| [path, field].concat();
        if !(1..=64).contains(&self.id.chars().count()) {
            problems.push(Code::InvalidString, at("/id"), "expected 1 to 64 characters");
        }
        match self.off {
            Off::Percent(percent) => {
                if !(1..=WHOLE).contains(&percent.millionths()) {
                    problems.push(
                        Code::OutOfRange,
                        at("/off/percent"),
                        "expected a percentage above 0 and at most 100",
                    );
                }
            }
            Off::Amount(amount) => {
                if amount.amount() <= 0 {
                    problems.push(Code::OutOfRange, at("/off/amount/amount"), "expected an amount above 0");
                }
                problems.check(price.same_currency(amount, &at("/off/amount/currency")));
                problems.check(rule.on_grid(amount, &at("/off/amount")));
            }
        }
        if self.payments == Some(0) {
            problems.push(Code::OutOfRange, at("/payments"), "expected at least one payment");
        }
    }
}

/// The maximum number of discounts, and of rates of tax.
pub(crate) const MOST: usize = 20;

/// Checks discounts against the currency of the price, at `/discounts`.
pub(crate) fn check(discounts: &[Discount], price: Money, rule: RoundingRule, problems: &mut Problems) {
    for (index, discount) in discounts.iter().enumerate() {
        discount.check(price, rule, &entry("/discounts", index), problems);
    }
    unique(discounts.iter().map(|discount| discount.id.as_str()), "/discounts", problems);
}

/// Returns the path of an entry.
pub(crate) fn entry(path: &str, index: usize) -> String {
    [path, "/", &crate::digits::digits(index)].concat()
}

/// Checks that there are not too many entries, and that each has an id of its own.
pub(crate) fn unique<'a>(ids: impl Iterator<Item = &'a str>, path: &'static str, problems: &mut Problems) {
    let ids: Vec<&str> = ids.collect();
    if ids.len() > MOST {
        problems.push(Code::TooMany, path, "expected at most 20 entries");
        return;
    }
    for (index, id) in ids.iter().enumerate() {
        if ids.iter().take(index).any(|earlier| earlier == id) {
            problems.push(Code::DuplicateEntry, [&entry(path, index), "/id"].concat(), "expected an id of its own");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rounding;

    fn money(amount: i64) -> Money {
        Money::new(amount, "NOK".parse().unwrap()).unwrap()
    }

    fn percent(text: &str) -> Discount {
        Discount::new("percent", Off::Percent(text.parse().unwrap()))
    }

    fn amount(amount: i64) -> Discount {
        Discount::new("amount", Off::Amount(money(amount)))
    }

    /// What is left of amounts after discounts in order.
    fn left(amounts: &[i64], discounts: &[Discount], rule: RoundingRule) -> Vec<i64> {
        let mut left: Vec<Money> = amounts.iter().map(|amount| money(*amount)).collect();
        for discount in discounts {
            let parts = discount.parts(&left, rule).unwrap();
            for (left, part) in left.iter_mut().zip(parts) {
                *left = left.checked_sub(part).unwrap();
            }
        }
        left.into_iter().map(Money::amount).collect()
    }

    #[test]
    fn each_applies_to_what_the_one_before_left() {
        let rule = RoundingRule::default();
        assert_eq!(left(&[10_000], &[percent("10"), percent("10")], rule), [8_100]);
        assert_eq!(left(&[10_000], &[amount(2_500), percent("10")], rule), [6_750]);
        assert_eq!(left(&[10_000], &[percent("10"), amount(2_500)], rule), [6_500]);
        assert_eq!(left(&[100, 200], &[amount(25)], rule), [92, 183]);
        assert_eq!(left(&[999, 999], &[percent("33.3333")], rule), [666, 666]);
    }

    #[test]
    fn never_below_zero() {
        let rule = RoundingRule::default();
        assert_eq!(left(&[100, 200], &[amount(500)], rule), [0, 0]);
        assert_eq!(left(&[100, 200], &[percent("100"), amount(500)], rule), [0, 0]);
        assert_eq!(left(&[0, 200], &[amount(50)], rule), [0, 150]);
        assert_eq!(left(&[], &[amount(50)], rule), [0; 0]);
        let up = RoundingRule::new(Rounding::Up, 1).unwrap();
        assert_eq!(left(&[1], &[percent("0.0001")], up), [0]);
    }

    #[test]
    fn parts_are_multiples_of_the_grid() {
        let whole = RoundingRule::new(Rounding::HalfUp, 100).unwrap();
        assert_eq!(left(&[10_000, 20_000], &[amount(2_500)], whole), [9_200, 18_300]);
        assert_eq!(left(&[9_900], &[percent("25")], whole), [7_400]);
    }

    #[test]
    fn an_end_by_payments_or_by_a_day() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let both = percent("10").with_payments(3).with_through(day("2025-03-31"));
        assert!(both.applies(2, day("2025-03-31")));
        assert!(!both.applies(3, day("2025-03-31")));
        assert!(!both.applies(0, day("2025-04-01")));
        assert!(percent("10").applies(u32::MAX, day("9999-12-31")));
    }

    #[test]
    fn rejects_what_is_no_discount() {
        let mut problems = Problems::default();
        let wrong = [
            Discount::new("", Off::Amount(money(0))).with_payments(0),
            percent("0"),
            percent("100.0001"),
            amount(50),
            amount(100),
        ];
        check(&wrong, money(10_000), RoundingRule::new(Rounding::HalfUp, 100).unwrap(), &mut problems);
        let errors = problems.errors().unwrap();
        let found: Vec<_> = errors.iter().map(|error| (error.code().as_str(), error.path())).collect();
        assert_eq!(
            found,
            [
                ("invalid_string", "/discounts/0/id"),
                ("out_of_range", "/discounts/0/off/amount/amount"),
                ("out_of_range", "/discounts/0/payments"),
                ("out_of_range", "/discounts/1/off/percent"),
                ("out_of_range", "/discounts/2/off/percent"),
                ("amount_off_grid", "/discounts/3/off/amount"),
                ("duplicate_entry", "/discounts/2/id"),
                ("duplicate_entry", "/discounts/4/id"),
            ]
        );
    }
}
