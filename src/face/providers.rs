//! What is common to the providers, and what is asked when one of them has declined.

use super::{Function, function, sure};
use crate::date::Date;
use crate::provider::Provider;
use crate::providers::door;
use crate::providers::http::HttpRequest;
use crate::providers::outcome::{Outcome, outcome_event};
use crate::providers::redact;
use crate::retry::{PlanRetryInput, plan_retry};
use crate::subscription::{Payment, Terms};

pub(super) const FUNCTIONS: &[Function] = &[
    function!(
        "outcomeEvent", payment: required Payment, outcome: required Outcome, on: required Date
        => sure(outcome_event(&payment, &outcome, on))
    ),
    function!("planRetry", input: PlanRetryInput => plan_retry(&input)),
    function!("chargeRequest", input: door::ChargeInput => door::charge_request(&input)),
    function!("statusRequest", input: door::StatusInput => door::status_request(&input)),
    function!("readCharge", input: door::ChargeAnswer => door::read_charge(&input)),
    function!("readStatus", input: door::StatusAnswer => door::read_status(&input)),
    function!("capabilities", provider: Provider => door::capabilities(provider)),
    function!("checkTerms", terms: required Terms, provider: required Provider => door::check_terms(&terms, provider)),
    function!("redact", request: HttpRequest => sure(redact(&request))),
];
