//! Creating a subscription, new or imported.

use super::days::next_action_on;
use super::owed::adjusting;
use super::records::adjusted::Adjusted;
use super::records::key::{PaymentKey, PaymentNumber, check_id};
use super::records::ledger::Ledger;
use super::records::record::{PaymentStatus, Record};
use super::records::record_price::PriceFrom;
use super::records::state::{Current, State, Subscription};
use super::status::Status;
use crate::error::{Code, Error, Errors, Problems};
use crate::indicator::EstablishedBy;
use crate::json::object;
use crate::money::Money;
use crate::payment::{PaidPeriod, PaymentKind};
use crate::pricing::adjusting::Adjusting;
use crate::pricing::scheduled::{PricedSchedule, Scheduled};
use crate::terms::{Terms, no_schedule};

/// A subscription that another system has run until now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Imported {
    /// How many payments of the schedule are settled.
    pub payments: u32,
    /// What the cardholder has completed with the stored card.
    pub established_by: EstablishedBy,
}

object!(Imported { payments: required "payments", established_by: required "establishedBy" });

impl Imported {
    /// Creates it from the number of settled payments, and from what the cardholder has completed with the stored card.
    ///
    /// # Examples
    /// [`Subscription::import`] has one.
    pub fn new(payments: u32, established_by: EstablishedBy) -> Self {
        Self { payments, established_by }
    }
}

/// Creates a subscription, as [`Subscription::new`] and [`Subscription::import`] describe.
pub(crate) fn create_subscription(id: &str, terms: Terms, imported: Option<Imported>) -> Result<Subscription, Errors> {
    let mut problems = Problems::of_input();
    let id = problems.check(check_id(id));
    let terms = problems.take(terms.check().map_err(|errors| errors.prefixed("/terms"))).map(|()| terms);
    let number = imported.map_or(0, |imported| imported.payments);
    let record = match &terms {
        Some(terms) if number > 0 => problems.take(imported_record(terms, number)),
        _ => None,
    };
    let (id, terms) = problems.finish(id.zip(terms))?;
    let established = imported.map_or(EstablishedBy::None, |imported| imported.established_by);
    let mut state = State::new(established, PaymentNumber::new(number), Ledger::new(record));
    state.setup_charged = number > 0 && terms.setup.is_some();
    let mut created = Subscription {
        id,
        status: if state.begun { Status::Active } else { Status::Pending },
        balance: Money::zero(terms.price.currency()),
        overpayments: Vec::new(),
        next_action_on: None,
        end_reason: None,
        state,
        current: Current {
            price: terms.price.resolved(None),
            schedule: terms.schedule,
            first_number: 1,
            stub: None,
            adjusted: Adjusted::of(&terms),
        },
        terms,
    };
    adjusting::begin_steps(&mut created)?;
    created.next_action_on = next_action_on::of(&created);
    Ok(created)
}

/// Returns the record of the last payment that was settled elsewhere, which determines the paid period.
fn imported_record(terms: &Terms, number: u32) -> Result<Record, Errors> {
    const PATH: &str = "/imported/payments";
    let schedule = terms.schedule.ok_or_else(|| no_schedule(PATH))?;
    let fewer = || Error::new(Code::OutOfRange, PATH, "expected at most as many payments as the schedule has");
    let price = terms.price.resolved(None);
    let (steps, plan) = (terms.resolved_steps(), terms.plan(&price)?);
    let adjusting = Adjusting { setup: None, ..terms.adjusting(&steps) };
    let priced = PricedSchedule { schedule, first: 1, plan, adjusting };
    let payment = priced.payment(number)?.ok_or_else(fewer)?;
    let Scheduled { period, period_days, price, bill, applied } = payment;
    let amount = bill.total()?;
    let due_date = period.start;
    let kind = PaymentKind::Recurring;
    Ok(Record {
        period: Some(PaidPeriod::from(period)),
        period_days,
        prices: vec![PriceFrom::new(due_date, price, bill.costs.clone(), applied.as_deref())],
        credited_price: Some(bill.costs),
        applied,
        status: PaymentStatus::Imported,
        ..Record::beside(kind, PaymentKey::own(PaymentNumber::new(number)), due_date, amount)
    })
}
