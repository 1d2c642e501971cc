//! Every public function by name, with JSON input and JSON output: the one table behind all foreign APIs.

#[cfg(all(target_arch = "wasm32", feature = "js-columns"))]
pub mod columns;
#[cfg(feature = "life")]
mod documents;
#[cfg(feature = "life")]
mod either;
mod lines;
mod preview;
#[cfg(feature = "_providers")]
mod providers;
mod rules;
#[cfg(feature = "life")]
mod subscription;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod wasm;

use crate::error::{Code, Error, Errors};
#[cfg(feature = "life")]
use crate::json::function;
use crate::json::{Function, Tape, tape_of};
#[cfg(feature = "_providers")]
use crate::providers::unified;

/// The functions by subject. Those of the providers are in their folders.
const TABLES: &[&[Function]] = &[
    rules::FUNCTIONS,
    preview::FUNCTIONS,
    #[cfg(feature = "life")]
    documents::FUNCTIONS,
    #[cfg(feature = "life")]
    subscription::FUNCTIONS,
    #[cfg(feature = "life")]
    either::FUNCTIONS,
    #[cfg(feature = "life")]
    LINES,
    #[cfg(feature = "_providers")]
    providers::FUNCTIONS,
];

#[cfg(feature = "life")]
const LINES: &[Function] =
    &[function!("callLines", name: required String, lines: required String => call_lines(&name, &lines))];

/// Calls a function by its JavaScript name, with its arguments as a JSON array. Returns JSON.
///
/// JavaScript uses the same functions, so any other host gets the same strictness and the same errors. The first token
/// of an error's path is the name of the parameter.
///
/// # Errors
/// `unknown_function`, `invalid_json`, and the errors of the function itself.
///
/// # Examples
/// ```
/// let answer = billing_rules::call("nextDueDate", r#"[{"start":"2025-01-31","cycle":"monthly"},"2025-01-31"]"#)?;
/// assert_eq!(answer, r#""2025-02-28""#);
/// # Ok::<(), billing_rules::Errors>(())
/// ```
pub fn call(name: &str, arguments: &str) -> Result<String, Errors> {
    call_with(name, listed(arguments)?)
}

/// Calls a function once for each line of a string. A line is the arguments as a JSON array. Returns a line for each, in
/// order: the answer as JSON, or `!` and a JSON array of the errors, each with `code`, `path` and `message`.
///
/// From another host this costs less than a [`call`] each: the host parses and writes no JSON.
///
/// # Errors
/// `unknown_function`. The errors of a line are in its own answer.
///
/// # Examples
/// ```
/// let lines = r#"[{"start":"2025-01-31","cycle":"monthly"},"2025-01-31"]
/// [{"start":"2025-01-31","cycle":"monthly"},"2025-02-30"]"#;
/// let answers = billing_rules::call_lines("nextDueDate", lines)?;
///
/// let mut answers = answers.lines();
/// assert_eq!(answers.next(), Some(r#""2025-02-28""#));
/// assert!(answers.next().is_some_and(|refused| refused.starts_with(r#"![{"code":"invalid_date","path":"/after","#)));
/// # Ok::<(), billing_rules::Errors>(())
/// ```
pub fn call_lines(name: &str, lines: &str) -> Result<String, Errors> {
    let function = find(name)?;
    Ok(lines::answers(lines, |arguments| function.call(listed(arguments)?)))
}

/// Parses the arguments of a call, which are a JSON array.
fn listed(arguments: &str) -> Result<Tape<'_>, Error> {
    let tape = tape_of(arguments)?;
    if tape.is_list() { Ok(tape) } else { Err(Error::new(Code::WrongType, "", "expected the arguments as an array")) }
}

fn find(name: &str) -> Result<&'static Function, Error> {
    let found = functions().find(|function| function.name == name);
    found.ok_or_else(|| Error::new(Code::UnknownFunction, "", "expected the name of a function"))
}

/// Calls a function like [`call`], with arguments that are already a tape.
pub(crate) fn call_with(name: &str, arguments: Tape<'_>) -> Result<String, Errors> {
    find(name)?.call(arguments)
}

/// Returns every function, always in the same order.
pub(crate) fn functions() -> impl Iterator<Item = &'static Function> {
    let functions = TABLES.iter().copied().flatten();
    #[cfg(feature = "_providers")]
    let functions = functions.chain(unified::functions());
    functions
}
