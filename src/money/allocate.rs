//! Splitting an amount without losing a unit.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Money;
use crate::error::{Code, Error};

impl Money {
    /// Splits the amount by weights into parts that sum to it exactly.
    ///
    /// Each part is its exact share rounded down. The remaining units go to the parts with the largest remainders, the
    /// earlier part first on ties. A part of weight 0 gets nothing, and a negative amount splits as the positive one
    /// does.
    ///
    /// # Errors
    /// `all_weights_zero` if no weight is above 0.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Money;
    ///
    /// let parts = "1.00 NOK".parse::<Money>()?.allocate(&[1, 1, 1])?;
    /// assert_eq!(parts.iter().map(|part| part.amount()).collect::<Vec<_>>(), [34, 33, 33]);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn allocate(self, weights: &[u64]) -> Result<Vec<Money>, Error> {
        let whole: u128 = weights.iter().map(|weight| u128::from(*weight)).fold(0, u128::saturating_add);
        if whole == 0 {
            return Err(Error::new(Code::AllWeightsZero, "/weights", "expected at least one weight above 0"));
        }
        let total = self.amount().unsigned_abs();
        let (mut parts, mut left) = (Vec::with_capacity(weights.len()), total);
        // The largest remainder first, and of equal ones the earliest. There are more remainders than remaining units.
        let mut order = BinaryHeap::with_capacity(weights.len());
        for (index, weight) in weights.iter().enumerate() {
            // 2^53 units times a weight of 64 bits is below 2^128, and a share does not exceed the total.
            let product = u128::from(total).saturating_mul((*weight).into());
            let share = product.checked_div(whole).and_then(|share| u64::try_from(share).ok()).unwrap_or_default();
            left = left.saturating_sub(share);
            parts.push(share);
            order.push((product.checked_rem(whole), Reverse(index)));
        }
        for _ in 0..left {
            if let Some(part) = order.pop().and_then(|(_, Reverse(index))| parts.get_mut(index)) {
                *part = part.saturating_add(1);
            }
        }
        let mut signed = Vec::with_capacity(parts.len());
        for part in parts {
            let amount = i64::try_from(part).unwrap_or(i64::MAX);
            let amount = if self.amount() < 0 { amount.saturating_neg() } else { amount };
            signed.push(Money::new(amount, self.currency())?);
        }
        Ok(signed)
    }
}
