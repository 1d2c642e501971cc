//! The request that creates a charge.

use super::amount::decimal;
use super::charge::{Card, Charge, Item, Payer, Subscription};
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Error, Errors};
use crate::json::{Object, Value};
use crate::providers::a55::checks;
use crate::providers::http::{Headers, HttpRequest};
use crate::schedule::{Bound, Schedule};

/// Builds the request that creates a charge and, under A55's own recurrence, a subscription with it: `POST
/// /api/v1/bank/wallet/charge/`.
///
/// Each charge contains the complete card, also one by the merchant: nothing links it to the first charge. If a
/// reference is given it is sent, and the idempotency key is made from it. The same attempt sent again within 24 hours
/// is then made once.
///
/// Sources: path, payer, card and recurrence are in two or more of A55's subscription guide, its API reference and its
/// client code. One source each: external recurrence (the guide); `capture`, `threeds_external` and
/// `reference_external_id` (the reference); a charge without a card (the client code). A55's pages contradict each
/// other on the form of the idempotency key: the 16 to 128 characters here are from the page about it. Not documented:
/// maximum lengths, whether A55 counts from `due_date` or from the day of creation, and the response to the merchant's
/// own recurrence.
///
/// # Errors
/// Everything that A55 would reject, as far as it is documented, each with its path (R7.2): see the table of error
/// codes.
pub fn create_charge(charge: &Charge) -> Result<HttpRequest, Errors> {
    checks::charge(charge)?;
    Ok(HttpRequest::post_json(charge.account.url("charge/"), key_header(charge.key().as_deref()), &body(charge)?))
}

/// Builds the header with the idempotency key.
pub(crate) fn key_header(key: Option<&str>) -> Headers {
    match key {
        Some(key) => Headers::default().with("Idempotency-Key", key),
        None => Headers::default(),
    }
}

fn body(charge: &Charge) -> Result<Value, Error> {
    let mut body = Object::default();
    body.required("wallet_uuid", &charge.account.wallet_uuid);
    body.required("merchant_id", &charge.account.merchant_id);
    payer(&mut body, &charge.payer);
    if let Some(items) = &charge.items {
        let items: Result<Vec<Value>, Error> = items.iter().map(item).collect();
        body.set("items", Value::List(items?));
    }
    body.set("payer_address", address(&charge.payer));
    body.required("currency", &charge.amount.currency());
    body.set("installment_value", decimal(charge.amount)?);
    body.optional("installment_count", &charge.installments);
    body.optional("due_date", &charge.due_date());
    body.required("description", &charge.description);
    body.set("type_charge", Value::text("credit_card"));
    if let Some(given) = &charge.card {
        card(&mut body, given);
    }
    body.optional("capture", &charge.capture);
    body.optional("threeds_authentication", &charge.threeds_authentication);
    if let Some(threeds_external) = &charge.threeds_external {
        body.set("threeds_external", threeds_external.body());
    }
    if let Some(device_info) = &charge.device_info {
        body.set("device_info", device_info.body());
    }
    if let Some(given) = &charge.subscription {
        body.set("subscription", subscription(given)?);
    }
    body.optional("webhook_url", &charge.webhook_url);
    body.optional("redirect_url", &charge.redirect_url);
    body.optional("reference_external_id", &charge.reference);
    Ok(body.finish())
}

fn payer(body: &mut Object, payer: &Payer) {
    body.required("payer_name", &payer.name);
    body.optional("payer_tax_id", &payer.tax_id);
    body.required("payer_email", &payer.email);
    body.optional("payer_cell_phone", &payer.cell_phone);
}

fn address(payer: &Payer) -> Value {
    let mut address = Object::default();
    address.required("street", &payer.address.street);
    address.required("address_number", &payer.address.address_number);
    address.optional("complement", &payer.address.complement);
    address.required("neighborhood", &payer.address.neighborhood);
    address.required("city", &payer.address.city);
    address.required("state", &payer.address.state);
    address.required("postal_code", &payer.address.postal_code);
    address.required("country", &payer.address.country);
    address.finish()
}

fn item(item: &Item) -> Result<Value, Error> {
    let mut object = Object::default();
    object.required("name", &item.name);
    object.optional("description", &item.description);
    object.required("quantity", &item.quantity);
    object.set("total_amount", decimal(item.total()?)?);
    object.set("unit_amount", decimal(item.unit_amount)?);
    object.optional("sku", &item.sku);
    object.optional("code", &item.code);
    Ok(object.finish())
}

fn card(body: &mut Object, card: &Card) {
    body.required("card_name", &card.holder);
    body.required("card_number", &card.number);
    body.optional("card_cryptogram", &card.cryptogram);
    let month = digits(card.expiry_month);
    let padding = if month.len() < 2 { "0" } else { "" };
    body.set("card_expiry_month", Value::text([padding, &month].concat()));
    body.set("card_expiry_year", Value::text(digits(card.expiry_year)));
    body.optional("card_cvv", &card.cvv);
}

fn subscription(subscription: &Subscription) -> Result<Value, Error> {
    let mut object = Object::default();
    match subscription {
        Subscription::External { indicator, .. } => {
            object.set("external_recurrence", Value::Bool(true));
            object.required("initiated_transaction_indicator_category", indicator);
        }
        Subscription::Internal { schedule } => {
            object.required("cycle", &schedule.cycle());
            if let Some(end_date) = end_date(schedule)? {
                object.required("end_date", &end_date);
            }
        }
    }
    Ok(object.finish())
}

/// Returns the end date of a schedule: as given, or the due date of the last payment if a count ends it (R5.7).
pub(crate) fn end_date(schedule: &Schedule) -> Result<Option<Date>, Error> {
    Ok(match schedule.last_payment()? {
        Some(last) if last.bound == Bound::PaymentCount => Some(last.due_date),
        _ => schedule.end_date(),
    })
}
