//! Events with an id of the caller's: one that is known changes nothing (R5.12).

use crate::digest::Agreed;
use crate::error::{Code, Error};
use crate::subscription::records::mark::Mark;
use crate::subscription::records::state::Subscription;

/// Returns whether an event with this id was applied before. If not, its id is known from now on.
pub(crate) fn is_known(life: &mut Subscription, id: &str, content: Agreed) -> Result<bool, Error> {
    check(id)?;
    let (id, content) = (Mark::of(id), Mark::from_bits(content.first_bits()));
    match life.state.requests.content(id) {
        Some(known) if known == content => Ok(true),
        Some(_) => {
            let message = "cannot reuse this id because an event with other content has it; use a new id";
            Err(Error::new(Code::IdReused, "/event/id", message))
        }
        None => {
            life.state.requests.add(id, content);
            Ok(false)
        }
    }
}

/// Returns an error for a string that is not the id of an event.
fn check(id: &str) -> Result<(), Error> {
    if (1..=64).contains(&id.chars().count()) && !id.chars().any(char::is_control) {
        return Ok(());
    }
    Err(Error::new(Code::InvalidString, "/event/id", "expected 1 to 64 characters without control characters"))
}
