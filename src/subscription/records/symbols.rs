//! Numbers as symbols of base 64, all of them plain in JSON and in URLs.

const SYMBOLS: [char; 64] = [
    'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W',
    'X', 'Y', 'Z', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
    'u', 'v', 'w', 'x', 'y', 'z', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '_',
];

fn push(bits: u64, to: &mut String) {
    let index = usize::try_from(bits & 63).unwrap_or_default();
    to.push(SYMBOLS.get(index).copied().unwrap_or_default());
}

fn value(symbol: u8) -> Option<u64> {
    let (first, at) = match symbol {
        b'A'..=b'Z' => (b'A', 0u8),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'-' => (b'-', 62),
        b'_' => (b'_', 63),
        _ => return None,
    };
    symbol.checked_sub(first)?.checked_add(at).map(u64::from)
}

/// Writes a number in as few symbols as it needs: five bits each, the lowest first, and a sixth while more follow.
pub(crate) fn push_number(number: u64, to: &mut String) {
    let mut rest = number;
    while rest > 31 {
        push(rest & 31 | 32, to);
        rest = rest.wrapping_shr(5);
    }
    push(rest, to);
}

/// Writes the lowest bits of a number in so many symbols, six bits each, the lowest first.
pub(crate) fn push_fixed(bits: u64, symbols: usize, to: &mut String) {
    let mut rest = bits;
    for _ in 0..symbols {
        push(rest, to);
        rest = rest.wrapping_shr(6);
    }
}

/// Reads a string from its first character on.
#[derive(Clone, Copy)]
pub(crate) struct Symbols<'a> {
    rest: &'a [u8],
}

impl<'a> Symbols<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self { rest: text.as_bytes() }
    }

    /// Returns how many characters are left.
    pub(crate) fn left(&self) -> usize {
        self.rest.len()
    }

    /// Returns the next character.
    pub(crate) fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    /// Skips the next character where it is this one, and returns whether it was.
    pub(crate) fn skips(&mut self, character: u8) -> bool {
        let found = self.rest.first() == Some(&character);
        if found {
            self.next();
        }
        found
    }

    /// Returns a number as [`push_number`] writes it; `None` if no such number follows.
    pub(crate) fn number(&mut self) -> Option<u64> {
        let mut number = 0u64;
        for place in 0..13u32 {
            let bits = value(self.next()?)?;
            let shift = place.checked_mul(5)?;
            number |= (bits & 31).checked_shl(shift).filter(|shifted| shifted.wrapping_shr(shift) == bits & 31)?;
            if bits < 32 {
                return Some(number);
            }
        }
        None
    }

    /// Returns the bits of so many symbols, as [`push_fixed`] writes them.
    pub(crate) fn fixed(&mut self, symbols: usize) -> Option<u64> {
        let mut bits = 0u64;
        for place in 0..symbols {
            let shift = u32::try_from(place).ok()?.checked_mul(6)?;
            bits |= value(self.next()?)?.checked_shl(shift)?;
        }
        Some(bits)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for number in [0, 1, 31, 32, 1023, 1024, 12_345_678, u64::from(u32::MAX), u64::MAX] {
            let mut text = String::new();
            push_number(number, &mut text);
            let mut symbols = Symbols::new(&text);
            assert_eq!((symbols.number(), symbols.left()), (Some(number), 0), "{text}");
        }
        for bits in [0, 1, 63, 64, 0xffff_ffff_ffff] {
            let mut text = String::new();
            push_fixed(bits, 8, &mut text);
            assert_eq!((text.len(), Symbols::new(&text).fixed(8)), (8, Some(bits)), "{text}");
        }
    }

    #[test]
    fn a_number_is_short() {
        for (number, length) in [(31, 1), (32, 2), (366, 2), (1024, 3), (10_000, 3)] {
            let mut text = String::new();
            push_number(number, &mut text);
            assert_eq!(text.len(), length, "{number}");
        }
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "g", "gg", "!", "g!", "gggggggggggggg", "ggggggggggggQ"] {
            assert_eq!(Symbols::new(text).number(), None, "{text}");
        }
        assert_eq!(Symbols::new("ABC").fixed(4), None);
    }
}
