//! Declines: what a provider's refusal means for the payment and the card.

use crate::date::Date;
use crate::json::{object, words};

/// Whether the same charge may be retried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Retry {
    /// Yes, by the policy.
    Allowed,
    /// Yes, from a certain day.
    NotBefore,
    /// No: only the cardholder can pay.
    Never,
    /// Only the cardholder can fix the cause, or pay.
    NeedsCustomer,
}

words!(Retry { Allowed "allowed", NotBefore "not_before", Never "never", NeedsCustomer "needs_customer" });

/// A decline, as read from the provider's response.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decline {
    /// The issuer's response code, such as `51`.
    pub code: Option<String>,
    /// The card scheme, such as `visa`.
    pub scheme: Option<String>,
    /// The scheme's advice in addition to the code, such as Mastercard's `03`.
    pub advice: Option<String>,
    /// Whether the same charge may be retried.
    pub retry: Retry,
    /// The first day for a retry, with [`Retry::NotBefore`].
    pub not_before: Option<Date>,
    /// The reason, for people.
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
    /// Creates a decline that states whether the same charge may be retried. Its reason is `the payment was declined`.
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
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }

    /// Sets the card scheme, such as `visa`.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_scheme(mut self, scheme: impl Into<String>) -> Self {
        self.scheme = Some(scheme.into());
        self
    }

    /// Sets the scheme's advice, such as Mastercard's `03`.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Decline, Retry};
    ///
    /// let decline = Decline::new(Retry::NotBefore).with_advice("26").with_not_before("2025-02-03".parse()?);
    /// assert_eq!((decline.advice.as_deref(), decline.not_before), (Some("26"), Some("2025-02-03".parse()?)));
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn with_advice(mut self, advice: impl Into<String>) -> Self {
        self.advice = Some(advice.into());
        self
    }

    /// Sets the first day of another attempt, for [`Retry::NotBefore`].
    ///
    /// # Examples
    /// [`with_advice`](Self::with_advice) has one.
    pub fn with_not_before(mut self, not_before: Date) -> Self {
        self.not_before = Some(not_before);
        self
    }

    /// Sets the reason, for people.
    ///
    /// # Examples
    /// [`new`](Self::new) has one.
    pub fn with_reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = reason.into();
        self
    }

    /// Creates a decline without any details.
    pub(crate) fn unexplained() -> Self {
        Self::new(Retry::Allowed)
    }
}
