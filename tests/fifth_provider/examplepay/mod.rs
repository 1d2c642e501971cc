//! Examplepay: an invented gateway, the smallest that the rest of the library asks for. docs/contributing/add-a-provider.md explains it.
//!
//! A token is charged by the merchant with `POST /v1/charges`. The same `Idempotency-Key` is charged once.

#![cfg(feature = "examplepay")]

mod account;
pub(crate) mod adapter;
mod checks;
mod parse;
mod request;
mod webhook;

use crate::json::{Function, function};

pub use account::{Account, Credential};
pub use adapter::{AdapterCharge, AdapterStatus};
pub use webhook::{WebhookInput, read_webhook};

/// The body fields that hold secrets.
const SECRET_FIELDS: &[&str] = &["token"];

/// The functions by their names in JavaScript, beside those of the one API.
const FUNCTIONS: &[Function] = &[function!("examplepay.readWebhook", input: WebhookInput => read_webhook(&input))];
