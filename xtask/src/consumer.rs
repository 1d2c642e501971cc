//! The package as those who install it see it: packed, held against what resolvers and TypeScript expect,
//! installed into an empty project and used there.

use std::{
    fs::{self, File},
    path::{Path, PathBuf, absolute},
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{browser, npm, package, sh, tools, weight};

/// Packs `pkg/` with the texts of the repository's root, prints what that weighs, and gives the tarball.
pub fn pack() -> Result<PathBuf> {
    let staged = staged();
    sh::empty_folder(&folder())?;
    sh::copy("pkg/dist", staged.join("dist"))?;
    for file in ["pkg/package.json", "README.md", "CHANGELOG.md", "LICENSE-MIT", "LICENSE-APACHE"] {
        sh::copy(file, &staged)?;
    }
    // The types are long, so the package has them once: those of `import` are those of `require`.
    for name in package::types_of_entries() {
        let up = "../".repeat(name.split('/').count());
        let text = format!("export * from \"{up}dist/types/{name}.cjs\";\n");
        sh::write(staged.join(format!("types/{name}.d.ts")), text)?;
    }
    sh::run(npm::npm().args(["pack", "--silent"]).arg(absolute(&staged)?).arg("--pack-destination").arg(folder()))?;
    let tarball = tarball()?;
    tighten(&tarball)?;
    weight::tarball(&tarball)?;
    Ok(tarball)
}

/// Packs a tarball as tightly as its format allows, which npm does not.
fn tighten(tarball: &Path) -> Result<()> {
    let tar = tarball.with_extension("tar");
    let gunzip = r#"
        import { readFileSync, writeFileSync } from "node:fs";
        import { gunzipSync } from "node:zlib";
        writeFileSync(process.argv[2], gunzipSync(readFileSync(process.argv[1])));
    "#;
    sh::run(tools::node_script(gunzip).arg(tarball).arg(&tar))?;
    let mut packed = Vec::new();
    zopfli::compress(zopfli::Options::default(), zopfli::Format::Gzip, File::open(&tar)?, &mut packed)?;
    fs::remove_file(tar)?;
    sh::write(tarball, packed)
}

/// Packs and lints the package.
pub fn lint() -> Result<()> {
    same_version()?;
    let tarball = pack()?;
    sh::run(npm::bin("publint").args(["run", "--strict"]).arg(staged()))?;
    // Without the resolution of Node 10, which knows no `exports`; and a wasm module has no types.
    let modules = ["billing_rules.wasm", "billing_rules_preview.wasm", "billing_rules_columns.wasm"];
    sh::run(npm::bin("attw").arg(tarball).args(["--profile", "node16", "--exclude-entrypoints"]).args(modules))
}

/// Installs the tarball and runs the package's own checks against it: those of `pkg/test`.
pub fn use_it() -> Result<()> {
    let project = install()?;
    for entry in fs::read_dir("pkg/test")? {
        let path = entry?.path();
        if path.is_file() {
            sh::copy(path, &project)?;
        }
    }
    sh::copy("pkg/dist/glue", project.join("glue"))?;
    sh::copy("tests/vectors", project.join("vectors"))?;
    sh::run(&mut browser::node_tests(&project)?)?;
    for resolution in ["--module node16", "--module preserve --moduleResolution bundler"] {
        sh::run(
            npm::bin("tsc")
                .args("--noEmit --strict --exactOptionalPropertyTypes --target es2022 --lib es2022".split(' '))
                .args(resolution.split(' '))
                .args([project.join("types.mts"), project.join("types.cts")]),
        )?;
    }
    Ok(())
}

/// Runs every vector on every host that the package is for, and bundles it by every bundler; the answers are held against those of
/// the native library, which its own test of the vectors writes down.
pub fn everywhere() -> Result<()> {
    sh::run(&mut sh::cargo("test --quiet --package billing-rules --test vectors"))?;
    let project = absolute(install()?)?;
    sh::run(browser::node_tests("pkg/test/hosts")?.env("BILLING_RULES_PROJECT", &project))?;
    sh::run(
        sh::cmd("node")
            .arg("pkg/test/hosts/run.mjs")
            .env("BILLING_RULES_PROJECT", &project)
            .env("BILLING_RULES_NATIVE", absolute(sh::target().join("tmp/answers.txt"))?)
            .env("BILLING_RULES_VECTORS", absolute("tests/vectors")?)
            .env("CHROME_PATH", browser::chromium()?),
    )
}

/// An empty project with the tarball installed.
pub fn install() -> Result<PathBuf> {
    let project = sh::target().join("consumer");
    install_into(&project)?;
    Ok(project)
}

/// Makes a folder a project without anything but the tarball.
pub fn install_into(project: &Path) -> Result<()> {
    sh::empty_folder(project)?;
    sh::write(project.join("package.json"), "{ \"private\": true }\n")?;
    sh::run(
        npm::npm()
            .args(["install", "--offline", "--no-audit", "--no-fund"])
            .arg(absolute(tarball()?)?)
            .current_dir(project),
    )
}

/// The crate and the npm package are one release.
fn same_version() -> Result<()> {
    let package: Value = serde_json::from_str(&sh::read("pkg/package.json")?)?;
    let version = package["version"].as_str().context("pkg/package.json has no version")?;
    let id = sh::output(&mut sh::cargo("pkgid --package billing-rules"))?;
    if !id.trim().ends_with(&format!("#{version}")) && !id.trim().ends_with(&format!("@{version}")) {
        bail!("pkg/package.json is of version {version}, but Cargo.toml is of another: {id}");
    }
    Ok(())
}

fn folder() -> PathBuf {
    sh::target().join("pack")
}

fn staged() -> PathBuf {
    folder().join("package")
}

/// The tarball last packed.
fn tarball() -> Result<PathBuf> {
    let missing = || "there is no tarball in target/pack: `cargo xtask build` makes one";
    let files = fs::read_dir(folder()).with_context(missing)?.map(|entry| Ok(entry?.path()));
    let files = files.collect::<Result<Vec<_>>>()?;
    files.into_iter().find(|file| file.extension().is_some_and(|extension| extension == "tgz")).with_context(missing)
}
