//! Dintero: checkout sessions that store a card, charges of the stored card, and operations on transactions.
//!
//! Dintero runs no schedules: every charge is the merchant's, by [`charge_token`] (`POST /v1/sessions/pay`). A first
//! payment, and any other by the customer, uses [`create_session`]. [`create_token_session`] stores a card without a
//! charge.
//!
//! Sources, with these names below: *types*, the official types that Dintero generates from its specification
//! (Dintero.Node.SDK); *docs*, the pages of docs.dintero.com; *plugin*, Dintero's own WooCommerce plugin. A statement
//! without a source is confirmed by two of them. Not documented, and therefore not checked: maximum lengths, the list
//! of currencies, a smallest amount, literal responses to a charge, and the value of `success` for a failed charge,
//! which is why only `status` decides.

#![cfg(feature = "dintero")]

mod account;
pub(crate) mod adapter;
mod checks;
mod parse;
mod request;
mod webhook;

use super::http::{ChargeReply, HttpResponse, StatusReply};
use crate::json::{Function, function, sure};

pub use account::{Account, Credential, Credentials, Environment, auth_token};
pub use adapter::{AdapterCharge, AdapterStatus};
pub use parse::access_token::{AccessToken, read_auth_token};
pub use parse::change::{
    Change, ChangeReply, read_cancelled_session, read_capture, read_deleted_token, read_refund, read_void,
};
pub use parse::charge::read_charge;
pub use parse::session::{CreatedSession, read_session};
pub use parse::tokens::{CardToken, CardTokens, read_card_tokens};
pub use parse::transaction::{
    ApiError, Card, Failure, Transaction, TransactionEvent, Transactions, TransactionsAnswer, read_transaction,
    read_transactions,
};
pub use request::charge::{Charge, Duplicates, Operation, charge_token};
pub use request::order::{Addresses, Capture, Customer, Item, Order, order_items};
pub use request::session::{
    AuthMethod, Product, SaveCard, Session, SessionRef, TokenSession, TokenType, Tokens, cancel_session,
    create_session, create_token_session,
};
pub use request::tokens::{CardTokenDeletion, CardTokensQuery, delete_card_token, list_card_tokens};
pub use request::transaction::{
    TransactionChange, TransactionQuery, TransactionRef, TransactionsQuery, capture_transaction, find_transactions,
    get_transaction, refund_transaction, void_transaction,
};
pub use request::upgrade::{PaidBefore, PlannedName, PlannedRequest, Upgrade, upgrade_plan};
pub use webhook::{Callback, CallbackInput, Webhook, WebhookInput, read_callback, read_webhook};

/// The body fields that contain secrets.
const SECRET_FIELDS: &[&str] =
    &["payment_token", "recurrence_token", "access_token", "refresh_token", "token", "client_secret"];

/// The functions by their names in JavaScript.
const FUNCTIONS: &[Function] = &[
    function!("dintero.authToken", input: Credentials => auth_token(&input)),
    function!("dintero.createSession", input: Session => create_session(&input)),
    function!("dintero.createTokenSession", input: TokenSession => create_token_session(&input)),
    function!("dintero.cancelSession", input: SessionRef => cancel_session(&input)),
    function!("dintero.chargeToken", input: Charge => charge_token(&input)),
    function!("dintero.getTransaction", input: TransactionQuery => get_transaction(&input)),
    function!("dintero.findTransactions", input: TransactionsQuery => find_transactions(&input)),
    function!("dintero.captureTransaction", input: TransactionChange => capture_transaction(&input)),
    function!("dintero.refundTransaction", input: TransactionChange => refund_transaction(&input)),
    function!("dintero.voidTransaction", input: TransactionRef => void_transaction(&input)),
    function!("dintero.upgradePlan", input: Upgrade => upgrade_plan(&input)),
    function!("dintero.listCardTokens", input: CardTokensQuery => list_card_tokens(&input)),
    function!("dintero.deleteCardToken", input: CardTokenDeletion => delete_card_token(&input)),
    function!("dintero.readAuthToken", input: HttpResponse => sure(read_auth_token(&input))),
    function!("dintero.readSession", input: HttpResponse => sure(read_session(&input))),
    function!("dintero.readCharge", input: ChargeReply => sure(read_charge(&input))),
    function!("dintero.readTransaction", input: StatusReply => sure(read_transaction(&input))),
    function!("dintero.readTransactions", input: TransactionsAnswer => sure(read_transactions(&input))),
    function!("dintero.readCapture", input: ChangeReply => sure(read_capture(&input))),
    function!("dintero.readRefund", input: ChangeReply => sure(read_refund(&input))),
    function!("dintero.readVoid", input: HttpResponse => sure(read_void(&input))),
    function!("dintero.readCancelledSession", input: HttpResponse => sure(read_cancelled_session(&input))),
    function!("dintero.readDeletedToken", input: HttpResponse => sure(read_deleted_token(&input))),
    function!("dintero.readCardTokens", input: HttpResponse => sure(read_card_tokens(&input))),
    function!("dintero.readCallback", input: CallbackInput => read_callback(&input)),
    function!("dintero.readWebhook", input: WebhookInput => read_webhook(&input)),
];
