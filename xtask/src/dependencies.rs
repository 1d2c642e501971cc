//! The library's dependencies, each with the features it is built with, held against committed lists: a crate more,
//! or one that reads a clock, does not come in unseen. Whatever is in Cargo.lock or `scale/Cargo.lock` has to meet the policy beside this
//! file, and Python's packages as well.

mod policy;

use std::{collections::BTreeSet, env, process::Command};

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
        args: "--target wasm32-unknown-unknown --features js-fast",
        never: &[],
    },
];

/// The workspaces, each with what of it is shipped: on any system and with any features. A wheel has nothing of a procedural macro.
const WORKSPACES: [(&str, &str); 2] = [
    ("Cargo.toml", "--package billing-rules --edges normal,build --all-features"),
    ("scale/Cargo.toml", "--package billing-rules-python --package billing-rules-arrow --edges normal,no-proc-macro"),
];

/// Prints each package of a Python with its licence. Many packages state it as a classifier alone, some as a line of text.
const PYTHON_LICENCES: &str = r#"
from importlib.metadata import distributions

SPDX = {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD License": "BSD-3-Clause"}
for one in distributions():
    classifiers = [name.split(" :: ")[-1] for name in one.metadata.get_all("Classifier") or [] if name.startswith("License ::")]
    stated = one.metadata.get("License-Expression") or " AND ".join(SPDX.get(name, name) for name in classifiers)
    [first, *_] = (stated or one.metadata.get("License") or "").split("\n")
    print(one.metadata["Name"], one.version, first, sep="\t")
"#;

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
    forbid_breaches()?;
    check_duplicates(&metadata("Cargo.toml")?)
}

/// Fails when a package of a Python does not meet the policy.
pub fn check_python(mut python: Command) -> Result<()> {
    fail(&policy::python_breaches(&sh::output(python.args(["-c", PYTHON_LICENCES]))?))
}

/// Writes the lists as they are now.
pub fn accept() -> Result<()> {
    for list in &LISTS {
        let found = list.resolve()?;
        list.forbid(&found)?;
        sh::write(list.file, found)?;
    }
    forbid_breaches()?;
    sh::write(DUPLICATES, policy::duplicates_file(&policy::duplicates(&metadata("Cargo.toml")?)?))
}

/// What cargo knows of a workspace.
fn metadata(manifest: &str) -> Result<Value> {
    let mut cargo = sh::cargo("metadata --format-version 1 --all-features --locked --manifest-path");
    Ok(serde_json::from_str(&sh::output(cargo.arg(manifest))?)?)
}

fn forbid_breaches() -> Result<()> {
    let mut breaches = policy::npm_breaches(&serde_json::from_str(&sh::read("pkg/package.json")?)?);
    for (manifest, shipped) in WORKSPACES {
        let found = policy::breaches(&metadata(manifest)?, &env::current_dir()?, &crates_of(manifest, shipped)?)?;
        breaches.extend(found.iter().map(|breach| format!("{manifest}: {breach}")));
    }
    fail(&breaches)
}

fn fail(breaches: &[String]) -> Result<()> {
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

/// The crates that packages of a workspace are built from.
fn crates_of(manifest: &str, packages: &str) -> Result<BTreeSet<Id>> {
    let mut cargo = sh::cargo("tree --locked --prefix none --no-dedupe --target all --format {p}");
    let tree = sh::output(cargo.args(packages.split(' ')).args(["--manifest-path", manifest]))?;
    let id = |line: &str| {
        let (name, rest) = line.split_once(" v")?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    };
    let lines = tree.lines().filter(|line| !line.is_empty());
    lines.map(|line| id(line).with_context(|| format!("cannot read `{line}` of `cargo tree`"))).collect()
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
