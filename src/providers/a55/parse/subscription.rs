//! A subscription that A55 runs, as A55 reports it.

use super::api_error::{ApiError, api_error, said};
use super::charge::{ChargeDetails, ReceivedAmounts};
use crate::date::Date;
use crate::json::object;
use crate::providers::http::is_success;
use crate::providers::lenient::Answer;
use crate::providers::outcome::OutcomeStatus;
use crate::subscription::Status;

/// A subscription at A55, in this library's terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderSubscription {
    /// A55's id of the subscription.
    pub subscription_uuid: Option<String>,
    /// The status (R5.1); null for an unknown value.
    pub status: Option<Status>,
    /// A55's own status, in lower case.
    pub status_text: Option<String>,
    /// The cycle, as A55 writes it.
    pub cycle: Option<String>,
    /// The last day on which a charge may be made.
    pub end_date: Option<Date>,
    /// The day of the next charge.
    pub next_due_date: Option<Date>,
    /// The description.
    pub description: Option<String>,
    /// Its charges, in A55's order.
    pub charges: Vec<ChargeDetails>,
    /// How many of them captured money.
    pub payments: u32,
}

object!(ProviderSubscription {
    subscription_uuid: nullable "subscriptionUuid",
    status: nullable "status",
    status_text: nullable "statusText",
    cycle: nullable "cycle",
    end_date: nullable "endDate",
    next_due_date: nullable "nextDueDate",
    description: nullable "description",
    charges: required "charges",
    payments: required "payments",
});

/// A subscription, or the error in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionAnswer {
    /// The subscription.
    pub subscription: Option<ProviderSubscription>,
    /// The error that A55 reports.
    pub error: Option<ApiError>,
}

object!(SubscriptionAnswer { subscription: nullable "subscription", error: nullable "error" });

/// Reads the response to [`get_subscription`](super::super::get_subscription), and the subscription in the response to
/// [`create_charge`](super::super::create_charge).
///
/// Sources: A55's subscription guide writes a charge's amount as a number with its currency. Its API reference writes
/// it as a string without one: set `currency` for that. The day of the next charge is `next_due_date` here and
/// `next_charge_date` at creation. Statuses: three of A55's pages.
pub fn read_subscription(received: &ReceivedAmounts) -> SubscriptionAnswer {
    let answer = Answer::parse(&received.body);
    let told = if is_success(received.status) { answer.as_ref() } else { None };
    // In the response to the request that created it, the subscription is inside the charge.
    let whole = told.map(|answer| match answer.get("subscription") {
        inner @ Answer::Object(_) => inner,
        _ => answer,
    });
    let subscription = whole.filter(|whole| whole.get("subscription_uuid").is_given()).map(|whole| {
        let status_text = whole.get("status").word();
        let charges: Vec<ChargeDetails> =
            whole.get("charges").items().iter().map(|charge| ChargeDetails::read(charge, received.currency)).collect();
        let paid = charges.iter().filter(|charge| charge.outcome == OutcomeStatus::Succeeded).count();
        ProviderSubscription {
            subscription_uuid: whole.get("subscription_uuid").string(),
            status: status_text.as_deref().and_then(status),
            status_text,
            cycle: whole.get("cycle").word(),
            end_date: whole.get("end_date").date(),
            next_due_date: whole.either(&["next_due_date", "next_charge_date"]).date(),
            description: whole.get("description").text().map(said),
            charges,
            payments: u32::try_from(paid).unwrap_or(u32::MAX),
        }
    });
    let error = match subscription {
        Some(_) => None,
        None => api_error(received.status, told.or(answer.as_ref())).or_else(|| api_error(200, None)),
    };
    SubscriptionAnswer { subscription, error }
}

fn status(word: &str) -> Option<Status> {
    Some(match word {
        "pending" => Status::Pending,
        "active" => Status::Active,
        "cancelled" | "canceled" => Status::Cancelled,
        "error" => Status::Error,
        "expired" => Status::Expired,
        _ => return None,
    })
}
