#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| billing_rules_fuzz::run("settled", data));
