//! A subscription's life, beside the library as it was.

use anyhow::{Context, Result};
use billing_rules as now;

use crate::Stored;
use crate::measure::{Case, case};

pub fn preview() -> Result<Vec<Case<'static>>> {
    let schedule = now::Schedule::new("2021-01-31".parse()?, now::Cycle::MONTHLY);
    let terms = now::Terms::new(now::Money::new(9900, "NOK".parse()?)?, schedule);
    let options = now::PreviewOptions::new(schedule.start());
    let schedule = before::Schedule::new("2021-01-31".parse()?, before::Cycle::MONTHLY);
    let then = before::Terms::new(before::Money::new(9900, "NOK".parse()?)?, schedule);
    let of_then = before::PreviewOptions::new(schedule.start());
    terms.preview(&options)?;
    Ok(vec![
        case("billing-rules", move |_| terms.preview(&options)),
        case("before", move |_| before::preview(&then, &of_then)),
    ])
}

pub fn simulate(stored: &Stored) -> Result<Vec<Case<'static>>> {
    let script = r#"{"from":"2021-01-31","through":"2022-01-30"}"#;
    let subscription: now::Subscription = now::from_json(&stored.now)?;
    let days: now::Script = now::from_json(script)?;
    let then: before::Subscription = before::from_json(&stored.before)?;
    let days_then: before::Script = before::from_json(script)?;
    subscription.simulate(&days)?;
    Ok(vec![
        case("billing-rules", move |_| subscription.simulate(&days)),
        case("before", move |_| before::simulate(&then, &days_then)),
    ])
}

pub fn next_action(stored: &Stored) -> Result<Vec<Case<'static>>> {
    let subscription: now::Subscription = now::from_json(&stored.now)?;
    let today = subscription.next_due_date().context("nothing falls due")?;
    let then: before::Subscription = before::from_json(&stored.before)?;
    let day = then.next_due_date().context("nothing falls due")?;
    Ok(vec![
        case("billing-rules", move |_| subscription.next_action(today)),
        case("before", move |_| before::next_action(&then, day)),
    ])
}

pub fn apply_event(stored: &Stored) -> Result<Vec<Case<'static>>> {
    let subscription: now::Subscription = now::from_json(&stored.now)?;
    let on = subscription.next_due_date().context("nothing falls due")?;
    let action = subscription.next_action(on)?;
    let reference = action.payment().context("no payment")?.reference.clone();
    let event = now::Event::attempt_started(&reference, on);
    let then: before::Subscription = before::from_json(&stored.before)?;
    let event_then = before::Event::AttemptStarted { reference, on: on.to_string().parse()? };
    subscription.apply(&event)?;
    Ok(vec![
        case("billing-rules", move |_| subscription.apply(&event)),
        case("before", move |_| before::apply_event(&then, &event_then)),
    ])
}
