//! Functions of terms before anything is agreed, and of a subscription.

use crate::date::Date;
use crate::error::Errors;
use crate::json::sealed::Sealed;
use crate::json::{Function, Node, Shape, Writer, function};
use crate::preview::PreviewOptions;
use crate::preview::reminders::SchemeReminder;
use crate::subscription::Subscription;
use crate::terms::Terms;

pub(super) const FUNCTIONS: &[Function] = &[
    function!("earliestEnd", subscription: required Either, on: required Date => earliest_end(&subscription, on)),
    function!("schemeReminders", terms: required Either, options: required PreviewOptions => reminders(&terms, &options)),
];

/// Terms, or a subscription, which alone has a format and a state.
enum Either {
    Terms(Box<Terms>),
    Subscription(Box<Subscription>),
}

impl Sealed for Either {}

impl Shape for Either {
    fn read(node: &Node<'_>) -> Self {
        if node.has_field("format") || node.has_field("state") {
            Self::Subscription(Box::new(Subscription::read(node)))
        } else {
            Self::Terms(Box::new(Terms::read(node)))
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Terms(terms) => terms.write(to),
            Self::Subscription(subscription) => subscription.write(to),
        }
    }
}

fn earliest_end(either: &Either, on: Date) -> Result<Option<Date>, Errors> {
    match either {
        Either::Terms(terms) => terms.earliest_end(on).map_err(|errors| errors.moved(&[("/terms", "/subscription")])),
        Either::Subscription(subscription) => subscription.earliest_end(on),
    }
}

fn reminders(either: &Either, options: &PreviewOptions) -> Result<Vec<SchemeReminder>, Errors> {
    match either {
        Either::Terms(terms) => terms.scheme_reminders(options),
        Either::Subscription(subscription) => subscription.scheme_reminders(options),
    }
}
