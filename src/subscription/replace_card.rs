//! Replacing the card or the provider (R4.2).

use super::event::ReplacedBy;
use super::guard;
use super::state::Subscription;
use crate::date::Date;
use crate::error::Errors;

/// Applies `card_replaced`.
pub(super) fn replace(life: &mut Subscription, by: ReplacedBy, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    life.state.card.replace(by, on);
    Ok(())
}

/// Applies `provider_changed`: the cardholder has to pay there first.
pub(super) fn change_provider(life: &mut Subscription, on: Date) -> Result<(), Errors> {
    guard::not_ended(life)?;
    guard::nothing_in_flight(life)?;
    life.state.card.begin_anew(on);
    Ok(())
}
