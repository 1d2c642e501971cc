//! The npm package: three wasm modules, each once as it is and once as base64, and an entry for each kind of host.

use std::{
    collections::BTreeMap,
    fmt::Display,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    npm, sh, tools,
    wasm::{self, Built, Goal},
    weight,
};

/// The names of the modules.
const FULL: &str = "billing_rules";
const PREVIEW: &str = "billing_rules_preview";
const COLUMNS: &str = "billing_rules_columns";

/// The entries, of the full module and, their names after `preview` and `columns`, of the others. Those in CommonJS are for `require`,
/// which the edge runtimes do not have.
const ENTRIES: [&str; 6] = ["index", "slim", "node", "workerd", "edge-light", "slim-edge"];
const IN_COMMONJS: [&str; 3] = ["index", "slim", "node-require"];

/// The entries that need no wasm: `explain`, and its languages, a file each.
const EXPLAIN: [&str; 5] = ["explain", "explain/ar", "explain/en", "explain/nb", "explain/pt"];

/// What needs no wasm: a file that is bundled once, and that all other entries import.
const PLAIN: &str = "plain";

/// The types of the entries with a wasm, in `pkg/types` as those of `import`.
const TYPES: [&str; 10] =
    ["index", "a55", "dineropay", "dintero", "nexi", "preview", "slim", "preview-slim", "columns", "columns-slim"];

/// The types of all entries; all other files in `pkg/types` are parts of these.
pub fn types_of_entries() -> impl Iterator<Item = &'static str> {
    TYPES.into_iter().chain(EXPLAIN)
}

#[derive(Clone, Copy, PartialEq)]
pub enum Variant {
    /// What is published, in `pkg/`.
    Release,
    /// The full module with an export that traps, for the tests; never in `pkg/`.
    Trap,
}

impl Variant {
    /// The package's folder.
    pub fn folder(self) -> PathBuf {
        match self {
            Self::Release => "pkg".into(),
            Self::Trap => sh::target().join("trap-package"),
        }
    }
}

/// Builds the package of this variant; of the one that is published, prints what its modules weigh.
pub fn build(variant: Variant) -> Result<()> {
    tools::ensure()?;
    let folder = variant.folder();
    let dist = folder.join("dist");
    match variant {
        Variant::Release => {
            sh::empty_folder(&dist)?;
            module(&wasm::build("js-all", wasm::FULL_FEATURES, Goal::Speed)?, FULL, &dist)?;
            module(&wasm::build("js-none", wasm::PREVIEW_FEATURES, Goal::Size)?, PREVIEW, &dist)?;
            module(&wasm::build("js-columns", wasm::COLUMNS_FEATURES, Goal::Speed)?, COLUMNS, &dist)?;
            bundle(&folder, &["", "preview", "columns"])?;
            plain(&folder, &EXPLAIN)?;
            subpaths(&dist)?;
            types(Path::new("pkg/types"), &dist.join("types"))?;
            weight::module(&dist.join(FULL).with_extension("wasm"), weight::MAX_FULL)?;
            weight::module(&dist.join(PREVIEW).with_extension("wasm"), weight::MAX_PREVIEW)?;
            weight::module(&dist.join(COLUMNS).with_extension("wasm"), weight::MAX_COLUMNS)
        }
        Variant::Trap => {
            sh::empty_folder(&folder)?;
            sh::copy("pkg/src", folder.join("src"))?;
            sh::copy("pkg/package.json", &folder)?;
            module(&wasm::build("trap", "--features trap", Goal::Speed)?, FULL, &dist)?;
            bundle(&folder, &[""])?;
            plain(&folder, &[])
        }
    }
}

/// Puts a module into the package: the wasm, its glue, and the base64.
///
/// The base64, of the wasm deflated, is there once for `import` and `require`: its script is valid as both and leaves the text
/// where any entry of this very module finds it. The folder's own package.json says CommonJS, as hosts without a hint from the
/// file need it.
fn module(built: &Built, name: &str, dist: &Path) -> Result<()> {
    let key = format!("billing-rules {}", built.hash);
    sh::write(dist.join(format!("{name}.wasm")), fs::read(&built.wasm)?)?;
    let glue = format!("{}\nexport const key = \"{key}\";\n", sh::read(&built.glue)?);
    sh::write(dist.join(format!("glue/{name}.js")), glue)?;
    let base64 = BASE64_STANDARD.encode(fs::read(&built.packed)?);
    // Deno keeps what it has compiled of a script by its path and length: that of another module is to be of another length.
    let blanks = " ".repeat(built.hash.bytes().fold(0, |sum, byte| (sum * 31 + usize::from(byte)) % 4096));
    let script = format!("globalThis[Symbol.for(\"{key}\")] = \"{base64}\";{blanks}\n");
    sh::write(dist.join(format!("base64/{name}.js")), script)?;
    sh::write(dist.join("base64/package.json"), "{ \"type\": \"commonjs\" }\n")
}

/// Bundles each entry by itself, of the modules with these prefixes; what weighs is left outside.
fn bundle(package: &Path, prefixes: &[&str]) -> Result<()> {
    let of = |entries: &'static [&'static str]| {
        prefixes.iter().flat_map(move |prefix| entries.iter().map(move |entry| entry_of(prefix, entry)))
    };
    esbuild(package, ESM, of(&ENTRIES))?;
    esbuild(package, COMMONJS, of(&IN_COMMONJS))
}

/// Bundles what needs no wasm, and entries that have nothing else.
fn plain(package: &Path, entries: &[&str]) -> Result<()> {
    let entries = || [PLAIN].iter().chain(entries);
    esbuild(package, ESM, entries())?;
    esbuild(package, COMMONJS, entries())
}

/// A format of scripts: its name, the platform and the extension.
type Format = [&'static str; 3];
const ESM: Format = ["esm", "neutral", ".js"];
/// Of Node, for the list of names that it needs to import CommonJS.
const COMMONJS: Format = ["cjs", "node", ".cjs"];

/// Bundles files of `src`, each by itself, into the same places of `dist`.
fn esbuild(package: &Path, format: Format, entries: impl IntoIterator<Item = impl Display>) -> Result<()> {
    let [format, platform, extension] = format;
    let dist = package.join("dist");
    let entries: Vec<String> = entries.into_iter().map(|entry| entry.to_string()).collect();
    sh::run(
        npm::bin("esbuild")
            .args(["--bundle", "--target=es2022", "--log-level=warning"])
            .args(["--external:../dist/base64/*", "--external:*.wasm", "--external:*.wasm?module", "--external:node:*"])
            // By its text, as a pattern: a path would be resolved.
            .arg(format!("--external:./{PLAIN}*"))
            .args([
                format!("--format={format}"),
                format!("--platform={platform}"),
                format!("--out-extension:.js={extension}"),
            ])
            .arg(format!("--outdir={}", dist.display()))
            .args(entries.iter().map(|entry| package.join(format!("src/{entry}.js"))))
            // The variant for the tests has no packages of its own.
            .env("NODE_PATH", std::path::absolute("pkg/node_modules")?),
    )?;
    // What a script imports has its extension.
    for entry in &entries {
        let script = dist.join(format!("{entry}{extension}"));
        let text = sh::read(&script)?.replace(&format!("\"./{PLAIN}.js\""), &format!("\"./{PLAIN}{extension}\""));
        sh::write(script, text)?;
    }
    Ok(())
}

fn entry_of(prefix: &str, entry: &str) -> String {
    match (prefix, entry) {
        ("", entry) => entry.into(),
        (prefix, "index") => prefix.into(),
        (prefix, entry) => format!("{prefix}-{entry}"),
    }
}

/// Writes an entry for each provider: the functions of its namespace by name. It imports them from the default entry of the same
/// host, so a program has one engine whichever of the two it uses.
fn subpaths(dist: &Path) -> Result<()> {
    let script = r#"
        import { operations } from "./pkg/src/operations.js";
        console.log(JSON.stringify(operations));
    "#;
    let operations: BTreeMap<String, Vec<String>> =
        serde_json::from_str(&sh::output(&mut tools::node_script(script))?)?;
    for provider in wasm::providers()? {
        let names = operations.get(&provider).with_context(|| format!("pkg/src/operations.js has no {provider}"))?;
        for (entry, suffix) in
            [("index", ""), ("node", "-node"), ("workerd", "-workerd"), ("edge-light", "-edge-light")]
        {
            let import = format!("import {{ {provider} }} from \"./{entry}.js\";");
            let text = format!("{import}\nexport const {{ {} }} = {provider};\n", names.join(", "));
            sh::write(dist.join(format!("{provider}{suffix}.js")), text)?;
        }
        for (entry, suffix) in [("index", ""), ("node-require", "-node-require")] {
            let text = format!("module.exports = require(\"./{entry}.cjs\").{provider};\n");
            sh::write(dist.join(format!("{provider}{suffix}.cjs")), text)?;
        }
    }
    Ok(())
}

/// Writes the types of `require`: those of `import`, with the names that CommonJS has for files.
fn types(from: &Path, into: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().and_then(|name| name.to_str()).context("a file of types has an odd name")?;
        match name.strip_suffix(".d.ts") {
            Some(name) => sh::write(into.join(format!("{name}.d.cts")), sh::read(&path)?.replace(".js\";", ".cjs\";"))?,
            None => types(&path, &into.join(name))?,
        }
    }
    Ok(())
}
