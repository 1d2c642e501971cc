//! The bytes of a string that stand for themselves, eight at a time.

/// Returns how many bytes come before the first that JSON escapes: a quote, a backslash, a control character.
pub(super) fn plain(bytes: &[u8]) -> usize {
    let (eights, rest) = bytes.as_chunks();
    let mut count = 0usize;
    for eight in eights {
        let specials = specials(u64::from_le_bytes(*eight));
        if specials != 0 {
            return count.saturating_add(specials.trailing_zeros() as usize / 8);
        }
        count = count.saturating_add(8);
    }
    let first = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
    count.saturating_add(first.unwrap_or(rest.len()))
}

/// Marks the first of eight bytes that is special, by its highest bit, and perhaps some after it: with the limit taken away, a byte
/// below it borrows from the next one.
fn specials(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    let below = |limit: u8, bytes: u64| bytes.wrapping_sub(EACH.wrapping_mul(limit.into())) & !bytes;
    let is = |byte: u8| below(1, eight ^ EACH.wrapping_mul(byte.into()));
    (below(0x20, eight) | is(b'"') | is(b'\\')) & EACH.wrapping_mul(0x80)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn strings_end_where_a_look_at_each_byte_says(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let first = bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f));
            prop_assert_eq!(plain(&bytes), first.unwrap_or(bytes.len()));
        }
    }
}
