//! Rules over columns: a book of subscriptions as slices, an index a row, as Arrow, Parquet and databases have them.
//!
//! A loop over millions of rows allocates nothing here and builds no values: days are days since 1970-01-01
//! ([`Date::epoch_days`](crate::Date::epoch_days)), amounts are minor units. Each function is a method of [`Schedules`], fills
//! columns of the caller, and gives every row the answer of the single function for that row.
//!
//! A row without an answer has [`NONE`] or [`NO_AMOUNT`] there. If the row was rejected, its error column has the number of the code
//! ([`code`]), otherwise 0. A book that has prices of items, or lacks values, keeps `NONE` or `NO_AMOUNT` there: such a row is rejected
//! with `missing_field`, and the single functions answer it.
//!
//! # Examples
//! ```
//! use billing_rules::columns::{self, NONE, Schedules};
//! use billing_rules::{Code, Date};
//!
//! let day = |text: &str| text.parse::<Date>().map(Date::epoch_days);
//! let start = [day("2025-01-31")?, day("2025-02-10")?, NONE, day("2025-02-01")?];
//! let payment_count = [NONE, NONE, NONE, 1];
//! let book = Schedules::new(&start, 1, columns::MONTH).with_payment_count(&payment_count);
//!
//! let (mut due, mut errors) = ([0; 4], [0; 4]);
//! book.next_due_date(day("2025-02-20")?, &mut due, &mut errors)?;
//! assert_eq!(due, [day("2025-02-28")?, day("2025-03-10")?, NONE, NONE]);
//! assert_eq!(errors.map(columns::code), [None, None, Some(Code::MissingField), None]);
//! # Ok::<(), billing_rules::Error>(())
//! ```

mod amounts;
mod blocks;
mod change;
mod column;
mod dates;
mod errors;
mod position;
mod proration;
mod rows;
mod schedules;

pub use amounts::Pricing;
pub use change::Change;
pub use column::Column;
pub use dates::Periods;
pub use errors::code;
pub use proration::Prorations;
pub use schedules::{DAY, MONTH, Schedules, WEEK, YEAR};

/// What a column of days, numbers or counts has where there is no value.
pub const NONE: i32 = i32::MIN;

/// What a column of amounts has where there is no amount.
pub const NO_AMOUNT: i64 = i64::MIN;
