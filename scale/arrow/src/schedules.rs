//! Kernels over columns of a book.

use arrow_array::{Array, Date32Array, Int32Array, StringArray, StructArray};
use arrow_schema::ArrowError;
use billing_rules::Error;
use billing_rules::columns::{self, Change, Periods, Pricing, Prorations};

use crate::columns::{
    amount_column, amounts, amounts_of, column, date_column, dates, days_of, error_column, int_column, ints, ints_of,
    starts_of, strings, struct_of,
};

/// The schedules of a book: an array for each field. An array of one value, here and in the kernels, has that of every row; only
/// `start` has a value for each.
#[derive(Debug, Clone)]
pub struct Schedules {
    start: Date32Array,
    every: Int32Array,
    unit: Vec<u8>,
    anchor_day: Option<Int32Array>,
    end_date: Option<Date32Array>,
    payment_count: Option<Int32Array>,
}

impl Schedules {
    /// Creates a book from the starts (dates) and the cycles: how many (integers) of which unit (`day`, `week`, `month` or `year`).
    ///
    /// # Errors
    /// The cast of an array.
    pub fn new(start: &dyn Array, every: &dyn Array, unit: &dyn Array) -> Result<Self, ArrowError> {
        let (start, every, unit) = (dates(start)?, ints(every)?, units(&strings(unit)?));
        Ok(Self { start, every, unit, anchor_day: None, end_date: None, payment_count: None })
    }

    /// Sets the anchor days, 1 to 31 or null.
    ///
    /// # Errors
    /// The cast of the array.
    pub fn with_anchor_day(self, anchor_day: &dyn Array) -> Result<Self, ArrowError> {
        Ok(Self { anchor_day: Some(ints(anchor_day)?), ..self })
    }

    /// Sets the last days on which a payment may be due, or null.
    ///
    /// # Errors
    /// The cast of the array.
    pub fn with_end_date(self, end_date: &dyn Array) -> Result<Self, ArrowError> {
        Ok(Self { end_date: Some(dates(end_date)?), ..self })
    }

    /// Sets the numbers of payments, or null.
    ///
    /// # Errors
    /// The cast of the array.
    pub fn with_payment_count(self, payment_count: &dyn Array) -> Result<Self, ArrowError> {
        Ok(Self { payment_count: Some(ints(payment_count)?), ..self })
    }

    /// Returns `due_date`, the first after a day: null if no payment follows.
    ///
    /// # Errors
    /// The cast of an array, or arrays of several lengths.
    pub fn next_due_date(&self, after: &dyn Array) -> Result<StructArray, ArrowError> {
        let after = dates(after)?;
        let (mut due_date, mut errors) = (vec![0; self.rows()], self.no_errors());
        self.with(|book| book.next_due_date(column(&days_of(&after)), &mut due_date, &mut errors))?;
        struct_of(vec![("due_date", date_column(due_date)), ("error", error_column(errors))])
    }

    /// Returns the `number`, `start` and `end` of the period that contains a day: null outside all periods.
    ///
    /// # Errors
    /// The cast of an array, or arrays of several lengths.
    pub fn period_on(&self, date: &dyn Array) -> Result<StructArray, ArrowError> {
        let date = dates(date)?;
        let [mut number, mut start, mut end] = [const { Vec::new() }; 3];
        for column in [&mut number, &mut start, &mut end] {
            column.resize(self.rows(), 0);
        }
        let mut errors = self.no_errors();
        let periods = Periods { number: &mut number, start: &mut start, end: &mut end };
        self.with(|book| book.period_on(column(&days_of(&date)), periods, &mut errors))?;
        struct_of(vec![
            ("number", int_column(number)),
            ("start", date_column(start)),
            ("end", date_column(end)),
            ("error", error_column(errors)),
        ])
    }

    /// Returns the `number` of the payment that is due on a day: null if none is.
    ///
    /// # Errors
    /// The cast of an array, or arrays of several lengths.
    pub fn due_on(&self, date: &dyn Array) -> Result<StructArray, ArrowError> {
        let date = dates(date)?;
        let (mut number, mut errors) = (vec![0; self.rows()], self.no_errors());
        self.with(|book| book.due_on(column(&days_of(&date)), &mut number, &mut errors))?;
        struct_of(vec![("number", int_column(number)), ("error", error_column(errors))])
    }

    /// Returns the `amount` of a payment by its number, in minor units: null for a row without a number, or after the last payment.
    ///
    /// # Errors
    /// The cast of an array, or arrays of several lengths.
    pub fn amounts(&self, price: &dyn Array, number: &dyn Array, pricing: &Pricing) -> Result<StructArray, ArrowError> {
        let (price, number) = (amounts(price)?, ints(number)?);
        let (mut amount, mut errors) = (vec![0; self.rows()], self.no_errors());
        let (price, number) = (amounts_of(&price), ints_of(&number));
        self.with(|book| book.amounts(column(&price), column(&number), pricing, &mut amount, &mut errors))?;
        struct_of(vec![("amount", amount_column(amount)), ("error", error_column(errors))])
    }

    /// Returns what a plan change costs: `effective`, `credit`, `charge`, `due_now`, `balance`, `next_due_date` and `next_amount`.
    /// The options are those of a change, whose own columns are not read.
    ///
    /// # Errors
    /// The cast of an array, or arrays of several lengths.
    pub fn prorate(
        &self,
        from: &dyn Array,
        to: &dyn Array,
        at: &dyn Array,
        options: &Change<'_>,
        pricing: &Pricing,
    ) -> Result<StructArray, ArrowError> {
        let (from, to, at) = (amounts(from)?, amounts(to)?, dates(at)?);
        let (from, to, at) = (amounts_of(&from), amounts_of(&to), days_of(&at));
        let mut change = *options;
        change.to = column(&to);
        change.at = column(&at);
        let (mut effective, mut next_due_date) = (vec![0; self.rows()], vec![0; self.rows()]);
        let [mut credit, mut charge, mut due_now, mut balance, mut next_amount] = [const { Vec::new() }; 5];
        for column in [&mut credit, &mut charge, &mut due_now, &mut balance, &mut next_amount] {
            column.resize(self.rows(), 0);
        }
        let mut errors = self.no_errors();
        let answers = Prorations {
            effective: &mut effective,
            credit: &mut credit,
            charge: &mut charge,
            due_now: &mut due_now,
            balance: &mut balance,
            next_due_date: &mut next_due_date,
            next_amount: &mut next_amount,
        };
        self.with(|book| book.prorate(column(&from), &change, pricing, answers, &mut errors))?;
        struct_of(vec![
            ("effective", date_column(effective)),
            ("credit", amount_column(credit)),
            ("charge", amount_column(charge)),
            ("due_now", amount_column(due_now)),
            ("balance", amount_column(balance)),
            ("next_due_date", date_column(next_due_date)),
            ("next_amount", amount_column(next_amount)),
            ("error", error_column(errors)),
        ])
    }

    fn rows(&self) -> usize {
        self.start.len()
    }

    fn no_errors(&self) -> Vec<u8> {
        vec![0; self.rows()]
    }

    /// Calls a function with the book as slices.
    fn with(&self, run: impl FnOnce(columns::Schedules<'_>) -> Result<(), Error>) -> Result<(), ArrowError> {
        let (start, every) = (starts_of(&self.start), ints_of(&self.every));
        let anchor_day = self.anchor_day.as_ref().map(ints_of);
        let end_date = self.end_date.as_ref().map(days_of);
        let payment_count = self.payment_count.as_ref().map(ints_of);
        let mut book = columns::Schedules::new(&start, column(&every), column(&self.unit));
        if let Some(anchor_day) = &anchor_day {
            book = book.with_anchor_day(column(anchor_day));
        }
        if let Some(end_date) = &end_date {
            book = book.with_end_date(column(end_date));
        }
        if let Some(payment_count) = &payment_count {
            book = book.with_payment_count(column(payment_count));
        }
        run(book).map_err(|error| ArrowError::InvalidArgumentError(error.to_string()))
    }
}

/// The units by number; one that is none for any other string, which the row then rejects.
fn units(unit: &StringArray) -> Vec<u8> {
    let number = |unit: Option<&str>| match unit {
        Some("day") => columns::DAY,
        Some("week") => columns::WEEK,
        Some("month") => columns::MONTH,
        Some("year") => columns::YEAR,
        _ => u8::MAX,
    };
    unit.iter().map(number).collect()
}
