//! Signatures, computed as the providers specify and compared in constant time (R7.4).

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use super::http::Secret;
use crate::digest::hex;

/// For how many seconds a signature is valid, before and after now. Sources: A55's page on webhooks, Dintero's docs on
/// callbacks.
const TOLERANCE: u64 = 300;

/// Returns whether a signature's time is within 300 seconds of now, inclusive. Both are in Unix seconds.
pub(crate) fn is_fresh(signed: i64, now: i64) -> bool {
    signed.abs_diff(now) <= TOLERANCE
}

/// Compares two strings in a time that depends on their lengths only.
pub(crate) fn same(expected: &str, found: &str) -> bool {
    expected.as_bytes().ct_eq(found.as_bytes()).into()
}

/// Returns the HMAC-SHA-256 in lower-case hex.
pub(crate) fn hmac_sha256(key: &Secret, message: &str) -> String {
    // HMAC accepts a key of any length, so this cannot fail; an empty digest verifies nothing.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key.expose().as_bytes()) else { return String::new() };
    mac.update(message.as_bytes());
    hex(&mac.finalize().into_bytes())
}

/// Returns the HMAC-SHA-1 in lower-case hex.
pub(crate) fn hmac_sha1(key: &Secret, message: &str) -> String {
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key.expose().as_bytes()) else { return String::new() };
    mac.update(message.as_bytes());
    hex(&mac.finalize().into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hmac_of_rfc_4231() {
        let found = hmac_sha256(&Secret::new("Jefe"), "what do ya want for nothing?");
        assert_eq!(found, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    #[test]
    fn hmac_of_rfc_2202() {
        let found = hmac_sha1(&Secret::new("Jefe"), "what do ya want for nothing?");
        assert_eq!(found, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    }

    #[test]
    fn comparison() {
        assert!(same("abc", "abc") && same("", ""));
        assert!(!same("abc", "abd") && !same("abc", "ab") && !same("", "a"));
    }
}
