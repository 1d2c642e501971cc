//! The table of currencies against that of another crate.
#![cfg(not(target_arch = "wasm32"))]

use billing_rules::Currency;
use iso_currency::IntoEnumIterator;

#[test]
fn another_table_has_the_same_exponents() {
    let (mut only_ours, mut only_theirs) = (Vec::new(), Vec::new());
    for ours in Currency::all() {
        match iso_currency::Currency::from_code(ours.code()) {
            Some(theirs) => assert_eq!(theirs.exponent(), Some(ours.exponent().into()), "{ours}"),
            None => only_ours.push(ours.code()),
        }
    }
    for theirs in iso_currency::Currency::iter().filter(|theirs| theirs.exponent().is_some()) {
        if theirs.code().parse::<Currency>().is_err() {
            only_theirs.push(theirs.code());
        }
    }
    only_theirs.sort_unstable();
    // Withdrawn from ISO 4217: BGN with the euro of 2026, HRK with that of 2023, CUC, SLL and ZWL (now ZWG).
    assert_eq!((only_ours, only_theirs), (vec![], vec!["BGN", "CUC", "HRK", "SLL", "ZWL"]));
}
