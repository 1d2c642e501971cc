//! Whose turn it is with a payment, in the model (R4.3, R6).

use billing_rules::Date;

use crate::model::{Model, plus};
use crate::pays::{Kind, Meaning, Outcome, Pay};

/// Whose turn it is with a payment that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Cardholder,
    Merchant,
    Later(Date),
    UsedUp,
}

impl Model {
    /// R4.3, R6.1, R6.2. Declines of an older card do not count.
    pub fn turn(&self, pay: &Pay, today: Date) -> Turn {
        self.turn_with(pay, today, self.present_for == Some((pay.place(), today)))
    }

    /// The same, where the customer is there for it or not.
    fn turn_with(&self, pay: &Pay, today: Date, is_here: bool) -> Turn {
        let declines: Vec<(Date, Meaning)> = (pay.attempts.iter().filter(|attempt| attempt.card == self.card))
            .filter_map(|attempt| match attempt.outcome {
                Outcome::Declined(meaning) => Some((attempt.on, meaning)),
                _ => None,
            })
            .collect();
        let must = pay.present || !self.established || self.bound.is_some();
        let last_day = self.days.last().copied().unwrap_or(0);
        let (Some((first, _)), Some((last, meaning))) = (declines.first(), declines.last()) else {
            let beside = matches!(pay.kind, Kind::Extra | Kind::Final | Kind::Verification) && !self.is_initial(pay);
            // R4.3: once it is active, a checkout of a scheduled payment that nobody attempts has an end as well.
            let from = [Some(pay.due), self.present_since, pay.checkout_from].into_iter().flatten().max().unwrap();
            let bounded = pay.is_own() && pay.amount() > 0 && (self.was_active || pay.was_declined());
            return match must {
                true if beside && plus(pay.due, last_day) < today => Turn::UsedUp,
                true if bounded && plus(from, last_day.max(7)) < today => Turn::UsedUp,
                _ if must || is_here => Turn::Cardholder,
                _ => Turn::Merchant,
            };
        };
        let next = self.days.get(declines.len() - 1).map(|days| {
            let asked = declines.iter().flat_map(|(on, meaning)| [Some(plus(*on, meaning.wait)), meaning.not_before]);
            // R5.13: a request lifts the days of the policy alone.
            let policy = match pay.requested {
                Some(day) => day.max(plus(*last, 1)),
                None => plus(*first, *days).max(plus(*last, 1)),
            };
            asked.flatten().chain([policy]).max().unwrap()
        });
        let refused = declines.iter().any(|(_, meaning)| meaning.binds.is_some());
        let too_late = meaning.fee && next.is_some_and(|next| next.max(today) > plus(*first, 30));
        match next {
            _ if is_here => Turn::Cardholder,
            _ if must || refused || too_late => {
                if today <= plus(*first, last_day) {
                    Turn::Cardholder
                } else {
                    Turn::UsedUp
                }
            }
            None => Turn::UsedUp,
            Some(next) if today < next => Turn::Later(next),
            Some(_) => Turn::Merchant,
        }
    }

    /// Whether the merchant makes it, a record included: also where the customer is there to pay it today (R5.13).
    pub fn is_by_merchant(&self, pay: &Pay, today: Date) -> bool {
        pay.amount() == 0 || self.turn_with(pay, today, false) == Turn::Merchant
    }
}
