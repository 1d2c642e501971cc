//! What A55 would refuse, as far as it is documented (R7.2). Each check tells all that it finds.

use super::request::amount::decimal;
use super::request::charge::{Card, Charge, Item, Payer, Subscription};
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::indicator::Indicator;
use crate::money::Money;
use crate::providers::card::{self, CardType};
use crate::providers::validate::{above_zero, adds_up, currency, email, graphic, is_digits, is_graphic, text, url};
use crate::schedule::Schedule;

/// The currencies that A55's reference names.
pub(super) const CURRENCIES: [&str; 8] = ["BRL", "MXN", "CLP", "COP", "PEN", "ARS", "USD", "EUR"];

/// Checks the whole charge.
pub(super) fn charge(charge: &Charge) -> Result<(), Errors> {
    let mut problems = Problems::of_input();
    charge.account.check(&mut problems);
    payer(&charge.payer, &mut problems);
    amounts(charge, &mut problems);
    match &charge.card {
        Some(given) => card(charge, given, &mut problems),
        None if by_merchant(charge) => {
            let message = "a payment by the merchant needs the card";
            problems.push(Code::MissingField, "/card", message);
        }
        None => {}
    }
    if let Some(Subscription::Internal { schedule }) = &charge.subscription {
        internal(schedule, &mut problems);
    }
    match (&charge.subscription, charge.due_date) {
        (Some(_), Some(_)) => {
            let message = "the day stands in the subscription already";
            problems.push(Code::UnknownField, "/dueDate", message);
        }
        (None, None) => {
            let message = "a single payment needs the day on which it is due";
            problems.push(Code::MissingField, "/dueDate", message);
        }
        _ => {}
    }
    // The guide and the reference: 1 for a subscription.
    if charge.installments.is_some_and(|count| count != 1) {
        let message = "only single instalments: A55 takes no others for a subscription";
        problems.push(Code::OutOfRange, "/installments", message);
    }
    text(&charge.description, "/description", &mut problems);
    if let Some(device_info) = &charge.device_info {
        device_info.check(&mut problems);
    }
    if let Some(threeds_external) = &charge.threeds_external {
        threeds_external.check(&mut problems);
    }
    url(charge.webhook_url.as_deref(), charge.account.is_local(), "/webhookUrl", &mut problems);
    url(charge.redirect_url.as_deref(), charge.account.is_test(), "/redirectUrl", &mut problems);
    is_reference(charge.reference.as_deref(), &mut problems);
    idempotency_key(charge.idempotency_key.as_deref(), &mut problems);
    problems.finish(Some(()))
}

/// The payment's reference. It may become a header, so it has no spaces; A55 documents no length.
pub(super) fn is_reference(reference: Option<&str>, problems: &mut Problems) {
    if let Some(reference) = reference {
        graphic(reference, "/reference", problems);
    }
}

/// Source: A55's page on idempotency: 16 to 128 characters.
pub(super) fn idempotency_key(key: Option<&str>, problems: &mut Problems) {
    if key.is_some_and(|key| !(16..=128).contains(&key.len()) || !is_graphic(key)) {
        let message = "expected 16 to 128 letters, digits and signs without spaces";
        problems.push(Code::InvalidString, "/idempotencyKey", message);
    }
}

fn by_merchant(charge: &Charge) -> bool {
    matches!(charge.subscription, Some(Subscription::External { indicator: Indicator::M1, .. }))
}

fn payer(payer: &Payer, problems: &mut Problems) {
    let address = &payer.address;
    for (value, path) in [
        (&payer.name, "/payer/name"),
        (&address.street, "/payer/address/street"),
        (&address.address_number, "/payer/address/addressNumber"),
        (&address.neighborhood, "/payer/address/neighborhood"),
        (&address.city, "/payer/address/city"),
        (&address.state, "/payer/address/state"),
        (&address.postal_code, "/payer/address/postalCode"),
    ] {
        text(value, path, problems);
    }
    email(&payer.email, "/payer/email", problems);
    // The reference: ISO 3166-1 alpha-2.
    if !(address.country.len() == 2 && address.country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let message = "expected a country by its two capital letters, such as `BR`";
        problems.push(Code::InvalidString, "/payer/address/country", message);
    }
}

/// An amount that A55 takes: above zero, in one of its currencies, with no more decimals than A55 writes.
pub(super) fn amount(amount: Money, path: &str, problems: &mut Problems) {
    currency(amount, "A55", &CURRENCIES, path, problems);
    above_zero(amount, path, problems);
    problems.extend(decimal(amount).err().map(|error| error.prefixed(&[path, "/amount"].concat())));
}

fn amounts(charge: &Charge, problems: &mut Problems) {
    amount(charge.amount, "/amount", problems);
    let Some(items) = &charge.items else { return };
    let before = problems.count();
    for (index, item) in items.iter().enumerate() {
        item_alone(charge, item, &["/items/", &digits(index)].concat(), problems);
    }
    if problems.count() > before {
        return;
    }
    adds_up(items.iter().map(Item::total), charge.amount, "/items", problems);
}

fn item_alone(charge: &Charge, item: &Item, path: &str, problems: &mut Problems) {
    text(&item.name, &[path, "/name"].concat(), problems);
    if item.quantity == 0 {
        problems.push(Code::OutOfRange, [path, "/quantity"].concat(), "expected 1 or more");
    }
    let unit = [path, "/unitAmount"].concat();
    problems.check(charge.amount.same_currency(item.unit_amount, &[&unit, "/currency"].concat()));
    problems.check(item.unit_amount.not_negative(&unit));
    problems.extend(decimal(item.unit_amount).err().map(|error| error.prefixed(&[&unit, "/amount"].concat())));
    problems.extend(item.total().err().map(|error| error.prefixed(path)));
}

fn card(charge: &Charge, card: &Card, problems: &mut Problems) {
    let Card { card_type, holder, number, expiry_month, expiry_year, cvv, cryptogram } = card;
    text(holder, "/card/holder", problems);
    problems.check(card::check_number(number.expose(), "/card/number"));
    if let Some(due_date) = charge.due_date() {
        problems.check(card::check_expiry(*expiry_month, *expiry_year, due_date, "/card"));
    }
    // ISO/IEC 7813 and the schemes: 3 digits, at American Express 4.
    if cvv.as_ref().is_some_and(|cvv| !(3..=4).contains(&cvv.expose().len()) || !is_digits(cvv.expose())) {
        problems.push(Code::InvalidString, "/card/cvv", "expected 3 or 4 digits");
    }
    if cryptogram.as_ref().is_some_and(|text| !is_graphic(text.expose())) {
        problems.push(Code::InvalidString, "/card/cryptogram", "expected the base64 text of a cryptogram");
    }
    if *card_type == CardType::Card && cryptogram.is_some() {
        let message = "a cryptogram belongs to a network token";
        problems.push(Code::UnknownField, "/card/cryptogram", message);
    }
    // With the cardholder there, A55 asks for one of the two; on M1 neither is needed (A55's subscription guide).
    if !by_merchant(charge) && cvv.is_none() && cryptogram.is_none() {
        let message = "a payment by the cardholder needs the security code, or the cryptogram of a network token";
        problems.push(Code::SecurityCodeRequired, "/card/cvv", message);
    }
}

/// A schedule that A55 is to run by itself.
fn internal(schedule: &Schedule, problems: &mut Problems) {
    if schedule.cycle().name().is_none() {
        let message = "A55 runs weekly, biweekly, monthly, quarterly, semiannually and yearly cycles; run any other yourself by \
                       external recurrence";
        problems.push(Code::UnsupportedCycle, "/subscription/schedule/cycle", message);
    }
    if schedule.anchor_day().is_some_and(|day| day != schedule.start().day()) {
        let message =
            "A55 counts from the day of the first payment; run another anchor day yourself by external recurrence";
        problems.push(Code::UnsupportedCycle, "/subscription/schedule/anchorDay", message);
    }
    problems.extend(schedule.last_payment().err().map(|error| error.prefixed("/subscription")));
}
