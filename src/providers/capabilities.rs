//! What a provider can do, as data. Each provider's folder states its own, with the sources.

use crate::cycle::Cycle;
use crate::indicator::Recurrence;
use crate::json::{object, words};
use crate::money::Currency;
use crate::provider::Provider;

/// What is kept of a customer's card to charge it again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeptAs {
    /// The card itself: whoever stores it is held to PCI DSS.
    Card,
    /// A token.
    Token,
    /// An agreement that the provider holds.
    Agreement,
}

words!(KeptAs { Card "card", Token "token", Agreement "agreement" });

/// Where the cardholder makes a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CheckoutBy {
    /// On a page of the provider's alone.
    Page,
    /// On a page of the provider's, or on the merchant's own, which then handles the card.
    PageOrRequest,
}

words!(CheckoutBy { Page "page", PageOrRequest "page_or_request" });

/// How a charge tells who initiates it (R4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IndicatorBy {
    /// By a field with C1 or M1.
    Field,
    /// By the request that is used: one for the cardholder, another for the merchant.
    Request,
    /// As by request, and by a word that tells a charge of a series from one that no schedule foresees.
    Operation,
    /// As by request, and by the kind of the agreement.
    Agreement,
}

words!(IndicatorBy { Field "field", Request "request", Operation "operation", Agreement "agreement" });

/// How a card is verified without taking money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VerificationBy {
    /// Not at all, as far as it is documented.
    None,
    /// By a session that has no amount.
    NoAmount,
    /// By a payment of 0.
    ZeroAmount,
}

words!(VerificationBy { None "none", NoAmount "no_amount", ZeroAmount "zero_amount" });

/// By what a charge that is sent twice is made once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeduplicatedBy {
    /// By nothing: it is made twice.
    None,
    /// By a header of its own.
    IdempotencyKey,
    /// By the merchant's reference, once it was paid.
    Reference,
}

words!(DeduplicatedBy { None "none", IdempotencyKey "idempotency_key", Reference "reference" });

/// How to ask what became of a charge whose answer did not come (R6.6).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AskedBy {
    /// By a list of charges, in which the reference is looked for.
    List,
    /// By the reference.
    Reference,
    /// By the stored credential and the reference.
    Credential,
}

words!(AskedBy { List "list", Reference "reference", Credential "credential" });

/// Who tries a declined charge again, where the merchant runs the schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RetriedBy {
    /// The merchant, by a new charge.
    Merchant,
    /// The merchant, or the provider when it is asked to.
    MerchantOrProvider,
}

words!(RetriedBy { Merchant "merchant", MerchantOrProvider "merchant_or_provider" });

/// How an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WrittenAs {
    /// A decimal number in major units: `19.90`.
    DecimalNumber,
    /// A decimal text in major units: `"19.90"`.
    DecimalText,
    /// Minor units: `1990`.
    MinorUnits,
}

words!(WrittenAs { DecimalNumber "decimal_number", DecimalText "decimal_text", MinorUnits "minor_units" });

/// The day that a provider's own schedule counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountsFrom {
    /// The day of the first payment.
    FirstPayment,
    /// An anchor day, where the second payment falls in the month that is a cycle after that of the first.
    AnchorDay,
}

words!(CountsFrom { FirstPayment "first_payment", AnchorDay "anchor_day" });

/// How a provider's own schedule takes a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitAs {
    /// By the last day: a number of payments goes as the day that it means.
    EndDate,
    /// By the number of payments: a last day goes as the number that it means.
    PaymentCount,
}

words!(LimitAs { EndDate "end_date", PaymentCount "payment_count" });

/// What the provider's own schedules can do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InternalSchedules {
    /// The cycles; none where any number of days, weeks, months or years will do.
    pub cycles: Option<Vec<Cycle>>,
    /// What is counted from.
    pub counts_from: CountsFrom,
    /// How a limit goes.
    pub limit: LimitAs,
    /// Whether one without a limit is documented.
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
    /// What the provider's own schedules can do, where it has any.
    pub internal: Option<InternalSchedules>,
    /// What is kept to charge again.
    pub kept_as: KeptAs,
    /// Where the cardholder pays.
    pub checkout: CheckoutBy,
    /// How a charge tells who initiates it.
    pub indicator: IndicatorBy,
    /// Whether it can tell the finer Mastercard code. What it cannot tell is lost (R4.5).
    pub mastercard_code: bool,
    /// How a card is verified without money: for a trial, or another card.
    pub verification: VerificationBy,
    /// By what a charge sent twice is made once.
    pub deduplication: DeduplicatedBy,
    /// For how many hours; none where it is not documented, or where there is none.
    pub deduplication_hours: Option<u32>,
    /// How to ask what became of a charge.
    pub status: AskedBy,
    /// Whether many charges go in one request.
    pub bulk: bool,
    /// Who tries again after a decline.
    pub retries: RetriedBy,
    /// The currencies; none where there is no documented list.
    pub currencies: Option<Vec<Currency>>,
    /// How amounts are written.
    pub amounts: WrittenAs,
    /// The largest amount, in minor units; none where none is documented.
    pub largest_amount: Option<u32>,
    /// The currencies whose amounts have to be whole, though they have minor units.
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

/// Currencies by their codes.
pub(crate) fn currencies(codes: &[&str]) -> Vec<Currency> {
    codes.iter().filter_map(|code| code.parse().ok()).collect()
}
