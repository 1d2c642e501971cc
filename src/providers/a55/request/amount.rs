//! Amounts as A55 writes them.

use crate::error::{Code, Error};
use crate::json::Value;
use crate::money::{Currency, Money};

/// Returns how many decimals A55 accepts. Chilean and Colombian pesos are whole, although ISO 4217 gives Colombia's two
/// decimals (R1.3; A55's country pages).
fn exponent(currency: Currency) -> u8 {
    if matches!(currency.code(), "CLP" | "COP") { 0 } else { currency.exponent() }
}

/// Writes an amount for A55: a JSON number in major units.
pub(crate) fn decimal(amount: Money) -> Result<Value, Error> {
    let mut digits = amount.to_decimal();
    if exponent(amount.currency()) < amount.currency().exponent() {
        let Some((whole, decimals)) = digits.split_once('.') else { return Ok(Value::Written(digits)) };
        if decimals.bytes().any(|digit| digit != b'0') {
            let message = ["A55 accepts whole units of `", amount.currency().code(), "` only"].concat();
            return Err(Error::new(Code::AmountNotRepresentable, "", message));
        }
        digits = whole.to_string();
    }
    Ok(Value::Written(digits))
}
