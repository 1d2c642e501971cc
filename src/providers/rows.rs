//! The rows of an order, from the lines of a payment (R9.6). Each provider writes them in its own shape.

use crate::error::Error;
use crate::money::{Money, RoundingRule};
use crate::payment::Payment;
use crate::pricing::line::{Line, LineKind};
use crate::pricing::percent::WHOLE;

/// A row: what an item of a payment costs after its discounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    /// The item, or the kind of the line if the price is an amount.
    pub(crate) id: String,
    /// The name of the item for people, if it has one.
    pub(crate) name: Option<String>,
    pub(crate) quantity: u32,
    /// The amount without taxes.
    pub(crate) net: Money,
    /// The amount with taxes. The rows sum to the amount of the payment.
    pub(crate) gross: Money,
    /// The sum of the rates, in millionths.
    pub(crate) rate: i64,
}

impl Row {
    pub(crate) fn tax(&self) -> Result<Money, Error> {
        self.gross.plus(self.net.negated())
    }

    /// Returns the quantity and the amount of one unit: 1 and the whole unless that divides exactly.
    pub(crate) fn units(&self, amount: Money) -> (u32, Money) {
        let quantity = i64::from(self.quantity);
        let unit = match amount.amount().checked_rem(quantity) {
            Some(0) => amount.amount().checked_div(quantity).and_then(|unit| Money::new(unit, amount.currency()).ok()),
            _ => None,
        };
        unit.map_or((1, amount), |unit| (self.quantity, unit))
    }

    /// Returns the rate in hundredths of a percent; `None` if it has more decimals.
    pub(crate) fn hundredths(&self) -> Option<u32> {
        const EACH: i64 = 100;
        if self.rate.checked_rem(EACH) != Some(0) {
            return None;
        }
        u32::try_from(self.rate.checked_div(EACH)?).ok()
    }
}

/// Returns the rows of a payment, whose gross amounts sum to its amount. A payment with a credit or a balance is one row.
pub(crate) fn of(payment: &Payment) -> Vec<Row> {
    if payment.amount.amount() == 0 {
        return Vec::new();
    }
    // Amounts that are too large for a sum are one row, too.
    rows(payment).ok().flatten().unwrap_or_else(|| vec![whole(payment)])
}

/// Returns the rows of a payment in a provider's shape; `None` unless its lines name items, discounts or taxes. Providers that accept an
/// amount without rows get none otherwise.
pub(crate) fn if_itemised<T>(payment: &Payment, rows: fn(&Payment) -> Vec<T>) -> Option<Vec<T>> {
    let is_itemised = payment.lines.iter().any(|line| line.item.is_some() || line.discount.is_some());
    if is_itemised && payment.amount.amount() > 0 { Some(rows(payment)) } else { None }
}

/// Returns the whole payment as one row.
pub(crate) fn whole(payment: &Payment) -> Row {
    let (gross, rate) = (payment.amount, rate(&payment.lines));
    let net = RoundingRule::default().part(gross, WHOLE, WHOLE.saturating_add(rate)).unwrap_or(gross);
    let id = payment.kind.as_str().into();
    Row { id, name: None, quantity: 1, net, gross, rate }
}

/// Returns the sum of the rates of the taxes on what is charged.
fn rate(lines: &[Line]) -> i64 {
    let taxes = lines.iter().filter_map(|line| line.tax.as_ref()).filter(|tax| tax.net.amount() > 0);
    taxes.fold(0, |sum, tax| sum.saturating_add(tax.rate.millionths()))
}

/// Returns a row for each line that charges something; `None` where only one row for all is exact.
fn rows(payment: &Payment) -> Result<Option<Vec<Row>>, Error> {
    let (nothing, rate) = (Money::zero(payment.amount.currency()), rate(&payment.lines));
    let (mut rows, mut tax, mut added): (Vec<Row>, _, _) = (Vec::new(), nothing, nothing);
    for line in &payment.lines {
        match line.kind {
            LineKind::Credit | LineKind::Balance | LineKind::Verification => return Ok(None),
            LineKind::Tax => {
                added = added.plus(line.amount)?;
                tax = line.tax.as_ref().map_or(Ok(tax), |of| tax.plus(of.tax))?;
            }
            LineKind::Discount => {
                let id = line.item.as_deref().unwrap_or(LineKind::Period.as_str());
                let Some(row) = rows.iter_mut().rfind(|row| row.id == id) else { return Ok(None) };
                row.gross = row.gross.plus(line.amount)?;
            }
            kind => {
                let id = line.item.as_deref().unwrap_or(kind.as_str()).into();
                let (name, quantity, gross) = (line.name.clone(), line.quantity.unwrap_or(1), line.amount);
                rows.push(Row { id, name, quantity, net: gross, gross, rate });
            }
        }
    }
    rows.retain(|row| row.gross.amount() != 0);
    if rows.iter().any(|row| row.gross.amount() < 0) {
        return Ok(None);
    }
    if tax.amount() > 0 {
        let weights: Vec<u64> = rows.iter().map(|row| row.gross.amount().unsigned_abs()).collect();
        for (row, part) in rows.iter_mut().zip(tax.allocate(&weights)?) {
            // The amounts of the lines include the tax, or it is added to them.
            row.gross = if added.amount() > 0 { row.gross.plus(part)? } else { row.gross };
            row.net = row.gross.plus(part.negated())?;
        }
    }
    let sum = rows.iter().try_fold(nothing, |sum, row| sum.plus(row.gross))?;
    Ok(if sum == payment.amount { Some(rows) } else { None })
}
