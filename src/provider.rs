//! The providers, by name.

use crate::json::words;

/// A payment provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Provider {
    /// A55 Pay.
    A55,
    /// DineroPay.
    DineroPay,
    /// Dintero.
    Dintero,
    /// Nexi Checkout.
    Nexi,
}

words!(Provider { A55 "a55", DineroPay "dineropay", Dintero "dintero", Nexi "nexi" });
