//! A payment's reference in a form that the provider accepts (R5.6).

use crate::digest::sha256;

/// Returns the reference if its length fits; otherwise its SHA-256 in hex, cut to `longest` if that is less than 64. It
/// is never a part of the reference, so that two references never become one.
pub(crate) fn fitting(reference: &str, shortest: usize, longest: usize) -> String {
    if (shortest..=longest).contains(&reference.len()) {
        return reference.into();
    }
    let hash = sha256(reference.as_bytes());
    hash.get(..longest.min(hash.len())).unwrap_or(&hash).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_that_does_not_fit_becomes_a_hash() {
        assert_eq!(fitting("sub-1-0-1", 1, 64), "sub-1-0-1");
        let short = fitting("sub-1-0-1", 16, 128);
        assert_eq!((short.len(), short == fitting("sub-1-0-2", 16, 128)), (64, false));
        assert_eq!(fitting(&"x".repeat(65), 1, 64).len(), 64);
        assert_eq!(fitting(&"x".repeat(65), 1, 40).len(), 40);
    }
}
