//! Receipts of payments. A checkout page has none, and its entry leaves them out.

use crate::error::Error;
use crate::json::{Function, Node, Shape, Writer, function, sealed};
use crate::payment::Payment;
use crate::preview::PreviewedPayment;
use crate::pricing::document::Document;

pub(super) const FUNCTIONS: &[Function] = &[function!(
    "document", payment: AnyPayment => payment.document().map_err(|error| error.prefixed("/payment"))
)];

/// A payment, or one that was previewed, which has no reference.
enum AnyPayment {
    Payment(Payment),
    Previewed(PreviewedPayment),
}

impl AnyPayment {
    fn document(&self) -> Result<Document, Error> {
        match self {
            Self::Payment(payment) => payment.document(),
            Self::Previewed(payment) => payment.document(),
        }
    }
}

impl sealed::Sealed for AnyPayment {}

impl Shape for AnyPayment {
    fn read(node: &Node<'_>) -> Self {
        if node.gives("reference") {
            Self::Payment(Payment::read(node))
        } else {
            let fields = PreviewedPayment::FIELDS;
            Self::Previewed(node.object_by("reference", fields, PreviewedPayment::read_fields))
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Payment(payment) => payment.write(to),
            Self::Previewed(payment) => payment.write(to),
        }
    }
}
