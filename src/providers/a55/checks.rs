//! What A55 would reject, as far as it is documented (R7.2). Each check reports every error it finds.

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

/// Checks a complete charge.
pub(super) fn charge(charge: &Charge) -> Result<(), Errors> {
    let mut problems = Problems::of_input();
    charge.account.check(&mut problems);
    payer(&charge.payer, &mut problems);
    amounts(charge, &mut problems);
    match &charge.card {
        Some(given) => card(charge, given, &mut problems),
        None if by_merchant(charge) => {
            let message = "expected the card, which a payment by the merchant needs";
            problems.push(Code::MissingField, "/card", message);
        }
        None => {}
    }
    if let Some(Subscription::Internal { schedule }) = &charge.subscription {
        internal(schedule, &mut problems);
    }
    match (&charge.subscription, charge.due_date) {
        (Some(_), Some(_)) => {
            let message = "cannot accept `dueDate` because the subscription contains the day; leave it out";
            problems.push(Code::UnknownField, "/dueDate", message);
        }
        (None, None) => {
            let message = "expected the due date of the single payment";
            problems.push(Code::MissingField, "/dueDate", message);
        }
        _ => {}
    }
    // Sources: the guide and the reference: 1 for a subscription.
    if charge.installments.is_some_and(|count| count != 1) {
        let message = "expected 1: A55 allows no instalments for a subscription";
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

/// Checks the payment's reference. It may become a header, so it has no spaces; A55 documents no length.
pub(super) fn is_reference(reference: Option<&str>, problems: &mut Problems) {
    if let Some(reference) = reference {
        graphic(reference, "/reference", problems);
    }
}

/// Checks an idempotency key: 16 to 128 characters. Source: A55's page on idempotency.
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
    // Source: the reference: ISO 3166-1 alpha-2.
    if !(address.country.len() == 2 && address.country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let message = "expected a country code of two capital letters, such as `BR`";
        problems.push(Code::InvalidString, "/payer/address/country", message);
    }
}

/// Checks an amount: above zero, in a currency of A55's, with no more decimals than A55 accepts.
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
        problems.push(Code::OutOfRange, [path, "/quantity"].concat(), "expected a quantity of 1 or more");
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
    // Sources: ISO/IEC 7813 and the schemes: 3 digits, 4 at American Express.
    if cvv.as_ref().is_some_and(|cvv| !(3..=4).contains(&cvv.expose().len()) || !is_digits(cvv.expose())) {
        problems.push(Code::InvalidString, "/card/cvv", "expected 3 or 4 digits");
    }
    if cryptogram.as_ref().is_some_and(|text| !is_graphic(text.expose())) {
        problems.push(Code::InvalidString, "/card/cryptogram", "expected a cryptogram in base64");
    }
    if *card_type == CardType::Card && cryptogram.is_some() {
        let message = "cannot accept a cryptogram because the number is a card's, not a network token's; leave it out";
        problems.push(Code::UnknownField, "/card/cryptogram", message);
    }
    // A payment by the cardholder needs one of the two, one on M1 neither. Source: A55's subscription guide.
    if !by_merchant(charge) && cvv.is_none() && cryptogram.is_none() {
        let message =
            "expected the security code or, for a network token, the cryptogram: a payment by the cardholder needs one";
        problems.push(Code::SecurityCodeRequired, "/card/cvv", message);
    }
}

/// Checks a schedule that A55 runs.
fn internal(schedule: &Schedule, problems: &mut Problems) {
    if schedule.cycle().name().is_none() {
        let message = "expected a weekly, biweekly, monthly, quarterly, semiannual or yearly cycle; run any other yourself by \
                       external recurrence";
        problems.push(Code::UnsupportedCycle, "/subscription/schedule/cycle", message);
    }
    if schedule.anchor_day().is_some_and(|day| day != schedule.start().day()) {
        let message = "cannot use this anchor day because A55 counts from the day of the first payment; run it yourself by external recurrence";
        problems.push(Code::UnsupportedCycle, "/subscription/schedule/anchorDay", message);
    }
    problems.extend(schedule.last_payment().err().map(|error| error.prefixed("/subscription")));
}
