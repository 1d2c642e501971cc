//! Nexi Checkout.

use super::{Function, nullable, nullable_reader, operation, reader};
use crate::json::Shape;
use crate::providers::http::HttpResponse;
use crate::providers::nexi;
use crate::subscription::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    operation!("nexi.recommendAgreement", nexi::recommend_agreement, Terms),
    operation!("nexi.createPayment", nexi::create_payment, nexi::CreatePayment),
    operation!("nexi.retrievePayment", nexi::retrieve_payment, nexi::Lookup),
    operation!("nexi.terminatePayment", nexi::terminate_payment, nexi::Lookup),
    operation!("nexi.retrieveSubscription", nexi::retrieve_subscription, nexi::RetrieveSubscription),
    operation!("nexi.chargeSubscription", nexi::charge_subscription, nexi::ChargeSubscription),
    operation!("nexi.chargeStatus", nexi::charge_status, nexi::ChargeStatus),
    operation!("nexi.bulkCharge", nexi::bulk_charge, nexi::BulkCharge),
    operation!("nexi.verifyAgreements", nexi::verify_agreements, nexi::BulkVerification),
    operation!("nexi.retrieveBulk", nexi::retrieve_bulk, nexi::RetrieveBulk),
    operation!("nexi.chargePayment", nexi::charge_payment, nexi::Settlement),
    operation!("nexi.refund", nexi::refund, nexi::Settlement),
    operation!("nexi.cancelPayment", nexi::cancel_payment, nexi::Settlement),
    operation!("nexi.retrieveCharge", nexi::retrieve_charge, nexi::Lookup),
    operation!("nexi.retrieveRefund", nexi::retrieve_refund, nexi::Lookup),
    operation!("nexi.cancelPendingRefund", nexi::cancel_pending_refund, nexi::Lookup),
    reader!("nexi.readCreated", nexi::read_created, HttpResponse),
    reader!("nexi.readCharge", nexi::read_charge, HttpResponse),
    reader!("nexi.readChargeStatus", nexi::read_charge_status, HttpResponse),
    reader!("nexi.readRefund", nexi::read_refund, HttpResponse),
    reader!("nexi.readCancel", nexi::read_cancel, HttpResponse),
    reader!("nexi.readBulk", nexi::read_bulk, HttpResponse),
    nullable_reader!("nexi.readPayment", nexi::read_payment, HttpResponse),
    nullable_reader!("nexi.readSubscription", nexi::read_subscription, HttpResponse),
    nullable_reader!("nexi.readError", nexi::read_error, HttpResponse),
    nullable_reader!("nexi.readBulkPage", nexi::read_bulk_page, nexi::BulkReply),
    Function {
        name: "nexi.readWebhook",
        parameters: &["input"],
        run: |node| {
            let input = nexi::WebhookInput::read(node)?;
            node.answer(nexi::read_webhook(&input)).map(nullable)
        },
    },
];
