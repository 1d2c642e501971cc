//! The order and the payer.

use super::amount;
use crate::date::Date;
use crate::error::Problems;
use crate::json::{Object, Value, object};
use crate::money::Money;
use crate::providers::dineropay::checks::{
    CITY, COUNTRY, DESCRIPTION, Form, HOUSE, NAME, ORDER_NUMBER, PHONE, STATE, STATE_CODE, STREET, ZIP, email,
};

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The merchant's order number: 1 to 255 letters without accents, digits and signs. Use a new one for each attempt,
    /// such as a payment's reference. DineroPay accepts the same number any number of times, and charges each time.
    pub number: String,
    /// The amount, above zero.
    pub amount: Money,
    /// The description for the payer: 2 to 1024 letters, digits, spaces and signs. Letters with accents are rejected,
    /// as the platform's pages contradict each other on how they are hashed. Arabic is accepted.
    pub description: String,
}

object!(Order { number: required "number", amount: required "amount", description: required "description" });

impl Order {
    pub(crate) fn check(&self, problems: &mut Problems) {
        ORDER_NUMBER.check(&self.number, "/order/number", problems);
        amount::check(self.amount, "/order/amount", problems);
        DESCRIPTION.check(&self.description, "/order/description", problems);
    }

    pub(crate) fn body(&self, with_currency: bool) -> Value {
        let mut order = Object::default();
        order.required("number", &self.number);
        order.set("amount", Value::text(amount::written(self.amount)));
        if with_currency {
            order.required("currency", &self.amount.currency());
        }
        order.required("description", &self.description);
        order.finish()
    }
}

/// The payer. DineroPay's page requests anything that is missing from the payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// The name, 2 to 32 characters. The page itself requires two words.
    pub name: String,
    /// The e-mail address.
    pub email: String,
    /// The date of birth.
    pub birth_date: Option<Date>,
}

object!(Customer { name: required "name", email: required "email", birth_date: optional "birthDate" });

impl Customer {
    pub(crate) fn check(&self, problems: &mut Problems) {
        NAME.check(&self.name, "/customer/name", problems);
        email(&self.email, "/customer/email", problems);
    }

    pub(crate) fn body(&self) -> Value {
        let mut customer = Object::default();
        customer.required("name", &self.name);
        customer.required("email", &self.email);
        customer.optional("birth_date", &self.birth_date);
        customer.finish()
    }
}

/// The payer's address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BillingAddress {
    /// The country, ISO 3166-1 alpha-2.
    pub country: String,
    /// The state; in US, CA, AU, JP and IN its code of two capital letters.
    pub state: Option<String>,
    /// The city, 2 to 40 characters.
    pub city: Option<String>,
    /// The district, 2 to 32 characters.
    pub district: Option<String>,
    /// The street, 2 to 32 characters.
    pub address: Option<String>,
    /// The house number, 1 to 9 characters.
    pub house_number: Option<String>,
    /// The postal code, 2 to 10 characters.
    pub zip: Option<String>,
    /// The phone number, up to 32 digits, spaces and `+()-`. A blank one, which shops send, is omitted.
    pub phone: Option<String>,
}

object!(BillingAddress {
    country: required "country",
    state: optional "state",
    city: optional "city",
    district: optional "district",
    address: optional "address",
    house_number: optional "houseNumber",
    zip: optional "zip",
    phone: optional "phone",
});

impl BillingAddress {
    pub(crate) fn check(&self, problems: &mut Problems) {
        COUNTRY.check(&self.country, "/billingAddress/country", problems);
        let by_code = ["US", "CA", "AU", "JP", "IN"].contains(&self.country.as_str());
        let state: &Form = if by_code { &STATE_CODE } else { &STATE };
        for (form, value, path) in [
            (state, &self.state, "/billingAddress/state"),
            (&CITY, &self.city, "/billingAddress/city"),
            (&STREET, &self.district, "/billingAddress/district"),
            (&STREET, &self.address, "/billingAddress/address"),
            (&HOUSE, &self.house_number, "/billingAddress/houseNumber"),
            (&ZIP, &self.zip, "/billingAddress/zip"),
            (&PHONE, &self.phone(), "/billingAddress/phone"),
        ] {
            if let Some(value) = value {
                form.check(value, path, problems);
            }
        }
    }

    fn phone(&self) -> Option<String> {
        self.phone.clone().filter(|phone| !phone.trim().is_empty())
    }

    pub(crate) fn body(&self) -> Value {
        let mut address = Object::default();
        address.required("country", &self.country);
        address.optional("state", &self.state);
        address.optional("city", &self.city);
        address.optional("district", &self.district);
        address.optional("address", &self.address);
        address.optional("house_number", &self.house_number);
        address.optional("zip", &self.zip);
        address.optional("phone", &self.phone());
        address.finish()
    }
}
