//! The hashes that prove to DineroPay that a request is the merchant's, and to the merchant that a callback is
//! DineroPay's.
//!
//! Sources: for the checkout protocol DineroPay's pages on sessions, charges, refunds and callbacks, and the platform's
//! own reference; several client libraries agree. For the form protocol the platform's reference only, which publishes
//! one example (formula 1), reproduced in the tests.

use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::error::{Code, Error, Errors, Problems};
use crate::json::{object, words};
use crate::providers::dineropay::checks::{CARD, EMAIL, ID, PASSWORD, SEALED, TOKEN};
use crate::providers::http::Secret;

/// The digest used in a hash, as set in the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum HashAlgorithm {
    /// MD5, the default of a merchant's account.
    #[default]
    Md5,
    /// SHA-256, if "Use SHA256 encryption algorithm for hash" is ticked.
    Sha256,
}

words!(HashAlgorithm { Md5 "md5", Sha256 "sha256" });

impl HashAlgorithm {
    fn of(self, text: &str) -> String {
        match self {
            Self::Md5 => hex(&Md5::digest(text)),
            Self::Sha256 => hex(&Sha256::digest(text)),
        }
    }
}

/// How a string is put into upper case before it is hashed. The two ways differ only for letters such as é, where the
/// platform's pages contradict each other: for requests they imply all letters, for callbacks PHP's `strtoupper`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Case {
    /// Every letter that has an upper case.
    #[default]
    Unicode,
    /// The letters a to z.
    Ascii,
}

words!(Case { Unicode "unicode", Ascii "ascii" });

impl Case {
    fn upper(self, text: &Secret) -> Secret {
        Secret::new(match self {
            Self::Unicode => text.expose().to_uppercase(),
            Self::Ascii => text.expose().to_ascii_uppercase(),
        })
    }
}

/// A hash formula.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Formula {
    /// The checkout protocol: the `fields` in their order, then the password.
    Checkout,
    /// Formula 1: a sale, a recurring sale and a retry, by e-mail and card or token.
    Sale,
    /// Formula 2: operations on a transaction (`id`), and callbacks.
    Transaction,
    /// Formula 3: a new schedule. It covers only the password, so the hash is always the same and must be kept as
    /// secret as the password.
    CreateSchedule,
    /// Formula 4: operations on a schedule (`id`).
    Schedule,
    /// Formula 5: a payment to a card.
    Credit,
    /// Formula 6: status and callback of a payment to a card (`id`).
    CreditStatus,
    /// Formula 7, published without its use; its inputs suggest the status of an order (`id`).
    Order,
    /// Formula 8: a sale by a digital wallet.
    Wallet,
}

words!(Formula {
    Checkout "checkout", Sale "sale", Transaction "transaction", CreateSchedule "create_schedule", Schedule "schedule",
    Credit "credit", CreditStatus "credit_status", Order "order", Wallet "wallet",
});

/// The input of a hash. Values that the formula uses and the request does not have are omitted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HashInput {
    /// The formula.
    pub formula: Formula,
    /// The password.
    pub password: Secret,
    /// The digest; default MD5.
    pub hash_algorithm: Option<HashAlgorithm>,
    /// For `checkout`: how to put into upper case; default Unicode. The form protocol always uses a to z.
    pub upper_case: Option<Case>,
    /// For `checkout`: the fields in their order, each exactly as it is sent.
    pub fields: Option<Vec<Secret>>,
    /// The payer's e-mail address.
    pub email: Option<String>,
    /// The card's number. Only the first six and the last four digits count; the rest may be asterisks.
    pub card_number: Option<Secret>,
    /// The card's token, instead of the number.
    pub card_token: Option<Secret>,
    /// `trans_id`, `schedule_id` or `order_id`, depending on the formula.
    pub id: Option<String>,
}

object!(HashInput {
    formula: required "formula",
    password: required "password",
    hash_algorithm: optional "hashAlgorithm",
    upper_case: optional "upperCase",
    fields: optional "fields",
    email: optional "email",
    card_number: optional "cardNumber",
    card_token: optional "cardToken",
    id: optional "id",
});

/// Returns a hash, for requests of DineroPay that have no builder here, such as those of the card protocol.
///
/// # Errors
/// `missing_field` for an `id` or `fields` that the formula requires; `invalid_string`.
pub fn hash(input: &HashInput) -> Result<String, Errors> {
    let mut problems = Problems::of_input();
    PASSWORD.check(input.password.expose(), "/password", &mut problems);
    for (form, value, path) in [(&EMAIL, &input.email, "/email"), (&ID, &input.id, "/id")] {
        if let Some(value) = value {
            form.check(value, path, &mut problems);
        }
    }
    if let Some(token) = &input.card_token {
        TOKEN.check(token.expose(), "/cardToken", &mut problems);
    }
    let ends = match &input.card_number {
        Some(number) => problems.check(ends(number)),
        None => None,
    };
    let by_id = [Formula::Transaction, Formula::Schedule, Formula::CreditStatus, Formula::Order];
    if by_id.contains(&input.formula) && input.id.is_none() {
        problems.push(Code::MissingField, "/id", "expected `id`, which the formula requires");
    }
    if input.formula == Formula::Checkout && input.fields.is_none() {
        problems.push(Code::MissingField, "/fields", "expected `fields`, which the formula requires");
    }
    problems.finish(Some(()))?;

    let algorithm = input.hash_algorithm.unwrap_or_default();
    let fields: Vec<&str> = input.fields.iter().flatten().map(Secret::expose).collect();
    let password = input.password.expose();
    let id = input.id.as_deref().unwrap_or_default();
    let email = reversed(input.email.as_deref().unwrap_or_default());
    let card = match (&input.card_token, &ends) {
        (Some(card), _) | (None, Some(card)) => reversed(card.expose()),
        (None, None) => Secret::new(""),
    };
    let (email, card) = (email.expose(), card.expose());
    Ok(match input.formula {
        Formula::Checkout => checkout(&fields, &input.password, algorithm, input.upper_case.unwrap_or_default()),
        Formula::Sale => form(&[email, password, card], algorithm),
        Formula::Transaction | Formula::Order => form(&[email, password, id, card], algorithm),
        Formula::CreateSchedule => create_schedule(&input.password, algorithm),
        Formula::Schedule => schedule(id, &input.password, algorithm),
        Formula::Credit => form(&[password, card], algorithm),
        Formula::CreditStatus => form(&[password, id, card], algorithm),
        Formula::Wallet => form(&[email, password], algorithm),
    })
}

/// Returns the hash of the checkout protocol: SHA-1 of the hex of the digest of fields and password in upper case.
pub(crate) fn checkout(fields: &[&str], password: &Secret, algorithm: HashAlgorithm, case: Case) -> String {
    let parts = [fields, &[password.expose()]].concat();
    let text = case.upper(&Secret::new(parts.concat()));
    hex(&Sha1::digest(algorithm.of(text.expose())))
}

/// Returns the hash that creates a schedule.
pub(crate) fn create_schedule(password: &Secret, algorithm: HashAlgorithm) -> String {
    form(&[reversed(password.expose()).expose()], algorithm)
}

/// Returns the hash of an operation on a schedule.
pub(crate) fn schedule(id: &str, password: &Secret, algorithm: HashAlgorithm) -> String {
    let text = Secret::new([id, password.expose()].concat());
    form(&[reversed(text.expose()).expose()], algorithm)
}

/// Returns the hash of the form protocol: the digest of the parts in upper case.
fn form(parts: &[&str], algorithm: HashAlgorithm) -> String {
    algorithm.of(Case::Ascii.upper(&Secret::new(parts.concat())).expose())
}

fn reversed(text: &str) -> Secret {
    Secret::new(text.chars().rev().collect::<String>())
}

/// Returns the first six and the last four digits of a card number.
fn ends(number: &Secret) -> Result<Secret, Error> {
    let digits = number.expose();
    let (first, last) = (digits.get(..6), digits.len().checked_sub(4).and_then(|at| digits.get(at..)));
    match (CARD.fits(digits), first, last) {
        (true, Some(first), Some(last)) if SEALED.fits(first) && SEALED.fits(last) => {
            Ok(Secret::new([first, last].concat()))
        }
        _ => Err(CARD.problem("/cardNumber")),
    }
}
