//! Compares terms with what a provider supports.

use super::super::capabilities::{Capabilities, CountsFrom, InternalSchedules, LimitAs, VerificationBy};
use super::capabilities;
use crate::digits::digits;
use crate::error::{Error, Errors};
use crate::indicator::Recurrence;
use crate::json::{object, words};
use crate::minimum_term::{Commitment, NoticeTo};
use crate::money::Money;
use crate::pricing::discount::Discount;
use crate::pricing::price::Price;
use crate::pricing::share::FirstPeriod;
use crate::provider::Provider;
use crate::schedule::Schedule;
use crate::terms::Terms;

/// What a provider cannot do with some terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FindingKind {
    /// The provider does not support the currency.
    UnsupportedCurrency,
    /// The provider cannot represent the price.
    AmountNotRepresentable,
    /// Parts of the price may be amounts that the provider cannot represent.
    RoundingNotRepresentable,
    /// The provider has no schedules of its own.
    NoInternalRecurrence,
    /// Its schedules do not support the cycle.
    UnsupportedCycle,
    /// Its schedules do not support the anchor day.
    UnsupportedAnchorDay,
    /// Its schedules need a limit.
    LimitRequired,
    /// Its schedules need a price above 0.
    PriceRequired,
    /// All payments of its schedules have the amount of the first one.
    FirstPriceDiffers,
    /// The amounts of its schedules do not change.
    PriceVaries,
    /// The provider cannot verify a card without a charge.
    NoVerification,
    /// The provider retries by its own rules.
    ProviderRetries,
    /// The provider does not make up for payments that it missed.
    ProviderMissedPayments,
    /// The provider knows no minimum term.
    NoMinimumTerm,
    /// The provider ends its schedules between two periods only.
    EndWithinPeriod,
}

words!(FindingKind {
    UnsupportedCurrency "unsupported_currency",
    AmountNotRepresentable "amount_not_representable",
    RoundingNotRepresentable "rounding_not_representable",
    NoInternalRecurrence "no_internal_recurrence",
    UnsupportedCycle "unsupported_cycle",
    UnsupportedAnchorDay "unsupported_anchor_day",
    LimitRequired "limit_required",
    PriceRequired "price_required",
    FirstPriceDiffers "first_price_differs",
    PriceVaries "price_varies",
    NoVerification "no_verification",
    ProviderRetries "provider_retries",
    ProviderMissedPayments "provider_missed_payments",
    NoMinimumTerm "no_minimum_term",
    EndWithinPeriod "end_within_period",
});

/// A part of the terms that the provider does not support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is not supported.
    pub code: FindingKind,
    /// The path in the terms, as a JSON Pointer.
    pub path: String,
    /// The reason, for people.
    pub message: String,
    /// What to do instead; `None` if only another provider helps.
    pub instead: Option<String>,
}

object!(Finding { code: required "code", path: required "path", message: required "message", instead: nullable "instead" });

struct Findings {
    provider: Provider,
    found: Vec<Finding>,
}

impl Findings {
    /// Adds a finding. Its message is the provider's name followed by `what`.
    fn push(&mut self, code: FindingKind, path: &str, what: &str, instead: &str) {
        let message = [self.provider.as_str(), " ", what].concat();
        let instead = Some(instead).filter(|instead| !instead.is_empty()).map(String::from);
        self.found.push(Finding { code, path: ["/terms", path].concat(), message, instead });
    }
}

/// Returns what a provider cannot do with the terms, and what to do instead; empty if it supports all of them.
///
/// A limit that converts without a loss is no finding: a payment count becomes the last day it means. Neither is a
/// limitation that no terms can change, such as a missing field for the Mastercard code: see [`capabilities`].
///
/// # Errors
/// `unknown_value` for a provider that is not in this build; `out_of_range` for a schedule whose payment count reaches
/// past 9999-12-31.
pub fn check_terms(terms: &Terms, provider: Provider) -> Result<Vec<Finding>, Errors> {
    let able = capabilities(provider)?;
    let mut findings = Findings { provider, found: Vec::new() };
    amounts(terms, &able, &mut findings)?;
    match (terms.recurrence.unwrap_or_default(), terms.schedule, &able.internal) {
        (Recurrence::External, ..) | (_, None, _) => {}
        (Recurrence::Internal, Some(schedule), Some(internal)) => {
            scheduled(&schedule, internal, &mut findings).map_err(|error| error.prefixed("/terms"))?;
            run_by_provider(terms, &schedule, &mut findings);
        }
        (Recurrence::Internal, Some(_), None) => {
            let instead = "run the schedule yourself, by external recurrence";
            let what = "has no schedules of its own";
            findings.push(FindingKind::NoInternalRecurrence, "/recurrence", what, instead);
        }
    }
    if able.verification == VerificationBy::None {
        verification(terms, &mut findings)?;
    }
    Ok(findings.found)
}

/// Returns the path of what a period costs, within a price.
fn price_path(price: &Price) -> &'static str {
    if price.items().is_empty() { "/price/amount" } else { "/price/items" }
}

/// Returns the amounts that the terms state, each with its path: of items the sum.
fn stated(terms: &Terms) -> Result<Vec<(String, Money)>, Error> {
    let mut amounts = vec![(price_path(&terms.price).into(), terms.full_price()?)];
    for (index, step) in terms.resolved_steps().iter().enumerate() {
        let path = ["/steps/", &digits(index), price_path(&step.price)].concat();
        amounts.push((path, step.price.sum(terms.rule()?)?));
    }
    for (path, amount) in [("/setup", terms.setup), ("/trialPrice", terms.trial_price), ("/minimum", terms.minimum)] {
        amounts.extend(amount.map(|amount| (path.into(), amount)));
    }
    Ok(amounts)
}

/// Checks the largest amount: of those that are stated, and of a payment with its fee and its taxes.
fn largest(terms: &Terms, stated: &[(String, Money)], most: u32, findings: &mut Findings) -> Result<(), Errors> {
    let what = ["accepts at most ", &digits(most), " minor units"].concat();
    let is_too_large = |amount: Money| amount.amount() > most.into();
    let before = findings.found.len();
    for (path, _) in stated.iter().filter(|(_, amount)| is_too_large(*amount)) {
        let is_once = ["/setup", "/trialPrice"].contains(&path.as_str());
        let instead = if is_once { "lower it" } else { "shorten the cycle, so that each payment is smaller" };
        findings.push(FindingKind::AmountNotRepresentable, path, &what, instead);
    }
    if findings.found.len() > before {
        return Ok(());
    }
    let steps = terms.resolved_steps();
    let paid = terms.priced(&steps)?.map_or(Ok(None), |priced| priced.largest())?;
    if let Some(paid) = paid.filter(|paid| is_too_large(*paid)) {
        let path = if terms.setup.is_some() { "/setup" } else { "/taxes" };
        let what = [&what, ", and a payment costs ", &digits(paid.amount())].concat();
        let instead = "shorten the cycle, so that each payment is smaller";
        findings.push(FindingKind::AmountNotRepresentable, path, &what, instead);
    }
    Ok(())
}

fn amounts(terms: &Terms, able: &Capabilities, findings: &mut Findings) -> Result<(), Errors> {
    let (stated, currency) = (stated(terms)?, terms.price.currency());
    if let Some(taken) = &able.currencies
        && !taken.contains(&currency)
    {
        let codes: Vec<&str> = taken.iter().map(|currency| currency.code()).collect();
        let what = ["does not support `", currency.code(), "`, only `", &codes.join("`, `"), "`"].concat();
        let path = if terms.price.items().is_empty() { "/price/currency" } else { "/price/items" };
        findings.push(FindingKind::UnsupportedCurrency, path, &what, "");
    }
    if let Some(most) = able.largest_amount {
        largest(terms, &stated, most, findings)?;
    }
    if able.whole_units.contains(&currency) {
        let unit = 10u32.saturating_pow(currency.exponent().into());
        let what = ["accepts `", currency.code(), "` in whole units only"].concat();
        for (path, _) in stated.iter().filter(|(_, amount)| amount.amount().checked_rem(unit.into()) != Some(0)) {
            let is_price = path.starts_with("/price");
            let instead = if is_price { "round the price to whole units" } else { "round it to whole units" };
            findings.push(FindingKind::AmountNotRepresentable, path, &what, instead);
        }
        if terms.round_to.unwrap_or(1).checked_rem(unit) != Some(0) {
            let instead = ["set `roundTo: ", &digits(unit), "` to round parts of the price"].concat();
            findings.push(FindingKind::RoundingNotRepresentable, "/roundTo", &what, &instead);
        }
    }
    Ok(())
}

/// Checks a schedule that the provider would run.
fn scheduled(schedule: &Schedule, internal: &InternalSchedules, findings: &mut Findings) -> Result<(), Error> {
    const YOURSELF: &str = "run the schedule yourself, by external recurrence";
    if let Some(cycles) = &internal.cycles
        && !cycles.contains(&schedule.cycle())
    {
        let names: Vec<&str> = cycles.iter().filter_map(|cycle| cycle.name()).collect();
        let what = ["runs only the cycles `", &names.join("`, `"), "`"].concat();
        findings.push(FindingKind::UnsupportedCycle, "/schedule/cycle", &what, YOURSELF);
    }
    let (counts, what) = match internal.counts_from {
        CountsFrom::FirstPayment => (
            schedule.anchor_day().is_none_or(|day| day == schedule.start().day()),
            "counts from the day of the first payment",
        ),
        CountsFrom::AnchorDay => {
            (schedule.second_in_next_cycle(), "documents no anchor day that comes before a whole cycle")
        }
    };
    if !counts {
        let instead = "start on the anchor day, or run the schedule yourself, by external recurrence";
        findings.push(FindingKind::UnsupportedAnchorDay, "/schedule/anchorDay", what, instead);
    }
    if schedule.last_payment()?.is_none() && !internal.open_ended {
        let (path, instead) = match internal.limit {
            LimitAs::PaymentCount => ("/schedule/paymentCount", "set a payment count or an end date"),
            LimitAs::EndDate => ("/schedule/endDate", "set an end date or a payment count"),
        };
        findings.push(FindingKind::LimitRequired, path, "documents no schedule without an end", instead);
    }
    Ok(())
}

/// Checks terms that the provider would replace with its own rules, as it runs the schedule (R5.7).
fn run_by_provider(terms: &Terms, schedule: &Schedule, findings: &mut Findings) {
    let instead = "leave it out, or run the schedule yourself, by external recurrence";
    if !terms.costs_something() {
        let instead = "run the schedule yourself: a payment of 0 needs no request";
        findings.push(FindingKind::PriceRequired, price_path(&terms.price), "charges no payment of 0", instead);
    }
    let stub = schedule.period(1).ok().flatten().is_some_and(|first| schedule.is_stub(&first));
    if stub && terms.first_period != Some(FirstPeriod::Full) {
        let what = "charges the amount of the first payment every time, as far as is documented for every account";
        let instead = "set `firstPeriod: full`, or start on the anchor day";
        findings.push(FindingKind::FirstPriceDiffers, "/firstPeriod", what, instead);
    }
    let has_end = |discount: &Discount| discount.payments.is_some() || discount.through.is_some();
    let varies = [
        (!terms.steps.is_empty(), "/steps"),
        (terms.setup.is_some(), "/setup"),
        (terms.trial_price.is_some(), "/trialPrice"),
        (terms.discounts.iter().any(has_end), "/discounts"),
    ];
    for (_, path) in varies.into_iter().filter(|(varies, _)| *varies) {
        let what = "charges the same amount every time, as far as is documented";
        findings.push(FindingKind::PriceVaries, path, what, instead);
    }
    if terms.retry.is_some() {
        let what = "retries by its own rules, which it does not document";
        findings.push(FindingKind::ProviderRetries, "/retry", what, instead);
    }
    if terms.missed_payments.is_some() {
        let what = "makes the payments itself, so your server misses none";
        findings.push(FindingKind::ProviderMissedPayments, "/missedPayments", what, instead);
    }
    minimum_term(terms, schedule, findings);
}

/// Checks a minimum term, which only `cancelled` knows, where the provider runs the schedule (R10.4).
fn minimum_term(terms: &Terms, schedule: &Schedule, findings: &mut Findings) {
    let Some(path) = terms.commitment.map(|_| "/commitment").or(terms.notice.map(|_| "/notice")) else { return };
    let what = "ends a schedule on any day that it is called";
    let instead = "apply `cancelled` first: it is an error before the end of the minimum term";
    findings.push(FindingKind::NoMinimumTerm, path, what, instead);
    let what = "ends its schedules between two periods only";
    let is_within = |day| schedule.boundary_on(day).is_none();
    match (terms.notice.map(|notice| notice.to), terms.commitment) {
        (Some(NoticeTo::Day | NoticeTo::MonthEnd), _) => {
            let instead = "let the notice end with a period: `period_end`";
            findings.push(FindingKind::EndWithinPeriod, "/notice/to", what, instead);
        }
        (None, Some(Commitment::Until(day))) if is_within(day) => {
            let instead = "end the commitment on a due date, or add a notice to the `period_end`";
            findings.push(FindingKind::EndWithinPeriod, "/commitment/until", what, instead);
        }
        _ => {}
    }
}

/// Checks terms that need a card verified without a charge: for a trial (R2.9), or for a first payment of 0 (R4.6).
fn verification(terms: &Terms, findings: &mut Findings) -> Result<(), Errors> {
    const WHAT: &str = "documents no way to verify a card without a charge";
    let steps = terms.resolved_steps();
    let Some(priced) = terms.priced(&steps)? else { return Ok(()) };
    if !terms.is_ever_charged(&priced)? {
        return Ok(());
    }
    let schedule = priced.schedule;
    if terms.trial_start.is_some() && terms.trial_price.is_none_or(|price| price.amount() == 0) {
        let instead = "leave `trialStart` out: the customer then pays by checkout on the schedule's first day";
        findings.push(FindingKind::NoVerification, "/trialStart", WHAT, instead);
    }
    let at_schedule = |error: Error| Errors::from(error.prefixed("/terms"));
    let first = schedule.period(1).map_err(at_schedule)?;
    let only = schedule.last_payment().map_err(at_schedule)?.is_some_and(|last| last.number == 1);
    let free = terms.first_period == Some(FirstPeriod::Free) && first.is_some_and(|first| schedule.is_stub(&first));
    if free && !only {
        let instead = "start on the anchor day, where the first payment is";
        findings.push(FindingKind::NoVerification, "/firstPeriod", WHAT, instead);
        return Ok(());
    }
    // A first payment of 0 before one that costs something (R4.6).
    let is_free =
        priced.payment(1)?.is_some_and(|first| first.total(priced.plan).is_ok_and(|total| total.amount() == 0));
    if is_free && terms.trial_start.is_none() && priced.first_charge(2)?.is_some() {
        let path = if terms.costs_something() { "/discounts" } else { "/steps" };
        let instead = "begin with a payment above 0, which the cardholder makes";
        findings.push(FindingKind::NoVerification, path, WHAT, instead);
    }
    Ok(())
}
