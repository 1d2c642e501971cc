//! What has to be kept to charge again.

use super::http::Secret;
use crate::error::Error;
use crate::json::{Node, Object, Shape, Value, serde_by_shape};
use crate::money::Currency;
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
        /// The currency of the first payment, which is that of all later ones: DineroPay is not told it again.
        currency: Option<Currency>,
    },
}

impl StoredCredential {
    /// The provider whose it is.
    pub fn provider(&self) -> Provider {
        match self {
            Self::DineroPay { .. } => Provider::DineroPay,
        }
    }
}

impl StoredCredential {
    /// DineroPay's: `init_trans_id`, token and currency.
    pub(crate) fn dineropay(&self) -> Result<(&str, &Secret, Option<Currency>), Error> {
        match self {
            Self::DineroPay { init_trans_id, token, currency } => Ok((init_trans_id, token, *currency)),
        }
    }
}

impl Shape for StoredCredential {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node.tag("provider")? {
            Provider::DineroPay => {
                let fields = node.object(&["provider", "initTransId", "token", "currency"])?;
                let (init_trans_id, token) = (fields.required("initTransId"), fields.required("token"));
                let currency = fields.optional("currency");
                Some(Self::DineroPay { init_trans_id: init_trans_id?, token: token?, currency: currency? })
            }
            other => node.unknown_word(other.as_str(), &["dineropay"]),
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("provider", &self.provider());
        match self {
            Self::DineroPay { init_trans_id, token, currency } => {
                object.required("initTransId", init_trans_id);
                object.required("token", token);
                object.optional("currency", currency);
            }
        }
        object.done()
    }
}

serde_by_shape!(StoredCredential);
