//! A payment as Nexi has it, and the state that follows from its sums.

use super::CardOnFile;
use crate::indicator::Timing;
use crate::json::{object, words};
use crate::money::{Currency, Money};
use crate::providers::http::StatusReply;
use crate::providers::lenient::Answer;
use crate::providers::nexi::account::Agreement;
use crate::providers::outcome::{Outcome, OutcomeStatus};

/// The state of a payment. Nexi has no field for it: it follows from the sums, in the order in which Nets' PHP SDK asks.
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
    /// Money is on its way back.
    PendingRefund,
    /// A part has been given back.
    PartiallyRefunded,
    /// All has been given back.
    Refunded,
    /// The reservation has been let go.
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
    /// Its id, by which it is refunded.
    pub charge_id: String,
    /// How much.
    pub amount: Option<Money>,
}

object!(PaymentCharge { charge_id: required "chargeId", amount: nullable "amount" });

/// A refund of a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentRefund {
    /// Its id.
    pub refund_id: String,
    /// How much.
    pub amount: Option<Money>,
    /// `pending`, `cancelled`, `failed`, `completed`, `expired`, or what Nexi may add, in lower case.
    pub state: Option<String>,
}

object!(PaymentRefund { refund_id: required "refundId", amount: nullable "amount", state: nullable "state" });

/// A payment as Nexi has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentDetails {
    /// Its id.
    pub payment_id: String,
    /// Its state.
    pub state: PaymentState,
    /// What it means for the attempt; `stored` has the agreement once there is one.
    pub outcome: Outcome,
    /// The order's reference: that of the payment.
    pub reference: Option<String>,
    /// The merchant's other reference.
    pub my_reference: Option<String>,
    /// The order's amount.
    pub amount: Option<Money>,
    /// What was reserved.
    pub reserved: Option<Money>,
    /// What was charged.
    pub charged: Option<Money>,
    /// What was given back.
    pub refunded: Option<Money>,
    /// What was let go.
    pub cancelled: Option<Money>,
    /// The charges.
    pub charges: Vec<PaymentCharge>,
    /// The refunds.
    pub refunds: Vec<PaymentRefund>,
    /// The agreement that the payment made, or whose card it replaced.
    pub agreement: Option<Agreement>,
    /// What was paid with.
    pub paid_with: Option<CardOnFile>,
    /// When it was created, as Nexi writes it.
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

/// The sums of a payment, in minor units; what is absent is 0.
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
            // Methods that charge at once may have reserved nothing.
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

/// Reads a payment; none where the answer is none, and then nothing is known of it.
///
/// Succeeded when no less was charged, and let go, than the order's amount, with the id of the only charge: what is given back later is
/// no matter of the attempt. A verification (the amount 0, or one minor unit that is reserved or already let go) succeeded
/// when there are an agreement and what was paid with; its reference is the payment's id (inferred: Nexi does not describe a
/// verified payment). Cancelled and closed payments were not made, all others are pending.
///
/// A payment of which nothing was reserved is pending while the request or the checkout is open. Once it is over the outcome is unknown:
/// a charge by the merchant that was declined has an empty summary for ever (sandbox notes of a client), and so has a checkout that
/// nobody completed within its 48 hours (OpenAPI).
///
/// What was charged and what was let go make an end together: 80 charged and 20 cancelled of 100 took money, as much as `charged` says.
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

/// The agreement. Nexi's guide calls the id of an unscheduled one `id`, its answers `unscheduledSubscriptionId`; both are read.
fn agreement(payment: &Answer) -> Option<Agreement> {
    let id = |name: &str, ids: &[&str]| payment.get(name).either(ids).string();
    let unscheduled = id("unscheduledSubscription", &["unscheduledSubscriptionId", "id"]);
    match unscheduled {
        Some(id) => Some(Agreement::of(Timing::Unscheduled, &id)),
        None => id("subscription", &["id", "subscriptionId"]).map(|id| Agreement::of(Timing::Scheduled, &id)),
    }
}

/// What an outcome follows from.
struct Known<'a> {
    payment_id: &'a str,
    order: Option<i64>,
    state: PaymentState,
    charges: &'a [PaymentCharge],
}

impl Known<'_> {
    fn outcome(&self, sums: &Sums, agreed: bool) -> Outcome {
        // Of several charges none stands for the payment.
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
            // Money was taken and let go: a contradiction.
            PaymentState::Cancelled if sums.charged > 0 => Outcome::unknown(),
            PaymentState::Cancelled | PaymentState::Terminated => Outcome::of(OutcomeStatus::NotMade, None),
            PaymentState::Unknown => Outcome::unknown(),
            _ if enough => Outcome::of(OutcomeStatus::Succeeded, charge),
            _ => Outcome::of(OutcomeStatus::Pending, charge),
        }
    }
}
