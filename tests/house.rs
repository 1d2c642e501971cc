//! The house as CONTRIBUTING.md has it: what may use what, and how long a file and a function may be.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test ends where its data is broken")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The files of `src` with their lines, comments left out.
fn files() -> BTreeMap<String, Vec<String>> {
    fn walk(folder: &Path, found: &mut BTreeMap<String, Vec<String>>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let code = |line: &str| line.split("//").next().unwrap_or_default().to_string();
                let lines = fs::read_to_string(&path).unwrap().lines().map(code).collect();
                found.insert(path.to_str().unwrap().replace('\\', "/"), lines);
            }
        }
    }
    let mut found = BTreeMap::new();
    walk(Path::new("src"), &mut found);
    found
}

/// The floors from the top down, by the paths that CONTRIBUTING.md lists.
fn floors() -> Vec<String> {
    let text = fs::read_to_string("CONTRIBUTING.md").unwrap();
    let rooms = text.lines().filter_map(|line| line.strip_prefix("    src/"));
    rooms.map(|line| format!("src/{}", line.split(' ').next().unwrap())).collect()
}

/// The module that a file is, as a path from the root of the crate.
fn module(file: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = file.strip_prefix("src/").unwrap().strip_suffix(".rs").unwrap().split('/').collect();
    if matches!(parts.last(), Some(&"mod" | &"lib")) {
        parts.pop();
    }
    parts
}

/// What `use` brings in, each as a path from the root of the crate.
fn used(file: &str, lines: &[String]) -> Vec<Vec<String>> {
    let text = lines.join(" ");
    let mut found = Vec::new();
    for statement in text.split("use ").skip(1).filter_map(|rest| rest.split(';').next()) {
        let statement = statement.replace(' ', "");
        let (base, names) = statement.split_once('{').unwrap_or((&statement, ""));
        for name in names.trim_end_matches('}').split(',') {
            let path = [base, name].concat();
            let mut parts: Vec<&str> = path.split("::").filter(|part| !part.is_empty()).collect();
            let from: Vec<&str> = match parts.first() {
                Some(&"crate") => Vec::new(),
                Some(&"self") => module(file),
                Some(&"super") => {
                    let up = parts.iter().take_while(|part| **part == "super").count();
                    parts.drain(1..up);
                    let own = module(file);
                    own[..own.len().saturating_sub(up)].to_vec()
                }
                _ => continue,
            };
            parts.remove(0);
            found.push(from.iter().chain(&parts).map(|part| (*part).to_string()).collect());
        }
    }
    found
}

/// The files by the modules that they are.
fn modules(files: &BTreeMap<String, Vec<String>>) -> BTreeMap<String, &String> {
    files.keys().map(|file| (module(file).join("::"), file)).collect()
}

/// The file that has what a path names.
fn file_of<'a>(modules: &BTreeMap<String, &'a String>, mut path: Vec<String>) -> Option<&'a String> {
    while !path.is_empty() && !modules.contains_key(&path.join("::")) {
        path.pop();
    }
    if path.is_empty() { None } else { modules.get(&path.join("::")).copied() }
}

#[test]
fn a_file_uses_only_what_lies_below_it() {
    let (files, floors) = (files(), floors());
    let modules = modules(&files);
    // A room in a room has a floor of its own.
    let floor = |file: &str| {
        let rooms = floors.iter().enumerate();
        let is_in = |room: &str| file == room || room.ends_with('/') && file.starts_with(room);
        rooms.filter(|(_, room)| is_in(room)).max_by_key(|(_, room)| room.len()).map(|(floor, _)| floor)
    };
    let mut wrong = Vec::new();
    for (file, lines) in &files {
        let Some(own) = floor(file) else {
            wrong.push(format!("{file} has no floor in CONTRIBUTING.md"));
            continue;
        };
        let is_of_path = |c: &char| c.is_alphanumeric() || matches!(c, '_' | ':');
        let named = lines.iter().filter(|line| !line.contains("(in crate::"));
        let named = named.flat_map(|line| line.split("crate::").skip(1));
        let named = named.map(|rest| rest.chars().take_while(is_of_path).collect::<String>());
        let named = named.filter(|path| !path.is_empty());
        let named = named.map(|path| path.split("::").map(str::to_string).collect());
        for target in named.chain(used(file, lines)).filter_map(|path| file_of(&modules, path)) {
            if floor(target).is_some_and(|target| target < own) {
                wrong.push(format!("{file} uses {target}, which lies above it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = files();
    let modules = modules(&files);
    let mut uses: BTreeMap<&String, Vec<&String>> = BTreeMap::new();
    for (file, lines) in &files {
        let targets = used(file, lines).into_iter().filter_map(|path| file_of(&modules, path));
        uses.entry(file).or_default().extend(targets.filter(|target| *target != file));
    }
    // Files that use none that is left are taken away until none goes.
    loop {
        let before = uses.len();
        let left: Vec<&String> = uses.keys().copied().collect();
        uses.values_mut().for_each(|targets| targets.retain(|target| left.contains(target)));
        uses.retain(|_, targets| !targets.is_empty());
        if uses.len() == before {
            break;
        }
    }
    assert!(uses.is_empty(), "{uses:#?}");
}

#[test]
fn files_and_functions_are_short() {
    let mut long = Vec::new();
    for (file, lines) in files() {
        if lines.len() > 400 && !file.ends_with("tests.rs") {
            long.push(format!("{file}: {} lines", lines.len()));
        }
        let begins = |line: &str| line.trim_start().starts_with("fn ") || line.contains(" fn ") && line.ends_with('{');
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| begins(line) && line.ends_with('{')) {
            let indent = line.len() - line.trim_start().len();
            let end = format!("{}}}", &" ".repeat(indent));
            let length = lines[at..].iter().position(|line| *line == end).unwrap_or_default() + 1;
            if length > 70 {
                long.push(format!("{file}: `{}` has {length} lines", line.trim()));
            }
        }
    }
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn a_condition_is_an_if_and_an_effect_a_statement() {
    const INSTEAD: [(&str, &str); 3] = [
        (".filter(|_|", "write `if condition { value } else { None }`"),
        (".inspect(", "write `if let Some(value) = value { … }`"),
        ("match ()", "write `if`"),
    ];
    let mut found = Vec::new();
    for (file, lines) in files() {
        for (at, line) in lines.iter().enumerate() {
            let instead = INSTEAD.iter().filter(|(idiom, _)| line.contains(idiom));
            found.extend(instead.map(|(idiom, instead)| format!("{file}:{}: `{idiom}`: {instead}", at + 1)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// The files of a provider's folder; `parse` and `request` may be folders.
const PROVIDER_FILES: [&str; 7] = ["account", "adapter", "checks", "mod", "parse", "request", "webhook"];

#[test]
fn every_provider_has_the_same_files_and_names_no_other() {
    let files = files();
    let adapters = files.keys().filter(|file| file.ends_with("/adapter.rs") && !file.contains("/unified/"));
    let folders: Vec<&str> = adapters.map(|file| file.strip_suffix("adapter.rs").unwrap()).collect();
    assert!(folders.len() > 3, "{folders:?}");
    let mut wrong = Vec::new();
    for folder in &folders {
        let own = files.iter().filter(|(file, _)| file.starts_with(folder));
        let mut names = Vec::new();
        for (file, lines) in own {
            names.push(file.strip_prefix(folder).unwrap().split(['/', '.']).next().unwrap());
            let others = folders.iter().filter(|other| *other != folder).map(|other| other.split('/').nth(2).unwrap());
            for other in others {
                let found = lines.iter().any(|line| line.contains(&format!("providers::{other}")));
                wrong.extend(found.then(|| format!("{file} names {other}")));
            }
        }
        names.dedup();
        if names != PROVIDER_FILES {
            wrong.push(format!("{folder} has {names:?}"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
