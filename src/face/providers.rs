//! What is common to the providers.

use super::{Function, nullable};
use crate::date::Date;
use crate::json::Shape;
use crate::providers::http::HttpRequest;
use crate::providers::outcome::{Outcome, outcome_event};
use crate::providers::redact;
use crate::subscription::Payment;

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
    Function { name: "redact", parameters: &["request"], run: |node| Some(redact(&HttpRequest::read(node)?).write()) },
];
