//! The checkout page: a session that the payer completes.

use super::amount;
use super::order::{BillingAddress, Customer, Order};
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::json::{ByName, Object, Value, object, words};
use crate::money::Money;
use crate::providers::dineropay::account::Account;
use crate::providers::dineropay::checks::{CARD_TOKEN, CHANNEL, ID, METHOD, url};
use crate::providers::http::{Headers, HttpRequest, Secret};

/// The frame in which the page opens the return URLs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UrlTarget {
    /// The page's own frame.
    Own,
    /// The parent of its frame.
    Parent,
    /// The whole window.
    Top,
    /// Another window. It is in the platform's sample, not in its list.
    Blank,
}

words!(UrlTarget { Own "_self", Parent "_parent", Top "_top", Blank "_blank" });

/// The start of a recurrence: the first callback contains the credential to charge again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecurringInit {
    /// The schedule by which DineroPay makes the later payments. Without it, the merchant makes them.
    pub schedule_id: Option<String>,
    /// The day of the first payment by the schedule, for a trial. It needs a schedule. It exists in newer installations
    /// of the platform; whether DineroPay has it is not documented.
    pub schedule_start_date: Option<Date>,
    /// The amount of the payments by the schedule, if it differs from that of the first. Availability as above.
    pub payment_schedule_amount: Option<Money>,
    /// Whether the page shows a box in which the payer agrees to the later payments. Availability as above.
    pub consent_required: Option<bool>,
}

object!(RecurringInit {
    schedule_id: optional "scheduleId",
    schedule_start_date: optional "scheduleStartDate",
    payment_schedule_amount: optional "paymentScheduleAmount",
    consent_required: optional "consentRequired",
});

/// A session of the checkout page, for one payment by the payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// The merchant.
    pub account: Account,
    /// The order.
    pub order: Order,
    /// Where the payer is sent after a success. URLs have up to 1024 characters.
    pub success_url: String,
    /// Where the payer is sent after giving up.
    pub cancel_url: Option<String>,
    /// Where the payer is sent when the session has expired.
    pub expiry_url: Option<String>,
    /// Where the payer is sent after an error.
    pub error_url: Option<String>,
    /// The frame for these URLs.
    pub url_target: Option<UrlTarget>,
    /// The recurrence that the payment starts; omit it for a single payment.
    pub recurring: Option<RecurringInit>,
    /// The payer.
    pub customer: Option<Customer>,
    /// The payer's address.
    pub billing_address: Option<BillingAddress>,
    /// The payment methods to offer, such as `card`; default DineroPay's routing.
    pub methods: Option<Vec<String>>,
    /// Extra parameters of single methods, by method and name.
    pub parameters: Option<ByName<ByName<String>>>,
    /// The channel for routing, up to 16 characters.
    pub channel_id: Option<String>,
    /// After how many minutes the session expires: 1 to 720, default 60.
    pub session_expiry: Option<u32>,
    /// Cards to offer again, by their tokens of 64 characters.
    pub card_tokens: Option<Vec<Secret>>,
    /// Whether to request a token of the card.
    pub request_token: Option<bool>,
    /// Whether VAT is added.
    pub vat_calc: Option<bool>,
    /// Data that the callback returns.
    pub custom_data: Option<ByName<String>>,
}

object!(Session {
    account: required "account",
    order: required "order",
    success_url: required "successUrl",
    cancel_url: optional "cancelUrl",
    expiry_url: optional "expiryUrl",
    error_url: optional "errorUrl",
    url_target: optional "urlTarget",
    recurring: optional "recurring",
    customer: optional "customer",
    billing_address: optional "billingAddress",
    methods: optional "methods",
    parameters: optional "parameters",
    channel_id: optional "channelId",
    session_expiry: optional "sessionExpiry",
    card_tokens: optional "cardTokens",
    request_token: optional "requestToken",
    vat_calc: optional "vatCalc",
    custom_data: optional "customData",
});

/// Builds the request for a session of the checkout page: `POST /api/v1/session`. The response contains the page's URL
/// (see [`read_session`](super::super::read_session)).
///
/// The URL for callbacks is set in the dashboard, not here. Sources: DineroPay's page on sessions and the platform's
/// reference. DineroPay's page spells `sucess_url` and its client code `/sessions`; here the other sources are
/// followed.
///
/// # Errors
/// Everything that DineroPay would reject, as far as it is documented, each with its path (R7.2): `invalid_string`,
/// `out_of_range`, `currency_mismatch`; `missing_field` for options that need a schedule.
pub fn create_session(session: &Session) -> Result<HttpRequest, Errors> {
    check(session)?;
    let Session { account, order, .. } = session;
    let currency = order.amount.currency();
    let hash = account.sign(&[&order.number, &amount::written(order.amount), currency.code(), &order.description]);

    let mut body = Object::default();
    body.required("merchant_key", &account.merchant_key);
    body.set("operation", Value::text("purchase"));
    body.optional("methods", &session.methods);
    body.optional("parameters", &session.parameters);
    body.optional("channel_id", &session.channel_id);
    body.optional("session_expiry", &session.session_expiry);
    body.set("order", order.body(true));
    body.optional("cancel_url", &session.cancel_url);
    body.required("success_url", &session.success_url);
    body.optional("expiry_url", &session.expiry_url);
    body.optional("error_url", &session.error_url);
    body.optional("url_target", &session.url_target);
    if let Some(customer) = &session.customer {
        body.set("customer", customer.body());
    }
    if let Some(address) = &session.billing_address {
        body.set("billing_address", address.body());
    }
    body.optional("card_token", &session.card_tokens);
    body.optional("req_token", &session.request_token);
    if let Some(recurring) = &session.recurring {
        body.set("recurring_init", Value::Bool(true));
        body.optional("schedule_id", &recurring.schedule_id);
        body.optional("schedule_start_date", &recurring.schedule_start_date);
        body.optional("payment_schedule_amount", &recurring.payment_schedule_amount.map(amount::written));
        body.optional("recurring_consent_required", &recurring.consent_required);
    }
    body.optional("vat_calc", &session.vat_calc);
    body.optional("custom_data", &session.custom_data);
    body.set("hash", Value::text(hash));
    Ok(HttpRequest::post_json(account.checkout("/api/v1/session"), Headers::default(), &body.finish()))
}

fn check(session: &Session) -> Result<(), Errors> {
    let mut problems = Problems::of_input();
    session.account.check(&mut problems);
    session.order.check(&mut problems);
    for (value, path) in [
        (Some(&session.success_url), "/successUrl"),
        (session.cancel_url.as_ref(), "/cancelUrl"),
        (session.expiry_url.as_ref(), "/expiryUrl"),
        (session.error_url.as_ref(), "/errorUrl"),
    ] {
        if let Some(value) = value {
            url(value, path, &mut problems);
        }
    }
    if let Some(recurring) = &session.recurring {
        check_recurring(recurring, session.order.amount, &mut problems);
    }
    if let Some(customer) = &session.customer {
        customer.check(&mut problems);
    }
    if let Some(address) = &session.billing_address {
        address.check(&mut problems);
    }
    for (index, method) in session.methods.iter().flatten().enumerate() {
        METHOD.check(method, &["/methods/", &digits(index)].concat(), &mut problems);
    }
    if let Some(channel) = &session.channel_id {
        CHANNEL.check(channel, "/channelId", &mut problems);
    }
    if session.session_expiry.is_some_and(|minutes| !(1..=720).contains(&minutes)) {
        problems.push(Code::OutOfRange, "/sessionExpiry", "expected an expiry from 1 to 720 minutes");
    }
    for (index, token) in session.card_tokens.iter().flatten().enumerate() {
        CARD_TOKEN.check(token.expose(), &["/cardTokens/", &digits(index)].concat(), &mut problems);
    }
    problems.finish(Some(()))
}

fn check_recurring(recurring: &RecurringInit, first: Money, problems: &mut Problems) {
    if let Some(id) = &recurring.schedule_id {
        ID.check(id, "/recurring/scheduleId", problems);
    }
    let later = recurring.payment_schedule_amount;
    if let Some(later) = later {
        amount::check(later, "/recurring/paymentScheduleAmount", problems);
        problems.check(first.same_currency(later, "/recurring/paymentScheduleAmount/currency"));
    }
    let asks = recurring.schedule_start_date.is_some() || later.is_some() || recurring.consent_required.is_some();
    if asks && recurring.schedule_id.is_none() {
        let message =
            "expected `scheduleId`: a start date, an amount and the consent belong to a schedule of DineroPay";
        problems.push(Code::MissingField, "/recurring/scheduleId", message);
    }
}
