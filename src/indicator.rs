//! Who initiates a payment: the cardholder (C1) or the merchant (M1) (R4).

use crate::json::{object, words};

/// The initiated-transaction indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
// Exhaustive: the initiator is one or the other, and a `match` has to name both.
pub enum Indicator {
    /// The cardholder initiates the payment and is present.
    C1,
    /// The merchant initiates the payment with a stored credential.
    M1,
}

words!(Indicator { C1 "C1", M1 "M1" });

/// Who triggers the payments after the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
// Exhaustive: the merchant or the provider; there is no third.
pub enum Recurrence {
    /// The merchant, each time.
    #[default]
    External,
    /// The provider, by a schedule of its own.
    Internal,
}

words!(Recurrence { External "external", Internal "internal" });

/// What the cardholder has completed for this agreement with this card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum EstablishedBy {
    /// Nothing yet.
    #[default]
    None,
    /// A payment above zero.
    Payment,
    /// A verification of the card, without a charge.
    Verification,
}

words!(EstablishedBy { None "none", Payment "payment", Verification "verification" });

/// Whether a payment has the agreed amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
// Exhaustive: an amount is the agreed one or another.
pub enum AmountKind {
    /// The agreed amount.
    #[default]
    Fixed,
    /// A different amount: prorated, usage.
    Variable,
}

words!(AmountKind { Fixed "fixed", Variable "variable" });

/// Whether a payment follows the agreed schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
// Exhaustive: a payment is on schedule or not.
pub enum Timing {
    /// At the agreed interval.
    #[default]
    Scheduled,
    /// Between due dates or without a schedule: a top-up, for instance.
    Unscheduled,
}

words!(Timing { Scheduled "scheduled", Unscheduled "unscheduled" });

/// The Mastercard transaction-initiator code of an indicator (R4.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MastercardCode {
    /// By the cardholder, credential on file, unscheduled.
    C101,
    /// By the cardholder, variable amount at a fixed interval.
    C102,
    /// By the cardholder, fixed amount at a fixed interval.
    C103,
    /// By the merchant, unscheduled.
    M101,
    /// By the merchant, variable amount at a fixed interval.
    M102,
    /// By the merchant, fixed amount at a fixed interval.
    M103,
    /// By the merchant, retried after a decline.
    M208,
}

words!(MastercardCode {
    C101 "C101", C102 "C102", C103 "C103", M101 "M101", M102 "M102", M103 "M103", M208 "M208",
});

/// The input for selecting the indicator. All fields except the recurrence have a default: nothing established,
/// cardholder absent, fixed amount, on schedule, first attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct IndicatorInput {
    /// Who triggers later payments.
    pub recurrence: Recurrence,
    /// What the cardholder has completed so far.
    pub established_by: Option<EstablishedBy>,
    /// Whether the cardholder is making this payment.
    pub cardholder_present: Option<bool>,
    /// Whether the amount is the agreed one.
    pub amount: Option<AmountKind>,
    /// Whether the payment is on schedule.
    pub timing: Option<Timing>,
    /// Whether the same payment was declined before.
    pub resubmission: Option<bool>,
}

object!(IndicatorInput {
    recurrence: required "recurrence",
    established_by: optional "establishedBy",
    cardholder_present: optional "cardholderPresent",
    amount: optional "amount",
    timing: optional "timing",
    resubmission: optional "resubmission",
});

impl IndicatorInput {
    /// Creates an input from who triggers later payments. All other fields have their defaults.
    ///
    /// # Examples
    /// [`select_indicator`] has one.
    pub fn new(recurrence: Recurrence) -> Self {
        Self { recurrence, ..Self::default() }
    }

    /// Sets what the cardholder has completed so far with this card.
    ///
    /// # Examples
    /// [`select_indicator`] has one.
    pub fn with_established_by(mut self, established_by: EstablishedBy) -> Self {
        self.established_by = Some(established_by);
        self
    }

    /// Sets whether the cardholder makes this payment.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{
    ///     AmountKind, EstablishedBy, IndicatorInput, MastercardCode, Recurrence, Timing, select_indicator,
    /// };
    ///
    /// let stored = IndicatorInput::new(Recurrence::External).with_established_by(EstablishedBy::Payment);
    /// let code = |input| select_indicator(&input).mastercard_code;
    /// assert_eq!(code(stored.with_cardholder_present(true)), Some(MastercardCode::C103));
    /// assert_eq!(code(stored.with_amount(AmountKind::Variable)), Some(MastercardCode::M102));
    /// assert_eq!(code(stored.with_timing(Timing::Unscheduled)), Some(MastercardCode::M101));
    /// assert_eq!(code(stored.with_resubmission(true)), Some(MastercardCode::M208));
    /// ```
    pub fn with_cardholder_present(mut self, cardholder_present: bool) -> Self {
        self.cardholder_present = Some(cardholder_present);
        self
    }

    /// Sets whether the amount is the agreed one.
    ///
    /// # Examples
    /// [`with_cardholder_present`](Self::with_cardholder_present) has one.
    pub fn with_amount(mut self, amount: AmountKind) -> Self {
        self.amount = Some(amount);
        self
    }

    /// Sets whether the payment follows the schedule.
    ///
    /// # Examples
    /// [`with_cardholder_present`](Self::with_cardholder_present) has one.
    pub fn with_timing(mut self, timing: Timing) -> Self {
        self.timing = Some(timing);
        self
    }

    /// Sets whether the same payment was declined before.
    ///
    /// # Examples
    /// [`with_cardholder_present`](Self::with_cardholder_present) has one.
    pub fn with_resubmission(mut self, resubmission: bool) -> Self {
        self.resubmission = Some(resubmission);
        self
    }
}

/// The indicator of a payment, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Indication {
    /// C1 or M1; `None` under internal recurrence, where the provider sets its own.
    pub indicator: Option<Indicator>,
    /// The finer Mastercard code, which not every provider supports.
    pub mastercard_code: Option<MastercardCode>,
    /// The reason, for people.
    pub reason: String,
}

object!(Indication { indicator: nullable "indicator", mastercard_code: nullable "mastercardCode", reason: required "reason" });

/// Selects the indicator of a payment (R4.1, R4.2, R4.4) and its Mastercard code (R4.5).
///
/// # Examples
///
/// ```
/// use billing_rules::{EstablishedBy, Indicator, IndicatorInput, Recurrence, select_indicator};
///
/// let first = IndicatorInput::new(Recurrence::External);
/// assert_eq!(select_indicator(&first).indicator, Some(Indicator::C1));
///
/// let later = first.with_established_by(EstablishedBy::Payment);
/// assert_eq!(select_indicator(&later).indicator, Some(Indicator::M1));
/// ```
pub fn select_indicator(input: &IndicatorInput) -> Indication {
    let (selected, reason) = selected(input);
    let (indicator, mastercard_code) = selected.unzip();
    Indication { indicator, mastercard_code, reason: reason.into() }
}

/// Selects the indicator and the Mastercard code, with the reason.
pub(crate) fn selected(input: &IndicatorInput) -> (Option<(Indicator, MastercardCode)>, &'static str) {
    if input.recurrence == Recurrence::Internal {
        return (None, "the provider triggers the payments and sets its own indicator");
    }
    let present = input.cardholder_present.unwrap_or_default();
    let (indicator, reason) = match input.established_by.unwrap_or_default() {
        _ if present => (Indicator::C1, "the cardholder is making this payment"),
        EstablishedBy::None => {
            (Indicator::C1, "the cardholder has not completed a payment or a verification with this card yet")
        }
        EstablishedBy::Payment => (Indicator::M1, "the cardholder has completed a payment with this card before"),
        EstablishedBy::Verification => (Indicator::M1, "the cardholder has verified this card before"),
    };
    let scheduled = input.timing.unwrap_or_default() == Timing::Scheduled;
    let fixed = input.amount.unwrap_or_default() == AmountKind::Fixed;
    let mastercard = match indicator {
        Indicator::M1 if input.resubmission.unwrap_or_default() => MastercardCode::M208,
        Indicator::C1 if !scheduled => MastercardCode::C101,
        Indicator::C1 if fixed => MastercardCode::C103,
        Indicator::C1 => MastercardCode::C102,
        Indicator::M1 if !scheduled => MastercardCode::M101,
        Indicator::M1 if fixed => MastercardCode::M103,
        Indicator::M1 => MastercardCode::M102,
    };
    (Some((indicator, mastercard)), reason)
}
