//! The steps of `cargo xtask test`, in their order, and those that are no subject of their own.

use std::time::Duration;

use anyhow::{Result, bail};
use similar::TextDiff;

use crate::{
    api, browser, consumer, counts, dependencies, examples, fifth_provider, format,
    package::{self, Variant},
    scale, sh, spark, vectors, wasm, words,
};

#[derive(Debug)]
pub struct Step {
    /// Stable: scripts and people name steps by it.
    pub name: &'static str,
    /// The seconds that it may take on a machine of two cores, without a warning.
    pub budget: u64,
    /// What it checks.
    pub about: &'static str,
    pub run: fn() -> Result<()>,
}

impl Step {
    /// A step over its budget has not failed, as machines differ.
    pub fn is_over(&self, time: Duration) -> bool {
        time.as_secs() > self.budget
    }
}

const fn step(name: &'static str, budget: u64, about: &'static str, run: fn() -> Result<()>) -> Step {
    Step { name, budget, about, run }
}

pub const STEPS: [Step; 29] = [
    step("format", 10, "layout of the Rust code", || cargo("fmt --all --check")),
    step("clippy", 300, "lints of every crate", || cargo("clippy --workspace --all-targets -- -D warnings")),
    step("clippy-wasm", 120, "lints for wasm", clippy_for_wasm),
    step("providers", 240, "lints with each provider alone, and none", each_provider),
    step("rustdoc", 60, "documentation", rustdoc),
    step("dependencies", 30, "dependencies, their licences and sources", dependencies::check),
    step("vectors", 30, "layout and digests of the vectors", vectors::check),
    step("native", 420, "native tests and examples", || cargo("test --package billing-rules")),
    step("crate", 120, "crate packed and built from its package", || {
        cargo("package --package billing-rules --allow-dirty")
    }),
    step("build", 240, "build of the npm package", || package::build(Variant::Release)),
    step("wasm-node", 120, "wasm tests in Node", browser::wasm_tests_in_node),
    step("wasm-chromium", 60, "wasm tests in Chromium", browser::wasm_tests_in_chromium),
    step("lint", 60, "layout by prettier, lint of the npm package", lint),
    step("consumer", 60, "npm package installed and used", consumer::use_it),
    step("hosts", 300, "the same answers on every host", consumer::everywhere),
    step("trap", 180, "recovery from a trap", recovery),
    step("examples", 120, "examples in Rust and in JavaScript agree", examples_agree),
    step("example-hosts", 120, "examples in their hosts", examples::run),
    step("e2e", 120, "end to end against the fakes", || sh::run(&mut browser::node_tests("tests/e2e")?)),
    step("postgres", 150, "examples on a real database", examples::over_postgres),
    step("scale", 420, "Arrow, the Python wheel and DuckDB agree with the library", scale::check),
    step("spark", 360, "a night of a whole book on Spark, with a killed executor and a killed worker", spark::check),
    step("types", 120, "types, examples and strictness", || sh::run(&mut browser::node_tests("pkg/test/contract")?)),
    step("page", 120, "page in Chromium", browser::page_tests),
    step("fifth-provider", 180, "a fifth provider in a copy", fifth_provider::run),
    step("api", 60, "public Rust API", api::check),
    step("counts", 180, "instructions of ten operations", counts::check),
    step("words", 10, "words that we do not write", words::check),
    step("xtask", 60, "tests of the build itself", || cargo("test --package xtask")),
];

/// What each example is run with; of the days, each has something of its own: a year's end, a month's end, a leap day.
const EXAMPLES: [(&str, &str, &str); 6] = [
    ("billing_run", "billing-run", "--on 2025-12-31"),
    ("billing_run", "billing-run", "--on 2026-02-28"),
    ("billing_run", "billing-run", "--on 2028-02-29"),
    ("billing_year", "billing-year", "--year 2026"),
    ("billing_year", "billing-year", "--year 2027"),
    ("support_desk", "support-desk", ""),
];

fn cargo(args: &str) -> Result<()> {
    sh::run(&mut sh::cargo(args))
}

fn clippy_for_wasm() -> Result<()> {
    cargo(
        "clippy --package billing-rules --target wasm32-unknown-unknown --features js-fast --all-targets -- -D warnings",
    )
}

fn rustdoc() -> Result<()> {
    sh::run(sh::cargo("doc --package billing-rules --no-deps").env("RUSTDOCFLAGS", "-D warnings"))
}

fn lint() -> Result<()> {
    format::check()?;
    consumer::lint()
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
        let command = [node, args].join(" ").trim_end().to_owned();
        let node = in_node(node, args)?;
        if rust != node {
            println!("{}", TextDiff::from_lines(&rust, &node).unified_diff().header("Rust", "JavaScript"));
            bail!("the examples disagree: {command}");
        }
        println!("{command}: {} lines, the same", rust.lines().count());
    }
    in_the_language_of_the_customer()
}

fn in_node(example: &str, args: &str) -> Result<String> {
    sh::output(sh::cmd("node").arg(format!("examples/node/{example}.mjs")).args(args.split_whitespace()))
}

/// The support desk as its customer reads it, which JavaScript alone can write: as many lines, each amount and reason in Norwegian.
fn in_the_language_of_the_customer() -> Result<()> {
    let (desk, customer) = (in_node("support-desk", "")?, in_node("support-desk", "--customer")?);
    if desk.lines().count() != customer.lines().count() || customer.contains("NOK") {
        bail!("support-desk --customer has other lines, or amounts and notes of the desk:\n{customer}");
    }
    Ok(())
}
