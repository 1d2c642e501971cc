//! What a provider can do, as data. Each provider's folder declares its own, with the sources.

use crate::cycle::Cycle;
use crate::indicator::Recurrence;
use crate::json::{object, words};
use crate::money::Currency;
use crate::provider::Provider;

/// What is stored of a customer's card, to charge it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptAs {
    /// The card itself. Storing it requires PCI DSS compliance.
    Card,
    /// A token.
    Token,
    /// An agreement that the provider keeps.
    Agreement,
}

words!(KeptAs { Card "card", Token "token", Agreement "agreement" });

/// Where the cardholder pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckoutBy {
    /// On a page of the provider only.
    Page,
    /// On a page of the provider, or on the merchant's own page, which then handles the card.
    PageOrRequest,
}

words!(CheckoutBy { Page "page", PageOrRequest "page_or_request" });

/// How a charge states who initiates it (R4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndicatorBy {
    /// By a field with C1 or M1.
    Field,
    /// By the request itself: one for the cardholder, another for the merchant.
    Request,
    /// By the request, and by a value that separates a charge of a series from an unscheduled one.
    Operation,
    /// By the request, and by the kind of the agreement.
    Agreement,
}

words!(IndicatorBy { Field "field", Request "request", Operation "operation", Agreement "agreement" });

/// How a card is verified without a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerificationBy {
    /// Not possible, as far as is documented.
    None,
    /// By a session that has no amount.
    NoAmount,
    /// By a payment of 0.
    ZeroAmount,
}

words!(VerificationBy { None "none", NoAmount "no_amount", ZeroAmount "zero_amount" });

/// What keeps a charge that is sent twice from being made twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeduplicatedBy {
    /// Nothing: the charge is made twice.
    None,
    /// A header for this purpose.
    IdempotencyKey,
    /// The merchant's reference, once it was paid.
    Reference,
}

words!(DeduplicatedBy { None "none", IdempotencyKey "idempotency_key", Reference "reference" });

/// How to find out the outcome of a charge whose response was lost (R6.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AskedBy {
    /// By a list of charges that is searched for the reference.
    List,
    /// By the reference.
    Reference,
    /// By the stored credential and the reference.
    Credential,
}

words!(AskedBy { List "list", Reference "reference", Credential "credential" });

/// Who retries a declined charge when the merchant runs the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetriedBy {
    /// The merchant, with a new charge.
    Merchant,
    /// The merchant, or the provider when the request says so.
    MerchantOrProvider,
}

words!(RetriedBy { Merchant "merchant", MerchantOrProvider "merchant_or_provider" });

/// How an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WrittenAs {
    /// A decimal number in major units: `19.90`.
    DecimalNumber,
    /// A decimal string in major units: `"19.90"`.
    DecimalText,
    /// Minor units: `1990`.
    MinorUnits,
}

words!(WrittenAs { DecimalNumber "decimal_number", DecimalText "decimal_text", MinorUnits "minor_units" });

/// The day from which a provider's own schedule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountsFrom {
    /// The day of the first payment.
    FirstPayment,
    /// An anchor day, where the second payment is due in the month one cycle after that of the first.
    AnchorDay,
}

words!(CountsFrom { FirstPayment "first_payment", AnchorDay "anchor_day" });

/// How a provider's own schedule is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitAs {
    /// By the last day: a payment count is converted to the day it means.
    EndDate,
    /// By the number of payments: a last day is converted to the count it means.
    PaymentCount,
}

words!(LimitAs { EndDate "end_date", PaymentCount "payment_count" });

/// What the provider's own schedules can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternalSchedules {
    /// The cycles; `None` if any number of days, weeks, months or years is possible.
    pub cycles: Option<Vec<Cycle>>,
    /// The day from which it counts.
    pub counts_from: CountsFrom,
    /// How it is limited.
    pub limit: LimitAs,
    /// Whether a schedule without a limit is documented.
    pub open_ended: bool,
}

object!(InternalSchedules {
    cycles: nullable "cycles",
    counts_from: required "countsFrom",
    limit: required "limit",
    open_ended: required "openEnded",
});

/// What a provider can do.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Capabilities {
    /// The provider.
    pub provider: Provider,
    /// Who can trigger the payments after the first.
    pub recurrence: Vec<Recurrence>,
    /// What the provider's own schedules can do, if it has any.
    pub internal: Option<InternalSchedules>,
    /// What is stored to charge again.
    pub kept_as: KeptAs,
    /// Where the cardholder pays.
    pub checkout: CheckoutBy,
    /// How a charge states who initiates it.
    pub indicator: IndicatorBy,
    /// Whether a charge can state the finer Mastercard code. If not, the code is lost (R4.5).
    pub mastercard_code: bool,
    /// How a card is verified without a charge: for a trial, or for another card.
    pub verification: VerificationBy,
    /// What keeps a charge that is sent twice from being made twice.
    pub deduplication: DeduplicatedBy,
    /// For how many hours; `None` if that is not documented or nothing deduplicates.
    pub deduplication_hours: Option<u32>,
    /// How to find out the outcome of a charge.
    pub status: AskedBy,
    /// Whether one request can contain many charges.
    pub bulk: bool,
    /// Who retries after a decline.
    pub retries: RetriedBy,
    /// The currencies; `None` if the provider documents no list.
    pub currencies: Option<Vec<Currency>>,
    /// How amounts are written.
    pub amounts: WrittenAs,
    /// The largest amount in minor units; `None` if none is documented.
    pub largest_amount: Option<u32>,
    /// The currencies that allow whole major units only, although they have minor units.
    pub whole_units: Vec<Currency>,
}

object!(Capabilities {
    provider: required "provider",
    recurrence: required "recurrence",
    internal: nullable "internal",
    kept_as: required "keptAs",
    checkout: required "checkout",
    indicator: required "indicator",
    mastercard_code: required "mastercardCode",
    verification: required "verification",
    deduplication: required "deduplication",
    deduplication_hours: nullable "deduplicationHours",
    status: required "status",
    bulk: required "bulk",
    retries: required "retries",
    currencies: nullable "currencies",
    amounts: required "amounts",
    largest_amount: nullable "largestAmount",
    whole_units: required "wholeUnits",
});

/// Parses currency codes.
pub(crate) fn currencies(codes: &[&str]) -> Vec<Currency> {
    codes.iter().filter_map(|code| code.parse().ok()).collect()
}
