//! What the wasm modules and the tarball weigh, and the most that they may.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::{
    sh, tools,
    wasm::{self, Goal},
};

/// The most that a module may weigh, in bytes, compressed with brotli. A server loads the full one, once, so that one is built for
/// speed: a tenth more than for size, for a quarter less time a call.
pub const MAX_FULL: usize = 324_000;

/// The most that the preview may weigh. It was 39 500 before a price had items (R9) and a term a minimum (R10), and is 62 357 with
/// them. Without the reading and the rule of a part it would be, measured when it was 62 597:
///
/// | without                  |  bytes |   less |
/// | ------------------------ | -----: | -----: |
/// | items and tiers          | 56 168 |  6 429 |
/// | discounts                | 59 824 |  2 773 |
/// | steps                    | 61 911 |    686 |
/// | the set-up fee           | 62 400 |    197 |
/// | the minimum of a period  | 61 230 |  1 367 |
/// | taxes                    | 59 822 |  2 775 |
/// | commitment and notice    | 58 558 |  4 039 |
/// | all of R9 and R10        | 43 277 | 19 320 |
/// | reminders                | 61 430 |  1 167 |
///
/// With the ways into the module that save time, `js-fast`, it would be 2 854 more.
pub const MAX_PREVIEW: usize = 62_800;
pub const MAX_COLUMNS: usize = 17_000;

/// The most that the tarball may weigh, in bytes.
const MAX_TARBALL: u64 = 1_170_000;

struct Weight {
    raw: usize,
    gzip: usize,
    brotli: usize,
}

/// Prints what a module weighs, and fails when that is too much.
pub fn module(wasm: &Path, most: usize) -> Result<()> {
    let Weight { raw, gzip, brotli } = measure(wasm)?;
    println!("\n{}", wasm.display());
    println!(
        "  raw        {raw:>8} bytes\n  gzip -9    {gzip:>8} bytes\n  brotli 11  {brotli:>8} bytes, of {most} allowed"
    );
    if brotli > most {
        bail!("{} is too large: {brotli} bytes with brotli, {most} are allowed", wasm.display());
    }
    Ok(())
}

/// Prints what the tarball weighs, and fails when that is too much.
pub fn tarball(tarball: &Path) -> Result<()> {
    let size = fs::metadata(tarball).with_context(|| format!("cannot read {}", tarball.display()))?.len();
    println!("\n{}\n  packed     {size:>8} bytes, of {MAX_TARBALL} allowed\n", tarball.display());
    if size > MAX_TARBALL {
        bail!("{} is too large: {size} bytes, {MAX_TARBALL} are allowed", tarball.display());
    }
    Ok(())
}

/// Prints what the module weighs without the life of a subscription, with that alone, with each provider alone, and with all: a build
/// each, so it takes its time.
pub fn sizes() -> Result<()> {
    tools::ensure()?;
    let without = |features: &str| format!("--no-default-features --features {features}");
    let mut builds = vec![("none".to_string(), without("js-fast")), ("life".to_string(), without("js-fast,life"))];
    for provider in wasm::providers()? {
        let features = without(&["js-fast,", &provider].concat());
        builds.push((provider, features));
    }
    builds.push(("all".into(), wasm::FULL_FEATURES.into()));
    let mut rows = Vec::new();
    for (name, features) in builds {
        let wasm = wasm::build(&format!("js-{name}"), &features, Goal::Speed)?.wasm;
        rows.push((name, measure(&wasm)?));
    }
    let least = rows.first().map_or(0, |(_, weight)| weight.brotli);
    println!("\nwith              raw      gzip    brotli   more than none");
    for (name, Weight { raw, gzip, brotli }) in rows {
        println!("{name:<10} {raw:>10} {gzip:>9} {brotli:>9} {:>16}", brotli.saturating_sub(least));
    }
    Ok(())
}

fn measure(wasm: &Path) -> Result<Weight> {
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
    let &[raw, gzip, brotli] = sizes.as_slice() else {
        bail!("cannot read the sizes of {}", wasm.display());
    };
    Ok(Weight { raw, gzip, brotli })
}
