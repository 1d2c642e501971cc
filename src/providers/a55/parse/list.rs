//! A55's lists of charges, and the search for an attempt in one of them.

use super::api_error::{ApiError, api_error};
use super::charge::{ChargeDetails, ReceivedAmounts, reference};
use super::pages::{List, is_known, page};
use super::status::{Source, outcome};
use crate::json::object;
use crate::providers::a55::request::operations::ListCharges;
use crate::providers::http::{HttpResponse, is_success};
use crate::providers::lenient::Answer;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// A page of a list of charges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeList {
    /// The charges.
    pub charges: Vec<ChargeDetails>,
    /// Whether the response says that more pages follow.
    pub has_more: bool,
    /// The error that A55 reports.
    pub error: Option<ApiError>,
}

object!(ChargeList { charges: required "charges", has_more: required "hasMore", error: nullable "error" });

/// Reads the response to [`list_charges`](super::super::list_charges).
///
/// Sources: A55's API reference says that there are pages; the shape of the response is inferred. It is read as a bare
/// array, or as one under `results`, `charges`, `data` or `items`.
pub fn read_charges(received: &ReceivedAmounts) -> ChargeList {
    let answer = Answer::parse(&received.body);
    let page = if is_success(received.status) { answer.as_ref().and_then(page) } else { None };
    let has_more = answer.as_ref().zip(page).is_some_and(|(answer, page)| List::alone(answer, page).says_more());
    ChargeList {
        charges: page.iter().flat_map(|page| *page).map(|c| ChargeDetails::read(c, received.currency)).collect(),
        has_more,
        error: api_error(received.status, answer.as_ref()),
    }
}

/// A list of charges to search for an attempt.
#[derive(Clone, PartialEq, Eq)]
pub struct FindCharge {
    /// The HTTP status; 0 if no response arrived.
    pub status: u32,
    /// The body: that of the last page, if there are several.
    pub body: String,
    /// The earlier pages.
    pub earlier: Option<Vec<HttpResponse>>,
    /// The payment's reference, as sent.
    pub reference: String,
    /// The maximum number of charges of a page; default 100. A full page may be followed by another.
    pub limit: Option<u32>,
    /// True if the request is certainly over and the list covers the days of the attempt. A charge that is not in the
    /// list was then not made. Default false.
    pub request_is_over: Option<bool>,
    /// False if the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// The header `Retry-After`, as received.
    pub retry_after: Option<String>,
}

object!(FindCharge {
    status: required "status",
    body: required "body",
    earlier: optional "earlier",
    reference: required "reference",
    limit: optional "limit",
    request_is_over: optional "requestIsOver",
    capture: optional "capture",
    retry_after: optional "retryAfter",
});

/// Does not print the body.
impl std::fmt::Debug for FindCharge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} ({} bytes)", self.reference, self.status, self.body.len())
    }
}

/// Searches the response to [`list_charges`](super::super::list_charges) for an attempt, by its reference (R6.6).
///
/// If several charges have the reference, the first of these counts: one that captured money, one that is pending, one
/// whose status is unknown, a decline. `not_made` requires that the request is over and the list is certainly complete.
/// As A55 does not document the list, this means:
///
/// - Every field around the charges is known, and none says that more follows.
/// - Every charge has its reference, or states that it has none, in known fields. Charges of A55's own recurrence have
///   none.
///
/// Source: `reference_external_id` is in one response that A55 prints; that lists contain it is inferred.
pub fn find_charge(input: &FindCharge) -> Outcome {
    searched(input).after(input.retry_after.as_ref())
}

fn searched(input: &FindCharge) -> Outcome {
    let read = |status: u32, body: &str| if is_success(status) { Answer::parse(body) } else { None };
    let mut pages: Vec<Option<Answer>> =
        input.earlier.iter().flatten().map(|page| read(page.status, &page.body)).collect();
    pages.push(read(input.status, &input.body));
    let charges: Vec<&Answer> = pages.iter().flatten().filter_map(page).flatten().collect();
    let weight = |outcome: &Outcome| match outcome.status {
        OutcomeStatus::Succeeded => 4,
        OutcomeStatus::Pending => 3,
        OutcomeStatus::Unknown => 2,
        OutcomeStatus::Declined => 1,
        OutcomeStatus::NotMade => 0,
    };
    let found = charges.iter().filter(|charge| reference(charge) == Some(input.reference.as_str()));
    let outcomes = found.map(|charge| outcome(charge, input.capture.unwrap_or(true), Source::Asked));
    if let Some(outcome) = outcomes.max_by_key(weight) {
        return outcome;
    }
    let limit = usize::try_from(input.limit.unwrap_or(ListCharges::LIMIT)).unwrap_or(usize::MAX);
    let count = pages.len();
    let ends = |(index, answer): (usize, &Option<Answer>)| {
        let number = index.saturating_add(1);
        let Some((answer, charges_here)) = answer.as_ref().and_then(|answer| Some((answer, page(answer)?))) else {
            return false;
        };
        let list = List { answer, seen: charges.len(), here: charges_here.len(), number, last: number == count };
        list.ends() && (number < count || charges_here.len() < limit)
    };
    let whole = pages.iter().enumerate().all(ends) && charges.iter().all(|charge| is_known(charge));
    Outcome::absent(whole && input.request_is_over == Some(true))
}
