//! Every public function as JSON in and JSON out, by its name: the one table behind all foreign doors.

#[cfg(feature = "a55")]
mod a55;
#[cfg(feature = "dineropay")]
mod dineropay;
#[cfg(feature = "dintero")]
mod dintero;
#[cfg(feature = "nexi")]
mod nexi;
mod providers;
mod rules;
mod subscription;

use crate::error::{Code, Error, Errors};
use crate::json::{Key, Node, Shape, Value, parse, read_with, text};
use crate::schedule::{Schedule, Window};

/// A function with the names of its parameters. What is optional may be left out at the end.
struct Function {
    name: &'static str,
    parameters: &'static [&'static str],
    run: fn(&Node<'_>) -> Option<Value>,
}

/// The functions by subject. A provider is one line here.
const TABLES: &[&[Function]] = &[
    rules::FUNCTIONS,
    subscription::FUNCTIONS,
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

/// The row of a provider's operation: one input of a type, one answer.
macro_rules! operation {
    ($name:literal, $run:path, $input:ty) => {
        $crate::face::Function {
            name: $name,
            parameters: &["input"],
            run: |node| {
                let input = <$input as $crate::json::Shape>::read(node)?;
                node.answer($run(&input)).map(|answer| $crate::json::Shape::write(&answer))
            },
        }
    };
}
use operation;

/// The row of a reader: one input of a type, one answer, and no errors of its own.
macro_rules! reader {
    ($name:literal, $run:path, $input:ty) => {
        $crate::face::Function {
            name: $name,
            parameters: &["input"],
            run: |node| {
                let input = <$input as $crate::json::Shape>::read(node)?;
                Some($crate::json::Shape::write(&$run(&input)))
            },
        }
    };
}
use reader;

/// The row of a reader that has no answer for what it does not know.
macro_rules! nullable_reader {
    ($name:literal, $run:path, $input:ty) => {
        $crate::face::Function {
            name: $name,
            parameters: &["input"],
            run: |node| Some($crate::face::nullable($run(&<$input as $crate::json::Shape>::read(node)?))),
        }
    };
}
use nullable_reader;

/// Calls a function by its JavaScript name, its arguments as a JSON list; the answer is JSON text.
///
/// This is the door that JavaScript uses, open to any other host, with the same strictness and the same errors. Where the
/// function has several parameters, the first token of an error's path is the parameter's name.
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
    let input = match function.parameters {
        [_] => arguments.next().unwrap_or(Value::Null),
        parameters => {
            let named = parameters.iter().map(|name| (Key::Borrowed(*name), arguments.next().unwrap_or(Value::Null)));
            Value::Object(named.collect())
        }
    };
    if arguments.next().is_some() {
        return Err(Error::new(Code::TooMany, "", "more arguments than the function has parameters").into());
    }
    read_with(&input, function.run)
}

fn two<A: Shape, B: Shape>(node: &Node<'_>, first: &'static str, second: &'static str) -> Option<(A, B)> {
    let fields = node.object(&[first, second])?;
    let (first, second) = (fields.required(first), fields.required(second));
    Some((first?, second?))
}

fn scheduled_window(node: &Node<'_>) -> Option<(Schedule, Window)> {
    let fields = node.object(&["schedule", "window"])?;
    let (schedule, window) = (fields.required("schedule"), fields.optional::<Window>("window"));
    Some((schedule?, window?.unwrap_or_default()))
}

fn nullable<T: Shape>(value: Option<T>) -> Value {
    value.map_or(Value::Null, |value| value.write())
}
