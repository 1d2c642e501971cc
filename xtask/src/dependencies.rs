//! The library's dependencies, each with the features it is built with, held against committed lists: a crate more,
//! or one that reads a clock, does not come in unseen.

use std::{collections::BTreeSet, env};

use anyhow::{Result, bail};
use similar::TextDiff;

use crate::sh;

struct List {
    file: &'static str,
    /// What `cargo tree` is asked for. The target stands here so that the list is the same on every machine.
    args: &'static str,
    /// Crates that may not be in it, whatever the committed list says.
    never: &'static [&'static str],
}

const LISTS: [List; 3] = [
    List {
        file: "xtask/dependencies/native.txt",
        args: "--target x86_64-unknown-linux-gnu",
        never: &["wasm-bindgen", "js-sys"],
    },
    List {
        file: "xtask/dependencies/wasm32.txt",
        args: "--target wasm32-unknown-unknown",
        never: &["wasm-bindgen", "js-sys"],
    },
    List {
        file: "xtask/dependencies/wasm32-js.txt",
        args: "--target wasm32-unknown-unknown --features js",
        never: &[],
    },
];

/// The features of chrono that bring a clock: rules are given their days, and never ask for today's.
const CLOCKS: [&str; 4] = ["clock", "now", "oldtime", "wasmbind"];

/// Fails when a list is not the committed one, or holds what none may hold.
pub fn check() -> Result<()> {
    let mut changed = false;
    for list in &LISTS {
        let found = list.resolve()?;
        list.forbid(&found)?;
        let committed = sh::read(list.file)?;
        if committed != found {
            println!("{}", TextDiff::from_lines(&committed, &found).unified_diff().header(list.file, "cargo tree"));
            changed = true;
        }
    }
    if changed {
        bail!("the dependencies have changed; if they should: `cargo xtask dependencies --accept`");
    }
    Ok(())
}

/// Writes the lists as they are now.
pub fn accept() -> Result<()> {
    for list in &LISTS {
        let found = list.resolve()?;
        list.forbid(&found)?;
        sh::write(list.file, found)?;
    }
    Ok(())
}

impl List {
    /// One line for each crate: its name, its version and its features, without the folder it is in.
    fn resolve(&self) -> Result<String> {
        let tree = sh::output(
            sh::cargo(&format!("tree --package billing-rules --edges normal --prefix none --no-dedupe {}", self.args))
                .args(["--format", "{p} {f}"]),
        )?;
        let folder = format!(" ({})", env::current_dir()?.display());
        let lines: BTreeSet<String> = tree.lines().map(|line| line.replace(&folder, "").trim().to_owned()).collect();
        Ok(lines.into_iter().map(|line| line + "\n").collect())
    }

    fn forbid(&self, found: &str) -> Result<()> {
        for line in found.lines() {
            let name = line.split(' ').next().unwrap_or_default();
            if self.never.contains(&name) {
                bail!("{name} may not be among the dependencies of {}", self.file);
            }
            let features = line.rsplit(' ').next().unwrap_or_default();
            if let Some(clock) = features.split(',').find(|feature| name == "chrono" && CLOCKS.contains(feature)) {
                bail!("chrono may not have its feature {clock}, as it has for {}: it brings a clock", self.file);
            }
        }
        Ok(())
    }
}
