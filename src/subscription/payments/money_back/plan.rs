//! Which payments to refund for an amount.

use super::named::is_of_schedule;
use super::refund::left;
use crate::error::{Code, Error, Errors};
use crate::json::object;
use crate::money::Money;
use crate::subscription::records::record::Record;
use crate::subscription::records::state::Subscription;

/// A payment to refund, whole or in part.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefundPart {
    /// The reference of the attempt that collected the money.
    pub reference: String,
    /// The provider's reference of the charge; `None` if it was not reported, and of payments settled long ago.
    pub provider_reference: Option<String>,
    /// The amount.
    pub amount: Money,
}

object!(RefundPart {
    reference: required "reference",
    provider_reference: nullable "providerReference",
    amount: required "amount",
});

/// Splits an amount over payments, as [`Subscription::refund_plan`] describes.
pub(in crate::subscription) fn refund_plan(life: &Subscription, amount: Money) -> Result<Vec<RefundPart>, Errors> {
    life.nothing().same_currency(amount, "/amount/currency")?;
    if amount.amount() < 0 {
        return Err(Error::new(Code::OutOfRange, "/amount/amount", "expected an amount of 0 or more").into());
    }
    let mut parts = Vec::new();
    let mut rest = amount;
    for record in payments(life)? {
        let part = left(life, &record)?.at_most(rest);
        if part.amount() == 0 {
            continue;
        }
        // A payment that was made elsewhere has the reference of its first attempt.
        let first = record.key().attempt(1);
        let (id, charge) =
            record.settled_by().map_or((first, None), |(id, made)| (id, made.provider_reference.clone()));
        let (reference, provider_reference) = (id.reference(&life.id), charge);
        parts.push(RefundPart { reference, provider_reference, amount: part });
        rest = rest.plus(part.negated())?;
    }
    if rest.amount() == 0 {
        return Ok(parts);
    }
    let most = amount.plus(rest.negated())?;
    let message =
        ["expected at most `", &most.text(), "`, which the payments collected and have not given back"].concat();
    Err(Error::new(Code::OutOfRange, "/amount/amount", message).into())
}

/// Returns every payment of the schedule, with those of its changes, the newest first.
fn payments(life: &Subscription) -> Result<Vec<Record>, Error> {
    let mut records: Vec<Record> = life.state.ledger.folded(life.currency()).collect::<Result<_, _>>()?;
    records.extend(life.state.ledger.iter().cloned());
    records.retain(|record| is_of_schedule(record.key(), record));
    records.sort_by_key(|record| std::cmp::Reverse(record.key()));
    Ok(records)
}
