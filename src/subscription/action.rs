//! What has to happen next.

use super::payment::{Payment, PaymentKind};
use super::record::{Fate, Record};
use super::state::{Status, Subscription};
use crate::date::Date;
use crate::error::{Code, Error, Errors};
use crate::indicator::{AmountKind, EstablishedBy, IndicatorInput, Recurrence, indicator};
use crate::json::{Node, Object, Shape, Value, serde_by_shape, words};
use crate::line::{Line, LineKind};
use crate::money::Money;
use crate::price::{PeriodPriceInput, period_price};
use crate::retry::{OnExhausted, Plan, RetryPolicy, plan};

/// What has to happen next with a subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Action {
    /// The cardholder has to be there: a first payment, or a new card.
    Checkout {
        /// Why, for people.
        reason: String,
        /// The payment.
        payment: Payment,
    },
    /// The merchant charges the stored card.
    Charge {
        /// The payment.
        payment: Payment,
    },
    /// Nothing is sent for an amount of 0: its success is applied.
    Record {
        /// The payment.
        payment: Payment,
    },
    /// An attempt is out: ask the provider what became of it.
    Resolve {
        /// The payment.
        payment: Payment,
    },
    /// Nothing until a day.
    Wait {
        /// The day.
        until: Date,
    },
    /// It is over: apply the event `finished`.
    Finish {
        /// How it ends.
        status: Status,
        /// The day.
        on: Date,
        /// What is left of the balance, to be paid out.
        balance: Money,
    },
    /// Nothing, ever.
    None {
        /// How it has ended.
        status: Status,
    },
}

/// The sorts of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Checkout,
    Charge,
    Record,
    Resolve,
    Wait,
    Finish,
    None,
}

words!(Sort {
    Checkout "checkout", Charge "charge", Record "record", Resolve "resolve", Wait "wait", Finish "finish", None "none",
});

impl Shape for Action {
    fn read(node: &Node<'_>) -> Option<Self> {
        let sort: Sort = node.tag("type")?;
        let own: &[&str] = match sort {
            Sort::Checkout => &["reason", "payment"],
            Sort::Charge | Sort::Record | Sort::Resolve => &["payment"],
            Sort::Wait => &["until"],
            Sort::Finish => &["status", "on", "balance"],
            Sort::None => &["status"],
        };
        let fields = node.object(&[&["type"], own].concat())?;
        Some(match sort {
            Sort::Checkout => {
                Action::Checkout { reason: fields.required("reason")?, payment: fields.required("payment")? }
            }
            Sort::Charge => Action::Charge { payment: fields.required("payment")? },
            Sort::Record => Action::Record { payment: fields.required("payment")? },
            Sort::Resolve => Action::Resolve { payment: fields.required("payment")? },
            Sort::Wait => Action::Wait { until: fields.required("until")? },
            Sort::Finish => Action::Finish {
                status: fields.required("status")?,
                on: fields.required("on")?,
                balance: fields.required("balance")?,
            },
            Sort::None => Action::None { status: fields.required("status")? },
        })
    }

    fn write(&self) -> Value {
        let mut object = Object::default();
        let sort = match self {
            Action::Checkout { .. } => Sort::Checkout,
            Action::Charge { .. } => Sort::Charge,
            Action::Record { .. } => Sort::Record,
            Action::Resolve { .. } => Sort::Resolve,
            Action::Wait { .. } => Sort::Wait,
            Action::Finish { .. } => Sort::Finish,
            Action::None { .. } => Sort::None,
        };
        object.required("type", &sort);
        match self {
            Action::Checkout { reason, payment } => {
                object.required("reason", reason);
                object.required("payment", payment);
            }
            Action::Charge { payment } | Action::Record { payment } | Action::Resolve { payment } => {
                object.required("payment", payment);
            }
            Action::Wait { until } => object.required("until", until),
            Action::Finish { status, on, balance } => {
                object.required("status", status);
                object.required("on", on);
                object.required("balance", balance);
            }
            Action::None { status } => object.required("status", status),
        }
        object.done()
    }
}

serde_by_shape!(Action);

/// Tells what has to happen next, on a day (R5).
///
/// # Errors
/// `day_before_last_event`; `out_of_range` when a payment would lie after 9999-12-31.
pub fn next_action(subscription: &Subscription, today: Date) -> Result<Action, Errors> {
    if subscription.state.on.is_some_and(|on| today < on) {
        return Err(day_before_last_event("/today").into());
    }
    subscription.as_of(today)?.action(today)
}

pub(super) fn day_before_last_event(path: &str) -> Error {
    Error::new(Code::DayBeforeLastEvent, path, "the day lies before that of the last event")
}

/// Where a payment that is due stands on a day.
enum Standing {
    /// It can be made, by the merchant or only by the cardholder.
    Offered { by_cardholder: bool },
    /// It can be tried again on a day.
    Waits(Date),
    /// All that the policy allows has been tried.
    UsedUp,
}

impl Subscription {
    /// The subscription as the days that have passed leave it: a payment whose attempts are used up is given up, where the
    /// policy keeps the subscription.
    pub(super) fn as_of(&self, today: Date) -> Result<Subscription, Errors> {
        let mut now = self.clone();
        let keeps = self.policy_end() == OnExhausted::KeepError && !self.status.is_final();
        let used_up = |record: &&mut Record| {
            record.fate == Fate::Open
                && record.out().is_none()
                && matches!(self.standing(record, today), Standing::UsedUp)
        };
        if let Some(record) = now.state.records.iter_mut().filter(|_| keeps).find(used_up) {
            record.fate = Fate::GivenUp;
            now.status = Status::Error;
        }
        Ok(now)
    }

    fn action(&self, today: Date) -> Result<Action, Errors> {
        if self.status.is_final() {
            return Ok(Action::None { status: self.status });
        }
        let out = |record: &Record| record.out().map(|(number, attempt)| (number, attempt.by_cardholder));
        if let Some((record, (number, by_cardholder))) =
            self.state.records.iter().find_map(|record| Some((record, out(record)?)))
        {
            return Ok(Action::Resolve { payment: self.payment(record, number, by_cardholder) });
        }
        let finish = |status| Action::Finish { status, on: today, balance: self.balance };
        let paid_until = self.paid_until()?.filter(|end| *end > today);
        let next = self.next_record()?.filter(|_| !self.state.ending);
        let Some(record) = next else {
            let status = if self.state.ending { Status::Cancelled } else { Status::Expired };
            return Ok(paid_until.map_or(finish(status), |until| Action::Wait { until }));
        };
        if record.due_date > today {
            return Ok(Action::Wait { until: record.due_date });
        }
        if self.status == Status::Pending && record.period.is_some_and(|period| period.end <= today) {
            return Ok(finish(Status::Cancelled));
        }
        if record.amount.amount() == 0 {
            return Ok(Action::Record { payment: self.payment(&record, record.next_attempt(), false) });
        }
        Ok(match self.standing(&record, today) {
            Standing::Offered { by_cardholder } => {
                let payment = self.payment(&record, record.next_attempt(), by_cardholder);
                match by_cardholder {
                    true => Action::Checkout { reason: self.why_checkout().into(), payment },
                    false => Action::Charge { payment },
                }
            }
            Standing::Waits(until) => Action::Wait { until },
            Standing::UsedUp => match self.policy_end() {
                OnExhausted::Cancel => finish(Status::Cancelled),
                OnExhausted::Expire | OnExhausted::KeepError => finish(Status::Expired),
            },
        })
    }

    /// The payment that is to be made next: the open one, or the one of the next number as it has never been begun.
    pub(super) fn next_record(&self) -> Result<Option<Record>, Errors> {
        if let Some(open) = self.state.records.iter().find(|record| record.fate == Fate::Open) {
            return Ok(Some(open.clone()));
        }
        let number = self.payments().saturating_add(1);
        let Some(period) = self.scheduled(number)? else { return Ok(None) };
        let input = PeriodPriceInput {
            first_period: self.terms.first_period,
            rounding: self.terms.rounding,
            round_to: self.terms.round_to,
            number: number.saturating_sub(self.current.first_number).saturating_add(1),
            ..PeriodPriceInput::new(self.current.schedule, self.current.price, 1)
        };
        let Some(line) = period_price(&input)? else { return Ok(None) };
        let (price, mut lines) = (line.amount, vec![line]);
        // A balance in the customer's favour pays first, as far as it goes; one against them is added (R3.7).
        let from_balance = Money::new(self.balance.amount().max(price.negated().amount()), price.currency())?;
        if from_balance.amount() != 0 {
            let note = ["balance of ", &self.balance.to_string()].concat();
            lines.push(Line { kind: LineKind::Balance, period: None, fraction: None, amount: from_balance, note });
        }
        let amount = price.plus(from_balance)?;
        let established = self.state.established != EstablishedBy::None;
        Ok(Some(Record {
            number,
            extra: 0,
            kind: if number == 1 && !established { PaymentKind::Initial } else { PaymentKind::Recurring },
            due_date: period.start,
            period: Some(period.into()),
            amount,
            amount_kind: if amount == self.terms.price { AmountKind::Fixed } else { AmountKind::Variable },
            from_balance,
            lines,
            fate: Fate::Open,
            attempts: Vec::new(),
        }))
    }

    /// An attempt at a payment.
    pub(super) fn payment(&self, record: &Record, attempt: u32, by_cardholder: bool) -> Payment {
        let indication = indicator(&IndicatorInput {
            recurrence: self.terms.recurrence.unwrap_or(Recurrence::External),
            established_by: Some(self.state.established),
            cardholder_present: Some(by_cardholder),
            amount: Some(record.amount_kind),
            timing: None,
            resubmission: Some(attempt > 1),
        });
        let nothing_sent = record.amount.amount() == 0;
        Payment {
            number: record.number,
            extra: record.extra,
            attempt,
            kind: record.kind,
            due_date: record.due_date,
            period: record.period,
            amount: record.amount,
            amount_kind: record.amount_kind,
            indicator: indication.indicator.filter(|_| !nothing_sent),
            mastercard: indication.mastercard.filter(|_| !nothing_sent),
            reference: self.reference(record.number, record.extra, attempt),
            lines: record.lines.clone(),
        }
    }

    /// The day after the last one that is paid for.
    pub(super) fn paid_until(&self) -> Result<Option<Date>, Errors> {
        let adopted = self.scheduled(self.state.adopted)?.map(|period| period.end);
        let paid = self.state.records.iter().filter(|record| record.fate == Fate::Paid);
        let ends = paid.filter_map(|record| record.period.map(|period| period.end));
        Ok(ends.chain(adopted).max())
    }

    fn standing(&self, record: &Record, today: Date) -> Standing {
        let plan = plan(&record.declines(), &self.policy(), None).map(|plan| plan.seen_on(today));
        let by_cardholder = self.state.established == EstablishedBy::None
            || self.state.bound
            || plan.as_ref().is_some_and(Plan::needs_cardholder);
        match plan {
            None => Standing::Offered { by_cardholder },
            // The cardholder is not bound to the days of retries (R4.3).
            Some(plan) if by_cardholder && today <= plan.last_day => Standing::Offered { by_cardholder },
            Some(_) if by_cardholder => Standing::UsedUp,
            Some(plan) => match plan.retry_on {
                Some(day) if today < day => Standing::Waits(day),
                Some(_) => Standing::Offered { by_cardholder },
                None => Standing::UsedUp,
            },
        }
    }

    /// The retry policy of the terms, or the default one.
    pub(super) fn policy(&self) -> RetryPolicy {
        self.terms.retry.clone().unwrap_or_default()
    }

    fn policy_end(&self) -> OnExhausted {
        self.policy().on_exhausted.unwrap_or_default()
    }

    fn why_checkout(&self) -> &'static str {
        match self.state.bound {
            true => "the card cannot be charged any more: the cardholder has to pay, or to bring another card",
            false => "the cardholder has not completed a payment with this card yet",
        }
    }
}
