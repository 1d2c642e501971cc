//! The model: a list of numbers with their attempts, and code as plain as it can be. Written from `docs/rules.md` alone.

use billing_rules::{
    Action, Code, Date, Decline, Event, Money, OnExhausted, PeriodPriceInput, Retry, RetryPolicy, Status,
    SurplusReason, Terms, When, period_price,
};

pub const ID: &str = "sub-1";

pub fn nok(amount: i64) -> Money {
    Money::new(amount, "NOK".parse().unwrap()).unwrap()
}

pub fn plus(day: Date, days: impl Into<i64>) -> Date {
    day.plus_days(days.into()).unwrap()
}

/// What has to happen, without the details of the payment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Todo {
    Checkout(String),
    Charge(String),
    Record(String),
    Resolve(String),
    Wait(Date),
    Finish(Status),
    Nothing(Status),
}

impl From<&Action> for Todo {
    fn from(action: &Action) -> Self {
        match action {
            Action::Checkout { payment, .. } => Todo::Checkout(payment.reference.clone()),
            Action::Charge { payment } => Todo::Charge(payment.reference.clone()),
            Action::Record { payment } => Todo::Record(payment.reference.clone()),
            Action::Resolve { payment } => Todo::Resolve(payment.reference.clone()),
            Action::Wait { until } => Todo::Wait(*until),
            Action::Finish { status, .. } => Todo::Finish(*status),
            Action::None { status } => Todo::Nothing(*status),
            other => panic!("{other:?}"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Open,
    Paid,
    GivenUp,
    Stopped,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    Out,
    NotMade,
    Declined(Decline),
    Succeeded,
}

#[derive(Debug, Clone)]
pub struct Attempt {
    on: Date,
    by_cardholder: bool,
    unbinds: bool,
    outcome: Outcome,
    /// The provider's references of all charges that this attempt has made.
    charges: Vec<Option<String>>,
}

#[derive(Debug, Clone)]
pub struct Number {
    pub number: u32,
    pub due: Date,
    end: Date,
    pub amount: i64,
    pub from_balance: i64,
    pub fate: Fate,
    pub attempts: Vec<Attempt>,
}

impl Number {
    fn out(&self) -> Option<usize> {
        self.attempts.iter().position(|attempt| attempt.outcome == Outcome::Out)
    }

    pub fn reference(&self, index: usize) -> String {
        format!("{ID}-{}-0-{}", self.number, index + 1)
    }

    /// A new attempt, unless the last one was not made: that one is made again.
    fn next_index(&self) -> usize {
        self.attempts.iter().take_while(|attempt| attempt.outcome != Outcome::NotMade).count()
    }

    fn declines(&self) -> impl Iterator<Item = (Date, &Decline)> {
        self.attempts.iter().filter_map(|attempt| match &attempt.outcome {
            Outcome::Declined(decline) => Some((attempt.on, decline)),
            _ => None,
        })
    }
}

enum Turn {
    Cardholder,
    Merchant,
    Later(Date),
    UsedUp,
}

#[derive(Debug, Clone)]
pub struct Model {
    terms: Terms,
    policy: RetryPolicy,
    pub adopted: u32,
    pub status: Status,
    established: bool,
    bound: bool,
    ending: bool,
    last_event: Option<Date>,
    pub balance: i64,
    pub numbers: Vec<Number>,
    pub surplus: Vec<(String, i64, SurplusReason)>,
}

impl Model {
    pub fn new(terms: &Terms, adopted: Option<u32>, balance: i64) -> Self {
        let established = adopted.is_some();
        Self {
            terms: terms.clone(),
            policy: terms.retry.clone().unwrap_or(RetryPolicy { days: vec![1, 3, 5, 7], on_exhausted: None }),
            adopted: adopted.unwrap_or(0),
            status: if established { Status::Active } else { Status::Pending },
            established,
            bound: false,
            ending: false,
            last_event: None,
            balance,
            numbers: Vec::new(),
            surplus: Vec::new(),
        }
    }

    pub fn settled(&self) -> u32 {
        let settled = self.numbers.iter().filter(|number| matches!(number.fate, Fate::Paid | Fate::GivenUp)).count();
        self.adopted + u32::try_from(settled).unwrap()
    }

    /// The number that is owed: the one that is open, or the schedule's next.
    pub fn owed(&self) -> Option<Number> {
        if let Some(open) = self.numbers.iter().find(|number| number.fate == Fate::Open) {
            return Some(open.clone());
        }
        let number = self.settled() + 1;
        let period = self.terms.schedule.unwrap().period(number).unwrap()?;
        let price = price_of(&self.terms, number);
        let from_balance = self.balance.max(-price);
        let (amount, fate, attempts) = (price + from_balance, Fate::Open, Vec::new());
        Some(Number { number, due: period.start, end: period.end, amount, from_balance, fate, attempts })
    }

    fn paid_until(&self) -> Option<Date> {
        let adopted =
            (self.adopted > 0).then(|| self.terms.schedule.unwrap().period(self.adopted).unwrap().unwrap().end);
        let paid = self.numbers.iter().filter(|number| number.fate == Fate::Paid).map(|number| number.end);
        paid.chain(adopted).max()
    }

    /// R4.3, R6.1, R6.2.
    fn turn(&self, number: &Number, today: Date) -> Turn {
        let by_cardholder = !self.established || self.bound;
        let Some((first, _)) = number.declines().next() else {
            return if by_cardholder { Turn::Cardholder } else { Turn::Merchant };
        };
        if by_cardholder {
            let policy_ends = plus(first, self.policy.days.last().copied().unwrap_or(0));
            return if today <= policy_ends { Turn::Cardholder } else { Turn::UsedUp };
        }
        let used = number.declines().count() - 1;
        let refused =
            number.declines().any(|(_, decline)| matches!(decline.retry, Retry::Never | Retry::NeedsCustomer));
        let Some(days) = self.policy.days.get(used).filter(|_| !refused) else { return Turn::UsedUp };
        let (last, _) = number.declines().last().unwrap();
        let not_before = number.declines().filter_map(|(_, decline)| decline.not_before);
        let day = not_before.chain([plus(first, *days), plus(last, 1)]).max().unwrap();
        if today < day { Turn::Later(day) } else { Turn::Merchant }
    }

    /// What the passing of days alone does: under `keep_error` a payment whose attempts are used up is given up.
    fn let_pass(&mut self, today: Date) {
        let keeps = self.policy.on_exhausted == Some(OnExhausted::KeepError) && !self.status.is_final();
        let open = self.numbers.iter().position(|number| number.fate == Fate::Open && number.out().is_none());
        let used_up = |index: &usize| keeps && matches!(self.turn(&self.numbers[*index], today), Turn::UsedUp);
        if let Some(index) = open.filter(used_up) {
            self.numbers[index].fate = Fate::GivenUp;
            self.status = Status::Error;
        }
    }

    pub fn todo(&self, today: Date) -> Todo {
        let mut now = self.clone();
        now.let_pass(today);
        now.todo_now(today)
    }

    fn todo_now(&self, today: Date) -> Todo {
        if self.status.is_final() {
            return Todo::Nothing(self.status);
        }
        if let Some((number, index)) = self.numbers.iter().find_map(|number| Some((number, number.out()?))) {
            return Todo::Resolve(number.reference(index));
        }
        let Some(owed) = self.owed().filter(|_| !self.ending) else {
            let end = if self.ending { Status::Cancelled } else { Status::Expired };
            let served = self.paid_until().filter(|until| *until > today);
            return served.map_or(Todo::Finish(end), Todo::Wait);
        };
        let reference = owed.reference(owed.next_index());
        if owed.due > today {
            return Todo::Wait(owed.due);
        }
        if self.status == Status::Pending && owed.end <= today {
            return Todo::Finish(Status::Cancelled);
        }
        if owed.amount == 0 {
            return Todo::Record(reference);
        }
        match self.turn(&owed, today) {
            Turn::Cardholder => Todo::Checkout(reference),
            Turn::Merchant => Todo::Charge(reference),
            Turn::Later(day) => Todo::Wait(day),
            Turn::UsedUp if self.policy.on_exhausted == Some(OnExhausted::Cancel) => Todo::Finish(Status::Cancelled),
            Turn::UsedUp => Todo::Finish(Status::Expired),
        }
    }

    fn find(&self, reference: &str) -> Result<(usize, usize), Code> {
        let all = self.numbers.iter().enumerate();
        let mut attempts = all.flat_map(|(at, number)| (0..number.attempts.len()).map(move |index| (at, index)));
        attempts.find(|(at, index)| self.numbers[*at].reference(*index) == reference).ok_or(Code::UnknownReference)
    }

    /// Applies an event; on an error the model is to be thrown away.
    pub fn apply(&mut self, event: &Event) -> Result<(), Code> {
        let on = event.on();
        if self.last_event.is_some_and(|last| on < last) {
            return Err(Code::DayBeforeLastEvent);
        }
        self.last_event = Some(on);
        self.let_pass(on);
        let todo = self.todo(on);
        match event {
            Event::AttemptStarted { reference, .. } => match todo {
                Todo::Checkout(offered) | Todo::Charge(offered) if offered == *reference => {
                    let by_cardholder = !self.established || self.bound;
                    self.begin(on, by_cardholder, by_cardholder && self.bound);
                }
                _ => {
                    let (at, index) = self.find(reference)?;
                    if self.numbers[at].attempts[index].outcome != Outcome::Out {
                        return Err(Code::NotDue);
                    }
                }
            },
            Event::PaymentSucceeded { reference, provider_reference, amount, .. } => {
                if todo == Todo::Record(reference.clone()) {
                    self.begin(on, false, false);
                }
                let (at, index) = self.find(reference)?;
                if amount.is_some_and(|amount| amount != nok(self.numbers[at].amount)) {
                    return Err(Code::AmountMismatch);
                }
                self.succeed(at, index, provider_reference.as_ref(), on);
            }
            Event::PaymentPending { reference, .. } => {
                let (at, index) = self.find(reference)?;
                let attempt = &mut self.numbers[at].attempts[index];
                if attempt.outcome == Outcome::NotMade {
                    (attempt.outcome, attempt.on) = (Outcome::Out, on);
                }
            }
            Event::PaymentNotMade { reference, .. } => self.learn(reference, on, Outcome::NotMade)?,
            Event::PaymentDeclined { reference, decline, .. } => {
                self.learn(reference, on, Outcome::Declined(decline.clone().unwrap()))?;
            }
            Event::Cancelled { when, .. } => {
                let out = self.numbers.iter().any(|number| number.out().is_some());
                let served = self.status == Status::Active && self.paid_until().is_some_and(|until| until > on);
                match () {
                    () if self.status.is_final() => return Err(Code::Ended),
                    () if *when == Some(When::PeriodEnd) && served => self.ending = true,
                    () if out => return Err(Code::PaymentInFlight),
                    () => self.end(Status::Cancelled),
                }
            }
            Event::Finished { status, .. } => match todo {
                Todo::Finish(due) if due == *status => self.end(*status),
                Todo::Nothing(ended) if ended == *status => {}
                _ => return Err(Code::NotFinished),
            },
            other => panic!("{other:?}"),
        }
        self.let_pass(on);
        Ok(())
    }

    fn begin(&mut self, on: Date, by_cardholder: bool, unbinds: bool) {
        let mut number = self.owed().unwrap();
        self.numbers.retain(|known| known.number != number.number);
        number.attempts.truncate(number.next_index());
        number.attempts.push(Attempt { on, by_cardholder, unbinds, outcome: Outcome::Out, charges: Vec::new() });
        self.numbers.push(number);
    }

    fn succeed(&mut self, at: usize, index: usize, charge: Option<&String>, on: Date) {
        let number = &mut self.numbers[at];
        let (reference, attempt) = (number.reference(index), &mut number.attempts[index]);
        if attempt.outcome == Outcome::Succeeded {
            // A charge told without its reference, and then with it, is still one charge.
            match (charge, attempt.charges.iter().position(Option::is_none)) {
                (None, _) => return,
                (Some(charge), _) if attempt.charges.iter().flatten().any(|known| known == charge) => return,
                (Some(charge), Some(unnamed)) => return attempt.charges[unnamed] = Some(charge.clone()),
                (Some(_), None) => {}
            }
            attempt.charges.push(charge.cloned());
            return self.surplus.push((reference, number.amount, SurplusReason::PaidTwice));
        }
        (attempt.outcome, attempt.on) = (Outcome::Succeeded, on);
        attempt.charges.push(charge.cloned());
        let (by_cardholder, unbinds) = (attempt.by_cardholder, attempt.unbinds);
        match number.fate {
            Fate::Paid => self.surplus.push((reference, number.amount, SurplusReason::PaidTwice)),
            _ if self.status.is_final() => self.surplus.push((reference, number.amount, SurplusReason::PaidAfterEnd)),
            _ => {
                number.fate = Fate::Paid;
                self.balance -= number.from_balance;
                self.status = Status::Active;
                if by_cardholder && number.amount > 0 {
                    (self.established, self.bound) = (true, self.bound && !unbinds);
                }
            }
        }
    }

    fn learn(&mut self, reference: &str, on: Date, outcome: Outcome) -> Result<(), Code> {
        let (at, index) = self.find(reference)?;
        let number = &mut self.numbers[at];
        let known = &number.attempts[index].outcome;
        if *known == outcome || !matches!(known, Outcome::Out | Outcome::NotMade) {
            return Ok(());
        }
        if let (Outcome::Declined(decline), Fate::Open) = (&outcome, number.fate) {
            self.status = Status::Error;
            if matches!(decline.retry, Retry::Never | Retry::NeedsCustomer) {
                self.bound = true;
                // What was begun before this says nothing about the card that is bound now.
                self.numbers.iter_mut().flat_map(|number| &mut number.attempts).for_each(|old| old.unbinds = false);
            }
        }
        let attempt = &mut self.numbers[at].attempts[index];
        (attempt.outcome, attempt.on) = (outcome, on);
        Ok(())
    }

    fn end(&mut self, status: Status) {
        self.status = status;
        self.numbers.iter_mut().filter(|number| number.fate == Fate::Open).for_each(|open| open.fate = Fate::Stopped);
    }
}

pub fn price_of(terms: &Terms, number: u32) -> i64 {
    let mut input = PeriodPriceInput::new(terms.schedule.unwrap(), terms.price, number);
    input.first_period = terms.first_period;
    period_price(&input).unwrap().unwrap().amount.amount()
}
