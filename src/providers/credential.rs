//! What has to be kept to charge again.

use super::card::StoredCard;
use super::http::Secret;
use crate::indicator::Timing;
use crate::json::tagged;
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

tagged!(StoredCredential by "provider" {
    A55 "a55" { card: required "card" },
    DineroPay "dineropay" { init_trans_id: required "initTransId", token: required "token", currency: optional "currency" },
    Dintero "dintero" {
        product: required "product",
        payment_token: optional "paymentToken",
        recurrence_token: optional "recurrenceToken",
    },
    Nexi "nexi" { kind: required "kind", id: required "id" },
});
