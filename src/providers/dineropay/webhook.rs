//! What DineroPay sends by itself: callbacks, and payers who come back.

use super::account::Credential;
use super::checks::{DESCRIPTION, PASSWORD};
use super::parse::status::{decline, outcome_status};
use super::request::amount;
use super::request::hash::{Case, HashAlgorithm, checkout};
use crate::date::Date;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::money::{Currency, Money};
use crate::providers::form;
use crate::providers::http::Secret;
use crate::providers::lenient::{Answer, decimal};
use crate::providers::outcome::{Outcome, OutcomeStatus};
use crate::providers::signature::same;

/// A callback as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackInput {
    /// The body of the POST, as it came: a form, not taken apart.
    pub body: Secret,
    /// The merchant's password.
    pub password: Secret,
    /// The digest inside the hashes; default MD5.
    pub hash_algorithm: Option<HashAlgorithm>,
}

object!(CallbackInput {
    body: required "body",
    password: required "password",
    hash_algorithm: optional "hashAlgorithm",
});

/// What a callback is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallbackEvent {
    /// A payment, or a step on its way.
    Charge,
    /// Money that was given back.
    Refund,
    /// A payment that was taken back before it was settled.
    Void,
    /// A payment that the payer's bank took back.
    Chargeback,
    /// Something else.
    Other,
}

words!(CallbackEvent {
    Charge "charge", Refund "refund", Void "void", Chargeback "chargeback", Other "other",
});

/// A callback, its hash verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// What it is about.
    pub event: CallbackEvent,
    /// What became of the payment; none where the callback is not about a charge.
    pub outcome: Option<Outcome>,
    /// DineroPay's id of the payment.
    pub payment_id: String,
    /// The merchant's number: the payment's reference. Signed.
    pub order_number: String,
    /// The amount. Signed. Compare it with the payment's before the outcome is applied.
    pub amount: Option<Money>,
    /// The description as it came, blanks and all. Signed.
    pub description: String,
    /// `sale`, `recurring`, `refund` or another word of DineroPay's, in lower case.
    pub callback_type: Option<String>,
    /// `success`, `fail`, `waiting`, `undefined` or another word, in lower case.
    pub status: Option<String>,
    /// Where the order stands, in lower case; older installations do not say.
    pub order_status: Option<String>,
    /// Whether a refund was of all that was left; none where the callback does not tell.
    pub full_refund: Option<bool>,
    /// Why it failed.
    pub reason: Option<String>,
    /// The schedule by which the payment was made.
    pub schedule_id: Option<String>,
    /// The card's first six and last four digits.
    pub card: Option<String>,
    /// The month until whose end the card is good, as `12/2030`.
    pub card_expiration_date: Option<String>,
    /// A token of the card, where one was asked for.
    pub card_token: Option<Secret>,
    /// The day, by DineroPay's clock, whose time zone is not documented.
    pub date: Option<Date>,
    /// Whether the payer agrees to later payments: `active`, `cancelled`, `ignored`. Newer installations of the platform.
    pub consent_state: Option<String>,
}

object!(Callback {
    event: required "event",
    outcome: nullable "outcome",
    payment_id: required "paymentId",
    order_number: required "orderNumber",
    amount: nullable "amount",
    description: required "description",
    callback_type: nullable "type",
    status: nullable "status",
    order_status: nullable "orderStatus",
    full_refund: nullable "fullRefund",
    reason: nullable "reason",
    schedule_id: nullable "scheduleId",
    card: nullable "card",
    card_expiration_date: nullable "cardExpirationDate",
    card_token: nullable "cardToken",
    date: nullable "date",
    consent_state: nullable "consentState",
});

/// Verifies and reads a callback: the form that DineroPay posts to the address set in the dashboard. Answer it with 200.
///
/// The hash is compared in constant time, over the values exactly as they came, before anything else of them is looked at.
/// Both ways of putting letters such as é into upper case are taken. The literal text `null` is absent.
///
/// The hash covers the payment's id, the order's number, amount, currency and description, **and nothing else**: neither `status`
/// nor the token. And a payer who comes back to the `success_url` or `cancel_url` may carry the very same hash in the address. So
/// compare number and amount with the payment's, and before anything is handed over ask with [`get_status`](super::get_status).
///
/// A payment is paid with status `success`, the type `sale`, `capture`, `recurring`, `debit`, `transfer` or `credit`, and the order
/// `settled`, or without the order's status as on older installations. A success with the order `pending` is authorised only;
/// `3ds`, `redirect` and `init` are on the way; `fail` with the order declined, or of a sale without the order's status, is a
/// decline; everything else is unknown, and is asked about. So is a callback whose amount or currency cannot be read, and one in
/// which a name stands twice. The same callback can come again, and callbacks can overtake each
/// other: the events that they become are applied any number of times (R5.4).
///
/// The credential comes with the first payment of a recurrence (`recurring_init_trans_id` and `recurring_token`), unless the payer has
/// not agreed to later payments: `consent_state` is then another word than `active`, by itself or within `extended_data`.
///
/// Source: DineroPay's subscription page and its page on callbacks, the platform's reference, client code.
///
/// # Errors
/// `invalid_signature`; `invalid_string` for an empty password.
pub fn read_callback(input: &CallbackInput) -> Result<Callback, Errors> {
    const SIGNED: [&str; 5] = ["id", "order_number", "order_amount", "order_currency", "order_description"];
    let mut problems = Problems::of_input();
    PASSWORD.check(input.password.expose(), "/password", &mut problems);
    problems.finish(Some(()))?;
    let fields = Fields::parse(input.body.expose());
    let signed = SIGNED.map(|name| fields.as_it_came(name));
    verify(&signed, fields.as_it_came("hash"), &input.password, input.hash_algorithm, "/input/body")?;

    let [payment_id, order_number, amount, currency, description] = signed;
    let currency: Option<Currency> = currency.parse().ok();
    let amount = currency.and_then(|currency| decimal(amount.trim(), currency));
    let (kind, status) = (fields.word("type"), fields.word("status"));
    let order_status = fields.word("order_status");
    let event = match kind.as_deref() {
        Some("sale" | "capture" | "recurring" | "debit" | "transfer" | "credit" | "3ds" | "redirect" | "init") => {
            CallbackEvent::Charge
        }
        Some("refund") => CallbackEvent::Refund,
        Some("void" | "reversal") => CallbackEvent::Void,
        Some("chargeback") => CallbackEvent::Chargeback,
        _ => CallbackEvent::Other,
    };
    let words = [&kind, &status, &order_status].map(|word| word.as_deref().unwrap_or_default());
    let refunded = event == CallbackEvent::Refund && words[1] == "success";
    Ok(Callback {
        event,
        outcome: (event == CallbackEvent::Charge || fields.doubled)
            .then(|| outcome(words, &fields, payment_id, amount.map(Money::currency))),
        payment_id: payment_id.into(),
        order_number: order_number.into(),
        amount,
        description: description.into(),
        full_refund: match words[2] {
            "refund" | "reversal" if refunded => Some(true),
            "settled" if refunded => Some(false),
            _ => None,
        },
        callback_type: kind,
        status,
        order_status,
        reason: fields.text("reason"),
        schedule_id: fields.text("schedule_id"),
        card: fields.text("card"),
        card_expiration_date: fields.text("card_expiration_date"),
        card_token: fields.text("card_token").map(Secret::new),
        date: fields.given("date").and_then(|date| date.get(..10)?.parse().ok()),
        consent_state: fields.consent(),
    })
}

/// Holds a hash against the values that it is of.
fn verify(
    signed: &[&str],
    hash: &str,
    password: &Secret,
    algorithm: Option<HashAlgorithm>,
    path: &str,
) -> Result<(), Error> {
    let found = hash.to_ascii_lowercase();
    let with = |case| same(&checkout(signed, password, algorithm.unwrap_or_default(), case), &found);
    // Both are computed, whichever fits.
    if with(Case::Unicode) | with(Case::Ascii) {
        return Ok(());
    }
    Err(Error::at(Code::InvalidSignature, path, "the hash is not that of the values beside it"))
}

/// The table of decisions, over type, status and order's status. Without a currency the amount cannot be read.
fn outcome(words: [&str; 3], fields: &Fields, payment_id: &str, currency: Option<Currency>) -> Outcome {
    let [kind, status, order] = words;
    let on_the_way = matches!(kind, "3ds" | "redirect" | "init");
    let became = match (status, order) {
        _ if currency.is_none() || fields.doubled => OutcomeStatus::Unknown,
        ("success", "decline" | "declined") => OutcomeStatus::Unknown,
        ("success", _) if on_the_way => OutcomeStatus::Pending,
        ("success", "") => OutcomeStatus::Succeeded,
        ("success", order) => outcome_status(order),
        ("fail", "decline" | "declined") => OutcomeStatus::Declined,
        ("fail", "") if matches!(kind, "sale" | "recurring" | "debit") => OutcomeStatus::Declined,
        _ => OutcomeStatus::Unknown,
    };
    let agreed = fields.consent().is_none_or(|consent| consent == "active");
    let stands = agreed && matches!(became, OutcomeStatus::Succeeded | OutcomeStatus::Pending);
    let credential = || {
        let (init_trans_id, token) = (fields.text("recurring_init_trans_id")?, fields.text("recurring_token")?);
        Some(Credential { init_trans_id, token: Secret::new(token), currency }.into())
    };
    Outcome {
        status: became,
        provider_reference: Some(payment_id.into()),
        decline: (became == OutcomeStatus::Declined).then(|| decline(fields.text("reason"))),
        credential: if stands { credential() } else { None },
        retry_after_seconds: None,
    }
}

/// The fields of a form. It has no Debug: they may be secrets.
struct Fields {
    pairs: Vec<(String, String)>,
    /// Whether a name stands twice: others may read another value than we do.
    doubled: bool,
}

impl Fields {
    fn parse(form: &str) -> Self {
        // Names are compared one by one: nobody needs more of them.
        const MOST: usize = 1_000;
        let pairs = form::parse(form);
        let again = |(index, (name, _)): (usize, &(String, String))| {
            pairs.iter().take(index).any(|(earlier, _)| earlier == name)
        };
        let doubled = pairs.len() > MOST || pairs.iter().enumerate().any(again);
        Self { pairs, doubled }
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.pairs.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// A value as it came; the first, should the name stand twice.
    fn as_it_came(&self, name: &str) -> &str {
        self.values(name).next().unwrap_or_default()
    }

    /// A value that is there, once: neither empty nor the text `null`.
    fn given(&self, name: &str) -> Option<&str> {
        let mut values = self.values(name).map(str::trim);
        let value = values.next().filter(|value| !value.is_empty() && !value.eq_ignore_ascii_case("null"))?;
        values.next().is_none().then_some(value)
    }

    /// What the payer says of later payments; of several words the one that does not agree. Source: a client library of the platform,
    /// for `extended_data` also callbacks as they came, as fields of a form and as JSON in one.
    fn consent(&self) -> Option<String> {
        let extended =
            self.given("extended_data").and_then(|extended| Answer::of(extended).get("consent_state").word());
        let told = [self.word("consent_state"), self.word("extended_data[consent_state]"), extended];
        told.into_iter().flatten().min_by_key(|word| word == "active")
    }

    fn text(&self, name: &str) -> Option<String> {
        self.given(name).map(String::from)
    }

    fn word(&self, name: &str) -> Option<String> {
        self.given(name).map(str::to_ascii_lowercase)
    }
}

/// A payer who comes back, and what the merchant has on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnInput {
    /// The query of the address, behind the question mark, as it came.
    pub query: Secret,
    /// The merchant's password.
    pub password: Secret,
    /// The digest inside the hashes; default MD5.
    pub hash_algorithm: Option<HashAlgorithm>,
    /// The order's amount.
    pub amount: Money,
    /// The order's description.
    pub description: String,
}

object!(ReturnInput {
    query: required "query",
    password: required "password",
    hash_algorithm: optional "hashAlgorithm",
    amount: required "amount",
    description: required "description",
});

/// What a payer brought back, its hash verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// DineroPay's id of the payment. Signed.
    pub payment_id: String,
    /// The merchant's number. Signed.
    pub order_number: String,
    /// The transaction. Not signed.
    pub trans_id: Option<String>,
}

object!(Return { payment_id: required "paymentId", order_number: required "orderNumber", trans_id: nullable "transId" });

/// Verifies and reads what a payer brings back to the `success_url` or `cancel_url`, where "Return parameters" are enabled.
///
/// It tells which payment, not what became of it: that comes by callback, or is asked for. Source: the platform's reference.
///
/// # Errors
/// `invalid_signature`; `invalid_string`, `out_of_range` for what no order has.
pub fn read_return(input: &ReturnInput) -> Result<Return, Errors> {
    let mut problems = Problems::of_input();
    PASSWORD.check(input.password.expose(), "/password", &mut problems);
    amount::check(input.amount, "/amount", &mut problems);
    DESCRIPTION.check(&input.description, "/description", &mut problems);
    problems.finish(Some(()))?;
    let query = input.query.expose();
    let fields = Fields::parse(query.strip_prefix('?').unwrap_or(query));
    let (payment_id, order_number) = (fields.as_it_came("payment_id"), fields.as_it_came("order_id"));
    let (written, currency) = (amount::written(input.amount), input.amount.currency());
    let signed = [payment_id, order_number, &written, currency.code(), &input.description];
    verify(&signed, fields.as_it_came("hash"), &input.password, input.hash_algorithm, "/input/query")?;
    if ["payment_id", "order_id", "hash"].into_iter().any(|name| fields.values(name).nth(1).is_some()) {
        return Err(Error::new(Code::InvalidSignature, "/input/query", "a signed value stands twice").into());
    }
    Ok(Return { payment_id: payment_id.into(), order_number: order_number.into(), trans_id: fields.text("trans_id") })
}
