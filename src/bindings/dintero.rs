//! Dintero.

use super::{Function, function, sure};
use crate::providers::dintero;
use crate::providers::http::{ChargeReply, HttpResponse, StatusReply};

pub(super) const FUNCTIONS: &[Function] = &[
    function!("dintero.authToken", input: dintero::Credentials => dintero::auth_token(&input)),
    function!("dintero.createSession", input: dintero::Session => dintero::create_session(&input)),
    function!("dintero.createTokenSession", input: dintero::TokenSession => dintero::create_token_session(&input)),
    function!("dintero.cancelSession", input: dintero::SessionRef => dintero::cancel_session(&input)),
    function!("dintero.chargeToken", input: dintero::Charge => dintero::charge_token(&input)),
    function!("dintero.getTransaction", input: dintero::TransactionQuery => dintero::get_transaction(&input)),
    function!("dintero.findTransactions", input: dintero::TransactionsQuery => dintero::find_transactions(&input)),
    function!("dintero.captureTransaction", input: dintero::TransactionChange => dintero::capture_transaction(&input)),
    function!("dintero.refundTransaction", input: dintero::TransactionChange => dintero::refund_transaction(&input)),
    function!("dintero.voidTransaction", input: dintero::TransactionRef => dintero::void_transaction(&input)),
    function!("dintero.upgradePlan", input: dintero::Upgrade => dintero::upgrade_plan(&input)),
    function!("dintero.listCardTokens", input: dintero::CardTokensQuery => dintero::list_card_tokens(&input)),
    function!("dintero.deleteCardToken", input: dintero::CardTokenDeletion => dintero::delete_card_token(&input)),
    function!("dintero.readAuthToken", input: HttpResponse => sure(dintero::read_auth_token(&input))),
    function!("dintero.readSession", input: HttpResponse => sure(dintero::read_session(&input))),
    function!("dintero.readCharge", input: ChargeReply => sure(dintero::read_charge(&input))),
    function!("dintero.readTransaction", input: StatusReply => sure(dintero::read_transaction(&input))),
    function!("dintero.readTransactions", input: dintero::TransactionsAnswer => sure(dintero::read_transactions(&input))),
    function!("dintero.readCapture", input: dintero::ChangeReply => sure(dintero::read_capture(&input))),
    function!("dintero.readRefund", input: dintero::ChangeReply => sure(dintero::read_refund(&input))),
    function!("dintero.readVoid", input: HttpResponse => sure(dintero::read_void(&input))),
    function!("dintero.readCancelledSession", input: HttpResponse => sure(dintero::read_cancelled_session(&input))),
    function!("dintero.readDeletedToken", input: HttpResponse => sure(dintero::read_deleted_token(&input))),
    function!("dintero.readCardTokens", input: HttpResponse => sure(dintero::read_card_tokens(&input))),
    function!("dintero.readCallback", input: dintero::CallbackInput => dintero::read_callback(&input)),
    function!("dintero.readWebhook", input: dintero::WebhookInput => dintero::read_webhook(&input)),
];
