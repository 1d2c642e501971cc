//! Whether a list in a response continues, and whether the response is understood completely.
//!
//! A55 documents that lists have pages, but neither the shape of the response nor its field names. Ignoring an unknown
//! field proves no absence (R7.5), so a list has ended only if every field is known and none says that more follows.

use crate::providers::lenient::Answer;

/// The names of the field that contains the list (inferred).
const LISTS: [&str; 4] = ["results", "charges", "data", "items"];

/// Returns the charges of a response: a bare array, one in a field, or one in a field of a field.
pub(crate) fn page(answer: &Answer) -> Option<&[Answer]> {
    match answer {
        Answer::List(items) => Some(items),
        _ => match answer.either(&LISTS) {
            Answer::List(items) => Some(items),
            nested @ Answer::Object(_) => match nested.either(&LISTS) {
                Answer::List(items) => Some(items),
                _ => None,
            },
            _ => None,
        },
    }
}

/// What a field says about the list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    /// Nothing follows, or it is about something else.
    Ends,
    /// More follows.
    GoesOn,
    /// The field is unknown.
    Unknown,
}

/// A response with a list, and its position among all pages.
pub(crate) struct List<'a> {
    pub(crate) answer: &'a Answer,
    /// How many charges the pages so far contain.
    pub(crate) seen: usize,
    /// How many charges this page contains.
    pub(crate) here: usize,
    /// The number of this page, from 1.
    pub(crate) number: usize,
    /// Whether this is the last page received.
    pub(crate) last: bool,
}

impl<'a> List<'a> {
    /// Builds a page on its own, with the page number that it states.
    pub(crate) fn alone(answer: &'a Answer, page: &[Answer]) -> Self {
        let size = |names: &[&str]| answer.either(names).integer().and_then(|size| usize::try_from(size).ok());
        let number = size(&["page", "current_page", "currentPage"]).unwrap_or(1);
        let before = size(&["limit", "per_page", "perPage", "page_size", "pageSize"]).unwrap_or(page.len());
        let seen = number.saturating_sub(1).saturating_mul(before).saturating_add(page.len());
        Self { answer, seen, here: page.len(), number, last: true }
    }

    /// Returns whether a field says that more follows.
    pub(crate) fn says_more(&self) -> bool {
        self.any(self.answer, Says::GoesOn)
    }

    /// Returns whether every field is known and none says that more follows.
    pub(crate) fn ends(&self) -> bool {
        let lists = |answer: &Answer| LISTS.iter().filter(|name| answer.get(name).is_given()).count();
        let inner = self.answer.either(&LISTS);
        let one = !matches!(self.answer, Answer::Object(_)) || (lists(self.answer) == 1 && lists(inner) <= 1);
        one && !self.any(self.answer, Says::GoesOn) && !self.any(self.answer, Says::Unknown)
    }

    fn any(&self, answer: &Answer, says: Says) -> bool {
        answer.fields().iter().any(|(name, value)| match (value, kind(name)) {
            // An object around the list or beside it.
            (Answer::Object(_), Kind::List | Kind::Beside) => self.any(value, says),
            (_, kind) => self.field(kind, value) == says,
        })
    }

    fn field(&self, kind: Kind, value: &Answer) -> Says {
        let number = value.integer().and_then(|number| usize::try_from(number).ok());
        match kind {
            Kind::List => Says::ends_if(matches!(value, Answer::List(_))),
            Kind::Harmless => Says::Ends,
            Kind::Total => Says::ends_by(number, self.seen),
            Kind::Page => Says::ends_if(number == Some(self.number)),
            Kind::Beside | Kind::Unknown => Says::Unknown,
            _ if !self.last => Says::Ends,
            Kind::Next => match value {
                Answer::Nothing | Answer::Bool(false) => Says::Ends,
                Answer::Text(text) if text.trim().is_empty() => Says::Ends,
                _ => Says::GoesOn,
            },
            Kind::More => value.flag().map_or(Says::Unknown, |more| if more { Says::GoesOn } else { Says::Ends }),
            Kind::Pages => Says::ends_by(number, self.number),
            // A full page may be followed by another.
            Kind::Size => Says::ends_if(number.is_some_and(|size| self.here < size)),
        }
    }
}

impl Says {
    /// Returns what a field says that can only confirm the end.
    fn ends_if(confirmed: bool) -> Self {
        if confirmed { Self::Ends } else { Self::Unknown }
    }

    /// Returns what a count says, given how many charges were seen.
    fn ends_by(count: Option<usize>, seen: usize) -> Self {
        match count {
            Some(count) if count <= seen => Self::Ends,
            Some(_) => Self::GoesOn,
            None => Self::Unknown,
        }
    }
}

/// The subject of a field.
#[derive(Clone, Copy)]
enum Kind {
    List,
    /// A description of the list.
    Beside,
    /// Repeats the request (A55's reference) without selecting charges, or gives the position of the page among the
    /// others.
    Harmless,
    Total,
    Page,
    Next,
    More,
    Pages,
    Size,
    Unknown,
}

/// The usual names, normalised so that `hasMore` and `has_more` are equal.
const NAMES: [(Kind, &str); 9] = [
    (Kind::List, "results charges data items"),
    (Kind::Beside, "pagination paging meta pageinfo links"),
    (Kind::Harmless, "walletuuid datestart dateend previous prev previouspage prevpage first"),
    (Kind::Total, "total count totalcount totalitems totalresults totalrecords"),
    (Kind::Page, "page currentpage pagenumber"),
    (Kind::Next, "next nextpage nextcursor nexturl"),
    (Kind::More, "hasmore hasnext hasnextpage more"),
    (Kind::Pages, "totalpages pages pagecount lastpage"),
    (Kind::Size, "limit perpage pagesize"),
];

fn kind(name: &str) -> Kind {
    let plain = || name.bytes().filter(u8::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase());
    let found = NAMES.iter().find(|(_, names)| names.split(' ').any(|known| plain().eq(known.bytes())));
    found.map_or(Kind::Unknown, |(kind, _)| *kind)
}

/// The fields of charges that A55 prints: in its responses and webhooks, and the parameters of the request, which it
/// may repeat. Only the first contains the merchant's reference.
const FIELDS: &str = "reference_external_id charge_uuid uuid status value amount amount_remaining currency local_currency \
    installment_value installment_count installments created_at updated_at due_date description type_charge message subscription \
    subscription_uuid next_charge_date next_due_date payment_link_uuid transaction_reference session_id url_3ds action_url \
    redirect_url webhook_url website recurrence customer payer_name payer_email payer_tax_id payer_cell_phone payer_address items \
    threeds_metadata eci authentication_type scheme_transaction_id error_code error_message refund_amount chargeback_reason \
    applepay_payload wallet_uuid merchant_id capture";

/// Returns whether a charge states its reference, or states that it has none, and has no unknown field that could
/// contain it.
pub(crate) fn is_known(charge: &Answer) -> bool {
    let mut names = charge.fields().iter().map(|(name, _)| name.trim());
    names.clone().any(|name| name.eq_ignore_ascii_case("reference_external_id")) && names.all(is_known_field)
}

fn is_known_field(name: &str) -> bool {
    FIELDS.split(' ').any(|known| known.eq_ignore_ascii_case(name) && !known.is_empty())
}
