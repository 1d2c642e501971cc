//! DineroPay behind the unified API.

use super::account::Account;
use super::parse::payment::{self, OrderStatus};
use super::request::order::{Customer, Order};
use super::request::payment::{RecurringCharge, StatusInput, charge_recurring, get_status};
use crate::error::{Errors, Problems};
use crate::indicator::Recurrence;
use crate::json::{ByName, Function, object};
use crate::payment::Payment;
use crate::provider::Provider;
use crate::providers::capabilities::{
    AskedBy, Capabilities, CheckoutBy, CountsFrom, DeduplicatedBy, IndicatorBy, InternalSchedules, KeptAs, LimitAs,
    RetriedBy, VerificationBy, WrittenAs,
};
use crate::providers::credential::StoredCredential;
use crate::providers::http::{ChargeReply, HttpRequest, HttpResponse, Secret};
use crate::providers::outcome::Outcome;
use crate::providers::unified::adapter::{Adapter, StatusAnswer, by_merchant};

/// A payment at DineroPay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterCharge {
    /// The payment.
    pub payment: Payment,
    /// The merchant.
    pub account: Account,
    /// The credential from the first callback.
    pub credential: StoredCredential,
    /// The description for the payer: 2 to 1024 letters, digits, spaces and signs.
    pub description: String,
    /// The payer.
    pub customer: Option<Customer>,
    /// Data that the callback returns.
    pub custom_data: Option<ByName<String>>,
    /// Whether to send the currency with the order. Default false.
    pub send_currency: Option<bool>,
}

object!(AdapterCharge by "provider" {
    payment: required "payment",
    account: required "account",
    credential: required "credential",
    description: required "description",
    customer: optional "customer",
    custom_data: optional "customData",
    send_currency: optional "sendCurrency",
});

/// An attempt at DineroPay to query by its order number; it may be one by the cardholder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdapterStatus {
    /// The merchant.
    pub account: Account,
    /// The payment's reference.
    pub reference: String,
}

object!(AdapterStatus by "provider" { account: required "account", reference: required "reference" });

/// DineroPay behind the unified API.
pub(crate) struct DineroPay;

impl Adapter for DineroPay {
    type Charge = AdapterCharge;
    type Status = AdapterStatus;
    const PROVIDER: Provider = Provider::DineroPay;
    const FUNCTIONS: &'static [Function] = super::FUNCTIONS;
    const SECRET_FIELDS: &'static [&'static str] = super::SECRET_FIELDS;

    fn charge_request(input: &AdapterCharge) -> Result<HttpRequest, Errors> {
        let Payment { amount, reference, .. } = &input.payment;
        let mut problems = Problems::of_input();
        let order = Order { number: reference.clone(), amount: *amount, description: input.description.clone() };
        problems.check(by_merchant(&input.payment, "dineropay.createSession", None));
        problems.finish(Some(()))?;
        charge_recurring(&RecurringCharge {
            account: input.account.clone(),
            order,
            credential: input.credential.clone(),
            schedule_id: None,
            customer: input.customer.clone(),
            custom_data: input.custom_data.clone(),
            send_currency: input.send_currency,
        })
        .map_err(|errors| {
            errors.moved_in_input(&[
                ("/order/number", "/payment/reference"),
                ("/order/amount", "/payment/amount"),
                ("/order", ""),
            ])
        })
    }

    fn status_request(input: &AdapterStatus) -> Result<HttpRequest, Errors> {
        get_status(&StatusInput {
            account: input.account.clone(),
            payment_id: None,
            order_number: Some(input.reference.clone()),
            size: None,
        })
        .map_err(|errors| errors.moved_in_input(&[("/orderNumber", "/reference")]))
    }

    fn read_charge(reply: &ChargeReply) -> Outcome {
        payment::read_charge(reply)
    }

    fn read_status(told: &StatusAnswer<'_>) -> Outcome {
        let HttpResponse { status, body, retry_after } = &told.response;
        payment::read_status(&OrderStatus {
            status: *status,
            body: Secret::new(body.as_str()),
            order_number: told.reference.into(),
            payment_id: None,
            request_is_over: Some(told.request_is_over),
            retry_after: retry_after.clone(),
        })
        .outcome
    }

    fn capabilities() -> Capabilities {
        Capabilities {
            provider: Self::PROVIDER,
            // Sources: DineroPay's pages on charges and on subscriptions.
            recurrence: vec![Recurrence::External, Recurrence::Internal],
            internal: Some(InternalSchedules {
                // Any number of days or months; weeks are sent as days, years as months. Sources: DineroPay's page and
                // the platform's reference.
                cycles: None,
                // `day_of_month`. Sources: the same two. They do not document what happens with a shorter first
                // interval.
                counts_from: CountsFrom::AnchorDay,
                // `payments_count`. Sources: the same two. No last day is documented.
                limit: LimitAs::PaymentCount,
                // Contradicted: optional on DineroPay's page, required in the reference. Neither says what omitting it
                // means.
                open_ended: false,
            }),
            // `recurring_init_trans_id` and `recurring_token`. Sources: DineroPay's pages, the platform's reference.
            kept_as: KeptAs::Token,
            // The card protocol, which accepts a card itself, is not supported here.
            checkout: CheckoutBy::Page,
            // A session for the cardholder, `payment/recurring` for the merchant. Source: DineroPay's page. No field
            // states it.
            indicator: IndicatorBy::Request,
            mastercard_code: false,
            // An amount must be above 0. Source: the platform's reference.
            verification: VerificationBy::None,
            // The same order number can be charged any number of times: inferred from both references, which have no
            // rule against it.
            deduplication: DeduplicatedBy::None,
            deduplication_hours: None,
            // Sources: the platform's reference and client code.
            status: AskedBy::Reference,
            // Not documented.
            bulk: false,
            // `payment/retry`, after a soft decline. Sources: the platform's reference and a client library.
            retries: RetriedBy::MerchantOrProvider,
            // Not documented: the platform supports any ISO 4217 code that the merchant's account has.
            currencies: None,
            // Sources: DineroPay's samples and the platform's table.
            amounts: WrittenAs::DecimalText,
            // No largest amount is documented.
            largest_amount: None,
            // Yen and similar currencies are written with two zero decimals, so nothing is lost.
            whole_units: Vec::new(),
        }
    }
}
