//! The library compiled to wasm, with the JavaScript that speaks to it.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    npm, sh,
    tools::{self, WASM_TARGET},
};

/// The providers, each a feature of the library: those of its feature `all-providers`.
pub fn providers() -> Result<Vec<String>> {
    let manifest = sh::read("Cargo.toml")?;
    let Some(list) = manifest.lines().find_map(|line| line.strip_prefix("all-providers = ")) else {
        bail!("Cargo.toml has no feature `all-providers`");
    };
    serde_json::from_str(list).context("the feature `all-providers` is no list on one line")
}

/// The features of the module with everything, beside the library's own.
pub const FULL_FEATURES: &str = "--features js-fast";

/// The features of the module for checkout pages: no provider, and so no secret, and only the general way in.
pub const PREVIEW_FEATURES: &str = "--no-default-features --features js";

/// The features of the module for columns: nothing else.
pub const COLUMNS_FEATURES: &str = "--no-default-features --features js-columns";

/// What a module is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Few bytes: what a page loads.
    Size,
    /// Little time: what a server loads once.
    Speed,
}

impl Goal {
    /// The compiler's level, and how readily it inlines. V8 inlines no calls in wasm, so what stays a call costs time.
    ///
    /// Of the module with everything, kilobytes with brotli and the time of `nextAction` and `prorate` beside the first row:
    ///
    /// | level | threshold |  kB | nextAction | prorate |
    /// | ----- | --------: | --: | ---------: | ------: |
    /// | z     |        20 | 209 |       1.00 |    1.00 |
    /// | s     |        20 | 221 |       0.89 |    0.90 |
    /// | s     |        60 | 231 |       0.77 |    0.79 |
    /// | s     |       100 | 251 |       0.71 |    0.76 |
    /// | 3     |       225 | 293 |       0.67 |    0.71 |
    ///
    /// For speed, SHA-256 is unrolled: a digest takes 0.75 µs instead of 1.0, for 1 kB. `-O2` and `-O3` of wasm-opt cost 6 kB, and no
    /// call is faster by them.
    fn compiler(self) -> (&'static str, u32) {
        match self {
            Self::Size => ("z", 30),
            Self::Speed => ("s", 60),
        }
    }
}

/// What wasm-bindgen is asked for. The module comes from elsewhere (see `pkg/src`), so there is no default path;
/// the reset function is what lets an instance take the place of another.
const BINDGEN: &[&str] = &[
    "--target=web",
    "--out-name=glue",
    "--omit-default-module-path",
    "--no-typescript",
    "--remove-name-section",
    "--remove-producers-section",
    "--experimental-reset-state-function",
];

/// No `--all-features`: wasm-opt reads from the module which features it uses, and may use no others. The sizes up to which it
/// inlines are those of the smallest preview.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--one-caller-inline-max-function-size=20",
    "--always-inline-max-function-size=4",
    "--converge",
    "--strip-target-features",
];

/// Where wasm-bindgen's glue makes an instance anew.
const RESTART: &str = "    wasmInstance = new WebAssembly.Instance(wasmModule, __wbg_get_imports());\n";

/// Where wasm-bindgen's ways to start begin, which go on to the end of the file.
const STARTS: &str = "let wasmModule, wasmInstance, wasm;\n";

/// What takes their place: instances are made elsewhere.
const START: &str = "\
let wasmInstance, wasm;

export { __wbg_get_imports as imports };

/** Goes on with an instance, which was made with the imports. */
export function start(instance) {
    wasmInstance = instance;
    __wbg_reset_state();
}
";

/// A module and its glue.
pub struct Built {
    pub wasm: PathBuf,
    /// The same, deflated.
    pub packed: PathBuf,
    pub glue: PathBuf,
    /// Of this very module.
    pub hash: String,
}

/// Compiles the library with these features and makes the module and its glue from it, unless that was done from the very same
/// bytes. They are kept in a folder of the name.
pub fn build(name: &str, features: &str, goal: Goal) -> Result<Built> {
    let (level, threshold) = goal.compiler();
    let args = format!(
        "rustc --package billing-rules --lib --profile wasm --target {WASM_TARGET} {features} --crate-type cdylib"
    );
    let level = format!("profile.wasm.opt-level=\"{level}\"");
    sh::run(sh::cargo(&args).args(["--config", &level, "--config"]).arg(rustflags(goal, threshold)?))?;
    let compiled = sh::target().join(WASM_TARGET).join("wasm/billing_rules.wasm");
    let bytes = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;

    let folder = sh::target().join("xtask").join(name);
    let stamp = folder.join("stamp");
    let options = [BINDGEN, WASM_OPT, &[RESTART, STARTS, START]].concat().join(" ");
    let tools = [sh::read("Cargo.lock")?, sh::read("pkg/package-lock.json")?].concat();
    let hash = tools::hash(&[&bytes, options.as_bytes(), tools.as_bytes()]);
    let built = Built {
        wasm: folder.join("billing_rules.wasm"),
        packed: folder.join("billing_rules.wasm.deflate"),
        glue: folder.join("glue.js"),
        hash,
    };
    if sh::read(&stamp).is_ok_and(|found| found == built.hash) {
        return Ok(built);
    }

    sh::empty_folder(&folder)?;
    eprintln!("$ wasm-bindgen {} {}", BINDGEN.join(" "), compiled.display());
    let (input, out_dir) = (compiled.display().to_string(), format!("--out-dir={}", folder.display()));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args([&["wasm-bindgen", &input, &out_dir], BINDGEN].concat())?;
    sh::write(&built.glue, without_starts(&sh::read(&built.glue)?)?)?;
    sh::run(npm::bin("wasm-opt").args(WASM_OPT).arg(folder.join("glue_bg.wasm")).arg("--output").arg(&built.wasm))?;
    sh::write(&built.packed, deflate(&fs::read(&built.wasm)?)?)?;
    sh::write(stamp, &built.hash)?;
    Ok(built)
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Deflate, bytes, &mut packed)?;
    Ok(packed)
}

/// The glue without what compiles wasm and makes instances of it: edge runtimes forbid most of that, and refuse scripts in
/// which it so much as stands.
fn without_starts(glue: &str) -> Result<String> {
    let (head, rest) = glue.split_once(STARTS).context("the glue has other ways to start than it had")?;
    let (before, after) = head.split_once(RESTART).context("the glue restarts in another way than it did")?;
    let text = [before, after, START].concat();
    if text.contains("WebAssembly") || rest.contains(STARTS) {
        bail!("there is more in the glue that compiles wasm or makes instances of it");
    }
    Ok(text)
}

/// Where the source of the standard library is installed it is told by its place there, else by that of its own build: always the
/// latter.
fn standard_library() -> Result<String> {
    let sysroot = sh::output(sh::cmd("rustc").args(["--print", "sysroot"]))?;
    let version = sh::output(sh::cmd("rustc").arg("-vV"))?;
    let commit = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or("unknown");
    Ok(format!("--remap-path-prefix={}/lib/rustlib/src/rust=/rustc/{commit}", sysroot.trim()))
}

/// What the compiler is asked for: for size, the smaller form of SHA-256; and no word in panic messages of where on this machine
/// the crates are, for the module is to be the same wherever it is built.
fn rustflags(goal: Goal, threshold: u32) -> Result<String> {
    let metadata = sh::output(&mut sh::cargo(&format!("metadata --format-version 1 --filter-platform {WASM_TARGET}")))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("`cargo metadata` gave no packages")?;
    let folders: BTreeSet<&Path> = packages
        .iter()
        .filter(|package| package["source"].is_string())
        .filter_map(|package| Path::new(package["manifest_path"].as_str()?).parent()?.parent())
        .collect();
    let mut flags: Vec<String> =
        folders.iter().map(|folder| format!("--remap-path-prefix={}=", folder.display())).collect();
    flags.push(standard_library()?);
    if goal == Goal::Size {
        flags.push("--cfg=sha2_backend_soft=\"compact\"".into());
    }
    flags.push(format!("-Cllvm-args=-inline-threshold={threshold}"));
    Ok(format!("target.{WASM_TARGET}.rustflags={flags:?}"))
}
