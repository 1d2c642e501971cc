//! What the library costs natively, beside other crates. Prints JSON.

mod dates;
mod json;
mod life;
mod measure;
mod money;
mod stored;

use std::{env, fs};

use anyhow::{Context, Result};
use serde_json::json;

use measure::{Limits, measure};

/// A stored subscription, as the library writes it and as it did.
pub struct Stored {
    now: String,
    before: String,
}

fn main() -> Result<()> {
    let mut args = env::args().skip(1);
    let states = args.next().context("expected the folder of the stored states")?;
    let limits = if args.next().as_deref() == Some("quick") { Limits::QUICK } else { Limits::FULL };
    let state = |payments: u32| {
        let read = |folder| {
            let path = format!("{states}/{folder}/{payments}.json");
            fs::read_to_string(&path).with_context(|| format!("cannot read {path}"))
        };
        anyhow::Ok(Stored { now: read("format-1")?, before: read("before")? })
    };
    let (new, year, five_years) = (state(0)?, state(12)?, state(60)?);

    let mut groups = vec![
        ("next_due_date", measure(dates::next_due_date()?, limits)),
        ("due_dates", measure(dates::due_dates()?, limits)),
        ("prorate", measure(money::prorate()?, limits)),
        ("from_json", measure(json::read(&five_years)?, limits)),
        ("to_json", measure(json::write(&five_years)?, limits)),
        ("preview", measure(life::preview()?, limits)),
        ("simulate", measure(life::simulate(&new)?, limits)),
    ];
    for (next, apply, text) in [
        ("next_action 0", "apply_event 0", &new),
        ("next_action 12", "apply_event 12", &year),
        ("next_action 60", "apply_event 60", &five_years),
    ] {
        groups.push((next, measure(life::next_action(text)?, limits)));
        groups.push((apply, measure(life::apply_event(text)?, limits)));
    }
    let times: serde_json::Map<_, _> = groups.into_iter().map(|(name, times)| (name.to_owned(), times)).collect();
    println!("{}", json!({ "times": times, "dates": dates::natural()?, "money": money::natural()? }));
    Ok(())
}
