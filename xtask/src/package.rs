//! The npm package: the library compiled to wasm, its glue, and the CommonJS bundle.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::Value;

use crate::{
    sh,
    tools::{self, WASM_TARGET},
};

/// The most the wasm module may weigh, in bytes, compressed with brotli.
const MAX_BROTLI: usize = 260_000;

/// What wasm-bindgen is asked for. The module's bytes are passed in (see `pkg/src`), so there is no default path;
/// the reset function is what lets the JavaScript face recover from a trap.
const BINDGEN: &[&str] = &[
    "--target=web",
    "--out-name=glue",
    "--omit-default-module-path",
    "--no-typescript",
    "--remove-name-section",
    "--remove-producers-section",
    "--experimental-reset-state-function",
];

/// No `--all-features`: wasm-opt reads from the module which features it uses, and may use no others.
const WASM_OPT: &[&str] = &["-Oz", "--strip-target-features"];

#[derive(Clone, Copy, PartialEq)]
pub enum Variant {
    /// What is published, in `pkg/`.
    Release,
    /// The same with an export that traps, for the tests; never in `pkg/`.
    Trap,
}

impl Variant {
    fn features(self) -> &'static str {
        match self {
            Self::Release => "js",
            Self::Trap => "trap",
        }
    }

    /// The package's folder.
    pub fn folder(self) -> PathBuf {
        match self {
            Self::Release => "pkg".into(),
            Self::Trap => sh::target().join("trap-package"),
        }
    }
}

/// Builds the package of this variant; of the one that is published, prints what its module weighs.
pub fn build(variant: Variant) -> Result<()> {
    tools::ensure()?;
    let folder = variant.folder();
    if variant == Variant::Trap {
        sh::empty_folder(&folder)?;
        sh::copy("pkg/src", folder.join("src"))?;
        for file in ["pkg/package.json", "pkg/index.d.ts"] {
            sh::copy(file, &folder)?;
        }
    }
    let module = module(variant)?;
    let dist = folder.join("dist");
    sh::empty_folder(&dist)?;
    for file in ["billing_rules.wasm", "glue.js"] {
        sh::copy(module.join(file), &dist)?;
    }
    let wasm = dist.join("billing_rules.wasm");
    let base64 = BASE64_STANDARD.encode(fs::read(&wasm)?);
    sh::write(dist.join("wasm-base64.js"), format!("export default \"{base64}\";\n"))?;
    sh::run(
        tools::npm_bin("esbuild")
            .args(["--bundle", "--format=cjs", "--platform=neutral", "--target=node20", "--log-level=warning"])
            .arg(folder.join("src/index.js"))
            .arg(format!("--outfile={}", dist.join("index.cjs").display())),
    )?;
    fs::copy("pkg/index.d.ts", dist.join("index.d.cts")).context("cannot copy pkg/index.d.ts")?;
    match variant {
        Variant::Release => weigh(&wasm),
        Variant::Trap => Ok(()),
    }
}

/// Compiles the library and makes the module and its glue from it, unless that was done from the very same bytes.
/// Gives the folder that holds both.
fn module(variant: Variant) -> Result<PathBuf> {
    let features = variant.features();
    let args = format!(
        "rustc --package billing-rules --lib --profile wasm --target {WASM_TARGET} --features {features} --crate-type cdylib --config"
    );
    sh::run(sh::cargo(&args).arg(rustflags()?))?;
    let compiled = sh::target().join(WASM_TARGET).join("wasm/billing_rules.wasm");
    let bytes = fs::read(&compiled).with_context(|| format!("cannot read {}", compiled.display()))?;

    let folder = sh::target().join("xtask").join(features);
    let stamp = folder.join("stamp");
    let options = [BINDGEN, WASM_OPT].concat().join(" ");
    let tools = [sh::read("Cargo.lock")?, sh::read("pkg/package-lock.json")?].concat();
    let wanted = tools::hash(&[&bytes, options.as_bytes(), tools.as_bytes()]);
    if sh::read(&stamp).is_ok_and(|found| found == wanted) {
        return Ok(folder);
    }

    sh::empty_folder(&folder)?;
    eprintln!("$ wasm-bindgen {} {}", BINDGEN.join(" "), compiled.display());
    let (input, out_dir) = (compiled.display().to_string(), format!("--out-dir={}", folder.display()));
    wasm_bindgen_cli::wasm_bindgen::run_cli_with_args([&["wasm-bindgen", &input, &out_dir], BINDGEN].concat())?;
    sh::run(
        tools::npm_bin("wasm-opt")
            .args(WASM_OPT)
            .arg(folder.join("glue_bg.wasm"))
            .arg("--output")
            .arg(folder.join("billing_rules.wasm")),
    )?;
    sh::write(stamp, wanted)?;
    Ok(folder)
}

/// What the compiler is asked for: the smaller form of SHA-256, and no word in panic messages of where on this machine
/// the crates are, for the module is to be the same wherever it is built.
fn rustflags() -> Result<String> {
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
    flags.push("--cfg=sha2_backend_soft=\"compact\"".into());
    Ok(format!("target.{WASM_TARGET}.rustflags={flags:?}"))
}

/// Prints what the module weighs, and fails when that is too much.
fn weigh(wasm: &Path) -> Result<()> {
    let sizes = sh::output(
        tools::node_script(
            r#"
            import { readFileSync } from "node:fs";
            import { brotliCompressSync, gzipSync } from "node:zlib";
            const wasm = readFileSync(process.argv[1]);
            // Brotli's default is its greatest effort, 11.
            console.log(wasm.length, gzipSync(wasm, { level: 9 }).length, brotliCompressSync(wasm).length);
            "#,
        )
        .arg(wasm),
    )?;
    let sizes: Vec<usize> = sizes.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    let [raw, gzip, brotli] = sizes.as_slice() else {
        bail!("cannot read the sizes of {}", wasm.display());
    };
    println!("\n{}", wasm.display());
    println!("  raw        {raw:>8} bytes\n  gzip -9    {gzip:>8} bytes");
    println!("  brotli 11  {brotli:>8} bytes, of {MAX_BROTLI} allowed\n");
    if *brotli > MAX_BROTLI {
        bail!("{} is too large: {brotli} bytes with brotli, {MAX_BROTLI} are allowed", wasm.display());
    }
    Ok(())
}
