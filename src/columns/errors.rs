//! The error column: a number for each code that a row may have.

use crate::error::Code;

/// The codes by their numbers, from 1. A number never changes its code, as files keep it.
const CODES: [Code; 13] = [
    Code::MissingField,
    Code::OutOfRange,
    Code::UnknownValue,
    Code::AnchorDayOnDayCycle,
    Code::EndBeforeStart,
    Code::AmountOffGrid,
    Code::OutsidePeriod,
    Code::NoNextPayment,
    Code::SettleNotAllowed,
    Code::PaymentCountRequired,
    Code::PaymentCountNotAllowed,
    Code::AnchorDayNotAllowed,
    Code::Internal,
];

/// Returns the code of a number in an error column; `None` for 0, the number of a row without an error.
///
/// # Examples
/// ```
/// use billing_rules::{Code, columns};
///
/// assert_eq!(columns::code(0), None);
/// assert_eq!(columns::code(1), Some(Code::MissingField));
/// assert_eq!(columns::code(2), Some(Code::OutOfRange));
/// ```
pub fn code(number: u8) -> Option<Code> {
    CODES.get(usize::from(number.checked_sub(1)?)).copied()
}

/// Returns the number of a code.
pub(super) fn number(code: Code) -> u8 {
    let found = (1..).zip(CODES).find(|(_, known)| *known == code);
    found.map_or(INTERNAL, |(number, _)| number)
}

const INTERNAL: u8 = 13;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_leads_back_to_its_code() {
        for (at, listed) in (1..).zip(CODES) {
            assert_eq!((number(listed), code(at)), (at, Some(listed)));
        }
        assert_eq!((code(INTERNAL), code(14), number(Code::IdReused)), (Some(Code::Internal), None, INTERNAL));
    }
}
