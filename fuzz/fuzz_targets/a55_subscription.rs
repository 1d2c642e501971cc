#![no_main]

#[path = "../readers/a55.rs"]
#[expect(dead_code, reason = "each target runs one of its readers")]
mod a55;

libfuzzer_sys::fuzz_target!(|body: &str| a55::subscription(body));
