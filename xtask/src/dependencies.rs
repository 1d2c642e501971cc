//! The library's dependencies, each with the features it is built with, held against committed lists: a crate more,
//! or one that reads a clock, does not come in unseen. Whatever is in Cargo.lock has to meet the policy beside this file.

mod policy;

use std::{collections::BTreeSet, env};

use anyhow::{Context, Result, bail};
use policy::Id;
use serde_json::Value;
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

/// The crates of which Cargo.lock has several versions, and how many; none of them is shipped in more than one.
const DUPLICATES: &str = "xtask/dependencies/duplicates.txt";

/// Fails when a list is not the committed one or holds what none may hold, or a crate does not meet the policy.
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
    let metadata = metadata()?;
    forbid_breaches(&metadata)?;
    check_duplicates(&metadata)
}

/// Writes the lists as they are now.
pub fn accept() -> Result<()> {
    for list in &LISTS {
        let found = list.resolve()?;
        list.forbid(&found)?;
        sh::write(list.file, found)?;
    }
    let metadata = metadata()?;
    forbid_breaches(&metadata)?;
    sh::write(DUPLICATES, policy::duplicates_file(&policy::duplicates(&metadata)?))
}

fn metadata() -> Result<Value> {
    let metadata = sh::output(&mut sh::cargo("metadata --format-version 1 --all-features --locked"))?;
    Ok(serde_json::from_str(&metadata)?)
}

fn forbid_breaches(metadata: &Value) -> Result<()> {
    let mut breaches = policy::breaches(metadata, &shipped()?)?;
    breaches.extend(policy::npm_breaches(&serde_json::from_str(&sh::read("pkg/package.json")?)?));
    if !breaches.is_empty() {
        bail!("not accepted by xtask/src/dependencies/policy.rs:\n  {}", breaches.join("\n  "));
    }
    Ok(())
}

fn check_duplicates(metadata: &Value) -> Result<()> {
    let (committed, found) = (sh::read(DUPLICATES)?, policy::duplicates(metadata)?);
    let new = policy::new_duplicates(&committed, &found);
    if !new.is_empty() {
        bail!(
            "Cargo.lock has more versions of a crate than {DUPLICATES} accepts; `cargo xtask dependencies --accept` accepts \
             them\n  {}",
            new.join("\n  ")
        );
    }
    if policy::duplicates_file(&found) != committed {
        println!("fewer duplicates than in {DUPLICATES}: `cargo xtask dependencies --accept` records that");
    }
    Ok(())
}

/// The crates that the library is built from, on any system and with any features.
fn shipped() -> Result<BTreeSet<Id>> {
    let tree = sh::output(&mut sh::cargo(
        "tree --package billing-rules --edges normal,build --prefix none --no-dedupe --target all --all-features --format {p}",
    ))?;
    let id = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    tree.lines().map(|line| id(line).with_context(|| format!("cannot read `{line}` of `cargo tree`"))).collect()
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
        }
        Ok(())
    }
}
