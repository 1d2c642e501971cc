//! What has to be kept to charge again.

use super::http::Secret;
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
    /// Dintero's, out of a transaction that was fetched with its tokens.
    Dintero {
        /// The product whose tokens they are, e.g. `payex.creditcard`.
        product: String,
        /// `card.payment_token`: for payments with the customer there, and for charges by the merchant.
        payment_token: Option<Secret>,
        /// `card.recurrence_token`, of Swedbank Pay alone: for recurring charges by the merchant.
        recurrence_token: Option<Secret>,
    },
}

impl StoredCredential {
    /// The provider whose it is.
    pub fn provider(&self) -> Provider {
        match self {
            Self::DineroPay { .. } => Provider::DineroPay,
            Self::Dintero { .. } => Provider::Dintero,
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
            Provider::Dintero => {
                let fields = node.object(&["provider", "product", "paymentToken", "recurrenceToken"])?;
                let product = fields.required("product");
                let (payment_token, recurrence_token) =
                    (fields.optional("paymentToken"), fields.optional("recurrenceToken"));
                Some(Self::Dintero {
                    product: product?,
                    payment_token: payment_token?,
                    recurrence_token: recurrence_token?,
                })
            }
            other => node.unknown_word(other.as_str(), &["dineropay", "dintero"]),
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
            Self::Dintero { product, payment_token, recurrence_token } => {
                object.required("product", product);
                object.optional("paymentToken", payment_token);
                object.optional("recurrenceToken", recurrence_token);
            }
        }
        object.done()
    }
}

serde_by_shape!(StoredCredential);
