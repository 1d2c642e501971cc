#![no_main]

#[path = "../src/dintero.rs"]
mod dintero;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let target = dintero::TARGETS.iter().find(|(name, _)| *name == "dintero_transaction");
    target.expect("a target of this provider").1(text);
});
