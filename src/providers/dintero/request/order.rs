//! The order, the customer, and the URLs for the customer and for reports.

use crate::digits::digits;
use crate::json::{Object, Value, object, words};
use crate::money::Money;
use crate::payment::Payment;
use crate::providers::http::Secret;
use crate::providers::rows;

/// When an authorisation is captured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Capture {
    /// Immediately, by Dintero itself (`auto_capture`), which keeps trying for 48 hours (types; one source). The
    /// default.
    #[default]
    AtOnce,
    /// When the merchant requests it: see [`capture_transaction`](super::super::capture_transaction).
    Later,
    /// As the payment profile says. Only with a profile, in [`create_session`](super::super::create_session).
    ByProfile,
}

words!(Capture { AtOnce "at_once", Later "later", ByProfile "by_profile" });

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The merchant's id of the product.
    pub id: Option<String>,
    /// The id of the line, unique within the order.
    pub line_id: String,
    /// A description.
    pub description: Option<String>,
    /// The quantity. Dintero accepts fractions too, which are not supported here.
    pub quantity: Option<u32>,
    /// The amount of the whole line, including VAT. Below zero for a discount.
    pub amount: Money,
    /// The VAT included. For display only: Dintero does not check it.
    pub vat_amount: Option<Money>,
    /// The rate of VAT in hundredths of a percent: 2500 is 25 %.
    pub vat_rate: Option<u32>,
}

object!(Item {
    id: optional "id",
    line_id: required "lineId",
    description: optional "description",
    quantity: optional "quantity",
    amount: required "amount",
    vat_amount: optional "vatAmount",
    vat_rate: optional "vatRate",
});

impl Item {
    pub(crate) fn write_body(&self) -> Value {
        let mut object = Object::default();
        object.optional("id", &self.id);
        object.required("line_id", &self.line_id);
        object.optional("description", &self.description);
        object.optional("quantity", &self.quantity);
        object.set("amount", self.amount.minor_units());
        if let Some(vat) = self.vat_amount {
            object.set("vat_amount", vat.minor_units());
        }
        if let Some(rate) = self.vat_rate {
            object.set("vat", Value::Written(percent(rate)));
        }
        object.finish()
    }
}

/// Returns the lines of a payment (R9.6). Their amounts sum to its amount, and a quantity stays where its amount divides by it. The
/// name of an item is the description.
///
/// # Examples
/// ```
/// use billing_rules::providers::dintero::order_items;
/// use billing_rules::{Cycle, Schedule, Subscription, Terms};
///
/// let day = "2025-01-31".parse()?;
/// let terms = Terms::new("99.00 BRL".parse()?, Schedule::new(day, Cycle::MONTHLY));
/// let action = Subscription::new("sub-1", terms)?.next_action(day)?;
/// let items = order_items(action.payment().expect("the first payment"));
/// assert_eq!((items.len(), items[0].amount.to_string()), (1, "99.00 BRL".into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn order_items(payment: &Payment) -> Vec<Item> {
    let rows = rows::of(payment).into_iter().enumerate();
    let item = |(index, row): (usize, rows::Row)| Item {
        line_id: digits(index.saturating_add(1)),
        quantity: Some(row.units(row.gross).0),
        amount: row.gross,
        vat_amount: if row.rate > 0 { row.tax().ok() } else { None },
        vat_rate: row.hundredths().filter(|rate| *rate > 0),
        id: Some(row.id),
        description: row.name,
    };
    rows.map(item).collect()
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The amount, including VAT, from 1 to 2 147 483 647 minor units. The items, if given, add up to it.
    pub amount: Money,
    /// The merchant's reference. For a subscription, use the reference of the payment: it differs for each attempt and
    /// is the same for the same attempt. The charge is looked up by it, and kept from being made twice.
    pub merchant_reference: String,
    /// A second reference.
    pub merchant_reference_2: Option<String>,
    /// The VAT included in the amount. For display only.
    pub vat_amount: Option<Money>,
    /// The lines.
    pub items: Option<Vec<Item>>,
}

object!(Order {
    amount: required "amount",
    merchant_reference: required "merchantReference",
    merchant_reference_2: optional "merchantReference2",
    vat_amount: optional "vatAmount",
    items: optional "items",
});

impl Order {
    pub(crate) fn write_body(&self) -> Value {
        let mut order = Object::default();
        order.set("amount", self.amount.minor_units());
        order.required("currency", &self.amount.currency());
        if let Some(vat) = self.vat_amount {
            order.set("vat_amount", vat.minor_units());
        }
        write_items(&mut order, &self.items);
        order.required("merchant_reference", &self.merchant_reference);
        order.optional("merchant_reference_2", &self.merchant_reference_2);
        order.finish()
    }
}

pub(crate) fn write_items(object: &mut Object, items: &Option<Vec<Item>>) {
    if let Some(items) = items {
        object.set("items", Value::List(items.iter().map(Item::write_body).collect()));
    }
}

/// The customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Customer {
    /// The merchant's id of the customer.
    pub customer_id: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The phone number with `+` and the country code (ITU E.123).
    pub phone_number: Option<String>,
}

object!(Customer { customer_id: optional "customerId", email: optional "email", phone_number: optional "phoneNumber" });

/// Writes the customer of a session, with the tokens of a product: `{"payex.creditcard": {"payment_token": …}}`. The
/// product is one key that contains a period.
pub(crate) fn write_customer(
    customer: &Option<Customer>,
    tokens: Option<(&'static str, &'static str, &Secret)>,
) -> Option<Value> {
    let mut object = Object::default();
    if let Some(customer) = customer {
        object.optional("customer_id", &customer.customer_id);
        object.optional("email", &customer.email);
        object.optional("phone_number", &customer.phone_number);
    }
    if let Some((product, name, token)) = tokens {
        object.set("tokens", nested(product, nested(name, Value::of(token))));
    }
    (customer.is_some() || tokens.is_some()).then(|| object.finish())
}

/// The URLs for the customer and for Dintero's reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Addresses {
    /// Where the customer is sent afterwards. An app's own scheme is allowed.
    pub return_url: String,
    /// Where Dintero reports: `https://…`. Dintero reads `?method=POST`, `report_error=true` and `delay_callback=30` in
    /// it.
    pub callback_url: Option<String>,
    /// The merchant's terms.
    pub merchant_terms_url: Option<String>,
}

object!(Addresses {
    return_url: required "returnUrl",
    callback_url: optional "callbackUrl",
    merchant_terms_url: optional "merchantTermsUrl",
});

impl Addresses {
    pub(crate) fn write_body(&self) -> Value {
        let mut url = Object::default();
        url.required("return_url", &self.return_url);
        url.optional("callback_url", &self.callback_url);
        url.optional("merchant_terms_url", &self.merchant_terms_url);
        url.finish()
    }
}

/// Builds an object with one field.
pub(crate) fn nested(key: &'static str, value: Value) -> Value {
    let mut object = Object::default();
    object.set(key, value);
    object.finish()
}

/// Writes hundredths of a percent as percent: 25, 12.5, 12.25.
fn percent(hundredths: u32) -> String {
    let (whole, rest) = (digits(hundredths.div_euclid(100)), hundredths.rem_euclid(100));
    match rest {
        0 => whole,
        rest => {
            let zero = if rest < 10 { "0" } else { "" };
            [&whole, ".", zero, digits(rest).trim_end_matches('0')].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn percents() {
        let written = [0, 5, 50, 100, 1250, 1225, 1205, 2500, 10_000].map(percent);
        assert_eq!(written, ["0", "0.05", "0.5", "1", "12.5", "12.25", "12.05", "25", "100"]);
    }
}
