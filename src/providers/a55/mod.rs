//! A55: charges of a card in Latin America, with the merchant's or with A55's own recurrence.
//!
//! Sources: A55's subscription guide and API reference at docs.a55.tech. Where they contradict each other, the guide, which
//! agrees with A55's published client code, is followed.

mod amount;
mod charge;
mod check;
mod request;

pub use charge::{Account, Address, Card, CardType, Charge, Item, Payer, Subscription};
pub use request::create_charge;

/// The body fields that hold secrets.
pub(crate) const SECRET_FIELDS: &[&str] = &["card_number", "card_cvv", "card_cryptogram"];
