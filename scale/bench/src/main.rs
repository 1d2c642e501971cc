//! Next due dates of a book: the columns beside chrono's `checked_add_months` on dates that are built before. Prints nanoseconds of
//! processor time a row, which other programs disturb least.

use std::{env, fs, hint::black_box};

use billing_rules::columns::{MONTH, Schedules};
use chrono::{Datelike, Months, NaiveDate};

const ROWS: usize = 1_000_000;
const ROUNDS: usize = 9;

/// 0001-01-01 is day 1 of chrono's calendar.
const EPOCH: i32 = 719_163;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let quick = env::args().nth(1).as_deref() == Some("quick");
    let mut state = 7_u64;
    let mut random = |limit: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        i32::try_from(state % limit).unwrap_or_default()
    };
    let start: Vec<i32> = (0..ROWS).map(|_| 18_000 + random(2_000)).collect();
    let after: Vec<i32> = (0..ROWS).map(|_| 20_100 + random(365)).collect();
    let date = |days: &i32| NaiveDate::from_num_days_from_ce_opt(days + EPOCH).unwrap_or_default();
    let (starts, afters): (Vec<_>, Vec<_>) = (start.iter().map(date).collect(), after.iter().map(date).collect());

    let (mut due, mut errors) = (vec![0; ROWS], vec![0; ROWS]);
    let mut found = vec![None; ROWS];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..if quick { 1 } else { ROUNDS } {
        ours.push(time(|| Schedules::new(&start, 1, MONTH).next_due_date(&after, &mut due, &mut errors).is_ok())?);
        theirs.push(time(|| {
            for ((found, start), after) in found.iter_mut().zip(&starts).zip(&afters) {
                *found = next_by_chrono(*start, *after);
            }
            black_box(&found).len()
        })?);
    }
    let right = due.iter().zip(&found).all(|(due, found)| *found == Some(date(due)));
    if !right {
        return Err("chrono has other dates".into());
    }
    let (ours, theirs) = (median(&mut ours), median(&mut theirs));
    println!("{ours:.2} {theirs:.2}");
    Ok(())
}

fn next_by_chrono(start: NaiveDate, after: NaiveDate) -> Option<NaiveDate> {
    let months = 12 * (after.year() - start.year()) + after.month0().cast_signed() - start.month0().cast_signed();
    let months = u32::try_from(months).ok()?;
    let found = start.checked_add_months(Months::new(months))?;
    if found > after { Some(found) } else { start.checked_add_months(Months::new(months + 1)) }
}

/// Nanoseconds a row of one of several runs.
fn time<T>(mut run: impl FnMut() -> T) -> Result<f64, Box<dyn std::error::Error>> {
    const RUNS: usize = 8;
    let before = processor()?;
    for _ in 0..RUNS {
        black_box(run());
    }
    Ok((processor()? - before) / (ROWS * RUNS) as f64)
}

/// Nanoseconds that this process has run.
fn processor() -> Result<f64, Box<dyn std::error::Error>> {
    let stat = fs::read_to_string("/proc/self/schedstat")?;
    Ok(stat.split(' ').next().ok_or("the system has no times")?.parse()?)
}

fn median(times: &mut [f64]) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or_default()
}
