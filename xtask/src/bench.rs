//! `cargo xtask bench`: what the package costs, against what else would do the job. The others are dependencies of `bench/` alone,
//! so that no build and no test brings them.

use std::path::absolute;

use anyhow::Result;

use crate::{
    consumer,
    package::{self, Variant},
    sh, tools,
};

pub fn run() -> Result<()> {
    package::build(Variant::Release)?;
    let tarball = absolute(consumer::pack()?)?;
    let project = sh::target().join("bench");
    sh::empty_folder(&project)?;
    sh::copy("bench", &project)?;
    let quiet = ["--no-audit", "--no-fund"];
    sh::run(tools::npm().arg("ci").args(quiet).current_dir(&project))?;
    sh::run(tools::npm().args(["install", "--no-save", "--offline"]).args(quiet).arg(tarball).current_dir(&project))?;
    sh::run(sh::cmd("node").arg(project.join("run.mjs")))
}
