//! For how long a customer is committed.

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error};
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};
use crate::schedule::Schedule;

/// For how long a customer is committed: a number of payments, or until a day (R10.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Commitment {
    /// The first payments of the schedule, 1 to 10 000. The commitment ends on the due date of the number after them.
    Payments(u32),
    /// Until a day, which is the first one without the commitment.
    Until(Date),
}

impl Commitment {
    const FIELDS: Keys = "payments until";
    const MOST: u32 = 10_000;

    /// Returns the first day without the commitment, of a schedule as it was agreed.
    pub(crate) fn end(self, schedule: Option<&Schedule>) -> Result<Option<Date>, Error> {
        match self {
            Self::Until(day) => Ok(Some(day)),
            Self::Payments(payments) => {
                schedule.map(|schedule| schedule.boundary(payments.saturating_add(1))).transpose()
            }
        }
    }

    /// Returns an error for a commitment that the schedule cannot have.
    pub(super) fn check(self, schedule: Option<&Schedule>) -> Result<(), Error> {
        const PAYMENTS: &str = "/commitment/payments";
        match (self, schedule) {
            (Self::Payments(_), None) => {
                let message = "cannot count payments because the terms have no schedule; use `until`";
                Err(Error::new(Code::NoSchedule, PAYMENTS, message))
            }
            (Self::Payments(payments), Some(schedule)) => {
                if !(1..=Self::MOST).contains(&payments) {
                    return Err(Error::new(Code::OutOfRange, PAYMENTS, "expected 1 to 10000 payments"));
                }
                if schedule.last_payment()?.is_some_and(|last| last.number < payments) {
                    let message = "expected at most as many payments as the schedule has";
                    return Err(Error::new(Code::OutOfRange, PAYMENTS, message));
                }
                self.end(Some(schedule)).map(|_| ()).map_err(|error| error.moved_to(PAYMENTS))
            }
            (Self::Until(day), Some(schedule)) if day <= schedule.start() => {
                let message = "expected a day after the start of the schedule";
                Err(Error::new(Code::OutOfRange, "/commitment/until", message))
            }
            (Self::Until(_), _) => Ok(()),
        }
    }

    /// Adds the line of a digest (R8.3).
    pub(super) fn agreed(self, agreed: &mut Agreed) {
        match self {
            Self::Payments(payments) => agreed.number("commitmentPayments", payments),
            Self::Until(day) => agreed.day("commitmentUntil", day),
        }
    }
}

impl Shape for Commitment {
    fn read(node: &Node<'_>) -> Self {
        let reported = node.count();
        let (payments, until) =
            node.object(Self::FIELDS, |fields| (fields.optional("payments"), fields.optional("until")));
        match (payments, until) {
            (Some(payments), None) => Self::Payments(payments),
            (None, Some(until)) => Self::Until(until),
            (Some(payments), Some(_)) => {
                let message = "expected `payments` or `until`, got both";
                node.problem(Code::UnknownField, message.into());
                Self::Payments(payments)
            }
            (None, None) => {
                if node.count() == reported {
                    let message = "expected `payments` or `until`, got nothing";
                    node.problem(Code::MissingField, message.into());
                }
                Self::Payments(1)
            }
        }
    }

    fn write(&self, to: &mut Writer) {
        to.begin_object();
        match self {
            Self::Payments(payments) => to.required("payments", payments),
            Self::Until(day) => to.required("until", day),
        }
        to.end_object();
    }
}

serde_by_shape!(Commitment);
