//! Currencies (R1.3).

use std::fmt;
use std::str::FromStr;

use crate::error::{Code, Error, quote};
use crate::json::{Node, Shape, Value, serde_by_shape};

/// An ISO 4217 currency with its minor units.
///
/// The codes are those of the ISO 4217 list one of 2026-02-01: 165 with minor units. Its 13 codes without (metals, bond
/// market units, test codes) are refused: an amount in them has no smallest unit to count.
///
/// ```
/// use billing_rules::Currency;
///
/// let krone: Currency = "NOK".parse()?;
/// assert_eq!((krone.code(), krone.exponent()), ("NOK", 2));
/// assert_eq!("CLP".parse::<Currency>()?.exponent(), 0);
/// assert!("XAU".parse::<Currency>().is_err());
/// # Ok::<(), billing_rules::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency {
    code: &'static str,
    exponent: u8,
}

/// The codes by the number of decimals of their minor unit, each list sorted.
#[rustfmt::skip]
const CODES: [(u8, &[&str]); 4] = [
    (0, &[
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
        "XOF", "XPF",
    ]),
    (2, &[
        "AED", "AFN", "ALL", "AMD", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT", "BMD", "BND", "BOB",
        "BOV", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD", "CDF", "CHE", "CHF", "CHW", "CNY", "COP", "COU",
        "CRC", "CUP", "CVE", "CZK", "DKK", "DOP", "DZD", "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL",
        "GHS", "GIP", "GMD", "GTQ", "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IRR", "JMD", "KES",
        "KGS", "KHR", "KPW", "KYD", "KZT", "LAK", "LBP", "LKR", "LRD", "LSL", "MAD", "MDL", "MGA", "MKD", "MMK",
        "MNT", "MOP", "MRU", "MUR", "MVR", "MWK", "MXN", "MXV", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR",
        "NZD", "PAB", "PEN", "PGK", "PHP", "PKR", "PLN", "QAR", "RON", "RSD", "RUB", "SAR", "SBD", "SCR", "SDG",
        "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB", "TJS", "TMT", "TOP",
        "TRY", "TTD", "TWD", "TZS", "UAH", "USD", "USN", "UYU", "UZS", "VED", "VES", "WST", "XAD", "XCD", "XCG",
        "YER", "ZAR", "ZMW", "ZWG",
    ]),
    (3, &[
        "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND",
    ]),
    (4, &[
        "CLF", "UYW",
    ]),
];

impl Currency {
    /// The three letters of the currency, e.g. `NOK`.
    pub const fn code(self) -> &'static str {
        self.code
    }

    /// How many decimals its minor unit has: 0, 2, 3 or 4.
    pub const fn exponent(self) -> u8 {
        self.exponent
    }

    /// Every currency, by exponent and then by code.
    pub fn all() -> impl Iterator<Item = Currency> {
        CODES.iter().flat_map(|(exponent, codes)| codes.iter().map(|code| Currency { code, exponent: *exponent }))
    }
}

impl FromStr for Currency {
    type Err = Error;

    /// Reads the three capital letters.
    fn from_str(text: &str) -> Result<Self, Error> {
        Self::all().find(|currency| currency.code == text).ok_or_else(|| {
            let message = ["expected an ISO 4217 code with minor units, such as `NOK`, found ", &quote(text)].concat();
            Error::new(Code::UnknownCurrency, "", message)
        })
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl Shape for Currency {
    fn read(node: &Node<'_>) -> Option<Self> {
        let text = node.text()?;
        node.accept(text.parse::<Currency>())
    }

    fn write(&self) -> Value {
        Value::text(self.code)
    }
}

serde_by_shape!(Currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let count = |exponent| Currency::all().filter(|currency| currency.exponent == exponent).count();
        assert_eq!([0, 2, 3, 4].map(count), [17, 139, 7, 2]);
        for (_, codes) in CODES {
            assert!(codes.is_sorted_by(|a, b| a < b));
        }
        assert_eq!(format!("{0} {0:?}", "NOK".parse::<Currency>().unwrap()), "NOK NOK");
        for refused in ["XAU", "XXX", "XTS", "nok", "NO", "NOKK", "", "HRK"] {
            assert_eq!(refused.parse::<Currency>().unwrap_err().code(), Code::UnknownCurrency, "{refused}");
        }
    }
}
