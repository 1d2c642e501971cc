//! Checks of strings, URLs and amounts that apply to every provider (R7.2). No message repeats a secret.

use crate::error::{Code, Error, Problems};
use crate::money::Money;

/// Returns whether a string has only visible ASCII characters, and at least one.
pub(crate) fn is_graphic(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Returns whether a string has only digits, and at least one.
pub(crate) fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns whether a string is a UUID.
pub(crate) fn is_uuid(text: &str) -> bool {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12] && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

/// Returns the rest of a URL after a scheme in any letter case.
fn after_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (begin, rest) = url.split_at_checked(scheme.len())?;
    begin.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Returns whether a URL uses `http` or `https` on this machine. A host that only begins with a local name does not
/// count.
#[inline(never)]
pub(crate) fn is_local(url: &str) -> bool {
    let host = |rest: &str| ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|host| is_at(rest, host));
    is_graphic(url) && ["http://", "https://"].into_iter().filter_map(|scheme| after_scheme(url, scheme)).any(host)
}

/// Returns whether the host of a URL, with an optional port, is this one.
fn is_at(rest: &str, host: &str) -> bool {
    let Some(rest) = rest.strip_prefix(host) else { return false };
    let port = rest.strip_prefix(':').map(|port| port.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    let rest = port.unwrap_or(rest);
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

/// Returns whether a URL uses `https` and has a host. Its characters are ASCII without spaces (RFC 3986).
fn is_https(url: &str) -> bool {
    let host = |rest: &str| !rest.is_empty() && !rest.starts_with(['/', '\\', '?', '#', ':', '@']);
    is_graphic(url) && after_scheme(url, "https://").is_some_and(host)
}

/// Rejects a blank string where the provider requires one. No provider documents more than that in general.
#[inline(never)]
pub(crate) fn text(value: &str, path: &str, problems: &mut Problems) {
    if value.trim().is_empty() {
        problems.push_at(Code::InvalidString, path, "expected a string that is not blank");
    }
}

/// Rejects a string for a header or a credential unless it is visible ASCII without spaces.
pub(crate) fn graphic(value: &str, path: &str, problems: &mut Problems) {
    if !is_graphic(value) {
        problems.push_at(Code::InvalidString, path, "expected letters, digits and signs without spaces");
    }
}

/// Rejects a string that is not an e-mail address: a name, `@` and a host (RFC 5321), with letters of any script (RFC
/// 6531). No provider documents more.
#[inline(never)]
pub(crate) fn email(value: &str, path: &str, problems: &mut Problems) {
    let parts = value.rsplit_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !parts || value.chars().any(|c| c.is_whitespace() || c.is_control()) {
        problems.push_at(Code::InvalidString, path, "expected an e-mail address");
    }
}

/// Rejects a URL, to which the cardholder is sent or which the provider calls, unless it uses `https`. With `local`,
/// `http` on this machine is allowed. The error never contains the URL, as a secret may have been put in the wrong
/// field.
#[inline(never)]
pub(crate) fn url(value: Option<&str>, local: bool, path: &str, problems: &mut Problems) {
    if value.is_some_and(|value| !(is_https(value) || (local && is_local(value)))) {
        let or = if local { ", or with `http://` on this machine" } else { "" };
        problems.push_at(Code::InvalidString, path, ["expected a URL that begins with `https://`", or].concat());
    }
}

/// Rejects a base URL that replaces the provider's unless it uses `https` or is on this machine. It may have a path.
/// Request paths are appended to it, so it has no query and no fragment; `fetch` rejects a URL with a user.
#[inline(never)]
pub(crate) fn base_url(value: Option<&str>, path: &str, problems: &mut Problems) {
    url(value, true, path, problems);
    if value.is_some_and(|value| value.contains(['?', '#', '@', '\\'])) {
        let message = "expected a host, with a path at most: no query, no fragment and no user";
        problems.push_at(Code::InvalidString, path, message);
    }
}

/// Rejects a currency that the provider does not support.
pub(crate) fn currency(amount: Money, provider: &str, taken: &[&str], path: &str, problems: &mut Problems) {
    let code = amount.currency().code();
    if !taken.contains(&code) {
        let message = [provider, " does not support `", code, "`, only `", &taken.join("`, `"), "`"].concat();
        problems.push(Code::UnsupportedCurrency, [path, "/currency"].concat(), message);
    }
}

/// Rejects an amount of 0 or less.
pub(crate) fn above_zero(amount: Money, path: &str, problems: &mut Problems) {
    if amount.amount() <= 0 {
        problems.push(Code::OutOfRange, [path, "/amount"].concat(), "expected an amount above 0");
    }
}

/// Rejects items that do not add up to the amount.
pub(crate) fn adds_up(
    items: impl IntoIterator<Item = Result<Money, Error>>,
    amount: Money,
    path: &str,
    problems: &mut Problems,
) {
    let sum = items.into_iter().try_fold(Money::zero(amount.currency()), |sum, item| sum.plus(item?));
    if sum != Ok(amount) {
        let sum = sum.map_or_else(|_| "too much".into(), |sum| ["`", &sum.text(), "`"].concat());
        let message = ["expected items that add up to `", &amount.text(), "`, got ", &sum].concat();
        problems.push_at(Code::TotalMismatch, path, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for right in ["https://shop.example", "HTTPS://Shop.example/", "https://a/b?c=d&e=f#g"] {
            assert!(is_https(right) && !is_local(right), "{right}");
        }
        for right in ["http://localhost", "http://127.0.0.1:8080/x", "http://[::1]/", "http://localhost?a=b"] {
            assert!(is_local(right) && !is_https(right), "{right}");
        }
        for wrong in [
            "",
            "https://",
            "https:///x",
            "https://?x",
            "http://shop.example",
            "http://localhost.example",
            "http://localhost:1@shop.example",
            "http://localhost@shop.example",
            "http://localhost\\@shop.example",
            "https://a b",
            "ø://a",
        ] {
            assert!(!is_https(wrong) && !is_local(wrong), "{wrong}");
        }
    }

    #[test]
    fn texts() {
        assert!(is_uuid("00000000-0000-0000-0000-00000000000f") && !is_uuid("00000000-0000-0000-0000-00000000000g"));
        assert!(is_digits("0123") && !is_digits("") && !is_digits("-1"));
        assert!(is_graphic("a:b") && !is_graphic("a b") && !is_graphic("é"));
    }
}
