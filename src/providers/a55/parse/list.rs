//! A55's lists of charges, and an attempt looked for in one.

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
    /// Whether the answer says that more follow.
    pub has_more: bool,
    /// The error that A55 reports.
    pub error: Option<ApiError>,
}

object!(ChargeList { charges: required "charges", has_more: required "hasMore", error: nullable "error" });

/// Reads the answer to [`list_charges`](super::super::list_charges).
///
/// Source: that there are pages, A55's API reference; the shape of the answer is inferred. A bare list is read, and one under
/// `results`, `charges`, `data` or `items`.
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

/// A list of charges, in which an attempt is looked for.
#[derive(Clone, PartialEq, Eq)]
pub struct FindCharge {
    /// The HTTP status; 0 where no answer came.
    pub status: u32,
    /// The body: the last page, where the list has several.
    pub body: String,
    /// The pages before it.
    pub earlier: Option<Vec<HttpResponse>>,
    /// The payment's reference, as it was sent.
    pub reference: String,
    /// How many charges the page could have; default 100. A full page may have another after it.
    pub limit: Option<u32>,
    /// True where the request is surely over and the list covers the days of the attempt: a charge that the list does not have
    /// was then not made. Default false.
    pub request_is_over: Option<bool>,
    /// False where the charge was only to be authorised. Default true.
    pub capture: Option<bool>,
    /// The header `Retry-After`, as it came.
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

/// Shows no body.
impl std::fmt::Debug for FindCharge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} ({} bytes)", self.reference, self.status, self.body.len())
    }
}

/// Looks for an attempt in the answer to [`list_charges`](super::super::list_charges), by its reference (R6.6).
///
/// Of several charges with the reference the one that took money counts, then one that is pending, then one that is not
/// understood, then a decline. `not_made` comes only where the request is over, of a list that is surely whole: A55 documents no list, so
/// every field around the charges has to be known and to say that nothing follows, and every charge has to say which reference it bears,
/// or that it bears none, in fields that are known. Charges that A55 makes by its own recurrence have none.
///
/// Source: `reference_external_id` from one answer that A55 prints; that it stands in a list is inferred.
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
