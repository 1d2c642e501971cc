//! What is common to the providers.

use super::{Function, nullable, operation, two};
use crate::date::Date;
use crate::json::Shape;
use crate::provider::Provider;
use crate::providers::door;
use crate::providers::http::HttpRequest;
use crate::providers::outcome::{Outcome, outcome_event};
use crate::providers::redact;
use crate::subscription::{Payment, Terms};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "outcomeEvent",
        parameters: &["payment", "outcome", "on"],
        run: |node| {
            let fields = node.object(&["payment", "outcome", "on"])?;
            let payment = fields.required::<Payment>("payment");
            let outcome = fields.required::<Outcome>("outcome");
            let on = fields.required::<Date>("on");
            Some(nullable(outcome_event(&payment?, &outcome?, on?)))
        },
    },
    operation!("chargeRequest", door::charge_request, door::ChargeInput),
    operation!("statusRequest", door::status_request, door::StatusInput),
    operation!("readCharge", door::read_charge, door::ChargeAnswer),
    operation!("readStatus", door::read_status, door::StatusAnswer),
    Function {
        name: "capabilities",
        parameters: &["provider"],
        run: |node| node.accept(door::capabilities(Provider::read(node)?)).map(|found| found.write()),
    },
    Function {
        name: "checkTerms",
        parameters: &["terms", "provider"],
        run: |node| {
            let (terms, provider) = two::<Terms, Provider>(node, "terms", "provider")?;
            node.answer(door::check_terms(&terms, provider)).map(|findings| findings.write())
        },
    },
    Function { name: "redact", parameters: &["request"], run: |node| Some(redact(&HttpRequest::read(node)?).write()) },
];
