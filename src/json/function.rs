//! A function with JSON input and JSON output.

use super::keys::{Keys, each};
use super::node::{Node, read_with};
use super::tape::Tape;
use crate::error::{Code, Error, Errors};

/// A function with its parameters. Optional ones at the end may be omitted.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) parameters: Keys,
    /// Reads the parameters and writes the result.
    pub(crate) run: fn(&Node<'_>) -> Option<String>,
}

impl Function {
    /// Calls the function with an array of arguments. Returns JSON.
    pub(crate) fn call(&self, mut arguments: Tape<'_>) -> Result<String, Errors> {
        if !arguments.name_items(each(self.parameters)) {
            return Err(
                Error::new(Code::TooMany, "", "expected no more arguments than the function has parameters").into()
            );
        }
        read_with(&arguments, self.run)
    }
}

/// Declares a row: the function's name, its parameters with their types, and its result, which may be an error.
macro_rules! function {
    ($name:literal, $parameter:ident: $type:ty => $answer:expr) => {
        $crate::json::function!($name, $parameter: required $type => $answer)
    };
    ($name:literal, $($parameter:ident: $kind:ident $type:ty),+ => $answer:expr) => {{
        const PARAMETERS: $crate::json::Keys = concat!($(stringify!($parameter), " "),+);
        $crate::json::Function {
            name: $name,
            parameters: PARAMETERS,
            run: |node| {
                let ($($parameter,)+) =
                    node.object(PARAMETERS, |fields| ($(fields.$kind::<$type>(stringify!($parameter)),)+));
                if !node.has_no_errors() {
                    return None;
                }
                node.ok_or_report($answer).map(|answer| $crate::json::to_json(&answer))
            },
        }
    }};
}
pub(crate) use function;

/// Wraps the result of a function that has no errors of its own.
pub(crate) fn sure<T>(answer: T) -> Result<T, Error> {
    Ok(answer)
}
