//! A charge of a card, as it is given to the builder.

use crate::date::Date;
use crate::error::Error;
use crate::indicator::{Indicator, Recurrence};
use crate::json::{Node, Object, Shape, Value, object, serde_by_shape, words};
use crate::money::Money;
use crate::providers::http::Secret;
use crate::schedule::Schedule;

/// The merchant at A55.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The wallet that receives the money, a UUID.
    pub wallet_uuid: String,
    /// The merchant, a UUID.
    pub merchant_id: String,
    /// The host, `https://…` without a path; default A55's documented one.
    pub base_url: Option<String>,
}

object!(Account {
    wallet_uuid: required "walletUuid",
    merchant_id: required "merchantId",
    base_url: optional "baseUrl",
});

/// Where the payer lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The street.
    pub street: String,
    /// The number in the street.
    pub address_number: String,
    /// Flat, floor, …
    pub complement: Option<String>,
    /// The neighbourhood.
    pub neighborhood: String,
    /// The city.
    pub city: String,
    /// The state, usually by its two letters.
    pub state: String,
    /// The postal code.
    pub postal_code: String,
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
}

object!(Address {
    street: required "street",
    address_number: required "addressNumber",
    complement: optional "complement",
    neighborhood: required "neighborhood",
    city: required "city",
    state: required "state",
    postal_code: required "postalCode",
    country: required "country",
});

/// Who pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The full name.
    pub name: String,
    /// The tax id (CPF, CNPJ, RFC, …). Its check digits are A55's to judge.
    pub tax_id: Option<String>,
    /// The e-mail address.
    pub email: String,
    /// The mobile number with its country code, `+55…`.
    pub cell_phone: Option<String>,
    /// The address.
    pub address: Address,
}

object!(Payer {
    name: required "name",
    tax_id: optional "taxId",
    email: required "email",
    cell_phone: optional "cellPhone",
    address: required "address",
});

/// What is paid for. Its total is the quantity times the unit amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// How many, from 1.
    pub quantity: u32,
    /// The price of one, in the currency of the charge.
    pub unit_amount: Money,
    /// The stock-keeping unit.
    pub sku: Option<String>,
    /// The merchant's code.
    pub code: Option<String>,
}

object!(Item {
    name: required "name",
    description: optional "description",
    quantity: required "quantity",
    unit_amount: required "unitAmount",
    sku: optional "sku",
    code: optional "code",
});

impl Item {
    /// The quantity times the unit amount.
    ///
    /// # Errors
    /// `out_of_range` past 2^53 - 1 minor units.
    pub fn total(&self) -> Result<Money, Error> {
        let total = self.unit_amount.amount().saturating_mul(self.quantity.into());
        Money::new(total, self.unit_amount.currency()).map_err(|error| error.under("/unitAmount"))
    }
}

/// What a card number is the number of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CardType {
    /// The number on the card itself.
    Card,
    /// The number of a network token (DPAN), with a cryptogram of its own for each payment.
    NetworkToken,
}

words!(CardType { Card "card", NetworkToken "network_token" });

/// The card that is charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// What the number is.
    pub card_type: CardType,
    /// The name on the card.
    pub holder: String,
    /// The number, digits only.
    pub number: Secret,
    /// The month until whose end the card, or the token, is good: 1 to 12.
    pub expiry_month: u32,
    /// The year, four digits.
    pub expiry_year: u32,
    /// The security code, as the cardholder has just given it. It must never be stored.
    pub cvv: Option<Secret>,
    /// The cryptogram of a network token, base64, good for one payment.
    pub cryptogram: Option<Secret>,
}

object!(Card {
    card_type: required "type",
    holder: required "holder",
    number: required "number",
    expiry_month: required "expiryMonth",
    expiry_year: required "expiryYear",
    cvv: optional "cvv",
    cryptogram: optional "cryptogram",
});

/// Who triggers the payments of the subscription, and what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscription {
    /// The merchant triggers each payment and says who initiates it.
    External {
        /// The indicator of this payment.
        indicator: Indicator,
        /// The day on which it is due.
        due_date: Date,
    },
    /// A55 triggers the payments after the first.
    Internal {
        /// The schedule. A55 knows the six named cycles and an end date; a payment count goes as the end date it means.
        schedule: Schedule,
    },
}

impl Subscription {
    /// The day on which the charge is due.
    pub fn due_date(&self) -> Date {
        match self {
            Self::External { due_date, .. } => *due_date,
            Self::Internal { schedule } => schedule.start(),
        }
    }
}

impl Shape for Subscription {
    fn read(node: &Node<'_>) -> Option<Self> {
        match node.tag("recurrence")? {
            Recurrence::External => {
                let fields = node.object(&["recurrence", "indicator", "dueDate"])?;
                let (indicator, due_date) = (fields.required("indicator"), fields.required("dueDate"));
                Some(Self::External { indicator: indicator?, due_date: due_date? })
            }
            Recurrence::Internal => {
                let fields = node.object(&["recurrence", "schedule"])?;
                Some(Self::Internal { schedule: fields.required("schedule")? })
            }
        }
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        match self {
            Self::External { indicator, due_date } => {
                object.required("recurrence", &Recurrence::External);
                object.required("indicator", indicator);
                object.required("dueDate", due_date);
            }
            Self::Internal { schedule } => {
                object.required("recurrence", &Recurrence::Internal);
                object.required("schedule", schedule);
            }
        }
        object.done()
    }
}

serde_by_shape!(Subscription);

/// A charge of a card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The merchant.
    pub account: Account,
    /// Who pays.
    pub payer: Payer,
    /// What is paid for; their totals add up to the amount.
    pub items: Option<Vec<Item>>,
    /// The amount, above zero.
    pub amount: Money,
    /// A description, for the payer.
    pub description: String,
    /// The card.
    pub card: Card,
    /// The recurrence.
    pub subscription: Subscription,
    /// Where A55 reports changes of the charge.
    pub webhook_url: Option<String>,
    /// Where the payer is sent after 3-D Secure.
    pub redirect_url: Option<String>,
    /// A key under which A55 makes this request only once in 24 hours, 16 to 128 characters.
    pub idempotency_key: Option<String>,
}

object!(Charge {
    account: required "account",
    payer: required "payer",
    items: optional "items",
    amount: required "amount",
    description: required "description",
    card: required "card",
    subscription: required "subscription",
    webhook_url: optional "webhookUrl",
    redirect_url: optional "redirectUrl",
    idempotency_key: optional "idempotencyKey",
});
