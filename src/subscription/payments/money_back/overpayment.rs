//! Overpayments that were refunded.

use super::named::Named;
use crate::digest::Agreed;
use crate::error::Errors;
use crate::subscription::owed::known_id;
use crate::subscription::records::mark::Mark;
use crate::subscription::records::overpaid::{Overpayment, Returned};
use crate::subscription::records::state::Subscription;

/// Applies `overpayment_refunded`: it is not in the list any more.
pub(super) fn refunded(life: &mut Subscription, id: &str, named: &Named<'_>) -> Result<(), Errors> {
    named.check()?;
    let mut content = Agreed::new("overpayment_refunded 1");
    named.write(&mut content);
    if known_id::is_known(life, id, content)? {
        return Ok(());
    }
    let is_named = |overpaid: &Overpayment| {
        named.reference.is_none_or(|reference| overpaid.reference.as_deref() == Some(reference))
            && named.charge.is_none_or(|charge| overpaid.provider_reference.as_deref() == Some(charge))
    };
    let Some(index) = life.overpayments.iter().position(is_named) else {
        return Err(named.unknown("expected the reference of an overpayment").into());
    };
    let overpaid = life.overpayments.remove(index);
    // The charge may be reported again.
    if let Some(charge) = &overpaid.provider_reference {
        let reference = overpaid.reference.as_deref().map(Mark::of);
        life.state.returned.push(Returned { reference, charge: Mark::of(charge) });
    }
    Ok(())
}
