//! The handlers of events about payments and money.

pub(super) mod decline;
pub(super) mod finish;
pub(super) mod money_back;
pub(super) mod provider_charge;
pub(super) mod recall;
pub(super) mod replace_card;
pub(super) mod request;
pub(super) mod start;
pub(super) mod success;
pub(super) mod unscheduled;
