//! What holds for every crate in a Cargo.lock: an accepted licence, the default registry, and few versions of the same crate. The crates
//! that are shipped, which a user compiles or receives as wasm or in the wheel, have to meet more than those of the build and of the
//! tests. The packages of Python are tools.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::Value;

const LICENCES: [&str; 6] = ["Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "MIT", "Unicode-3.0", "Zlib"];

/// Those that tools may have as well.
const LICENCES_OF_TOOLS: [&str; 6] = ["0BSD", "CC0-1.0", "ISC", "MPL-2.0", "PSF-2.0", "Unlicense"];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// What npm would install together with a package.
const INSTALLED_BY_NPM: [&str; 5] =
    ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies", "bundledDependencies"];

/// A crate's name and version.
pub type Id = (String, String);

/// The versions of each crate of which there are several.
pub type Duplicates = BTreeMap<String, BTreeSet<String>>;

/// Returns every breach among the packages that `cargo metadata` reports of a workspace in the repository, a line each.
pub fn breaches(metadata: &Value, root: &Path, shipped: &BTreeSet<Id>) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    let mut missing = shipped.clone();
    for package in packages(metadata)? {
        let id = id(package)?;
        let is_shipped = missing.remove(&id);
        let (name, version) = &id;
        match package["source"].as_str() {
            Some(REGISTRY) => {}
            Some(source) => breaches.push(format!("{name} {version} is from {source}: only crates.io is accepted")),
            None => {
                let manifest = package["manifest_path"].as_str().context("`cargo metadata` gave no manifest_path")?;
                if !Path::new(manifest).starts_with(root) {
                    breaches.push(format!("{name} {version} is at {manifest}, outside the repository"));
                } else if !is_shipped {
                    // The repository's own tools, which are not published.
                    continue;
                }
            }
        }
        let accepts = |licence: &str| LICENCES.contains(&licence) || (!is_shipped && is_of_tools(licence));
        match package["license"].as_str() {
            None => breaches.push(format!("{name} {version} states no licence")),
            Some(licence) if !is_met(licence, &accepts) => {
                let of = if is_shipped { "crates that are shipped" } else { "tools" };
                breaches.push(format!("{name} {version} has the licence `{licence}`, not accepted of {of}"));
            }
            Some(_) => {}
        }
    }
    breaches
        .extend(missing.iter().map(|(name, version)| format!("{name} {version} is shipped, but not in Cargo.lock")));
    for (name, versions) in several(shipped.iter().cloned()) {
        breaches.push(format!("{name} is shipped in {} versions: {}", versions.len(), list(&versions)));
    }
    Ok(breaches)
}

/// Returns the crates of which Cargo.lock has several versions.
pub fn duplicates(metadata: &Value) -> Result<Duplicates> {
    let ids: Result<Vec<Id>> = packages(metadata)?.iter().map(id).collect();
    Ok(several(ids?))
}

/// Returns a line for each crate that has more versions than the committed lines accept.
pub fn new_duplicates(committed: &str, found: &Duplicates) -> Vec<String> {
    let accepted = |name: &str| {
        let mut lines = committed.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(_, accepted)| *accepted == name).and_then(|(count, _)| count.parse().ok()).unwrap_or(1)
    };
    let more = found.iter().filter(|(name, versions)| versions.len() > accepted(name));
    more.map(|(name, versions)| {
        format!("{name} has {} versions, {} accepted: {}", versions.len(), accepted(name), list(versions))
    })
    .collect()
}

/// Returns the lines to commit. They count the versions, so that an update of one needs no new line.
pub fn duplicates_file(found: &Duplicates) -> String {
    found.iter().map(|(name, versions)| format!("{} {name}\n", versions.len())).collect()
}

/// Returns every key of a package.json that lets npm install more than the package.
pub fn npm_breaches(package: &Value) -> Vec<String> {
    let keys = INSTALLED_BY_NPM.iter().filter(|key| !package[**key].is_null());
    keys.map(|key| format!("pkg/package.json has {key}: the published package has none")).collect()
}

/// Returns every breach among Python's packages, of each a line with its name, its version and its licence, between tabs.
pub fn python_breaches(packages: &str) -> Vec<String> {
    let accepts = |licence: &str| LICENCES.contains(&licence) || is_of_tools(licence);
    let breach = |line: &str| match line.split('\t').collect::<Vec<_>>().as_slice() {
        [name, version, ""] => Some(format!("{name} {version} states no licence")),
        [_, _, licence] if is_met(licence, &accepts) => None,
        [name, version, licence] => {
            Some(format!("{name} {version} has the licence `{licence}`, not accepted of tools"))
        }
        _ => Some(format!("cannot read `{line}`")),
    };
    packages.lines().filter_map(breach).collect()
}

fn is_of_tools(licence: &str) -> bool {
    LICENCES_OF_TOOLS.contains(&licence)
}

/// Whether the licences that are accepted meet an SPDX expression. Before SPDX, `/` was written for `OR`. An exception behind `WITH`
/// permits more than its licence, so the licence decides.
fn is_met(expression: &str, accepts: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words: Vec<&str> = spaced.split_whitespace().rev().collect();
    any(&mut words, accepts) == Some(true) && words.is_empty()
}

/// Reads alternatives, the next word being the last; `None` where the expression is malformed.
fn any(words: &mut Vec<&str>, accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut met = all(words, accepts)?;
    while words.pop_if(|word| *word == "OR").is_some() {
        met |= all(words, accepts)?;
    }
    Some(met)
}

fn all(words: &mut Vec<&str>, accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    let mut met = one(words, accepts)?;
    while words.pop_if(|word| *word == "AND").is_some() {
        met &= one(words, accepts)?;
    }
    Some(met)
}

fn one(words: &mut Vec<&str>, accepts: &dyn Fn(&str) -> bool) -> Option<bool> {
    match words.pop()? {
        "(" => {
            let met = any(words, accepts)?;
            words.pop_if(|word| *word == ")").map(|_| met)
        }
        ")" | "OR" | "AND" | "WITH" => None,
        licence => {
            if words.pop_if(|word| *word == "WITH").is_some() {
                words.pop()?;
            }
            Some(accepts(licence))
        }
    }
}

fn packages(metadata: &Value) -> Result<&Vec<Value>> {
    metadata["packages"].as_array().context("`cargo metadata` gave no packages")
}

fn id(package: &Value) -> Result<Id> {
    let text = |key: &str| package[key].as_str().map(str::to_owned);
    text("name").zip(text("version")).context("`cargo metadata` gave a package without name and version")
}

fn several(ids: impl IntoIterator<Item = Id>) -> Duplicates {
    let mut versions = Duplicates::new();
    for (name, version) in ids {
        versions.entry(name).or_default().insert(version);
    }
    versions.retain(|_, versions| versions.len() > 1);
    versions
}

fn list(versions: &BTreeSet<String>) -> String {
    versions.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn crate_of(name: &str, version: &str, licence: impl Into<Value>) -> Value {
        json!({ "name": name, "version": version, "license": licence.into(), "source": REGISTRY, "manifest_path": "/registry" })
    }

    fn metadata(packages: &[Value]) -> Value {
        json!({ "packages": packages })
    }

    fn shipped(ids: &[(&str, &str)]) -> BTreeSet<Id> {
        ids.iter().map(|(name, version)| ((*name).into(), (*version).into())).collect()
    }

    fn breaches_of(packages: &[Value], ids: &[(&str, &str)]) -> Vec<String> {
        breaches(&metadata(packages), Path::new("/repository"), &shipped(ids)).unwrap()
    }

    #[test]
    fn what_meets_the_policy_has_no_breach() {
        let own = |name: &str, licence: Value| {
            let manifest_path = format!("/repository/{name}/Cargo.toml");
            json!({ "name": name, "version": "0.1.0", "license": licence, "source": null, "manifest_path": manifest_path })
        };
        let packages = [
            own("library", "MIT OR Apache-2.0".into()),
            own("tool-of-ours", Value::Null),
            crate_of("shipped", "1.0.0", "(MIT OR LGPL-3.0) AND Unicode-3.0"),
            crate_of("tool", "1.0.0", "MPL-2.0"),
            crate_of("tool", "2.0.0", "Unlicense"),
        ];
        let none: [String; 0] = [];
        assert_eq!(breaches_of(&packages, &[("library", "0.1.0"), ("shipped", "1.0.0")]), none);
    }

    #[test]
    fn licences() {
        for (licence, is_shipped, accepted) in [
            ("MIT", true, true),
            ("MIT/Apache-2.0", true, true),
            ("Unlicense/MIT", true, true),
            ("GPL-3.0 OR MIT", true, true),
            ("GPL-3.0 AND MIT", true, false),
            ("GPL-3.0", true, false),
            ("GPL-3.0", false, false),
            ("MPL-2.0", true, false),
            ("MPL-2.0", false, true),
            ("Apache-2.0 WITH LLVM-exception", true, true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false, false),
            ("MIT AND (GPL-3.0 OR Zlib)", true, true),
            ("MIT OR GPL-3.0 AND GPL-2.0", true, true),
            ("(MIT OR GPL-3.0) AND GPL-2.0", true, false),
            ("MIT AND", true, false),
            ("(MIT", true, false),
            ("MIT)", true, false),
            ("MIT MIT", true, false),
            ("", true, false),
        ] {
            let ids: &[(&str, &str)] = if is_shipped { &[("a", "1.0.0")] } else { &[] };
            let of = if is_shipped { "crates that are shipped" } else { "tools" };
            let breach = format!("a 1.0.0 has the licence `{licence}`, not accepted of {of}");
            let expected = if accepted { vec![] } else { vec![breach] };
            assert_eq!(breaches_of(&[crate_of("a", "1.0.0", licence)], ids), expected, "{licence}");
        }
    }

    #[test]
    fn a_crate_without_a_licence() {
        assert_eq!(breaches_of(&[crate_of("a", "1.0.0", Value::Null)], &[]), ["a 1.0.0 states no licence"]);
    }

    #[test]
    fn another_source_than_the_registry() {
        let mut from = crate_of("a", "1.0.0", "MIT");
        from["source"] = "git+https://example.org/a#1234".into();
        let breach = "a 1.0.0 is from git+https://example.org/a#1234: only crates.io is accepted";
        assert_eq!(breaches_of(&[from.clone()], &[]), [breach]);
        from["source"] = Value::Null;
        from["manifest_path"] = "/elsewhere/a/Cargo.toml".into();
        assert_eq!(breaches_of(&[from], &[]), ["a 1.0.0 is at /elsewhere/a/Cargo.toml, outside the repository"]);
    }

    #[test]
    fn a_shipped_crate_in_two_versions() {
        let packages = [crate_of("a", "1.0.0", "MIT"), crate_of("a", "2.0.0", "MIT")];
        let both = [("a", "1.0.0"), ("a", "2.0.0")];
        assert_eq!(breaches_of(&packages, &both), ["a is shipped in 2 versions: 1.0.0, 2.0.0"]);
        assert_eq!(breaches_of(&packages, &both[..1]).len(), 0);
    }

    #[test]
    fn a_shipped_crate_that_no_package_is() {
        let breach = "a 1.0.1 is shipped, but not in Cargo.lock";
        assert_eq!(breaches_of(&[crate_of("a", "1.0.0", "MIT")], &[("a", "1.0.1")]), [breach]);
    }

    #[test]
    fn more_versions_of_a_tool_than_are_accepted() {
        let found = duplicates(&metadata(&[
            crate_of("a", "1.0.0", "MIT"),
            crate_of("a", "2.0.0", "MIT"),
            crate_of("b", "1.0.0", "MIT"),
        ]));
        let found = found.unwrap();
        assert_eq!(duplicates_file(&found), "2 a\n");
        assert_eq!(new_duplicates("", &found), ["a has 2 versions, 1 accepted: 1.0.0, 2.0.0"]);
        assert_eq!(new_duplicates("2 aa\n", &found).len(), 1);
        assert_eq!(new_duplicates("2 a\n", &found).len(), 0);
        assert_eq!(new_duplicates("3 a\n2 c\n", &found).len(), 0);
    }

    #[test]
    fn packages_of_python() {
        let packages = "a\t1.0\tMIT\nb\t2.0\tBSD-3-Clause AND CC0-1.0\nc\t3.0\tGPL-3.0\nd\t4.0\t\ne";
        let expected =
            ["c 3.0 has the licence `GPL-3.0`, not accepted of tools", "d 4.0 states no licence", "cannot read `e`"];
        assert_eq!(python_breaches(packages), expected);
    }

    #[test]
    fn a_package_with_which_npm_installs_another() {
        assert_eq!(npm_breaches(&json!({ "devDependencies": { "a": "1.0.0" } })).len(), 0);
        let found = npm_breaches(&json!({ "dependencies": { "a": "1.0.0" }, "peerDependencies": {} }));
        let breach = |key| format!("pkg/package.json has {key}: the published package has none");
        assert_eq!(found, [breach("dependencies"), breach("peerDependencies")]);
    }
}
