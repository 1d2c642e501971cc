//! `cargo xtask counts`: the instructions of ten operations, compared with a committed table. Unlike a time, a count is the same
//! on a busy machine, so a test can hold it.

use std::{collections::BTreeMap, env::consts, path::PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::{sh, tools};

/// The operations of `bench/counts`, in the order of the table.
const OPERATIONS: [&str; 10] = [
    "next_due_date",
    "due_dates",
    "prorate",
    "preview",
    "simulate",
    "from_json",
    "to_json",
    "next_action",
    "apply_event",
    "charge_request",
];

const TABLE: &str = "bench/counts/table.txt";

/// How far a count may be from the committed one, in percent.
const ROOM: u64 = 5;

/// How often a measured run performs an operation, more than one that performs it once.
const TIMES: u64 = 20;

/// The counts of a compiler, by operation.
struct Table {
    rustc: String,
    counts: BTreeMap<String, u64>,
}

/// Fails when a count is more than 5 % away from the committed one.
pub fn check() -> Result<()> {
    if (consts::OS, consts::ARCH) != ("linux", "x86_64") {
        println!("not compared: the counts are of Linux on x86-64");
        return Ok(());
    }
    let committed = Table::parse(&sh::read(TABLE)?)?;
    let found = Table::measure()?;
    println!("{:<16} {:>12} {:>12} {:>8}", "operation", "committed", "now", "change");
    let mut outside = Vec::new();
    for operation in OPERATIONS {
        let before = *committed.counts.get(operation).with_context(|| format!("{TABLE} has no {operation}"))?;
        let now = found.counts[operation];
        let change = 100.0 * (now as f64 / before as f64 - 1.0);
        println!("{operation:<16} {before:>12} {now:>12} {change:>+7.1}%");
        if now.abs_diff(before) * 100 > before * ROOM {
            outside.push(operation);
        }
    }
    if outside.is_empty() {
        return Ok(());
    }
    let compiler = if committed.rustc == found.rustc {
        String::new()
    } else {
        format!(
            "\nThe table is of {}, and this is {}: with no other change, the compiler is the reason.",
            committed.rustc, found.rustc
        )
    };
    bail!(
        "more than {ROOM} % away from {TABLE}: {}{compiler}\n\
         A higher count is slower. If you meant the change, also where it is an improvement, run `cargo xtask counts --write`\n\
         and commit the table with it. If you did not, `valgrind --tool=callgrind` on target/release/counts shows where it comes from.",
        outside.join(", ")
    )
}

/// Writes the table.
pub fn write() -> Result<()> {
    ensure!((consts::OS, consts::ARCH) == ("linux", "x86_64"), "the counts are of Linux on x86-64: write them there");
    sh::write(TABLE, Table::measure()?.to_string())
}

impl Table {
    fn parse(text: &str) -> Result<Self> {
        let mut lines = text.lines().filter(|line| !line.starts_with('#'));
        let rustc = lines.next().with_context(|| format!("{TABLE} names no compiler"))?.to_owned();
        let counts = lines.map(|line| {
            let (operation, count) = line.split_once(' ').with_context(|| format!("{TABLE}: no count in `{line}`"))?;
            Ok((operation.to_owned(), count.trim().parse()?))
        });
        Ok(Self { rustc, counts: counts.collect::<Result<_>>()? })
    }

    fn measure() -> Result<Self> {
        valgrind()?;
        sh::run(&mut sh::cargo("build --quiet --release --package counts"))?;
        let mut counts = BTreeMap::new();
        for operation in OPERATIONS {
            let once = instructions(operation, 1)?;
            counts.insert(operation.to_owned(), (instructions(operation, 1 + TIMES)? - once) / TIMES);
        }
        Ok(Self { rustc: sh::output(sh::cmd("rustc").arg("--version"))?.trim().to_owned(), counts })
    }
}

impl std::fmt::Display for Table {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(
            to,
            "# Instructions of a call: written by `cargo xtask counts --write`, on Linux on x86-64.\n{}",
            self.rustc
        )?;
        OPERATIONS.iter().try_for_each(|operation| writeln!(to, "{operation:<16} {:>12}", self.counts[*operation]))
    }
}

/// Includes valgrind where it is missing and may be installed.
fn valgrind() -> Result<()> {
    if sh::which("valgrind").is_some() {
        return Ok(());
    }
    ensure!(tools::apt_is_possible(), "valgrind is missing, and instructions are counted with it: install it");
    tools::apt("valgrind", "valgrind")
}

/// The instructions of a process that performs an operation so many times.
fn instructions(operation: &str, times: u64) -> Result<u64> {
    let folder = sh::target().join("counts");
    std::fs::create_dir_all(&folder)?;
    let out = folder.join(format!("{operation}-{times}.out"));
    let binary: PathBuf = sh::target().join("release/counts");
    let output = sh::cmd("valgrind")
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(binary)
        .args([operation, &times.to_string()])
        .output()?;
    let failed = || format!("`valgrind` with {operation} failed: {}", String::from_utf8_lossy(&output.stderr));
    ensure!(output.status.success(), failed());
    let found = sh::read(&out)?;
    let totals = found.lines().find_map(|line| line.strip_prefix("totals: ")).with_context(failed)?;
    Ok(totals.trim().parse()?)
}
