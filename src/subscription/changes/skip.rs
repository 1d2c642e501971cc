//! Skipping the next payments (R5.13).

use crate::date::Date;
use crate::digest::Agreed;
use crate::error::{Code, Error, Errors};
use crate::subscription::owed::blocked;
use crate::subscription::owed::guard;
use crate::subscription::owed::known_id;
use crate::subscription::payments::finish;
use crate::subscription::records::key::PaymentNumber;
use crate::subscription::records::numbers::Numbers;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;
use crate::terms::no_schedule;

const PAYMENTS: &str = "/event/payments";

/// Applies `payments_skipped`: the next numbers that were never attempted. It changes nothing if the id is known.
pub(crate) fn skip(life: &mut Subscription, id: &str, payments: u32, on: Date) -> Result<(), Errors> {
    let mut content = Agreed::new("payments_skipped 1");
    content.number("payments", payments);
    if known_id::is_known(life, id, content)? {
        return Ok(());
    }
    check(life, payments, on)?;
    let mut number = life.first_unsettled();
    for left in (1..=payments).rev() {
        while is_attempted(life, number) || life.state.skips.iter().any(|numbers| numbers.has(number)) {
            number = number.next();
        }
        if life.period_ahead(number)?.is_none() && !life.state.ledger.own().any(|own| own.number == number) {
            return Err(if left == payments { guard::nothing_follows() } else { too_many() }.into());
        }
        Numbers::add(&mut life.state.skips, number);
    }
    Ok(())
}

fn check(life: &Subscription, payments: u32, on: Date) -> Result<(), Errors> {
    guard::not_over(life)?;
    guard::scheduled_here(life)?;
    if life.current.schedule.is_none() {
        return Err(no_schedule("/event/type").into());
    }
    if !life.state.begun {
        let message = "cannot skip a payment because the subscription has not been active yet";
        return Err(Error::new(Code::SubscriptionPending, "/event/type", message).into());
    }
    if blocked::is_held(life, on) {
        guard::not_paused(life)?;
    }
    guard::not_ending(life)?;
    if finish::is_given_up(life, on)? {
        return Err(guard::given_up().into());
    }
    if (1..=10_000).contains(&payments) {
        return Ok(());
    }
    Err(Error::new(Code::OutOfRange, PAYMENTS, "expected 1 to 10000 payments").into())
}

fn is_attempted(life: &Subscription, number: PaymentNumber) -> bool {
    life.state.ledger.own().any(|own: &Record| own.number == number && own.was_attempted())
}

fn too_many() -> Error {
    Error::new(Code::OutOfRange, PAYMENTS, "expected at most as many payments as the schedule has left")
}
