//! A55.

use super::{Function, nullable_reader, operation, reader};
use crate::providers::a55;
use crate::providers::http::HttpResponse;

pub(super) const FUNCTIONS: &[Function] = &[
    operation!("a55.tokenRequest", a55::token_request, a55::TokenRequest),
    operation!("a55.createCharge", a55::create_charge, a55::Charge),
    operation!("a55.getCharge", a55::get_charge, a55::ChargeId),
    operation!("a55.listCharges", a55::list_charges, a55::ListCharges),
    operation!("a55.captureCharge", a55::capture_charge, a55::ChargeChange),
    operation!("a55.cancelCharge", a55::cancel_charge, a55::ChargeChange),
    operation!("a55.refundCharge", a55::refund_charge, a55::ChargeChange),
    operation!("a55.getSubscription", a55::get_subscription, a55::SubscriptionId),
    operation!("a55.cancelSubscription", a55::cancel_subscription, a55::SubscriptionId),
    operation!("a55.compareSubscription", a55::compare_subscription, a55::CompareSubscription),
    operation!("a55.readWebhook", a55::read_webhook, a55::Webhook),
    reader!("a55.readToken", a55::read_token, HttpResponse),
    reader!("a55.readCharge", a55::read_charge, a55::ReceivedCharge),
    reader!("a55.readChargeStatus", a55::read_charge_status, a55::ReceivedCharge),
    reader!("a55.readChargeDetails", a55::read_charge_details, a55::ReceivedAmounts),
    reader!("a55.readCharges", a55::read_charges, a55::ReceivedAmounts),
    reader!("a55.findCharge", a55::find_charge, a55::FindCharge),
    reader!("a55.readCapture", a55::read_capture, HttpResponse),
    reader!("a55.readCancelCharge", a55::read_cancel_charge, HttpResponse),
    reader!("a55.readRefund", a55::read_refund, HttpResponse),
    reader!("a55.readSubscription", a55::read_subscription, a55::ReceivedAmounts),
    reader!("a55.readCancelSubscription", a55::read_cancel_subscription, HttpResponse),
    nullable_reader!("a55.readProblem", a55::read_problem, HttpResponse),
];
