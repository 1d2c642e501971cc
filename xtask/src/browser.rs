//! What runs wasm and pages for the tests: Node and headless Chromium.

use std::{
    env,
    path::{Path, PathBuf, absolute},
    process::Command,
};

use anyhow::{Result, bail};
use serde_json::Value;

use crate::{
    sh,
    tools::{self, WASM_TARGET},
};

/// The tests of `tests/wasm.rs`, in Node.
pub fn wasm_tests_in_node() -> Result<()> {
    sh::run(&mut wasm_tests()?)
}

/// The tests of `tests/wasm.rs`, in headless Chromium.
pub fn wasm_tests_in_chromium() -> Result<()> {
    // The capabilities of the repository, with the Chromium that was found.
    let mut capabilities: Value = serde_json::from_str(&sh::read("webdriver.json")?)?;
    capabilities["goog:chromeOptions"]["binary"] = chromium()?.display().to_string().into();
    let with_binary = absolute(sh::target().join("xtask/webdriver.json"))?;
    sh::write(&with_binary, capabilities.to_string())?;
    sh::run(
        wasm_tests()?
            .env("CHROMEDRIVER", chromedriver()?)
            .env("WASM_BINDGEN_USE_BROWSER", "1")
            .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", with_binary)
            // Seconds; the defaults are too short for a busy machine.
            .env("WASM_BINDGEN_TEST_DRIVER_TIMEOUT", "30")
            .env("WASM_BINDGEN_TEST_TIMEOUT", "120"),
    )
}

/// The page's tests; they start Chromium themselves, through playwright.
pub fn page_tests() -> Result<()> {
    sh::run(
        node_tests("www/test")?
            .env("CHROME_PATH", chromium()?)
            .env("BILLING_RULES_PLAYWRIGHT", absolute("pkg/node_modules/playwright-core/index.mjs")?),
    )
}

/// Node's test runner with the test files of a folder.
pub fn node_tests(folder: impl AsRef<Path>) -> Result<Command> {
    let folder = folder.as_ref();
    let mut files: Vec<PathBuf> = match folder.read_dir() {
        Ok(entries) => entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?,
        Err(error) => bail!("cannot read the tests in {}: {error}", folder.display()),
    };
    files.retain(|file| file.to_str().is_some_and(|name| name.ends_with(".test.mjs") || name.ends_with(".test.cjs")));
    if files.is_empty() {
        bail!("there is no *.test.mjs or *.test.cjs in {}", folder.display());
    }
    files.sort();
    let mut command = sh::cmd("node");
    command.args(["--test", "--test-reporter=spec"]).args(files);
    Ok(command)
}

/// `cargo test` for wasm. This very program is its runner: it holds the wasm-bindgen of Cargo.lock.
fn wasm_tests() -> Result<Command> {
    let mut command = sh::cargo(&format!(
        "test --package billing-rules --target {WASM_TARGET} --features js-fast --test wasm --config"
    ));
    command.arg(format!("target.{WASM_TARGET}.runner=[{:?},\"wasm-test-runner\"]", env::current_exe()?));
    Ok(command)
}

pub fn chromium() -> Result<PathBuf> {
    find(
        "Chromium",
        "CHROME_PATH",
        &["google-chrome", "google-chrome-stable", "chromium", "chromium-browser"],
        &["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
        "chromium",
    )
}

fn chromedriver() -> Result<PathBuf> {
    find("ChromeDriver", "CHROMEDRIVER", &["chromedriver"], &["/usr/lib/chromium/chromedriver"], "chromium-driver")
}

/// Finds a program: by its variable, in PATH, at its usual places; where we may, installs it.
fn find(what: &str, variable: &str, names: &[&str], places: &[&str], package: &str) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable).map(PathBuf::from) {
        if !path.is_file() {
            bail!("{variable} is {}, where there is no file", path.display());
        }
        return Ok(path);
    }
    let look = || {
        let in_path = names.iter().find_map(|name| sh::which(name));
        in_path.or_else(|| places.iter().map(PathBuf::from).find(|place| place.is_file()))
    };
    if let Some(path) = look() {
        return Ok(path);
    }
    if tools::apt_is_possible() {
        tools::apt(what, package)?;
    }
    match look() {
        Some(path) => Ok(path),
        None => bail!("{what} is not there: install it, or set {variable} to where it is"),
    }
}
