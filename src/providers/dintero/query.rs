//! Queries of addresses: names and values as `application/x-www-form-urlencoded`.

/// The pairs of a query, in their order.
pub(super) fn parse(query: &str) -> Vec<(String, String)> {
    let pair = |part: &str| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        (decode(name), decode(value))
    };
    query.split('&').filter(|part| !part.is_empty()).map(pair).collect()
}

/// Pairs as a query.
pub(super) fn write<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let pair = |(name, value): (&str, &str)| [&encode(name), "=", &encode(value)].concat();
    pairs.into_iter().map(pair).collect::<Vec<_>>().join("&")
}

fn decode(text: &str) -> String {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        let hex = || {
            let mut ahead = bytes.clone();
            let mut digit = || ahead.next().and_then(|digit| char::from(digit).to_digit(16));
            let number = digit()?.checked_mul(16)?.checked_add(digit()?)?;
            u8::try_from(number).ok().map(|byte| (byte, ahead))
        };
        match byte {
            b'+' => decoded.push(b' '),
            b'%' => match hex() {
                Some((byte, ahead)) => {
                    decoded.push(byte);
                    bytes = ahead;
                }
                None => decoded.push(byte),
            },
            _ => decoded.push(byte),
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b' ' => encoded.push('+'),
            b'*' | b'-' | b'.' | b'_' => encoded.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => encoded.push(char::from(byte)),
            _ => {
                let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default().to_ascii_uppercase();
                encoded.extend(['%', digit(byte.wrapping_shr(4)), digit(byte & 15)]);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_read_and_written() {
        let pairs = parse("a=1&b=x+y%20z&&c&d=%C3%A6%2g%&e=%ff=");
        let found: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(found, [("a", "1"), ("b", "x y z"), ("c", ""), ("d", "æ%2g%"), ("e", "\u{fffd}=")]);
        assert_eq!(write([("a b", "æ/~*-._9Z"), ("c", "")]), "a+b=%C3%A6%2F%7E*-._9Z&c=");
    }
}
