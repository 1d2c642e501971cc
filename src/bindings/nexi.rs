//! Nexi Checkout.

use super::{Function, function, sure};
use crate::providers::http::{ChargeReply, HttpResponse, StatusReply};
use crate::providers::nexi;
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("nexi.recommendAgreement", terms: Terms => nexi::recommend_agreement(&terms)),
    function!("nexi.createPayment", input: nexi::CreatePayment => nexi::create_payment(&input)),
    function!("nexi.retrievePayment", input: nexi::Lookup => nexi::retrieve_payment(&input)),
    function!("nexi.terminatePayment", input: nexi::Lookup => nexi::terminate_payment(&input)),
    function!("nexi.retrieveSubscription", input: nexi::RetrieveSubscription => nexi::retrieve_subscription(&input)),
    function!("nexi.chargeSubscription", input: nexi::ChargeSubscription => nexi::charge_subscription(&input)),
    function!("nexi.chargeStatus", input: nexi::ChargeStatus => nexi::charge_status(&input)),
    function!("nexi.bulkCharge", input: nexi::BulkCharge => nexi::bulk_charge(&input)),
    function!("nexi.verifyAgreements", input: nexi::BulkVerification => nexi::verify_agreements(&input)),
    function!("nexi.retrieveBulk", input: nexi::RetrieveBulk => nexi::retrieve_bulk(&input)),
    function!("nexi.chargePayment", input: nexi::Settlement => nexi::charge_payment(&input)),
    function!("nexi.refund", input: nexi::Settlement => nexi::refund(&input)),
    function!("nexi.cancelPayment", input: nexi::Settlement => nexi::cancel_payment(&input)),
    function!("nexi.retrieveCharge", input: nexi::Lookup => nexi::retrieve_charge(&input)),
    function!("nexi.cancelPendingRefund", input: nexi::Lookup => nexi::cancel_pending_refund(&input)),
    function!("nexi.readCreated", input: HttpResponse => sure(nexi::read_created(&input))),
    function!("nexi.readCharge", input: ChargeReply => sure(nexi::read_charge(&input))),
    function!("nexi.readChargeStatus", input: StatusReply => sure(nexi::read_charge_status(&input))),
    function!("nexi.readRefund", input: HttpResponse => sure(nexi::read_refund(&input))),
    function!("nexi.readCancel", input: HttpResponse => sure(nexi::read_cancel(&input))),
    function!("nexi.readBulk", input: HttpResponse => sure(nexi::read_bulk(&input))),
    function!("nexi.readPayment", input: StatusReply => sure(nexi::read_payment(&input))),
    function!("nexi.readSubscription", input: HttpResponse => sure(nexi::read_subscription(&input))),
    function!("nexi.readError", input: HttpResponse => sure(nexi::read_error(&input))),
    function!("nexi.readBulkPage", input: nexi::BulkReply => sure(nexi::read_bulk_page(&input))),
    function!("nexi.readWebhook", input: nexi::WebhookInput => nexi::read_webhook(&input)),
];
