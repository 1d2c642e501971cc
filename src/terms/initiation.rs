//! The indicator of a payment, by the terms and by who initiates it (R4).

use super::Terms;
use crate::indicator::{
    AmountKind, EstablishedBy, Indicator, IndicatorInput, MastercardCode, Recurrence, Timing, selected,
};

/// Who initiates an attempt, and the facts that the indicator depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Initiation {
    /// What the cardholder has completed with the card.
    pub(crate) established_by: EstablishedBy,
    pub(crate) by_cardholder: bool,
    pub(crate) amount: AmountKind,
    /// Whether the schedule sets when it is due.
    pub(crate) timing: Timing,
    /// Whether it was declined before.
    pub(crate) resubmission: bool,
}

impl Terms {
    /// The indicator of an attempt, and its Mastercard code (R4).
    pub(crate) fn indication(&self, initiation: Initiation) -> (Option<Indicator>, Option<MastercardCode>) {
        let Initiation { established_by, by_cardholder, amount, timing, resubmission } = initiation;
        let input = IndicatorInput {
            recurrence: self.recurrence.unwrap_or(Recurrence::External),
            established_by: Some(established_by),
            cardholder_present: Some(by_cardholder),
            amount: Some(amount),
            timing: Some(timing),
            resubmission: Some(resubmission),
        };
        selected(&input).0.unzip()
    }
}
