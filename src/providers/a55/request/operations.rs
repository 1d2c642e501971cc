//! Requests about existing charges and subscriptions.

use super::amount::decimal;
use super::create::key_header;
use crate::date::Date;
use crate::digits::digits;
use crate::error::{Code, Errors, Problems};
use crate::json::{Object, object};
use crate::money::Money;
use crate::providers::a55::account::{Account, check_id};
use crate::providers::a55::checks;
use crate::providers::form;
use crate::providers::http::{Headers, HttpRequest};
use crate::providers::validate::text;

/// The id of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeId {
    /// The merchant.
    pub account: Account,
    /// A55's id of the charge.
    pub charge_uuid: String,
}

object!(ChargeId { account: required "account", charge_uuid: required "chargeUuid" });

/// Builds the request for the current state of a charge: `GET /api/v1/bank/wallet/charge/?charge_uuid=…&wallet_uuid=…`.
///
/// Sources: A55's API reference in two generations, which this follows. Its page on webhooks writes `GET
/// …/charge/{charge_uuid}/` instead.
///
/// # Errors
/// `invalid_string` for malformed ids.
pub fn get_charge(input: &ChargeId) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    input.account.check(&mut problems);
    check_id(&input.charge_uuid, "/chargeUuid", &mut problems);
    problems.finish(Some(()))?;
    let query = [("charge_uuid", input.charge_uuid.as_str()), ("wallet_uuid", &input.account.wallet_uuid)];
    Ok(HttpRequest::get(with_query(input.account.url("charge/"), &query), Headers::default()))
}

/// Which charges to list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListCharges {
    /// The merchant.
    pub account: Account,
    /// The first day. A55 does not document its time zone: to find an attempt, start on the day before it.
    pub from: Option<Date>,
    /// The last day. To find an attempt, end on the day after it.
    pub through: Option<Date>,
    /// The page, from 1. Default 1.
    pub page: Option<u32>,
    /// The number of charges of a page, 1 to 100. Default 100.
    pub limit: Option<u32>,
    /// A filter such as `status:confirmed`.
    pub filter: Option<String>,
    /// An order such as `created:desc`.
    pub sort: Option<String>,
}

object!(ListCharges {
    account: required "account",
    from: optional "from",
    through: optional "through",
    page: optional "page",
    limit: optional "limit",
    filter: optional "filter",
    sort: optional "sort",
});

impl ListCharges {
    /// The maximum number of charges of a page, which is also the number requested.
    pub(crate) const LIMIT: u32 = 100;
}

/// Builds the request for a list of charges: `GET /api/v1/bank/wallet/charges/`. Search it for an attempt whose
/// response was lost with [`find_charge`](super::super::find_charge) (R6.6).
///
/// Source: A55's API reference only. Not documented: a filter by reference, and the time zone of the dates.
///
/// # Errors
/// `invalid_string` for malformed ids; `out_of_range` for page 0 and a limit outside 1 to 100; `end_before_start`.
pub fn list_charges(input: &ListCharges) -> Result<HttpRequest, Errors> {
    let mut problems = Problems::of_input();
    input.account.check(&mut problems);
    if let (Some(from), Some(through)) = (input.from, input.through)
        && through < from
    {
        problems.push(Code::EndBeforeStart, "/through", "expected a last day that is not before the first");
    }
    if input.page == Some(0) {
        problems.push(Code::OutOfRange, "/page", "expected a page of 1 or more");
    }
    if input.limit.is_some_and(|limit| !(1..=ListCharges::LIMIT).contains(&limit)) {
        problems.push(Code::OutOfRange, "/limit", "expected a limit from 1 to 100");
    }
    for (value, path) in [(&input.filter, "/filter"), (&input.sort, "/sort")] {
        if let Some(value) = value {
            text(value, path, &mut problems);
        }
    }
    problems.finish(Some(()))?;
    let given = [
        ("wallet_uuid", Some(input.account.wallet_uuid.clone())),
        ("date_start", input.from.map(Date::iso)),
        ("date_end", input.through.map(Date::iso)),
        ("page", input.page.map(digits)),
        ("limit", Some(digits(input.limit.unwrap_or(ListCharges::LIMIT)))),
        ("filter", input.filter.clone()),
        ("sort", input.sort.clone()),
    ];
    let query: Vec<_> = given.iter().filter_map(|(name, value)| Some((*name, value.as_deref()?))).collect();
    Ok(HttpRequest::get(with_query(input.account.url("charges/"), &query), Headers::default()))
}

/// A change of a charge: a cancellation, capture or refund.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeChange {
    /// The merchant.
    pub account: Account,
    /// A55's id of the charge.
    pub charge_uuid: String,
    /// The amount to capture or refund, above zero; default all of it, or all that remains. Not for a cancellation.
    pub amount: Option<Money>,
    /// The amount that can be captured or refunded, if known: `amount` must not exceed it.
    pub remaining: Option<Money>,
    /// The reason, for the merchant's books. Not for a capture.
    pub reason: Option<String>,
    /// The idempotency key, 16 to 128 characters: A55 makes the request once per key in 24 hours. A refund sent again
    /// without one may be made twice.
    pub idempotency_key: Option<String>,
}

object!(ChargeChange {
    account: required "account",
    charge_uuid: required "chargeUuid",
    amount: optional "amount",
    remaining: optional "remaining",
    reason: optional "reason",
    idempotency_key: optional "idempotencyKey",
});

impl ChargeChange {
    /// Builds a change of the whole charge.
    pub fn new(account: Account, charge_uuid: impl Into<String>) -> Self {
        let charge_uuid = charge_uuid.into();
        Self { account, charge_uuid, amount: None, remaining: None, reason: None, idempotency_key: None }
    }

    fn check(&self, takes_amount: bool, takes_reason: bool) -> Result<(), Errors> {
        let mut problems = Problems::of_input();
        self.account.check(&mut problems);
        check_id(&self.charge_uuid, "/chargeUuid", &mut problems);
        for (amount, path) in [(self.amount, "/amount"), (self.remaining, "/remaining")] {
            match amount {
                Some(_) if !takes_amount => {
                    let message = "cannot cancel a part of the charge; leave `amount` out";
                    problems.push(Code::UnknownField, path, message);
                }
                Some(amount) => checks::amount(amount, path, &mut problems),
                None => {}
            }
        }
        if let (true, Some(amount), Some(remaining)) = (takes_amount, self.amount, self.remaining) {
            problems.check(remaining.same_currency(amount, "/amount/currency"));
            if remaining.currency() == amount.currency() && amount.amount() > remaining.amount() {
                let message = ["expected at most the remaining `", &remaining.text(), "`"].concat();
                problems.push(Code::OutOfRange, "/amount/amount", message);
            }
        }
        match &self.reason {
            Some(_) if !takes_reason => {
                problems.push(Code::UnknownField, "/reason", "A55 accepts no reason for a capture; leave it out");
            }
            Some(reason) => text(reason, "/reason", &mut problems),
            None => {}
        }
        checks::idempotency_key(self.idempotency_key.as_deref(), &mut problems);
        problems.finish(Some(()))
    }

    fn request(&self, resource: &[&str], mut body: Object) -> Result<HttpRequest, Errors> {
        if let Some(amount) = self.amount {
            body.set("amount", decimal(amount)?);
        }
        body.optional("reason", &self.reason);
        let headers = key_header(self.idempotency_key.as_deref());
        Ok(HttpRequest::post_json(self.account.url(&resource.concat()), headers, &body.finish()))
    }
}

/// Builds the request that captures an authorised charge: `POST /api/v1/bank/wallet/charge/capture/`. If it captures
/// less than the whole, the rest is released.
///
/// Source: A55's API reference only. Not every acquirer allows a partial capture.
///
/// # Errors
/// `invalid_string`, `out_of_range`, `unsupported_currency` and `amount_not_representable`, as for a charge;
/// `unknown_field` for a reason.
pub fn capture_charge(input: &ChargeChange) -> Result<HttpRequest, Errors> {
    input.check(true, false)?;
    let mut body = Object::default();
    body.required("charge_uuid", &input.charge_uuid);
    body.required("wallet_uuid", &input.account.wallet_uuid);
    input.request(&["charge/capture/"], body)
}

/// Builds the request that cancels a charge that is not settled: `POST
/// /api/v1/bank/wallet/charge/{charge_uuid}/cancel/{wallet_uuid}/`.
///
/// Source: A55's API reference only.
///
/// # Errors
/// `invalid_string`, and `unknown_field` for an amount.
pub fn cancel_charge(input: &ChargeChange) -> Result<HttpRequest, Errors> {
    input.check(false, true)?;
    let resource = ["charge/", &input.charge_uuid, "/cancel/", &input.account.wallet_uuid, "/"];
    input.request(&resource, Object::default())
}

/// Builds the request that refunds a charge, whole or in part: `POST
/// /api/v1/bank/wallet/charge/{charge_uuid}/refund/{wallet_uuid}/`.
///
/// Sources: two generations of A55's API reference; the reason is in the older one only. The response is not
/// documented: query the charge.
///
/// # Errors
/// The same as [`capture_charge`], and `out_of_range` for more than what remains.
pub fn refund_charge(input: &ChargeChange) -> Result<HttpRequest, Errors> {
    input.check(true, true)?;
    let resource = ["charge/", &input.charge_uuid, "/refund/", &input.account.wallet_uuid, "/"];
    input.request(&resource, Object::default())
}

/// The id of a subscription that A55 runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionId {
    /// The merchant.
    pub account: Account,
    /// A55's id of the subscription.
    pub subscription_uuid: String,
}

object!(SubscriptionId { account: required "account", subscription_uuid: required "subscriptionUuid" });

impl SubscriptionId {
    fn check(&self) -> Result<(), Errors> {
        let mut problems = Problems::of_input();
        self.account.check(&mut problems);
        check_id(&self.subscription_uuid, "/subscriptionUuid", &mut problems);
        problems.finish(Some(()))
    }
}

/// Builds the request for the current state of a subscription at A55: `GET
/// /api/v1/bank/wallet/subscription/?wallet_uuid=…&subscription_uuid=…`.
///
/// Sources: A55's subscription guide and its API reference. No list, update or pause of subscriptions is documented.
///
/// # Errors
/// `invalid_string` for malformed ids.
pub fn get_subscription(input: &SubscriptionId) -> Result<HttpRequest, Errors> {
    input.check()?;
    let query =
        [("wallet_uuid", input.account.wallet_uuid.as_str()), ("subscription_uuid", input.subscription_uuid.as_str())];
    Ok(HttpRequest::get(with_query(input.account.url("subscription/"), &query), Headers::default()))
}

/// Builds the request that cancels a subscription: `DELETE
/// /api/v1/bank/wallet/subscription/{subscription_uuid}/cancel/{wallet_uuid}/`. It stops later charges and refunds
/// nothing.
///
/// Sources: A55's subscription guide and its API reference.
///
/// # Errors
/// `invalid_string` for malformed ids.
pub fn cancel_subscription(input: &SubscriptionId) -> Result<HttpRequest, Errors> {
    input.check()?;
    let resource = ["subscription/", &input.subscription_uuid, "/cancel/", &input.account.wallet_uuid, "/"];
    Ok(HttpRequest::delete(input.account.url(&resource.concat()), Headers::default()))
}

fn with_query(url: String, query: &[(&str, &str)]) -> String {
    [url, form::query(query)].join("?")
}
