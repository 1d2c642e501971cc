//! Making the payment that waits for its retry now (R5.13).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::payment::{Payment, PaymentKind};
use crate::subscription::action::Action;
use crate::subscription::days::next_action::action;
use crate::subscription::owed::availability::{self, Availability};
use crate::subscription::owed::blocked;
use crate::subscription::owed::due;
use crate::subscription::owed::guard;
use crate::subscription::records::key::PaymentKey;
use crate::subscription::records::record::Record;
use crate::subscription::records::requested::Requested;
use crate::subscription::records::state::Subscription;

const TYPE: &str = "/event/type";

/// Applies `payment_requested`.
pub(crate) fn request(life: &mut Subscription, customer_present: bool, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    guard::scheduled_here(life)?;
    guard::nothing_in_flight(life)?;
    if blocked::is_held(life, on) {
        guard::not_paused(life)?;
    }
    let requested = Requested { on, customer_present };
    match action(life, on)? {
        Action::Charge { payment } if customer_present => offer(life, &payment, requested),
        Action::Checkout { .. } if !customer_present => {
            let message = "cannot request the payment because only the cardholder can make it; request it with the customer present";
            Err(Error::new(Code::CheckoutRequired, TYPE, message).into())
        }
        Action::Charge { .. } | Action::Checkout { .. } | Action::Record { .. } => Ok(()),
        _ => lift(life, requested),
    }
}

/// Makes a payment that is offered to the merchant a checkout.
fn offer(life: &mut Subscription, payment: &Payment, requested: Requested) -> Result<(), Errors> {
    let key = PaymentKey::of(payment);
    if !life.state.ledger.has(key)
        && payment.kind != PaymentKind::Verification
        && let Some(own) = due::next(life)?
    {
        life.state.ledger.begin(own);
    }
    life.state.ledger.request(key, requested);
    Ok(())
}

/// Lifts the policy's day of the payment that waits for its retry: that of the schedule first.
fn lift(life: &mut Subscription, requested: Requested) -> Result<(), Errors> {
    let Requested { on, customer_present } = requested;
    let waits = |record: &&Record| matches!(availability::of(life, record, on), Availability::Waits(_));
    let own = life.state.ledger.open_own().filter(waits);
    let Some(record) = own.or_else(|| life.state.ledger.open().find(waits)) else {
        let message = "cannot request a payment because none is open on the day";
        return Err(Error::new(Code::NotDue, TYPE, message).into());
    };
    if !customer_present && !availability::may_retry(life, record, on) {
        let message = "cannot request the payment because the merchant may not retry it yet; request it with the customer present";
        return Err(Error::new(Code::CheckoutRequired, TYPE, message).into());
    }
    let key = record.key();
    life.state.ledger.request(key, requested);
    Ok(())
}
