//! Dates, money, proration and indicators.

use crate::date::Date;
use crate::indicator::{IndicatorInput, select_indicator};
use crate::json::{Function, MAX_SAFE, Node, Shape, Writer, function, object, safe_integer, sealed, sure};
use crate::money::{Currency, Money};
use crate::pricing::period_price::{PeriodPriceInput, period_price};
use crate::pricing::proration::{ProrateInput, prorate};
use crate::schedule::{DateRange, Schedule};

pub(super) const FUNCTIONS: &[Function] = &[
    function!("addDays", date: required Date, days: required Days => date.add_days(days.0)),
    function!("nextDueDate", schedule: required Schedule, after: required Date => schedule.next_due_date(after)),
    function!(
        "dueDates", schedule: required Schedule, range: defaulted DateRange
        => schedule.due_dates_in(&range).map(DateList)
    ),
    function!("period", schedule: required Schedule, number: required u32 => schedule.period(number)),
    function!("periodOn", schedule: required Schedule, date: required Date => schedule.period_on(date)),
    function!("periods", schedule: required Schedule, range: defaulted DateRange => schedule.periods_in(&range)),
    function!("lastPayment", schedule: Schedule => schedule.last_payment()),
    function!("allocate", total: required Money, weights: required Weights => total.allocate(&weights.0)),
    function!("periodPrice", input: PeriodPriceInput => period_price(&input)),
    function!(
        "parseDecimal", text: required String, currency: required Currency
        => Money::parse_decimal(&text, currency).map_err(|error| error.prefixed("/text"))
    ),
    function!("formatDecimal", money: Money => sure(money.to_decimal())),
    function!("currencyInfo", code: Currency => sure(CurrencyInfo { code, exponent: code.exponent().into() })),
    function!("prorate", input: ProrateInput => prorate(&input)),
    function!("selectIndicator", input: IndicatorInput => sure(select_indicator(&input))),
];

/// A number of days, in either direction.
struct Days(i64);

impl sealed::Sealed for Days {}

impl Shape for Days {
    fn read(node: &Node<'_>) -> Self {
        Self(safe_integer(node))
    }

    fn write(&self, to: &mut Writer) {
        to.integer(self.0);
    }
}

/// An array of dates.
struct DateList(Vec<Date>);

impl sealed::Sealed for DateList {}

impl Shape for DateList {
    fn read(node: &Node<'_>) -> Self {
        Self(Vec::read(node))
    }

    fn write(&self, to: &mut Writer) {
        to.list(self.0.iter());
    }
}

/// The weights of an allocation.
struct Weights(Vec<u64>);

impl sealed::Sealed for Weights {}

impl Shape for Weights {
    fn read(node: &Node<'_>) -> Self {
        Self(node.items().map(|weight| weight.integer(0, MAX_SAFE).unsigned_abs()).collect())
    }

    fn write(&self, to: &mut Writer) {
        // Every weight that was read is exact.
        to.integers(self.0.iter().map(|weight| i64::try_from(*weight).unwrap_or(MAX_SAFE)));
    }
}

/// The facts about a currency.
struct CurrencyInfo {
    code: Currency,
    exponent: u32,
}

object!(CurrencyInfo { code: required "code", exponent: required "exponent" });
