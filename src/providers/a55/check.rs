//! What A55 would refuse, as far as it is documented (R7.2). Each check tells all that it finds.

use super::amount::decimal;
use super::charge::{Card, CardType, Charge, Item, Payer, Subscription};
use crate::error::{Code, Error, Errors, Problems, quote};
use crate::indicator::Indicator;
use crate::money::Money;
use crate::providers::card;
use crate::schedule::Schedule;

/// The currencies that A55's reference names.
const CURRENCIES: [&str; 8] = ["BRL", "MXN", "CLP", "COP", "PEN", "ARS", "USD", "EUR"];

/// Checks the whole charge.
pub(super) fn charge(charge: &Charge) -> Result<(), Errors> {
    let mut problems = Problems::default();
    charge.account.check(&mut problems);
    payer(&charge.payer, &mut problems);
    amounts(charge, &mut problems);
    match &charge.card {
        Some(given) => card(charge, given, &mut problems),
        None if by_merchant(charge) => {
            let message = "a payment by the merchant needs the card";
            problems.push(Error::new(Code::MissingField, "/card", message));
        }
        None => {}
    }
    if let Some(Subscription::Internal { schedule }) = &charge.subscription {
        internal(schedule, &mut problems);
    }
    match (&charge.subscription, charge.due_date) {
        (Some(_), Some(_)) => {
            let message = "the day stands in the subscription already";
            problems.push(Error::new(Code::UnknownField, "/dueDate", message));
        }
        (None, None) => {
            let message = "a single payment needs the day on which it is due";
            problems.push(Error::new(Code::MissingField, "/dueDate", message));
        }
        _ => {}
    }
    if charge.installments.is_some_and(|count| count != 1) {
        let message = "only single instalments: A55 takes no others for a subscription";
        problems.push(Error::new(Code::OutOfRange, "/installments", message));
    }
    text(&charge.description, "/description", &mut problems);
    if let Some(device_info) = &charge.device_info {
        device_info.check(&mut problems);
    }
    if let Some(threeds_external) = &charge.threeds_external {
        threeds_external.check(&mut problems);
    }
    url(charge.webhook_url.as_deref(), "/webhookUrl", &mut problems);
    url(charge.redirect_url.as_deref(), "/redirectUrl", &mut problems);
    reference(charge.reference.as_deref(), &mut problems);
    idempotency_key(charge.idempotency_key.as_deref(), &mut problems);
    problems.done(Some(()))
}

/// The payment's reference. It may become a header, so it has no spaces; A55 documents no length.
pub(super) fn reference(reference: Option<&str>, problems: &mut Problems) {
    if reference.is_some_and(|reference| !is_graphic(reference)) {
        let message = "expected letters, digits and signs without spaces";
        problems.push(Error::new(Code::InvalidText, "/reference", message));
    }
}

/// Source: A55's page on idempotency: 16 to 128 characters.
pub(super) fn idempotency_key(key: Option<&str>, problems: &mut Problems) {
    if key.is_some_and(|key| !(16..=128).contains(&key.len()) || !is_graphic(key)) {
        let message = "expected 16 to 128 letters, digits and signs without spaces";
        problems.push(Error::new(Code::InvalidText, "/idempotencyKey", message));
    }
}

fn by_merchant(charge: &Charge) -> bool {
    matches!(charge.subscription, Some(Subscription::External { indicator: Indicator::M1, .. }))
}

fn payer(payer: &Payer, problems: &mut Problems) {
    let address = &payer.address;
    for (value, path) in [
        (Some(&payer.name), "/payer/name"),
        (payer.tax_id.as_ref(), "/payer/taxId"),
        (payer.cell_phone.as_ref(), "/payer/cellPhone"),
        (Some(&address.street), "/payer/address/street"),
        (Some(&address.address_number), "/payer/address/addressNumber"),
        (address.complement.as_ref(), "/payer/address/complement"),
        (Some(&address.neighborhood), "/payer/address/neighborhood"),
        (Some(&address.city), "/payer/address/city"),
        (Some(&address.state), "/payer/address/state"),
        (Some(&address.postal_code), "/payer/address/postalCode"),
    ] {
        value.inspect(|value| text(value, path, problems));
    }
    let email = &payer.email;
    if !email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.')) || !is_graphic(email) {
        problems.push(Error::new(Code::InvalidText, "/payer/email", "expected an e-mail address"));
    }
    if !(address.country.len() == 2 && address.country.bytes().all(|letter| letter.is_ascii_uppercase())) {
        let message = "expected a country by its two capital letters, such as `BR`";
        problems.push(Error::new(Code::InvalidText, "/payer/address/country", message));
    }
}

/// An amount that A55 takes: above zero, in one of its currencies, with no more decimals than A55 writes.
pub(super) fn amount(amount: Money, path: &str, problems: &mut Problems) {
    let currency = amount.currency();
    if !CURRENCIES.contains(&currency.code()) {
        let message = ["A55 does not take `", currency.code(), "`, only `", &CURRENCIES.join("`, `"), "`"].concat();
        problems.push(Error::new(Code::UnsupportedCurrency, [path, "/currency"].concat(), message));
    }
    let path = [path, "/amount"].concat();
    if amount.amount() <= 0 {
        problems.push(Error::new(Code::OutOfRange, path.as_str(), "expected an amount above 0"));
    }
    problems.extend(decimal(amount).err().map(|error| error.under(&path)));
}

fn amounts(charge: &Charge, problems: &mut Problems) {
    amount(charge.amount, "/amount", problems);
    let currency = charge.amount.currency();
    let Some(items) = &charge.items else { return };
    let before = problems.count();
    for (index, item) in items.iter().enumerate() {
        item_alone(charge, item, &["/items/", &index.to_string()].concat(), problems);
    }
    if problems.count() > before {
        return;
    }
    let sum = items.iter().try_fold(Money::zero(currency), |sum, item| sum.plus(item.total()?));
    if sum != Ok(charge.amount) {
        let sum = sum.map_or_else(|_| "too much".into(), |sum| ["`", &sum.to_string(), "`"].concat());
        let message = ["the items add up to ", &sum, ", the amount is `", &charge.amount.to_string(), "`"].concat();
        problems.push(Error::new(Code::TotalMismatch, "/items", message));
    }
}

fn item_alone(charge: &Charge, item: &Item, path: &str, problems: &mut Problems) {
    text(&item.name, &[path, "/name"].concat(), problems);
    if item.quantity == 0 {
        problems.push(Error::new(Code::OutOfRange, [path, "/quantity"].concat(), "expected 1 or more"));
    }
    let unit = [path, "/unitAmount"].concat();
    problems.check(charge.amount.same_currency(item.unit_amount, &[&unit, "/currency"].concat()));
    problems.check(item.unit_amount.not_negative(&unit));
    problems.extend(decimal(item.unit_amount).err().map(|error| error.under(&[&unit, "/amount"].concat())));
    problems.extend(item.total().err().map(|error| error.under(path)));
}

fn card(charge: &Charge, card: &Card, problems: &mut Problems) {
    let Card { card_type, holder, number, expiry_month, expiry_year, cvv, cryptogram } = card;
    text(holder, "/card/holder", problems);
    problems.check(card::check_number(number.expose(), "/card/number"));
    if let Some(due_date) = charge.due_date() {
        problems.check(card::check_expiry(*expiry_month, *expiry_year, due_date, "/card"));
    }
    if cvv
        .as_ref()
        .is_some_and(|cvv| !(3..=4).contains(&cvv.expose().len()) || !cvv.expose().bytes().all(|c| c.is_ascii_digit()))
    {
        problems.push(Error::new(Code::InvalidText, "/card/cvv", "expected 3 or 4 digits"));
    }
    if cryptogram.as_ref().is_some_and(|text| !is_graphic(text.expose())) {
        problems.push(Error::new(Code::InvalidText, "/card/cryptogram", "expected the base64 text of a cryptogram"));
    }
    if *card_type == CardType::Card && cryptogram.is_some() {
        let message = "a cryptogram belongs to a network token";
        problems.push(Error::new(Code::UnknownField, "/card/cryptogram", message));
    }
    // With the cardholder there, A55 asks for one of the two; on M1 neither is needed (A55's subscription guide).
    if !by_merchant(charge) && cvv.is_none() && cryptogram.is_none() {
        let message = "a payment by the cardholder needs the security code, or the cryptogram of a network token";
        problems.push(Error::new(Code::SecurityCodeRequired, "/card/cvv", message));
    }
}

/// A schedule that A55 is to run by itself.
fn internal(schedule: &Schedule, problems: &mut Problems) {
    if schedule.cycle().name().is_none() {
        let message = "A55 runs weekly, biweekly, monthly, quarterly, semiannually and yearly cycles; run any other yourself by \
                       external recurrence";
        problems.push(Error::new(Code::UnsupportedCycle, "/subscription/schedule/cycle", message));
    }
    if schedule.anchor_day().is_some_and(|day| day != schedule.start().day()) {
        let message =
            "A55 counts from the day of the first payment; run another anchor day yourself by external recurrence";
        problems.push(Error::new(Code::UnsupportedCycle, "/subscription/schedule/anchorDay", message));
    }
    problems.extend(schedule.last_payment().err().map(|error| error.under("/subscription/schedule")));
}

pub(super) fn text(value: &str, path: &str, problems: &mut Problems) {
    if value.trim().is_empty() || value.chars().any(char::is_control) {
        problems.push(Error::new(Code::InvalidText, path, "expected a text without control characters"));
    }
}

/// An address that A55 can reach, or one of this machine while trying things out.
pub(super) fn url(value: Option<&str>, path: &str, problems: &mut Problems) {
    let Some(value) = value else { return };
    let local =
        |host: &str| value.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
    let is_local = ["http://localhost", "http://127.0.0.1", "http://[::1]"].into_iter().any(local);
    let is_secure =
        value.strip_prefix("https://").is_some_and(|rest| !rest.is_empty() && !rest.starts_with(['/', '?']));
    if !(is_secure || is_local) || !is_graphic(value) {
        let message = ["expected an address that begins with `https://`, found ", &quote(value)].concat();
        problems.push(Error::new(Code::InvalidText, path, message));
    }
}

/// Whether a text has letters, digits and signs of ASCII alone, and at least one.
pub(super) fn is_graphic(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic())
}
