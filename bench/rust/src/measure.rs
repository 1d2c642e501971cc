//! Measuring: the cases of a group take turns, so that whatever else the machine does falls on all of them alike.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

#[derive(Clone, Copy)]
pub struct Limits {
    rounds: usize,
    /// How long a measurement lasts.
    span: Duration,
}

impl Limits {
    pub const FULL: Self = Self { rounds: 41, span: Duration::from_millis(10) };
    pub const QUICK: Self = Self { rounds: 3, span: Duration::from_micros(500) };
}

/// A function to measure.
pub struct Case<'a> {
    name: &'static str,
    /// Calls it so many times.
    run: Box<dyn FnMut(usize) + 'a>,
    /// How many things a call does that are counted by themselves: dates of a list.
    each: usize,
}

/// A case. The function is given the number of the call.
pub fn case<'a, T>(name: &'static str, mut function: impl FnMut(usize) -> T + 'a) -> Case<'a> {
    let run = move |count| {
        for index in 0..count {
            black_box(function(black_box(index)));
        }
    };
    Case { name, run: Box::new(run), each: 1 }
}

impl Case<'_> {
    pub fn each(self, each: usize) -> Self {
        Self { each, ..self }
    }

    fn time(&mut self, count: usize) -> Duration {
        let begun = Instant::now();
        (self.run)(count);
        begun.elapsed()
    }

    /// How many calls last this long.
    fn calls(&mut self, span: Duration) -> usize {
        let mut count = 1;
        loop {
            let took = self.time(count);
            if took >= span {
                let calls = count as f64 * span.as_secs_f64() / took.as_secs_f64();
                return (calls as usize).max(1);
            }
            count *= 2;
        }
    }
}

/// Nanoseconds of each case, by its name: the median and the quartiles.
pub fn measure(mut cases: Vec<Case<'_>>, limits: Limits) -> Value {
    let counts: Vec<usize> = cases.iter_mut().map(|case| case.calls(limits.span)).collect();
    let mut times = vec![Vec::new(); cases.len()];
    for _ in 0..limits.rounds {
        for ((case, &count), times) in cases.iter_mut().zip(&counts).zip(&mut times) {
            times.push(case.time(count).as_secs_f64() * 1e9 / (count * case.each) as f64);
        }
    }
    let summaries = cases.iter().zip(times).map(|(case, times)| (case.name.to_owned(), summary(times)));
    Value::Object(summaries.collect())
}

fn summary(mut times: Vec<f64>) -> Value {
    times.sort_by(f64::total_cmp);
    let at = |quarters: usize| times[(times.len() - 1) * quarters / 4];
    json!({ "median": at(2), "low": at(1), "high": at(3) })
}
