//! What the terms have beside the price: steps, fees, discounts, taxes, a minimum (R9).

use super::{Terms, no_schedule};
use crate::error::{Code, Error, Errors, Problems};
use crate::money::{Money, RoundingRule};
use crate::pricing::adjusting::Adjusting;
use crate::pricing::beside::Beside;
use crate::pricing::discount::Discount;
use crate::pricing::line::{Line, LineKind, LineRule, Span};
use crate::pricing::note::Note;
use crate::pricing::scheduled::PricedSchedule;
use crate::pricing::step::{self, Step};
use crate::pricing::tax::{Taxes, taxed};

impl Terms {
    /// Sets other prices from a payment's number on (R9.5): an introductory price, a ramp.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Money, PreviewOptions, Schedule, Step, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new("1.00 NOK".parse()?, schedule).with_steps([Step::new(4, "99.00 NOK".parse::<Money>()?)]);
    /// let shown = terms.preview(&PreviewOptions::new(schedule.start()).with_payments(4))?;
    /// let amounts: Vec<_> = shown.payments.iter().map(|payment| payment.amount.to_decimal()).collect();
    /// assert_eq!(amounts, ["1.00", "1.00", "1.00", "99.00"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_steps(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps = steps.into_iter().collect();
        self
    }

    /// Sets a fee that is charged once, with the first payment whose price is above 0 (R9.5).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, Schedule, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let terms = Terms::new("99.00 NOK".parse()?, schedule).with_setup("25.00 NOK".parse()?);
    /// assert_eq!(terms.preview(&PreviewOptions::new(schedule.start()))?.due_now.to_string(), "124.00 NOK");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_setup(mut self, setup: Money) -> Self {
        self.setup = Some(setup);
        self
    }

    /// Sets the price of the trial (R9.5): the cardholder pays it, and that establishes the card. Without it a trial is free.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, Schedule, Terms};
    ///
    /// let today = "2025-01-31".parse()?;
    /// let terms = Terms::new("99.00 NOK".parse()?, Schedule::new(today, Cycle::MONTHLY)).with_trial(today, 14)?;
    /// let terms = terms.with_trial_price("9.00 NOK".parse()?);
    /// assert_eq!(terms.preview(&PreviewOptions::new(today))?.due_now.to_string(), "9.00 NOK");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_trial_price(mut self, trial_price: Money) -> Self {
        self.trial_price = Some(trial_price);
        self
    }

    /// Sets the discounts, in the order in which they apply (R9.3).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Discount, Off, PreviewOptions, Schedule, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let ten = |id| Ok::<_, billing_rules::Error>(Discount::new(id, Off::Percent("10".parse()?)));
    /// let terms = Terms::new("100.00 NOK".parse()?, schedule).with_discounts([ten("first")?, ten("second")?]);
    /// assert_eq!(terms.preview(&PreviewOptions::new(schedule.start()))?.due_now.to_string(), "81.00 NOK");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_discounts(mut self, discounts: impl IntoIterator<Item = Discount>) -> Self {
        self.discounts = discounts.into_iter().collect();
        self
    }

    /// Sets the taxes (R9.4).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, PreviewOptions, Schedule, TaxRate, Taxes, Terms};
    ///
    /// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
    /// let taxes = Taxes::added([TaxRate::new("sales", "8.25".parse()?)]);
    /// let terms = Terms::new("100.00 USD".parse()?, schedule).with_taxes(taxes);
    /// assert_eq!(terms.preview(&PreviewOptions::new(schedule.start()))?.due_now.to_string(), "108.25 USD");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_taxes(mut self, taxes: Taxes) -> Self {
        self.taxes = Some(taxes);
        self
    }

    /// Sets the least that a full period costs, after discounts and before tax (R9.1).
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Cycle, Item, Money, PreviewOptions, Price, Schedule, Terms};
    ///
    /// let (seat, schedule): (Money, _) = ("10.00 EUR".parse()?, Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY));
    /// let seats = Price::of_items(vec![Item::new("seats", seat).with_quantity(2)])?;
    /// let terms = Terms::new(seat, schedule).with_price(seats).with_minimum("50.00 EUR".parse()?);
    /// assert_eq!(terms.preview(&PreviewOptions::new(schedule.start()))?.due_now.to_string(), "50.00 EUR");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with_minimum(mut self, minimum: Money) -> Self {
        self.minimum = Some(minimum);
        self
    }

    /// Returns the schedule with what was agreed about prices. `steps` have quantities.
    pub(crate) fn priced<'a>(&'a self, steps: &'a [Step]) -> Result<Option<PricedSchedule<'a>>, Error> {
        let (plan, adjusting) = (self.plan(&self.price)?, self.adjusting(steps));
        Ok(self.schedule.map(|schedule| PricedSchedule { schedule, first: 1, plan, adjusting }))
    }

    /// Returns whether any payment of the schedule costs something, as far as prices say.
    pub(crate) fn is_ever_charged(&self, priced: &PricedSchedule<'_>) -> Result<bool, Errors> {
        if self.trial_price.is_some_and(|price| price.amount() > 0) || priced.plan.costs_something() {
            return Ok(true);
        }
        Ok(!priced.adjusting.is_nothing() && priced.first_charge(1)?.is_some())
    }

    /// Returns the lines of the payment of a trial that costs something (R9.5); `None` if it is free.
    pub(crate) fn trial_lines(&self, taxes: Option<&Taxes>) -> Result<Option<Vec<Line>>, Error> {
        let Some(price) = self.trial_price.filter(|price| price.amount() > 0) else { return Ok(None) };
        let line = Line::apart(LineKind::Trial, price, LineRule::Fee, Note::words("the price of the trial"));
        let period = self.trial_start.zip(self.schedule);
        let period = period.map(|(start, schedule)| Span { start, end: schedule.start() });
        taxed(vec![Line { period, ..line }], taxes, self.rule()?).map(Some)
    }

    /// Returns what the terms have beside the price. The steps have quantities.
    pub(crate) fn adjusting<'a>(&'a self, steps: &'a [Step]) -> Adjusting<'a> {
        Adjusting {
            steps,
            discounts: &self.discounts,
            used: &[],
            from: 1,
            taxes: self.taxes.as_ref(),
            minimum: self.minimum,
            setup: self.setup,
            setup_from: 1,
        }
    }

    /// Returns the steps, with a quantity for each item.
    pub(crate) fn resolved_steps(&self) -> Vec<Step> {
        step::resolved(&self.steps, &self.price)
    }

    /// Checks what the terms have beside the price.
    pub(super) fn check_adjustments(&self, rule: RoundingRule, problems: &mut Problems) {
        let nothing = Money::zero(self.price.currency());
        let beside = Beside {
            steps: Some(&self.steps),
            discounts: Some(&self.discounts),
            taxes: self.taxes.as_ref(),
            minimum: self.minimum,
        };
        beside.check(&self.price, rule, problems);
        for (path, amount) in [("/setup", self.setup), ("/trialPrice", self.trial_price)] {
            problems.extend(amount.and_then(|amount| rule.check(amount, nothing, path).err()));
        }
        if self.trial_price.is_some() && self.trial_start.is_none() && self.schedule.is_some() {
            let message = "expected `trialStart`: without a trial there is none to pay for";
            problems.push(Code::MissingField, "/trialStart", message);
        }
        if self.schedule.is_none() {
            let given = [
                (!self.steps.is_empty(), "/steps"),
                (self.setup.is_some(), "/setup"),
                (self.trial_price.is_some(), "/trialPrice"),
                (!self.discounts.is_empty(), "/discounts"),
                (self.taxes.is_some(), "/taxes"),
                (self.minimum.is_some(), "/minimum"),
            ];
            for (_, path) in given.iter().filter(|(given, _)| *given) {
                problems.add(no_schedule(path));
            }
        }
    }
}
