//! The JavaScript API of the wasm build: values in, JSON text or problems out. No rule lives here.
//!
//! Plain values cross packed, in one piece. Whatever is not plain, and every refusal, takes the general way: it looks at each value
//! and throws a list of problems, of which the package's JavaScript makes a `BillingError`. Nothing is exported that would have to be
//! freed.

mod input;
mod packed;

use js_sys::Array;
use rlsf::SmallGlobalTlsf;
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::bindings::{call_with, functions};
use crate::error::{Error, Errors};

/// Small, where Rust's own is a twentieth of the module.
#[global_allocator]
static ALLOCATOR: SmallGlobalTlsf = SmallGlobalTlsf::new();

/// Returns the number of a function, for [`call_packed`]; one that no function has where there is none of the name.
#[wasm_bindgen]
pub fn find(name: &str) -> u32 {
    let place = functions().position(|function| function.name == name);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// Calls a function by its number with packed arguments, and returns the answer as JSON text; nothing where it refuses.
#[wasm_bindgen(js_name = callPacked)]
pub fn call_packed(number: u32, arguments: &[u8]) -> Option<String> {
    let function = functions().nth(usize::try_from(number).ok()?)?;
    function.call(packed::tape(arguments)?).ok()
}

/// Calls a function by its name, and returns the answer as JSON text. Problems are thrown as a list of `{ code, path, message }`.
///
/// # Errors
/// What the function refuses.
#[wasm_bindgen]
pub fn call(name: &str, arguments: &Array) -> Result<String, JsValue> {
    call_with(name, input::tape(arguments)).map_err(|errors| problems(&errors))
}

/// Traps, as a fault of the library would: the tests see the package recover from it.
#[cfg(feature = "trap")]
#[wasm_bindgen]
#[expect(clippy::panic, reason = "the tests need a real trap")]
pub fn trap() {
    panic!("a trap for the tests");
}

fn problems(errors: &Errors) -> JsValue {
    let problems: Vec<Problem<'_>> = errors.iter().map(Problem).collect();
    // Should even this fail, the package's JavaScript reports a fault of the library.
    problems.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}

/// A problem on its way to JavaScript.
struct Problem<'a>(&'a Error);

impl Serialize for Problem<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(error) = self;
        serializer.collect_map([("code", error.code().as_str()), ("path", error.path()), ("message", error.message())])
    }
}
