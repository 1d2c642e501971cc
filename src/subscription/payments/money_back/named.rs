//! The payment, or the overpayment, that an event names by its reference or by that of the provider.

use crate::digest::Agreed;
use crate::error::{Code, Error};
use crate::subscription::records::attempt::{Attempt, Outcome};
use crate::subscription::records::key::{AttemptId, PaymentKey};
use crate::subscription::records::record::{PaymentStatus, Record};
use crate::subscription::records::state::Subscription;

/// The references that an event has.
pub(super) struct Named<'a> {
    pub(super) reference: Option<&'a str>,
    /// The provider's reference of the charge.
    pub(super) charge: Option<&'a str>,
}

impl Named<'_> {
    /// Adds the references to the content of an id.
    pub(super) fn write(&self, content: &mut Agreed) {
        for (name, reference) in [("reference", self.reference), ("providerReference", self.charge)] {
            if let Some(reference) = reference {
                content.word(name, reference);
            }
        }
    }

    /// Returns an error if there is neither reference.
    pub(super) fn check(&self) -> Result<(), Error> {
        if self.reference.is_some() || self.charge.is_some() {
            return Ok(());
        }
        Err(Error::new(Code::MissingField, "/event/reference", "expected `reference` or `providerReference`"))
    }

    pub(super) fn unknown(&self, message: &'static str) -> Error {
        let path = if self.reference.is_some() { "/event/reference" } else { "/event/providerReference" };
        Error::new(Code::UnknownReference, path, message)
    }

    /// Returns the payment, and the attempt that collected it; none of an imported one.
    pub(super) fn payment(&self, life: &Subscription) -> Result<AttemptId, Error> {
        let found = match (self.reference, self.charge) {
            (Some(reference), _) => {
                let id = AttemptId::parse(reference, &life.id).filter(|id| is_attempt(life, *id));
                if id.and_then(|id| life.state.ledger.attempt(id)).is_some_and(|attempt| attempt.is_surplus) {
                    return Err(self.unknown("this attempt is an overpayment; apply `overpayment_refunded`"));
                }
                id
            }
            (None, Some(charge)) => self.charged(life, charge)?,
            (None, None) => None,
        };
        found.ok_or_else(|| self.unknown("expected the reference of a payment that was made"))
    }

    fn charged(&self, life: &Subscription, charge: &str) -> Result<Option<AttemptId>, Error> {
        let took = |attempt: &Attempt| attempt.outcome == Outcome::Succeeded && !attempt.is_surplus;
        let mut charged =
            life.state.ledger.attempts().filter(|(_, attempt)| attempt.has_charge(charge) && took(attempt));
        let first = charged.next().map(|(id, _)| id);
        if charged.next().is_some() {
            return Err(self.unknown("several payments have this reference; name the payment by `reference`"));
        }
        Ok(first)
    }
}

/// Returns whether there is such an attempt. A payment that was settled elsewhere has one, with the number 1.
fn is_attempt(life: &Subscription, id: AttemptId) -> bool {
    let is_imported = |record: &Record| record.status == PaymentStatus::Imported && id.attempt == 1;
    life.state.ledger.attempt(id).is_some() || life.state.ledger.get(id.payment).is_some_and(is_imported)
}

/// Returns whether a payment is one of the schedule, of its trial or of its balance, not beside it.
pub(super) fn is_of_schedule(key: PaymentKey, record: &Record) -> bool {
    use crate::payment::PaymentKind::{Final, PlanChange};
    key.is_own() || key == PaymentKey::VERIFICATION || matches!(record.kind, PlanChange | Final)
}
