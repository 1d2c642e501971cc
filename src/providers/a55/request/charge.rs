//! The input of a card charge.

use super::amount::decimal;
use super::threeds::{DeviceInfo, ThreedsExternal};
use crate::date::Date;
use crate::error::Error;
use crate::indicator::Indicator;
use crate::json::{object, tagged};
use crate::money::Money;
use crate::payment::Payment;
use crate::providers::a55::account::Account;
use crate::providers::card::{CardType, StoredCard};
use crate::providers::http::Secret;
use crate::providers::reference::fitting;
use crate::providers::rows::{self, Row};
use crate::schedule::Schedule;

/// The payer's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The street.
    pub street: String,
    /// The house number.
    pub address_number: String,
    /// Flat, floor and so on.
    pub complement: Option<String>,
    /// The neighbourhood.
    pub neighborhood: String,
    /// The city.
    pub city: String,
    /// The state, usually two letters.
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

/// The payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Payer {
    /// The full name.
    pub name: String,
    /// The tax id (CPF, CNPJ, RFC, …). This library does not check its check digits.
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

/// An item. Its total is the quantity times the unit amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The name.
    pub name: String,
    /// A description.
    pub description: Option<String>,
    /// The quantity, from 1.
    pub quantity: u32,
    /// The price of one unit, in the currency of the charge.
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
    /// Returns the quantity times the unit amount.
    ///
    /// # Errors
    /// `out_of_range` past 2^53 - 1 minor units.
    pub fn total(&self) -> Result<Money, Error> {
        let total = self.unit_amount.amount().saturating_mul(self.quantity.into());
        Money::new(total, self.unit_amount.currency()).map_err(|error| error.prefixed("/unitAmount"))
    }
}

/// Returns the items of a payment (R9.6). Their totals sum to its amount, and a quantity stays where its amount divides by it. An
/// item that has a name has its id as `sku`.
///
/// # Examples
/// ```
/// use billing_rules::providers::a55::order_items;
/// use billing_rules::{Cycle, Schedule, Subscription, Terms};
///
/// let day = "2025-01-31".parse()?;
/// let terms = Terms::new("99.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
/// let action = Subscription::new("sub-1", terms)?.next_action(day)?;
/// let items = order_items(action.payment().expect("the first payment"));
/// assert_eq!((items.len(), items[0].unit_amount.to_string()), (1, "99.00 BRL".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn order_items(payment: &Payment) -> Vec<Item> {
    let item = |row: Row| {
        let (quantity, unit_amount) = row.units(row.gross);
        // A unit that A55 cannot write is left to the whole.
        let is_written = decimal(unit_amount).is_ok();
        let (quantity, unit_amount) = if is_written { (quantity, unit_amount) } else { (1, row.gross) };
        let (name, sku) = match row.name {
            Some(name) => (name, Some(row.id)),
            None => (row.id, None),
        };
        Item { name, description: None, quantity, unit_amount, sku, code: None }
    };
    let items: Vec<Item> = rows::of(payment).into_iter().map(item).collect();
    if items.iter().all(|item| decimal(item.unit_amount).is_ok()) {
        return items;
    }
    vec![item(rows::whole(payment))]
}

/// The card to charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    /// The kind of the number.
    pub card_type: CardType,
    /// The name on the card.
    pub holder: String,
    /// The number, digits only.
    pub number: Secret,
    /// The month of expiry, 1 to 12. The card or token is valid until its end.
    pub expiry_month: u32,
    /// The year of expiry, four digits.
    pub expiry_year: u32,
    /// The security code, as the cardholder has just entered it. It must never be stored.
    pub cvv: Option<Secret>,
    /// The cryptogram of a network token, base64, valid for one payment.
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

impl Card {
    /// Returns what may be stored of the card. A55 stores no card for the merchant's own recurrence, so each charge
    /// contains the complete card.
    pub fn stored(&self) -> StoredCard {
        let Self { card_type, holder, number, expiry_month, expiry_year, .. } = self.clone();
        StoredCard { card_type, holder, number, expiry_month, expiry_year }
    }
}

impl From<StoredCard> for Card {
    /// Builds the card for a payment by the merchant. A network token may get a new cryptogram.
    fn from(stored: StoredCard) -> Self {
        let StoredCard { card_type, holder, number, expiry_month, expiry_year } = stored;
        Self { card_type, holder, number, expiry_month, expiry_year, cvv: None, cryptogram: None }
    }
}

/// Who triggers the payments of the subscription, and the data this needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subscription {
    /// The merchant triggers each payment and states who initiates it.
    External {
        /// The indicator of this payment.
        indicator: Indicator,
        /// The due date.
        due_date: Date,
    },
    /// A55 triggers the payments after the first.
    Internal {
        /// The schedule. A55 supports the six named cycles and an end date; a payment count is converted to the end
        /// date it means.
        schedule: Schedule,
    },
}

impl Subscription {
    /// Returns the due date of the charge.
    pub fn due_date(&self) -> Date {
        match self {
            Self::External { due_date, .. } => *due_date,
            Self::Internal { schedule } => schedule.start(),
        }
    }
}

tagged!(Subscription by "recurrence" {
    External "external" { indicator: required "indicator", due_date: required "dueDate" },
    Internal "internal" { schedule: required "schedule" },
});

/// A charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Charge {
    /// The merchant.
    pub account: Account,
    /// The payer.
    pub payer: Payer,
    /// The items; their totals add up to the amount.
    pub items: Option<Vec<Item>>,
    /// The amount, above zero.
    pub amount: Money,
    /// The number of instalments: 1. It is sent only if given: A55's reference calls it required, but no request that
    /// A55 prints has it.
    pub installments: Option<u32>,
    /// A description for the payer.
    pub description: String,
    /// The card. Without it, the response contains a session for A55's checkout, where the payer enters the card; not
    /// on M1.
    pub card: Option<Card>,
    /// The recurrence; omit it for a single payment.
    pub subscription: Option<Subscription>,
    /// The due date of a single payment; with `subscription` it is there.
    pub due_date: Option<Date>,
    /// False authorises only. Default true: the money is captured immediately.
    pub capture: Option<bool>,
    /// True requests 3-D Secure; otherwise A55 decides.
    pub threeds_authentication: Option<bool>,
    /// A 3-D Secure authentication made elsewhere.
    pub threeds_external: Option<ThreedsExternal>,
    /// The cardholder's browser, for 3-D Secure.
    pub device_info: Option<DeviceInfo>,
    /// The URL to which A55 reports changes of the charge.
    pub webhook_url: Option<String>,
    /// The URL to which the payer is sent after 3-D Secure.
    pub redirect_url: Option<String>,
    /// The payment's reference. It is sent as `reference_external_id`, by which a list of charges is searched.
    pub reference: Option<String>,
    /// The idempotency key, 16 to 128 characters: A55 makes the request once per key in 24 hours. Default the
    /// reference, adapted to that length.
    pub idempotency_key: Option<String>,
}

object!(Charge {
    account: required "account",
    payer: required "payer",
    items: optional "items",
    amount: required "amount",
    installments: optional "installments",
    description: required "description",
    card: optional "card",
    subscription: optional "subscription",
    due_date: optional "dueDate",
    capture: optional "capture",
    threeds_authentication: optional "threedsAuthentication",
    threeds_external: optional "threedsExternal",
    device_info: optional "deviceInfo",
    webhook_url: optional "webhookUrl",
    redirect_url: optional "redirectUrl",
    reference: optional "reference",
    idempotency_key: optional "idempotencyKey",
});

impl Charge {
    /// Builds a single payment due on a day, without optional fields.
    pub fn new(account: Account, payer: Payer, amount: Money, description: impl Into<String>, due_date: Date) -> Self {
        Self {
            account,
            payer,
            items: None,
            amount,
            installments: None,
            description: description.into(),
            card: None,
            subscription: None,
            due_date: Some(due_date),
            capture: None,
            threeds_authentication: None,
            threeds_external: None,
            device_info: None,
            webhook_url: None,
            redirect_url: None,
            reference: None,
            idempotency_key: None,
        }
    }

    /// Returns the charge with a card and as part of a subscription, which sets its due date.
    pub fn of_card(self, card: Card, subscription: Subscription) -> Self {
        Self { card: Some(card), subscription: Some(subscription), due_date: None, ..self }
    }

    /// Returns the due date of the charge.
    pub(crate) fn due_date(&self) -> Option<Date> {
        self.subscription.as_ref().map(Subscription::due_date).or(self.due_date)
    }

    /// Returns the idempotency key.
    pub(crate) fn key(&self) -> Option<String> {
        let derived = || self.reference.as_deref().map(|reference| fitting(reference, 16, 128));
        self.idempotency_key.clone().or_else(derived)
    }
}
