//! The JavaScript API of the wasm build: values in, JSON or errors out. No rule is implemented here.
//!
//! Plain values cross packed, in one piece. Other values, and every rejected call, use the general path: it inspects
//! each value and throws an array of errors, which the package's JavaScript turns into a `BillingError`. No export
//! needs to be freed. The functions of `fast` are called first with numbers alone.

mod fast;
mod input;
mod packed;

use js_sys::Array;
use rlsf::SmallGlobalTlsf;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::bindings::{call_with, functions};
use crate::error::{Error, Errors};

/// A small allocator: Rust's own would be a twentieth of the module.
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// Returns the number of a function, for [`call_packed`]; an unused number if the name is unknown.
#[wasm_bindgen]
pub fn find(name: &str) -> u32 {
    let place = functions().position(|function| function.name == name);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// Calls a function by its number with packed arguments. Returns JSON, or nothing if the call is rejected.
#[wasm_bindgen(js_name = callPacked)]
pub fn call_packed(number: u32, arguments: &[u8]) -> Option<String> {
    let function = functions().nth(usize::try_from(number).ok()?)?;
    function.call(packed::tape(arguments)?).ok()
}

/// Calls a function by its name. Returns JSON. Errors are thrown as an array of `{ code, path, message }`.
///
/// # Errors
/// The errors of the function.
#[wasm_bindgen]
pub fn call(name: &str, arguments: &Array) -> Result<String, JsValue> {
    call_with(name, input::tape(arguments)).map_err(|errors| problems(&errors))
}

/// Calls a function by its name for each line of arguments, and returns the answers as lines.
///
/// # Errors
/// `unknown_function`.
#[cfg(feature = "life")]
#[wasm_bindgen(js_name = callLines)]
pub fn call_lines(name: &str, lines: &str) -> Result<String, JsValue> {
    crate::bindings::call_lines(name, lines).map_err(|errors| problems(&errors))
}

/// Traps, as a fault of the library would: the tests check that the package recovers.
#[cfg(feature = "trap")]
#[wasm_bindgen]
#[expect(clippy::panic, reason = "the tests need a real trap")]
pub fn trap() {
    panic!("a trap for the tests");
}

fn problems(errors: &Errors) -> JsValue {
    let problems: Vec<Problem<'_>> = errors.iter().map(Problem).collect();
    // If this fails too, the package's JavaScript reports a fault of the library.
    problems.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// An error on its way to JavaScript.
struct Problem<'a>(&'a Error);

impl Serialize for Problem<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(error) = self;
        serializer.collect_map([("code", error.code().as_str()), ("path", error.path()), ("message", error.message())])
    }
}
