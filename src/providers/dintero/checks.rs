//! What Dintero would reject, as far as it is documented (R7.2). Each check reports every error it finds.

use super::request::order::{Addresses, Customer, Item, Order};
use crate::digits::digits;
use crate::error::{Code, Problems};
use crate::money::Money;
use crate::providers::validate::{self, adds_up, is_digits, is_graphic};
pub(super) use crate::providers::validate::{base_url, text, url};

/// The largest amount: Dintero's amounts are 32-bit integers (types).
pub(super) const MOST: i64 = 2_147_483_647;

/// Checks an account id: `T` or `P` and eight digits (types: `^[PT]\d{8}$`).
pub(super) fn account_id(id: &str, path: &str, problems: &mut Problems) {
    let digits = id.strip_prefix(['T', 'P']).unwrap_or_default();
    if digits.len() != 8 || !is_digits(digits) {
        problems.push_at(Code::InvalidString, path, "expected `T` or `P` and eight digits");
    }
}

/// Checks an id of Dintero's that becomes part of a URL.
pub(super) fn id(id: &str, path: &str, problems: &mut Problems) {
    let possible = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_');
    if id.is_empty() || !id.bytes().all(possible) || id.bytes().all(|byte| byte == b'.') {
        problems.push_at(Code::InvalidString, path, "expected letters, digits, periods, hyphens and underscores");
    }
}

pub(super) fn order(order: &Order, problems: &mut Problems) {
    money_from(1, order.amount, "/order/amount", problems);
    text(&order.merchant_reference, "/order/merchantReference", problems);
    optional_text(order.merchant_reference_2.as_ref(), "/order/merchantReference2", problems);
    if let Some(vat) = order.vat_amount {
        problems.check(order.amount.same_currency(vat, "/order/vatAmount/currency"));
        money_from(-MOST, vat, "/order/vatAmount", problems);
    }
    let Some(list) = &order.items else { return };
    let before = problems.count();
    items(list, order.amount, "/order/items", problems);
    if problems.count() > before {
        return;
    }
    // Dintero rejects a difference only under `strict-session-amounts`, but items that do not add up are never
    // intended.
    adds_up(list.iter().map(|item| Ok(item.amount)), order.amount, "/order/items", problems);
}

/// Checks the items of an order, a capture or a refund.
pub(super) fn items(items: &[Item], whole: Money, path: &str, problems: &mut Problems) {
    for (index, item) in items.iter().enumerate() {
        let at = |field: &str| [path, "/", &digits(index), field].concat();
        text(&item.line_id, &at("/lineId"), problems);
        // Source: types: unique within the order.
        if items.iter().take(index).any(|other| other.line_id == item.line_id) {
            problems.push(Code::InvalidString, at("/lineId"), "expected a line id that no other item has");
        }
        optional_text(item.id.as_ref(), &at("/id"), problems);
        optional_text(item.description.as_ref(), &at("/description"), problems);
        for (amount, field) in [(Some(item.amount), "/amount"), (item.vat_amount, "/vatAmount")] {
            let Some(amount) = amount else { continue };
            problems.check(whole.same_currency(amount, &at(&[field, "/currency"].concat())));
            money_from(-MOST, amount, &at(field), problems);
        }
    }
}

/// Checks an amount, from `least` to the largest that Dintero can represent.
pub(super) fn money_from(least: i64, amount: Money, path: &str, problems: &mut Problems) {
    if !(least..=MOST).contains(&amount.amount()) {
        let message = ["expected ", &digits(least), " to ", &digits(MOST), " minor units"].concat();
        problems.push(Code::OutOfRange, [path, "/amount"].concat(), message);
    }
}

pub(super) fn customer(customer: &Option<Customer>, problems: &mut Problems) {
    let Some(Customer { customer_id, email, phone_number }) = customer else { return };
    optional_text(customer_id.as_ref(), "/customer/customerId", problems);
    if let Some(address) = &email {
        validate::email(address, "/customer/email", problems);
    }
    // Source: types: ITU-T E.123 in the international form, with digits in groups; E.164 allows 15 digits at most.
    let is_phone = |number: &String| {
        let digits = number.bytes().filter(u8::is_ascii_digit).count();
        let rest = number.strip_prefix('+').unwrap_or("x");
        (1..=15).contains(&digits) && rest.bytes().all(|byte| byte == b' ' || byte.is_ascii_digit())
    };
    if !phone_number.as_ref().is_none_or(is_phone) {
        let message = "expected a phone number that begins with `+` and the country code";
        problems.push(Code::InvalidString, "/customer/phoneNumber", message);
    }
}

/// Checks the URLs of a session. `is_test` is about the account, `is_local` about the host that calls back.
pub(super) fn addresses(addresses: &Addresses, is_test: bool, is_local: bool, problems: &mut Problems) {
    let Addresses { return_url, callback_url, merchant_terms_url } = addresses;
    if !is_of_app(return_url) {
        url(Some(return_url), is_test, "/urls/returnUrl", problems);
    }
    url(callback_url.as_deref(), is_local, "/urls/callbackUrl", problems);
    url(merchant_terms_url.as_deref(), is_test, "/urls/merchantTermsUrl", problems);
}

/// Returns whether a URL is an app's own, such as `myapp://paid` (types), and not of a scheme that a browser shows,
/// reads or runs.
fn is_of_app(url: &str) -> bool {
    const TAKEN: [&str; 10] = ["http", "https", "javascript", "data", "vbscript", "file", "blob", "about", "ws", "ftp"];
    let Some((scheme, rest)) = url.split_once(':') else { return false };
    let possible = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    possible && is_graphic(rest) && !TAKEN.iter().any(|taken| scheme.eq_ignore_ascii_case(taken))
}

pub(super) fn optional_text(value: Option<&String>, path: &str, problems: &mut Problems) {
    if let Some(value) = value {
        text(value, path, problems);
    }
}
