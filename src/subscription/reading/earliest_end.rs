//! The first day on which a cancellation can take effect.

use crate::date::Date;
use crate::error::Errors;
use crate::subscription::days::advance;
use crate::subscription::owed::guard;
use crate::subscription::owed::minimum_term;
use crate::subscription::owed::service;
use crate::subscription::records::state::Subscription;

impl Subscription {
    /// Returns the first day on which a cancellation given on a day can take effect, by commitment and notice (R10.3): the day of
    /// `cancelled` with [`When::Earliest`](crate::When::Earliest). `None` once there is no service any more.
    ///
    /// It is the day itself in terms without either, in a trial, and until something was paid or the card verified.
    ///
    /// # Errors
    /// - `event_out_of_order` for a day before the last event.
    /// - `out_of_range` for a day after 9999-12-31.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Commitment, Cycle, Event, Schedule, Subscription, Terms, When};
    ///
    /// let day = "2026-01-01".parse()?;
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(day, Cycle::MONTHLY))
    ///     .with_commitment(Commitment::Payments(12));
    /// let paid = Subscription::new("sub-1", terms)?.apply(&Event::payment_succeeded("sub-1-1-0-1", day))?;
    ///
    /// let asked = "2026-03-15".parse()?;
    /// assert_eq!(paid.earliest_end(asked)?, Some("2027-01-01".parse()?));
    /// assert_eq!(paid.apply(&Event::cancelled(When::Now, asked)).unwrap_err().first().code().as_str(), "committed");
    /// assert!(paid.apply(&Event::cancelled(When::Earliest, asked)).is_ok());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn earliest_end(&self, on: Date) -> Result<Option<Date>, Errors> {
        guard::not_before_last_event(self, on, "/on")?;
        let life = advance::seen(self, on)?;
        Ok(if service::is_over(&life) { None } else { Some(minimum_term::earliest_end(&life, on)?) })
    }
}
