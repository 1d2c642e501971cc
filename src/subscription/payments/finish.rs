//! The end, as `next_action` or the provider reports it (R5.2, R5.7).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::subscription::action::Action;
use crate::subscription::days::end;
use crate::subscription::days::next_action::action;
use crate::subscription::owed::due;
use crate::subscription::owed::service;
use crate::subscription::records::record::PaymentStatus;
use crate::subscription::records::state::{EndReason, Subscription};
use crate::subscription::status::Status;

/// Applies `finished`.
pub(crate) fn finish(life: &mut Subscription, reported: Status, on: Date) -> Result<(), Errors> {
    match action(life, on)? {
        Action::None { status } if status.is_final() && status == reported => {}
        Action::Finish { status, .. } if status == reported => {
            let reason = reason(life)?;
            end::end(life, on, status, PaymentStatus::Stopped, reason);
        }
        // The provider that runs the schedule also decides when it is over (R5.7).
        _ if life.terms.is_internal() && reported.is_final() && !life.status.is_final() => {
            end::end(life, on, reported, PaymentStatus::GivenUp, EndReason::Provider);
        }
        _ => {
            let message = "cannot finish because the subscription is not over; apply this event only after the action `finish`, with its status";
            return Err(Error::new(Code::NotEnded, "/event/status", message).into());
        }
    }
    Ok(())
}

/// Returns whether the policy has ended the subscription: a payment of the schedule that is due can no longer be made (R6.1).
pub(crate) fn is_given_up(life: &Subscription, on: Date) -> Result<bool, Errors> {
    let is_owed = due::next(life)?.is_some_and(|own| own.due_date <= on);
    Ok(is_owed && matches!(action(life, on)?, Action::Finish { .. }))
}

/// Returns why a subscription ends that its terms end.
fn reason(life: &Subscription) -> Result<EndReason, Errors> {
    if service::is_over(life) || life.state.ending {
        return Ok(EndReason::Cancelled);
    }
    let is_owed = life.state.ledger.open().next().is_some() || due::next(life)?.is_some();
    let has_run = life.status != Status::Pending;
    Ok(if has_run && !is_owed { EndReason::Completed } else { EndReason::Unpaid })
}
