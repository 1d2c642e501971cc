//! A55.

use super::{Function, function, sure};
use crate::providers::a55;
use crate::providers::http::HttpResponse;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("a55.tokenRequest", input: a55::TokenRequest => a55::token_request(&input)),
    function!("a55.createCharge", input: a55::Charge => a55::create_charge(&input)),
    function!("a55.getCharge", input: a55::ChargeId => a55::get_charge(&input)),
    function!("a55.listCharges", input: a55::ListCharges => a55::list_charges(&input)),
    function!("a55.captureCharge", input: a55::ChargeChange => a55::capture_charge(&input)),
    function!("a55.cancelCharge", input: a55::ChargeChange => a55::cancel_charge(&input)),
    function!("a55.refundCharge", input: a55::ChargeChange => a55::refund_charge(&input)),
    function!("a55.getSubscription", input: a55::SubscriptionId => a55::get_subscription(&input)),
    function!("a55.cancelSubscription", input: a55::SubscriptionId => a55::cancel_subscription(&input)),
    function!("a55.compareSubscription", input: a55::CompareSubscription => a55::compare_subscription(&input)),
    function!("a55.readWebhook", input: a55::Webhook => a55::read_webhook(&input)),
    function!("a55.readToken", input: HttpResponse => sure(a55::read_token(&input))),
    function!("a55.readCharge", input: a55::ReceivedCharge => sure(a55::read_charge(&input))),
    function!("a55.readChargeStatus", input: a55::ReceivedStatus => sure(a55::read_charge_status(&input))),
    function!("a55.readChargeDetails", input: a55::ReceivedAmounts => sure(a55::read_charge_details(&input))),
    function!("a55.readCharges", input: a55::ReceivedAmounts => sure(a55::read_charges(&input))),
    function!("a55.findCharge", input: a55::FindCharge => sure(a55::find_charge(&input))),
    function!("a55.readCapture", input: HttpResponse => sure(a55::read_capture(&input))),
    function!("a55.readCancelCharge", input: HttpResponse => sure(a55::read_cancel_charge(&input))),
    function!("a55.readRefund", input: HttpResponse => sure(a55::read_refund(&input))),
    function!("a55.readSubscription", input: a55::ReceivedAmounts => sure(a55::read_subscription(&input))),
    function!("a55.readCancelSubscription", input: HttpResponse => sure(a55::read_cancel_subscription(&input))),
    function!("a55.readError", input: HttpResponse => sure(a55::read_error(&input))),
];
