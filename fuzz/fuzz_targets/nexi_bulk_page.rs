#![no_main]

#[path = "../src/nexi.rs"]
mod nexi;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let target = nexi::TARGETS.iter().find(|(name, _)| *name == "nexi_bulk_page");
    target.expect("a target of this provider").1(text);
});
