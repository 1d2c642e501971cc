//! A function as JSON in and JSON out.

use super::{Keys, Node, Value};
use crate::error::Error;

/// A function with its parameters. What is optional may be left out at the end.
pub(crate) struct Function {
    pub(crate) name: &'static str,
    pub(crate) parameters: Keys,
    pub(crate) run: fn(&Node<'_>) -> Option<Value>,
}

/// A row: the function's name, its parameters with their types, and its answer, which may be a refusal.
macro_rules! function {
    ($name:literal, $parameter:ident: $type:ty => $answer:expr) => {
        $crate::json::function!($name, $parameter: required $type => $answer)
    };
    ($name:literal, $($parameter:ident: $kind:ident $type:ty),+ => $answer:expr) => {{
        const PARAMETERS: $crate::json::Keys = concat!($(stringify!($parameter), $crate::json::keys!(@$kind)),+);
        $crate::json::Function {
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
pub(crate) use function;

/// The answer of a function that refuses nothing of its own.
pub(crate) fn sure<T>(answer: T) -> Result<T, Error> {
    Ok(answer)
}
