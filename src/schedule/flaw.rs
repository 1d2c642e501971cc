//! Why a schedule is not possible: small values, which become an [`Error`] where one is reported. A row of a column has the code
//! alone, so a rejected row allocates nothing.

use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Error};

/// Why a schedule, or one of its dates, is not possible.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Flaw {
    AnchorDay,
    AnchorDayOnDayCycle,
    SecondPaymentBeyondCalendar,
    EndBeforeStart {
        start: Date,
        end_date: Date,
    },
    NoPayment,
    PaymentNumber,
    /// The due date with this number.
    BeyondCalendar(i64),
    StubBeforeCalendar,
}

impl Flaw {
    #[inline]
    pub(crate) fn code(self) -> Code {
        match self {
            Flaw::AnchorDayOnDayCycle => Code::AnchorDayOnDayCycle,
            Flaw::EndBeforeStart { .. } => Code::EndBeforeStart,
            _ => Code::OutOfRange,
        }
    }
}

impl From<Flaw> for Code {
    #[inline]
    fn from(flaw: Flaw) -> Self {
        flaw.code()
    }
}

impl From<Flaw> for Error {
    #[inline(never)]
    fn from(flaw: Flaw) -> Self {
        const ANCHOR_DAY: &str = "/anchorDay";
        let code = flaw.code();
        match flaw {
            Flaw::AnchorDay => Error::new(code, ANCHOR_DAY, "expected a day from 1 to 31"),
            Flaw::AnchorDayOnDayCycle => Error::new(
                code,
                ANCHOR_DAY,
                "cannot use an anchor day because the cycle is in days or weeks; use a cycle of months or years",
            ),
            Flaw::SecondPaymentBeyondCalendar => Error::new(
                code,
                ANCHOR_DAY,
                "cannot use this anchor day because payment 2 would be due after 9999-12-31",
            ),
            Flaw::EndBeforeStart { start, end_date } => {
                let message =
                    ["expected an end date on or after the start `", &start.iso(), "`, got `", &end_date.iso(), "`"];
                Error::new(code, "/endDate", message.concat())
            }
            Flaw::NoPayment => Error::new(code, "/paymentCount", "expected at least one payment"),
            Flaw::PaymentNumber => Error::new(code, "/number", "expected a payment number of 1 or more"),
            Flaw::BeyondCalendar(number) => {
                let message =
                    ["cannot compute due date ", &digits(number), " because it would be after 9999-12-31"].concat();
                Error::new(code, "/schedule", message)
            }
            Flaw::StubBeforeCalendar => Error::new(
                code,
                "/schedule/start",
                "cannot use this start because the period around the stub would begin before 0001-01-01",
            ),
        }
    }
}
