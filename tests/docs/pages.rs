//! The form of the pages: links that lead somewhere, code that a test runs, a short README.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Every page of the repository, by its path.
fn pages() -> BTreeMap<PathBuf, String> {
    fn walk(folder: &Path, found: &mut BTreeMap<PathBuf, String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.insert(path.clone(), fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(".").unwrap() {
        let path = entry.unwrap().path();
        let path = path.strip_prefix(".").unwrap();
        if path.extension().is_some_and(|extension| extension == "md") {
            found.insert(path.into(), fs::read_to_string(path).unwrap());
        }
    }
    for folder in [".github", "docs", "examples", "tests/samples"] {
        walk(Path::new(folder), &mut found);
    }
    found
}

/// The lines of a page outside its fenced code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut fenced = false;
    page.lines().filter(move |line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        !(fenced || fence)
    })
}

/// The anchors of a page, as GitHub makes them of its headings.
fn anchors(page: &str) -> Vec<String> {
    let anchor = |heading: &str| {
        let kept = heading.trim().chars().filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    prose(page).filter(|line| line.starts_with('#')).map(|line| anchor(line.trim_start_matches('#'))).collect()
}

/// The targets of a page's links, those to other sites left out.
fn links(page: &str) -> Vec<&str> {
    let targets = prose(page).flat_map(|line| line.split("](").skip(1)).filter_map(|rest| rest.split(')').next());
    targets.filter(|target| !target.contains("://") && !target.starts_with("mailto:")).collect()
}

/// A path without `..`.
fn plain(path: &Path) -> PathBuf {
    let mut found = PathBuf::new();
    for part in path.components() {
        if part == Component::ParentDir {
            found.pop();
        } else {
            found.push(part);
        }
    }
    found
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, page) in &pages {
        for target in links(page) {
            count += 1;
            let (file, anchor) = target.split_once('#').unwrap_or((target, ""));
            let file = if file.is_empty() { path.clone() } else { plain(&path.parent().unwrap().join(file)) };
            let exists = if anchor.is_empty() {
                file.exists()
            } else {
                pages.get(&file).is_some_and(|page| anchors(page).iter().any(|known| known == anchor))
            };
            if !exists {
                wrong.push(format!("{}: {target}", path.display()));
            }
        }
    }
    assert!(count > 20, "found only {count} links");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Code is where a test runs it: JavaScript and TypeScript in the README and in docs and its folders (`pkg/test/contract`), Rust in the README and
/// on the page of whole books (with the tests of the documentation), whose Python `scale/python/tests` runs, examples of the rules on their
/// page, and parts of `examples/postgres` on theirs (`tests/postgres`).
#[test]
fn code_is_where_a_test_runs_it() {
    let mut wrong = Vec::new();
    for (path, page) in pages() {
        let readme = path == Path::new("README.md");
        for language in page.lines().filter_map(|line| line.trim_start().strip_prefix("```")) {
            let tested = match language {
                "js" | "ts" => readme || path.starts_with("docs"),
                "rust" => readme || path == Path::new("docs/how-to/scale.md"),
                "python" => path == Path::new("docs/how-to/scale.md"),
                "example" => path == Path::new("docs/rules.md"),
                "sql" => path == Path::new("docs/how-to/postgresql.md"),
                "" | "sh" | "text" | "mermaid" => true,
                _ => false,
            };
            if !tested {
                wrong.push(format!("{}: {language}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// How many words the sentences of a page have, of its paragraphs and lists: without code, tables and headings.
fn sentence_lengths(page: &str) -> Vec<usize> {
    let mut text = String::new();
    for line in prose(page).filter(|line| !line.starts_with(['|', '#'])) {
        if line.is_empty() || line.trim_start().starts_with("- ") {
            text.push('\n');
        }
        text.push_str(line.trim_start().trim_start_matches("- "));
        text.push(' ');
    }
    for end in [". ", "? ", "! "] {
        text = text.replace(end, &end.replace(' ', "\n"));
    }
    let sentences = text.lines();
    sentences.map(|sentence| sentence.split_whitespace().count()).filter(|count| *count > 0).collect()
}

#[test]
fn the_readme_is_short() {
    let readme = include_str!("../../README.md");
    assert!(readme.lines().count() <= 130);
    let mut lengths = sentence_lengths(readme);
    lengths.sort_unstable();
    println!(
        "{} sentences, median {}, longest {}",
        lengths.len(),
        lengths[lengths.len() / 2],
        lengths[lengths.len() - 1]
    );
    assert!(lengths[lengths.len() / 2] <= 17, "{lengths:?}");
    assert!(lengths.iter().all(|length| *length <= 25), "{lengths:?}");
}
