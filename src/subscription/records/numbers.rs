//! The stored numbers of the schedule that are to be skipped.

use super::key::PaymentNumber;
use crate::json::object;

/// Numbers from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    pub(crate) first: PaymentNumber,
    pub(crate) last: PaymentNumber,
}

object!(Numbers { first: required "first", last: required "last" });

impl Numbers {
    pub(crate) fn has(&self, number: PaymentNumber) -> bool {
        self.first <= number && number <= self.last
    }

    /// Adds a number to sorted ranges that do not have it.
    pub(crate) fn add(all: &mut Vec<Self>, number: PaymentNumber) {
        let place = all.partition_point(|numbers| numbers.last < number);
        match place.checked_sub(1).and_then(|before| all.get_mut(before)) {
            Some(before) if before.last.next() == number => before.last = number,
            _ => all.insert(place, Self { first: number, last: number }),
        }
    }

    /// Removes a number from sorted ranges.
    pub(crate) fn remove(all: &mut Vec<Self>, number: PaymentNumber) {
        let Some(place) = all.iter().position(|numbers| numbers.has(number)) else { return };
        let Numbers { first, last } = all.remove(place);
        if number < last {
            all.insert(place, Self { first: number.next(), last });
        }
        if let Some(before) = Some(number.prev()).filter(|before| first <= *before) {
            all.insert(place, Self { first, last: before });
        }
    }

    /// Returns the first number, from one on, that is in none of the sorted ranges.
    pub(crate) fn first_outside(all: &[Self], number: PaymentNumber) -> PaymentNumber {
        all.iter().fold(number, |number, numbers| if numbers.has(number) { numbers.last.next() } else { number })
    }
}
