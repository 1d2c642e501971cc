//! Events that move dates (R5.10, R5.13).

use super::pause;
use super::reschedule::{self, Move};
use super::skip;
use crate::error::Errors;
use crate::subscription::event::Event;
use crate::subscription::payments::request;
use crate::subscription::records::paused::Pause;
use crate::subscription::records::state::Subscription;

/// Applies an event that moves dates.
pub(crate) fn handle(life: &mut Subscription, event: &Event) -> Result<(), Errors> {
    match *event {
        Event::Paused { from, until, schedule, on } => {
            pause::pause(life, Pause { from: from.unwrap_or(on), until, schedule }, on)
        }
        Event::Resumed { schedule, anchor_day, on } => pause::resume(life, schedule, anchor_day, on),
        Event::Rescheduled { next, anchor_day, between, on } => {
            reschedule::reschedule(life, &Move { next, anchor_day, between }, on)
        }
        Event::PaymentsSkipped { ref id, payments, on } => skip::skip(life, id, payments, on),
        Event::PaymentRequested { customer_present, on } => request::request(life, customer_present == Some(true), on),
        // No other event moves a date.
        _ => Ok(()),
    }
}
