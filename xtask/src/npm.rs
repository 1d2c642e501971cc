//! npm, and the packages of a lock file.

use std::{
    env::consts::{ARCH, OS},
    path::Path,
    process::Command,
};

use anyhow::Result;
use serde_json::Value;

use crate::{cache, sh, tools};

/// What npm writes of the packages that it has installed: without those that are for other systems.
const INSTALLED: &str = "node_modules/.package-lock.json";

/// npm itself.
pub fn npm() -> Command {
    sh::cmd(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

/// A program of the npm packages of `pkg/`.
pub fn bin(name: &str) -> Command {
    let extension = if cfg!(windows) { ".cmd" } else { "" };
    sh::cmd(format!("pkg/node_modules/.bin/{name}{extension}"))
}

/// Makes `link` a link to the packages of a project's lock file, which are installed in the cache.
pub fn packages(project: &Path, link: &Path) -> Result<()> {
    let files = ["package.json", "package-lock.json", ".npmrc"].map(|file| project.join(file));
    let (lock, settings) = (sh::read(&files[1])?, sh::read(&files[2])?);
    let name = format!("npm-{OS}-{ARCH}-{}", tools::hash(&[lock.as_bytes(), settings.as_bytes()]));
    let entry = cache::entry(&name, is_whole, |folder| {
        files.iter().try_for_each(|file| sh::copy(file, folder))?;
        sh::run(npm().args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))?;
        sh::write(folder.join("stamp"), stamp(folder)?)
    })?;
    cache::link(&entry.join("node_modules"), link)
}

/// Whether the packages are those that were installed, and none was removed since.
fn is_whole(entry: &Path) -> bool {
    let is_there = |package: &String| entry.join(package).join("package.json").is_file();
    let packages = || serde_json::from_str::<Value>(&sh::read(entry.join(INSTALLED))?).map_err(anyhow::Error::from);
    sh::read(entry.join("stamp")).is_ok_and(|found| stamp(entry).is_ok_and(|stamp| stamp == found))
        && packages().is_ok_and(|all| all["packages"].as_object().is_some_and(|all| all.keys().all(is_there)))
}

/// Another when npm has installed anything else into the entry, as it does when it is run where the link is.
fn stamp(entry: &Path) -> Result<String> {
    Ok(tools::hash(&[sh::read(entry.join(INSTALLED))?.as_bytes()]))
}
