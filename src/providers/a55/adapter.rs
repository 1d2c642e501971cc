//! A55 behind the unified API.

use super::account::{Account, Credential};
use super::checks::{CURRENCIES, is_reference};
use super::parse::charge::{self, ReceivedCharge};
use super::parse::list::{FindCharge, find_charge};
use super::request::charge::{Card, Charge, Item, Payer, Subscription, order_items};
use super::request::create::create_charge;
use super::request::operations::{ListCharges, list_charges};
use super::request::threeds::{DeviceInfo, ThreedsExternal};
use crate::cycle::Cycle;
use crate::date::Date;
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::indicator::{Indicator, Recurrence};
use crate::json::{Function, object, to_json};
use crate::payment::{Payment, PaymentKind};
use crate::provider::Provider;
use crate::providers::capabilities::{
    AskedBy, Capabilities, CheckoutBy, CountsFrom, DeduplicatedBy, IndicatorBy, InternalSchedules, KeptAs, LimitAs,
    RetriedBy, VerificationBy, WrittenAs, currencies,
};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{ChargeReply, HttpRequest, HttpResponse, Secret};
use crate::providers::outcome::Outcome;
use crate::providers::rows;
use crate::providers::unified::adapter::{Adapter, StatusAnswer, by_provider};
use crate::schedule::Schedule;

/// A payment at A55.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterCharge {
    /// The payment.
    pub payment: Payment,
    /// The merchant.
    pub account: Account,
    /// The payer.
    pub payer: Payer,
    /// A description for the payer.
    pub description: String,
    /// The items; their totals add up to the amount. Default those of a payment with items or taxes (R9.6).
    pub items: Option<Vec<Item>>,
    /// The card. Without it, a payment by the cardholder opens a session for A55's checkout.
    pub credential: Option<StoredCredential>,
    /// The security code, as the cardholder has just entered it. It must never be stored.
    pub cvv: Option<Secret>,
    /// The cryptogram of a network token, valid for one payment.
    pub cryptogram: Option<Secret>,
    /// Under internal recurrence: the schedule that A55 runs, which begins with this payment.
    pub schedule: Option<Schedule>,
    /// True requests 3-D Secure; otherwise A55 decides.
    pub threeds_authentication: Option<bool>,
    /// A 3-D Secure authentication made elsewhere.
    pub threeds_external: Option<ThreedsExternal>,
    /// The cardholder's browser, for 3-D Secure.
    pub device_info: Option<DeviceInfo>,
    /// The URL to which A55 reports changes of the charge.
    pub webhook_url: Option<String>,
    /// The URL to which the payer is sent after 3-D Secure.
    pub redirect_url: Option<String>,
}

object!(AdapterCharge by "provider" {
    payment: required "payment",
    account: required "account",
    payer: required "payer",
    description: required "description",
    items: optional "items",
    credential: optional "credential",
    cvv: optional "cvv",
    cryptogram: optional "cryptogram",
    schedule: optional "schedule",
    threeds_authentication: optional "threedsAuthentication",
    threeds_external: optional "threedsExternal",
    device_info: optional "deviceInfo",
    webhook_url: optional "webhookUrl",
    redirect_url: optional "redirectUrl",
});

impl AdapterCharge {
    /// Returns the recurrence that the payment implies.
    fn subscription(&self) -> Result<Subscription, Error> {
        const SCHEDULE: &str = "/schedule";
        let due_date = self.payment.due_date;
        match (self.payment.indicator, self.schedule) {
            (Some(indicator), None) => Ok(Subscription::External { indicator, due_date }),
            (Some(_), Some(_)) => {
                let message = "cannot send a schedule because the merchant triggers this payment; leave it out";
                Err(Error::new(Code::UnknownField, SCHEDULE, message))
            }
            (None, _) if self.payment.kind != PaymentKind::Initial => Err(by_provider()),
            (None, None) => {
                Err(Error::new(Code::MissingField, SCHEDULE, "expected `schedule`, the schedule that A55 runs"))
            }
            (None, Some(schedule)) if schedule.start() != due_date => {
                let message = ["expected a start on the day of this payment, `", &due_date.iso(), "`"].concat();
                Err(Error::new(Code::OutOfRange, "/schedule/start", message))
            }
            (None, Some(schedule)) => Ok(Subscription::Internal { schedule }),
        }
    }

    /// Returns the card, with the data that is valid for this payment only.
    fn card(&self, problems: &mut Problems) -> Option<Card> {
        match &self.credential {
            Some(credential) => {
                let Credential { card } = problems.check(credential.of("/credential"))?;
                let (cvv, cryptogram) = (self.cvv.clone(), self.cryptogram.clone());
                return Some(Card { cvv, cryptogram, ..card.clone().into() });
            }
            None if self.cvv.is_some()
                || self.cryptogram.is_some()
                || self.payment.indicator == Some(Indicator::M1) =>
            {
                problems.push(Code::MissingField, "/credential", "expected `credential`");
            }
            None => {}
        }
        None
    }
}

/// An attempt at A55 to query. The answer is a list of charges that is searched for the reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterStatus {
    /// The merchant.
    pub account: Account,
    /// The payment's reference.
    pub reference: String,
    /// The day of the attempt. The list also covers the day before and the day after: A55 does not document its time
    /// zone.
    pub on: Date,
    /// The page of the list, from 1. Default 1.
    pub page: Option<u32>,
}

object!(AdapterStatus by "provider" {
    account: required "account",
    reference: required "reference",
    on: required "on",
    page: optional "page",
});

/// A55 behind the unified API.
pub(crate) struct A55;

impl Adapter for A55 {
    type Charge = AdapterCharge;
    type Status = AdapterStatus;
    const PROVIDER: Provider = Provider::A55;
    const FUNCTIONS: &'static [Function] = super::FUNCTIONS;
    const SECRET_FIELDS: &'static [&'static str] = super::SECRET_FIELDS;

    fn charge_request(input: &AdapterCharge) -> Result<HttpRequest, Errors> {
        let Payment { amount, reference, .. } = &input.payment;
        let mut problems = Problems::of_input();
        let subscription = problems.check(input.subscription());
        let card = input.card(&mut problems);
        let subscription = problems.finish(subscription)?;
        let charge = Charge {
            items: input.items.clone().or_else(|| rows::if_itemised(&input.payment, order_items)),
            card,
            subscription: Some(subscription),
            due_date: None,
            threeds_authentication: input.threeds_authentication,
            threeds_external: input.threeds_external.clone(),
            device_info: input.device_info.clone(),
            webhook_url: input.webhook_url.clone(),
            redirect_url: input.redirect_url.clone(),
            reference: Some(reference.clone()),
            ..Charge::new(
                input.account.clone(),
                input.payer.clone(),
                *amount,
                input.description.as_str(),
                input.payment.due_date,
            )
        };
        create_charge(&charge).map_err(|errors| {
            errors.moved_in_input(&[
                ("/amount", "/payment/amount"),
                ("/reference", "/payment/reference"),
                ("/card/cvv", "/cvv"),
                ("/card/cryptogram", "/cryptogram"),
                ("/card", "/credential/card"),
                ("/subscription/schedule", "/schedule"),
            ])
        })
    }

    fn status_request(input: &AdapterStatus) -> Result<HttpRequest, Errors> {
        let AdapterStatus { account, reference, on, page } = input;
        let mut problems = Problems::of_input();
        is_reference(Some(reference), &mut problems);
        let list = ListCharges {
            account: account.clone(),
            from: on.plus_days(-1).or(Some(*on)),
            through: on.plus_days(1).or(Some(*on)),
            page: *page,
            limit: None,
            filter: None,
            sort: None,
        };
        let request = problems.take(list_charges(&list).map_err(|errors| errors.moved(&[(INPUT, "")])));
        problems.finish(request)
    }

    fn read_charge(reply: &ChargeReply) -> Outcome {
        let ChargeReply { status, body, resent, retry_after } = reply;
        let (body, retry_after) = (body.expose().into(), retry_after.clone());
        charge::read_charge(&ReceivedCharge { status: *status, body, capture: None, resent: *resent, retry_after })
    }

    fn read_status(told: &StatusAnswer<'_>) -> Outcome {
        find_charge(&FindCharge {
            status: told.response.status,
            body: told.response.body.clone(),
            reference: told.reference.into(),
            earlier: told.earlier.map(<[HttpResponse]>::to_vec),
            limit: None,
            request_is_over: Some(told.request_is_over),
            capture: None,
            retry_after: told.response.retry_after.clone(),
        })
    }

    fn order_items(payment: &Payment) -> Option<String> {
        Some(to_json(&order_items(payment)))
    }

    fn capabilities() -> Capabilities {
        Capabilities {
            provider: Self::PROVIDER,
            // Sources: the subscription guide and the reference for A55's own; the guide only for the merchant's.
            recurrence: vec![Recurrence::External, Recurrence::Internal],
            internal: Some(InternalSchedules {
                // Sources: the guide, the reference, and the older pages.
                cycles: Some(vec![
                    Cycle::WEEKLY,
                    Cycle::BIWEEKLY,
                    Cycle::MONTHLY,
                    Cycle::QUARTERLY,
                    Cycle::SEMIANNUALLY,
                    Cycle::YEARLY,
                ]),
                // "The same day of each month", counted from the first charge. Source: the reference only.
                counts_from: CountsFrom::FirstPayment,
                // `end_date`. Sources: the guide and the reference. No count is documented.
                limit: LimitAs::EndDate,
                // "Omit for open-ended". Source: the reference only.
                open_ended: true,
            }),
            // Each charge by the merchant contains the complete card. Source: the guide.
            kept_as: KeptAs::Card,
            // With a card. Source: the guide. Without one, on A55's page. Source: its client code.
            checkout: CheckoutBy::PageOrRequest,
            // `initiated_transaction_indicator_category` accepts C1 and M1 and no finer code. Source: the guide.
            indicator: IndicatorBy::Field,
            mastercard_code: false,
            // No page documents a charge of 0, or a verification.
            verification: VerificationBy::None,
            // 24 hours. Source: the page on idempotency only.
            deduplication: DeduplicatedBy::IdempotencyKey,
            deduplication_hours: Some(24),
            // `GET …/charges/`. Source: the reference only. No look-up by reference is documented.
            status: AskedBy::List,
            // Not documented.
            bulk: false,
            // Retries by A55 are mentioned only for its own schedules, without rules.
            retries: RetriedBy::Merchant,
            // Source: the reference; EUR is on the page about exchange rates.
            currencies: Some(currencies(&CURRENCIES)),
            // Source: the samples of the guide and of the client code.
            amounts: WrittenAs::DecimalNumber,
            // No largest amount is documented.
            largest_amount: None,
            // Source: two country pages, for Colombian pesos. Chilean pesos have no minor units.
            whole_units: currencies(&["COP"]),
        }
    }
}
