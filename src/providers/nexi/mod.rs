//! Nexi Checkout (formerly Nets Easy, DIBS Easy): cards of the Nordic countries and beyond. The merchant charges them
//! by an agreement that a checkout creates.
//!
//! Sources: Nexi's Payment API v1 reference and guides (developer.nexigroup.com/nexi-checkout), its OpenAPI 3.0.4
//! document (*OpenAPI* below), Nets' own PHP SDK, the .NET client SolidNetsEasy, Krokedil's plugin for WooCommerce, and
//! the sandbox notes of the client laravel-cashier-nets. A statement with only one source is marked so where it is
//! used.
//!
//! An agreement is *scheduled* (`subscription`: an interval and an end date) or *unscheduled*
//! (`unscheduledSubscription`, a card on file for any amounts and days); [`recommend_agreement`] returns which one
//! fits. Either way only the merchant charges: Nexi has no scheduler of its own, and no way to cancel an agreement.
//!
//! The requests contain no credentials: the caller adds the header `Authorization` with the secret key, without a
//! scheme. Amounts are minor units, up to 2 147 483 647.
//!
//! Charges of an agreement are deduplicated by the header `Idempotency-Key`, batches of them by `externalBulkChargeId`.
//! How long Nexi remembers either is not documented; a declined charge is not remembered. If [`charge_status`] cannot
//! resolve an unknown outcome, see `docs/nexi.md`, by outcome: Nexi answers 404 both for a key it never saw and for a
//! decline.

//!
//! # What Nexi leaves open, and what this library does
//!
//! - The amount of a registration: the reference says above 0, its guides prescribe 0 (three sources). This library
//!   sends 0, and one minor unit only on request ([`Purpose::OneMinorUnit`], one source).
//! - Nexi does not check the VAT arithmetic; its own pages print items that contradict themselves. Here an item must
//!   add up. Both check that the gross totals add up to the amount.
//! - The response to a charge before the interval has passed, or after the end date: not documented. The interval is 0
//!   unless set, and is checked against the terms; an `ExpiredSubscription` needs the customer.
//! - The maximum size of a batch: not documented, so the caller sets it.
//! - `allowVariableAmount` of a scheduled agreement: not described, not sent.
//! - The body of 402 for charges of agreements: read like that for charges of payments (two sources). 409: not
//!   described, so unknown.
//! - A verified payment: not described. It counts as verified when it has an agreement and shows the card or method it
//!   was paid with (inferred).
//! - The currencies: eight, by one source.
//! - The state of a refund: the response to `GET /v1/refunds/{id}` has none (OpenAPI), so there is no builder for it;
//!   `refunds` of the payment has it.
//! - Codes of source `Internal` are the platform's: they are not looked up among the issuer's.

#![cfg(feature = "nexi")]

mod account;
pub(crate) mod adapter;
mod checks;
mod parse;
mod request;
mod webhook;

use super::http::{ChargeReply, HttpResponse, StatusReply};
use crate::json::{Function, function, sure};
use crate::terms::Terms;

pub use account::{Account, Agreement, Credential, Environment};
pub use adapter::{AdapterCharge, AdapterStatus};
pub use parse::{
    ApiError, BulkItem, BulkPage, BulkReply, CardOnFile, Created, FieldError, PaymentCharge, PaymentDetails,
    PaymentRefund, PaymentState, Receipt, SubscriptionDetails, read_bulk, read_bulk_page, read_cancel, read_charge,
    read_charge_status, read_created, read_error, read_payment, read_refund, read_subscription,
};
pub use request::advice::{AgreementAdvice, recommend_agreement};
pub use request::bulk::{
    BulkBatch, BulkCharge, BulkEntry, BulkKind, BulkPayment, BulkVerification, RetrieveBulk, bulk_charge,
    retrieve_bulk, verify_agreements,
};
pub use request::charge::{
    ChargeStatus, ChargeSubscription, RetrieveSubscription, charge_status, charge_subscription, retrieve_subscription,
};
pub use request::checkout::{Address, Checkout, Company, Consumer, ConsumerType, Integration, Person, Phone, WebHook};
pub use request::create::{CreatePayment, NewAgreement, Purpose, Scheduled, create_payment};
pub use request::order::{Item, Order, Quantity, order_items};
pub use request::settle::{
    Lookup, Settlement, cancel_payment, cancel_pending_refund, charge_payment, refund, retrieve_charge,
    retrieve_payment, terminate_payment,
};
pub use webhook::{Webhook, WebhookInput, read_webhook};

/// The body fields that contain secrets: the value that proves a webhook to be Nexi's.
const SECRET_FIELDS: &[&str] = &["authorization"];

/// The functions by their names in JavaScript.
const FUNCTIONS: &[Function] = &[
    function!("nexi.recommendAgreement", terms: Terms => recommend_agreement(&terms)),
    function!("nexi.createPayment", input: CreatePayment => create_payment(&input)),
    function!("nexi.retrievePayment", input: Lookup => retrieve_payment(&input)),
    function!("nexi.terminatePayment", input: Lookup => terminate_payment(&input)),
    function!("nexi.retrieveSubscription", input: RetrieveSubscription => retrieve_subscription(&input)),
    function!("nexi.chargeSubscription", input: ChargeSubscription => charge_subscription(&input)),
    function!("nexi.chargeStatus", input: ChargeStatus => charge_status(&input)),
    function!("nexi.bulkCharge", input: BulkCharge => bulk_charge(&input)),
    function!("nexi.verifyAgreements", input: BulkVerification => verify_agreements(&input)),
    function!("nexi.retrieveBulk", input: RetrieveBulk => retrieve_bulk(&input)),
    function!("nexi.chargePayment", input: Settlement => charge_payment(&input)),
    function!("nexi.refund", input: Settlement => refund(&input)),
    function!("nexi.cancelPayment", input: Settlement => cancel_payment(&input)),
    function!("nexi.retrieveCharge", input: Lookup => retrieve_charge(&input)),
    function!("nexi.cancelPendingRefund", input: Lookup => cancel_pending_refund(&input)),
    function!("nexi.readCreated", input: HttpResponse => sure(read_created(&input))),
    function!("nexi.readCharge", input: ChargeReply => sure(read_charge(&input))),
    function!("nexi.readChargeStatus", input: StatusReply => sure(read_charge_status(&input))),
    function!("nexi.readRefund", input: HttpResponse => sure(read_refund(&input))),
    function!("nexi.readCancel", input: HttpResponse => sure(read_cancel(&input))),
    function!("nexi.readBulk", input: HttpResponse => sure(read_bulk(&input))),
    function!("nexi.readPayment", input: StatusReply => sure(read_payment(&input))),
    function!("nexi.readSubscription", input: HttpResponse => sure(read_subscription(&input))),
    function!("nexi.readError", input: HttpResponse => sure(read_error(&input))),
    function!("nexi.readBulkPage", input: BulkReply => sure(read_bulk_page(&input))),
    function!("nexi.readWebhook", input: WebhookInput => read_webhook(&input)),
];
