//! The reason of a failed payment, as a decline.

use crate::date::Date;
use crate::decline::{Decline, Retry};
use crate::error::quote;
use crate::providers::lenient::Answer;

/// The kinds of error after which the merchant must not retry, if Dintero sends no policy. They mean the same as the
/// issuer codes 54 and 1A, 04 and 46 (R6.2), which is inferred from their names.
const NEVER: [&str; 2] = ["pick_up_card", "closed_account"];
const NEEDS_CUSTOMER: [&str; 3] = ["expired_card", "pin_required", "additional_verification_required"];

/// Returns the decline of a failed transaction, from `events[].error` (types; one source).
pub(crate) fn decline(transaction: &Answer) -> Decline {
    let error = error(transaction);
    let kinds: Vec<String> = texts(error.get("type")).iter().map(|kind| kind.to_ascii_lowercase()).collect();
    let (retry, not_before) = by_policy(error.get("retry_policy")).unwrap_or_else(|| by_kind(&kinds));
    let brand = transaction.at(&["card", "brand"]).word();
    Decline {
        code: error.get("result_code").string(),
        scheme: brand.map(|brand| brand.replace([' ', '-', '_'], "")),
        advice: None,
        retry,
        not_before,
        reason: reason(transaction, error, &kinds),
    }
}

/// Returns the error of the failed authorisation: that of the last such event, or else of the last event with an error.
fn error(transaction: &Answer) -> &Answer {
    let events = transaction.get("events").items();
    let mut failed = events.iter().rev().filter(|event| event.get("error").is_given());
    let found = failed.clone().find(|event| authorises(event)).or_else(|| failed.next());
    found.map_or(transaction.get("error"), |event| event.get("error"))
}

/// Returns whether an event is an authorisation. The specification names the first event `INITIALIZE` and shows it as
/// `INITIATE`.
fn authorises(event: &Answer) -> bool {
    event.get("event").word().is_some_and(|name| ["authorize", "initialize", "initiate"].contains(&name.as_str()))
}

/// Returns the strings of an array; a single string counts as an array of one.
pub(crate) fn texts(answer: &Answer) -> Vec<&str> {
    match answer.text() {
        Some(text) => vec![text],
        None => answer.items().iter().filter_map(Answer::text).collect(),
    }
}

/// Returns Dintero's own policy, which passes on the issuer's advice (R6.5). Of several codes the strictest counts;
/// unknown codes are ignored.
fn by_policy(policy: &Answer) -> Option<(Retry, Option<Date>)> {
    let codes: Vec<String> = texts(policy.get("retry_codes")).iter().map(|code| code.to_ascii_uppercase()).collect();
    let says = |code: &str| codes.iter().any(|other| other == code);
    if says("DO_NOT_RETRY") {
        return Some((Retry::Never, None));
    }
    if says("RETRY_AFTER_DELAY") {
        return Some(match first_day(policy.get("retry_after")) {
            Some(day) => (Retry::NotBefore, Some(day)),
            None => (Retry::Allowed, None),
        });
    }
    says("RETRY_IMMEDIATELY").then_some((Retry::Allowed, None))
}

/// Returns the first day that is entirely after a moment: the moment's own day if it is midnight, otherwise the next
/// day (R6.4).
fn first_day(moment: &Answer) -> Option<Date> {
    let (day, text) = (moment.date()?, moment.text()?);
    let time = text.get(10..).unwrap_or_default().trim_start_matches(['T', 't', ' ']);
    let time = time.split(['Z', 'z', '+', '-']).next().unwrap_or_default();
    let midnight = time.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    if midnight { Some(day) } else { day.plus_days(1) }
}

fn by_kind(kinds: &[String]) -> (Retry, Option<Date>) {
    let one_of = |list: &[&str]| kinds.iter().any(|kind| list.contains(&kind.as_str()));
    let retry = if one_of(&NEVER) {
        Retry::Never
    } else if one_of(&NEEDS_CUSTOMER) {
        Retry::NeedsCustomer
    } else {
        Retry::Allowed
    };
    (retry, None)
}

fn reason(transaction: &Answer, error: &Answer, kinds: &[String]) -> String {
    let plain = |kind: &&String| kind.bytes().all(|byte| byte == b'_' || byte.is_ascii_lowercase());
    let words: Vec<String> = kinds.iter().filter(plain).map(|kind| kind.replace('_', " ")).collect();
    match (words.is_empty(), error.get("message").text()) {
        (false, _) => ["the payment was declined: ", &words.join(", ")].concat(),
        (true, Some(message)) => ["the payment was declined: ", &quote(message)].concat(),
        (true, None) if transaction.get("status").word().as_deref() == Some("authorization_voided") => {
            "the authorisation was voided before it was captured".into()
        }
        (true, None) => Decline::unexplained().reason,
    }
}
