//! JSON text, read into an answer: by the grammar of RFC 8259, numbers by their digits.

use super::{Answer, alike};

/// How deep an answer may be nested; what is deeper is not read.
const DEEPEST: u32 = 64;

/// How many names an object may have; one with more is not read, for they are compared one by one.
const MOST_NAMES: usize = 1_000;

/// Reads a text; `None` when it is not JSON, too deep, or has an object that names something twice: which of the two counts, other
/// readers of the same text may see otherwise. Names are alike as `Answer::get` finds them.
pub(super) fn parse(text: &str) -> Option<Answer> {
    let mut parser = Parser { text, at: 0 };
    let answer = parser.value(DEEPEST)?;
    parser.next().is_none().then_some(answer)
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn advance(&mut self) {
        self.at = self.at.saturating_add(1);
    }

    /// The next byte that is no white space.
    fn next(&mut self) -> Option<u8> {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.advance();
        }
        self.peek()
    }

    fn accept(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.advance())
    }

    fn value(&mut self, deeper: u32) -> Option<Answer> {
        let deeper = deeper.checked_sub(1)?;
        match self.next()? {
            b'{' => self.object(deeper),
            b'[' => self.list(deeper),
            b'"' => self.string().map(Answer::Text),
            b't' => self.word("true", Answer::Bool(true)),
            b'f' => self.word("false", Answer::Bool(false)),
            b'n' => self.word("null", Answer::Nothing),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, means: Answer) -> Option<Answer> {
        let end = self.at.checked_add(word.len())?;
        let found = self.text.as_bytes().get(self.at..end)? == word.as_bytes();
        self.at = end;
        found.then_some(means)
    }

    fn object(&mut self, deeper: u32) -> Option<Answer> {
        let mut fields: Vec<(String, Answer)> = Vec::new();
        self.advance();
        if self.next()? != b'}' {
            loop {
                self.next()?;
                let name = self.string()?;
                self.accept(b':')?;
                if fields.len() >= MOST_NAMES || fields.iter().any(|(other, _)| alike(other, &name)) {
                    return None;
                }
                fields.push((name, self.value(deeper)?));
                if self.accept(b',').is_none() {
                    break;
                }
            }
        }
        self.accept(b'}')?;
        Some(Answer::Object(fields))
    }

    fn list(&mut self, deeper: u32) -> Option<Answer> {
        let mut items = Vec::new();
        self.advance();
        if self.next()? != b']' {
            loop {
                items.push(self.value(deeper)?);
                if self.accept(b',').is_none() {
                    break;
                }
            }
        }
        self.accept(b']')?;
        Some(Answer::List(items))
    }

    fn number(&mut self) -> Option<Answer> {
        let start = self.at;
        if self.peek() == Some(b'-') {
            self.advance();
        }
        match self.peek()? {
            b'0' => self.advance(),
            _ => self.digits()?,
        }
        if self.peek() == Some(b'.') {
            self.advance();
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.advance();
            if let Some(b'+' | b'-') = self.peek() {
                self.advance();
            }
            self.digits()?;
        }
        Some(Answer::Number(self.text.get(start..self.at)?.into()))
    }

    /// At least one digit.
    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.advance();
        }
        (self.at > start).then_some(())
    }

    fn string(&mut self) -> Option<String> {
        if self.peek()? != b'"' {
            return None;
        }
        let mut string = String::new();
        loop {
            self.advance();
            let start = self.at;
            while !matches!(self.peek()?, b'"' | b'\\' | 0..0x20) {
                self.advance();
            }
            string.push_str(self.text.get(start..self.at)?);
            match self.peek()? {
                b'"' => break,
                b'\\' => string.push(self.escaped()?),
                // A control character has to be escaped.
                _ => return None,
            }
        }
        self.advance();
        Some(string)
    }

    /// The character that an escape stands for; ends on its last byte.
    fn escaped(&mut self) -> Option<char> {
        self.advance();
        Some(match self.peek()? {
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => return self.unicode(),
            plain @ (b'"' | b'\\' | b'/') => char::from(plain),
            _ => return None,
        })
    }

    /// `\u` and four hex digits, or two of those that make a character together.
    fn unicode(&mut self) -> Option<char> {
        let first = self.unit()?;
        if !(0xd800..0xdc00).contains(&first) {
            return char::from_u32(first.into());
        }
        for byte in *b"\\u" {
            self.advance();
            if self.peek()? != byte {
                return None;
            }
        }
        char::decode_utf16([first, self.unit()?]).next()?.ok()
    }

    /// Four hex digits after the byte that stands here; ends on the last of them.
    fn unit(&mut self) -> Option<u16> {
        let end = self.at.checked_add(4)?;
        let digits = self.text.get(self.at.checked_add(1)?..=end)?;
        self.at = end;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then_some(())?;
        u16::from_str_radix(digits, 16).ok()
    }
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

    /// The same by another parser; numbers as that one writes them.
    fn oracle(text: &str) -> Option<Value> {
        serde_json::from_str::<Unambiguous>(text).ok()?;
        serde_json::from_str(text).ok()
    }

    /// None where a number is larger than a float, which the other parser does not read.
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
