//! Terms before anything is agreed: their trial, and what they result in.

use crate::date::Date;
use crate::json::{Function, function};
use crate::preview::PreviewOptions;
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!(
        "withTrial", terms: required Terms, on: required Date, days: required u32 => terms.with_trial(on, days)
    ),
    function!("preview", terms: required Terms, options: required PreviewOptions => terms.preview(&options)),
    // With the life of a subscription the row is in either.rs.
    #[cfg(not(feature = "life"))]
    function!("schemeReminders", terms: required Terms, options: required PreviewOptions => terms.scheme_reminders(&options)),
];
