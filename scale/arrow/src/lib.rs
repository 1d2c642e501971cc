//! The rules of billing-rules as kernels over Arrow arrays, for engines such as DuckDB, Spark and Polars.
//!
//! [`Schedules`] has the kernels over columns of a book: due dates, periods, amounts, plan changes. [`states`] has those over stored
//! subscriptions, a JSON text a row. Every kernel returns a struct array, and the field `error` has the code of a rejected row.
//!
//! Inputs are cast to the type that a kernel needs, so any integers, dates and strings are accepted. All columns are signed: Spark
//! has no others.
//!
//! ```
//! use arrow_array::cast::AsArray;
//! use arrow_array::types::Date32Type;
//! use arrow_array::{Array, Date32Array, Int32Array, StringArray};
//! use billing_rules_arrow::Schedules;
//!
//! // 31 January and 10 February 2025, and a row without a start.
//! let start = Date32Array::from(vec![Some(20_119), Some(20_129), None]);
//! let every = Int32Array::from(vec![1; 3]);
//! let unit = StringArray::from(vec!["month"; 3]);
//! let after = Date32Array::from(vec![20_139; 3]);
//!
//! let answer = Schedules::new(&start, &every, &unit)?.next_due_date(&after)?;
//! let due = answer.column_by_name("due_date").expect("a field of the answer").as_primitive::<Date32Type>();
//! assert_eq!((due.value(0), due.value(1), due.is_null(2)), (20_147, 20_157, true));
//! let error = answer.column_by_name("error").expect("a field of the answer").as_string::<i32>();
//! assert_eq!(error.value(2), "missing_field");
//! # Ok::<(), arrow_schema::ArrowError>(())
//! ```
#![warn(missing_docs)]

mod columns;
mod schedules;
pub mod states;

pub use schedules::Schedules;
