//! Declines: what a provider's refusal means for the payment and for the card.

use crate::date::Date;
use crate::json::{object, words};

/// Whether the same charge may be tried again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// Creates a decline from whether the same charge may be tried again. Its reason is `the payment was declined`.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Decline, Retry};
    ///
    /// let decline = Decline::new(Retry::Never).with_code("43").with_scheme("visa").with_reason("stolen card");
    /// assert_eq!(decline.code.as_deref(), Some("43"));
    /// ```
    pub fn new(retry: Retry) -> Self {
        let reason = "the payment was declined".into();
        Self { code: None, scheme: None, advice: None, retry, not_before: None, reason }
    }

    /// Sets the issuer's response code, such as `51`.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the card scheme, such as `visa`.
    pub fn with_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = Some(scheme.into());
        self
    }

    /// Sets the scheme's advice, such as Mastercard's `03`.
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Sets the first day of another attempt, for [`Retry::NotBefore`].
    pub fn with_not_before(mut self, not_before: Date) -> Self {
        self.not_before = Some(not_before);
        self
    }

    /// Sets why it was declined, for people.
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// A decline of which nothing is known but that it was one.
    pub(crate) fn unexplained() -> Self {
        Self::new(Retry::Allowed)
    }
}
