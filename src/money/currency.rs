//! Currencies (R1.3).

use std::cmp::Ordering;
use std::fmt;
use std::num::NonZeroU8;
use std::str::FromStr;

use crate::error::{Code, Error};
use crate::json::{Node, Shape, Writer, serde_by_shape};

/// An ISO 4217 currency with its minor units.
///
/// The codes are the 165 with minor units in ISO 4217 list one of 2026-02-01. Its 13 codes without minor units (metals,
/// bond market units, test codes) are rejected, as amounts in them have no smallest unit.
///
/// # Examples
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
    /// The position in [`CODES`], from 1. `NonZeroU8` keeps an amount with a currency at 16 bytes, also in an `Option`.
    place: NonZeroU8,
}

/// Every code, three letters each: sorted by the decimals of the minor unit, then alphabetically.
const CODES: &str = concat!(
    // 0
    "BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF",
    // 2
    "AEDAFNALLAMDAOAARSAUDAWGAZNBAMBBDBDTBMDBNDBOBBOVBRLBSDBTNBWPBYNBZDCADCDFCHECHFCHWCNYCOPCOU",
    "CRCCUPCVECZKDKKDOPDZDEGPERNETBEURFJDFKPGBPGELGHSGIPGMDGTQGYDHKDHNLHTGHUFIDRILSINRIRRJMDKES",
    "KGSKHRKPWKYDKZTLAKLBPLKRLRDLSLMADMDLMGAMKDMMKMNTMOPMRUMURMVRMWKMXNMXVMYRMZNNADNGNNIONOKNPR",
    "NZDPABPENPGKPHPPKRPLNQARRONRSDRUBSARSBDSCRSDGSEKSGDSHPSLESOSSRDSSPSTNSVCSYPSZLTHBTJSTMTTOP",
    "TRYTTDTWDTZSUAHUSDUSNUYUUZSVEDVESWSTXADXCDXCGYERZARZMWZWG",
    // 3
    "BHDIQDJODKWDLYDOMRTND",
    // 4
    "CLFUYW",
);

/// The number of codes, and for each number of decimals the position of its last code.
const COUNT: u8 = 165;
const EXPONENTS: [(u8, u8); 4] = [(17, 0), (156, 2), (163, 3), (165, 4)];

impl Currency {
    /// Returns the three letters of the currency, such as `NOK`.
    ///
    /// # Examples
    /// [`Currency`] has one.
    pub fn code(self) -> &'static str {
        let end = usize::from(self.place.get()).saturating_mul(3);
        CODES.get(end.saturating_sub(3)..end).unwrap_or_default()
    }

    /// Returns the number of decimals of the minor unit: 0, 2, 3 or 4.
    ///
    /// # Examples
    /// [`Currency`] has one.
    pub fn exponent(self) -> u8 {
        let of_place = |(last, _): &&(u8, u8)| self.place.get() <= *last;
        EXPONENTS.iter().find(of_place).map_or(0, |(_, exponent)| *exponent)
    }

    /// Returns some currency, in place of one that cannot be read.
    pub(crate) fn placeholder() -> Self {
        Self { place: NonZeroU8::MIN }
    }

    fn letters(self) -> Option<&'static [u8; 3]> {
        let end = usize::from(self.place.get()).saturating_mul(3);
        CODES.as_bytes().get(end.saturating_sub(3)..end)?.first_chunk()
    }

    /// Finds a code by bisection among the positions of one exponent.
    fn find(code: &[u8; 3], mut first: u8, mut last: u8) -> Option<Self> {
        while first <= last {
            let middle = Self { place: NonZeroU8::new(first.midpoint(last))? };
            match code.cmp(middle.letters()?) {
                Ordering::Less => last = middle.place.get().checked_sub(1)?,
                Ordering::Equal => return Some(middle),
                Ordering::Greater => first = middle.place.get().checked_add(1)?,
            }
        }
        None
    }

    /// Returns every currency, sorted by exponent and then by code.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::Currency;
    ///
    /// assert_eq!(Currency::all().count(), 165);
    /// assert!(Currency::all().any(|currency| currency.code() == "NOK"));
    /// ```
    pub fn all() -> impl Iterator<Item = Currency> {
        (1..=COUNT).filter_map(NonZeroU8::new).map(|place| Currency { place })
    }
}

impl FromStr for Currency {
    type Err = Error;

    /// Parses the three capital letters.
    fn from_str(text: &str) -> Result<Self, Error> {
        if let Ok(letters) = <&[u8; 3]>::try_from(text.as_bytes()) {
            let mut first = 1;
            for (last, _) in EXPONENTS {
                if let Some(found) = Self::find(letters, first, last) {
                    return Ok(found);
                }
                first = last.saturating_add(1);
            }
        }
        Err(Error::new(Code::UnknownCurrency, "", "expected an ISO 4217 code with minor units, such as `NOK`"))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Shape for Currency {
    #[inline(never)]
    fn read(node: &Node<'_>) -> Self {
        node.text().and_then(|text| node.ok_or_report(text.parse::<Currency>())).unwrap_or(Self::placeholder())
    }

    fn write(&self, to: &mut Writer) {
        to.plain(self.code());
    }
}

serde_by_shape!(Currency);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let count = |exponent| Currency::all().filter(|currency| currency.exponent() == exponent).count();
        assert_eq!([0, 2, 3, 4].map(count), [17, 139, 7, 2]);
        assert_eq!(CODES.len(), usize::from(COUNT) * 3);
        assert!(Currency::all().is_sorted_by_key(|currency| (currency.exponent(), currency.code())));
        assert_eq!(format!("{0} {0:?}", "NOK".parse::<Currency>().unwrap()), "NOK NOK");
        for refused in ["XAU", "XXX", "XTS", "nok", "NO", "NOKK", "", "HRK"] {
            assert_eq!(refused.parse::<Currency>().unwrap_err().code(), Code::UnknownCurrency, "{refused}");
        }
    }
}
