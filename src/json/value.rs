//! The tree between the APIs and the types.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, Serializer};

/// The largest whole number that every API holds exactly: 2^53 - 1.
pub(crate) const MAX_SAFE: i64 = 9_007_199_254_740_991;

pub(crate) type Key = Cow<'static, str>;

/// A JSON value, with what a reader must be able to tell apart: whole numbers from others, repeated keys, and things that
/// are no JSON at all.
/// It has no Debug: it may hold secrets.
#[doc(hidden)]
#[derive(Clone)]
pub enum Value {
    Null,
    /// A field that is not given. Only ever written, and then left out.
    Absent,
    Bool(bool),
    Integer(i64),
    /// NaN, an infinity, a fraction, or a number too large to be exact. Only ever refused.
    Inexact,
    /// A number by its digits, such as the exact decimals of a request body. Only ever written, as text.
    #[cfg(feature = "_providers")]
    Digits(String),
    Text(String),
    /// Dates of ten bytes each, one after the other: a list that crosses to JavaScript as one text.
    Dates(String),
    List(Vec<Value>),
    Object(Vec<(Key, Value)>),
    /// Something that JSON cannot hold, by what it is ("a Map"). Only ever refused.
    #[cfg_attr(
        not(all(target_arch = "wasm32", feature = "js")),
        expect(dead_code, reason = "only JavaScript has such things")
    )]
    Foreign(&'static str),
}

impl Value {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into())
    }

    /// A JavaScript or JSON number. Whole numbers that are exact become integers, also when written as `1999.0`.
    pub(crate) fn number(number: f64) -> Self {
        const LIMIT: f64 = MAX_SAFE as f64;
        if number.fract() == 0.0 && number.abs() <= LIMIT { Value::Integer(number as i64) } else { Value::Inexact }
    }

    /// What the value is, for "expected …, found …".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Value::Null | Value::Absent => "nothing",
            Value::Bool(_) => "a boolean",
            Value::Integer(_) | Value::Inexact => "a number",
            #[cfg(feature = "_providers")]
            Value::Digits(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) | Value::Dates(_) => "a list",
            Value::Object(_) => "an object",
            Value::Foreign(what) => what,
        }
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null | Value::Absent | Value::Inexact | Value::Foreign(_) => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Integer(number) => serializer.serialize_i64(*number),
            #[cfg(feature = "_providers")]
            Value::Digits(digits) => serializer.serialize_str(digits),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Dates(dates) => serializer.collect_seq(dates.as_bytes().chunks(10).map(String::from_utf8_lossy)),
            Value::List(list) => serializer.collect_seq(list),
            Value::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(if number.unsigned_abs() <= MAX_SAFE.unsigned_abs() { Value::Integer(number) } else { Value::Inexact })
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Value, E> {
        i64::try_from(number).map_or(Ok(Value::Inexact), |number| self.visit_i64(number))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::text(text))
    }

    fn visit_string<E>(self, text: String) -> Result<Value, E> {
        Ok(Value::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = seq.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut entries = Vec::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            entries.push((Key::Owned(key), value));
        }
        Ok(Value::Object(entries))
    }
}
