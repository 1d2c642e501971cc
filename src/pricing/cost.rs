//! What an item costs for a full period: exact, and rounded once (R9.1).

use super::item::{Item, Tier, TierMode, UnitPrice};
use crate::error::{Code, Error};
use crate::money::{Currency, Money, RoundingRule};

/// The largest common multiple of the numbers of units that the amounts of an item are for. With it, every cost fits into
/// 128 bits.
pub(super) const LARGEST_MULTIPLE: i128 = 1_000_000_000_000;

/// Returns what the units of an item cost for a full period, rounded once.
pub(crate) fn of_item(item: &Item, rule: RoundingRule) -> Result<Money, Error> {
    let units = item.units();
    match &item.unit_price {
        UnitPrice::Each { unit_amount, per } => {
            let sum = Sum::NOTHING.plus(*unit_amount, units, per.unwrap_or(1));
            rounded(sum, unit_amount.currency(), rule)
        }
        UnitPrice::Tiers { tiers, mode } => {
            let Some(currency) = tiers.first().map(|tier| tier.unit_amount.currency()) else {
                return Err(too_large());
            };
            rounded(of_tiers(tiers, *mode, units), currency, rule)
        }
    }
}

fn rounded(sum: Option<Sum>, currency: Currency, rule: RoundingRule) -> Result<Money, Error> {
    let amount = sum.and_then(|sum| rule.quotient(sum.numerator, sum.denominator)).ok_or_else(too_large)?;
    Money::new(amount, currency).map_err(|_| too_large())
}

/// Returns the cost of some units by tiers. A tier without a unit costs nothing, not even its flat amount.
fn of_tiers(tiers: &[Tier], mode: TierMode, units: u32) -> Option<Sum> {
    let mut sum = Sum::NOTHING;
    let mut before = 0;
    for tier in tiers {
        let up_to = tier.up_to.unwrap_or(u32::MAX);
        let inside = units.min(up_to).saturating_sub(before);
        let charged = match mode {
            TierMode::Graduated => inside,
            TierMode::Volume if units <= up_to => inside.saturating_add(before.min(units)),
            TierMode::Volume => 0,
        };
        if charged > 0 && inside > 0 {
            sum = sum.plus(tier.unit_amount, charged, tier.per.unwrap_or(1))?;
            if let Some(flat) = tier.flat {
                sum = sum.plus(flat, 1, 1)?;
            }
        }
        before = up_to;
    }
    Some(sum)
}

/// An exact sum of fractions.
#[derive(Clone, Copy)]
struct Sum {
    numerator: i128,
    denominator: i128,
}

impl Sum {
    const NOTHING: Self = Self { numerator: 0, denominator: 1 };

    /// Adds what some units cost, at an amount for `per` of them.
    fn plus(self, amount: Money, units: u32, per: u32) -> Option<Self> {
        let per = i128::from(per);
        let denominator = multiple(self.denominator, per)?;
        let cost = i128::from(amount.amount()).checked_mul(units.into())?;
        let numerator = (self.numerator.checked_mul(denominator.checked_div(self.denominator)?)?)
            .checked_add(cost.checked_mul(denominator.checked_div(per)?)?)?;
        Some(Self { numerator, denominator })
    }
}

/// Returns the least common multiple of two positive numbers; `None` if one is 0 or the multiple is too large.
pub(super) fn multiple(one: i128, other: i128) -> Option<i128> {
    let (mut larger, mut smaller) = (one, other);
    while smaller != 0 {
        (larger, smaller) = (smaller, larger.checked_rem(smaller)?);
    }
    one.checked_div(larger)?.checked_mul(other).filter(|multiple| (1..=LARGEST_MULTIPLE).contains(multiple))
}

fn too_large() -> Error {
    Error::new(Code::OutOfRange, "", "cannot compute the price because it is beyond 2^53 - 1 minor units")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rounding;

    fn eur(amount: i64) -> Money {
        Money::new(amount, "EUR".parse().unwrap()).unwrap()
    }

    fn cost(item: Item, units: u32) -> i64 {
        of_item(&item.with_quantity(units), RoundingRule::default()).unwrap().amount()
    }

    #[test]
    fn tiers_by_hand() {
        // 10.00 for each of the first 5 and a flat 1.00; 8.00 for the next 5 and a flat 2.00; then 5.00.
        let tiers = || {
            let first = Tier::up_to(5, eur(1_000)).with_flat(eur(100));
            vec![first, Tier::up_to(10, eur(800)).with_flat(eur(200)), Tier::without_end(eur(500))]
        };
        let graduated = |units| cost(Item::tiered("a", TierMode::Graduated, tiers()), units);
        let volume = |units| cost(Item::tiered("a", TierMode::Volume, tiers()), units);
        let rows = [(0, 0, 0), (1, 1_100, 1_100), (5, 5_100, 5_100), (6, 6_100, 5_000), (10, 9_300, 8_200)];
        for (units, by_graduated, by_volume) in rows {
            assert_eq!((graduated(units), volume(units)), (by_graduated, by_volume), "{units}");
        }
        assert_eq!((graduated(11), volume(11)), (9_800, 5_500));
    }

    #[test]
    fn fractions_of_a_unit_are_summed_before_the_rounding() {
        // 50 at three quarters of a cent are 37.5; 25 at a quarter are 6.25: 43.75 cents.
        let tiers = vec![Tier::up_to(50, eur(75)).with_per(100), Tier::without_end(eur(25)).with_per(100)];
        assert_eq!(cost(Item::tiered("a", TierMode::Graduated, tiers), 75), 44);
        // A third of a cent and a seventh of a cent, 3 and 7 times: 1 each.
        let tiers = vec![Tier::up_to(3, eur(1)).with_per(3), Tier::without_end(eur(1)).with_per(7)];
        assert_eq!(cost(Item::tiered("a", TierMode::Graduated, tiers), 10), 2);
        assert_eq!(cost(Item::new("a", eur(1)).with_per(2), 1), 1);
    }

    #[test]
    fn items_round_to_the_grid() {
        let whole = RoundingRule::new(Rounding::HalfUp, 100).unwrap();
        let item = Item::new("a", eur(100)).with_per(3).with_quantity(8);
        assert_eq!(of_item(&item, whole).unwrap(), eur(300));
    }

    #[test]
    fn what_is_too_large_is_an_error() {
        let item = Item::new("a", eur(9_007_199_254_740_991)).with_quantity(2);
        assert_eq!(of_item(&item, RoundingRule::default()).unwrap_err().code(), Code::OutOfRange);
        assert_eq!(multiple(1_000_000, 999_983), Some(999_983_000_000));
        assert_eq!((multiple(1_000_000_000_000, 7), multiple(0, 7), multiple(7, 0)), (None, None, None));
    }
}
