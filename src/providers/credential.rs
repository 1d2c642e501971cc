//! What has to be kept to charge again.

use super::card::StoredCard;
use super::http::Secret;
use crate::indicator::Timing;
use crate::json::{Node, Object, Shape, Value, serde_by_shape};
use crate::money::Currency;
use crate::provider::Provider;

/// What a provider gave, at the first payment or verification, to charge the same customer again. Secret: store it apart
/// from the subscription, encrypted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StoredCredential {
    /// A55's: A55 keeps nothing for the merchant's own recurrence, so the card or network token itself, without its security
    /// code and its cryptogram. Whoever stores a card number is held to PCI DSS.
    A55 {
        /// The card.
        card: StoredCard,
    },
    /// DineroPay's, out of the first callback.
    DineroPay {
        /// `recurring_init_trans_id`: the id of the first payment.
        init_trans_id: String,
        /// `recurring_token`.
        token: Secret,
        /// The currency of the first payment, which is that of all later ones: DineroPay is not told it again.
        currency: Option<Currency>,
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
            Self::A55 { .. } => Provider::A55,
            Self::DineroPay { .. } => Provider::DineroPay,
            Self::Dintero { .. } => Provider::Dintero,
            Self::Nexi { .. } => Provider::Nexi,
        }
    }
}

impl Shape for StoredCredential {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node.tag("provider")? {
            Provider::A55 => {
                let fields = node.object(&["provider", "card"])?;
                Some(Self::A55 { card: fields.required("card")? })
            }
            Provider::DineroPay => {
                let fields = node.object(&["provider", "initTransId", "token", "currency"])?;
                let (init_trans_id, token) = (fields.required("initTransId"), fields.required("token"));
                let currency = fields.optional("currency");
                Some(Self::DineroPay { init_trans_id: init_trans_id?, token: token?, currency: currency? })
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
            Provider::Nexi => {
                let fields = node.object(&["provider", "kind", "id"])?;
                let (kind, id) = (fields.required("kind"), fields.required("id"));
                Some(Self::Nexi { kind: kind?, id: id? })
            }
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        object.required("provider", &self.provider());
        match self {
            Self::A55 { card } => object.required("card", card),
            Self::DineroPay { init_trans_id, token, currency } => {
                object.required("initTransId", init_trans_id);
                object.required("token", token);
                object.optional("currency", currency);
            }
            Self::Dintero { product, payment_token, recurrence_token } => {
                object.required("product", product);
                object.optional("paymentToken", payment_token);
                object.optional("recurrenceToken", recurrence_token);
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
