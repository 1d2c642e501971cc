//! What Examplepay refuses, refused here with a path.

use super::account::Account;
use crate::error::Problems;
use crate::money::Money;
use crate::providers::validate;

/// The currencies.
pub(super) const CURRENCIES: [&str; 2] = ["NOK", "EUR"];

pub(super) fn account(account: &Account, problems: &mut Problems) {
    validate::graphic(&account.merchant_id, "/account/merchantId", problems);
    validate::base_url(account.base_url.as_deref(), "/account/baseUrl", problems);
}

pub(super) fn amount(amount: Money, problems: &mut Problems) {
    validate::currency(amount, "examplepay", &CURRENCIES, "/payment/amount", problems);
}
