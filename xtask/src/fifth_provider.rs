//! An invented fifth provider, put into a copy of the library: its folder and a few lines are all it takes.

use std::path::{Path, absolute};

use anyhow::{Context, Result, bail};

use crate::sh;

/// The folder as it is to stand in `src/providers`, and the lines elsewhere.
const FOLDER: &str = "tests/fifth_provider/examplepay";
const ELSEWHERE: &str = "tests/fifth_provider/elsewhere.patch";

/// The most lines that a provider may change or add outside its folder.
const MOST: u32 = 5;

/// What a copy needs to be built; `bench/counts`, `examples` and `xtask` are members of the workspace.
const COPIED: [&str; 12] = [
    "Cargo.lock",
    "Cargo.toml",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "bench/counts",
    "clippy.toml",
    "examples",
    "rustfmt.toml",
    "src",
    "tests/house.rs",
    "xtask",
];

/// Puts the provider into the copy, counts its lines, and runs its tests, those of the layout and clippy there.
pub fn run() -> Result<()> {
    count()?;
    let place = sh::target().join("fifth-provider");
    let tree = place.join("tree");
    sh::empty_folder(&tree)?;
    for path in COPIED {
        let path = Path::new(path);
        let into = if path.is_dir() { tree.join(path) } else { tree.join(path.parent().unwrap_or(path)) };
        sh::copy(path, into)?;
    }
    sh::copy(FOLDER, tree.join("src/providers/examplepay"))?;
    // The copy is no part of the repository that it lies in, or git would look for its files there.
    let place = absolute(place)?;
    let patch = absolute(ELSEWHERE)?;
    sh::run(sh::cmd("git").arg("apply").arg(patch).current_dir(&tree).env("GIT_CEILING_DIRECTORIES", &place))?;

    let target = place.join("target");
    for args in [
        "fmt --package billing-rules --check",
        "test --package billing-rules --lib examplepay",
        "test --package billing-rules --test house",
        "clippy --package billing-rules --no-default-features --features examplepay -- -D warnings -A dead_code",
    ] {
        sh::run(sh::cargo(args).current_dir(&tree).env("CARGO_TARGET_DIR", &target))?;
    }
    Ok(())
}

/// Fails when too many lines are changed outside the folder.
fn count() -> Result<()> {
    let mut lines = 0;
    for row in sh::output(sh::cmd("git").args(["apply", "--numstat", ELSEWHERE]))?.lines() {
        let numbers: Vec<u32> = row.split('\t').take(2).map(str::parse).collect::<Result<_, _>>()?;
        // A changed line is one added and one removed.
        lines += numbers.iter().max().with_context(|| format!("cannot read `{row}`"))?;
    }
    println!("a fifth provider: its folder, and {lines} lines elsewhere");
    if lines > MOST {
        bail!("{MOST} lines outside its folder are allowed: make the others follow from the table in src/provider.rs");
    }
    Ok(())
}
