//! `cargo xtask bench`: what the library costs, beside other libraries and beside itself as it was. The others are dependencies of
//! `bench/` alone, so no build of the library includes them.

use std::{
    fs,
    path::{Path, PathBuf, absolute},
    process::Command,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use crate::{
    consumer, npm,
    package::{self, Variant},
    scale, sh, spark,
};

/// The parts: calls from JavaScript, calls in Rust, the start of a fresh process, the size of what a page loads, and whole books.
const PARTS: [&str; 5] = ["js", "rust", "cold", "size", "scale"];

/// The commit whose library is measured as "before": the last one whose preview runs a life.
const BEFORE: &str = "1e869ad9b14cc9daca10b7b64b657373c7cee201";

/// The stored subscriptions to measure with.
const STATES: &str = "bench/states";

struct Options<'a> {
    parts: Vec<&'a str>,
    /// A run that shows that everything works; its figures say nothing.
    quick: bool,
}

impl<'a> Options<'a> {
    fn parse(args: &[&'a str]) -> Result<Self> {
        let mut parts = Vec::new();
        let mut quick = false;
        let mut args = args.iter();
        while let Some(&arg) = args.next() {
            match arg {
                "--quick" => quick = true,
                "--only" => {
                    let part = *args.next().context("--only expects a part")?;
                    ensure!(PARTS.contains(&part), "`{part}` is no part; they are {}", PARTS.join(", "));
                    parts.push(part);
                }
                _ => bail!("cargo xtask bench knows --only PART and --quick, not `{arg}`"),
            }
        }
        Ok(Self { parts: if parts.is_empty() { PARTS.to_vec() } else { parts }, quick })
    }

    /// Whether this run measures enough for the page in `docs/`.
    fn writes(&self) -> bool {
        !self.quick && PARTS.iter().all(|part| self.parts.contains(part))
    }
}

/// Measures the parts and prints the tables. A whole run writes docs/performance.md and its chart.
pub fn run(args: &[&str]) -> Result<()> {
    let options = Options::parse(args)?;
    let mode = if options.quick { "quick" } else { "full" };
    let js = project()?;
    let results = sh::target().join("bench/results");
    sh::empty_folder(&results)?;
    let states = absolute(STATES)?;
    let node = |script: &str| {
        let mut command = sh::cmd("node");
        command.arg(js.join(script));
        command
    };
    for part in &options.parts {
        let found = match *part {
            "js" => sh::output(node("calls.mjs").arg(&states).arg(mode))?,
            "rust" => sh::output(rust()?.arg(&states).arg(mode))?,
            "cold" => sh::output(node("cold.mjs").arg(mode))?,
            "scale" => books(&js, mode)?,
            _ => sh::output(node("size.mjs").arg(absolute(npm::bin("esbuild").get_program())?))?,
        };
        sh::write(results.join(format!("{part}.json")), found)?;
    }
    let rustc = sh::output(sh::cmd("rustc").arg("--version"))?;
    let rustc: String = rustc.split(' ').take(2).collect::<Vec<_>>().join(" ");
    let mut report = sh::cmd("node");
    report.arg("bench/js/report.mjs").arg(&results).arg(rustc).arg(&BEFORE[..7]);
    if options.writes() {
        report.args(["--write", "docs"]);
    }
    sh::run(&mut report)
}

/// Measures whole books: the columns from Rust, from JavaScript and in DuckDB, in processor time, and the jobs on Spark.
fn books(project: &Path, mode: &str) -> Result<String> {
    let pair = |found: &str| -> Result<Value> {
        let (ours, theirs) = found.trim().split_once(' ').context("a bench prints two figures")?;
        Ok(json!({ "ours": ours.parse::<f64>()?, "theirs": theirs.parse::<f64>()? }))
    };
    let build = "run --quiet --release --locked --manifest-path scale/Cargo.toml --package bench";
    let native = sh::output(sh::cargo(build).arg(mode).env("CARGO_TARGET_DIR", sh::target().join("scale")))?;
    let plain = sh::output(sh::cmd("node").arg(project.join("columns.mjs")).arg(mode))?;
    let duckdb: Value = serde_json::from_str(&sh::output(scale::python()?.arg("scale/bench.py").arg(mode))?)?;
    let spark: Value = serde_json::from_str(&sh::output(spark::python()?.arg("scale/spark/bench.py").arg(mode))?)?;
    let found = json!({ "native": pair(&native)?, "js": pair(&plain)?, "duckdb": duckdb, "spark": spark });
    Ok(found.to_string())
}

/// Writes the stored subscriptions anew, in the format of today.
pub fn write_states() -> Result<()> {
    sh::run(sh::cmd("node").arg(project()?.join("states.mjs")).arg(STATES))
}

/// A project with the package as it would be published; in the folder above, where Node looks next, the libraries of the lock file.
fn project() -> Result<PathBuf> {
    package::build(Variant::Release)?;
    consumer::pack()?;
    let bench = sh::target().join("bench");
    npm::packages(Path::new("bench/js"), &bench.join("node_modules"))?;
    let project = bench.join("js");
    consumer::install_into(&project)?;
    sh::copy("bench/js", &project)?;
    Ok(project)
}

/// The program that measures in Rust, built with the library of today and that of [`BEFORE`].
fn rust() -> Result<Command> {
    extract()?;
    let target = absolute(sh::target().join("bench/rust"))?;
    let mut build = sh::cargo("build --quiet --release --locked --manifest-path bench/rust/Cargo.toml --target-dir");
    sh::run(build.arg(&target))?;
    Ok(sh::cmd(target.join("release/bench")))
}

/// Extracts the library as it was into `bench/before`. Its version becomes another: a lock file holds one package of a name and version.
fn extract() -> Result<()> {
    let folder = Path::new("bench/before");
    let stamp = folder.join("commit");
    if sh::read(&stamp).is_ok_and(|found| found == BEFORE) {
        return Ok(());
    }
    sh::empty_folder(folder)?;
    let archive = folder.join("archive.tar");
    sh::run(sh::cmd("git").args(["archive", "--format=tar", "--output"]).arg(&archive).arg(BEFORE))
        .context("the bench compares with an earlier commit, so it needs the history: `git fetch --unshallow`")?;
    sh::run(sh::cmd("tar").arg("-xf").arg(&archive).arg("-C").arg(folder))?;
    fs::remove_file(archive)?;
    let manifest = folder.join("Cargo.toml");
    sh::write(&manifest, sh::read(&manifest)?.replacen("version = \"0.1.0\"", "version = \"0.0.0\"", 1))?;
    sh::write(stamp, BEFORE)
}
