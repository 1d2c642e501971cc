//! When a cancellation takes effect.

use crate::date::Date;
use crate::json::{Keys, Node, Shape, Writer, serde_by_shape};

/// When a cancellation takes effect (R5.9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum When {
    /// Immediately.
    #[default]
    Now,
    /// With the last paid period.
    PeriodEnd,
    /// On the first day on which it can, by commitment and notice (R10.4).
    Earliest,
    /// On a day, which is the first without service.
    On(Date),
}

impl When {
    const NAMES: [&'static str; 3] = ["now", "period_end", "earliest"];
    const FIELDS: Keys = "on";
}

impl Shape for When {
    fn read(node: &Node<'_>) -> Self {
        if node.is_object() {
            return node.object(Self::FIELDS, |fields| Self::On(fields.required("on")));
        }
        match node.word(&Self::NAMES) {
            1 => Self::PeriodEnd,
            2 => Self::Earliest,
            _ => Self::Now,
        }
    }

    fn write(&self, to: &mut Writer) {
        match self {
            Self::Now => to.plain("now"),
            Self::PeriodEnd => to.plain("period_end"),
            Self::Earliest => to.plain("earliest"),
            Self::On(on) => {
                to.begin_object();
                to.required("on", on);
                to.end_object();
            }
        }
    }
}

serde_by_shape!(When);
