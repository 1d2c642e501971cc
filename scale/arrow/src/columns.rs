//! Arrays in, as slices; slices out, as arrays.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Int32Type, Int64Type};
use arrow_array::{
    Array, ArrayRef, Date32Array, Int32Array, Int64Array, PrimitiveArray, StringArray, StructArray, UInt8Array,
};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_cast::{CastOptions, cast_with_options};
use arrow_schema::{ArrowError, DataType, Field};
use billing_rules::columns::{Column, NO_AMOUNT, NONE, code};

/// Casts an array; a value that does not fit is an error rather than null.
fn cast(array: &dyn Array, to: &DataType) -> Result<ArrayRef, ArrowError> {
    cast_with_options(array, to, &CastOptions { safe: false, ..CastOptions::default() })
}

pub(crate) fn dates(array: &dyn Array) -> Result<Date32Array, ArrowError> {
    Ok(cast(array, &DataType::Date32)?.as_primitive::<Date32Type>().clone())
}

pub(crate) fn ints(array: &dyn Array) -> Result<Int32Array, ArrowError> {
    Ok(cast(array, &DataType::Int32)?.as_primitive::<Int32Type>().clone())
}

pub(crate) fn amounts(array: &dyn Array) -> Result<Int64Array, ArrowError> {
    Ok(cast(array, &DataType::Int64)?.as_primitive::<Int64Type>().clone())
}

pub(crate) fn strings(array: &dyn Array) -> Result<StringArray, ArrowError> {
    Ok(cast(array, &DataType::Utf8)?.as_string::<i32>().clone())
}

/// The values of an array with something else for null. Without nulls, nothing is copied.
fn filled<T: arrow_array::ArrowPrimitiveType>(array: &PrimitiveArray<T>, none: T::Native) -> Cow<'_, [T::Native]> {
    match array.null_count() {
        0 => Cow::Borrowed(array.values()),
        _ => Cow::Owned(array.iter().map(|value| value.unwrap_or(none)).collect()),
    }
}

/// The same for an array of which one value stands for every row, which it does if all of them are null.
fn column_of<T: arrow_array::ArrowPrimitiveType>(array: &PrimitiveArray<T>, none: T::Native) -> Cow<'_, [T::Native]> {
    if array.null_count() == array.len() && !array.is_empty() { Cow::Owned(vec![none]) } else { filled(array, none) }
}

/// The starts, of which each row has its own.
pub(crate) fn starts_of(array: &Date32Array) -> Cow<'_, [i32]> {
    filled(array, NONE)
}

pub(crate) fn days_of(array: &Date32Array) -> Cow<'_, [i32]> {
    column_of(array, NONE)
}

pub(crate) fn ints_of(array: &Int32Array) -> Cow<'_, [i32]> {
    column_of(array, NONE)
}

pub(crate) fn amounts_of(array: &Int64Array) -> Cow<'_, [i64]> {
    column_of(array, NO_AMOUNT)
}

/// The values as a column. An array of one value has that of every row.
pub(crate) fn column<T: Copy>(values: &[T]) -> Column<'_, T> {
    match values {
        [value] => Column::All(*value),
        _ => Column::Each(values),
    }
}

/// An array of values, with null for what stands for none.
fn nullable<T: arrow_array::ArrowPrimitiveType>(values: Vec<T::Native>, none: T::Native) -> ArrayRef {
    let has_nulls = values.contains(&none);
    let is_valid = |row: usize| values.get(row).is_some_and(|value| *value != none);
    let nulls = has_nulls.then(|| NullBuffer::new(BooleanBuffer::collect_bool(values.len(), is_valid)));
    Arc::new(PrimitiveArray::<T>::new(ScalarBuffer::from(values), nulls))
}

pub(crate) fn date_column(values: Vec<i32>) -> ArrayRef {
    nullable::<Date32Type>(values, NONE)
}

pub(crate) fn int_column(values: Vec<i32>) -> ArrayRef {
    nullable::<Int32Type>(values, NONE)
}

pub(crate) fn amount_column(values: Vec<i64>) -> ArrayRef {
    nullable::<Int64Type>(values, NO_AMOUNT)
}

/// The codes by name; null for a row without an error.
pub(crate) fn error_column(errors: Vec<u8>) -> ArrayRef {
    if errors.iter().all(|number| *number == 0) {
        return Arc::new(StringArray::new_null(errors.len()));
    }
    let errors = UInt8Array::from(errors);
    Arc::new(StringArray::from_iter(errors.values().iter().map(|number| code(*number).map(|code| code.as_str()))))
}

/// A struct array of named columns, each of which may have nulls.
pub(crate) fn struct_of(columns: Vec<(&str, ArrayRef)>) -> Result<StructArray, ArrowError> {
    let (fields, arrays): (Vec<_>, Vec<_>) =
        columns.into_iter().map(|(name, array)| (Field::new(name, array.data_type().clone(), true), array)).unzip();
    StructArray::try_new(fields.into(), arrays, None)
}
