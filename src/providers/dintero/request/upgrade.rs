//! The upgrade that Dintero documents: the new plan is paid in full, and the rest of the old one is refunded.

use super::order::Order;
use super::session::{Session, create_session};
use super::transaction::{TransactionChange, refund_transaction};
use crate::date::Date;
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::json::{object, words};
use crate::money::{Money, RoundingRule};
use crate::pricing::fraction::Fraction;
use crate::pricing::share::Part;
use crate::providers::http::HttpRequest;

/// The payment for the old plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBefore {
    /// The transaction of the payment.
    pub transaction_id: String,
    /// The amount of the payment.
    pub amount: Money,
    /// The first day that it paid for.
    pub start: Date,
    /// The first day that it no longer paid for.
    pub end: Date,
}

object!(PaidBefore {
    transaction_id: required "transactionId",
    amount: required "amount",
    start: required "start",
    end: required "end",
});

/// A change to a higher plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Upgrade {
    /// The payment of the new plan's full price, which starts a new period and stores the card again.
    pub session: Session,
    /// The payment for the old plan.
    pub paid: PaidBefore,
    /// The day of the change, which is in the period paid for.
    pub on: Date,
    /// The merchant's reference of the refund.
    pub refund_reference: Option<String>,
}

object!(Upgrade {
    session: required "session",
    paid: required "paid",
    on: required "on",
    refund_reference: optional "refundReference",
});

/// The purpose of a request of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlannedName {
    /// Creates the session in which the customer pays the new plan in full.
    Charge,
    /// Refunds the unused rest of the old plan.
    Refund,
}

words!(PlannedName { Charge "charge", Refund "refund" });

/// A request of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRequest {
    /// The purpose.
    pub name: PlannedName,
    /// The amount that it charges or refunds.
    pub amount: Money,
    /// The request that must have succeeded first: for the refund, the charge must have been captured; a created
    /// session is not enough.
    pub after: Option<PlannedName>,
    /// The request.
    pub request: HttpRequest,
}

object!(PlannedRequest {
    name: required "name",
    amount: required "amount",
    after: nullable "after",
    request: required "request",
});

/// Plans the upgrade that Dintero's docs describe (one source). The customer goes through the sign-up again and pays
/// the new plan in full, for a new period from that day. Once the money is captured, the unused rest of the old period
/// is refunded.
///
/// The rest is computed by days and rounded once (R3.2, R3.3); Dintero's own example counts months, 6 of 12. The plan
/// contains no refund if nothing is left to refund.
///
/// It differs from [`prorate`](crate::prorate), which charges only the difference and keeps the period.
///
/// # Errors
/// Those of [`create_session`] under `/session` and of [`refund_transaction`]; `end_before_start` for a period that
/// ends before it starts, and `outside_period` for a day outside it.
pub fn upgrade_plan(upgrade: &Upgrade) -> Result<Vec<PlannedRequest>, Errors> {
    let Upgrade { session, paid, on, refund_reference } = upgrade;
    let mut problems = Problems::of_input();
    let charge = create_session(session);
    if let Err(errors) = &charge {
        problems.extend(errors.clone().moved(&[(INPUT, "/session")]));
    }
    let rest = problems.check(rest(paid, *on));
    let change = TransactionChange {
        account: session.account.clone(),
        transaction_id: paid.transaction_id.clone(),
        // If nothing is left, the other fields of the refund are still checked.
        amount: rest.filter(|rest| rest.amount() > 0).unwrap_or(paid.amount),
        reference: refund_reference.clone(),
        reason: Some("upgrade".into()),
        items: None,
    };
    let refund = refund_transaction(&change);
    if let Err(errors) = &refund {
        // The account is the session's, where it has been reported already.
        problems.extend(errors.clone().moved(&[(INPUT, "")]).into_iter().filter_map(|problem| match problem.path() {
            "/transactionId" | "/amount/amount" => Some(problem.prefixed("/paid")),
            "/reference" => Some(problem.moved_to("/refundReference")),
            _ => None,
        }));
    }
    let (charge, refund, rest) =
        problems.finish(charge.ok().zip(refund.ok()).zip(rest).map(|((a, b), c)| (a, b, c)))?;
    let Session { order: Order { amount, .. }, .. } = session;
    let mut plan = vec![PlannedRequest { name: PlannedName::Charge, amount: *amount, after: None, request: charge }];
    if rest.amount() > 0 {
        let after = Some(PlannedName::Charge);
        plan.push(PlannedRequest { name: PlannedName::Refund, amount: rest, after, request: refund });
    }
    Ok(plan)
}

/// Returns the part of the old price for the days from the change on.
fn rest(paid: &PaidBefore, on: Date) -> Result<Money, Error> {
    if paid.end <= paid.start {
        return Err(Error::new(Code::EndBeforeStart, "/paid/end", "expected an end after the start"));
    }
    if on < paid.start || on >= paid.end {
        let message = ["expected a day of the period that was paid for, got `", &on.iso(), "`"].concat();
        return Err(Error::new(Code::OutsidePeriod, "/on", message));
    }
    let days = |from: Date| u32::try_from(from.days_until(paid.end)).unwrap_or_default();
    Part::Days(Fraction { days: days(on), period_days: days(paid.start) })
        .of(paid.amount, RoundingRule::default())
        .map_err(|error| error.prefixed("/paid/amount"))
}
