//! Kernels over stored subscriptions: arrays of JSON texts, as `to_json` writes them.

use arrow_array::builder::{Date32Builder, Int32Builder, Int64Builder, ListBuilder, StringBuilder, StructBuilder};
use arrow_array::iterator::ArrayIter;
use arrow_array::{Array, ArrayAccessor, ArrayRef, StringArray, StructArray};
use arrow_schema::{ArrowError, DataType, Field, Fields};
use billing_rules::{
    Code, Cycle, Date, Errors, Event, Money, Payment, PreviewOptions, Price, Schedule, Subscription, Unit, from_json,
    to_json,
};

use crate::columns::{dates, strings, struct_of};

/// Returns the columns by which a book is searched, so that a night reads few states: `id`, `status`, `next_action_on`, `price` in minor
/// units and `currency`, and of the schedule in force `start`, `every`, `unit`, `anchor_day`, `end_date` and `payment_count`.
///
/// # Errors
/// The cast of an array.
pub fn index(states: &dyn Array) -> Result<StructArray, ArrowError> {
    let states = strings(states)?;
    let mut columns = Index::default();
    let mut errors = StringBuilder::new();
    for state in &states {
        columns.add(answer(&mut errors, subscription(state)).as_ref());
    }
    columns.finish(errors)
}

/// Returns the `action` of each subscription on a day, as JSON, with the `reference` of its payment.
///
/// # Errors
/// The cast of an array, or arrays of several lengths.
pub fn next_action(states: &dyn Array, today: &dyn Array) -> Result<StructArray, ArrowError> {
    let (states, today) = (strings(states)?, dates(today)?);
    let [mut actions, mut references, mut errors] = std::array::from_fn(|_| StringBuilder::new());
    for (state, today) in states.iter().zip(each(&today, rows(&states, &today)?)) {
        let action = subscription(state).and_then(|life| life.next_action(day(today)?).map_err(first));
        let action = answer(&mut errors, action);
        actions.append_option(action.as_ref().map(to_json));
        references.append_option(action.as_ref().and_then(|action| action.payment()).map(reference));
    }
    struct_of(vec![("action", made(actions)), ("reference", made(references)), ("error", made(errors))])
}

/// Returns each subscription after an event: its `state`, and its `next_action_on`.
///
/// # Errors
/// The cast of an array, or arrays of several lengths.
pub fn apply_event(states: &dyn Array, events: &dyn Array) -> Result<StructArray, ArrowError> {
    let (states, events) = (strings(states)?, strings(events)?);
    let [mut after, mut errors] = std::array::from_fn(|_| StringBuilder::new());
    let mut next_action_on = Date32Builder::new();
    for (state, event) in states.iter().zip(each(&events, rows(&states, &events)?)) {
        let changed = subscription(state).and_then(|life| {
            let event: Event = from_json(event.ok_or(Code::MissingField)?).map_err(first)?;
            life.apply(&event).map_err(first)
        });
        let changed = answer(&mut errors, changed);
        after.append_option(changed.as_ref().map(to_json));
        next_action_on.append_option(changed.and_then(|life| life.next_action_on()).map(Date::epoch_days));
    }
    struct_of(vec![("state", made(after)), ("next_action_on", made(next_action_on)), ("error", made(errors))])
}

/// Returns the `payments` of each subscription from a day through another, as a list of `due_date`, `amount` and `currency`: those that it
/// will make if nothing changes and every attempt succeeds.
///
/// # Errors
/// The cast of an array, or arrays of several lengths.
pub fn forecast(states: &dyn Array, on: &dyn Array, through: &dyn Array) -> Result<StructArray, ArrowError> {
    let (states, on, through) = (strings(states)?, dates(on)?, dates(through)?);
    let fields = Fields::from(vec![
        Field::new("due_date", DataType::Date32, true),
        Field::new("amount", DataType::Int64, true),
        Field::new("currency", DataType::Utf8, true),
    ]);
    let mut payments = ListBuilder::new(StructBuilder::from_fields(fields, states.len()));
    let mut errors = StringBuilder::new();
    let (on, through) = (each(&on, rows(&states, &on)?), each(&through, rows(&states, &through)?));
    for ((state, on), through) in states.iter().zip(on).zip(through) {
        let ahead = subscription(state).and_then(|life| upcoming(&life, day(on)?, day(through)?));
        match answer(&mut errors, ahead) {
            None => payments.append(false),
            Some(ahead) => {
                for (due_date, amount) in ahead {
                    add(payments.values(), due_date, amount)?;
                }
                payments.append(true);
            }
        }
    }
    struct_of(vec![("payments", made(payments)), ("error", made(errors))])
}

fn upcoming(life: &Subscription, on: Date, through: Date) -> Result<Vec<(Date, Money)>, Code> {
    const MOST: u32 = 1000;
    let ahead = life.upcoming(&PreviewOptions::new(on).with_payments(MOST).with_through(through)).map_err(first)?;
    Ok(ahead.payments.iter().map(|payment| (payment.due_date, payment.amount)).collect())
}

fn add(row: &mut StructBuilder, due_date: Date, amount: Money) -> Result<(), ArrowError> {
    let missing = || ArrowError::ComputeError("the list has other fields".into());
    row.field_builder::<Date32Builder>(0).ok_or_else(missing)?.append_value(due_date.epoch_days());
    row.field_builder::<Int64Builder>(1).ok_or_else(missing)?.append_value(amount.amount());
    row.field_builder::<StringBuilder>(2).ok_or_else(missing)?.append_value(amount.currency().code());
    row.append(true);
    Ok(())
}

/// The columns of [`index`].
#[derive(Default)]
struct Index {
    id: StringBuilder,
    status: StringBuilder,
    next_action_on: Date32Builder,
    price: Int64Builder,
    currency: StringBuilder,
    start: Date32Builder,
    every: Int32Builder,
    unit: StringBuilder,
    anchor_day: Int32Builder,
    end_date: Date32Builder,
    payment_count: Int32Builder,
}

impl Index {
    fn add(&mut self, life: Option<&Subscription>) {
        let price = life.and_then(price);
        let schedule = life.and_then(|life| life.current().schedule);
        let cycle = schedule.as_ref().map(Schedule::cycle);
        let int = |value: Option<u32>| value.and_then(|value| i32::try_from(value).ok());
        self.id.append_option(life.map(Subscription::id));
        self.status.append_option(life.map(|life| life.status().as_str()));
        self.next_action_on.append_option(life.and_then(Subscription::next_action_on).map(Date::epoch_days));
        self.price.append_option(price.map(Money::amount));
        self.currency.append_option(price.map(|price| price.currency().code()));
        self.start.append_option(schedule.map(|schedule| schedule.start().epoch_days()));
        self.every.append_option(cycle.map(|cycle| cycle.every().into()));
        self.unit.append_option(cycle.map(unit));
        self.anchor_day.append_option(int(schedule.and_then(|schedule| schedule.anchor_day())));
        self.end_date.append_option(schedule.and_then(|schedule| schedule.end_date()).map(Date::epoch_days));
        self.payment_count.append_option(int(schedule.and_then(|schedule| schedule.payment_count())));
    }

    fn finish(self, errors: StringBuilder) -> Result<StructArray, ArrowError> {
        struct_of(vec![
            ("id", made(self.id)),
            ("status", made(self.status)),
            ("next_action_on", made(self.next_action_on)),
            ("price", made(self.price)),
            ("currency", made(self.currency)),
            ("start", made(self.start)),
            ("every", made(self.every)),
            ("unit", made(self.unit)),
            ("anchor_day", made(self.anchor_day)),
            ("end_date", made(self.end_date)),
            ("payment_count", made(self.payment_count)),
            ("error", made(errors)),
        ])
    }
}

/// The price in force of a full period, if it is one amount.
fn price(life: &Subscription) -> Option<Money> {
    if let Price::Amount(amount) = life.current().price { Some(amount) } else { None }
}

fn unit(cycle: Cycle) -> &'static str {
    match cycle.unit() {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

fn reference(payment: &Payment) -> &str {
    &payment.reference
}

fn subscription(state: Option<&str>) -> Result<Subscription, Code> {
    from_json(state.ok_or(Code::MissingField)?).map_err(first)
}

fn day(days: Option<i32>) -> Result<Date, Code> {
    Date::from_epoch_days(days.ok_or(Code::MissingField)?).ok_or(Code::OutOfRange)
}

fn first(errors: Errors) -> Code {
    errors.first().code()
}

/// Returns an answer; the code of a row without one goes to the errors.
fn answer<T>(errors: &mut StringBuilder, answer: Result<T, Code>) -> Option<T> {
    errors.append_option(answer.as_ref().err().map(|code| code.as_str()));
    answer.ok()
}

fn made(mut builder: impl arrow_array::builder::ArrayBuilder) -> ArrayRef {
    builder.finish()
}

/// Returns how often each value of an array is used: a single one for every state.
fn rows(states: &StringArray, others: &dyn Array) -> Result<usize, ArrowError> {
    match others.len() {
        1 => Ok(states.len()),
        length if length == states.len() => Ok(1),
        _ => Err(ArrowError::InvalidArgumentError("expected as many rows as there are states, or one".into())),
    }
}

/// Repeats each value so often.
fn each<'a, A: ArrayAccessor + 'a>(array: A, times: usize) -> impl Iterator<Item = Option<A::Item>> + 'a
where
    A::Item: Copy,
{
    ArrayIter::new(array).flat_map(move |value| std::iter::repeat_n(value, times))
}
