//! The native part of the Python package `billing_rules`: calls by name with JSON, and kernels over Arrow arrays.
//!
//! Arrays cross by the PyCapsule interface of Arrow, so those of pyarrow, Polars, DuckDB and others are accepted. A Python value stands
//! for an array of one, which has the value of every row.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Int64Array, StringArray, StructArray};
use arrow_schema::ArrowError;
use billing_rules::columns::{Change, Pricing};
use billing_rules::{Effective, FirstPeriod, Rounding, RoundingRule, Settle, from_json};
use billing_rules_arrow::{Schedules, states};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyArray;

/// Calls a function of the library by its JavaScript name. Returns whether it succeeded, and its answer or its errors as JSON.
#[pyfunction]
fn call(py: Python<'_>, name: &str, arguments: &str) -> (bool, String) {
    py.detach(|| match billing_rules::call(name, arguments) {
        Ok(answer) => (true, answer),
        Err(errors) => {
            let error = |error: &billing_rules::Error| {
                let [code, path, message] = [error.code().as_str(), error.path(), error.message()].map(quoted);
                format!(r#"{{"code":{code},"path":{path},"message":{message}}}"#)
            };
            (false, format!("[{}]", errors.iter().map(error).collect::<Vec<_>>().join(",")))
        }
    })
}

/// A string as JSON.
fn quoted(text: &str) -> String {
    billing_rules::to_json(&text.to_string())
}

/// The days from 0001-01-01, day 1 of Python's calendar, to 1970-01-01.
const ORDINAL_OF_EPOCH: i32 = 719_163;

/// Reads an array, or a value as an array of one.
fn array(value: &Bound<'_, PyAny>) -> PyResult<ArrayRef> {
    if value.hasattr("__arrow_c_array__")? {
        return Ok(value.extract::<PyArray>()?.into_inner().0);
    }
    if value.hasattr("toordinal")? {
        let ordinal: i32 = value.call_method0("toordinal")?.extract()?;
        return Ok(Arc::new(Date32Array::from(vec![ordinal.saturating_sub(ORDINAL_OF_EPOCH)])));
    }
    if let Ok(number) = value.extract::<i64>() {
        return Ok(Arc::new(Int64Array::from(vec![number])));
    }
    if let Ok(text) = value.extract::<String>() {
        return Ok(Arc::new(StringArray::from(vec![text])));
    }
    Err(PyValueError::new_err("expected an Arrow array, a date, an int or a str"))
}

fn failed(error: ArrowError) -> PyErr {
    PyValueError::new_err(error.to_string())
}

fn answer(answer: Result<StructArray, ArrowError>) -> PyResult<PyArray> {
    Ok(PyArray::from_array_ref(Arc::new(answer.map_err(failed)?)))
}

/// The arrays of a book: start, every, unit, anchor_day, end_date, payment_count.
type Book<'py> = (
    Bound<'py, PyAny>,
    Bound<'py, PyAny>,
    Bound<'py, PyAny>,
    Option<Bound<'py, PyAny>>,
    Option<Bound<'py, PyAny>>,
    Option<Bound<'py, PyAny>>,
);

fn schedules(book: &Book<'_>) -> PyResult<Schedules> {
    let (start, every, unit, anchor_day, end_date, payment_count) = book;
    let mut schedules = Schedules::new(&array(start)?, &array(every)?, &array(unit)?).map_err(failed)?;
    if let Some(anchor_day) = anchor_day {
        schedules = schedules.with_anchor_day(&array(anchor_day)?).map_err(failed)?;
    }
    if let Some(end_date) = end_date {
        schedules = schedules.with_end_date(&array(end_date)?).map_err(failed)?;
    }
    if let Some(payment_count) = payment_count {
        schedules = schedules.with_payment_count(&array(payment_count)?).map_err(failed)?;
    }
    Ok(schedules)
}

/// Reads an option as the library has it in JSON; its default if there is none.
fn option<T: std::str::FromStr<Err = billing_rules::Error>>(value: Option<&str>) -> PyResult<Option<T>> {
    value.map(|value| value.parse().map_err(|error: T::Err| PyValueError::new_err(error.to_string()))).transpose()
}

fn pricing(first_period: Option<&str>, rounding: Option<&str>, round_to: u32) -> PyResult<Pricing> {
    let rounding = option::<Rounding>(rounding)?.unwrap_or_default();
    let rounding = RoundingRule::new(rounding, round_to).map_err(|error| PyValueError::new_err(error.to_string()))?;
    Ok(Pricing { first_period: option::<FirstPeriod>(first_period)?.unwrap_or_default(), rounding })
}

#[pyfunction]
fn next_due_date(py: Python<'_>, book: Book<'_>, after: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let (book, after) = (schedules(&book)?, array(&after)?);
    answer(py.detach(|| book.next_due_date(&after)))
}

#[pyfunction]
fn period_on(py: Python<'_>, book: Book<'_>, date: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let (book, date) = (schedules(&book)?, array(&date)?);
    answer(py.detach(|| book.period_on(&date)))
}

#[pyfunction]
fn due_on(py: Python<'_>, book: Book<'_>, date: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let (book, date) = (schedules(&book)?, array(&date)?);
    answer(py.detach(|| book.due_on(&date)))
}

#[pyfunction]
fn amounts(
    py: Python<'_>,
    book: Book<'_>,
    price: Bound<'_, PyAny>,
    number: Bound<'_, PyAny>,
    first_period: Option<&str>,
    rounding: Option<&str>,
    round_to: u32,
) -> PyResult<PyArray> {
    let (book, price, number) = (schedules(&book)?, array(&price)?, array(&number)?);
    let pricing = pricing(first_period, rounding, round_to)?;
    answer(py.detach(|| book.amounts(&price, &number, &pricing)))
}

/// The options of a change: cycle as JSON, payment_count, anchor_day, effective, settle, prorate.
type Options = (Option<String>, Option<u32>, Option<u32>, Option<String>, Option<String>, Option<bool>);

fn change(options: &Options) -> PyResult<Change<'static>> {
    let (cycle, payment_count, anchor_day, effective, settle, prorate) = options;
    let mut change = Change::new(0, 0);
    if let Some(cycle) = cycle {
        change.cycle = Some(from_json(cycle).map_err(|errors| PyValueError::new_err(errors.to_string()))?);
    }
    change.payment_count = *payment_count;
    change.anchor_day = *anchor_day;
    change.effective = option::<Effective>(effective.as_deref())?;
    change.settle = option::<Settle>(settle.as_deref())?;
    change.prorate = *prorate;
    Ok(change)
}

#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "each is a column, or an option")]
fn prorate(
    py: Python<'_>,
    book: Book<'_>,
    from: Bound<'_, PyAny>,
    to: Bound<'_, PyAny>,
    at: Bound<'_, PyAny>,
    options: Options,
    first_period: Option<&str>,
    rounding: Option<&str>,
    round_to: u32,
) -> PyResult<PyArray> {
    let (book, from, to, at) = (schedules(&book)?, array(&from)?, array(&to)?, array(&at)?);
    let (change, pricing) = (change(&options)?, pricing(first_period, rounding, round_to)?);
    answer(py.detach(|| book.prorate(&from, &to, &at, &change, &pricing)))
}

#[pyfunction]
fn index(py: Python<'_>, states: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let states = array(&states)?;
    answer(py.detach(|| states::index(&states)))
}

#[pyfunction]
fn next_action(py: Python<'_>, states: Bound<'_, PyAny>, today: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let (states, today) = (array(&states)?, array(&today)?);
    answer(py.detach(|| states::next_action(&states, &today)))
}

#[pyfunction]
fn apply_event(py: Python<'_>, states: Bound<'_, PyAny>, events: Bound<'_, PyAny>) -> PyResult<PyArray> {
    let (states, events) = (array(&states)?, array(&events)?);
    answer(py.detach(|| states::apply_event(&states, &events)))
}

#[pyfunction]
fn forecast(
    py: Python<'_>,
    states: Bound<'_, PyAny>,
    on: Bound<'_, PyAny>,
    through: Bound<'_, PyAny>,
) -> PyResult<PyArray> {
    let (states, on, through) = (array(&states)?, array(&on)?, array(&through)?);
    answer(py.detach(|| states::forecast(&states, &on, &through)))
}

#[pymodule(gil_used = false)]
fn _billing_rules(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(call, module)?)?;
    module.add_function(wrap_pyfunction!(next_due_date, module)?)?;
    module.add_function(wrap_pyfunction!(period_on, module)?)?;
    module.add_function(wrap_pyfunction!(due_on, module)?)?;
    module.add_function(wrap_pyfunction!(amounts, module)?)?;
    module.add_function(wrap_pyfunction!(prorate, module)?)?;
    module.add_function(wrap_pyfunction!(index, module)?)?;
    module.add_function(wrap_pyfunction!(next_action, module)?)?;
    module.add_function(wrap_pyfunction!(apply_event, module)?)?;
    module.add_function(wrap_pyfunction!(forecast, module)?)?;
    Ok(())
}
