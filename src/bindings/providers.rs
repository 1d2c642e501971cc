//! The functions of the unified API, and the retry plan after a decline.

use crate::date::Date;
use crate::json::{Function, Keys, function, sure};
use crate::payment::Payment;
use crate::provider::Provider;
use crate::providers::http::HttpRequest;
use crate::providers::outcome::{Outcome, event_from_outcome};
use crate::providers::redact;
use crate::providers::unified;
use crate::retry::{PlanRetryInput, plan_retry};
use crate::terms::Terms;

const ORDER_ITEMS: Keys = "payment provider ";

pub(super) const FUNCTIONS: &[Function] = &[
    function!(
        "eventFromOutcome", payment: required Payment, outcome: required Outcome, on: required Date
        => sure(event_from_outcome(&payment, &outcome, on))
    ),
    function!("planRetry", input: PlanRetryInput => plan_retry(&input)),
    function!("chargeRequest", input: unified::ChargeInput => unified::charge_request(&input)),
    function!("statusRequest", input: unified::StatusInput => unified::status_request(&input)),
    function!("readCharge", input: unified::ReadChargeInput => unified::read_charge(&input)),
    function!("readStatus", input: unified::ReadStatusInput => unified::read_status(&input)),
    function!("capabilities", provider: Provider => unified::capabilities(provider)),
    function!("checkTerms", terms: required Terms, provider: required Provider => unified::check_terms(&terms, provider)),
    Function {
        name: "orderItems",
        parameters: ORDER_ITEMS,
        run: |node| {
            let (payment, provider) = node.object(ORDER_ITEMS, |fields| {
                (fields.required::<Payment>("payment"), fields.required::<Provider>("provider"))
            });
            if !node.has_no_errors() {
                return None;
            }
            node.ok_or_report(unified::order_items(&payment, provider))
        },
    },
    function!("redact", request: HttpRequest => sure(redact(&request))),
];
