//! The layout of what people write, other than Rust: prettier's, as `.prettierrc.json` and `.prettierignore` say.

use anyhow::{Context, Result};

use crate::{npm, sh, tools};

/// Fails when a file is laid out in another way.
pub fn check() -> Result<()> {
    sh::run(npm::bin("prettier").args(["--check", "--log-level=warn", "."]))
        .context("some files are not laid out by prettier; to do so: `cargo xtask format`")
}

/// Lays out every file, those in Rust included.
pub fn write() -> Result<()> {
    tools::ensure()?;
    sh::run(&mut sh::cargo("fmt --all"))?;
    sh::run(npm::bin("prettier").args(["--write", "--log-level=warn", "."]))
}
