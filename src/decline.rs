//! Declines: what a provider's refusal means for the payment and for the card.

use crate::date::Date;
use crate::json::{object, words};

/// Whether the same charge may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Retry {
    /// It may, by the policy.
    Allowed,
    /// It may, from a day on.
    NotBefore,
    /// It may not: only the cardholder can pay.
    Never,
    /// Only the cardholder can mend what is wrong, or pay.
    NeedsCustomer,
}

words!(Retry { Allowed "allowed", NotBefore "not_before", Never "never", NeedsCustomer "needs_customer" });

/// A decline, as the reader of the provider's answer understood it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decline {
    /// The issuer's response code, e.g. `51`.
    pub code: Option<String>,
    /// The card scheme, e.g. `visa`.
    pub scheme: Option<String>,
    /// The scheme's advice beside the code, e.g. Mastercard's `03`.
    pub advice: Option<String>,
    /// Whether the same charge may be tried again.
    pub retry: Retry,
    /// The first day on which it may, with [`Retry::NotBefore`].
    pub not_before: Option<Date>,
    /// Why, for people.
    pub reason: String,
}

object!(Decline {
    code: nullable "code",
    scheme: nullable "scheme",
    advice: nullable "advice",
    retry: required "retry",
    not_before: nullable "notBefore",
    reason: required "reason",
});

impl Decline {
    /// A decline of which nothing is known but that it was one.
    pub(crate) fn unexplained() -> Self {
        let reason = "the payment was declined".into();
        Self { code: None, scheme: None, advice: None, retry: Retry::Allowed, not_before: None, reason }
    }
}
