//! The answers of two builds to every vector: the old ones, rewritten by the renames, equal the new ones.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{compare::Found, renames::Renames};
use crate::sh;

/// A line of the file that the vectors' test writes: file, function and what it answers.
type Answers = BTreeMap<String, Vec<(String, Value)>>;

/// Builds a commit beside today's tree and compares what both answer. Digests, paths and messages may differ.
pub fn report(renames: &Renames, revision: &str) -> Result<()> {
    let beside = sh::target().join("against");
    let tree = beside.join("tree");
    if tree.exists() {
        sh::run(sh::cmd("git").args(["worktree", "remove", "--force"]).arg(&tree))?;
    }
    sh::run(sh::cmd("git").args(["worktree", "add", "--detach"]).arg(&tree).arg(revision))?;
    let old = answers(&tree, &std::path::absolute(beside.join("target"))?)?;
    let new = answers(".".as_ref(), &std::path::absolute(sh::target())?)?;
    sh::run(sh::cmd("git").args(["worktree", "remove", "--force"]).arg(&tree))?;

    let mut found = Found::default();
    let mut count = 0;
    for (file, old) in &old {
        let file = renames.file(file);
        let new = new.get(&file).with_context(|| format!("{file} has no answers now"))?;
        if new.len() < old.len() {
            bail!("{file}: {} answers before, {} now", old.len(), new.len());
        }
        for (index, ((call, old), (new_call, new))) in old.iter().zip(new).enumerate() {
            let entry = format!("{file}: case {}: {new_call}", index + 1);
            if renames.function(call) != new_call {
                bail!("{entry} was {call}");
            }
            found.compare(renames, &entry, "", &plain(renames.answer(old, call)), &plain(new.clone()));
            count += 1;
        }
    }
    println!("{count} answers compared");
    found.print()
}

fn answers(tree: &std::path::Path, target: &std::path::Path) -> Result<Answers> {
    let mut test = sh::cargo("test --quiet --package billing-rules --test vectors answers_for_other_hosts");
    sh::run(test.current_dir(tree).env("CARGO_TARGET_DIR", target))?;
    let mut found = Answers::new();
    for line in sh::read(target.join("tmp/answers.txt"))?.lines() {
        let (file, rest) = line.split_once(' ').context("a line without a file")?;
        let (call, answer) = rest.split_once(' ').context("a line without a function")?;
        found.entry(file.into()).or_default().push((call.into(), serde_json::from_str(answer)?));
    }
    Ok(found)
}

/// Without paths and messages of errors, notes, reasons and other sentences: they may use the new names.
fn plain(answer: Value) -> Value {
    match answer {
        Value::Object(fields) => {
            let sentences = ["message", "path", "note", "reason", "instead"];
            let kept = fields.into_iter().filter(|(key, _)| !sentences.contains(&key.as_str()));
            Value::Object(kept.map(|(key, value)| (key, plain(value))).collect())
        }
        Value::Array(items) => items.into_iter().map(plain).collect(),
        other => other,
    }
}
