//! The library's public Rust API, compared with a committed list: nothing becomes public, changes or goes unseen.

use anyhow::{Context, Result, bail};
use similar::TextDiff;

use crate::sh;

const LIST: &str = "tests/public_api.txt";

/// Fails when the public API is not the committed one.
pub fn check() -> Result<()> {
    let (committed, found) = (sh::read(LIST)?, list()?);
    if committed == found {
        return Ok(());
    }
    println!("{}", TextDiff::from_lines(&committed, &found).unified_diff().header(LIST, "rustdoc"));
    bail!(
        "the public Rust API has changed. Where that is intended, run `cargo xtask api --write`, commit {LIST}, and add a \
         line to CHANGELOG.md; a line that begins with `-` breaks code that uses the item"
    );
}

/// Writes the list as the API is now.
pub fn write() -> Result<()> {
    sh::write(LIST, list()?)
}

/// Returns one line for each public item, with its type. Derived and automatic implementations are left out, and those of serde,
/// which every `Shape` has and whose paths are serde's own.
fn list() -> Result<String> {
    // In a folder of its own: the flag that lets stable Rust write JSON would make cargo build everything anew.
    let folder = sh::target().join("api");
    sh::run(
        sh::cargo("rustdoc --quiet --package billing-rules --lib --target-dir")
            .arg(&folder)
            .args(["--", "-Z", "unstable-options", "--output-format", "json", "--cap-lints", "warn"])
            .env("RUSTC_BOOTSTRAP", "1"),
    )?;
    let api = public_api::Builder::from_rustdoc_json(folder.join("doc/billing_rules.json"))
        .omit_blanket_impls(true)
        .omit_auto_trait_impls(true)
        .omit_auto_derived_impls(true)
        .build()
        .context("rustdoc's JSON has another format than the crate `public-api` reads: update `public-api` in xtask")?;
    let lines = api.items().map(|item| format!("{item}\n"));
    Ok(lines.filter(|line| !line.contains("serde_core::")).collect())
}
