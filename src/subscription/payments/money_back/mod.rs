//! Money that goes back to the customer, or is given to them (R5.12).

mod amount;
mod credit;
mod named;
mod overpayment;
pub(crate) mod plan;
mod refund;
mod reversal;

pub(in crate::subscription) use self::refund::is_within;

use crate::error::Errors;
use crate::subscription::event::Event;
use crate::subscription::records::state::Subscription;

/// Applies an event about money that goes back.
pub(crate) fn handle(life: &mut Subscription, event: &Event) -> Result<(), Errors> {
    match *event {
        Event::Refunded { ref id, amount, kind, ref reference, ref provider_reference, on } => {
            let named = named::Named { reference: reference.as_deref(), charge: provider_reference.as_deref() };
            refund::refund(life, &refund::Reported { id, amount, kind: kind.unwrap_or_default(), named, on })
        }
        Event::RefundReversed { ref id, ref of, amount, .. } => reversal::reverse(life, id, of, amount),
        Event::Credited { ref id, amount, ref note, .. } => credit::credit(life, id, amount, note.as_deref()),
        Event::BalancePaidOut { ref id, amount, .. } => credit::pay_out(life, id, amount),
        Event::OverpaymentRefunded { ref id, ref reference, ref provider_reference, .. } => {
            let named = named::Named { reference: reference.as_deref(), charge: provider_reference.as_deref() };
            overpayment::refunded(life, id, &named)
        }
        _ => Ok(()),
    }
}
