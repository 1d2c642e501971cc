//! What is left of days that were paid, and can be credited (R3.2, R3.9).

use super::costs::{Costs, Entry};
use super::line::{Line, LineKind, LineRule, Span};
use super::note::Note;
use super::share::{Part, Share};
use super::tax::{TaxRate, Taxes, is_of_credit};
use crate::error::Error;
use crate::money::{Money, RoundingRule};

/// The days that are left of a period, and what they were paid at.
#[derive(Debug, Clone)]
pub(crate) struct Left {
    /// What a full period costs at the price at which the days were paid.
    pub(crate) costs: Costs,
    pub(crate) part: Part,
    pub(crate) span: Span,
    pub(crate) rule: RoundingRule,
    /// The most that can be credited for them without tax: what was paid for them.
    pub(crate) paid: Option<Money>,
    /// The taxes on that payment.
    pub(crate) taxes: Option<Box<TaxesPaid>>,
}

/// The taxes that were paid for some days.
#[derive(Debug, Clone)]
pub(crate) struct TaxesPaid {
    pub(crate) taxes: Taxes,
    /// Of each rate.
    pub(crate) paid: Option<Vec<Money>>,
}

impl TaxesPaid {
    /// Creates the taxes that were paid with an amount without taxes.
    pub(crate) fn of(taxes: &Taxes, paid: Option<Money>, rule: RoundingRule) -> Result<Box<Self>, Error> {
        let of_rates = |paid| Ok::<_, Error>(taxes.on(paid, rule)?.iter().map(|tax| tax.tax).collect());
        Ok(Box::new(Self { taxes: taxes.clone(), paid: paid.map(of_rates).transpose()? }))
    }

    /// Returns what is paid of each rate after some lines.
    pub(crate) fn after(&self, lines: &[Line]) -> Result<Vec<Money>, Error> {
        self.with(self.paid.clone().unwrap_or_default(), lines.iter())
    }

    /// Adds the taxes of some lines to those of each rate.
    fn with<'a>(&self, before: Vec<Money>, lines: impl Iterator<Item = &'a Line> + Clone) -> Result<Vec<Money>, Error> {
        let after = |(rate, before): (&TaxRate, Money)| {
            let of_rate = lines.clone().filter(|line| line.item.as_ref() == Some(&rate.id));
            of_rate.filter_map(|line| line.tax.as_ref()).try_fold(before, |sum, of| sum.plus(of.tax))
        };
        self.taxes.rates.iter().zip(before).map(after).collect()
    }
}

impl Left {
    fn share<'a>(&self, entry: Entry<'a>) -> Share<'a> {
        Share { part: self.part, entry, span: self.span, rule: self.rule }
    }

    /// Returns what the days cost without taxes, whatever was paid: the sum of the items, each rounded by itself.
    pub(crate) fn cost(&self) -> Result<Money, Error> {
        self.costs.total_of(|cost| self.part.of(cost, self.rule))
    }

    /// Returns what can be credited for the days, with their taxes.
    pub(crate) fn amount(&self) -> Result<Money, Error> {
        let net = self.net()?;
        let Some(paid) = self.taxes.as_ref().filter(|paid| !paid.taxes.included) else { return Ok(net) };
        let credit = [Line::apart(LineKind::Credit, net.negated(), LineRule::Proration, Note::words(""))];
        let taxes = self.of_credits(paid, &credit)?;
        taxes.iter().try_fold(net, |sum, line| sum.plus(line.amount.negated()))
    }

    /// Returns what can be credited for the days without tax.
    pub(crate) fn net(&self) -> Result<Money, Error> {
        let cost = self.cost()?;
        Ok(self.paid.map_or(cost, |paid| cost.at_most(paid)))
    }

    fn of_credits(&self, paid: &TaxesPaid, credits: &[Line]) -> Result<Vec<Line>, Error> {
        let left = self.taxes_left(paid)?;
        let limit = if paid.paid.is_some() { Some((self.net()?, left.as_slice())) } else { None };
        paid.taxes.of_credits(credits, limit, self.rule)
    }

    /// Returns the taxes that can be credited for all the days, of each rate: all that was paid if the days are all that was paid for,
    /// otherwise those on what can be credited.
    fn taxes_left(&self, TaxesPaid { taxes, paid }: &TaxesPaid) -> Result<Vec<Money>, Error> {
        let net = self.net()?;
        let of_net = taxes.on(net, self.rule)?.into_iter().map(|tax| tax.tax);
        Ok(match paid {
            Some(paid) if self.paid == Some(net) => paid.clone(),
            Some(paid) => of_net.zip(paid).map(|(tax, paid)| tax.at_most(*paid)).collect(),
            None => of_net.collect(),
        })
    }

    /// Returns the taxes that are paid for the days after a change with some lines, of each rate; none without taxes. If money went
    /// back, the change credits all the days.
    pub(crate) fn taxes_after(&self, lines: &[Line], went_back: bool) -> Result<Vec<Money>, Error> {
        let Some(paid) = &self.taxes else { return Ok(Vec::new()) };
        let mut before = self.taxes_left(paid)?;
        if went_back {
            before.fill(Money::zero(self.costs.currency()));
        }
        paid.with(before, lines.iter().filter(|line| !went_back || !is_of_credit(line)))
    }

    /// Returns the lines that credit items, those for which `credits` says so, and the minimum if `minimum` says so, with their taxes.
    /// With a limit, which is with taxes, the last items have the smaller credit.
    pub(crate) fn lines(
        &self,
        most: Option<Money>,
        minimum: bool,
        credits: &dyn Fn(&Entry<'_>) -> bool,
    ) -> Result<Vec<Line>, Error> {
        let most = most.filter(|most| self.amount().is_ok_and(|amount| *most != amount));
        let mut rest = match (most, &self.taxes) {
            (Some(most), Some(paid)) if !paid.taxes.included => Some(paid.taxes.net_of(most, self.rule)?),
            (most, _) => most.or(self.paid),
        };
        let mut lines = Vec::new();
        for entry in self.costs.entries().filter(credits) {
            let line = self.share(entry).credit(rest)?;
            rest = rest.map(|rest| rest.plus(line.amount)).transpose()?;
            lines.push(line);
        }
        if minimum && let Some(missing) = self.minimum()? {
            let amount = rest.map_or(missing, |rest| missing.at_most(rest));
            let line = self.share(Entry { item: None, cost: self.costs.sum()? }).credit(None)?;
            lines.push(Line { amount: amount.negated(), rule: LineRule::Minimum, ..line });
        }
        if let Some(paid) = &self.taxes {
            let of_taxes = match most {
                Some(most) => paid.taxes.of_whole_credit(most, &lines, self.rule)?,
                None => self.of_credits(paid, &lines)?,
            };
            lines.extend(of_taxes);
        }
        Ok(lines)
    }

    /// Returns the part of the minimum that is missing in the parts of the items.
    pub(crate) fn minimum(&self) -> Result<Option<Money>, Error> {
        missing(&self.costs, self.part, self.rule)
    }
}

/// The last days of a payment, which are cut off before it is paid (R5.9).
pub(crate) struct CutOff {
    /// What a full period costs.
    pub(crate) costs: Costs,
    pub(crate) part: Part,
    pub(crate) span: Span,
    pub(crate) rule: RoundingRule,
}

impl CutOff {
    /// Returns the lines that credit the days, with their taxes: at most what the lines of the payment charge for its days.
    pub(crate) fn lines(self, charged: &[Line], taxes: Option<&Taxes>) -> Result<Vec<Line>, Error> {
        let Self { costs, part, span, rule } = self;
        let of_days = charged.iter().filter(|line| line.kind != LineKind::Setup);
        let whole = of_days.map(|line| line.amount).try_fold(Money::zero(costs.currency()), Money::plus)?;
        let taxes = taxes.map(|taxes| TaxesPaid::of(taxes, Some(whole), rule)).transpose()?;
        Left { costs, part, span, rule, paid: Some(whole), taxes }.lines(None, true, &|_| true)
    }
}

/// Returns what is missing to the minimum for some days: the rounded part of it less the rounded parts of the items (R9.1).
pub(crate) fn missing(costs: &Costs, part: Part, rule: RoundingRule) -> Result<Option<Money>, Error> {
    let Some(minimum) = costs.minimum() else { return Ok(None) };
    let items = costs.sum_of(|entry| part.of(entry.cost, rule))?;
    part.of(minimum, rule)?.plus(items.negated()).map(Some)
}
