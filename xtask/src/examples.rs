//! The examples in the hosts that they are for, with the package as it is installed.

use std::{env::consts::EXE_SUFFIX, path::absolute};

use anyhow::Result;

use crate::{browser, consumer, sh};

/// The examples that use the package by its name. Those in `examples/node` have tests of their own.
const FOLDERS: [&str; 4] = ["service", "worker", "edge", "checkout"];

/// Runs the tests of `tests/examples` on copies of the examples beside which the tarball is installed, and on the
/// service in Rust.
pub fn run() -> Result<()> {
    let project = consumer::install()?;
    for folder in FOLDERS {
        sh::copy(format!("examples/{folder}"), project.join(folder))?;
    }
    sh::run(&mut sh::cargo("build --package billing-service"))?;
    sh::run(
        browser::node_tests("tests/examples")?
            .env("BILLING_RULES_PROJECT", absolute(project)?)
            .env("BILLING_SERVICE", absolute(sh::target().join(format!("debug/billing-service{EXE_SUFFIX}")))?)
            .env("CHROME_PATH", browser::chromium()?),
    )
}
