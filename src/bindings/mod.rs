//! Every public function as JSON in and JSON out, by its name: the one table behind all foreign APIs.

mod preview;
#[cfg(feature = "_providers")]
mod providers;
mod rules;
#[cfg(feature = "life")]
mod subscription;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod wasm;

use crate::error::{Code, Error, Errors};
use crate::json::{Function, Value, Writer, each, parse, read_with, text};
#[cfg(feature = "_providers")]
use crate::providers::unified;

/// The functions by subject; those of the providers are in their folders.
const TABLES: &[&[Function]] = &[
    rules::FUNCTIONS,
    preview::FUNCTIONS,
    #[cfg(feature = "life")]
    subscription::FUNCTIONS,
    #[cfg(feature = "_providers")]
    providers::FUNCTIONS,
];

/// Calls a function by its JavaScript name, its arguments as a JSON list; the answer is JSON text.
///
/// This is the way that JavaScript takes, open to any other host, with the same strictness and the same errors. The first token of
/// an error's path is the name of the parameter.
///
/// # Errors
/// `unknown_function`, `invalid_json`, and what the function itself refuses.
///
/// ```
/// let answer = billing_rules::call("nextDueDate", r#"[{"start":"2025-01-31","cycle":"monthly"},"2025-01-31"]"#)?;
/// assert_eq!(answer, r#""2025-02-28""#);
/// # Ok::<(), billing_rules::Errors>(())
/// ```
pub fn call(name: &str, arguments: &str) -> Result<String, Errors> {
    match parse(arguments)? {
        Value::List(arguments) => call_with(name, arguments).map(|answer| text(&answer)),
        _ => Err(Error::new(Code::WrongType, "", "expected the arguments as a list").into()),
    }
}

/// As [`call`], between trees.
pub(crate) fn call_with(name: &str, arguments: Vec<Value>) -> Result<Value, Errors> {
    let mut functions = TABLES.iter().copied().flatten();
    let found = functions.find(|function| function.name == name);
    #[cfg(feature = "_providers")]
    let found = found.or_else(|| unified::function(name));
    let Some(function) = found else {
        return Err(Error::new(Code::UnknownFunction, "", "there is no function of this name").into());
    };
    let mut arguments = arguments.into_iter();
    let mut given = Writer::default();
    each(function.parameters).for_each(|_| given.value(arguments.next().unwrap_or(Value::Null)));
    given.object(function.parameters);
    let input = given.finish();
    if arguments.next().is_some() {
        return Err(Error::new(Code::TooMany, "", "more arguments than the function has parameters").into());
    }
    read_with(&input, function.run)
}
