//! Converts JavaScript values to a tape. Unsupported values are kept by name; the readers of the shapes reject them
//! with a path.

use js_sys::{Array, Date, Function, JsString, Map, Object, Promise, Reflect, Set};
use wasm_bindgen::prelude::*;

use crate::json::{Foreign, LONGEST, Marks, Tape};

/// Calls that a proxy can make throw. An uncaught exception would cross the wasm frames and leak their memory.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn items(list: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(object: &Object) -> Result<Array, JsValue>;
}

/// The maximum nesting: deeper than any shape. It also stops at a value that contains itself.
const DEEPEST: usize = 64;

/// Converts arguments to a tape. A value that JSON cannot represent is kept by name, and its reader rejects it with its
/// path.
pub(super) fn tape(arguments: &Array) -> Tape<'static> {
    let mut tape = Tape::default();
    let place = tape.begin_list();
    for argument in arguments.iter() {
        put(&mut tape, &argument, 0);
    }
    tape.end_list(place);
    tape
}

fn put(tape: &mut Tape<'_>, value: &JsValue, depth: usize) {
    if value.is_null() || value.is_undefined() {
        tape.null();
    } else if let Some(flag) = value.as_bool() {
        tape.bool(flag);
    } else if let Some(number) = value.as_f64() {
        tape.number(number);
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        put_text(tape, text);
    } else if value.is_bigint() {
        tape.foreign(Foreign::Bigint);
    } else if value.is_symbol() {
        tape.foreign(Foreign::Symbol);
    } else if value.is_function() {
        tape.foreign(Foreign::Function);
    } else if depth > DEEPEST {
        tape.foreign(Foreign::TooDeep);
    } else {
        match is_array(value) {
            Ok(true) => list(tape, value.unchecked_ref(), depth),
            Ok(false) => object(tape, value.unchecked_ref(), depth),
            Err(_) => tape.foreign(Foreign::ObjectThrows),
        }
    }
}

fn list(tape: &mut Tape<'_>, list: &Object, depth: usize) {
    // Too long for any shape, so only the length is reported.
    let length = Reflect::get(list, &JsValue::from_str("length")).ok().and_then(|length| length.as_f64());
    if length.is_some_and(|length| length > LONGEST as f64) {
        let place = tape.begin_list();
        (0..=LONGEST).for_each(|_| tape.null());
        return tape.end_list(place);
    }
    let prototype = Reflect::get_prototype_of(list).and_then(|prototype| is_array(&prototype));
    let (Ok(is_plain), Ok(items), Ok(keys)) = (prototype, items(list), keys(list)) else {
        return tape.foreign(Foreign::ObjectThrows);
    };
    // Indices come before other keys.
    let is_index = |key: String| key.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain {
        tape.foreign(Foreign::Instance);
    } else if !keys.get(keys.length().saturating_sub(1)).as_string().is_none_or(is_index) {
        tape.foreign(Foreign::ListWithFields);
    } else {
        let place = tape.begin_list();
        for item in items.iter() {
            put(tape, &item, depth.saturating_add(1));
        }
        tape.end_list(place);
    }
}

fn put_text(tape: &mut Tape<'_>, text: &JsString) {
    let converted = String::from(text);
    // A lone surrogate would silently become a replacement character, which changes the string.
    let altered = converted.as_bytes().windows(3).any(|bytes| bytes == b"\xef\xbf\xbd") && !text.is_valid_utf16();
    if altered { tape.foreign(Foreign::IllFormed) } else { tape.text(&converted) }
}

fn object(tape: &mut Tape<'_>, object: &Object, depth: usize) {
    if !is_plain(object) {
        return match plain_date(object) {
            Some(date) => tape.text(&date),
            None => tape.foreign(kind(object)),
        };
    }
    let Ok(keys) = keys(object) else { return tape.foreign(Foreign::ObjectThrows) };
    let keys: Vec<(JsValue, String)> =
        keys.iter().map(|key| (key.clone(), key.as_string().unwrap_or_default())).collect();
    // A date may also be an object literal of that shape.
    if keys.iter().any(|(_, key)| key == "calendarId")
        && let Some(date) = plain_date(object)
    {
        return tape.text(&date);
    }
    let place = tape.begin_object();
    let mut marks = Marks::default();
    for (name, key) in keys {
        tape.named(&key, &mut marks);
        match Reflect::get(object, &name) {
            Ok(value) => put(tape, &value, depth.saturating_add(1)),
            Err(_) => tape.foreign(Foreign::PropertyThrows),
        }
    }
    tape.end_object(place, marks);
}

/// Returns whether an object is a literal or has no prototype: of any realm, but of no class and without inherited
/// fields.
fn is_plain(object: &Object) -> bool {
    let prototype = |object: &Object| Reflect::get_prototype_of(object).ok();
    match prototype(object) {
        Some(first) if first.is_falsy() => true,
        // The root prototype of any realm has the methods of objects, and nothing above it.
        Some(first) => {
            prototype(&first).is_some_and(|second| second.is_falsy())
                && Object::has_own(&first, &JsValue::from_str("isPrototypeOf"))
        }
        None => false,
    }
}

/// Returns the string of a Temporal.PlainDate, or of an object of its shape.
fn plain_date(object: &Object) -> Option<String> {
    let get = |key: &str| Reflect::get(object, &JsValue::from_str(key)).ok();
    let is_number = |key: &str| get(key).is_some_and(|value| value.as_f64().is_some());
    let iso = get("calendarId")?.as_string()? == "iso8601";
    if !iso || !is_number("year") || !is_number("month") || !is_number("day") || !get("hour")?.is_undefined() {
        return None;
    }
    let to_string = get("toString")?.dyn_into::<Function>().ok()?;
    to_string.call0(object).ok()?.as_string()
}

fn kind(object: &Object) -> Foreign {
    if object.is_instance_of::<Date>() {
        Foreign::Date
    } else if object.is_instance_of::<Map>() {
        Foreign::Map
    } else if object.is_instance_of::<Set>() {
        Foreign::Set
    } else if object.is_instance_of::<Promise>() {
        Foreign::Promise
    } else {
        Foreign::Instance
    }
}
