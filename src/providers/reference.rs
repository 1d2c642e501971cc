//! A payment's reference in the form that a provider takes (R5.6).

use crate::digest::sha256;

/// The reference itself where its length fits, or else its SHA-256 in hex, cut to `longest` where that is shorter than 64.
/// Never a part of the reference: two references must not become one.
pub(crate) fn fitting(reference: &str, shortest: usize, longest: usize) -> String {
    if (shortest..=longest).contains(&reference.len()) {
        return reference.into();
    }
    let hash = sha256(reference);
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
