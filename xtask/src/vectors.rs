//! `cargo xtask vectors`: how the vectors are laid out, and which expected values a change altered.
//!
//! `--against REV` compares every vector of a commit with today's. The old vectors are first rewritten by the renames that
//! CHANGELOG.md lists and the commit does not, so a rename never hides a changed number.

mod answers;
mod compare;
mod layout;
mod renames;

use std::path::Path;

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{sh, tools};

const FOLDER: &str = "tests/vectors";

/// The vectors by file name, sorted.
type Files = Vec<(String, Value)>;

/// Checks that every file is laid out one key a line, and every digest by a program written from the rules alone.
pub fn check() -> Result<()> {
    check_layout()?;
    sh::run(tools::python()?.arg("tests/oracle/digests.py"))
}

fn check_layout() -> Result<()> {
    let mut wrong = Vec::new();
    let mut count = 0;
    for name in names()? {
        let text = sh::read(path(&name))?;
        count += 1;
        if layout::lay_out(&serde_json::from_str(&text)?) != text {
            wrong.push(name);
        }
    }
    if !wrong.is_empty() {
        bail!("{} not laid out one key a line; to do so: `cargo xtask vectors --write`", wrong.join(", "));
    }
    println!("{count} files, one key a line");
    Ok(())
}

/// Lays out every file anew.
pub fn write() -> Result<()> {
    for (name, value) in now()? {
        sh::write(path(&name), layout::lay_out(&value))?;
    }
    Ok(())
}

/// Applies the renames that are not yet applied at a commit to the vectors of today, and changes nothing else.
pub fn rename(revision: &str) -> Result<()> {
    let renames = renames::since(revision)?;
    for (name, value) in now()? {
        let renamed = renames.file(&name);
        if renamed != name {
            sh::run(sh::cmd("git").args(["mv", &path(&name), &path(&renamed)]))?;
        }
        sh::write(path(&renamed), layout::lay_out(&renames.document(&value)))?;
    }
    Ok(())
}

/// Prints every expected value that changed since a commit, sorted into renamed, added, digest and other.
pub fn against(revision: &str) -> Result<()> {
    let renames = renames::since(revision)?;
    compare::report(&renames, &at(revision)?, &now()?)
}

/// Compares the answers of a commit's build with those of today's, for every vector, the old ones rewritten by the renames.
pub fn answers(revision: &str) -> Result<()> {
    let renames = renames::since(revision)?;
    answers::report(&renames, revision)
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}

fn names() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(FOLDER)? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| Path::new(name).extension().is_some_and(|extension| extension == "json"));
    names.sort();
    Ok(names)
}

fn now() -> Result<Files> {
    names()?.into_iter().map(|name| Ok((name.clone(), serde_json::from_str(&sh::read(path(&name))?)?))).collect()
}

/// A file as a commit has it.
fn file_at(revision: &str, path: &str) -> Result<String> {
    sh::output(sh::cmd("git").args(["show", &format!("{revision}:{path}")]))
}

fn at(revision: &str) -> Result<Files> {
    let listed = sh::output(sh::cmd("git").args(["ls-tree", "--name-only", revision, &format!("{FOLDER}/")]))?;
    let names = listed.lines().filter(|name| name.ends_with(".json"));
    names
        .map(|path| {
            let name = path.rsplit('/').next().unwrap_or(path).to_owned();
            Ok((name, serde_json::from_str(&file_at(revision, path)?)?))
        })
        .collect()
}
