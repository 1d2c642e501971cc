//! What a payment consists of, for a receipt or an invoice (R9.6).

use super::line::{Line, LineKind};
use super::percent::Percent;
use crate::error::{Code, Error};
use crate::json::object;
use crate::money::Money;

/// What a payment consists of: its lines, and their sums by kind.
///
/// - `net` and the taxes add up to `total`, and `total` and `balance` to `due`.
/// - `subtotal` and `discount` add up to `total` if the amounts include the taxes, otherwise to `net`.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Document {
    /// The lines of the payment.
    pub lines: Vec<Line>,
    /// The sum of the prices and credits.
    pub subtotal: Money,
    /// The sum of the discounts: 0 or below.
    pub discount: Money,
    /// The total without taxes.
    pub net: Money,
    /// The taxes, each with the net that it is computed on.
    pub taxes: Vec<DocumentTax>,
    /// The total with taxes, before the balance.
    pub total: Money,
    /// What a balance pays of it, below 0, or what is collected for it.
    pub balance: Money,
    /// The amount of the payment.
    pub due: Money,
}

object!(Document {
    lines: required "lines",
    subtotal: required "subtotal",
    discount: required "discount",
    net: required "net",
    taxes: required "taxes",
    total: required "total",
    balance: required "balance",
    due: required "due",
});

/// A tax on a payment.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct DocumentTax {
    /// The id of the rate.
    pub id: String,
    /// The rate in percent.
    pub rate: Percent,
    /// The net that it is computed on, less credits.
    pub net: Money,
    /// The tax, less that of credits.
    pub tax: Money,
}

object!(DocumentTax { id: required "id", rate: required "rate", net: required "net", tax: required "tax" });

impl Document {
    /// Creates the document of a payment from its lines.
    pub(crate) fn of(lines: &[Line], due: Money) -> Result<Self, Error> {
        let nothing = Money::zero(due.currency());
        let mut taxes: Vec<DocumentTax> = Vec::new();
        let (mut subtotal, mut discount, mut added, mut balance, mut tax_sum) =
            (nothing, nothing, nothing, nothing, nothing);
        for line in lines {
            let sum = match line.kind {
                LineKind::Discount => &mut discount,
                LineKind::Tax => &mut added,
                LineKind::Balance => &mut balance,
                _ => &mut subtotal,
            };
            *sum = sum.plus(line.amount)?;
            let (Some(tax), Some(id)) = (&line.tax, &line.item) else { continue };
            tax_sum = tax_sum.plus(tax.tax)?;
            let known = taxes.iter_mut().find(|known| known.id == *id && known.rate == tax.rate);
            match known {
                Some(known) => {
                    known.net = known.net.plus(tax.net)?;
                    known.tax = known.tax.plus(tax.tax)?;
                }
                None => taxes.push(DocumentTax { id: id.clone(), rate: tax.rate, net: tax.net, tax: tax.tax }),
            }
        }
        let total = subtotal.plus(discount)?.plus(added)?;
        if total.plus(balance)? != due {
            let message = "expected lines that sum to the amount of the payment";
            return Err(Error::new(Code::TotalMismatch, "/lines", message));
        }
        Ok(Self {
            lines: lines.to_vec(),
            subtotal,
            discount,
            net: total.plus(tax_sum.negated())?,
            taxes,
            total,
            balance,
            due,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::RoundingRule;
    use crate::pricing::line::LineRule;
    use crate::pricing::note::Note;
    use crate::pricing::tax::{TaxRate, Taxes};

    fn money(amount: i64) -> Money {
        Money::new(amount, "NOK".parse().unwrap()).unwrap()
    }

    fn line(kind: LineKind, amount: i64) -> Line {
        Line::apart(kind, money(amount), LineRule::Period, Note::words(""))
    }

    fn figures(document: &Document) -> [i64; 6] {
        let Document { subtotal, discount, net, total, balance, due, .. } = document;
        [subtotal, discount, net, total, balance, due].map(|money| money.amount())
    }

    #[test]
    fn figures_agree() {
        let rates = || [TaxRate::new("vat", "25".parse().unwrap())];
        let rule = RoundingRule::default();
        let mut lines =
            vec![line(LineKind::Balance, -500), line(LineKind::Period, 10_000), line(LineKind::Discount, -2_000)];
        let plain = Document::of(&lines, money(7_500)).unwrap();
        assert_eq!(figures(&plain), [10_000, -2_000, 8_000, 8_000, -500, 7_500]);

        lines.extend(Taxes::included(rates()).of_charges(&lines, rule).unwrap());
        let included = Document::of(&lines, money(7_500)).unwrap();
        assert_eq!(figures(&included), [10_000, -2_000, 6_400, 8_000, -500, 7_500]);
        assert_eq!(
            included.taxes.iter().map(|tax| (tax.net.amount(), tax.tax.amount())).collect::<Vec<_>>(),
            [(6_400, 1_600)]
        );

        lines.pop();
        lines.extend(Taxes::added(rates()).of_charges(&lines, rule).unwrap());
        let added = Document::of(&lines, money(9_500)).unwrap();
        assert_eq!(figures(&added), [10_000, -2_000, 8_000, 10_000, -500, 9_500]);

        // A credit with its own tax.
        lines.push(line(LineKind::Credit, -4_000));
        lines.extend(Taxes::added(rates()).of_credits(&lines, None, rule).unwrap());
        let credited = Document::of(&lines, money(4_500)).unwrap();
        assert_eq!(figures(&credited), [6_000, -2_000, 4_000, 5_000, -500, 4_500]);
        assert_eq!(
            credited.taxes.iter().map(|tax| (tax.net.amount(), tax.tax.amount())).collect::<Vec<_>>(),
            [(4_000, 1_000)]
        );
    }

    #[test]
    fn lines_that_do_not_sum_are_an_error() {
        let error = Document::of(&[line(LineKind::Period, 10_000)], money(9_999)).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::TotalMismatch, "/lines"));
    }
}
