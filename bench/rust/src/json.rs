//! Reading and writing a stored subscription.

use anyhow::{Result, ensure};
use billing_rules::{Subscription, from_json, to_json};
use serde_json::Value;

use crate::{
    Stored,
    measure::{Case, case},
    stored::Derived,
};

pub fn read(Stored { now: text, before: old }: &Stored) -> Result<Vec<Case<'_>>> {
    from_json::<Subscription>(text)?;
    serde_json::from_str::<Derived>(text)?;
    Ok(vec![
        case("billing-rules", |_| from_json::<Subscription>(text)),
        case("before", |_| before::from_json::<before::Subscription>(old)),
        case("serde_json::Value", |_| serde_json::from_str::<Value>(text)),
        case("serde derive", |_| serde_json::from_str::<Derived>(text)),
    ])
}

pub fn write(Stored { now: text, before: old }: &Stored) -> Result<Vec<Case<'static>>> {
    let ours = from_json::<Subscription>(text)?;
    let then = before::from_json::<before::Subscription>(old)?;
    let value: Value = serde_json::from_str(text)?;
    let derived: Derived = serde_json::from_str(text)?;
    ensure!(serde_json::to_value(&derived)? == value, "serde derive writes something else");
    Ok(vec![
        case("billing-rules", move |_| to_json(&ours)),
        case("before", move |_| before::to_json(&then)),
        case("serde_json::Value", move |_| serde_json::to_string(&value)),
        case("serde derive", move |_| serde_json::to_string(&derived)),
    ])
}
