//! A55's lists of charges, and an attempt looked for in one.

use super::api_error::{ApiError, api_error};
use super::operations::ListCharges;
use super::response::{ChargeDetails, ReceivedAmounts};
use super::status::{Source, outcome};
use crate::json::object;
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

/// Reads the answer to [`list_charges`](super::list_charges).
///
/// Source: that there are pages, A55's API reference; the shape of the answer is inferred. A bare list is read, and one under
/// `results`, `charges`, `data` or `items`.
pub fn read_charges(received: &ReceivedAmounts) -> ChargeList {
    let answer = Answer::parse(&received.body);
    let page = answer.as_ref().filter(|_| is_success(received.status)).and_then(page);
    ChargeList {
        charges: page.iter().flat_map(|page| *page).map(|c| ChargeDetails::read(c, received.currency)).collect(),
        has_more: page.is_some() && answer.as_ref().is_some_and(says_more),
        error: api_error(received.status, answer.as_ref()),
    }
}

fn page(answer: &Answer) -> Option<&[Answer]> {
    match answer {
        Answer::List(items) => Some(items),
        _ => match answer.either(&["results", "charges", "data", "items"]) {
            Answer::List(items) => Some(items),
            nested @ Answer::Object(_) => match nested.either(&["results", "charges", "items"]) {
                Answer::List(items) => Some(items),
                _ => None,
            },
            _ => None,
        },
    }
}

fn says_more(answer: &Answer) -> bool {
    let next = answer.either(&["next", "next_page"]);
    let pages = (answer.get("page").integer(), answer.either(&["total_pages", "pages", "page_count"]).integer());
    next.text().is_some()
        || answer.either(&["has_more", "has_next"]).flag() == Some(true)
        || matches!(pages, (Some(page), Some(pages)) if page < pages)
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
}

object!(FindCharge {
    status: required "status",
    body: required "body",
    earlier: optional "earlier",
    reference: required "reference",
    limit: optional "limit",
    request_is_over: optional "requestIsOver",
    capture: optional "capture",
});

/// Shows no body.
impl std::fmt::Debug for FindCharge {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in {} ({} bytes)", self.reference, self.status, self.body.len())
    }
}

/// Looks for an attempt in the answer to [`list_charges`](super::list_charges), by its reference (R6.6).
///
/// Of several charges with the reference the one that took money counts, then one that is pending, then one that is not
/// understood, then a decline. `not_made` comes only where the request is over, of a list that A55 does not continue after the
/// last page, in which every charge bears a reference or says that it has none, and none this one. Charges that A55 makes by
/// its own recurrence have none.
///
/// Sources: `reference_external_id` from one answer that A55 prints, `transaction_reference` from its page on webhooks; that
/// either stands in a list is inferred.
pub fn find_charge(input: &FindCharge) -> Outcome {
    let nothing_known = Outcome::unknown();
    let read = |status: u32, body: &str| Answer::parse(body).filter(|_| is_success(status));
    let earlier: Option<Vec<Answer>> =
        input.earlier.iter().flatten().map(|page| read(page.status, &page.body)).collect();
    let last = read(input.status, &input.body);
    let read: Vec<&Answer> = earlier.iter().flatten().chain(&last).collect();
    let charges: Vec<&Answer> = read.iter().filter_map(|answer| page(answer)).flatten().collect();
    let bears =
        |charge: &&&Answer| REFERENCES.iter().any(|name| charge.get(name).text() == Some(input.reference.as_str()));
    let weight = |outcome: &Outcome| match outcome.status {
        OutcomeStatus::Succeeded => 4,
        OutcomeStatus::Pending => 3,
        OutcomeStatus::Unknown => 2,
        OutcomeStatus::Declined => 1,
        OutcomeStatus::NotMade => 0,
    };
    let found = charges.iter().filter(bears);
    let outcomes = found.map(|charge| outcome(charge, input.capture.unwrap_or(true), Source::Asked));
    if let Some(outcome) = outcomes.max_by_key(weight) {
        return outcome;
    }
    let limit = usize::try_from(input.limit.unwrap_or(ListCharges::LIMIT)).unwrap_or(usize::MAX);
    let is_last = |answer: &Answer| !says_more(answer) && page(answer).is_some_and(|charges| charges.len() < limit);
    let whole = earlier.as_ref().is_some_and(|pages| pages.iter().all(|answer| page(answer).is_some()))
        && last.as_ref().is_some_and(is_last)
        && charges.iter().all(|charge| tells_reference(charge));
    let not_made = whole && input.request_is_over == Some(true);
    if not_made { Outcome { status: OutcomeStatus::NotMade, ..nothing_known } } else { nothing_known }
}

const REFERENCES: [&str; 2] = ["reference_external_id", "transaction_reference"];

/// Whether a charge says which reference it bears, or that it bears none.
fn tells_reference(charge: &Answer) -> bool {
    let is_it = |name: &str| REFERENCES.iter().any(|known| name.trim().eq_ignore_ascii_case(known));
    charge.fields().iter().any(|(name, _)| is_it(name))
}
