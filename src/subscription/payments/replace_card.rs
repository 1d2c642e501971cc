//! Replacing the card or the provider (R4.2).

use crate::date::Date;
use crate::error::Errors;
use crate::subscription::event::ReplacedBy;
use crate::subscription::owed::guard;
use crate::subscription::records::state::Subscription;

/// Applies `card_replaced`.
pub(crate) fn replace(life: &mut Subscription, by: ReplacedBy, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    life.state.card.replace(by, on);
    Ok(())
}

/// Applies `provider_changed`: the cardholder has to pay there first.
pub(crate) fn change_provider(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    guard::nothing_in_flight(life)?;
    life.state.card.begin_anew(on);
    Ok(())
}
