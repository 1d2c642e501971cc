//! A column that is read.

use std::ops::Deref;

use crate::error::{Code, Error};

/// A column: a value for each row, or one value for all.
///
/// # Examples
/// ```
/// use billing_rules::columns::Column;
///
/// let each = Column::from(&[1, 3, 12]);
/// assert_eq!((each.get(1), each.get(3)), (Some(3), None));
/// assert_eq!(Column::from(1).get(1_000), Some(1));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
// Exhaustive: a value is of all rows, or of each.
pub enum Column<'a, T> {
    /// The value of every row.
    All(T),
    /// The value of each row.
    Each(&'a [T]),
}

impl<T: Copy> Column<'_, T> {
    /// Returns the value of a row; `None` if the column is shorter.
    ///
    /// # Examples
    /// [`Column`] has one.
    #[inline]
    pub fn get(self, row: usize) -> Option<T> {
        match self {
            Self::All(value) => Some(value),
            Self::Each(values) => values.get(row).copied(),
        }
    }

    /// Checks that there is a value for each row.
    pub(super) fn check(self, path: &'static str, rows: usize) -> Result<(), Error> {
        match self {
            Self::Each(values) => has_length(values, path, rows),
            Self::All(_) => Ok(()),
        }
    }
}

/// Checks that a column has as many rows as the book.
pub(super) fn has_length<T>(column: &[T], path: &'static str, rows: usize) -> Result<(), Error> {
    if column.len() == rows {
        return Ok(());
    }
    Err(Error::new(Code::OutOfRange, path, "expected a column with as many rows as `start`"))
}

impl<T> From<T> for Column<'_, T> {
    fn from(value: T) -> Self {
        Self::All(value)
    }
}

impl<'a, T> From<&'a [T]> for Column<'a, T> {
    fn from(values: &'a [T]) -> Self {
        Self::Each(values)
    }
}

impl<'a, T, const ROWS: usize> From<&'a [T; ROWS]> for Column<'a, T> {
    fn from(values: &'a [T; ROWS]) -> Self {
        Self::Each(values)
    }
}

impl<'a, T> From<&'a Vec<T>> for Column<'a, T> {
    fn from(values: &'a Vec<T>) -> Self {
        Self::Each(values.deref())
    }
}
