//! The loop over the rows, and reading one value of a row.

use super::errors::number;
use super::{NO_AMOUNT, NONE};
use crate::date::Date;
use crate::error::Code;
use crate::json::MAX_SAFE;

/// Computes every row. `write` receives the answer, or nothing for a row that is rejected, whose code goes to the error column.
#[inline]
pub(super) fn each<T>(
    errors: &mut [u8],
    row: impl Fn(usize) -> Result<T, Code>,
    mut write: impl FnMut(usize, Option<T>),
) {
    for (index, error) in errors.iter_mut().enumerate() {
        match row(index) {
            Ok(answer) => {
                *error = 0;
                write(index, Some(answer));
            }
            Err(code) => {
                *error = number(code);
                write(index, None);
            }
        }
    }
}

/// Writes a value into a column.
#[inline]
pub(super) fn set<T>(column: &mut [T], row: usize, value: T) {
    if let Some(cell) = column.get_mut(row) {
        *cell = value;
    }
}

/// Reads what is required.
#[inline]
pub(super) fn required(value: Option<i32>) -> Result<i32, Code> {
    optional(value).ok_or(Code::MissingField)
}

/// Reads what may be absent.
#[inline]
pub(super) fn optional(value: Option<i32>) -> Option<i32> {
    value.filter(|value| *value != NONE)
}

/// Reads a day that is required.
#[inline]
pub(super) fn day(value: Option<i32>) -> Result<Date, Code> {
    Date::from_epoch_days(required(value)?).ok_or(Code::OutOfRange)
}

/// Reads an amount, which is required.
#[inline]
pub(super) fn amount(value: Option<i64>) -> Result<i64, Code> {
    match value {
        None | Some(NO_AMOUNT) => Err(Code::MissingField),
        Some(amount) => in_range(amount),
    }
}

/// Returns an amount if it is one (R1.3).
#[inline]
pub(super) fn in_range(amount: i64) -> Result<i64, Code> {
    if (-MAX_SAFE..=MAX_SAFE).contains(&amount) { Ok(amount) } else { Err(Code::OutOfRange) }
}

/// Returns the column value of a day.
#[inline]
pub(super) fn written(day: Option<Date>) -> i32 {
    day.map_or(NONE, Date::epoch_days)
}
