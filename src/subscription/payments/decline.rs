//! Outcomes other than success (R5.4, R6.2).

use super::start;
use crate::date::Date;
use crate::decline::Decline;
use crate::error::{Error, Errors};
use crate::payment::PaymentKind;
use crate::retry::{RetryAttempt, plan, revokes};
use crate::subscription::days::pending;
use crate::subscription::owed::shortened;
use crate::subscription::owed::verification;
use crate::subscription::records::attempt::Outcome;
use crate::subscription::records::card::CardBlock;
use crate::subscription::records::key::AttemptId;
use crate::subscription::records::state::Subscription;
use crate::subscription::status::Status;

/// Applies `payment_pending` and `payment_not_made`.
pub(crate) fn resolve(life: &mut Subscription, reference: &str, outcome: Outcome, on: Date) -> Result<(), Errors> {
    let id = start::find(life, reference).ok_or_else(start::unknown)?;
    let is_not_made = life.state.ledger.resolve(id, outcome, on, None) && outcome == Outcome::NotMade;
    // The end may have been set or moved while it was in flight.
    if is_not_made { shortened::renew_open(life) } else { Ok(()) }
}

/// Applies `payment_declined`.
pub(crate) fn decline(
    life: &mut Subscription,
    reference: &str,
    decline: Option<&Decline>,
    on: Date,
) -> Result<(), Errors> {
    let id = start::find(life, reference).ok_or_else(start::unknown)?;
    if life.state.ledger.resolve(id, Outcome::Declined, on, decline) && !life.status.is_final() {
        block_card(life, id, decline.cloned().unwrap_or_else(Decline::unexplained), on)?;
        fail(life, id);
    }
    Ok(())
}

/// Updates the card after a decline. Only this decline counts: an earlier one of the payment may have been of another
/// card.
fn block_card(life: &mut Subscription, id: AttemptId, decline: Decline, on: Date) -> Result<(), Error> {
    let (Some(record), Some(attempt)) = (life.state.ledger.get(id.payment), life.state.ledger.attempt(id)) else {
        return Ok(());
    };
    let block = if revokes(&decline) { CardBlock::Revoked } else { CardBlock::Card };
    let declined = RetryAttempt { on, amount: record.taken_by(attempt), decline };
    let is_present = attempt.card == life.state.card.number;
    if is_present && plan(&[declined], &life.terms.retry_policy(), None).is_some_and(|plan| plan.binds_card) {
        life.state.card.block(block, on);
        life.state.ledger.forget_lifted_blocks(life.currency())?;
    }
    Ok(())
}

/// Updates the payment and the subscription after a decline.
fn fail(life: &mut Subscription, id: AttemptId) {
    let Some(record) = life.state.ledger.get(id.payment).filter(|record| record.is_open()) else { return };
    match record.kind {
        PaymentKind::Initial | PaymentKind::Recurring => life.status = Status::Error,
        PaymentKind::Verification if verification::is_initial(life, record) => life.status = Status::Error,
        PaymentKind::PlanChange => pending::drop_waiting_for(life, id.payment),
        PaymentKind::Verification | PaymentKind::Unscheduled | PaymentKind::Final => {}
    }
}
