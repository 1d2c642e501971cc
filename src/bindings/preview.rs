//! What terms come to, before anything is agreed.

use crate::json::{Function, function};
use crate::preview::reminders::scheme_reminders;
use crate::preview::{PreviewOptions, preview};
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("preview", terms: required Terms, options: required PreviewOptions => preview(&terms, &options)),
    function!("schemeReminders", terms: required Terms, options: required PreviewOptions => scheme_reminders(&terms, &options)),
];
