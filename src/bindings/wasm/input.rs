//! JavaScript values as trees. It looks and names; the readers of the shapes judge.

use js_sys::{Array, Date, Function, JsString, Map, Object, Promise, Reflect, Set};
use wasm_bindgen::prelude::*;

use crate::json::{Key, LONGEST, Value};

/// What a proxy can make throw. Uncaught, that would cross the wasm frames and leave their memory behind.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Array, js_name = isArray)]
    fn is_array(value: &JsValue) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Array, js_name = from)]
    fn items(list: &JsValue) -> Result<Array, JsValue>;

    #[wasm_bindgen(catch, js_namespace = Object, js_name = keys)]
    fn keys(object: &Object) -> Result<Array, JsValue>;
}

const THROWS: Value = Value::Foreign("an object that throws");

/// Deeper than any shape goes; a value that contains itself ends here.
const DEEPEST: usize = 64;

/// The value as a tree. What JSON could not hold is kept by its name, for the reader to refuse at its place.
pub(super) fn value(value: &JsValue) -> Value {
    at(value, 0)
}

fn at(value: &JsValue, depth: usize) -> Value {
    if value.is_null() || value.is_undefined() {
        Value::Null
    } else if let Some(flag) = value.as_bool() {
        Value::Bool(flag)
    } else if let Some(number) = value.as_f64() {
        Value::number(number)
    } else if let Some(text) = value.dyn_ref::<JsString>() {
        self::text(text)
    } else if value.is_bigint() {
        Value::Foreign("a bigint")
    } else if value.is_symbol() {
        Value::Foreign("a symbol")
    } else if value.is_function() {
        Value::Foreign("a function")
    } else if depth > DEEPEST {
        Value::Foreign("an object that is nested too deeply")
    } else {
        match is_array(value) {
            Ok(true) => list(value.unchecked_ref(), depth),
            Ok(false) => object(value.unchecked_ref(), depth),
            Err(_) => THROWS,
        }
    }
}

fn list(list: &Object, depth: usize) -> Value {
    // Too long for any shape: that it is, is all that is told of it.
    let length = Reflect::get(list, &JsValue::from_str("length")).ok().and_then(|length| length.as_f64());
    if length.is_some_and(|length| length > LONGEST as f64) {
        return Value::List(vec![Value::Null; LONGEST.saturating_add(1)]);
    }
    let prototype = Reflect::get_prototype_of(list).and_then(|prototype| is_array(&prototype));
    let (Ok(is_plain), Ok(items), Ok(keys)) = (prototype, items(list), keys(list)) else { return THROWS };
    // Indices come before other keys.
    let is_index = |key: String| key.bytes().all(|byte| byte.is_ascii_digit());
    if !is_plain {
        Value::Foreign("an instance of a class")
    } else if !keys.get(keys.length().saturating_sub(1)).as_string().is_none_or(is_index) {
        Value::Foreign("a list with fields of its own")
    } else {
        Value::List(items.iter().map(|item| at(&item, depth.saturating_add(1))).collect())
    }
}

fn text(text: &JsString) -> Value {
    let converted = String::from(text);
    // A lone surrogate would silently become a replacement character, and another text than the caller's.
    let altered = converted.as_bytes().windows(3).any(|bytes| bytes == b"\xef\xbf\xbd") && !text.is_valid_utf16();
    if altered { Value::Foreign("a text that is not well-formed Unicode") } else { Value::Text(converted) }
}

fn object(object: &Object, depth: usize) -> Value {
    if !is_plain(object) {
        return plain_date(object).unwrap_or(Value::Foreign(kind(object)));
    }
    let entry = |key: JsValue| {
        let value = match Reflect::get(object, &key) {
            Ok(value) => at(&value, depth.saturating_add(1)),
            Err(_) => Value::Foreign("a property that throws"),
        };
        (Key::Owned(key.as_string().unwrap_or_default()), value)
    };
    let Ok(keys) = keys(object) else { return THROWS };
    let entries: Vec<(Key, Value)> = keys.iter().map(entry).collect();
    // A date may also be a literal of that shape.
    let date = entries.iter().any(|(key, _)| key == "calendarId").then(|| plain_date(object)).flatten();
    date.unwrap_or(Value::Object(entries))
}

/// Whether an object is a literal or as bare: of any realm, but of no class and without inherited fields.
fn is_plain(object: &Object) -> bool {
    let prototype = |object: &Object| Reflect::get_prototype_of(object).ok();
    match prototype(object) {
        Some(first) if first.is_falsy() => true,
        // The root prototype of any realm: nothing above it, and the methods of objects on it.
        Some(first) => {
            prototype(&first).is_some_and(|second| second.is_falsy())
                && Object::has_own(&first, &JsValue::from_str("isPrototypeOf"))
        }
        None => false,
    }
}

/// A Temporal.PlainDate, or anything of its shape, by its text.
fn plain_date(object: &Object) -> Option<Value> {
    let get = |key: &str| Reflect::get(object, &JsValue::from_str(key)).ok();
    let is_number = |key: &str| get(key).is_some_and(|value| value.as_f64().is_some());
    let iso = get("calendarId")?.as_string()? == "iso8601";
    if !iso || !is_number("year") || !is_number("month") || !is_number("day") || !get("hour")?.is_undefined() {
        return None;
    }
    let to_string = get("toString")?.dyn_into::<Function>().ok()?;
    to_string.call0(object).ok()?.as_string().map(Value::Text)
}

fn kind(object: &Object) -> &'static str {
    if object.is_instance_of::<Date>() {
        "a JS Date"
    } else if object.is_instance_of::<Map>() {
        "a Map"
    } else if object.is_instance_of::<Set>() {
        "a Set"
    } else if object.is_instance_of::<Promise>() {
        "a Promise"
    } else {
        "an instance of a class"
    }
}
