//! The examples in the hosts that they are for, with the package as it is installed.

use std::{
    env::consts::EXE_SUFFIX,
    path::{Path, PathBuf, absolute},
};

use anyhow::Result;

use crate::{browser, cache, consumer, npm, postgres, sh};

/// The examples that use the package by its name. Those in `examples/node` have tests of their own.
const FOLDERS: [&str; 4] = ["service", "worker", "edge", "checkout"];

/// Runs the tests of `tests/examples` on copies of the examples beside which the tarball is installed, and on the
/// service in Rust.
pub fn run() -> Result<()> {
    let project = consumer::install()?;
    for folder in FOLDERS {
        sh::copy(format!("examples/{folder}"), project.join(folder))?;
    }
    sh::run(
        browser::node_tests("tests/examples")?
            .env("BILLING_RULES_PROJECT", absolute(project)?)
            .env("BILLING_SERVICE", service()?)
            .env("CHROME_PATH", browser::chromium()?),
    )
}

/// Builds the service in Rust.
fn service() -> Result<PathBuf> {
    sh::run(&mut sh::cargo("build --package billing-service"))?;
    Ok(absolute(sh::target().join(format!("debug/billing-service{EXE_SUFFIX}")))?)
}

/// Type-checks `examples/postgres` as whoever copies it does, then runs its tests on a real database.
pub fn over_postgres() -> Result<()> {
    let project = with_postgres()?;
    sh::run(npm::bin("tsc").arg("--project").arg(project.join("postgres")))?;
    sh::run(
        browser::node_tests("tests/postgres")?
            .env("BILLING_RULES_PROJECT", absolute(project)?)
            .env("BILLING_RULES_POSTGRES", postgres::address()?)
            .env("BILLING_SERVICE", service()?),
    )
}

/// A project with the tarball, `examples/postgres` and the packages of npm that it uses.
pub fn with_postgres() -> Result<PathBuf> {
    let project = consumer::install()?;
    for folder in ["postgres", "service"] {
        sh::copy(format!("examples/{folder}"), project.join(folder))?;
    }
    sh::copy("examples/package.json", &project)?;
    for name in ["pg", "@types"] {
        let package = Path::new("pkg/node_modules").join(name);
        cache::link(&absolute(package)?, &absolute(project.join("node_modules").join(name))?)?;
    }
    Ok(project)
}
