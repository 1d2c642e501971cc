//! What every provider refuses of a text, an address or an amount (R7.2). No message repeats a secret.

use crate::error::{Code, Error, Problems};
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

/// The part of an address after a scheme, in any letter case.
fn after_scheme<'a>(url: &'a str, scheme: &str) -> Option<&'a str> {
    let (begin, rest) = url.split_at_checked(scheme.len())?;
    begin.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// Whether an address goes by `http` or `https` to this very machine, and to no host that only begins like it.
#[inline(never)]
pub(crate) fn is_local(url: &str) -> bool {
    let host = |rest: &str| ["localhost", "127.0.0.1", "[::1]"].into_iter().any(|host| is_at(rest, host));
    is_graphic(url) && ["http://", "https://"].into_iter().filter_map(|scheme| after_scheme(url, scheme)).any(host)
}

/// Whether the host of an address, with a port at most, is this one.
fn is_at(rest: &str, host: &str) -> bool {
    let Some(rest) = rest.strip_prefix(host) else { return false };
    let port = rest.strip_prefix(':').map(|port| port.trim_start_matches(|digit: char| digit.is_ascii_digit()));
    let rest = port.unwrap_or(rest);
    rest.is_empty() || rest.starts_with(['/', '?', '#'])
}

/// Whether an address goes to a host by `https`. RFC 3986: its characters are ASCII, without blanks.
fn is_https(url: &str) -> bool {
    let host = |rest: &str| !rest.is_empty() && !rest.starts_with(['/', '\\', '?', '#', ':', '@']);
    is_graphic(url) && after_scheme(url, "https://").is_some_and(host)
}

/// A text where the provider asks for one. A blank one is none; no provider documents more than that in general.
#[inline(never)]
pub(crate) fn text(value: &str, path: &str, problems: &mut Problems) {
    if value.trim().is_empty() {
        problems.push_at(Code::InvalidString, path, "expected a text that is not blank");
    }
}

/// A text for a header or a credential: no blanks, ASCII alone.
pub(crate) fn graphic(value: &str, path: &str, problems: &mut Problems) {
    if !is_graphic(value) {
        problems.push_at(Code::InvalidString, path, "expected letters, digits and signs without spaces");
    }
}

/// An e-mail address: RFC 5321 has a name, `@` and a host, RFC 6531 letters of any script. No provider documents more.
#[inline(never)]
pub(crate) fn email(value: &str, path: &str, problems: &mut Problems) {
    let parts = value.rsplit_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !parts || value.chars().any(|c| c.is_whitespace() || c.is_control()) {
        problems.push_at(Code::InvalidString, path, "expected an e-mail address");
    }
}

/// An address to which the cardholder is sent or which the provider calls: by `https`, or with `local` by `http` on this machine. The
/// address is never part of the error: a secret may stand in the wrong field.
#[inline(never)]
pub(crate) fn url(value: Option<&str>, local: bool, path: &str, problems: &mut Problems) {
    if value.is_some_and(|value| !(is_https(value) || (local && is_local(value)))) {
        let or = if local { ", or with `http://` on this machine" } else { "" };
        problems.push_at(Code::InvalidString, path, ["expected an address that begins with `https://`", or].concat());
    }
}

/// A host to send requests to in place of the provider's: by `https`, or on this machine. A path may follow. Paths are appended to it, so it
/// has no query and no fragment; `fetch` refuses an address with a user.
#[inline(never)]
pub(crate) fn base_url(value: Option<&str>, path: &str, problems: &mut Problems) {
    url(value, true, path, problems);
    if value.is_some_and(|value| value.contains(['?', '#', '@', '\\'])) {
        let message = "expected a host, with a path at most: no query, no fragment and no user";
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
