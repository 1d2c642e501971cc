//! The types with serde, through a tape, so that other formats reject the same input as JSON does.

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, Serializer};
use std::fmt;

use super::tape::{Leaf, Marks, Tape};
use super::{Shape, parse, read, to_json};

/// Serialises a value: converts its JSON item by item.
pub(crate) fn serialize<T: Shape, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let text = to_json(value);
    match parse(&text) {
        Some(tape) => Placed { tape: &tape, at: 0 }.serialize(serializer),
        None => Err(S::Error::custom("the value cannot be written as JSON")),
    }
}

/// Deserialises a value, strictly. Every error is reported, in one string.
pub(crate) fn deserialize<'de, T: Shape, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut tape = Tape::default();
    Reader(&mut tape).deserialize(deserializer)?;
    read(&tape).map_err(de::Error::custom)
}

/// An item of a tape.
struct Placed<'a> {
    tape: &'a Tape<'a>,
    at: usize,
}

impl Serialize for Placed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { tape, at } = *self;
        match tape.leaf(at) {
            Leaf::Null | Leaf::Inexact | Leaf::Foreign(_) => serializer.serialize_unit(),
            Leaf::Bool(flag) => serializer.serialize_bool(flag),
            Leaf::Integer(number) => serializer.serialize_i64(number),
            #[cfg(feature = "_providers")]
            Leaf::Digits(digits) => serializer.serialize_str(digits),
            Leaf::Text(text) => serializer.serialize_str(text),
            Leaf::List => serializer.collect_seq(tape.inside(at).map(|at| Placed { tape, at })),
            Leaf::Object => {
                let mut map = serializer.serialize_map(Some(tape.inside(at).count()))?;
                for at in tape.inside(at) {
                    map.serialize_entry(tape.key(at), &Placed { tape, at })?;
                }
                map.end()
            }
        }
    }
}

/// Writes the data of a deserializer to a tape.
struct Reader<'a, 'b>(&'a mut Tape<'b>);

impl<'de> DeserializeSeed<'de> for Reader<'_, '_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_none<E>(self) -> Result<(), E> {
        self.0.null();
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<(), E> {
        self.0.bool(flag);
        Ok(())
    }

    fn visit_i64<E>(self, number: i64) -> Result<(), E> {
        self.0.integer(number);
        Ok(())
    }

    fn visit_u64<E>(self, number: u64) -> Result<(), E> {
        self.0.integer(i64::try_from(number).unwrap_or(i64::MAX));
        Ok(())
    }

    fn visit_f64<E>(self, number: f64) -> Result<(), E> {
        self.0.number(number);
        Ok(())
    }

    fn visit_str<E>(self, text: &str) -> Result<(), E> {
        self.0.text(text);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let place = self.0.begin_list();
        while seq.next_element_seed(Reader(self.0))?.is_some() {}
        self.0.end_list(place);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let place = self.0.begin_object();
        let mut marks = Marks::default();
        while let Some(key) = map.next_key::<String>()? {
            self.0.named(&key, &mut marks);
            map.next_value_seed(Reader(self.0))?;
        }
        self.0.end_object(place, marks);
        Ok(())
    }
}
