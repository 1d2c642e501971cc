//! What each fuzz target does with its text: the same for the fuzzer and for the test that replays the corpora.
//!
//! Run one with `cargo +nightly fuzz run a55_charge`.

pub mod a55;
pub mod dineropay;
pub mod dintero;
pub mod json;
pub mod nexi;
pub mod settled;

/// A name, and what is done with a text.
pub type Target = (&'static str, fn(&str));

/// Every target.
pub const TARGETS: &[&[Target]] =
    &[a55::TARGETS, dineropay::TARGETS, &dintero::TARGETS, json::TARGETS, &nexi::TARGETS, settled::TARGETS];

/// Runs a target. Whatever comes in, an answer or coded problems come out.
pub fn run(target: &str, data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let mut targets = TARGETS.iter().copied().flatten();
    let (_, run) = targets.find(|(name, _)| *name == target).unwrap_or_else(|| panic!("no target {target}"));
    run(&text);
}
