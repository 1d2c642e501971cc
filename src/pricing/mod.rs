//! Pricing: the price of a period, the lines that explain it, and what a plan change costs.

pub(crate) mod fraction;
pub(crate) mod line;
pub(crate) mod note;
pub(crate) mod period_price;
pub(crate) mod proration;
pub(crate) mod scheduled;
pub(crate) mod share;
