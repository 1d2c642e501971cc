//! `scale/`: the library on Arrow, and from there in Python and DuckDB. A workspace of its own, with a Python of its own in the cache.

use std::{
    path::{PathBuf, absolute},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{dependencies, python, sh};

const REQUIREMENTS: python::Lock = python::Lock { file: "scale/requirements.txt", source: None };

/// Lints the workspace, and checks the kernels, the wheel and the queries against the single functions.
pub fn check() -> Result<()> {
    let target = sh::target().join("scale");
    let cargo = |args: &str| {
        let mut command = sh::cargo(args);
        command.args(["--manifest-path", "scale/Cargo.toml"]).env("CARGO_TARGET_DIR", &target);
        command
    };
    sh::run(&mut cargo("fmt --check --all"))?;
    // In the profile of the wheel, so that nothing is built twice.
    sh::run(cargo("clippy --release --locked --all-targets").args(["--", "-D", "warnings"]))?;
    sh::run(&mut cargo("test --release --locked --package billing-rules-arrow"))?;
    dependencies::check_python(sh::cmd(python::environment(&[REQUIREMENTS])?))?;
    sh::run(python()?.args(["-m", "unittest", "discover", "--start-directory", "scale/python/tests"]))
}

/// Python with the wheel installed.
pub fn python() -> Result<Command> {
    let mut command = sh::cmd(python::environment(&[REQUIREMENTS])?);
    // The tests leave nothing in the project.
    command.env("PYTHONPATH", wheel()?).env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

/// Builds the wheel and installs it into a folder of its own, which every Python from 3.10 on can use.
pub fn wheel() -> Result<PathBuf> {
    let python = python::environment(&[REQUIREMENTS])?;
    let target = absolute(sh::target().join("scale"))?;
    let (wheels, site) = (target.join("wheels"), target.join("site"));
    sh::empty_folder(&wheels)?;
    sh::empty_folder(&site)?;
    sh::run(
        sh::cmd(&python)
            .args(["-m", "maturin", "build", "--release", "--locked", "--quiet", "--manifest-path"])
            .args(["scale/python/Cargo.toml", "--out"])
            .arg(&wheels)
            .env("CARGO_TARGET_DIR", &target),
    )?;
    let wheel = wheels.read_dir()?.next().context("maturin built no wheel")??.path();
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", "--target"];
    sh::run(sh::cmd(python).args(pip).arg(&site).arg(wheel))?;
    Ok(site)
}
