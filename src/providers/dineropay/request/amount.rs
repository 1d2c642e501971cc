//! Amounts as DineroPay writes them.

use crate::money::Money;
pub(crate) use crate::providers::validate::above_zero as check;

/// Currencies without minor units whose amounts are written with two zero decimals. Sources: the platform's references
/// of both protocols, and a client library.
const WITH_ZEROS: [&str; 4] = ["UGX", "JPY", "KRW", "CLP"];

/// Writes an amount as it is sent and signed: with all decimals of the currency, `19.00`, `12.500`, and `1000.00` for
/// yen (R1.3).
pub(crate) fn written(amount: Money) -> String {
    let zeros = if WITH_ZEROS.contains(&amount.currency().code()) { ".00" } else { "" };
    [&amount.to_decimal(), zeros].concat()
}
