//! `cargo xtask test`: every check there is, one after the other; the first to fail ends the run.

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use similar::TextDiff;

use crate::{
    api, browser, consumer, dependencies, examples, fifth_provider,
    package::{self, Variant},
    sh, tools, vectors, wasm, words,
};

type Step = (&'static str, fn() -> Result<()>);

const STEPS: [Step; 24] = [
    ("format", || cargo("fmt --all --check")),
    ("clippy", || cargo("clippy --workspace --all-targets -- -D warnings")),
    ("clippy for wasm", || {
        cargo(
            "clippy --package billing-rules --target wasm32-unknown-unknown --features js --all-targets -- -D warnings",
        )
    }),
    ("each provider alone, and none", each_provider),
    ("documentation", || {
        sh::run(sh::cargo("doc --package billing-rules --no-deps").env("RUSTDOCFLAGS", "-D warnings"))
    }),
    ("dependencies", dependencies::check),
    ("layout and digests of the vectors", vectors::check),
    ("native tests and examples", || cargo("test --package billing-rules")),
    ("crate packed and built from its package", || cargo("package --package billing-rules --allow-dirty")),
    ("build of the npm package", || package::build(Variant::Release)),
    ("wasm tests in Node", browser::wasm_tests_in_node),
    ("wasm tests in Chromium", browser::wasm_tests_in_chromium),
    ("lint of the npm package", consumer::lint),
    ("npm package installed and used", consumer::use_it),
    ("the same answers on every host", consumer::everywhere),
    ("recovery from a trap", recovery),
    ("examples agree", examples_agree),
    ("examples in their hosts", examples::run),
    ("end to end against the fakes", || sh::run(&mut browser::node_tests("tests/e2e")?)),
    ("types, examples and strictness", || sh::run(&mut browser::node_tests("pkg/test/contract")?)),
    ("page in Chromium", browser::page_tests),
    ("a fifth provider in a copy", fifth_provider::run),
    ("public Rust API", api::check),
    ("words", words::check),
];

/// What each example is run with; of the days, each has something of its own: a year's end, a month's end, a leap day.
const EXAMPLES: [(&str, &str, &str); 5] = [
    ("billing_run", "billing-run", "--on 2025-12-31"),
    ("billing_run", "billing-run", "--on 2026-02-28"),
    ("billing_run", "billing-run", "--on 2028-02-29"),
    ("billing_year", "billing-year", "--year 2026"),
    ("billing_year", "billing-year", "--year 2027"),
];

/// Runs the steps: all, those `--from` a number on, or `--only` those of certain numbers.
pub fn run(args: &[&str]) -> Result<()> {
    let number = |arg: &str| match arg.parse::<usize>() {
        Ok(number) if (1..=STEPS.len()).contains(&number) => Ok(number),
        _ => bail!("`{arg}` is no step's number; they go from 1 to {}", STEPS.len()),
    };
    let chosen: Vec<usize> = match args {
        [] => (1..=STEPS.len()).collect(),
        ["--from", first] => (number(first)?..=STEPS.len()).collect(),
        ["--only", numbers @ ..] if !numbers.is_empty() => {
            numbers.iter().map(|arg| number(arg)).collect::<Result<_>>()?
        }
        _ => bail!("cargo xtask test knows --from N and --only N..., not `{}`", args.join(" ")),
    };

    tools::ensure()?;
    let mut passed: Vec<(usize, &str, Duration)> = Vec::new();
    for (number, (name, step)) in (1..).zip(STEPS).filter(|(number, _)| chosen.contains(number)) {
        println!("\n[{number:>2}/{}] {name}", STEPS.len());
        let start = Instant::now();
        let outcome = step();
        let time = start.elapsed();
        if let Err(error) = outcome {
            println!("\n{} passed, 1 failed", passed.len());
            return Err(error)
                .context(format!("step {number}, {name}, failed; to repeat it: `cargo xtask test --only {number}`"));
        }
        println!("[{number:>2}/{}] {name}: {:.1} s", STEPS.len(), time.as_secs_f32());
        passed.push((number, name, time));
    }

    println!();
    for (number, name, time) in &passed {
        println!("{number:>4}  {name:<32} {:>7.1} s", time.as_secs_f32());
    }
    let total: Duration = passed.iter().map(|(_, _, time)| time).sum();
    println!("{:<38} {:>7.1} s\n\n{} passed, 0 failed", "", total.as_secs_f32(), passed.len());
    Ok(())
}

fn cargo(args: &str) -> Result<()> {
    sh::run(&mut sh::cargo(args))
}

/// Checks the library with each provider alone and with none, its tests as well. Each provider uses a part of what they share, so the
/// rest of that is dead code then.
fn each_provider() -> Result<()> {
    let library = "clippy --package billing-rules --all-targets --no-default-features";
    cargo(&format!("{library} -- -D warnings"))?;
    for provider in wasm::providers()? {
        cargo(&format!("{library} --features {provider} -- -D warnings -A dead_code"))?;
    }
    Ok(())
}

/// The JavaScript face survives a trap: tested with a package that has an export to cause one.
fn recovery() -> Result<()> {
    package::build(Variant::Trap)?;
    let package = std::path::absolute(Variant::Trap.folder())?;
    sh::run(browser::node_tests("pkg/test/trap")?.env("BILLING_RULES_PACKAGE", package))
}

/// The same example, written in Rust and in JavaScript, says the same to the byte.
fn examples_agree() -> Result<()> {
    for (rust, node, args) in EXAMPLES {
        let rust =
            sh::output(&mut sh::cargo(&format!("run --quiet --package billing-rules --example {rust} -- {args}")))?;
        let node = sh::output(sh::cmd("node").arg(format!("examples/node/{node}.mjs")).args(args.split(' ')))?;
        if rust != node {
            println!("{}", TextDiff::from_lines(&rust, &node).unified_diff().header("Rust", "JavaScript"));
            bail!("the examples disagree with {args}");
        }
        println!("{args}: {} lines, the same", rust.lines().count());
    }
    Ok(())
}
