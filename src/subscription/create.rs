//! How a subscription begins, here or elsewhere.

use super::payment::{PaidPeriod, PaymentKind};
use super::record::{Fate, Place, PriceFrom, Record};
use super::state::{Current, State, Status, Subscription, check_id};
use super::terms::{Terms, no_schedule};
use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::EstablishedBy;
use crate::json::object;
use crate::money::Money;

/// A subscription that somebody else has run so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Adopted {
    /// How many payments of the schedule are settled.
    pub payments: u32,
    /// What the cardholder has completed with the card that is stored.
    pub established_by: EstablishedBy,
}

object!(Adopted { payments: required "payments", established_by: required "establishedBy" });

/// Begins a subscription. Nothing is due by this; ask [`next_action`](super::next_action).
///
/// # Errors
/// `invalid_text` for an id that is not 1 to 40 letters, digits and hyphens; what is wrong with the terms; `out_of_range` for
/// more adopted payments than the schedule has; `no_schedule` for adopted payments without one.
pub fn create_subscription(id: &str, terms: Terms, adopted: Option<Adopted>) -> Result<Subscription, Errors> {
    let mut problems = Problems::default();
    let id = problems.check(check_id(id));
    let terms = problems.take(terms.check().map_err(|errors| errors.under("/terms"))).map(|()| terms);
    let number = adopted.map_or(0, |adopted| adopted.payments);
    let record = match &terms {
        Some(terms) if number > 0 => problems.check(adopted_record(terms, number)),
        _ => None,
    };
    let (id, terms) = problems.done(id.zip(terms))?;
    let established = adopted.map_or(EstablishedBy::None, |adopted| adopted.established_by);
    let begun = number > 0 || established != EstablishedBy::None;
    Ok(Subscription {
        id,
        status: if begun { Status::Active } else { Status::Pending },
        balance: Money::zero(terms.price.currency()),
        surplus: Vec::new(),
        state: State {
            on: None,
            established,
            bound: None,
            card: 0,
            ending: false,
            paused: None,
            ended: None,
            exhausted: false,
            adopted: number,
            changes: Vec::new(),
            records: record.into_iter().collect(),
        },
        current: Current { price: terms.price, schedule: terms.schedule, first_number: 1 },
        terms,
    })
}

/// The last payment that was settled elsewhere, so that the period it paid for is known.
fn adopted_record(terms: &Terms, number: u32) -> Result<Record, Error> {
    const PATH: &str = "/adopted/payments";
    let schedule = terms.schedule.ok_or_else(|| no_schedule(PATH))?;
    let fewer = || Error::new(Code::OutOfRange, PATH, "the schedule has fewer payments");
    let period = schedule.period(number)?.ok_or_else(fewer)?;
    let (of, due_date) = (terms.days_of(&schedule, &period)?, period.start);
    let kind = PaymentKind::Recurring;
    Ok(Record {
        period: Some(PaidPeriod::from(period)),
        of,
        prices: vec![PriceFrom { from: due_date, price: terms.price }],
        worth: Some(terms.price),
        fate: Fate::Adopted,
        ..Record::beside(kind, Place::own(number), due_date, terms.price)
    })
}
