//! What a day requires. The action is made from it only where somebody reads the action.

use std::borrow::Cow;

use super::offer;
use crate::date::Date;
use crate::subscription::action::Action;
use crate::subscription::owed::balance;
use crate::subscription::records::key::AttemptId;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// What a day requires.
#[expect(
    clippy::large_enum_variant,
    reason = "it is read where it is returned, and a box would cost each payment another allocation"
)]
pub(crate) enum Decision<'a> {
    /// A payment can be made, by the merchant or only by the cardholder.
    Offered { record: Cow<'a, Record>, by_cardholder: bool },
    /// An attempt is in flight.
    InFlight { record: &'a Record, id: AttemptId, by_cardholder: bool },
    /// The provider charges by its own schedule.
    Awaited(Box<Record>),
    /// Nothing before a day.
    Wait(Date),
    /// It is over.
    Finish { status: Status, on: Date },
    /// Nothing before an event.
    None,
}

impl Decision<'_> {
    /// Returns the action, as [`action`](Self::action) does, with the lines of the payment instead of a copy of them.
    pub(crate) fn into_action(self, life: &Subscription) -> Action {
        match self {
            Self::Offered { record: Cow::Owned(mut record), by_cardholder } => {
                let lines = std::mem::take(&mut record.lines);
                offer::action(life, &record, lines, by_cardholder)
            }
            other => other.action(life),
        }
    }

    /// Returns the action, with the payment in full.
    pub(crate) fn action(&self, life: &Subscription) -> Action {
        match self {
            Self::Offered { record, by_cardholder } => {
                offer::action(life, record, record.lines.clone(), *by_cardholder)
            }
            Self::InFlight { record, id, by_cardholder } => {
                Action::Resolve { payment: offer::sent(life, record, *id, *by_cardholder) }
            }
            Self::Awaited(record) => Action::AwaitProvider { payment: offer::next_attempt(life, record, false) },
            Self::Wait(until) => Action::Wait { until: *until },
            // What was given is not paid out (R5.12).
            Self::Finish { status, on } => {
                let balance = balance::without_given(life).unwrap_or(life.balance);
                Action::Finish { status: *status, on: *on, balance }
            }
            Self::None => Action::None { status: life.status },
        }
    }

    /// Returns the payment that is offered, and whether only the cardholder can make it.
    pub(crate) fn offered(self) -> Option<(Record, bool)> {
        match self {
            Self::Offered { record, by_cardholder } => Some((record.into_owned(), by_cardholder)),
            _ => None,
        }
    }
}
