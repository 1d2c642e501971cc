//! Forms and queries, as `application/x-www-form-urlencoded` or `multipart/form-data`.

use crate::json::words;

/// How the fields of a form are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// `multipart/form-data`.
    Multipart,
    /// `application/x-www-form-urlencoded`.
    Urlencoded,
}

words!(Encoding { Multipart "multipart", Urlencoded "urlencoded" });

const URLENCODED: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data; boundary=billing-rules-form";
/// The delimiter never changes, so that equal fields give equal bytes (R7.1). It begins a line, and no written value
/// has a line break.
const DELIMITER: &str = "--billing-rules-form";
const NAME: &str = "\r\nContent-Disposition: form-data; name=\"";

impl Encoding {
    /// Returns the content type of a body in this encoding.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Multipart => MULTIPART,
            Self::Urlencoded => URLENCODED,
        }
    }

    /// Writes the body. The names are this library's: letters and underscores. The values contain no control
    /// characters.
    pub(crate) fn write(self, fields: &[(&str, &str)]) -> String {
        match self {
            Self::Urlencoded => query(fields),
            Self::Multipart => {
                let part = |(name, value): &(&str, &str)| [DELIMITER, NAME, name, "\"\r\n\r\n", value, "\r\n"].concat();
                fields.iter().map(part).chain([[DELIMITER, "--\r\n"].concat()]).collect()
            }
        }
    }
}

/// Writes names and values as one string, in the form shared by urlencoded bodies and URL queries.
pub(crate) fn query(fields: &[(&str, &str)]) -> String {
    let pair = |(name, value): &(&str, &str)| [&escaped(name), "=", &escaped(value)].concat();
    fields.iter().map(pair).collect::<Vec<_>>().join("&")
}

/// Percent-encodes all bytes except letters, digits and `-._~` (RFC 3986).
pub(crate) fn escaped(value: &str) -> String {
    let digit = |half: u8| char::from_digit(half.into(), 16).unwrap_or_default().to_ascii_uppercase();
    let mut text = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(byte.into());
        } else {
            text.extend(['%', digit(byte.wrapping_shr(4)), digit(byte & 15)]);
        }
    }
    text
}

/// Parses a urlencoded string into names and values, in order. Invalid escapes are kept as they are.
pub(crate) fn parse(text: &str) -> Vec<(String, String)> {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).map(|(n, v)| (decoded(n), decoded(v))).collect()
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let escape = if *first == b'%' { after.split_at_checked(2) } else { None };
        let (byte, after) = escape.and_then(|(digits, after)| Some((hex(digits)?, after))).unwrap_or((*first, after));
        bytes.push(if *first == b'+' { b' ' } else { byte });
        rest = after;
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digits =
        std::str::from_utf8(digits).ok().filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u8::from_str_radix(digits, 16).ok()
}

/// Returns the form with the values of the given fields masked; `None` if the body is not a form.
pub(crate) fn masked(content_type: &str, body: &str, secret_fields: &[&str], mask: &str) -> Option<String> {
    let secret = |name: &str| secret_fields.contains(&name);
    if content_type == MULTIPART {
        let fields = parts(body)?;
        let shown: Vec<_> =
            fields.iter().map(|(name, value)| (*name, if secret(name) { mask } else { *value })).collect();
        return Some(Encoding::Multipart.write(&shown));
    }
    if !content_type.get(..URLENCODED.len()).is_some_and(|start| start.eq_ignore_ascii_case(URLENCODED)) {
        return None;
    }
    let shown = |pair: &str| match pair.split_once('=') {
        Some((name, _)) if secret(&decoded(name)) => [name, "=", mask].concat(),
        _ => pair.to_string(),
    };
    Some(body.split('&').map(shown).collect::<Vec<_>>().join("&"))
}

/// Splits a multipart body that [`Encoding::write`] wrote into names and values.
fn parts(body: &str) -> Option<Vec<(&str, &str)>> {
    let mut parts = body.strip_suffix("--\r\n")?.strip_suffix(DELIMITER)?.split(DELIMITER);
    if parts.next() != Some("") {
        return None;
    }
    parts.map(|part| part.strip_prefix(NAME)?.strip_suffix("\r\n")?.split_once("\"\r\n\r\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_written() {
        let fields = [("name", "50% off & more, é\u{627}+=*-._~"), ("empty", ""), ("n", "3")];
        let text = Encoding::Urlencoded.write(&fields);
        assert_eq!(text, "name=50%25%20off%20%26%20more%2C%20%C3%A9%D8%A7%2B%3D%2A-._~&empty=&n=3");
        let read: Vec<(String, String)> = fields.iter().map(|(n, v)| (n.to_string(), v.to_string())).collect();
        assert_eq!(parse(&text), read);
        // What is no escape, and no pair.
        assert_eq!(decoded("%zz%4%+1%41%"), "%zz%4% 1A%");
        assert_eq!(parse("&a&&=b&%61=%20c"), [("a", ""), ("", "b"), ("a", " c")].map(|(n, v)| (n.into(), v.into())));
        assert_eq!(decoded("%FF"), "\u{FFFD}");
    }

    #[test]
    fn a_form_is_masked_field_by_field() {
        let fields = [("action", "PAUSE_SCHEDULE"), ("hash", "0123"), ("name", "a \"b\" --billing")];
        let multipart = Encoding::Multipart.write(&fields);
        assert!(
            multipart
                .starts_with("--billing-rules-form\r\nContent-Disposition: form-data; name=\"action\"\r\n\r\nPAUSE")
        );
        assert!(multipart.ends_with("billing\r\n--billing-rules-form--\r\n"));
        assert_eq!(masked(MULTIPART, &multipart, &["hash"], "***"), Some(multipart.replace("0123", "***")));
        let urlencoded = Encoding::Urlencoded.write(&fields);
        let upper = "application/X-www-form-urlencoded; charset=utf-8";
        assert_eq!(masked(upper, &urlencoded, &["hash"], "***"), Some(urlencoded.replace("0123", "***")));
        assert_eq!(
            masked("application/x-www-form-urlencoded", "%68ash=1", &["hash"], "***").as_deref(),
            Some("%68ash=***")
        );
        for (content_type, body) in
            [("text/plain", "hash=0123"), ("", "hash=0123"), (MULTIPART, "hash=0123"), (MULTIPART, "")]
        {
            assert_eq!(masked(content_type, body, &["hash"], "***"), None);
        }
    }
}
