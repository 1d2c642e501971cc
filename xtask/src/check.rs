//! `cargo xtask test`: every check there is, one after the other; the first to fail ends the run.

mod steps;

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use steps::{STEPS, Step};

use crate::{postgres, tools};

/// Runs the steps: all, those `--from` one on, or `--only` certain ones. `--list` prints them.
pub fn run(args: &[&str]) -> Result<()> {
    if args == ["--list"] {
        for (number, step) in (1..).zip(&STEPS) {
            println!("{number:>4}  {:<16} {:>5} s  {}", step.name, step.budget, step.about);
        }
        return Ok(());
    }
    let chosen = choose(args)?;
    tools::ensure()?;
    let outcome = run_all(chosen);
    postgres::stop();
    outcome
}

fn run_all(chosen: Vec<(usize, &'static Step)>) -> Result<()> {
    let mut passed: Vec<(usize, &Step, Duration)> = Vec::new();
    for (number, step) in chosen {
        let head = format!("[{number:>2}/{}] {}", STEPS.len(), step.name);
        println!("\n{head}: {}", step.about);
        let start = Instant::now();
        let outcome = (step.run)();
        let time = start.elapsed();
        if let Err(error) = outcome {
            println!("\n{} passed, 1 failed", passed.len());
            let name = step.name;
            return Err(error)
                .context(format!("step {number}, {name}, failed; to repeat it: `cargo xtask test --only {name}`"));
        }
        println!("{head}: {} s of {} s", time.as_secs(), step.budget);
        if step.is_over(time) {
            println!("warning: {} took longer than its budget", step.name);
        }
        passed.push((number, step, time));
    }
    summarise(&passed);
    Ok(())
}

/// Prints the times beside the budgets.
fn summarise(passed: &[(usize, &Step, Duration)]) {
    println!();
    for (number, step, time) in passed {
        let over = if step.is_over(*time) { ", over" } else { "" };
        println!("{number:>4}  {:<16} {:>7.1} s of {:>4} s{over}", step.name, time.as_secs_f32(), step.budget);
    }
    let total: Duration = passed.iter().map(|(_, _, time)| time).sum();
    let budget: u64 = passed.iter().map(|(_, step, _)| step.budget).sum();
    println!("{:<22} {:>7.1} s of {budget:>4} s\n\n{} passed, 0 failed", "", total.as_secs_f32(), passed.len());
}

/// Returns the steps that the arguments choose, with their numbers, in the order of the table.
fn choose(args: &[&str]) -> Result<Vec<(usize, &'static Step)>> {
    let all = (1..).zip(&STEPS);
    match args {
        [] => Ok(all.collect()),
        ["--from", first] => {
            let first = number(first)?;
            Ok(all.filter(|(number, _)| *number >= first).collect())
        }
        ["--only", only @ ..] if !only.is_empty() => {
            let only: Vec<usize> = only.iter().map(|step| number(step)).collect::<Result<_>>()?;
            Ok(all.filter(|(number, _)| only.contains(number)).collect())
        }
        _ => bail!("expected --only STEP..., --from STEP or --list, got `{}`", args.join(" ")),
    }
}

/// Returns the number of a step that is given by its number or its name.
fn number(step: &str) -> Result<usize> {
    let number = match step.parse() {
        Ok(number) => Some(number).filter(|number| (1..=STEPS.len()).contains(number)),
        Err(_) => STEPS.iter().position(|known| known.name == step).map(|index| index + 1),
    };
    number.with_context(|| format!("`{step}` is no step; `cargo xtask test --list` prints them"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(args: &[&str]) -> Vec<usize> {
        choose(args).unwrap().into_iter().map(|(number, _)| number).collect()
    }

    #[test]
    fn by_number_and_by_name() {
        assert_eq!(chosen(&["--only", "clippy"]), [2]);
        assert_eq!(chosen(&["--only", "2"]), [2]);
        assert_eq!(chosen(&["--only", "dependencies", "1", "clippy", "2"]), [1, 2, 6]);
        assert_eq!(chosen(&["--from", "dependencies"]), (6..=STEPS.len()).collect::<Vec<_>>());
        assert_eq!(chosen(&["--from", "6"]), chosen(&["--from", "dependencies"]));
        assert_eq!(chosen(&[]), chosen(&["--from", "1"]));
    }

    #[test]
    fn what_is_no_step() {
        for step in ["0", "99", "clipy", "Clippy", ""] {
            let error = choose(&["--only", "1", step]).unwrap_err().to_string();
            assert_eq!(error, format!("`{step}` is no step; `cargo xtask test --list` prints them"));
        }
        for args in [&["--only"][..], &["--from"], &["--from", "1", "2"], &["--until", "2"], &["clippy"]] {
            let error = choose(args).unwrap_err().to_string();
            assert_eq!(error, format!("expected --only STEP..., --from STEP or --list, got `{}`", args.join(" ")));
        }
    }

    #[test]
    fn a_name_is_a_word_of_one_step_and_no_number() {
        for step in &STEPS {
            assert!(step.name.starts_with(|c: char| c.is_ascii_lowercase()), "{}", step.name);
            assert!(
                step.name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit()),
                "{}",
                step.name
            );
            assert_eq!(STEPS.iter().filter(|other| other.name == step.name).count(), 1, "{}", step.name);
        }
    }
}
