//! Money: integer minor units of one currency, with every rounding declared (R1.2 to R1.4).

mod allocate;
mod amount;
mod currency;
mod rounding;

pub use amount::Money;
pub use currency::Currency;
pub use rounding::{Rounding, RoundingRule};
