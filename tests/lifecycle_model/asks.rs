//! Events about money back and about dates that move, made of random numbers: most of them possible, some not.

use billing_rules::{
    Between, CancellationOptions, CancellationQuote, Code, Date, Event, FinalPayment, MoneyBack, RefundPart,
    Resumption, Subscription, When,
};

use crate::dice::Dice;
use crate::ends::CancelQuote;
use crate::model::{ID, nok, plus};
use crate::pays::Pay;
use crate::world::{World, next_id};

impl From<&CancellationQuote> for CancelQuote {
    fn from(quote: &CancellationQuote) -> Self {
        CancelQuote {
            effective: quote.effective,
            unused: quote.unused.amount(),
            balance: quote.balance.amount(),
            refund: quote.refund.amount(),
            owed: quote.owed.amount(),
        }
    }
}

/// An id that is new, now and then one that is too short or too long.
fn id(dice: &mut Dice) -> String {
    match dice.below(60) {
        0 => String::new(),
        1 => "x".repeat(65),
        2 => format!("{:y>64}", next_id()),
        _ => next_id(),
    }
}

impl World {
    /// Money back, given or paid out.
    pub fn money_event(&mut self, dice: &mut Dice) -> Option<Event> {
        let kinds = ["refunded", "refund_reversed", "credited", "balance_paid_out", "overpayment_refunded"];
        let on = self.today;
        match kinds[dice.weighted(&[6, 3, 3, 3, 3])] {
            "refunded" => self.refunded(dice),
            "refund_reversed" => {
                let known: Vec<String> = self.model.backs.iter().map(|back| back.id.clone()).collect();
                let of = if known.is_empty() || dice.once_in(20) { "unknown".into() } else { dice.one(&known) };
                let left = self.model.backs.iter().find(|back| back.id == of).map_or(10, |back| back.amount);
                let amount = match dice.below(8) {
                    0 => Some(left + 1),
                    1 => Some(0),
                    2 | 3 if left > 0 => Some(1 + dice.days(left.unsigned_abs())),
                    4 => Some(left),
                    _ => None,
                };
                Some(Event::RefundReversed { id: id(dice), of, amount: amount.map(nok), on })
            }
            "credited" => {
                let amount = nok(if dice.once_in(12) { 0 } else { 1 + dice.days(2_000) });
                Some(Event::Credited { id: id(dice), amount, note: dice.one(&[None, Some("sorry".into())]), on })
            }
            "balance_paid_out" => {
                let left = self.model.paid_for_balance();
                let amount = match dice.below(6) {
                    0 => left + 1,
                    1 | 2 if left > 0 => 1 + dice.days(left.unsigned_abs()),
                    _ => left,
                };
                Some(Event::BalancePaidOut { id: id(dice), amount: nok(amount), on })
            }
            _ => {
                let list = self.model.overpayments.iter().chain(&self.model.returned).cloned().collect::<Vec<_>>();
                let (reference, charge) = match list.is_empty() || dice.once_in(12) {
                    true => (Some(format!("{ID}-{}-0-1", dice.below(3))), None),
                    false => {
                        let one = dice.one(&list);
                        (one.reference, one.charge)
                    }
                };
                let alone = reference.is_some() && dice.once_in(3);
                let provider_reference = if alone { None } else { charge.clone() };
                let reference = reference.filter(|_| charge.is_none() || alone || dice.below(3) > 0);
                Some(Event::OverpaymentRefunded { id: id(dice), reference, provider_reference, on })
            }
        }
    }

    /// A refund or chargeback of a payment, mostly of one that took something.
    fn refunded(&mut self, dice: &mut Dice) -> Option<Event> {
        let pays: Vec<Pay> = self.model.pays.clone();
        let took: Vec<Pay> = pays.iter().filter(|pay| self.model.left_of(pay.place()) > 0).cloned().collect();
        let from = if took.is_empty() || dice.once_in(15) { &pays } else { &took };
        if from.is_empty() {
            return None;
        }
        let recent: Vec<Pay> = from.iter().rev().take(2).cloned().collect();
        let pay = if dice.once_in(3) { dice.one(from) } else { dice.one(&recent) };
        let attempts = u64::try_from(pay.attempts.len().max(1)).unwrap();
        let attempt = pay.paid_by.map_or(1, |index| index + 1);
        let attempt = if dice.once_in(8) { 1 + dice.below(attempts + 1) } else { u64::try_from(attempt).unwrap() };
        let number = if dice.once_in(25) { u64::from(pay.number) + dice.below(3) } else { pay.number.into() };
        let reference = Some(format!("{ID}-{number}-{}-{attempt}", pay.extra));
        let charge = pay.paid_by.and_then(|index| pay.attempts[index].charge.clone());
        let named: usize = (pays.iter().flat_map(|pay| &pay.attempts))
            .filter(|attempt| charge.is_some() && attempt.charge == charge)
            .count();
        let over = self.model.overpayments.iter().chain(&self.model.returned);
        let unique = named == 1 && over.filter(|extra| extra.charge == charge).count() == 0;
        let (reference, provider_reference) = match dice.below(6) {
            0..2 if unique => (None, charge),
            2 if unique && number == u64::from(pay.number) => (reference, charge),
            3 if dice.once_in(10) => (None, Some("nobody's".into())),
            _ => (reference, None),
        };
        let left = self.model.left_of(pay.place()).max(0);
        let amount = match dice.below(12) {
            0 => left + 1,
            1 => 0,
            2..5 => left,
            5 => 1.min(left),
            _ if left > 0 => 1 + dice.days(left.unsigned_abs()),
            _ => 5,
        };
        let kind = dice.one(&[None, None, Some(MoneyBack::Refund), Some(MoneyBack::Chargeback)]);
        Some(Event::Refunded { id: id(dice), amount: nok(amount), kind, reference, provider_reference, on: self.today })
    }

    /// What moves due dates, or asks for a payment.
    pub fn moving_event(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        let kinds = ["payment_requested", "payments_skipped", "rescheduled"];
        match kinds[dice.weighted(&[1, 1, 3])] {
            "payment_requested" => {
                Event::PaymentRequested { customer_present: dice.one(&[None, Some(false), Some(true)]), on }
            }
            "payments_skipped" => {
                let payments = dice.one(&[1, 1, 1, 2, 3, 0, 10_001]);
                Event::PaymentsSkipped { id: id(dice), payments, on }
            }
            _ => {
                let due = self.engine.next_due_date().unwrap_or(on);
                let next = match dice.below(9) {
                    0 => due,
                    1 => on,
                    2 => plus(on, -1),
                    3 | 4 => plus(due, 1 + dice.days(60)),
                    5 | 6 => plus(due, 1 + dice.days(20)),
                    _ => plus(on, dice.days(on.days_until(due).max(1).unsigned_abs())),
                };
                let anchor_day = if dice.once_in(5) { Some(1 + u32::try_from(dice.below(32)).unwrap()) } else { None };
                let between = dice.one(&[None, None, Some(Between::Prorated), Some(Between::Free)]);
                Event::Rescheduled { next, anchor_day, between: between.filter(|_| next > due || dice.once_in(6)), on }
            }
        }
    }

    pub fn paused(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        let from = match dice.below(8) {
            0..4 => None,
            4 => Some(on),
            5 => Some(plus(on, dice.days(40))),
            6 => Some(self.engine.next_due_date().unwrap_or(on).max(on)),
            _ => Some(plus(on, dice.days(8) - 1)),
        };
        let until = match dice.below(6) {
            0..3 => None,
            3 => Some(plus(from.unwrap_or(on), dice.days(12))),
            4 => self.engine.next_due_date().map(|due| plus(due, dice.days(3) - 1)),
            _ => Some(plus(from.unwrap_or(on), dice.days(70))),
        };
        let schedule = dice.one(&[None, Some(Resumption::Keep), Some(Resumption::Shift)]);
        Event::Paused { from, until, schedule, on }
    }

    pub fn resumed(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        let schedule = dice.one(&[None, Some(Resumption::Keep), Some(Resumption::Shift), Some(Resumption::Shift)]);
        let anchor_day = dice.once_in(6).then(|| 1 + u32::try_from(dice.below(31)).unwrap());
        Event::Resumed { schedule, anchor_day, on }
    }

    /// A cancellation, after the quote that a page would show.
    pub fn cancelled(&mut self, dice: &mut Dice) -> Event {
        let on = self.today;
        let mut all = vec![None, Some(When::Now), Some(When::PeriodEnd), Some(When::PeriodEnd), Some(When::PeriodEnd)];
        let due = self.engine.next_due_date().unwrap_or(on).max(on);
        let days = [plus(on, dice.days(20)), plus(on, dice.days(90)), plus(due, dice.days(10)), due, plus(on, -1)];
        all.extend([Some(When::On(dice.one(&days))); 5]);
        let is_bound = self.model.terms.commitment.is_some() || self.model.terms.notice.is_some();
        if is_bound && self.bound_until(on) == on {
            all.push(Some(When::Earliest));
        }
        let early = if is_bound { dice.one(&[None, None, Some(false), Some(true)]) } else { None };
        let when = dice.one(&all);
        if let Some(When::On(day)) = when {
            self.quote_later(day, on);
        }
        let final_payment = dice.one(&[None, None, Some(FinalPayment::Collect), Some(FinalPayment::Waive)]);
        let mut options = CancellationOptions::new();
        (options.when, options.early) = (when, early);
        let quote = self.engine.quote_cancellation(on, options).ok();
        let digest = match dice.below(12) {
            0 => Some("0000".into()),
            1..6 => quote.map(|quote| quote.digest),
            _ => None,
        };
        Event::Cancelled { on, when, early, final_payment, digest }
    }

    /// Both say the same of the days on which it can end. Returns the first.
    fn bound_until(&self, on: Date) -> Date {
        let mut model = self.model.clone();
        model.live_until(on);
        let end = model.earliest_end(on).unwrap_or(on);
        for day in [plus(end, -1), end, plus(end, 1), plus(end, 40)] {
            let options = CancellationOptions::new().with_when(When::On(day));
            let code = self.engine.quote_cancellation(on, options).map_err(|errors| errors.first().code()).err();
            // What the days alone forbid comes first.
            if code.is_none_or(|code| code == Code::Committed) && day >= on {
                let expected = model.must_not_end(day, on).is_err();
                assert_eq!(code.is_some(), expected, "an end on {day} asked for on {on} after {:#?}", self.history);
            }
        }
        end
    }

    fn quote_later(&self, day: Date, on: Date) {
        let options = CancellationOptions::new().with_when(When::On(day));
        let quoted = self.engine.quote_cancellation(on, options);
        let found = quoted.as_ref().map(CancelQuote::from).map_err(|errors| errors.first().code());
        let expected = self.model.quote_on(day, on);
        assert_eq!(found, expected, "a cancellation for {day} on {on} after {:#?}", self.history);
    }

    /// Both split an amount over the same payments.
    pub fn plan_refunds(&self) {
        let all: i64 = self.model.refundable();
        for amount in [0, 1, all / 3, all, all + 1] {
            let found = self.engine.refund_plan(nok(amount)).ok();
            let found = found.map(|parts| {
                let part = |part: &RefundPart| (part.reference.clone(), part.amount.amount());
                parts.iter().map(part).collect::<Vec<_>>()
            });
            assert_eq!(found, self.model.refund_plan(amount), "{amount} after {:#?}", self.history);
        }
    }

    /// Counts what an event says went back to the customer, or was given.
    pub fn count_back(&mut self, before: &Subscription, event: &Event) {
        let sum = |life: &Subscription| life.overpayments().iter().map(|extra| extra.amount.amount()).sum::<i64>();
        // One that is known counts no more.
        let is_new = crate::moves::id_of(event).is_none_or(|id| self.counted.insert(id.clone()));
        if !is_new {
            return;
        }
        match event {
            Event::Refunded { id, amount, .. } => {
                self.backs.insert(id.clone(), amount.amount());
                self.back += amount.amount();
            }
            Event::BalancePaidOut { amount, .. } => self.back += amount.amount(),
            Event::RefundReversed { of, amount, .. } => {
                let left = self.backs.get_mut(of).unwrap();
                let amount = amount.map_or(*left, |amount| amount.amount());
                *left -= amount;
                self.back -= amount;
            }
            Event::OverpaymentRefunded { .. } => self.back += sum(before) - sum(&self.engine),
            Event::Credited { amount, .. } => self.given += amount.amount(),
            _ => {}
        }
    }
}
