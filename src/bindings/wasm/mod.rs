//! The JavaScript face of the wasm build: values in, values or problems out. No rule lives here.
//!
//! One export calls every function by its name; the package's JavaScript gives each a function of its own and turns problems
//! into a `BillingError`. Nothing is exported that would have to be freed.

mod input;

use js_sys::Array;
use rlsf::SmallGlobalTlsf;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::bindings::call_with;
use crate::error::{Code, Error, Errors};
use crate::json::{Key, Value};

/// Small, where Rust's own is a twentieth of the module.
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// Calls a function by its name. Problems are thrown as a list of `{ code, path, message }`.
///
/// # Errors
/// What the function refuses.
#[wasm_bindgen]
pub fn call(name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    match call_with(name, arguments.iter().map(|argument| input::value(&argument)).collect()) {
        // A list of dates crosses as one text, which is several times cheaper than a text each.
        Ok(Value::Dates(dates)) => Ok(JsValue::from_str(&dates)),
        Ok(answer) => output(&answer).map_err(|_| problems(&internal())),
        Err(errors) => Err(problems(&errors)),
    }
}

/// Traps, as a fault of the library would: the tests see the package recover from it.
#[cfg(feature = "trap")]
#[wasm_bindgen]
#[expect(clippy::panic, reason = "the tests need a real trap")]
pub fn trap() {
    panic!("a trap for the tests");
}

fn output(value: &Value) -> Result<JsValue, serde_wasm_bindgen::Error> {
    Output(value).serialize(&Serializer::json_compatible())
}

/// A tree on its way to JavaScript. Its whole numbers are exact as JavaScript's only numbers; told as such, none is held against
/// what those can hold, which would bring a text for the case that it is too large.
struct Output<'a>(&'a Value);

impl Serialize for Output<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => serializer.serialize_f64(*number as f64),
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(list) => serializer.collect_seq(list.iter().map(Output)),
            Value::Object(entries) => serializer.collect_map(entries.iter().map(|(key, value)| (key, Output(value)))),
            _ => serializer.serialize_unit(),
        }
    }
}

fn problems(errors: &Errors) -> JsValue {
    let problem = |error: &Error| {
        Value::Object(vec![
            (Key::Borrowed("code"), Value::text(error.code().as_str())),
            (Key::Borrowed("path"), Value::text(error.path())),
            (Key::Borrowed("message"), Value::text(error.message())),
        ])
    };
    // Should even this fail, the package's JavaScript reports a fault of the library.
    output(&Value::List(errors.iter().map(problem).collect())).unwrap_or(JsValue::UNDEFINED)
}

fn internal() -> Errors {
    Error::new(Code::Internal, "", "the answer could not be written").into()
}
