//! Pricing: prices and their items, what a period costs, the lines that explain it, and what a plan change costs.

pub(crate) mod adjusting;
pub(crate) mod agreed;
pub(crate) mod applied;
pub(crate) mod beside;
pub(crate) mod bill;
mod cost;
pub(crate) mod costs;
pub(crate) mod credit;
pub(crate) mod discount;
pub(crate) mod document;
mod exchange;
pub(crate) mod fraction;
pub(crate) mod item;
mod item_check;
pub(crate) mod line;
pub(crate) mod note;
pub(crate) mod percent;
pub(crate) mod period_price;
pub(crate) mod plan;
pub(crate) mod price;
pub(crate) mod proration;
pub(crate) mod quantities;
pub(crate) mod scheduled;
mod series;
pub(crate) mod share;
pub(crate) mod step;
pub(crate) mod tax;
