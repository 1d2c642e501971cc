//! Nexi Checkout behind the unified API.

use super::account::{Account, Agreement, Credential};
use super::checks::CURRENCIES;
use super::parse::{self, PaymentDetails};
use super::request::charge::{ChargeStatus, ChargeSubscription, charge_status, charge_subscription};
use super::request::checkout::WebHook;
use super::request::order::{Item, Order, items_of, order_items};
use super::request::settle::{Lookup, retrieve_payment};
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::indicator::Recurrence;
use crate::json::{Function, object, to_json};
use crate::money::Rounding;
use crate::payment::Payment;
use crate::provider::Provider;
use crate::providers::capabilities::{
    AskedBy, Capabilities, CheckoutBy, DeduplicatedBy, IndicatorBy, KeptAs, RetriedBy, VerificationBy, WrittenAs,
    currencies,
};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{ChargeReply, HttpRequest};
use crate::providers::lenient::Answer;
use crate::providers::outcome::Outcome;
use crate::providers::unified::adapter::{Adapter, StatusAnswer, by_merchant};

const CREDENTIAL: &str = "/credential";

/// A payment at Nexi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterCharge {
    /// The payment.
    pub payment: Payment,
    /// The merchant.
    pub account: Account,
    /// The agreement.
    pub credential: StoredCredential,
    /// The items: at least one; their gross totals add up to the amount. Default those of the payment's lines (R9.6).
    pub items: Option<Vec<Item>>,
    /// How net, tax and unit price are rounded; default to the nearest, ties away from zero.
    pub rounding: Option<Rounding>,
    /// The events that Nexi reports.
    pub web_hooks: Option<Vec<WebHook>>,
    /// A second reference of the merchant's.
    pub my_reference: Option<String>,
}

object!(AdapterCharge by "provider" {
    payment: required "payment",
    account: required "account",
    credential: required "credential",
    items: optional "items",
    rounding: optional "rounding",
    web_hooks: optional "webHooks",
    my_reference: optional "myReference",
});

fn agreement(credential: &StoredCredential) -> Result<Agreement, Error> {
    let Credential { kind, id } = credential.of(CREDENTIAL)?;
    Ok(Agreement::of(*kind, id))
}

/// An attempt at Nexi to query: by its agreement or, for a payment by the cardholder, by Nexi's id of the payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterStatus {
    /// The merchant.
    pub account: Account,
    /// The payment's reference.
    pub reference: String,
    /// The agreement that was charged.
    pub credential: Option<StoredCredential>,
    /// The payment whose page the cardholder visited.
    pub payment_id: Option<String>,
}

object!(AdapterStatus by "provider" {
    account: required "account",
    reference: required "reference",
    credential: optional "credential",
    payment_id: optional "paymentId",
});

/// Nexi Checkout behind the unified API.
pub(crate) struct Nexi;

impl Adapter for Nexi {
    type Charge = AdapterCharge;
    type Status = AdapterStatus;
    const PROVIDER: Provider = Provider::Nexi;
    const FUNCTIONS: &'static [Function] = super::FUNCTIONS;
    const SECRET_FIELDS: &'static [&'static str] = super::SECRET_FIELDS;

    fn charge_request(input: &AdapterCharge) -> Result<HttpRequest, Errors> {
        const BUILDER: &str = "nexi.createPayment";
        let Payment { amount, reference, .. } = &input.payment;
        let mut problems = Problems::of_input();
        problems.check(by_merchant(&input.payment, BUILDER, Some(BUILDER)));
        let agreement = problems.check(agreement(&input.credential));
        let agreement = problems.finish(agreement)?;
        let items = input.items.clone().unwrap_or_else(|| items_of(&input.payment, input.rounding));
        charge_subscription(&ChargeSubscription {
            account: input.account.clone(),
            agreement,
            reference: reference.clone(),
            order: Order { amount: *amount, items, rounding: input.rounding },
            web_hooks: input.web_hooks.clone(),
            my_reference: input.my_reference.clone(),
        })
        .map_err(|errors| {
            errors.moved_in_input(&[
                ("/agreement", CREDENTIAL),
                ("/reference", "/payment/reference"),
                ("/order/amount", "/payment/amount"),
                ("/order", ""),
            ])
        })
    }

    fn status_request(input: &AdapterStatus) -> Result<HttpRequest, Errors> {
        let AdapterStatus { account, reference, credential, payment_id } = input;
        match (credential, payment_id) {
            (Some(credential), None) => {
                let agreement = agreement(credential).map_err(|error| error.prefixed(INPUT))?;
                charge_status(&ChargeStatus { account: account.clone(), agreement, reference: reference.clone() })
                    .map_err(|errors| errors.moved_in_input(&[("/agreement", CREDENTIAL)]))
            }
            (None, Some(id)) => retrieve_payment(&Lookup { account: account.clone(), id: id.clone() })
                .map_err(|errors| errors.moved_in_input(&[("/id", "/paymentId")])),
            (None, None) => {
                let message = "expected `credential` or, for a payment by the cardholder, `paymentId`";
                Err(Error::new(Code::MissingField, CREDENTIAL, message).prefixed(INPUT).into())
            }
            (Some(_), Some(_)) => {
                let message = "cannot accept `paymentId` because `credential` names the agreement; leave one out";
                Err(Error::new(Code::UnknownField, "/input/paymentId", message).into())
            }
        }
    }

    fn read_charge(reply: &ChargeReply) -> Outcome {
        parse::read_charge(reply)
    }

    fn read_status(told: &StatusAnswer<'_>) -> Outcome {
        // The response about a payment contains it completely; the response about a charge contains only ids.
        if Answer::of(&told.response.body).get("payment").is_given() {
            let ours = |payment: &PaymentDetails| payment.reference.as_deref() == Some(told.reference);
            let payment = parse::read_payment(&told.reply()).filter(ours);
            let outcome = payment.map_or_else(Outcome::unknown, |payment| payment.outcome);
            return outcome.after(told.response.retry_after.as_ref());
        }
        parse::read_charge_status(&told.reply())
    }

    fn order_items(payment: &Payment) -> Option<String> {
        Some(to_json(&order_items(payment)))
    }

    fn capabilities() -> Capabilities {
        Capabilities {
            provider: Self::PROVIDER,
            // A scheduled agreement has an interval and an end date, but charges nothing by itself. Sources: reference
            // and guides.
            recurrence: vec![Recurrence::External],
            internal: None,
            // Sources: reference and guides.
            kept_as: KeptAs::Agreement,
            // Sources: reference and guides. The card requests of the reference are for merchants with PCI DSS
            // compliance and not supported here.
            checkout: CheckoutBy::Page,
            // Scheduled or unscheduled. Sources: reference and guides.
            indicator: IndicatorBy::Agreement,
            mastercard_code: false,
            // The guides and two plugins prescribe 0; the reference says above 0.
            verification: VerificationBy::ZeroAmount,
            // `Idempotency-Key`. Sources: reference and SDK. For how long is not documented.
            deduplication: DeduplicatedBy::IdempotencyKey,
            deduplication_hours: None,
            // `…/charges/status`. Source: the reference only.
            status: AskedBy::Credential,
            // Sources: reference, SDK and a client.
            bulk: true,
            // The merchant. Source: the guide on retries.
            retries: RetriedBy::Merchant,
            // Source: a client's list; Nexi has no public table.
            currencies: Some(currencies(&CURRENCIES)),
            // Sources: reference and SDK.
            amounts: WrittenAs::MinorUnits,
            // 32-bit integers. Source: the reference.
            largest_amount: u32::try_from(i32::MAX).ok(),
            whole_units: Vec::new(),
        }
    }
}
