//! The price of a period, including a stub (R3.8).

use crate::error::{Error, Errors, INPUT, Problems};
use crate::json::object;
use crate::money::{Money, Rounding, RoundingRule};
use crate::pricing::costs::Entry;
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::note::Note;
use crate::pricing::share::{FirstPeriod, Part, Share};
use crate::schedule::{Period, Schedule};

/// A period of a schedule, and the price of a full one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PeriodPriceInput {
    /// The schedule.
    pub schedule: Schedule,
    /// The price of a full period.
    pub price: Money,
    /// The number of the period, from 1.
    pub number: u32,
    /// What a stub costs; default its share of the price.
    pub first_period: Option<FirstPeriod>,
    /// How a share of the price is rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// The multiple of minor units to round to; default 1.
    pub round_to: Option<u32>,
}

object!(PeriodPriceInput {
    schedule: required "schedule",
    price: required "price",
    number: required "number",
    first_period: optional "firstPeriod",
    rounding: optional "rounding",
    round_to: optional "roundTo",
});

impl PeriodPriceInput {
    /// Creates an input from a schedule, the price of a full period and the number of the period, from 1.
    ///
    /// # Examples
    /// [`period_price`] has one.
    pub fn new(schedule: Schedule, price: Money, number: u32) -> Self {
        Self { schedule, price, number, first_period: None, rounding: None, round_to: None }
    }

    /// Sets what a stub costs (R3.8).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, FirstPeriod, PeriodPriceInput, Rounding, Schedule, period_price};
    ///
    /// let schedule = Schedule::new("2025-01-20".parse()?, Cycle::MONTHLY).with_anchor_day(1)?;
    /// let input = PeriodPriceInput::new(schedule, "31.00 USD".parse()?, 1);
    /// let amount = |input: PeriodPriceInput| Ok::<_, billing_rules::Errors>(period_price(&input)?.map(|line| line.amount.to_decimal()));
    /// assert_eq!(amount(input.with_first_period(FirstPeriod::Full))?.as_deref(), Some("31.00"));
    /// assert_eq!(amount(input.with_rounding(Rounding::Down).with_round_to(100))?.as_deref(), Some("12.00"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_first_period(mut self, first_period: FirstPeriod) -> Self {
        self.first_period = Some(first_period);
        self
    }

    /// Sets how amounts are rounded (R1.4).
    ///
    /// # Examples
    /// [`with_first_period`](Self::with_first_period) has one.
    pub fn with_rounding(mut self, rounding: Rounding) -> Self {
        self.rounding = Some(rounding);
        self
    }

    /// Sets the multiple of minor units that amounts are rounded to, from 1 to 1 000 000 (R1.4).
    ///
    /// # Examples
    /// [`with_first_period`](Self::with_first_period) has one.
    pub fn with_round_to(mut self, round_to: u32) -> Self {
        self.round_to = Some(round_to);
        self
    }
}

/// Returns the price of a period, as a line that explains it; `None` if the schedule has fewer payments.
///
/// # Errors
/// `out_of_range` for number 0, a negative price, an invalid rounding, or a period that ends after 9999-12-31;
/// `amount_off_grid` for a price that is not a multiple of `round_to`.
///
/// # Examples
/// ```
/// use billing_rules::{Cycle, Money, PeriodPriceInput, Schedule, period_price};
///
/// let schedule = Schedule::new("2025-01-22".parse()?, Cycle::MONTHLY).with_anchor_day(1)?;
/// let price = Money::parse_decimal("31.00", "USD".parse()?)?;
/// let first = period_price(&PeriodPriceInput::new(schedule, price, 1))?.expect("the schedule has a first period");
/// assert_eq!(first.amount.to_decimal(), "10.00");
/// assert_eq!(first.note(), "10 of 31 days at 31.00 USD");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn period_price(input: &PeriodPriceInput) -> Result<Option<Line>, Errors> {
    checked(input).map_err(|errors| errors.prefixed(INPUT))
}

fn checked(input: &PeriodPriceInput) -> Result<Option<Line>, Errors> {
    let PeriodPriceInput { schedule, price, number, first_period, rounding, round_to } = *input;
    let mut problems = Problems::default();
    problems.check(price.not_negative("/price"));
    problems.check(schedule.period(number));
    let rule = problems.check(RoundingRule::new(rounding.unwrap_or_default(), round_to.unwrap_or(1)));
    if let Some(rule) = rule {
        problems.check(rule.on_grid(price, "/price"));
    }
    let rule = problems.finish(rule)?;
    period_line(&schedule, price, number, first_period, rule)
}

/// Returns the line of a period of a schedule; `None` after the last.
fn period_line(
    schedule: &Schedule,
    price: Money,
    number: u32,
    first_period: Option<FirstPeriod>,
    rule: RoundingRule,
) -> Result<Option<Line>, Errors> {
    let Some(period) = schedule.period(number)? else { return Ok(None) };
    let entry = Entry { item: None, cost: price };
    Ok(line_of(schedule, entry, &period, first_period, rule).map(Some)?)
}

/// What a given period of a schedule costs.
pub(crate) fn line_of(
    schedule: &Schedule,
    entry: Entry<'_>,
    period: &Period,
    first_period: Option<FirstPeriod>,
    rule: RoundingRule,
) -> Result<Line, Error> {
    if !schedule.is_stub(period) {
        return Ok(Line::whole_period(period, entry, LineRule::Period));
    }
    let span = Span::from(period);
    let price = entry.cost;
    let (amount, note) = match first_period.unwrap_or_default() {
        FirstPeriod::Prorated => {
            let part = Part::left(schedule, period, period.start, FirstPeriod::Prorated)?;
            return Share { part, entry, span, rule }.charge(LineKind::Stub, LineRule::Stub);
        }
        FirstPeriod::Full => (price, Note::amount("a short first period at the full price of ", price)),
        FirstPeriod::Free => (Money::zero(price.currency()), Note::words("a short first period, free of charge")),
    };
    Ok(Line::of_entry(LineKind::Stub, entry, span, amount, LineRule::Stub, note))
}
