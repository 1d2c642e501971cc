//! The loop over blocks of rows: the arithmetic of [`Row`] for all, then the single functions for the few that it does not know.

use super::column::Column;
use super::errors::number;
use super::position::{Position, Row};
use super::rows::day;
use super::{MONTH, NONE, Schedules, YEAR};
use crate::date::{Date, Months};
use crate::error::Code;
use crate::schedule::Schedule;

/// How many rows a block has: few enough that a processor has them all at hand.
const ROWS: usize = 256;

/// The number in the error column, while a block is computed, of a row that is not known. No code has it.
const UNKNOWN: u8 = u8::MAX;

impl Schedules<'_> {
    /// Computes every row for a day of each. `fast` receives a row with the position of its day, `single` the schedule and the day where the
    /// position is not known. `write` receives the answers of a block, `none` for a row that is rejected, whose code goes to the error
    /// column.
    #[inline(always)]
    pub(super) fn each_position<T: Copy>(
        &self,
        days: Column<'_, i32>,
        errors: &mut [u8],
        none: T,
        fast: impl Fn(&Row, Position) -> T,
        single: impl Fn(&Schedule, Date) -> Result<T, Code>,
        mut write: impl FnMut(usize, &[T]),
    ) {
        let has_limits =
            [self.anchor_day, self.end_date, self.payment_count].iter().any(|column| *column != Column::All(NONE));
        let is_monthly = !has_limits && (self.every, self.unit) == (Column::All(1), Column::All(MONTH));
        let months = Months::table();
        let mut block = Block::new(self, days);
        let mut answers = [none; ROWS];
        for (first, errors) in (0..).step_by(ROWS).zip(errors.chunks_mut(ROWS)) {
            block.read(self, days, first);
            // What all rows of a block lack is no work for any of them.
            let are_known = if is_monthly {
                compute(block.monthly(), months, &mut answers, errors, &fast)
            } else if !has_limits && block.is_of_months() {
                compute(block.of_months(), months, &mut answers, errors, &fast)
            } else {
                compute(block.rows(), months, &mut answers, errors, &fast)
            };
            if !are_known {
                self.compute_unknown(days, first, &mut answers, errors, none, &single);
            }
            write(first, answers.get(..errors.len()).unwrap_or_default());
        }
    }

    /// Computes the rows that are not known, one by one.
    #[inline(never)]
    fn compute_unknown<T>(
        &self,
        days: Column<'_, i32>,
        first: usize,
        answers: &mut [T],
        errors: &mut [u8],
        none: T,
        single: impl Fn(&Schedule, Date) -> Result<T, Code>,
    ) where
        T: Copy,
    {
        let rows = (first..).zip(errors.iter_mut().zip(answers));
        for (row, (error, answer)) in rows.filter(|(_, (error, _))| **error == UNKNOWN) {
            let found = self.row(row).and_then(|schedule| single(&schedule, day(days.get(row))?));
            *error = found.as_ref().err().map_or(0, |code| number(*code));
            *answer = found.unwrap_or(none);
        }
    }
}

/// Computes the rows of a block. Returns whether all of them are known.
#[inline(always)]
fn compute<T>(
    rows: impl Iterator<Item = Row>,
    months: Months,
    answers: &mut [T],
    errors: &mut [u8],
    fast: impl Fn(&Row, Position) -> T,
) -> bool {
    let mut are_known = true;
    for ((answer, error), row) in answers.iter_mut().zip(errors).zip(rows) {
        let position = row.position(months);
        are_known &= position.is_known;
        *error = if position.is_known { 0 } else { UNKNOWN };
        *answer = fast(&row, position);
    }
    are_known
}

/// The columns of some rows.
struct Block {
    start: [i32; ROWS],
    every: [i32; ROWS],
    unit: [u8; ROWS],
    anchor_day: [i32; ROWS],
    end_date: [i32; ROWS],
    payment_count: [i32; ROWS],
    day: [i32; ROWS],
}

impl Block {
    /// Creates a block with the values that are the same in every row.
    fn new(schedules: &Schedules<'_>, days: Column<'_, i32>) -> Self {
        Self {
            start: [NONE; ROWS],
            every: repeated(schedules.every),
            unit: repeated(schedules.unit),
            anchor_day: repeated(schedules.anchor_day),
            end_date: repeated(schedules.end_date),
            payment_count: repeated(schedules.payment_count),
            day: repeated(days),
        }
    }

    /// Reads the rows from one on; those after the last keep what they have.
    #[inline(always)]
    fn read(&mut self, schedules: &Schedules<'_>, days: Column<'_, i32>, first: usize) {
        read(Column::Each(schedules.start), first, &mut self.start);
        read(schedules.every, first, &mut self.every);
        read(schedules.unit, first, &mut self.unit);
        read(schedules.anchor_day, first, &mut self.anchor_day);
        read(schedules.end_date, first, &mut self.end_date);
        read(schedules.payment_count, first, &mut self.payment_count);
        read(days, first, &mut self.day);
    }

    /// Returns whether every cycle is of months or years.
    #[inline(always)]
    fn is_of_months(&self) -> bool {
        self.unit.iter().fold(true, |found, unit| found & ((*unit == MONTH) | (*unit == YEAR)))
    }

    /// Returns the rows as those of a month, without limits.
    #[inline(always)]
    fn monthly(&self) -> impl Iterator<Item = Row> {
        self.start.iter().zip(&self.day).map(|(start, day)| Row::of_months(*start, 1, *day))
    }

    /// Returns the rows as those of months, without limits.
    #[inline(always)]
    fn of_months(&self) -> impl Iterator<Item = Row> {
        self.start.iter().zip(&self.day).zip(self.every.iter().zip(&self.unit)).map(|((start, day), (every, unit))| {
            let months = if *unit == YEAR { every.saturating_mul(12) } else { *every };
            Row::of_months(*start, months, *day)
        })
    }

    /// Returns the rows.
    #[inline(always)]
    fn rows(&self) -> impl Iterator<Item = Row> {
        let limits = self.anchor_day.iter().zip(&self.end_date).zip(&self.payment_count);
        let cycle = self.every.iter().zip(&self.unit);
        self.start.iter().zip(&self.day).zip(cycle).zip(limits).map(
            |(((start, day), (every, unit)), ((anchor_day, end_date), payment_count))| Row {
                start: *start,
                every: *every,
                unit: *unit,
                anchor_day: *anchor_day,
                end_date: *end_date,
                payment_count: *payment_count,
                day: *day,
            },
        )
    }
}

fn repeated<T: Copy + Default>(column: Column<'_, T>) -> [T; ROWS] {
    match column {
        Column::All(value) => [value; ROWS],
        Column::Each(_) => [T::default(); ROWS],
    }
}

#[inline(always)]
fn read<T: Copy>(column: Column<'_, T>, first: usize, block: &mut [T; ROWS]) {
    let Column::Each(values) = column else { return };
    let rest = values.get(first..).unwrap_or_default();
    match rest.first_chunk() {
        Some(whole) => *block = *whole,
        None => block.iter_mut().zip(rest).for_each(|(cell, value)| *cell = *value),
    }
}
