//! A JSON parser that keeps numbers by their digits and rejects duplicate names.

use super::{Answer, alike};
use crate::digits::digits;
use crate::json::{Leaf, Tape, parse_by_digits};

/// The maximum nesting of a response; a deeper one is rejected.
const DEEPEST: u32 = 64;

/// The maximum number of names of an object; one with more is rejected, as names are compared one by one.
const MOST_NAMES: usize = 1_000;

/// Parses a string; `None` if it is not JSON, too deep, or has an object with a duplicate name, which other readers may
/// resolve differently. Names are compared as `Answer::get` does.
pub(super) fn parse(text: &str) -> Option<Answer> {
    answer(&parse_by_digits(text, DEEPEST.checked_sub(1)?)?, 0)
}

fn answer(tape: &Tape<'_>, at: usize) -> Option<Answer> {
    Some(match tape.leaf(at) {
        Leaf::Null | Leaf::Inexact | Leaf::Foreign(_) => Answer::Nothing,
        Leaf::Bool(flag) => Answer::Bool(flag),
        Leaf::Integer(number) => Answer::Number(digits(number)),
        Leaf::Digits(digits) => Answer::Number(digits.into()),
        Leaf::Text(text) => Answer::Text(text.into()),
        Leaf::List => Answer::List(tape.inside(at).map(|item| answer(tape, item)).collect::<Option<_>>()?),
        Leaf::Object => {
            let mut fields: Vec<(String, Answer)> = Vec::new();
            for field in tape.inside(at) {
                let name = tape.key(field);
                if fields.len() >= MOST_NAMES || fields.iter().any(|(other, _)| alike(other, name)) {
                    return None;
                }
                fields.push((name.into(), answer(tape, field)?));
            }
            Answer::Object(fields)
        }
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    /// Any JSON whose objects have no names that are alike.
    struct Unambiguous;

    impl<'de> serde::Deserialize<'de> for Unambiguous {
        fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            from.deserialize_any(Unambiguous)
        }
    }

    impl<'de> serde::de::Visitor<'de> for Unambiguous {
        type Value = Self;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("names that are not alike")
        }

        fn visit_map<M: serde::de::MapAccess<'de>>(self, mut map: M) -> Result<Self, M::Error> {
            let mut names = std::collections::BTreeSet::new();
            while let Some(name) = map.next_key::<String>()? {
                map.next_value::<Self>()?;
                if !names.insert(name.trim().to_ascii_lowercase()) {
                    return Err(serde::de::Error::custom("a name twice"));
                }
            }
            Ok(self)
        }

        fn visit_seq<S: serde::de::SeqAccess<'de>>(self, mut items: S) -> Result<Self, S::Error> {
            while items.next_element::<Self>()?.is_some() {}
            Ok(self)
        }

        fn visit_unit<E>(self) -> Result<Self, E> {
            Ok(self)
        }

        fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
            Ok(self)
        }

        fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
            Ok(self)
        }

        fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
            Ok(self)
        }

        fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
            Ok(self)
        }

        fn visit_str<E>(self, _: &str) -> Result<Self, E> {
            Ok(self)
        }
    }

    /// Parses with another parser, which writes numbers in its own way.
    fn oracle(text: &str) -> Option<Value> {
        serde_json::from_str::<Unambiguous>(text).ok()?;
        serde_json::from_str(text).ok()
    }

    /// Converts an answer; `None` if a number is larger than a float, which the other parser rejects.
    fn value(answer: &Answer) -> Option<Value> {
        Some(match answer {
            Answer::Nothing => Value::Null,
            Answer::Bool(flag) => (*flag).into(),
            Answer::Number(digits) => serde_json::from_str(digits).ok()?,
            Answer::Text(text) => text.as_str().into(),
            Answer::List(items) => items.iter().map(value).collect::<Option<_>>()?,
            Answer::Object(fields) => {
                fields.iter().map(|(name, field)| Some((name.clone(), value(field)?))).collect::<Option<_>>()?
            }
        })
    }

    fn json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            (-1.0e9..1.0e9f64).prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::hash_map(any::<String>(), inner, 0..6)
                    .prop_map(|fields| fields.into_iter().collect::<Value>()),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn any_json_is_read_as_the_oracle_reads_it(json in json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_string_pretty(&json) } else { serde_json::to_string(&json) }.unwrap();
            prop_assert_eq!(parse(&text).as_ref().and_then(value), oracle(&text));
        }

        #[test]
        fn damaged_json_is_refused_where_the_oracle_refuses_it(
            json in json(), at in any::<prop::sample::Index>(), with in prop::sample::select(
                vec!["", "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", ".", "e", "+", "u", "\n", "\u{1}", "tr", "null", " "],
            ),
        ) {
            let mut text: Vec<char> = serde_json::to_string(&json).unwrap().chars().collect();
            let place = at.index(text.len());
            text.splice(place..=place, with.chars());
            let text: String = text.into_iter().collect();
            prop_assert_eq!(parse(&text).as_ref().and_then(value), oracle(&text), "{}", text);
        }
    }

    #[test]
    fn a_name_that_stands_twice() {
        for text in [r#"{"a":1,"a":1}"#, r#"{"a":1,"A":2}"#, r#"{"a":1," a ":2}"#, r#"[{"a":{"b":1,"b":2}}]"#] {
            assert!(parse(text).is_none() && oracle(text).is_none(), "{text}");
        }
        assert!(parse(r#"{"a":{"b":1},"b":{"b":2}}"#).is_some());
    }

    #[test]
    fn what_the_grammar_has_at_its_edges() {
        for text in [
            "",
            " ",
            "01",
            "-",
            "-0",
            "-01",
            "1.",
            ".5",
            "1.5e",
            "1e+",
            "1E-2",
            "0e0",
            "0.0",
            "+1",
            "1 2",
            "nul",
            "nulll",
            "tru",
            "falsee",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "{\"a\":1 \"b\":2}",
            "{,}",
            "[",
            "{",
            "\"",
            "\"\\\"",
            "\"\\x\"",
            "\"\\u00e9\"",
            "\"\\u00E9\"",
            "\"\\u00g9\"",
            "\"\\u+0e9\"",
            "\"\\u12\"",
            "\"\\ud83d\\ude00\"",
            "\"\\ud83d\"",
            "\"\\ude00\"",
            "\"\\ud83dx\"",
            "\"\\ud83d\\n\"",
            "\"\\ud83d\\ud83d\"",
            "\"\\/\\b\\f\\n\\r\\t\"",
            "\"\t\"",
            "\"é😀\"",
            "\"\\u12é\"",
            "\u{feff}1",
            "\t\r\n [ 1 , { \"a\" : null } ] \n",
            "[]",
            "{}",
            "[[]]",
            "{\"\":{}}",
            "\"a\"b",
            "//1",
            "NaN",
            "Infinity",
            "'a'",
        ] {
            assert_eq!(parse(text).as_ref().and_then(value), oracle(text), "{text}");
        }
        let Some(Answer::Number(digits)) = parse(" 100.00 ") else { panic!("a number") };
        assert_eq!(digits, "100.00");
    }
}
