//! The project's own commands: `cargo xtask <command>`. They work from the repository's root,
//! so that every command they print can be repeated as it stands.

mod api;
mod bench;
mod browser;
mod cache;
mod check;
mod consumer;
mod counts;
mod dependencies;
mod examples;
mod fifth_provider;
mod npm;
mod package;
mod sh;
mod tools;
mod vectors;
mod wasm;
mod weight;
mod words;

use std::{env, process::ExitCode};

use anyhow::{Context, Result, bail};

use package::Variant;

const HELP: &str = "\
cargo xtask build                     the npm package: pkg/dist, and the tarball to publish in target/pack; what they weigh
cargo xtask build --features trap     one with an export that traps, for the tests: target/trap-package
cargo xtask sizes                     what a wasm module weighs with each provider alone: a build each
cargo xtask bench                     measure against other libraries; writes docs/performance.md and its chart
cargo xtask bench --only PART         measure js, rust, cold or size and print it; repeatable
cargo xtask bench --quick             a run that shows that the bench works; its figures say nothing
cargo xtask bench --write-states      write the stored subscriptions of bench/states anew
cargo xtask counts [--write]          instructions of ten operations, compared with bench/counts/table.txt
cargo xtask demo [-- ARGS]            build, then examples/node: billing-run.mjs ARGS, billing-year.mjs
cargo xtask serve [ARGS]              build, then the page in www/
cargo xtask test                      every check there is
cargo xtask test --from N             the checks from number N on
cargo xtask test --only N...          the checks of these numbers
cargo xtask vectors                   whether tests/vectors are laid out one key a line; --write lays them out
cargo xtask vectors --against REV     every expected value that changed since a commit, by kind
cargo xtask vectors --answers REV     the same of the answers that the builds give
cargo xtask api [--write]             the public Rust API, compared with tests/public_api.txt; --write accepts it
cargo xtask words [--write]           the words that we do not write, by area; --write accepts lower counts
cargo xtask words --list AREA         where they are: in pages, comments, declarations or messages
cargo xtask dependencies [--accept]   the dependency lists, held against xtask/dependencies
";

fn main() -> ExitCode {
    let Err(error) = run() else { return ExitCode::SUCCESS };
    for (depth, cause) in error.chain().enumerate() {
        eprintln!("{} {cause}", if depth == 0 { "error:" } else { "because:" });
    }
    ExitCode::FAILURE
}

fn run() -> Result<()> {
    env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .context("the repository has moved: `touch xtask/src/main.rs` and try again")?;
    let args: Vec<String> = env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match args.as_slice() {
        ["build"] => {
            package::build(Variant::Release)?;
            consumer::pack().map(drop)
        }
        ["build", "--features", "trap"] => package::build(Variant::Trap),
        ["bench", "--write-states"] => bench::write_states(),
        ["bench", rest @ ..] => bench::run(rest),
        ["counts"] => counts::check(),
        ["counts", "--write"] => counts::write(),
        ["sizes"] => weight::sizes(),
        ["demo", "--", rest @ ..] | ["demo", rest @ ..] => {
            package::build(Variant::Release)?;
            sh::run(sh::cmd("node").arg("examples/node/billing-run.mjs").args(rest))?;
            sh::run(sh::cmd("node").arg("examples/node/billing-year.mjs"))
        }
        ["serve", "--", rest @ ..] | ["serve", rest @ ..] => {
            package::build(Variant::Release)?;
            sh::run(sh::cmd("node").arg("www/serve.mjs").args(rest))
        }
        ["test", rest @ ..] => check::run(rest),
        ["vectors"] => vectors::check(),
        ["vectors", "--write"] => vectors::write(),
        ["vectors", "--rename", revision] => vectors::rename(revision),
        ["vectors", "--against", revision] => vectors::against(revision),
        ["vectors", "--answers", revision] => vectors::answers(revision),
        ["api"] => api::check(),
        ["api", "--write"] => api::write(),
        ["words"] => words::check(),
        ["words", "--write"] => words::write(),
        ["words", "--list", area] => words::list(area),
        ["dependencies"] => dependencies::check(),
        ["dependencies", "--accept"] => dependencies::accept(),
        // Not for people: cargo runs a wasm test through it. The first argument is the program's name.
        ["wasm-test-runner", ..] => wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args),
        [] | ["help" | "-h" | "--help"] => {
            print!("{HELP}");
            Ok(())
        }
        _ => bail!("`{}` is no command of xtask; these are:\n{HELP}", args.join(" ")),
    }
}
