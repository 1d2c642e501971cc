//! What differs between two sets of vectors, by kind.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Result, bail};
use serde_json::{Map, Value};

use super::{Files, renames::Renames};

/// What was found, each kind apart.
#[derive(Default)]
pub struct Found {
    /// Names before and now, with how often each was found.
    renamed: BTreeMap<String, usize>,
    added: BTreeMap<String, usize>,
    digests: usize,
    other: Vec<String>,
    new: usize,
}

/// Prints the report; fails where a value changed that no rename explains.
pub fn report(renames: &Renames, before: &Files, now: &Files) -> Result<()> {
    let mut found = Found::default();
    let now: BTreeMap<&str, &Value> = now.iter().map(|(name, value)| (name.as_str(), value)).collect();
    for (name, old) in before {
        let file = renames.file(name);
        let Some(new) = now.get(file.as_str()) else {
            found.other.push(format!("{name}: the file is gone"));
            continue;
        };
        let renamed = renames.document(old);
        count_renamed(old, &renamed, &mut found.renamed);
        let (old, new) = (entries(&renamed), entries(new));
        for (entry, old) in &old {
            match new.get(entry) {
                Some(new) => found.compare(renames, &format!("{file}: {}", entry.join(": ")), "", old, new),
                None => found.other.push(format!("{file}: {}: gone", entry.join(": "))),
            }
        }
        found.new += new.keys().filter(|entry| !old.contains_key(*entry)).count();
    }
    let known: BTreeSet<String> = before.iter().map(|(name, _)| renames.file(name)).collect();
    for (_, value) in now.iter().filter(|(name, _)| !known.contains(**name)) {
        found.new += entries(value).len();
    }
    found.print()
}

impl Found {
    /// Compares a value with what it is now. A case that states parts of an answer may state more than before.
    pub fn compare(&mut self, renames: &Renames, entry: &str, path: &str, old: &Value, new: &Value) {
        match (old, new) {
            _ if old == new => {}
            (Value::Object(old), Value::Object(new)) => {
                for (key, value) in new {
                    let path = format!("{path}/{key}");
                    match old.get(key) {
                        Some(old) => self.compare(renames, entry, &path, old, value),
                        None if renames.is_added(key) => *self.added.entry(key.clone()).or_default() += 1,
                        None => self.other.push(format!("{entry}: {path}: now there: {}", short(value))),
                    }
                }
                for (key, value) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
                    self.other.push(format!("{entry}: {path}/{key}: gone: {}", short(value)));
                }
            }
            (Value::Array(old), Value::Array(new)) if old.len() == new.len() => {
                for (index, (old, new)) in old.iter().zip(new).enumerate() {
                    self.compare(renames, entry, &format!("{path}/{index}"), old, new);
                }
            }
            (Value::String(old), Value::String(new)) if is_digest(old) && is_digest(new) => self.digests += 1,
            _ => self.other.push(format!("{entry}: {path}: was {}, is {}", short(old), short(new))),
        }
    }

    pub fn print(self) -> Result<()> {
        println!("renamed: {}", self.renamed.values().sum::<usize>());
        for (name, count) in &self.renamed {
            println!("{count:>6}  {name}");
        }
        println!("added: {}", self.added.values().sum::<usize>());
        for (name, count) in &self.added {
            println!("{count:>6}  {name}");
        }
        println!("digest: {}", self.digests);
        println!("new cases: {}", self.new);
        println!("other: {}", self.other.len());
        for line in &self.other {
            println!("        {line}");
        }
        match self.other.len() {
            0 => Ok(()),
            others => bail!("{others} expected values changed that no rename explains"),
        }
    }
}

/// The cases of a file by list and name, and what the file keeps besides, by its name.
fn entries(document: &Value) -> BTreeMap<Vec<String>, Value> {
    let mut found = BTreeMap::new();
    for (part, value) in document.as_object().unwrap_or(&Map::new()) {
        let named: Vec<(String, &Value)> = match value {
            Value::Array(cases) => {
                cases.iter().map(|case| (case["name"].as_str().unwrap_or_default().into(), case)).collect()
            }
            Value::Object(named) => named.iter().map(|(name, value)| (name.clone(), value)).collect(),
            // A sentence about the file.
            _ => continue,
        };
        for (name, value) in named {
            let mut entry = vec![part.clone(), name];
            while found.contains_key(&entry) {
                entry.push("again".into());
            }
            found.insert(entry, value.clone());
        }
    }
    found
}

/// Counts what a rename changed, key by key and word by word: the two have the same form.
fn count_renamed(old: &Value, new: &Value, found: &mut BTreeMap<String, usize>) {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            for ((old_key, old), (new_key, new)) in old.iter().zip(new) {
                if old_key != new_key {
                    *found.entry(format!("{old_key} -> {new_key}")).or_default() += 1;
                }
                count_renamed(old, new, found);
            }
        }
        (Value::Array(old), Value::Array(new)) => {
            old.iter().zip(new).for_each(|(old, new)| count_renamed(old, new, found));
        }
        (old, new) if old != new => {
            let is_path = |value: &Value| value.as_str().is_some_and(|text| text.is_empty() || text.starts_with('/'));
            let name = if is_path(old) { "paths".to_owned() } else { format!("{} -> {}", short(old), short(new)) };
            *found.entry(name).or_default() += 1;
        }
        _ => {}
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(80) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text,
    }
}
