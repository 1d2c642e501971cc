//! The JavaScript API of the wasm build: values in, JSON or errors out. No rule is implemented here.
//!
//! The general path inspects each value and throws an array of errors, which the package's JavaScript turns into a
//! `BillingError`. No export needs to be freed. With feature `js-fast` plain values cross packed, in one piece, and the functions
//! of `fast` are called first with numbers alone; other values, and every rejected call, still use the general path.

#[cfg(feature = "js-fast")]
mod fast;
mod input;
#[cfg(feature = "js-fast")]
mod packed;

use js_sys::Array;
use rlsf::SmallGlobalTlsf;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

#[cfg(feature = "js-fast")]
pub use packed::{call_packed, find};

use crate::bindings::call_with;
use crate::error::{Error, Errors};

/// A small allocator: Rust's own would be a twentieth of the module.
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

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
