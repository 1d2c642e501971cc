//! Money back in the model (R5.12): what it comes off, and what a reversal gives back.
//!
//! Decisions where the rules are silent:
//! - a reference names a payment by any of its attempts; what the payment took is the amount of the attempt that settled it. With
//!   both references given the provider's has to be of the same payment, unless none is recorded there;
//! - an attempt that took an overpayment names nothing: `overpayment_refunded` does (the engine said so first);
//! - a payment that took nothing, or less than what is named, is `out_of_range /event/amount/amount`; so is paying out more than the
//!   balance that was paid for; a reversal of more than is left of its refund is that, too;
//! - of imported payments every number that was imported is known by `<id>-<number>-0-1`. It took the price of its period, but only
//!   the last one has an unused part;
//! - a period that is paid and has not begun is unused as a whole;
//! - a plan change that waits for its payment has its credit computed already: money back from then on stays on the days after it;
//! - without proration the money back stays on the days, at the lower price: never below 0;
//! - a balance that an open payment was reduced by is neither paid out nor taken back: its attempt may still have taken the rest;
//! - what was given is used first, also by what an open payment was reduced by;
//! - a credit while a debt is open lowers that debt;
//! - an overpayment that was refunded leaves the list and is still known, so that a repeated report of it changes nothing;
//! - a reversal frees balance and unused part: later money back that was forgiven is taken from both, in the order of its events;
//! - a reversal after the end raises what was unused then; what of that would have been set against a collected debt goes to the
//!   balance.

use billing_rules::{Code, Date, Money, MoneyBack, Status};

use crate::credits::{Credit, Off};
use crate::model::{Extra, ID, Model};
use crate::pays::{Bound, Kind, Outcome, Pay, PaymentStatus};
use crate::refusal::Refusal;

/// Money of a payment that went back.
#[derive(Debug, Clone)]
pub struct Back {
    pub id: String,
    pub place: (u32, u32),
    /// What of it has not been reversed; the rest is what it came off.
    pub amount: i64,
    pub off: i64,
    pub balance: i64,
    pub forgiven: i64,
    pub kind: MoneyBack,
    /// Whether it is of a payment of the schedule, and came after the end.
    pub scheduled: bool,
    pub after_end: bool,
}

impl Model {
    /// The balance rises or falls by something that is not money back: what was given is used first.
    pub fn carry(&mut self, by: i64) {
        self.balance += by;
        if by > 0 {
            self.given = (self.given - by).max(0);
        }
        self.given = self.given.min((-self.balance).max(0));
    }

    /// The balance in the customer's favour that was paid for, and that no open payment is reduced by.
    pub fn paid_for_balance(&self) -> i64 {
        let open = self.pays.iter().filter(|pay| pay.is_open());
        let reserved: i64 = open.map(|pay| (-pay.from_balance).max(0)).sum();
        let given = (self.given - reserved).max(0);
        (-self.balance - reserved - given).max(0)
    }

    /// The payment that a refund names.
    pub fn named(&self, reference: Option<&str>, charge: Option<&str>) -> Result<(u32, u32), Refusal> {
        let has =
            |pay: &Pay, charge: &str| pay.attempts.iter().any(|attempt| attempt.charge.as_deref() == Some(charge));
        // Money that was taken for nothing is refunded as an overpayment.
        let over = |pay: &Pay, index: Option<usize>, charge: Option<&str>| {
            // A verification took nothing.
            let is_verified = pay.kind == Kind::Verification && pay.status == PaymentStatus::Dropped;
            !is_verified
                && pay.attempts.iter().enumerate().any(|(at, attempt)| {
                    let is_it = Some(at) == index || charge.is_some() && attempt.charge.as_deref() == charge;
                    is_it && attempt.outcome == Outcome::Succeeded && pay.paid_by != Some(at)
                })
        };
        let Some(reference) = reference else {
            let charge = charge.ok_or(Refusal::at(Code::MissingField, "/event/reference"))?;
            let named = self.pays.iter().find(|pay| has(pay, charge) && !over(pay, None, Some(charge)));
            return named.map(Pay::place).ok_or(Refusal::at(Code::UnknownReference, "/event/providerReference"));
        };
        let unknown = Refusal::at(Code::UnknownReference, "/event/reference");
        let words = reference.strip_prefix(ID).ok_or(unknown)?;
        let words: Vec<u32> = words.split('-').skip(1).map(|word| word.parse().unwrap()).collect();
        let [number, extra, attempt] = words[..] else { return Err(unknown) };
        let imported = extra == 0 && attempt == 1 && (1..=self.imported()).contains(&number);
        let known = self.pays.iter().find(|pay| pay.place() == (number, extra));
        let attempts = known.map_or(0, |pay| pay.attempts.len());
        let index = usize::try_from(attempt).unwrap();
        if !imported && !(1..=attempts).contains(&index)
            || known.is_some_and(|pay| over(pay, index.checked_sub(1), None))
        {
            return Err(unknown);
        }
        let recorded = known.is_some_and(|pay| pay.attempts.iter().any(|attempt| attempt.charge.is_some()));
        if let (Some(charge), Some(pay), true) = (charge, known, recorded)
            && !has(pay, charge)
        {
            return Err(Refusal::at(Code::UnknownReference, "/event/providerReference"));
        }
        Ok((number, extra))
    }

    /// The last number that was settled before the import.
    pub fn imported(&self) -> u32 {
        self.pays.iter().find(|pay| pay.status == PaymentStatus::Imported).map_or(0, |pay| pay.number)
    }

    /// What a payment took.
    pub fn took(&self, place: (u32, u32)) -> i64 {
        let known = self.pays.iter().find(|pay| pay.place() == place);
        match known {
            Some(pay) if pay.status == PaymentStatus::Imported => pay.gross,
            Some(pay) => pay.paid_by.map_or(0, |index| pay.attempts[index].amount),
            None => Model::new(&self.terms, None).fresh(place.0).map_or(0, |pay| pay.gross),
        }
    }

    /// What a payment took and has not given back.
    pub fn left_of(&self, place: (u32, u32)) -> i64 {
        let back = self.backs.iter().filter(|back| back.place == place).map(|back| back.amount);
        self.took(place) - back.sum::<i64>()
    }

    /// R5.12: money of a payment went back.
    pub fn refund(
        &mut self,
        id: &str,
        amount: i64,
        kind: MoneyBack,
        (reference, charge): (Option<&str>, Option<&str>),
        on: Date,
    ) -> Result<(), Refusal> {
        above_zero(amount)?;
        let place = self.named(reference, charge)?;
        if amount > self.left_of(place) {
            return Err(Refusal::at(Code::OutOfRange, "/event/amount/amount"));
        }
        let known = self.pays.iter().find(|pay| pay.place() == place);
        let scheduled = known.is_none_or(|pay| matches!(pay.kind, Kind::Own | Kind::Change | Kind::Final));
        let card = known.and_then(|pay| Some(pay.attempts[pay.paid_by?].card)).unwrap_or(0);
        let period = known.filter(|_| scheduled).map(|pay| pay.pays_for.unwrap_or(pay.number));
        let (id, after_end) = (id.to_string(), self.at_end.is_some());
        let (off, balance, forgiven) = (0, 0, amount);
        self.backs.push(Back { id: id.clone(), place, amount, off, balance, forgiven, kind, scheduled, after_end });
        let index = self.backs.len() - 1;
        let of_period = |pay: &Pay| pay.is_own() && Some(pay.number) == period;
        if let Some(at) = self.pays.iter().position(of_period).filter(|_| !after_end) {
            self.take_off(index, at, on);
        } else if scheduled && after_end {
            self.settle_end();
        }
        if scheduled {
            let balance = self.paid_for_balance().min(self.backs[index].forgiven);
            self.balance += balance;
            self.backs[index].balance += balance;
            self.backs[index].forgiven -= balance;
        }
        if kind == MoneyBack::Chargeback && card == self.card && !self.status.is_final() {
            self.block(Bound::Card, id, on);
        }
        Ok(())
    }

    /// It comes off the unused part of its period.
    fn take_off(&mut self, index: usize, at: usize, on: Date) {
        let pay = &self.pays[at];
        if pay.period.is_none_or(|(_, end)| end <= on) {
            return;
        }
        let Credit { base, amount: unused, parts: before } = self.credit_on(pay, on);
        let (left, _) = self.left_on(pay, on);
        if base == 0 {
            return;
        }
        let back = &mut self.backs[index];
        back.off = back.forgiven.min(unused);
        back.forgiven -= back.off;
        let pool = &mut self.pays[at].pool;
        pool.active.push(pool.offs.len());
        pool.offs.push(Off { back: index, on, base, left, before });
    }

    /// After the end it comes off what was unused then and not set against a debt.
    fn settle_end(&mut self) {
        let Some(end) = &self.at_end else { return };
        let mut left = (end.unused - end.balance.max(0)).max(0);
        for back in self.backs.iter_mut().filter(|back| back.after_end && back.scheduled) {
            let more = back.amount.min(left) - back.off;
            back.off += more;
            let forgiven = more.min(back.forgiven);
            back.forgiven -= forgiven;
            back.balance -= more - forgiven;
            self.balance -= more - forgiven;
            left = (left - back.off).max(0);
        }
    }

    /// R5.12: a refund failed, or a dispute was won.
    pub fn reverse(&mut self, of: &str, amount: Option<Money>) -> Result<(), Refusal> {
        let index = self.backs.iter().position(|back| back.id == of);
        let index = index.ok_or(Refusal::at(Code::UnknownReference, "/event/of"))?;
        if let Some(amount) = amount {
            above_zero(amount.amount())?;
        }
        let left = self.backs[index].amount;
        let amount = amount.map_or(left, Money::amount);
        if amount > left || amount == 0 {
            return Err(Refusal::at(Code::OutOfRange, "/event/amount/amount"));
        }
        let back = &mut self.backs[index];
        back.amount -= amount;
        let mut rest = amount;
        let mut give = |part: &mut i64| {
            let given = rest.min(*part);
            *part -= given;
            rest -= given;
            given
        };
        give(&mut back.forgiven);
        let freed = give(&mut back.balance);
        give(&mut back.off);
        let lifts = back.amount == 0 && back.kind == MoneyBack::Chargeback;
        let id = back.id.clone();
        self.balance -= freed;
        self.settle_again(index, freed);
        self.reprice_final();
        if lifts && self.blocked_by.remove(&id) && self.blocked_by.is_empty() && self.bound == Some(Bound::Card) {
            self.bound = None;
        }
        Ok(())
    }

    /// What came after a refund that shrank is as if it had always been so.
    pub fn settle_again(&mut self, reversed: usize, mut freed: i64) {
        let before = self.balance;
        for at in 0..self.pays.len() {
            if self.pays[at].pool.offs.is_empty() {
                continue;
            }
            for off in self.pays[at].pool.offs.clone() {
                let unused = (off.base - self.sum_of(&self.pays[at], &off.before)).max(0);
                let back = &mut self.backs[off.back];
                let more = back.amount.min(unused) - back.off;
                back.off += more;
                let forgiven = more.min(back.forgiven);
                back.forgiven -= forgiven;
                back.balance -= more - forgiven;
                self.balance -= more - forgiven;
            }
            for index in 0..self.pays[at].pool.credits.len() {
                let credit = self.pays[at].pool.credits[index].clone();
                let more = (credit.base - self.sum_of(&self.pays[at], &credit.parts)).max(0) - credit.amount;
                self.pays[at].pool.credits[index].amount += more;
                self.owed -= more;
                self.balance -= more;
            }
        }
        self.settle_again_at_end();
        freed += before - self.balance;
        let first = reversed.saturating_add(1);
        for back in self.backs.iter_mut().skip(first).filter(|back| back.scheduled) {
            let taken = freed.min(back.forgiven).max(0);
            back.forgiven -= taken;
            back.balance += taken;
            self.balance += taken;
            freed -= taken;
        }
    }

    /// What was unused at the end, without what was reversed since.
    fn settle_again_at_end(&mut self) {
        let Some(end) = self.at_end.clone() else { return };
        let of_part =
            |(at, credit): &(usize, Credit)| (credit.base - self.sum_of(&self.pays[*at], &credit.parts)).max(0);
        let unused: i64 = end.parts.iter().map(of_part).sum();
        if unused != end.unused {
            // What the debt would have been less by was collected.
            let debt = end.balance.max(0);
            let set = unused.min(debt) - end.unused.min(debt);
            if !end.waived {
                self.owed -= set;
                self.balance -= set;
            }
            if let Some(end) = &mut self.at_end {
                end.unused = unused;
            }
        }
        self.settle_end();
    }

    /// The merchant charges the card no more.
    pub fn block(&mut self, bound: Bound, by: String, on: Date) {
        if self.bound.is_none() && self.established {
            self.present_since = Some(on);
        }
        if self.bound.is_none() {
            self.blocked_by.clear();
        }
        self.blocked_by.insert(by);
        self.bound = if self.bound == Some(Bound::Revoked) { self.bound } else { Some(bound) };
        // What was begun before this says nothing about the card that is bound now.
        self.pays.iter_mut().flat_map(|pay| &mut pay.attempts).for_each(|old| old.unbinds = false);
    }

    /// R5.12: an amount is given.
    pub fn credit(&mut self, amount: i64) -> Result<(), Refusal> {
        above_zero(amount)?;
        self.balance -= amount;
        self.given = (self.given + amount).min((-self.balance).max(0));
        self.reprice_final();
        Ok(())
    }

    /// An open payment of the debt gets lower, unless an attempt at it is in flight.
    fn reprice_final(&mut self) {
        let balance = self.balance.max(0);
        let open = |pay: &&mut Pay| pay.kind == Kind::Final && pay.is_open() && pay.out().is_none();
        let Some(pay) = self.pays.iter_mut().find(open) else { return };
        pay.from_balance = balance;
        if balance == 0 {
            pay.leave(PaymentStatus::Dropped);
            // It was the last one that is collected.
            if self.over.is_some() && !self.pays.iter().any(Pay::is_open) {
                self.status = Status::Cancelled;
            }
        }
    }

    pub fn pay_out(&mut self, amount: i64) -> Result<(), Refusal> {
        above_zero(amount)?;
        if amount > self.paid_for_balance() {
            return Err(Refusal::at(Code::OutOfRange, "/event/amount/amount"));
        }
        self.balance += amount;
        self.paid_out += amount;
        if self.at_end.is_some() {
            self.paid_out_since += amount;
        }
        Ok(())
    }

    /// R5.12: an overpayment is refunded as a whole. Gives its amount.
    pub fn return_overpayment(&mut self, reference: Option<&String>, charge: Option<&String>) -> Result<i64, Refusal> {
        let path = match (reference, charge) {
            (None, None) => return Err(Refusal::at(Code::MissingField, "/event/reference")),
            (None, _) => "/event/providerReference",
            _ => "/event/reference",
        };
        let is_it = |extra: &Extra| {
            reference.is_none_or(|_| extra.reference.as_ref() == reference)
                && charge.is_none_or(|_| extra.charge.as_ref() == charge)
        };
        let at = self.overpayments.iter().position(is_it).ok_or(Refusal::at(Code::UnknownReference, path))?;
        let extra = self.overpayments.remove(at);
        let amount = extra.amount;
        self.returned.push(extra);
        Ok(amount)
    }

    /// What the payments of the schedule took and have not given back.
    pub fn refundable(&self) -> i64 {
        let scheduled = self.pays.iter().filter(|pay| matches!(pay.kind, Kind::Own | Kind::Change | Kind::Final));
        scheduled.map(|pay| self.left_of(pay.place())).sum()
    }

    /// Which payments of the schedule an amount is refunded from, the newest first: references and amounts.
    pub fn refund_plan(&self, amount: i64) -> Option<Vec<(String, i64)>> {
        let scheduled = |pay: &&Pay| matches!(pay.kind, Kind::Own | Kind::Change | Kind::Final);
        let mut paid: Vec<&Pay> =
            self.pays.iter().filter(scheduled).filter(|pay| self.left_of(pay.place()) > 0).collect();
        paid.sort_by_key(|pay| std::cmp::Reverse((pay.number, pay.extra)));
        let (mut left, mut plan) = (amount, Vec::new());
        for pay in paid {
            let part = left.min(self.left_of(pay.place()));
            let attempt = pay.paid_by.map_or(1, |index| index + 1);
            if part > 0 {
                plan.push((format!("{ID}-{}-{}-{attempt}", pay.number, pay.extra), part));
                left -= part;
            }
        }
        (left == 0).then_some(plan)
    }

    /// What the books have of money back: off unused parts, and forgiven.
    pub fn backed(&self) -> (i64, i64) {
        let sum = |part: fn(&Back) -> i64| self.backs.iter().map(part).sum();
        (sum(|back| back.off), sum(|back| back.forgiven))
    }
}

fn above_zero(amount: i64) -> Result<(), Refusal> {
    if amount > 0 { Ok(()) } else { Err(Refusal::at(Code::OutOfRange, "/event/amount/amount")) }
}
