//! The seeds of the fuzz targets, and what fuzzing has found, through the same functions as the targets.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "a fault ends the run; of JSON, what is not there is null")]

use std::collections::BTreeSet;
use std::fs;

#[path = "../fuzz/src/nexi.rs"]
mod nexi;

/// The targets of every provider.
const TARGETS: [&[nexi::Target]; 1] = [&nexi::TARGETS];

#[test]
fn every_seed_is_taken() {
    let mut folders = BTreeSet::new();
    for entry in fs::read_dir("fuzz/corpus").unwrap() {
        let folder = entry.unwrap();
        let name = folder.file_name().into_string().unwrap();
        let (_, run) = TARGETS.iter().copied().flatten().find(|(target, _)| *target == name).expect("a target");
        let mut seeds = 0u32;
        for seed in fs::read_dir(folder.path()).unwrap() {
            run(&String::from_utf8_lossy(&fs::read(seed.unwrap().path()).unwrap()));
            seeds += 1;
        }
        assert!(seeds > 0, "{name} has no seed");
        folders.insert(name);
    }
    let targets = TARGETS.iter().copied().flatten().map(|(target, _)| (*target).to_string()).collect();
    assert_eq!(folders, targets);
}

/// A target is a file, a binary and a row.
#[test]
fn every_target_is_built() {
    let manifest = fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for (target, _) in TARGETS.iter().copied().flatten() {
        assert!(manifest.contains(&format!("name = \"{target}\"\npath = \"fuzz_targets/{target}.rs\"")), "{target}");
        assert!(
            fs::read_to_string(format!("fuzz/fuzz_targets/{target}.rs")).unwrap().contains(&format!("\"{target}\""))
        );
    }
}
