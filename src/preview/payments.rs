//! The payments of some terms in order, assuming that every one succeeds: a function of the schedule, without a
//! subscription (R8.1).

use crate::date::Date;
use crate::error::{Error, Errors};
use crate::indicator::{AmountKind, EstablishedBy, Indicator, MastercardCode, Timing};
use crate::json::object;
use crate::money::Money;
use crate::payment::{PaidPeriod, Payment, PaymentKind};
use crate::pricing::bill;
use crate::pricing::document::Document;
use crate::pricing::line::Line;
use crate::pricing::scheduled::{PricedSchedule, Scheduled};
use crate::pricing::step::Step;
use crate::terms::Terms;
use crate::terms::initiation::Initiation;

/// A future payment. It has no reference yet.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PreviewedPayment {
    /// The same as [`Payment::number`](crate::Payment::number).
    pub number: u32,
    /// The same as [`Payment::extra`](crate::Payment::extra).
    pub extra: u32,
    /// 1 of a payment that was not attempted before: every attempt is assumed to succeed.
    pub attempt: u32,
    /// The kind.
    pub kind: PaymentKind,
    /// The due date.
    pub due_date: Date,
    /// The days that it pays for.
    pub period: Option<PaidPeriod>,
    /// The amount.
    pub amount: Money,
    /// Whether that is the agreed price.
    pub amount_kind: AmountKind,
    /// C1 or M1.
    pub indicator: Option<Indicator>,
    /// The Mastercard code of the indicator.
    pub mastercard_code: Option<MastercardCode>,
    /// The lines that make up the amount.
    pub lines: Vec<Line>,
    /// The last day on which a cancellation prevents it: the day before it is due. `None` if that is before the day of
    /// the preview.
    pub cancel_by: Option<Date>,
}

object!(PreviewedPayment {
    number: required "number",
    extra: required "extra",
    attempt: required "attempt",
    kind: required "kind",
    due_date: required "dueDate",
    period: nullable "period",
    amount: required "amount",
    amount_kind: required "amountKind",
    indicator: nullable "indicator",
    mastercard_code: nullable "mastercardCode",
    lines: required "lines",
    cancel_by: nullable "cancelBy",
});

impl PreviewedPayment {
    /// Returns what the payment consists of (R9.6), as [`Payment::document`](crate::Payment::document) does.
    ///
    /// # Errors
    /// `total_mismatch` if the lines do not sum to the amount.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, Schedule, Terms};
    ///
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY));
    /// let shown = terms.preview(&PreviewOptions::new("2025-01-31".parse()?))?;
    /// assert_eq!(shown.payments[0].document()?.due.to_string(), "99.00 NOK");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn document(&self) -> Result<Document, Error> {
        Document::of(&self.lines, self.amount)
    }

    /// Returns a payment as it will be made, as of a day.
    pub(crate) fn of(payment: &Payment, on: Date) -> Self {
        let is_scheduled = matches!(payment.kind, PaymentKind::Initial | PaymentKind::Recurring);
        let last = payment.due_date.plus_days(-1).filter(|last| *last >= on);
        Self {
            number: payment.number,
            extra: payment.extra,
            attempt: payment.attempt,
            kind: payment.kind,
            due_date: payment.due_date,
            period: payment.period,
            amount: payment.amount,
            amount_kind: payment.amount_kind,
            indicator: payment.indicator,
            mastercard_code: payment.mastercard_code,
            lines: payment.lines.clone(),
            cancel_by: if is_scheduled { last } else { None },
        }
    }
}

/// The payments made on or after a day.
pub(super) struct Payments<'a> {
    terms: &'a Terms,
    on: Date,
    /// `None` if nothing is due by a schedule, or nothing is due any more.
    pub(super) schedule: Option<PricedSchedule<'a>>,
    /// The next number; 0 before the verification that begins a trial.
    pub(super) number: u32,
    established_by: EstablishedBy,
}

impl<'a> Payments<'a> {
    /// Begins on a day. `steps` are those of the terms with their quantities.
    pub(super) fn from_day(terms: &'a Terms, steps: &'a [Step], on: Date) -> Result<Self, Errors> {
        let priced = terms.priced(steps)?;
        let first = priced.map(|priced| priced.payment(1)).transpose()?.flatten();
        // If the first period is over without payment, nothing is owed any more (R5.8).
        let owed = first.is_some_and(|first| on < first.period.end);
        let schedule = if owed { priced } else { None };
        Ok(Self { terms, on, schedule, number: 0, established_by: EstablishedBy::None })
    }

    /// Returns the next payment; `None` after the last.
    pub(super) fn next(&mut self) -> Result<Option<PreviewedPayment>, Errors> {
        let Some(priced) = self.schedule else { return Ok(None) };
        if self.number == 0 {
            self.number = 1;
            // A trial begins with a verification, unless nothing is ever charged (R2.9, R4.6).
            if let Some(trial_start) = self.terms.trial_start
                && self.on < priced.schedule.start()
                && self.terms.is_ever_charged(&priced)?
            {
                return self.trial(trial_start).map(Some);
            }
        }
        let number = self.number;
        let Some(payment) = priced.payment(number)? else { return Ok(None) };
        self.number = number.saturating_add(1);
        let proves_no_card = number == 1 && payment.bill.total()?.amount() == 0;
        // A verification replaces a first payment of 0, if a payment above zero follows (R4.6).
        if proves_no_card && self.established_by == EstablishedBy::None && priced.first_charge(self.number)?.is_some() {
            return Ok(Some(self.verification(payment.period.start)));
        }
        self.scheduled(number, payment, &priced).map(Some)
    }

    /// Returns the payment that begins a trial: its price, or a verification.
    fn trial(&mut self, trial_start: Date) -> Result<PreviewedPayment, Errors> {
        let Some(lines) = self.terms.trial_lines(self.terms.taxes.as_ref())? else {
            return Ok(self.verification(trial_start));
        };
        let amount = bill::sum(&lines, self.terms.price.currency())?;
        let payment = self.payment(PaymentKind::Initial, 0, trial_start, amount, AmountKind::Variable, lines);
        self.established_by = EstablishedBy::Payment;
        Ok(payment)
    }

    fn scheduled(
        &mut self,
        number: u32,
        mut payment: Scheduled<'_>,
        priced: &PricedSchedule<'_>,
    ) -> Result<PreviewedPayment, Errors> {
        let period = payment.period;
        let by_cardholder = self.established_by == EstablishedBy::None;
        let kind = PaymentKind::scheduled(number, !by_cardholder);
        let lines = payment.lines(priced.plan)?;
        let amount = bill::sum(&lines, self.terms.price.currency())?;
        let amount_kind = PricedSchedule::amount_kind(Some(priced.standing()?), amount);
        let mut payment = self.payment(kind, number, period.start, amount, amount_kind, lines);
        payment.period = Some(period.into());
        // No request is sent for a payment of 0, and it establishes nothing (R4.6).
        if amount.amount() == 0 {
            (payment.indicator, payment.mastercard_code) = (None, None);
        } else if by_cardholder {
            self.established_by = EstablishedBy::Payment;
        }
        Ok(payment)
    }

    fn verification(&mut self, due_date: Date) -> PreviewedPayment {
        let nothing = Money::zero(self.terms.price.currency());
        let lines = vec![Line::verification(nothing)];
        let payment = self.payment(PaymentKind::Verification, 0, due_date, nothing, AmountKind::Fixed, lines);
        self.established_by = EstablishedBy::Verification;
        payment
    }

    fn payment(
        &self,
        kind: PaymentKind,
        number: u32,
        due_date: Date,
        amount: Money,
        amount_kind: AmountKind,
        lines: Vec<Line>,
    ) -> PreviewedPayment {
        let (indicator, mastercard_code) = self.terms.indication(Initiation {
            established_by: self.established_by,
            by_cardholder: self.established_by == EstablishedBy::None,
            amount: amount_kind,
            timing: Timing::Scheduled,
            resubmission: false,
        });
        PreviewedPayment {
            number,
            extra: 0,
            attempt: 1,
            kind,
            due_date,
            period: None,
            amount,
            amount_kind,
            indicator,
            mastercard_code,
            lines,
            cancel_by: due_date.plus_days(-1).filter(|last| *last >= self.on),
        }
    }
}
