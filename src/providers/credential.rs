//! What has to be kept to charge again.

use super::http::Secret;
use crate::indicator::Timing;
use crate::json::{Node, Object, Shape, Value, serde_by_shape};
use crate::provider::Provider;

/// What a provider gave, at the first payment or verification, to charge the same customer again. Secret: store it apart
/// from the subscription, encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoredCredential {
    /// DineroPay's, out of the first callback.
    DineroPay {
        /// `recurring_init_trans_id`: the id of the first payment.
        init_trans_id: String,
        /// `recurring_token`.
        token: Secret,
    },
    /// Nexi's: the agreement that a checkout made.
    Nexi {
        /// Whether the agreement is a scheduled one.
        kind: Timing,
        /// `subscriptionId` or `unscheduledSubscriptionId`. Without the merchant's key it opens nothing.
        id: String,
    },
}

impl StoredCredential {
    /// The provider whose it is.
    pub fn provider(&self) -> Provider {
        match self {
            Self::DineroPay { .. } => Provider::DineroPay,
            Self::Nexi { .. } => Provider::Nexi,
        }
    }
}

impl Shape for StoredCredential {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node.tag("provider")? {
            Provider::DineroPay => {
                let fields = node.object(&["provider", "initTransId", "token"])?;
                let (init_trans_id, token) = (fields.required("initTransId"), fields.required("token"));
                Some(Self::DineroPay { init_trans_id: init_trans_id?, token: token? })
            }
            Provider::Nexi => {
                let fields = node.object(&["provider", "kind", "id"])?;
                let (kind, id) = (fields.required("kind"), fields.required("id"));
                Some(Self::Nexi { kind: kind?, id: id? })
            }
            other => node.unknown_word(other.as_str(), &["dineropay", "nexi"]),
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("provider", &self.provider());
        match self {
            Self::DineroPay { init_trans_id, token } => {
                object.required("initTransId", init_trans_id);
                object.required("token", token);
            }
            Self::Nexi { kind, id } => {
                object.required("kind", kind);
                object.required("id", id);
            }
        }
        object.done()
    }
}

serde_by_shape!(StoredCredential);
