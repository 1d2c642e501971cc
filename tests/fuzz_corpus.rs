//! The fuzzer's corpora, replayed through the very functions that it runs.
#![cfg(all(not(target_arch = "wasm32"), feature = "all-providers"))]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test ends where its data is broken; of JSON, what is not there is null"
)]

use std::collections::BTreeSet;

#[path = "../fuzz/src/lib.rs"]
mod targets;

fn names(folder: &str) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    entries.collect()
}

fn targets() -> BTreeSet<String> {
    targets::TARGETS.iter().copied().flatten().map(|(name, _)| name.to_string()).collect()
}

#[test]
fn every_seed_is_read() {
    assert_eq!(names("fuzz/corpus"), targets());
    for target in targets() {
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
    let programs: BTreeSet<String> =
        names("fuzz/fuzz_targets").iter().map(|name| name.trim_end_matches(".rs").into()).collect();
    assert_eq!(programs, targets());
    let manifest = std::fs::read_to_string("fuzz/Cargo.toml").unwrap();
    for name in programs {
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"fuzz_targets/{name}.rs\"")), "{name}");
        let program = std::fs::read_to_string(format!("fuzz/fuzz_targets/{name}.rs")).unwrap();
        assert!(program.contains(&format!("\"{name}\"")), "{name}");
    }
}
