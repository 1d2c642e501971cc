//! Every public function as JSON in and JSON out, by its name: the one table behind all foreign APIs.

#[cfg(feature = "a55")]
mod a55;
#[cfg(feature = "dineropay")]
mod dineropay;
#[cfg(feature = "dintero")]
mod dintero;
#[cfg(feature = "nexi")]
mod nexi;
mod preview;
#[cfg(feature = "_providers")]
mod providers;
mod rules;
#[cfg(feature = "life")]
mod subscription;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub mod wasm;

use crate::error::{Code, Error, Errors};
use crate::json::{Keys, Node, Value, Writer, each, parse, read_with, text};

/// A function with its parameters. What is optional may be left out at the end.
struct Function {
    name: &'static str,
    parameters: Keys,
    run: fn(&Node<'_>) -> Option<Value>,
}

/// The functions by subject. A provider is one line here.
const TABLES: &[&[Function]] = &[
    rules::FUNCTIONS,
    preview::FUNCTIONS,
    #[cfg(feature = "life")]
    subscription::FUNCTIONS,
    #[cfg(feature = "_providers")]
    providers::FUNCTIONS,
    #[cfg(feature = "a55")]
    a55::FUNCTIONS,
    #[cfg(feature = "dineropay")]
    dineropay::FUNCTIONS,
    #[cfg(feature = "dintero")]
    dintero::FUNCTIONS,
    #[cfg(feature = "nexi")]
    nexi::FUNCTIONS,
];

/// A row: the function's name, its parameters with their types, and its answer, which may be a refusal.
macro_rules! function {
    ($name:literal, $parameter:ident: $type:ty => $answer:expr) => {
        $crate::bindings::function!($name, $parameter: required $type => $answer)
    };
    ($name:literal, $($parameter:ident: $kind:ident $type:ty),+ => $answer:expr) => {{
        const PARAMETERS: $crate::json::Keys = concat!($(stringify!($parameter), $crate::json::keys!(@$kind)),+);
        $crate::bindings::Function {
            name: $name,
            parameters: PARAMETERS,
            run: |node| {
                let mut fields = node.object(PARAMETERS);
                $(let $parameter = fields.$kind::<$type>();)+
                if !node.has_no_errors() {
                    return None;
                }
                node.ok_or_report($answer).map(|answer| $crate::json::write(&answer))
            },
        }
    }};
}
use function;

/// The answer of a function that refuses nothing of its own.
fn sure<T>(answer: T) -> Result<T, Error> {
    Ok(answer)
}

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
    let Some(function) = TABLES.iter().copied().flatten().find(|function| function.name == name) else {
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
