//! A payment at Nexi, and the state that follows from its sums.

use super::CardOnFile;
use crate::indicator::Timing;
use crate::json::{object, words};
use crate::money::{Currency, Money};
use crate::providers::http::StatusReply;
use crate::providers::lenient::Answer;
use crate::providers::nexi::account::Agreement;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// The state of a payment. Nexi has no field for it: it follows from the sums, checked in the order of Nets' PHP SDK.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PaymentState {
    /// Nobody has paid yet.
    New,
    /// The amount is reserved.
    Reserved,
    /// A part is charged.
    PartiallyCharged,
    /// All is charged.
    Charged,
    /// A refund is pending.
    PendingRefund,
    /// A part is refunded.
    PartiallyRefunded,
    /// All is refunded.
    Refunded,
    /// The reservation is cancelled.
    Cancelled,
    /// Closed before anybody paid.
    Terminated,
    /// The sums cannot be read.
    Unknown,
}

words!(PaymentState {
    New "new", Reserved "reserved", PartiallyCharged "partially_charged", Charged "charged",
    PendingRefund "pending_refund", PartiallyRefunded "partially_refunded", Refunded "refunded",
    Cancelled "cancelled", Terminated "terminated", Unknown "unknown",
});

/// A charge of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentCharge {
    /// The id, by which it is refunded.
    pub charge_id: String,
    /// The amount.
    pub amount: Option<Money>,
}

object!(PaymentCharge { charge_id: required "chargeId", amount: nullable "amount" });

/// A refund of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRefund {
    /// The id.
    pub refund_id: String,
    /// The amount.
    pub amount: Option<Money>,
    /// `pending`, `cancelled`, `failed`, `completed`, `expired`, or a value that Nexi adds, in lower case.
    pub state: Option<String>,
}

object!(PaymentRefund { refund_id: required "refundId", amount: nullable "amount", state: nullable "state" });

/// A payment at Nexi.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetails {
    /// The id.
    pub payment_id: String,
    /// The state.
    pub state: PaymentState,
    /// The outcome of the attempt; its `credential` is the agreement once there is one.
    pub outcome: Outcome,
    /// The order's reference: that of the payment.
    pub reference: Option<String>,
    /// The merchant's second reference.
    pub my_reference: Option<String>,
    /// The order's amount.
    pub amount: Option<Money>,
    /// The amount reserved.
    pub reserved: Option<Money>,
    /// The amount charged.
    pub charged: Option<Money>,
    /// The amount refunded.
    pub refunded: Option<Money>,
    /// The amount cancelled.
    pub cancelled: Option<Money>,
    /// The charges.
    pub charges: Vec<PaymentCharge>,
    /// The refunds.
    pub refunds: Vec<PaymentRefund>,
    /// The agreement that the payment created, or whose card it replaced.
    pub agreement: Option<Agreement>,
    /// The card or method that was used.
    pub paid_with: Option<CardOnFile>,
    /// The time of creation, as Nexi writes it.
    pub created: Option<String>,
}

object!(PaymentDetails {
    payment_id: required "paymentId",
    state: required "state",
    outcome: required "outcome",
    reference: nullable "reference",
    my_reference: nullable "myReference",
    amount: nullable "amount",
    reserved: nullable "reserved",
    charged: nullable "charged",
    refunded: nullable "refunded",
    cancelled: nullable "cancelled",
    charges: required "charges",
    refunds: required "refunds",
    agreement: nullable "agreement",
    paid_with: nullable "paidWith",
    created: nullable "created",
});

/// The sums of a payment, in minor units; absent ones are 0.
struct Sums {
    reserved: i64,
    charged: i64,
    refunded: i64,
    cancelled: i64,
}

impl Sums {
    fn read(summary: &Answer) -> Option<Self> {
        let sum = |name: &str| {
            let sum = summary.get(name);
            if sum.is_given() { sum.integer() } else { Some(0) }
        };
        Some(Self {
            reserved: sum("reservedAmount")?,
            charged: sum("chargedAmount")?,
            refunded: sum("refundedAmount")?,
            cancelled: sum("cancelledAmount")?,
        })
    }

    fn state(&self, refund_pending: bool, terminated: bool) -> PaymentState {
        let Self { reserved, charged, refunded, cancelled } = *self;
        if cancelled != 0 && cancelled == reserved {
            PaymentState::Cancelled
        } else if refunded != 0 && (refunded == reserved || (charged > 0 && refunded >= charged)) {
            // Methods that charge immediately may have reserved nothing.
            PaymentState::Refunded
        } else if refund_pending {
            PaymentState::PendingRefund
        } else if refunded > 0 {
            PaymentState::PartiallyRefunded
        } else if charged > 0 && (charged == reserved || reserved == 0) {
            PaymentState::Charged
        } else if charged > 0 {
            PaymentState::PartiallyCharged
        } else if reserved > 0 {
            PaymentState::Reserved
        } else if terminated {
            PaymentState::Terminated
        } else {
            PaymentState::New
        }
    }
}

/// Reads a payment. Returns `None` if the response is not a payment: nothing is known then.
///
/// - A payment succeeded if the charged and cancelled amounts together reach the order's amount; its reference is the
///   id of the only charge. Later refunds do not change the attempt. With 80 charged and 20 cancelled of 100, it
///   succeeded, and `charged` says for how much.
/// - A verification (the amount 0, or one minor unit that is reserved or already cancelled) succeeded if there are an
///   agreement and the method it was paid with. Its reference is the payment's id (inferred: Nexi does not describe a
///   verified payment).
/// - Cancelled and closed payments were not made; all others are pending.
///
/// A payment with nothing reserved is pending while the request or the checkout is open. Once that is over, the outcome
/// is unknown: a declined charge by the merchant has an empty summary forever (sandbox notes of a client), and so has a
/// checkout that nobody completed within its 48 hours (OpenAPI).
pub fn read_payment(response: &StatusReply) -> Option<PaymentDetails> {
    if response.status != 200 {
        return None;
    }
    let body = Answer::parse(response.body.expose())?;
    let inner = body.get("payment");
    let payment = if inner.is_given() { inner } else { &body };
    let payment_id = payment.get("paymentId").string()?;
    let order = payment.get("orderDetails");
    let currency: Option<Currency> =
        order.get("currency").text().and_then(|code| code.to_ascii_uppercase().parse().ok());
    let money = |answer: &Answer| answer.minor_units(currency?);
    let charge = |charge: &Answer| {
        Some(PaymentCharge { charge_id: charge.get("chargeId").string()?, amount: money(charge.get("amount")) })
    };
    let refund = |refund: &Answer| {
        let (amount, state) = (money(refund.get("amount")), refund.get("state").word());
        Some(PaymentRefund { refund_id: refund.get("refundId").string()?, amount, state })
    };
    let charges: Vec<PaymentCharge> = payment.get("charges").items().iter().filter_map(charge).collect();
    let refunds: Vec<PaymentRefund> = payment.get("refunds").items().iter().filter_map(refund).collect();
    let summary = payment.get("summary");
    let sums = Sums::read(summary);
    let pending = refunds.iter().any(|refund| refund.state.as_deref() == Some("pending"));
    let terminated = payment.get("terminated").is_given() && payment.get("terminated").flag() != Some(false);
    let agreement = agreement(payment);
    let paid_with = CardOnFile::of(payment.get("paymentDetails"));
    let state = sums.as_ref().map_or(PaymentState::Unknown, |sums| sums.state(pending, terminated));
    let known = Known { payment_id: &payment_id, order: order.get("amount").integer(), state, charges: &charges };
    let mut outcome =
        sums.map_or_else(Outcome::unknown, |sums| known.outcome(&sums, agreement.is_some() && paid_with.is_some()));
    if state == PaymentState::New && outcome.status == OutcomeStatus::Pending && response.is_over() {
        outcome = Outcome::unknown();
    }
    outcome = outcome.after(response.retry_after.as_ref());
    outcome.credential = agreement.as_ref().and_then(Agreement::credential);
    Some(PaymentDetails {
        state,
        outcome,
        reference: order.get("reference").string(),
        my_reference: payment.get("myReference").string(),
        amount: money(order.get("amount")),
        reserved: money(summary.get("reservedAmount")),
        charged: money(summary.get("chargedAmount")),
        refunded: money(summary.get("refundedAmount")),
        cancelled: money(summary.get("cancelledAmount")),
        charges,
        refunds,
        agreement,
        paid_with,
        created: payment.get("created").string(),
        payment_id,
    })
}

/// Returns the agreement. Nexi's guide calls the id of an unscheduled one `id`, its responses
/// `unscheduledSubscriptionId`; both are read.
fn agreement(payment: &Answer) -> Option<Agreement> {
    let id = |name: &str, ids: &[&str]| payment.get(name).either(ids).string();
    let unscheduled = id("unscheduledSubscription", &["unscheduledSubscriptionId", "id"]);
    match unscheduled {
        Some(id) => Some(Agreement::of(Timing::Unscheduled, &id)),
        None => id("subscription", &["id", "subscriptionId"]).map(|id| Agreement::of(Timing::Scheduled, &id)),
    }
}

/// The facts that determine an outcome.
struct Known<'a> {
    payment_id: &'a str,
    order: Option<i64>,
    state: PaymentState,
    charges: &'a [PaymentCharge],
}

impl Known<'_> {
    fn outcome(&self, sums: &Sums, agreed: bool) -> Outcome {
        // With several charges, none of them identifies the payment.
        let charge = match self.charges {
            [only] => Some(only.charge_id.as_str()),
            _ => None,
        };
        let verified = agreed
            && sums.charged == 0
            && match self.order {
                Some(0) => true,
                Some(1) => sums.reserved == 1,
                _ => false,
            };
        let settled = sums.charged.saturating_add(sums.cancelled);
        let enough = sums.charged > 0 && self.order.is_some_and(|amount| settled >= amount);
        match self.state {
            _ if verified => Outcome::of(OutcomeStatus::Succeeded, Some(self.payment_id)),
            // Charged and cancelled: a contradiction.
            PaymentState::Cancelled if sums.charged > 0 => Outcome::unknown(),
            PaymentState::Cancelled | PaymentState::Terminated => Outcome::of(OutcomeStatus::NotMade, None),
            PaymentState::Unknown => Outcome::unknown(),
            _ if enough => Outcome::of(OutcomeStatus::Succeeded, charge),
            _ => Outcome::of(OutcomeStatus::Pending, charge),
        }
    }
}
