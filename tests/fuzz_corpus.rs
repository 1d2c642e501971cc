//! The corpora of the fuzz targets, through the same functions.
#![cfg(not(target_arch = "wasm32"))]

#[path = "../fuzz/readers/a55.rs"]
#[expect(clippy::panic, clippy::indexing_slicing, reason = "a fault ends the run; of JSON, what is not there is null")]
mod a55;

type Target = (&'static str, fn(&str));

/// Every target of every provider.
const TARGETS: &[&[Target]] = &[a55::TARGETS];

#[test]
fn every_corpus_is_read() {
    let mut folders = Vec::new();
    for (name, read) in TARGETS.concat() {
        let folder = format!("fuzz/corpus/{name}");
        let mut count = 0_u32;
        for entry in std::fs::read_dir(&folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            read(&String::from_utf8_lossy(&bytes));
            count += 1;
        }
        assert!(count >= 3, "{folder} has {count} seeds");
        folders.push(name.to_string());
    }
    let mut found: Vec<String> = std::fs::read_dir("fuzz/corpus")
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    found.sort();
    assert_eq!(folders, found, "each target has a corpus, and each corpus a target");
}
