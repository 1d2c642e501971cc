//! The events of pauses (R5.10).

use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::subscription::days::pause_end::{self, Ending};
use crate::subscription::event::Resumption;
use crate::subscription::owed::guard;
use crate::subscription::records::paused::Pause;
use crate::subscription::records::state::Subscription;

/// Applies `paused`.
pub(crate) fn pause(life: &mut Subscription, pause: Pause, on: Date) -> Result<(), Errors> {
    guard::not_over(life)?;
    guard::scheduled_here(life)?;
    guard::not_paused(life)?;
    if pause.from < on {
        let message = "expected a day on or after that of the event";
        return Err(Error::new(Code::OutOfRange, "/event/from", message).into());
    }
    if pause.until.is_some_and(|until| until <= pause.from) {
        let message = "expected a day after the first day of the pause";
        return Err(Error::new(Code::OutOfRange, "/event/until", message).into());
    }
    life.state.paused = Some(pause);
    Ok(())
}

/// Applies `resumed`: it ends the pause, or withdraws it before its first day.
pub(crate) fn resume(
    life: &mut Subscription,
    schedule: Option<Resumption>,
    anchor_day: Option<u32>,
    on: Date,
) -> Result<(), Errors> {
    guard::not_ended(life)?;
    let Some(pause) = life.state.paused else {
        let message = "cannot resume because the subscription is not paused";
        return Err(Error::new(Code::SubscriptionNotPaused, "/event/type", message).into());
    };
    let is_withdrawn = on < pause.from;
    let how = if is_withdrawn { Resumption::Keep } else { schedule.unwrap_or(pause.resumption()) };
    if let Some(day) = anchor_day {
        check_anchor_day(life, how, day)?;
    }
    if is_withdrawn {
        life.state.paused = None;
        return Ok(());
    }
    // While an attempt was in flight, the pause could not end by itself.
    let until = pause.until.map_or(on, |until| until.min(on));
    pause_end::end(life, Ending { until, how, anchor_day })
}

/// Returns an error for an anchor day if the schedule does not restart, or cannot have one.
fn check_anchor_day(life: &Subscription, how: Resumption, day: u32) -> Result<(), Error> {
    const PATH: &str = "/event/anchorDay";
    if how == Resumption::Keep {
        let message = "cannot accept an anchor day because the schedule stays as it is; only `shift` restarts it";
        return Err(Error::new(Code::AnchorDayNotAllowed, PATH, message));
    }
    guard::anchor_day(life, day, PATH)
}
