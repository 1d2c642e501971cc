//! Python with the packages of lock files, once for all clones.

use std::{
    env::consts::{ARCH, OS},
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{cache, sh, tools};

/// A file of pinned packages with their hashes.
pub struct Lock {
    pub file: &'static str,
    /// The one that its registry has as source alone. An earlier lock has what builds it.
    pub source: Option<&'static str>,
}

/// Returns a Python with these packages. It runs its modules by `-m`: the scripts of a moved environment begin with where it was.
pub fn environment(locks: &[Lock]) -> Result<PathBuf> {
    let system = ["python3", "python"].into_iter().find(|name| sh::which(name).is_some());
    let Some(system) = system else { bail!("Python is not there: install Python 3.11 or newer") };
    let version = sh::output(sh::cmd(system).arg("--version"))?;
    let mut parts: Vec<String> = locks.iter().map(|lock| sh::read(lock.file)).collect::<Result<_>>()?;
    parts.push(version.clone());
    let parts: Vec<&[u8]> = parts.iter().map(String::as_bytes).collect();
    let entry = cache::entry(&format!("python-{OS}-{ARCH}-{}", tools::hash(&parts)), is_whole, |folder| {
        sh::run(sh::cmd(system).args(["-m", "venv"]).arg(folder))?;
        locks.iter().try_for_each(|lock| install(folder, lock))?;
        sh::write(folder.join("stamp"), &version)
    })?;
    Ok(program(&entry))
}

fn install(environment: &Path, lock: &Lock) -> Result<()> {
    let mut pip = sh::cmd(program(environment));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--no-deps"]);
    pip.args(["--only-binary", ":all:"]);
    if let Some(source) = lock.source {
        pip.args(["--no-binary", source, "--no-build-isolation"]);
    }
    sh::run(pip.args(["--requirement", lock.file]))
}

fn program(environment: &Path) -> PathBuf {
    environment.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" })
}

/// Whether the installation ended, and the Python that it is of is still there.
fn is_whole(entry: &Path) -> bool {
    entry.join("stamp").is_file() && program(entry).exists()
}
