//! The result of terms, before anything is agreed.

use crate::json::{Function, function};
use crate::preview::PreviewOptions;
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("preview", terms: required Terms, options: required PreviewOptions => terms.preview(&options)),
    function!("schemeReminders", terms: required Terms, options: required PreviewOptions => terms.scheme_reminders(&options)),
];
