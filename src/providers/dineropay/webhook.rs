//! What DineroPay sends by itself: callbacks, and payers who return.

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

/// A callback as received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallbackInput {
    /// The body of the POST, as received: a form, not parsed.
    pub body: Secret,
    /// The merchant's password.
    pub password: Secret,
    /// The digest used in the hashes; default MD5.
    pub hash_algorithm: Option<HashAlgorithm>,
}

object!(CallbackInput {
    body: required "body",
    password: required "password",
    hash_algorithm: optional "hashAlgorithm",
});

/// The kind of a callback.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CallbackEvent {
    /// A payment, or a step of one.
    Charge,
    /// A refund.
    Refund,
    /// A payment that was voided before it was settled.
    Void,
    /// A payment that the payer's bank reversed.
    Chargeback,
    /// Any other kind.
    Other,
}

words!(CallbackEvent {
    Charge "charge", Refund "refund", Void "void", Chargeback "chargeback", Other "other",
});

/// A callback whose hash was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Callback {
    /// The kind of the callback.
    pub event: CallbackEvent,
    /// The outcome of the payment; null if the callback is not about a charge.
    pub outcome: Option<Outcome>,
    /// DineroPay's id of the payment.
    pub payment_id: String,
    /// The merchant's order number: the payment's reference. Signed.
    pub order_number: String,
    /// The amount. Signed. Compare it with the payment's before you apply the outcome.
    pub amount: Option<Money>,
    /// The description as received, including spaces. Signed.
    pub description: String,
    /// `sale`, `recurring`, `refund` or another value of DineroPay's, in lower case.
    pub callback_type: Option<String>,
    /// `success`, `fail`, `waiting`, `undefined` or another value, in lower case.
    pub status: Option<String>,
    /// The order's status, in lower case; older installations do not send it.
    pub order_status: Option<String>,
    /// Whether a refund was of all that was left; null if the callback does not say.
    pub full_refund: Option<bool>,
    /// The reason of a failure.
    pub reason: Option<String>,
    /// The schedule that made the payment.
    pub schedule_id: Option<String>,
    /// The card's first six and last four digits.
    pub card: Option<String>,
    /// The card's month of expiry, such as `12/2030`. The card is valid until its end.
    pub card_expiration_date: Option<String>,
    /// A token of the card, if one was requested.
    pub card_token: Option<Secret>,
    /// The day, by DineroPay's clock, whose time zone is not documented.
    pub date: Option<Date>,
    /// Whether the payer agrees to later payments: `active`, `cancelled`, `ignored`. Sent by newer installations of the
    /// platform.
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

/// Verifies and reads a callback: the form that DineroPay posts to the URL set in the dashboard. Respond to it with
/// 200.
///
/// The hash is compared in constant time, over the values exactly as received, before anything else reads them. Both
/// ways of putting letters such as é into upper case are accepted. The literal string `null` counts as absent.
///
/// The hash covers the payment's id, the order's number, amount, currency and description, **and nothing else**:
/// neither `status` nor the token. A payer who returns to the `success_url` or `cancel_url` may have the same hash in
/// the URL. Therefore compare number and amount with the payment's, and query [`get_status`](super::get_status) before
/// you deliver anything.
///
/// - Paid: status `success`, the type `sale`, `capture`, `recurring`, `debit`, `transfer` or `credit`, and the order
///   `settled`, or without the order's status, as on older installations.
/// - Authorised only: status `success` with the order `pending`. Not finished: the types `3ds`, `redirect` and `init`.
/// - Declined: status `fail` with the order declined, or of a sale without the order's status.
/// - Unknown, to be queried: everything else, a callback whose amount or currency cannot be read, and one with a
///   duplicate name.
///
/// The same callback can be delivered again, and callbacks can overtake each other. The resulting events can be applied
/// any number of times (R5.4).
///
/// The first payment of a recurrence contains the credential (`recurring_init_trans_id` and `recurring_token`), unless
/// the payer has not agreed to later payments: `consent_state`, by itself or inside `extended_data`, is then not
/// `active`.
///
/// Sources: DineroPay's subscription page and its page on callbacks, the platform's reference, client code.
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

/// Compares a hash with the values that it covers.
fn verify(
    signed: &[&str],
    hash: &str,
    password: &Secret,
    algorithm: Option<HashAlgorithm>,
    path: &str,
) -> Result<(), Error> {
    let found = hash.to_ascii_lowercase();
    let with = |case| same(&checkout(signed, password, algorithm.unwrap_or_default(), case), &found);
    // Both are computed in any case, so that the time does not show which one matched.
    if with(Case::Unicode) | with(Case::Ascii) {
        return Ok(());
    }
    Err(Error::at(Code::InvalidSignature, path, "the hash does not match the signed values"))
}

/// Decides the outcome by type, status and the order's status. Without a currency the amount cannot be read.
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

/// The fields of a form. It has no Debug, as they may be secrets.
struct Fields {
    pairs: Vec<(String, String)>,
    /// Whether a name is duplicate: other readers may then see another value.
    doubled: bool,
}

impl Fields {
    fn parse(form: &str) -> Self {
        // Names are compared one by one, and no callback needs more of them.
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

    /// Returns a value as received; the first, if the name is duplicate.
    fn as_it_came(&self, name: &str) -> &str {
        self.values(name).next().unwrap_or_default()
    }

    /// Returns a value that is present once, and neither empty nor the string `null`.
    fn given(&self, name: &str) -> Option<&str> {
        let mut values = self.values(name).map(str::trim);
        let value = values.next().filter(|value| !value.is_empty() && !value.eq_ignore_ascii_case("null"))?;
        values.next().is_none().then_some(value)
    }

    /// Returns the payer's consent to later payments; of several values, one that is not `active`. Source: a client
    /// library of the platform; for `extended_data` also recorded callbacks, as fields of the form and as JSON in one
    /// field.
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

/// A payer who returns, and the order on record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnInput {
    /// The query of the URL, after the question mark, as received.
    pub query: Secret,
    /// The merchant's password.
    pub password: Secret,
    /// The digest used in the hashes; default MD5.
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

/// The parameters of a return whose hash was verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Return {
    /// DineroPay's id of the payment. Signed.
    pub payment_id: String,
    /// The merchant's order number. Signed.
    pub order_number: String,
    /// The transaction. Not signed.
    pub trans_id: Option<String>,
}

object!(Return { payment_id: required "paymentId", order_number: required "orderNumber", trans_id: nullable "transId" });

/// Verifies and reads the parameters with which a payer returns to the `success_url` or `cancel_url`, if "Return
/// parameters" are enabled.
///
/// They name the payment, not its outcome: wait for the callback, or query it. Source: the platform's reference.
///
/// # Errors
/// `invalid_signature`; `invalid_string` and `out_of_range` for values that no order can have.
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
        return Err(Error::new(Code::InvalidSignature, "/input/query", "expected each signed value once").into());
    }
    Ok(Return { payment_id: payment_id.into(), order_number: order_number.into(), trans_id: fields.text("trans_id") })
}
