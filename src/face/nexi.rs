//! Nexi Checkout.

use super::{Function, nullable, operation};
use crate::json::{Node, Shape, Value};
use crate::providers::http::HttpResponse;
use crate::providers::nexi;
use crate::subscription::Terms;

/// The row of a reader: an answer in, its meaning out.
macro_rules! reader {
    ($name:literal, $run:path) => {
        Function { name: $name, parameters: &["input"], run: |node| Some($run(&HttpResponse::read(node)?).write()) }
    };
}

/// The row of a reader that has no answer for what it does not know.
macro_rules! nullable_reader {
    ($name:literal, $run:path, $input:ty) => {
        Function { name: $name, parameters: &["input"], run: |node| read_nullable::<$input, _>(node, $run) }
    };
}

fn read_nullable<I: Shape, O: Shape>(node: &Node<'_>, run: fn(&I) -> Option<O>) -> Option<Value> {
    Some(nullable(run(&I::read(node)?)))
}

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
    reader!("nexi.readCreated", nexi::read_created),
    reader!("nexi.readCharge", nexi::read_charge),
    reader!("nexi.readChargeStatus", nexi::read_charge_status),
    reader!("nexi.readRefund", nexi::read_refund),
    reader!("nexi.readCancel", nexi::read_cancel),
    reader!("nexi.readBulk", nexi::read_bulk),
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
