//! What is sent to Examplepay.

use super::account::{Account, Credential};
use crate::json::{Object, Value};
use crate::money::Money;
use crate::providers::form;
use crate::providers::http::{Headers, HttpRequest};

/// Builds the request that charges a token: `POST /v1/charges`.
pub(super) fn charge(account: &Account, credential: &Credential, reference: &str, amount: Money) -> HttpRequest {
    let mut body = Object::default();
    body.required("merchant_id", &account.merchant_id);
    body.set("reference", Value::text(reference));
    body.set("amount", amount.minor_units());
    body.set("currency", Value::text(amount.currency().code()));
    body.required("token", &credential.token);
    HttpRequest::post_json(
        account.url("charges"),
        Headers::default().with("Idempotency-Key", reference),
        &body.finish(),
    )
}

/// Builds the request for the charge of a reference: `GET /v1/charges?reference=…`.
pub(super) fn find_charge(account: &Account, reference: &str) -> HttpRequest {
    let query = form::query(&[("reference", reference)]);
    HttpRequest::get(account.url(&["charges?", &query].concat()), Headers::default())
}
