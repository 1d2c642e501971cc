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

/// The number of codes, and for each number of decimals the positions of its first and last code. Most codes have two.
const COUNT: u8 = 165;
const EXPONENTS: [(u8, u8, u8); 4] = [(18, 156, 2), (1, 17, 0), (157, 163, 3), (164, 165, 4)];

/// The letters of each code as one number.
const LETTERS: [u32; COUNT as usize] = {
    let mut all = [0; COUNT as usize];
    let (mut places, mut codes): (&mut [u32], &[u8]) = (&mut all, CODES.as_bytes());
    while let ([place, more @ ..], [first, second, third, rest @ ..]) = (places, codes) {
        *place = letters(*first, *second, *third);
        (places, codes) = (more, rest);
    }
    all
};

const fn letters(first: u8, second: u8, third: u8) -> u32 {
    u32::from_be_bytes([0, first, second, third])
}

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
        let of_place = |(first, last, _): &&(u8, u8, u8)| (*first..=*last).contains(&self.place.get());
        EXPONENTS.iter().find(of_place).map_or(0, |(.., exponent)| *exponent)
    }

    /// Returns some currency, in place of one that cannot be read.
    pub(crate) fn placeholder() -> Self {
        Self { place: NonZeroU8::MIN }
    }

    /// Finds a code by bisection among the positions of one exponent.
    #[inline]
    fn find(code: u32, mut first: u8, mut last: u8) -> Option<Self> {
        while first <= last {
            let place = first.midpoint(last);
            match code.cmp(LETTERS.get(usize::from(place).checked_sub(1)?)?) {
                Ordering::Less => last = place.checked_sub(1)?,
                Ordering::Equal => return Some(Self { place: NonZeroU8::new(place)? }),
                Ordering::Greater => first = place.checked_add(1)?,
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
        if let &[first, second, third] = text.as_bytes() {
            let code = letters(first, second, third);
            for (first, last, _) in EXPONENTS {
                if let Some(found) = Self::find(code, first, last) {
                    return Ok(found);
                }
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
