//! The project's own commands: `cargo xtask <command>`. They work from the repository's root,
//! so that every command they print can be repeated as it stands.

mod api;
mod bench;
mod browser;
mod cache;
mod check;
mod consumer;
mod counts;
mod demo;
mod dependencies;
mod examples;
mod fifth_provider;
mod format;
mod npm;
mod package;
mod postgres;
mod python;
mod scale;
mod sh;
mod spark;
mod tools;
mod usage;
mod vectors;
mod wasm;
mod weight;
mod words;

use std::{env, process::ExitCode};

use anyhow::{Context, Result, bail};

use package::Variant;

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
        // Not for people: cargo runs a wasm test through it. The first argument is the program's name.
        ["wasm-test-runner", ..] => wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(args),
        [command, rest @ ..] if usage::is_asked(rest) => {
            println!("{}", usage::of(command));
            Ok(())
        }
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
        ["demo", rest @ ..] => demo::run(rest),
        ["serve", rest @ ..] => demo::serve(rest),
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
        ["format"] => format::write(),
        ["dependencies"] => dependencies::check(),
        ["dependencies", "--accept"] => dependencies::accept(),
        [] | ["help" | "-h" | "--help"] => {
            println!("{}", usage::all());
            Ok(())
        }
        [command, ..] => bail!("`{}` is no command of xtask; these are:\n{}", args.join(" "), usage::of(command)),
    }
}
