//! `scale/`: the library on Arrow, and from there in Python and DuckDB. A workspace of its own, with a Python of its own in the cache.

use std::{
    env::consts::{ARCH, OS},
    path::{Path, PathBuf, absolute},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{cache, sh, tools};

const REQUIREMENTS: &str = "scale/requirements.txt";

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
    sh::run(python()?.args(["-m", "unittest", "discover", "--start-directory", "scale/python/tests"]))
}

/// Python with the wheel installed.
pub fn python() -> Result<Command> {
    let python = interpreter()?;
    let site = wheel(&python)?;
    let mut command = sh::cmd(python);
    // The tests leave nothing in the project.
    command.env("PYTHONPATH", site).env("PYTHONDONTWRITEBYTECODE", "1");
    Ok(command)
}

/// Builds the wheel and installs it into a folder of its own.
fn wheel(python: &Path) -> Result<PathBuf> {
    let target = absolute(sh::target().join("scale"))?;
    let (wheels, site) = (target.join("wheels"), target.join("site"));
    sh::empty_folder(&wheels)?;
    sh::empty_folder(&site)?;
    sh::run(
        sh::cmd(python)
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

/// A Python with the packages of the lock file, once for all clones. It runs its modules by `-m`: the scripts of a moved environment
/// begin with where it was.
fn interpreter() -> Result<PathBuf> {
    let system = ["python3", "python"].into_iter().find(|name| sh::which(name).is_some());
    let Some(system) = system else { bail!("Python is not there: install Python 3.11 or newer") };
    let version = sh::output(sh::cmd(system).arg("--version"))?;
    let name = format!("python-{OS}-{ARCH}-{}", tools::hash(&[sh::read(REQUIREMENTS)?.as_bytes(), version.as_bytes()]));
    let entry = cache::entry(&name, is_whole, |folder| {
        sh::run(sh::cmd(system).args(["-m", "venv"]).arg(folder))?;
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"];
        sh::run(sh::cmd(program(folder)).args(pip).args(["--only-binary", ":all:", "--requirement", REQUIREMENTS]))?;
        sh::write(folder.join("stamp"), &version)
    })?;
    Ok(program(&entry))
}

fn program(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// Whether the installation ended, and the Python that it is of is still there.
fn is_whole(entry: &Path) -> bool {
    entry.join("stamp").is_file() && program(entry).exists()
}
