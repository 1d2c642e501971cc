//! The stored record of a plan change that has not taken effect.

use super::key::PaymentKey;
use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, object, serde_by_shape};
use crate::money::Money;
use crate::pricing::proration::PlanChange;

/// A requested plan change that has not taken effect, with its defaults resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PendingChange {
    pub(crate) change: PlanChange,
    pub(crate) customer_present: bool,
    /// Whether it was requested for the day of the request itself: it then replaces all others when it takes effect
    /// (R3.5).
    pub(crate) immediate: bool,
    /// The day after a pause in which the due date was that it waited for (R5.10).
    pub(crate) moved_to: Option<Date>,
    /// The payment that it waits for.
    pub(crate) payment: Option<PaymentKey>,
    /// Whether the subscription was cancelled in the meantime. The change is then dropped, unless the unresolved
    /// attempt at its payment succeeds.
    pub(crate) falls: bool,
    /// How much lower the credit in its payment is, because money had gone back.
    pub(crate) off_unused: Option<Money>,
    /// How many refunds had been reported when its payment was made.
    pub(crate) after: u32,
}

object!(PendingChange {
    change: required "change",
    customer_present: defaulted "customerPresent",
    immediate: defaulted "immediate",
    moved_to: optional "movedTo",
    payment: optional "payment",
    falls: defaulted "falls",
    off_unused: optional "offUnused",
    after: defaulted "after",
});

impl PendingChange {
    /// Returns a change that waits for its day.
    pub(crate) fn new(change: PlanChange) -> Self {
        let (customer_present, immediate, falls) = (false, false, false);
        let (moved_to, payment, off_unused) = (None, None, None);
        Self { change, customer_present, immediate, moved_to, payment, falls, off_unused, after: 0 }
    }
}

/// A pending plan change as it was requested, with its defaults resolved (R3.5).
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingPlanChange {
    /// The change.
    pub change: PlanChange,
    /// The day on which it takes effect.
    pub on: Date,
    /// The reference of the first attempt at the payment that it waits for.
    pub reference: Option<String>,
}

impl PendingPlanChange {
    const FIELDS: Keys = "to quantities at cycle paymentCount anchorDay effective settle prorate steps discounts taxes minimum \
                          on reference";
}

impl Shape for PendingPlanChange {
    fn read(node: &Node<'_>) -> Self {
        node.object(Self::FIELDS, |fields| Self {
            change: PlanChange::read_fields(fields),
            on: fields.required("on"),
            reference: fields.nullable("reference"),
        })
    }

    fn write(&self, to: &mut Writer) {
        let PlanChange { to: price, quantities, at, cycle, payment_count, anchor_day, .. } = &self.change;
        let PlanChange { effective, settle, prorate, steps, discounts, taxes, minimum, .. } = &self.change;
        to.begin_object();
        to.nullable("to", price);
        to.optional("quantities", quantities);
        to.required("at", at);
        to.nullable("cycle", cycle);
        to.nullable("paymentCount", payment_count);
        to.nullable("anchorDay", anchor_day);
        to.nullable("effective", effective);
        to.nullable("settle", settle);
        to.nullable("prorate", prorate);
        to.optional("steps", steps);
        to.optional("discounts", discounts);
        to.optional("taxes", taxes);
        to.optional("minimum", minimum);
        to.required("on", &self.on);
        to.nullable("reference", &self.reference);
        to.end_object();
    }
}

serde_by_shape!(PendingPlanChange);
