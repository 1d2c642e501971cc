//! The end, as `next_action` or the provider reports it (R5.2, R5.7).

use super::action::Action;
use super::end;
use super::next_action::action;
use super::record::PaymentStatus;
use super::state::Subscription;
use super::status::Status;
use crate::date::Date;
use crate::error::{Code, Error, Errors};

/// Applies `finished`.
pub(super) fn finish(life: &mut Subscription, reported: Status, on: Date) -> Result<(), Errors> {
    match action(life, on)? {
        Action::None { status } if status.is_final() && status == reported => {}
        Action::Finish { status, .. } if status == reported => end::end(life, on, status, PaymentStatus::Stopped),
        // The provider that runs the schedule also decides when it is over (R5.7).
        _ if life.terms.is_internal() && reported.is_final() && !life.status.is_final() => {
            end::end(life, on, reported, PaymentStatus::GivenUp);
        }
        _ => {
            let message = "cannot finish because the subscription is not over; apply this event only after the action `finish`, with its status";
            return Err(Error::new(Code::NotEnded, "/event/status", message).into());
        }
    }
    Ok(())
}
