//! Taxes on a payment: included in its amounts, or added to them (R9.4).

use super::discount::{entry, unique};
use super::line::{Line, LineKind, LineRule, LineTax};
use super::note::Note;
use super::percent::{Percent, WHOLE};
use crate::error::{Code, Error, Problems};
use crate::json::object;
use crate::money::{Money, RoundingRule};

/// A tax.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct TaxRate {
    /// Yours, 1 to 64 characters, unique among the rates.
    pub id: String,
    /// The rate in percent of the net.
    pub rate: Percent,
}

object!(TaxRate { id: required "id", rate: required "rate" });

impl TaxRate {
    /// Creates a rate.
    ///
    /// # Examples
    /// [`Taxes::included`] has one.
    pub fn new(id: impl Into<String>, rate: Percent) -> Self {
        Self { id: id.into(), rate }
    }
}

/// The taxes on every payment of the schedule: all included in the amounts, or all added to them.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Taxes {
    /// Whether the amounts include the taxes.
    pub included: bool,
    /// The rates. None is computed on another.
    pub rates: Vec<TaxRate>,
}

object!(Taxes { included: required "included", rates: required "rates" });

impl Taxes {
    /// Creates taxes that the prices include.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{TaxRate, Taxes};
    ///
    /// let vat = Taxes::included([TaxRate::new("vat", "25".parse()?)]);
    /// assert!(vat.included);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn included(rates: impl IntoIterator<Item = TaxRate>) -> Self {
        Self { included: true, rates: rates.into_iter().collect() }
    }

    /// Creates taxes that are added to the prices.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{TaxRate, Taxes};
    ///
    /// let taxes = Taxes::added([TaxRate::new("gst", "5".parse()?), TaxRate::new("qst", "9.975".parse()?)]);
    /// assert!(!taxes.included);
    /// # Ok::<(), billing_rules::Error>(())
    /// ```
    pub fn added(rates: impl IntoIterator<Item = TaxRate>) -> Self {
        Self { included: false, rates: rates.into_iter().collect() }
    }

    /// Returns the taxes on an amount, one for each rate, each with the net that it is computed on.
    pub(crate) fn on(&self, amount: Money, rule: RoundingRule) -> Result<Vec<LineTax>, Error> {
        let tax = |rate: Percent, net: Money, tax: Money| LineTax { rate, net, tax };
        if !self.included {
            return self
                .rates
                .iter()
                .map(|TaxRate { rate, .. }| Ok(tax(*rate, amount, rate.of(amount, rule)?)))
                .collect();
        }
        self.inside(amount, rule)
    }

    /// Returns the taxes in an amount that includes them.
    fn inside(&self, amount: Money, rule: RoundingRule) -> Result<Vec<LineTax>, Error> {
        self.split(amount, self.net_of(amount, rule)?)
    }

    /// Returns the taxes in an amount that has a net.
    fn split(&self, amount: Money, net: Money) -> Result<Vec<LineTax>, Error> {
        let tax = |rate: Percent, net: Money, tax: Money| LineTax { rate, net, tax };
        let weights: Vec<u64> = self.rates.iter().map(|rate| rate.rate.millionths().unsigned_abs()).collect();
        let taxes = amount.plus(net.negated())?;
        // Rates of 0 alone leave nothing to split.
        let parts = if taxes.amount() == 0 { vec![taxes; weights.len()] } else { taxes.allocate(&weights)? };
        Ok(self.rates.iter().zip(parts).map(|(rate, part)| tax(rate.rate, net, part)).collect())
    }

    /// Returns the lines of the taxes on what some lines charge. Those of included taxes have the amount 0: the other lines include
    /// them.
    pub(crate) fn of_charges(&self, lines: &[Line], rule: RoundingRule) -> Result<Vec<Line>, Error> {
        let Some(charged) = sum(lines, is_charge)? else { return Ok(Vec::new()) };
        let taxes = self.on(charged, rule)?;
        Ok(self.rates.iter().zip(taxes).map(|(rate, tax)| self.line(rate, tax)).collect())
    }

    /// Returns the lines of the taxes on what some lines credit: of each rate at most what is left of it. With a credit of all that is
    /// left without taxes, all of them are credited (R9.4).
    pub(crate) fn of_credits(
        &self,
        lines: &[Line],
        left: Option<(Money, &[Money])>,
        rule: RoundingRule,
    ) -> Result<Vec<Line>, Error> {
        let Some(credited) = sum(lines, |line| line.kind == LineKind::Credit)? else { return Ok(Vec::new()) };
        let credited = credited.negated();
        let mut taxes = self.on(credited, rule)?;
        if let Some((net, left)) = left {
            for (tax, left) in taxes.iter_mut().zip(left) {
                tax.tax = if credited == net { *left } else { tax.tax.at_most(*left) };
            }
        }
        if self.included {
            let tax = taxes.iter().try_fold(credited, |rest, tax| rest.plus(tax.tax.negated()))?;
            taxes.iter_mut().for_each(|of| of.net = tax);
        }
        let negated = |tax: LineTax| LineTax { rate: tax.rate, net: tax.net.negated(), tax: tax.tax.negated() };
        Ok(self.rates.iter().zip(taxes).map(|(rate, tax)| self.line(rate, negated(tax))).collect())
    }

    /// Returns what an amount with taxes is without them.
    pub(crate) fn net_of(&self, gross: Money, rule: RoundingRule) -> Result<Money, Error> {
        let sum = self.rates.iter().fold(WHOLE, |sum, rate| sum.saturating_add(rate.rate.millionths()));
        rule.to_units().part(gross, WHOLE, sum)
    }

    /// Returns the lines of the taxes in a credit that is given with them: what its lines have not credited.
    pub(crate) fn of_whole_credit(&self, gross: Money, lines: &[Line], rule: RoundingRule) -> Result<Vec<Line>, Error> {
        if gross.amount() == 0 {
            return Ok(Vec::new());
        }
        let taxes = match sum(lines, |_| true)? {
            Some(credited) if !self.included => self.split(gross, credited.negated())?,
            _ => self.inside(gross, rule)?,
        };
        let negated = |tax: LineTax| LineTax { rate: tax.rate, net: tax.net.negated(), tax: tax.tax.negated() };
        Ok(self.rates.iter().zip(taxes).map(|(rate, tax)| self.line(rate, negated(tax))).collect())
    }

    /// Returns an amount of 0 or more with the taxes that are added to it.
    pub(crate) fn gross(&self, amount: Money, rule: RoundingRule) -> Result<Money, Error> {
        if self.included {
            return Ok(amount);
        }
        self.on(amount, rule)?.iter().try_fold(amount, |sum, tax| sum.plus(tax.tax))
    }

    /// Creates the line of a tax.
    fn line(&self, rate: &TaxRate, tax: LineTax) -> Line {
        let (amount, words) = match self.included {
            true => (Money::zero(tax.tax.currency()), "tax that the price includes, on "),
            false => (tax.tax, "tax on "),
        };
        let line = Line::apart(LineKind::Tax, amount, LineRule::Tax, Note::amount(words, tax.net));
        Line { item: Some(rate.id.clone()), tax: Some(Box::new(tax)), ..line }
    }

    /// Checks the rates, at `/taxes/rates`.
    pub(crate) fn check(&self, problems: &mut Problems) {
        for (index, TaxRate { id, .. }) in self.rates.iter().enumerate() {
            if !(1..=64).contains(&id.chars().count()) {
                let path = [&entry("/taxes/rates", index), "/id"].concat();
                problems.push(Code::InvalidString, path, "expected 1 to 64 characters");
            }
        }
        unique(self.rates.iter().map(|rate| rate.id.as_str()), "/taxes/rates", problems);
    }
}

/// Returns the sum of some lines; `None` if that is 0.
fn sum(lines: &[Line], counts: impl Fn(&Line) -> bool) -> Result<Option<Money>, Error> {
    let mut amounts = lines.iter().filter(|line| counts(line)).map(|line| line.amount);
    let Some(first) = amounts.next() else { return Ok(None) };
    let sum = amounts.try_fold(first, Money::plus)?;
    Ok(if sum.amount() == 0 { None } else { Some(sum) })
}

/// Returns whether a line charges something that is taxed.
fn is_charge(line: &Line) -> bool {
    !matches!(line.kind, LineKind::Credit | LineKind::Tax | LineKind::Balance | LineKind::Unscheduled)
}

/// Returns whether a line is a credit, or the tax of one.
pub(crate) fn is_of_credit(line: &Line) -> bool {
    line.kind == LineKind::Credit || line.tax.as_ref().is_some_and(|tax| tax.net.amount() < 0 || tax.tax.amount() < 0)
}

/// Returns lines with those of the taxes on what they charge.
pub(crate) fn taxed(mut lines: Vec<Line>, taxes: Option<&Taxes>, rule: RoundingRule) -> Result<Vec<Line>, Error> {
    if let Some(taxes) = taxes {
        let of_taxes = taxes.of_charges(&lines, rule)?;
        lines.extend(of_taxes);
    }
    Ok(lines)
}

/// Returns the lines of a change, which credit and charge, with the taxes on what they charge. A change that costs nothing without tax
/// charges the taxes that it credits.
pub(crate) fn taxed_change(
    mut credits: Vec<Line>,
    charges: Vec<Line>,
    taxes: &Taxes,
    rule: RoundingRule,
) -> Result<Vec<Line>, Error> {
    let is_net = |line: &Line| line.kind != LineKind::Tax;
    let credited = sum(&credits, is_net)?.map(Money::negated);
    let is_even = credited.is_some() && credited == sum(&charges, is_net)?;
    let mut charges = taxed(charges, Some(taxes), rule)?;
    if is_even && !taxes.included {
        for line in charges.iter_mut().filter(|line| line.kind == LineKind::Tax) {
            let credit = credits.iter().find(|credit| credit.kind == LineKind::Tax && credit.item == line.item);
            if let (Some(credit), Some(tax)) = (credit, &mut line.tax) {
                line.amount = credit.amount.negated();
                tax.tax = line.amount;
            }
        }
    }
    credits.extend(charges);
    Ok(credits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Rounding;

    fn taxes(included: bool, rates: &[&str]) -> Taxes {
        let rates = rates.iter().map(|rate| TaxRate::new(*rate, rate.parse().unwrap()));
        Taxes { included, rates: rates.collect() }
    }

    /// The net and the taxes on an amount.
    fn on(taxes: &Taxes, amount: i64, currency: &str, rule: RoundingRule) -> Vec<(i64, i64)> {
        let amount = Money::new(amount, currency.parse().unwrap()).unwrap();
        taxes.on(amount, rule).unwrap().iter().map(|tax| (tax.net.amount(), tax.tax.amount())).collect()
    }

    #[test]
    fn included_taxes_leave_a_net() {
        let rule = RoundingRule::default();
        let vat = taxes(true, &["25"]);
        assert_eq!(on(&vat, 9_900, "NOK", rule), [(7_920, 1_980)]);
        assert_eq!(on(&vat, 999, "JPY", rule), [(799, 200)]);
        assert_eq!(on(&vat, 12_345, "KWD", rule), [(9_876, 2_469)]);
        // 100.00 ÷ 1.14975 is 86.98; 13.02 split by 5 and 9.975 is 4.35 and 8.67.
        assert_eq!(on(&taxes(true, &["5", "9.975"]), 10_000, "CAD", rule), [(8_698, 435), (8_698, 867)]);
        assert_eq!(on(&taxes(true, &["0"]), 10_000, "NOK", rule), [(10_000, 0)]);
        assert_eq!(on(&taxes(true, &[]), 10_000, "NOK", rule), []);
        // Included tax is not rounded to the grid.
        let whole = RoundingRule::new(Rounding::HalfUp, 100).unwrap();
        assert_eq!(on(&vat, 9_900, "NOK", whole), [(7_920, 1_980)]);
    }

    #[test]
    fn added_taxes_are_each_rounded_once() {
        let rule = RoundingRule::default();
        assert_eq!(on(&taxes(false, &["8.25"]), 9_900, "USD", rule), [(9_900, 817)]);
        assert_eq!(on(&taxes(false, &["5", "9.975"]), 9_999, "CAD", rule), [(9_999, 500), (9_999, 997)]);
        let whole = RoundingRule::new(Rounding::HalfUp, 100).unwrap();
        assert_eq!(on(&taxes(false, &["8.25"]), 9_900, "USD", whole), [(9_900, 800)]);
    }

    #[test]
    fn lines_sum_to_what_is_charged() {
        let amount = Money::new(9_900, "NOK".parse().unwrap()).unwrap();
        for (included, charged) in [(true, 0), (false, 2_475)] {
            let price = [Line::apart(LineKind::Period, amount, LineRule::Period, Note::words(""))];
            let lines = taxes(included, &["25"]).of_charges(&price, RoundingRule::default()).unwrap();
            assert_eq!(lines.iter().map(|line| line.amount.amount()).collect::<Vec<_>>(), [charged]);
            assert_eq!(lines.iter().map(|line| line.item.as_deref()).collect::<Vec<_>>(), [Some("25")]);
            let credit =
                [Line { kind: LineKind::Credit, ..price[0].clone() }].map(|line| Line { amount: -amount, ..line });
            let paid = [Money::new(1_000, amount.currency()).unwrap()];
            let taxes = taxes(included, &["25"]);
            let credited = |of_days, left| {
                let lines = taxes.of_credits(&credit, Some((of_days, left)), RoundingRule::default()).unwrap();
                lines[0].tax.as_ref().unwrap().tax.amount()
            };
            assert_eq!((credited(amount, &paid), credited(amount.plus(amount).unwrap(), &paid)), (-1_000, -1_000));
            // The last credit has the rest, also where that is more than the rate of it.
            let [more] = [Money::new(2_476, amount.currency()).unwrap()];
            assert_eq!(credited(amount, &[more]), -2_476);
        }
    }
}
