//! Cases of a subscription that is told by the steps it has come through.

use serde_json::{Value, json};

/// The arguments of a case's call. A case `of` a subscription is told of it as it is `after` some steps, each an event or a
/// script for `simulate`; it comes before the other arguments.
pub fn arguments(case: &Value, api: &impl Fn(&str, &Value) -> Value) -> Result<Value, String> {
    let args = case.get("args").cloned().unwrap_or_default();
    let Some(of) = case.get("of") else { return Ok(args) };
    let ask = |call: &str, args: Value| match api(call, &args) {
        Value::Object(mut answer) if answer.contains_key("gives") => Ok(answer.remove("gives").unwrap_or_default()),
        problems => Err(format!("{call} {args}: {problems}")),
    };
    let mut subscription = ask("createSubscription", json!([of]))?;
    for step in case.get("after").and_then(Value::as_array).into_iter().flatten() {
        subscription = if step.get("type").is_some() {
            ask("applyEvent", json!([subscription, step]))?
        } else {
            let mut run = ask("simulate", json!([subscription, step]))?;
            run.get_mut("subscription").map(Value::take).unwrap_or_default()
        };
    }
    let others = args.as_array().cloned().unwrap_or_default();
    Ok([vec![subscription], others].concat().into())
}
