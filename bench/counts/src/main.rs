//! `counts OPERATION TIMES` performs an operation so many times. Two runs of different length give the instructions of one call.

use std::{env, error::Error, hint::black_box};

use billing_rules::{
    Cycle, Event, Money, PlanChange, PreviewOptions, ProrateInput, Schedule, Script, Subscription, Terms, call,
    from_json, prorate, to_json,
};

const NEW: &str = include_str!("../../states/format-1/0.json");
const FIVE_YEARS: &str = include_str!("../../states/format-1/60.json");

/// What a charge takes besides the payment.
const CHARGE: &str = r#""account":{"id":"T12345678","environment":"test"},
    "credential":{"provider":"dintero","product":"payex.creditcard","recurrenceToken":"a-token"}"#;

type Outcome<T = ()> = Result<T, Box<dyn Error>>;

fn main() -> Outcome {
    let args: Vec<String> = env::args().skip(1).collect();
    let [operation, times] = args.as_slice() else { return Err("expected an operation and how many times".into()) };
    perform(operation, times.parse()?)
}

/// Calls a function so many times. A call that fails would count too few instructions, so it ends the run.
fn repeat<T, E: Into<Box<dyn Error>>>(times: u32, mut function: impl FnMut() -> Result<T, E>) -> Outcome {
    for _ in 0..times {
        black_box(function().map_err(Into::into)?);
    }
    Ok(())
}

fn perform(operation: &str, times: u32) -> Outcome {
    let schedule = Schedule::new("2021-01-31".parse()?, Cycle::MONTHLY);
    let price = Money::new(9900, "NOK".parse()?)?;
    let day = "2026-02-14".parse()?;
    let stored: Subscription = from_json(FIVE_YEARS)?;
    let due = stored.next_due_date().ok_or("nothing falls due")?;
    match operation {
        "next_due_date" => repeat(times, || black_box(schedule).next_due_date(day)),
        "due_dates" => repeat(times, || Ok::<_, String>(black_box(schedule).due_dates().take(60).collect::<Vec<_>>())),
        "prorate" => {
            let change = PlanChange::new(Money::new(19900, price.currency())?, day);
            let input = ProrateInput::new(schedule, price, change);
            repeat(times, || prorate(black_box(&input)))
        }
        "preview" => {
            let terms = Terms::new(price, schedule);
            let options = PreviewOptions::new(schedule.start());
            repeat(times, || black_box(&terms).preview(&options))
        }
        "simulate" => {
            let begun: Subscription = from_json(NEW)?;
            let script: Script = from_json(r#"{"from":"2021-01-31","through":"2022-01-30"}"#)?;
            repeat(times, || black_box(&begun).simulate(&script))
        }
        "from_json" => repeat(times, || from_json::<Subscription>(black_box(FIVE_YEARS))),
        "to_json" => repeat(times, || Ok::<_, String>(to_json(black_box(&stored)))),
        "next_action" => repeat(times, || black_box(&stored).next_action(due)),
        "apply_event" => {
            let action = stored.next_action(due)?;
            let reference = action.payment().ok_or("no payment")?.reference.clone();
            let event = Event::attempt_started(&reference, due);
            repeat(times, || black_box(&stored).apply(&event))
        }
        "charge_request" => {
            let payment = to_json(stored.next_action(due)?.payment().ok_or("no payment")?);
            let arguments = format!(r#"[{{"provider":"dintero","payment":{payment},{CHARGE}}}]"#);
            repeat(times, || call("chargeRequest", black_box(&arguments)))
        }
        other => Err(format!("`{other}` is no operation").into()),
    }
}
