//! What every provider refuses of a text, an address or an amount (R7.2). No message repeats a secret.

use crate::error::{Code, Error, Problems, quote};
use crate::money::Money;

/// Whether a text has letters, digits and signs of ASCII alone, and at least one.
pub(crate) fn is_graphic(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Whether a text has digits alone, and at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a text is a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Whether an address goes to a host by `https`, or to this very machine while trying things out.
pub(crate) fn is_secure_url(url: &str) -> bool {
    let local = |host: &str| url.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    let host = url.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?']));
    is_graphic(url) && (host || ["http://localhost", "http://127.0.0.1", "http://[::1]"].into_iter().any(local))
}

/// A text that is not blank and has no control characters.
pub(crate) fn text(value: &str, path: &str, problems: &mut Problems) {
    if value.trim().is_empty() || value.chars().any(char::is_control) {
        problems.push_at(Code::InvalidString, path, "expected a text without control characters");
    }
}

/// A text for a header or a credential: no blanks, ASCII alone.
pub(crate) fn graphic(value: &str, path: &str, problems: &mut Problems) {
    if !is_graphic(value) {
        problems.push_at(Code::InvalidString, path, "expected letters, digits and signs without spaces");
    }
}

/// An e-mail address, by its look.
pub(crate) fn email(value: &str, path: &str, problems: &mut Problems) {
    let parts = value.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    if !parts || !is_graphic(value) {
        problems.push_at(Code::InvalidString, path, "expected an e-mail address");
    }
}

/// An address that the provider calls or shows.
pub(crate) fn url(value: Option<&str>, path: &str, problems: &mut Problems) {
    if let Some(value) = value.filter(|value| !is_secure_url(value)) {
        let message = ["expected an address that begins with `https://`, found ", &quote(value)].concat();
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// A currency that the provider takes.
pub(crate) fn currency(amount: Money, provider: &str, taken: &[&str], path: &str, problems: &mut Problems) {
    let code = amount.currency().code();
    if !taken.contains(&code) {
        let message = [provider, " does not take `", code, "`, only `", &taken.join("`, `"), "`"].concat();
        problems.push(Code::UnsupportedCurrency, [path, "/currency"].concat(), message);
    }
}

/// An amount that moves money.
pub(crate) fn above_zero(amount: Money, path: &str, problems: &mut Problems) {
    if amount.amount() <= 0 {
        problems.push(Code::OutOfRange, [path, "/amount"].concat(), "expected an amount above 0");
    }
}

/// Items that add up to the amount.
pub(crate) fn adds_up(
    items: impl IntoIterator<Item = Result<Money, Error>>,
    amount: Money,
    path: &str,
    problems: &mut Problems,
) {
    let sum = items.into_iter().try_fold(Money::zero(amount.currency()), |sum, item| sum.plus(item?));
    if sum != Ok(amount) {
        let sum = sum.map_or_else(|_| "too much".into(), |sum| ["`", &sum.text(), "`"].concat());
        let message = ["the items add up to ", &sum, ", the amount is `", &amount.text(), "`"].concat();
        problems.push_at(Code::TotalMismatch, path, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for right in
            ["https://shop.example", "https://a/b?c=d", "http://localhost", "http://127.0.0.1:8080/x", "http://[::1]/"]
        {
            assert!(is_secure_url(right), "{right}");
        }
        for wrong in [
            "",
            "https://",
            "https:///x",
            "https://?x",
            "http://shop.example",
            "http://localhost.example",
            "https://a b",
        ] {
            assert!(!is_secure_url(wrong), "{wrong}");
        }
    }

    #[test]
    fn texts() {
        assert!(is_uuid("00000000-0000-0000-0000-00000000000f") && !is_uuid("00000000-0000-0000-0000-00000000000g"));
        assert!(is_digits("0123") && !is_digits("") && !is_digits("-1"));
        assert!(is_graphic("a:b") && !is_graphic("a b") && !is_graphic("é"));
    }
}
