//! The upgrade as Dintero documents it: the new plan is paid in full, and the rest of the old one is refunded.

use super::order::Order;
use super::session::{Session, create_session};
use super::transaction::{TransactionChange, refund_transaction};
use crate::date::Date;
use crate::error::{Code, Error, Errors, INPUT, Problems};
use crate::json::{object, words};
use crate::money::{Money, RoundingRule};
use crate::pricing::line::Fraction;
use crate::pricing::share::Part;
use crate::providers::http::HttpRequest;

/// What was paid for the old plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaidBefore {
    /// The transaction that took it.
    pub transaction_id: String,
    /// How much it took.
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
    /// The payment of the new plan's full price, which starts a new period and stores the card anew.
    pub session: Session,
    /// What was paid for the old plan.
    pub paid: PaidBefore,
    /// The day of the change, in the period that was paid for.
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

/// What a request of a plan does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlannedName {
    /// Makes the session where the customer pays the new plan in full.
    Charge,
    /// Refunds the unused rest of the old plan.
    Refund,
}

words!(PlannedName { Charge "charge", Refund "refund" });

/// A request of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlannedRequest {
    /// What it does.
    pub name: PlannedName,
    /// The amount that it moves.
    pub amount: Money,
    /// What has to have succeeded before it is sent: for the refund, the charge's money taken, not the session made.
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

/// Plans the upgrade that Dintero's docs describe (one source): the customer goes through the sign-up once more and pays the new plan
/// in full, for a new period from that day; when the money is there, the unused rest of the old period is refunded. The rest is by
/// real days, rounded once (R3.2, R3.3); Dintero's own example counts months, 6 of 12. No refund stands in the plan where nothing is
/// left to give back.
///
/// This is beside [`prorate`](crate::prorate), which charges the difference alone and keeps the period.
///
/// # Errors
/// Those of [`create_session`] under `/session` and of [`refund_transaction`]; `end_before_start` for a period that is none, and
/// `outside_period` for a day that is not in it.
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
        // Where nothing is left, the rest of the refund is checked all the same.
        amount: rest.filter(|rest| rest.amount() > 0).unwrap_or(paid.amount),
        reference: refund_reference.clone(),
        reason: Some("upgrade".into()),
        items: None,
    };
    let refund = refund_transaction(&change);
    if let Err(errors) = &refund {
        // The account is the session's, and was told of there.
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

/// What of the old price is for the days from the change on.
fn rest(paid: &PaidBefore, on: Date) -> Result<Money, Error> {
    if paid.end <= paid.start {
        return Err(Error::new(Code::EndBeforeStart, "/paid/end", "the period ends before it begins"));
    }
    if on < paid.start || on >= paid.end {
        let message = ["the period that was paid for does not contain ", &on.iso()].concat();
        return Err(Error::new(Code::OutsidePeriod, "/on", message));
    }
    let days = |from: Date| u32::try_from(from.days_until(paid.end)).unwrap_or_default();
    Part::Days(Fraction { days: days(on), period_days: days(paid.start) })
        .of(paid.amount, RoundingRule::default())
        .map_err(|error| error.prefixed("/paid/amount"))
}
