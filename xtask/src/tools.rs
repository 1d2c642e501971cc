//! What the build needs beside Rust, and how each is brought.

use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    process::Command,
};

use anyhow::{Result, bail};

use crate::{npm, sh};

pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

const NODE_MAJOR: u32 = 20;

/// Makes ready all that the build needs; what is there already costs next to nothing.
pub fn ensure() -> Result<()> {
    wasm_target()?;
    node()?;
    npm::packages(Path::new("pkg"), Path::new("pkg/node_modules"))
}

/// Rust's wasm target.
fn wasm_target() -> Result<()> {
    let sysroot = sh::output(sh::cmd("rustc").args(["--print", "sysroot"]))?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(WASM_TARGET).is_dir() {
        return Ok(());
    }
    if sh::which("rustup").is_none() {
        bail!(
            "Rust's target {WASM_TARGET} is not installed, nor is rustup, which would add it: \
             install it with the tool that brought your Rust"
        );
    }
    sh::run(sh::cmd("rustup").args(["target", "add", WASM_TARGET]))
}

/// Node, new enough.
fn node() -> Result<()> {
    let found = sh::which("node").or_else(|| sh::which("node.exe"));
    let version = match found {
        Some(_) => sh::output(sh::cmd("node").arg("--version"))?,
        None => bail!("Node is not there: install Node {NODE_MAJOR} or newer, with npm"),
    };
    let version = version.trim().trim_start_matches('v');
    let major = version.split('.').next().and_then(|major| major.parse::<u32>().ok());
    if major.is_none_or(|major| major < NODE_MAJOR) {
        bail!("Node {version} is too old: install Node {NODE_MAJOR} or newer");
    }
    Ok(())
}

/// Python 3, for what the tests compute a second time.
pub fn python() -> Result<Command> {
    if sh::which("python3").is_none() {
        if !apt_is_possible() {
            bail!("Python 3 is not there, and the tests compute digests with it: install it");
        }
        apt("Python 3", "python3")?;
    }
    Ok(sh::cmd("python3"))
}

/// A script for Node, its arguments to follow.
pub fn node_script(script: &str) -> Command {
    let mut command = sh::cmd("node");
    command.args(["--input-type=module", "--eval", script, "--"]);
    command
}

/// A Debian package, where we may install one; `what` is what it brings.
pub fn apt(what: &str, package: &str) -> Result<()> {
    eprintln!("{what} is not there: bringing the Debian package {package}");
    let quiet = |args: &[&str]| sh::run(sh::cmd("apt-get").args(args).env("DEBIAN_FRONTEND", "noninteractive"));
    quiet(&["update", "--quiet"])?;
    quiet(&["install", "--yes", "--quiet", package])
}

/// Whether [`apt`] can work here.
pub fn apt_is_possible() -> bool {
    let root = || sh::output(sh::cmd("id").arg("--user")).is_ok_and(|id| id.trim() == "0");
    sh::which("apt-get").is_some() && root()
}

/// A short name for content: what it was made from is unchanged when this is.
pub fn hash(parts: &[&[u8]]) -> String {
    let mut hasher = DefaultHasher::new();
    parts.hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
