//! The schemes' and providers' rules for retries after a decline: dated data, and the only place for it (R6.2 to R6.4).
//!
//! The schemes' own rule books are not public. Each entry names the page that quotes its rule and, if the page says so,
//! since when the rule applies. Where pages differ, the stricter figure is used. The pages, as of 2026-11-20:
//!
//! - Braintree: `developer.paypal.com/braintree/docs/reference/general/merchant-responses/merchant-advice-codes`
//! - Cielo: `developercielo.github.io/en/tutorial/programa-retentativa-bandeiras`
//! - Cielo 2025: `docs.cielo.com.br/ecommerce-cielo-en/changelog/new-limit-for-visa-retries-starting-may-25-2025`
//! - Dintero: `docs.dintero.com/docs/checkout/tokenization-error-handling`
//! - Nexi: `developer.nexigroup.com/nexi-checkout/en-EU/docs/manage-subscription-retries`
//! - Solidgate: `docs.solidgate.com/payments/payments-insights/merchant-advice-codes`
//! - Stripe: `docs.stripe.com/billing/revenue-recovery/smart-retries`
//! - TabaPay: `developers.tabapay.com/docs/excessive-retry-rules`

use crate::date::Date;
use crate::decline::{Decline, Retry};
use crate::provider::Provider;

/// A card scheme with its own rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scheme {
    Visa,
    Mastercard,
    Elo,
}

impl Scheme {
    /// Returns the scheme of a decline. `None` if it is absent or has no rules here: the rules of all schemes then
    /// apply.
    pub(super) fn of(decline: &Decline) -> Option<Self> {
        let name = decline.scheme.as_deref()?;
        let schemes = [("visa", Self::Visa), ("mastercard", Self::Mastercard), ("elo", Self::Elo)];
        schemes.into_iter().find(|(known, _)| name.eq_ignore_ascii_case(known)).map(|(_, scheme)| scheme)
    }

    /// Returns whether this scheme's rules apply to a card.
    pub(super) fn rules(self, card: Option<Scheme>) -> bool {
        card.is_none_or(|card| card == self)
    }
}

/// Returns whether the cardholder has revoked the merchant's charges (Visa R1, R3). A card updater does not undo this.
/// An unknown scheme is treated as Visa.
pub(crate) fn revokes(decline: &Decline) -> bool {
    let code = decline.code.as_deref().unwrap_or_default();
    Scheme::Visa.rules(Scheme::of(decline)) && ["R1", "R3"].iter().any(|known| known.eq_ignore_ascii_case(code))
}

/// Who issued a refusal.
#[derive(Debug, Clone, Copy)]
enum By {
    Scheme(Scheme),
    Provider(Provider),
    Everyone,
}

/// The field of a decline to compare.
#[derive(Debug, Clone, Copy)]
enum Field {
    Code,
    Advice,
}

/// Codes after which the merchant must not retry with the card.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) rule: &'static str,
    by: By,
    field: Field,
    pub(super) words: &'static [&'static str],
    says: &'static str,
}

/// The order matters: a provider knows its own codes best. A build without a provider also omits its rules.
pub(super) const REFUSALS: &[Refusal] = &[
    // A new card is needed, also to replace an expired one (54). Nexi.
    Refusal {
        rule: "nexi_never",
        by: By::Provider(Provider::Nexi),
        field: Field::Code,
        words: &["04", "14", "15", "41", "43", "46", "54", "57"],
        says: "nexi allows no new attempt",
    },
    // HardDecline, among the error codes of Nexi's API.
    Refusal {
        rule: "nexi_never",
        by: By::Provider(Provider::Nexi),
        field: Field::Code,
        words: &["1029"],
        says: "nexi allows no new attempt",
    },
    // ExpiredSubscription, InvalidSubscription and NotGenuineSubscriptionTraceId, among the error codes of Nexi's API.
    Refusal {
        rule: "nexi_customer",
        by: By::Provider(Provider::Nexi),
        field: Field::Code,
        words: &["1030", "1031", "1032"],
        says: "nexi requires a new agreement with the customer",
    },
    // Category 1: the issuer will never approve, and each attempt costs a fee. Cielo; as changed in 2024-04.
    Refusal {
        rule: "visa_category_1",
        by: By::Scheme(Scheme::Visa),
        field: Field::Code,
        words: &["04", "07", "12", "14", "15", "41", "43", "46", "57", "R0", "R1", "R3"],
        says: "visa allows no new attempt",
    },
    // Do not try again. Braintree, Cielo, Solidgate.
    Refusal {
        rule: "mastercard_advice_03",
        by: By::Scheme(Scheme::Mastercard),
        field: Field::Advice,
        words: &["03"],
        says: "mastercard allows no new attempt",
    },
    // Stop the recurring payments. Braintree, Cielo, Solidgate.
    Refusal {
        rule: "mastercard_advice_21",
        by: By::Scheme(Scheme::Mastercard),
        field: Field::Advice,
        words: &["21"],
        says: "mastercard stops the recurring payments",
    },
    // A prepaid card that cannot be topped up. Cielo.
    Refusal {
        rule: "mastercard_advice_40",
        by: By::Scheme(Scheme::Mastercard),
        field: Field::Advice,
        words: &["40"],
        says: "mastercard allows no new attempt",
    },
    // A single-use virtual card. Cielo.
    Refusal {
        rule: "mastercard_advice_41",
        by: By::Scheme(Scheme::Mastercard),
        field: Field::Advice,
        words: &["41"],
        says: "mastercard allows no new attempt",
    },
    // Codes that Elo calls irreversible. Cielo; since 2022-08-01.
    Refusal {
        rule: "elo_irreversible",
        by: By::Scheme(Scheme::Elo),
        field: Field::Code,
        words: &[
            "12", "13", "14", "19", "23", "30", "41", "43", "54", "56", "57", "58", "63", "64", "76", "77", "82", "83",
            "AB", "AC", "FM", "P5",
        ],
        says: "elo allows no new attempt",
    },
    // An expired card (Nexi, and Elo's list), a demand for authentication (Stripe), payments stopped by the cardholder (Cielo).
    Refusal {
        rule: "customer_needed",
        by: By::Everyone,
        field: Field::Code,
        words: &["54", "1A", "R0", "R1", "R3"],
        says: "only the customer can help",
    },
];

impl Refusal {
    /// Returns the code or advice of a decline that this refusal contains.
    fn matching(&self, decline: &Decline, provider: Option<Provider>) -> Option<&'static str> {
        let holds = match self.by {
            By::Scheme(scheme) => scheme.rules(Scheme::of(decline)),
            By::Provider(own) => provider == Some(own),
            By::Everyone => true,
        };
        let given = match self.field {
            Field::Code => decline.code.as_deref()?,
            Field::Advice => decline.advice.as_deref()?,
        };
        self.words.iter().copied().find(|word| holds && same(word, given))
    }
}

/// Returns whether two codes are equal, ignoring letter case and leading zeros.
fn same(word: &str, given: &str) -> bool {
    word.trim_start_matches('0').eq_ignore_ascii_case(given.trim().trim_start_matches('0'))
}

/// Returns whether only the provider's advice on a decline counts (R6.5): at Dintero, which passes on the issuer's
/// advice.
fn provider_decides(decline: &Decline, provider: Option<Provider>) -> bool {
    let speaks = match decline.retry {
        Retry::Allowed => false,
        Retry::NotBefore => decline.not_before.is_some(),
        Retry::Never | Retry::NeedsCustomer => true,
    };
    speaks && provider == Some(Provider::Dintero)
}

/// Returns the rule by which only the cardholder can pay after a decline, and the reason (R6.2).
pub(super) fn refusal(decline: &Decline, provider: Option<Provider>) -> Option<(&'static str, String)> {
    if !provider_decides(decline, provider) {
        let found = REFUSALS.iter().find_map(|refusal| Some((refusal, refusal.matching(decline, provider)?)));
        if let Some((refusal, word)) = found {
            let field = match refusal.field {
                Field::Code => "code",
                Field::Advice => "advice",
            };
            return Some((refusal.rule, ["after ", field, " ", word, " ", refusal.says].concat()));
        }
    }
    match decline.retry {
        Retry::Never => Some(("provider", "the provider allows no new attempt".into())),
        Retry::NeedsCustomer => Some(("provider", "the provider says that only the customer can help".into())),
        Retry::Allowed | Retry::NotBefore => None,
    }
}

/// How long Mastercard requires a wait after an advice.
#[derive(Debug)]
pub(super) struct Wait {
    pub(super) rule: &'static str,
    pub(super) advice: &'static str,
    pub(super) hours: u32,
}

const fn wait(rule: &'static str, advice: &'static str, hours: u32) -> Wait {
    Wait { rule, advice, hours }
}

/// Braintree, Cielo, Solidgate.
pub(super) const WAITS: &[Wait] = &[
    wait("mastercard_advice_02", "02", 72),
    // These are sent only with code 51, which is not checked: waiting is never wrong.
    wait("mastercard_advice_24", "24", 1),
    wait("mastercard_advice_25", "25", 24),
    wait("mastercard_advice_26", "26", 48),
    wait("mastercard_advice_27", "27", 96),
    wait("mastercard_advice_28", "28", 144),
    wait("mastercard_advice_29", "29", 192),
    wait("mastercard_advice_30", "30", 240),
];

impl Wait {
    /// Returns so many days that the hours have passed at any time of the later day (R6.4).
    pub(super) fn days(&self) -> u32 {
        self.hours.div_ceil(24).saturating_add(1)
    }

    /// Returns the wait that a decline requires.
    pub(super) fn after(decline: &Decline, provider: Option<Provider>) -> Option<&'static Self> {
        let advice = decline.advice.as_deref()?;
        if !Scheme::Mastercard.rules(Scheme::of(decline)) || provider_decides(decline, provider) {
            return None;
        }
        WAITS.iter().find(|wait| same(wait.advice, advice))
    }
}

/// The days that a cap counts, up to and including that of the attempt. A cap is in hours; these days contain them
/// whatever the time of day (R6.3).
#[derive(Debug, Clone, Copy)]
pub(super) enum DateRange {
    /// 24 hours: the day and the one before.
    Hours24,
    /// 30 days: the last 31 dates.
    Days30,
}

impl DateRange {
    pub(super) fn dates(self) -> u32 {
        match self {
            DateRange::Hours24 => 2,
            DateRange::Days30 => 31,
        }
    }
}

/// How many attempts a scheme allows in a window.
#[derive(Debug)]
pub(super) struct Cap {
    pub(super) rule: &'static str,
    pub(super) scheme: Scheme,
    /// The attempts including the first one: stricter than a count of retries.
    pub(super) most: usize,
    pub(super) window: DateRange,
    /// Whether attempts of another amount are counted separately.
    pub(super) by_amount: bool,
    pub(super) says: &'static str,
}

pub(super) const CAPS: &[Cap] = &[
    // Dintero. Cielo 2025 and TabaPay have had 20 since 2025-05-25.
    Cap {
        rule: "visa_15_in_30_days",
        scheme: Scheme::Visa,
        most: 15,
        window: DateRange::Days30,
        by_amount: true,
        says: "visa allows 15 attempts in 30 days",
    },
    // Dintero, TabaPay. In Brazil a fee begins with the 8th since 2023-02-01 (Cielo).
    Cap {
        rule: "mastercard_10_in_24_hours",
        scheme: Scheme::Mastercard,
        most: 10,
        window: DateRange::Hours24,
        by_amount: false,
        says: "mastercard allows 10 attempts in 24 hours",
    },
    // Cielo. TabaPay counts each amount separately.
    Cap {
        rule: "mastercard_35_in_30_days",
        scheme: Scheme::Mastercard,
        most: 35,
        window: DateRange::Days30,
        by_amount: false,
        says: "mastercard allows 35 attempts in 30 days",
    },
    // Cielo; since 2022-08-01. The fee applies from the second consecutive month above the cap.
    Cap {
        rule: "elo_15_in_30_days",
        scheme: Scheme::Elo,
        most: 15,
        window: DateRange::Days30,
        by_amount: true,
        says: "elo allows 15 attempts in 30 days",
    },
];

/// A day after which each attempt costs a fee, in days from the first decline.
#[derive(Debug)]
pub(super) struct FreeDays {
    pub(super) rule: &'static str,
    scheme: Scheme,
    days: u32,
    pub(super) says: &'static str,
}

/// Cielo.
pub(super) const FREE_DAYS: FreeDays = FreeDays {
    rule: "visa_30_days",
    scheme: Scheme::Visa,
    days: 30,
    says: "30 days after the first decline each attempt costs a fee at visa",
};

impl FreeDays {
    /// Returns the last day without the fee for a card of a scheme.
    pub(super) fn last(&self, first_decline: Date, card: Option<Scheme>) -> Option<Date> {
        self.scheme.rules(card).then(|| later(first_decline, self.days))
    }
}

/// Returns the date so many days later; 9999-12-31 if the calendar ends before.
pub(super) fn later(date: Date, days: u32) -> Date {
    date.plus_days(days.into()).unwrap_or(Date::LAST)
}
