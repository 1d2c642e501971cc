//! Dintero.

use super::{Function, operation, reader};
use crate::providers::dintero;
use crate::providers::http::HttpResponse;

pub(super) const FUNCTIONS: &[Function] = &[
    operation!("dintero.authToken", dintero::auth_token, dintero::Credentials),
    operation!("dintero.createSession", dintero::create_session, dintero::Session),
    operation!("dintero.createTokenSession", dintero::create_token_session, dintero::TokenSession),
    operation!("dintero.cancelSession", dintero::cancel_session, dintero::SessionRef),
    operation!("dintero.chargeToken", dintero::charge_token, dintero::Charge),
    operation!("dintero.getTransaction", dintero::get_transaction, dintero::TransactionQuery),
    operation!("dintero.findTransactions", dintero::find_transactions, dintero::TransactionsQuery),
    operation!("dintero.captureTransaction", dintero::capture_transaction, dintero::TransactionChange),
    operation!("dintero.refundTransaction", dintero::refund_transaction, dintero::TransactionChange),
    operation!("dintero.voidTransaction", dintero::void_transaction, dintero::TransactionRef),
    operation!("dintero.upgradePlan", dintero::upgrade_plan, dintero::Upgrade),
    operation!("dintero.listCardTokens", dintero::list_card_tokens, dintero::CardTokensQuery),
    operation!("dintero.deleteCardToken", dintero::delete_card_token, dintero::CardTokenDeletion),
    reader!("dintero.readAuthToken", dintero::read_auth_token, HttpResponse),
    reader!("dintero.readSession", dintero::read_session, HttpResponse),
    reader!("dintero.readCharge", dintero::read_charge, HttpResponse),
    reader!("dintero.readTransaction", dintero::read_transaction, HttpResponse),
    reader!("dintero.readTransactions", dintero::read_transactions, dintero::TransactionsAnswer),
    reader!("dintero.readCardTokens", dintero::read_card_tokens, HttpResponse),
    operation!("dintero.readCallback", dintero::read_callback, dintero::CallbackInput),
    operation!("dintero.readWebhook", dintero::read_webhook, dintero::WebhookInput),
];
