//! Dintero behind the unified API.

use super::account::Account;
use super::checks::MOST;
use super::parse::transaction::{TransactionsAnswer, read_transactions};
use super::request::charge::{Charge, Operation, charge_token};
use super::request::order::{Customer, Item, Order, order_items};
use super::request::transaction::{TransactionsQuery, find_transactions};
use crate::error::{Errors, Problems};
use crate::indicator::Recurrence;
use crate::json::{Function, object, to_json};
use crate::money::Money;
use crate::payment::{Payment, PaymentKind};
use crate::provider::Provider;
use crate::providers::capabilities::{
    AskedBy, Capabilities, CheckoutBy, DeduplicatedBy, IndicatorBy, KeptAs, RetriedBy, VerificationBy, WrittenAs,
};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{ChargeReply, HttpRequest, StatusReply};
use crate::providers::outcome::Outcome;
use crate::providers::rows;
use crate::providers::unified::adapter::{Adapter, StatusAnswer, by_merchant};

/// A payment at Dintero.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterCharge {
    /// The payment.
    pub payment: Payment,
    /// The merchant.
    pub account: Account,
    /// The stored card.
    pub credential: StoredCredential,
    /// The lines; their amounts add up to the payment's. Default those of a payment with items or taxes (R9.6).
    pub items: Option<Vec<Item>>,
    /// The VAT included in the amount. For display only.
    pub vat_amount: Option<Money>,
    /// A second reference.
    pub merchant_reference_2: Option<String>,
    /// The payer.
    pub customer: Option<Customer>,
    /// The URL to which Dintero reports.
    pub callback_url: Option<String>,
}

object!(AdapterCharge by "provider" {
    payment: required "payment",
    account: required "account",
    credential: required "credential",
    items: optional "items",
    vat_amount: optional "vatAmount",
    merchant_reference_2: optional "merchantReference2",
    customer: optional "customer",
    callback_url: optional "callbackUrl",
});

/// An attempt at Dintero to query by its reference; it may be one by the cardholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterStatus {
    /// The merchant.
    pub account: Account,
    /// The payment's reference.
    pub reference: String,
}

object!(AdapterStatus by "provider" { account: required "account", reference: required "reference" });

/// Dintero behind the unified API.
pub(crate) struct Dintero;

impl Adapter for Dintero {
    type Charge = AdapterCharge;
    type Status = AdapterStatus;
    const PROVIDER: Provider = Provider::Dintero;
    const FUNCTIONS: &'static [Function] = super::FUNCTIONS;
    const SECRET_FIELDS: &'static [&'static str] = super::SECRET_FIELDS;

    fn charge_request(input: &AdapterCharge) -> Result<HttpRequest, Errors> {
        let Payment { amount, reference, kind, .. } = &input.payment;
        let mut problems = Problems::of_input();
        problems.check(by_merchant(&input.payment, "dintero.createSession", Some("dintero.createTokenSession")));
        problems.finish(Some(()))?;
        // Unscheduled if it is between due dates or there is no schedule; otherwise the token decides.
        let unscheduled = matches!(kind, PaymentKind::PlanChange | PaymentKind::Unscheduled | PaymentKind::Final);
        charge_token(&Charge {
            account: input.account.clone(),
            order: Order {
                amount: *amount,
                merchant_reference: reference.clone(),
                merchant_reference_2: input.merchant_reference_2.clone(),
                vat_amount: input.vat_amount,
                items: input.items.clone().or_else(|| rows::if_itemised(&input.payment, order_items)),
            },
            credential: input.credential.clone(),
            operation: unscheduled.then_some(Operation::UnscheduledPurchase),
            customer: input.customer.clone(),
            callback_url: input.callback_url.clone(),
            capture: None,
            duplicates: None,
        })
        .map_err(|errors| {
            errors.moved_in_input(&[
                ("/order/amount", "/payment/amount"),
                ("/order/merchantReference", "/payment/reference"),
                ("/order", ""),
            ])
        })
    }

    fn status_request(input: &AdapterStatus) -> Result<HttpRequest, Errors> {
        let (account, merchant_reference) = (input.account.clone(), input.reference.clone());
        find_transactions(&TransactionsQuery { account, merchant_reference })
            .map_err(|errors| errors.moved_in_input(&[("/merchantReference", "/reference")]))
    }

    fn read_charge(reply: &ChargeReply) -> Outcome {
        super::parse::charge::read_charge(reply)
    }

    fn read_status(told: &StatusAnswer<'_>) -> Outcome {
        let StatusReply { status, body, request_is_over, retry_after } = told.reply();
        let merchant_reference = told.reference.into();
        read_transactions(&TransactionsAnswer { status, body, merchant_reference, request_is_over, retry_after })
            .outcome
    }

    fn order_items(payment: &Payment) -> Option<String> {
        Some(to_json(&order_items(payment)))
    }

    fn capabilities() -> Capabilities {
        Capabilities {
            provider: Self::PROVIDER,
            // Neither types nor docs contain a schedule, a plan, a trial or a count.
            recurrence: vec![Recurrence::External],
            internal: None,
            // Sources: types, docs, plugin.
            kept_as: KeptAs::Token,
            // Sessions. Sources: types and docs.
            checkout: CheckoutBy::Page,
            // `operation`. Sources: types and docs. No other field states who initiates.
            indicator: IndicatorBy::Operation,
            mastercard_code: false,
            // `sessions/payment-token`. Sources: types and docs.
            verification: VerificationBy::NoAmount,
            // `strict-success-merchant-reference`. Source: types only. For how long is not documented.
            deduplication: DeduplicatedBy::Reference,
            deduplication_hours: None,
            // `GET /v1/transactions?merchant_reference=…`. Source: types.
            status: AskedBy::Reference,
            // Not documented.
            bulk: false,
            // Dintero passes on the issuer's advice, and retries captures but not charges. Sources: types and docs.
            retries: RetriedBy::Merchant,
            // No list is published.
            currencies: None,
            // Sources: types and docs.
            amounts: WrittenAs::MinorUnits,
            // 32-bit integers. Source: types.
            largest_amount: u32::try_from(MOST).ok(),
            whole_units: Vec::new(),
        }
    }
}
