//! The fuzzer's corpora, replayed through the very functions that it runs.
#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test ends where its data is broken")]

use std::collections::BTreeSet;

#[path = "../fuzz/src/lib.rs"]
mod targets;

fn names(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.collect()
}

#[test]
fn every_seed_is_read() {
    let folders: BTreeSet<String> = names("fuzz/corpus").into_iter().collect();
    let targets: BTreeSet<String> = targets::TARGETS.iter().map(|(name, _)| name.to_string()).collect();
    assert_eq!(folders, targets);
    for target in targets {
        let seeds = names(&format!("fuzz/corpus/{target}"));
        assert!(!seeds.is_empty(), "{target} has no seed");
        for seed in seeds {
            targets::run(&target, &std::fs::read(format!("fuzz/corpus/{target}/{seed}")).unwrap());
        }
    }
}

/// Each target is a program of the fuzzer's, and the other way round.
#[test]
fn every_target_is_a_program() {
    let programs: BTreeSet<String> = names("fuzz/fuzz_targets").iter().map(|name| name.replace(".rs", "")).collect();
    let manifest = std::fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for (name, _) in targets::TARGETS {
        assert!(programs.contains(*name) && manifest.contains(&format!("name = \"{name}\"")), "{name}");
    }
    assert_eq!(programs.len(), targets::TARGETS.len());
}
