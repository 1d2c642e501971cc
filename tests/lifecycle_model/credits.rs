//! What is unused of a period in the model, less the money back that came off it (R3.2, R5.12).

use billing_rules::Date;

use crate::model::{Model, share};
use crate::pays::Pay;

/// Money back that came off the days of a period, or could have.
#[derive(Debug, Clone)]
pub struct Off {
    pub back: usize,
    pub on: Date,
    /// What was unused on that day, but for money back before it.
    pub base: i64,
    /// The days left that it is spread over.
    pub left: i64,
    pub before: Vec<Part>,
}

/// What a part of a period is less by money back: so many days of those that it is spread over.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    pub off: usize,
    pub days: i64,
    pub of: i64,
}

/// What a change credits for a period, less the money back before it.
#[derive(Debug, Clone)]
pub struct Credit {
    pub base: i64,
    pub amount: i64,
    pub parts: Vec<Part>,
}

/// The money back of a period.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    pub offs: Vec<Off>,
    /// What has come off the days to come.
    pub active: Vec<usize>,
    pub credits: Vec<Credit>,
}

impl Credit {
    pub fn none() -> Self {
        Credit { base: 0, amount: 0, parts: Vec::new() }
    }
}

impl Pool {
    /// A pause that was shifted: money back within it is spread over all days that were left when it began.
    pub fn resume(&mut self, from: Date) {
        for at in &self.active {
            let off = &mut self.offs[*at];
            off.left += from.days_until(off.on).max(0);
        }
    }

    /// No days are left that money back could weigh on.
    pub fn stop(&mut self) {
        self.active.clear();
    }

    /// Paused days are none of those that money back is spread over.
    pub fn pass(&mut self, from: Date, until: Date) {
        for at in &self.active {
            let off = &mut self.offs[*at];
            off.left -= off.on.max(from).days_until(until).max(0).min(off.left);
        }
    }
}

impl Model {
    /// The days left of a period, and those of the whole, on a day of which a pause may be running.
    pub fn left_on(&self, pay: &Pay, on: Date) -> (i64, i64) {
        let (start, end) = pay.period.unwrap();
        let gone = self.paused_since().map_or(0, |from| pay.served(from.max(start), on.min(end)));
        (pay.served(on.max(start), end), pay.of - gone)
    }

    /// How what came off a period before weighs on the days left on a day.
    fn parts_on(&self, pay: &Pay, on: Date) -> Vec<Part> {
        let (start, end) = pay.period.unwrap();
        let part = |at: &usize| {
            let off = &pay.pool.offs[*at];
            let gone = self.paused_since().map_or(0, |from| pay.served(from.max(off.on).max(start), on.min(end)));
            Part { off: *at, days: pay.served(on.max(start), end), of: off.left - gone }
        };
        pay.pool.active.iter().map(part).collect()
    }

    pub fn sum_of(&self, pay: &Pay, parts: &[Part]) -> i64 {
        let of_one = |part: &Part| {
            let off = self.backs[pay.pool.offs[part.off].back].off;
            if part.of > 0 { share(off, part.days, part.of).min(off) } else { 0 }
        };
        parts.iter().map(of_one).sum()
    }

    /// What is unused of a settled period on a day: the part of its price, less what came off it.
    pub fn credit_on(&self, pay: &Pay, on: Date) -> Credit {
        let (Some(price), Some(_)) = (pay.credited_price, pay.period) else {
            return Credit::none();
        };
        let (left, of) = self.left_on(pay, on);
        let base = if of > 0 && pay.of > 0 { share(price, left, of).min(price) } else { 0 };
        // Never more than was paid (R1.4).
        let is_cut = pay.cut.is_some() && pay.prices.last().is_some_and(|(_, last)| *last == price);
        let base = if is_cut { base.min(pay.gross) } else { base };
        let base = pay.most.map_or(base, |most| base.min(most));
        let parts = self.parts_on(pay, on);
        let amount = (base - self.sum_of(pay, &parts)).max(0);
        Credit { base, amount, parts }
    }

    /// A change credits a period: what came off its days before weighs on them no more.
    pub fn give_credit(&mut self, at: usize, credit: Credit) {
        let pool = &mut self.pays[at].pool;
        pool.active.retain(|off| credit.parts.iter().all(|part| part.off != *off));
        if !credit.parts.is_empty() {
            pool.credits.push(credit);
            // Of money back that was reversed while the change waited for its payment.
            self.settle_again(usize::MAX, 0);
        }
    }
}
