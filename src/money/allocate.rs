//! Splitting an amount without losing a unit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Money;
use crate::error::{Code, Error};

impl Money {
    /// Splits the amount by weights into parts that sum to it exactly: each part is its exact share rounded down, and the
    /// units that remain go to the largest remainders, the earlier part first on ties. A part of weight 0 gets nothing, and
    /// a negative amount splits as the positive one does.
    ///
    /// # Errors
    /// `no_weights` when there are none above 0.
    ///
    /// ```
    /// use billing_rules::Money;
    ///
    /// let parts = Money::parse_decimal("1.00", "NOK".parse()?)?.allocate(&[1, 1, 1])?;
    /// assert_eq!(parts.iter().map(|part| part.amount()).collect::<Vec<_>>(), [34, 33, 33]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn allocate(self, weights: &[u64]) -> Result<Vec<Money>, Error> {
        let whole: u128 = weights.iter().map(|weight| u128::from(*weight)).fold(0, u128::saturating_add);
        let total = u128::from(self.amount().unsigned_abs());
        // 2^53 units times a weight of 64 bits stay below 2^128.
        let exact = |weight: &u64| {
            let product = total.checked_mul((*weight).into())?;
            Some((product.checked_div(whole)?, product.checked_rem(whole)?))
        };
        let shares: Option<Vec<(u128, u128)>> = weights.iter().map(exact).collect();
        let Some(shares) = shares.filter(|shares| !shares.is_empty()) else {
            return Err(Error::new(Code::NoWeights, "/weights", "expected at least one weight above 0"));
        };
        let given = shares.iter().fold(0u128, |sum, (share, _)| sum.saturating_add(*share));
        let mut parts: Vec<u128> = shares.iter().map(|(share, _)| *share).collect();
        // The largest remainder first, and of equal ones the earliest. There are more remainders than units left.
        let mut order: BinaryHeap<(u128, Reverse<usize>)> =
            shares.iter().enumerate().map(|(index, (_, rest))| (*rest, Reverse(index))).collect();
        for _ in 0..total.saturating_sub(given) {
            if let Some(part) = order.pop().and_then(|(_, Reverse(index))| parts.get_mut(index)) {
                *part = part.saturating_add(1);
            }
        }
        let signed = |part: u128| {
            let amount = i64::try_from(part).unwrap_or(i64::MAX);
            Money::new(if self.amount() < 0 { amount.saturating_neg() } else { amount }, self.currency())
        };
        parts.into_iter().map(signed).collect()
    }
}
