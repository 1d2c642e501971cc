//! A JSON writer: keys in the order of the shape, absent fields omitted, no white space.

use super::Shape;
use super::plain::plain;
use crate::digits::Digits;

/// JSON text as it is written.
pub struct Writer {
    text: String,
    /// Whether the current object or array has an entry, or is about to have one.
    has_entry: bool,
}

impl Default for Writer {
    /// Begins a text. Most answers are longer than this.
    fn default() -> Self {
        Self { text: String::with_capacity(256), has_entry: false }
    }
}

impl Writer {
    /// Begins an object; [`end_object`](Self::end_object) ends it.
    #[inline(never)]
    pub(crate) fn begin_object(&mut self) {
        self.text.push('{');
        self.has_entry = false;
    }

    #[inline(never)]
    pub(crate) fn end_object(&mut self) {
        self.text.push('}');
        self.has_entry = true;
    }

    /// Writes the key of the next field. Keys contain no characters that JSON escapes.
    #[inline(never)]
    fn key(&mut self, key: &'static str) {
        self.text.push_str(if self.has_entry { ",\"" } else { "\"" });
        self.text.push_str(key);
        self.text.push_str("\":");
        self.has_entry = true;
    }

    /// Writes a field whose key the caller chooses.
    pub(crate) fn named<T: Shape>(&mut self, name: &str, value: &T) {
        self.separate();
        quoted(name, &mut self.text);
        self.text.push(':');
        self.has_entry = true;
        value.write(self);
    }

    fn separate(&mut self) {
        if self.has_entry {
            self.text.push(',');
        }
    }

    /// Writes an array of items.
    pub(crate) fn list<'a, T: Shape + 'a>(&mut self, items: impl Iterator<Item = &'a T>) {
        self.text.push('[');
        self.has_entry = false;
        for item in items {
            self.separate();
            item.write(self);
            self.has_entry = true;
        }
        self.text.push(']');
        self.has_entry = true;
    }

    /// Writes an array of integers.
    pub(crate) fn integers(&mut self, numbers: impl Iterator<Item = i64>) {
        self.text.push('[');
        self.has_entry = false;
        for number in numbers {
            self.separate();
            self.integer(number);
            self.has_entry = true;
        }
        self.text.push(']');
        self.has_entry = true;
    }

    /// Writes a field.
    pub(crate) fn required<T: Shape>(&mut self, key: &'static str, value: &T) {
        self.key(key);
        value.write(self);
    }

    /// Writes a field; null if it is `None`.
    pub(crate) fn nullable<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        self.required(key, value);
    }

    /// Writes a field; omitted if it is `None`.
    #[inline(never)]
    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Writes a field; omitted if it is the default.
    #[inline(never)]
    pub(crate) fn defaulted<T: Shape + Default + PartialEq>(&mut self, key: &'static str, value: &T) {
        if *value != T::default() {
            self.required(key, value);
        }
    }

    /// Writes a field that holds a word.
    #[inline(never)]
    pub(crate) fn word_field(&mut self, key: &'static str, word: &'static str) {
        self.key(key);
        self.plain(word);
    }

    /// Writes a field with an integer.
    #[inline(never)]
    pub(crate) fn integer_field(&mut self, key: &'static str, number: i64) {
        self.key(key);
        self.integer(number);
    }

    #[inline(never)]
    pub(crate) fn text(&mut self, text: &str) {
        quoted(text, &mut self.text);
    }

    /// Writes a text of the library's own, which has no characters that JSON escapes.
    #[inline(never)]
    pub(crate) fn plain(&mut self, text: &str) {
        self.plain_by(|to| to.push_str(text));
    }

    /// As [`plain`](Self::plain), of parts.
    pub(crate) fn plain_by(&mut self, push: impl FnOnce(&mut String)) {
        self.text.push('"');
        push(&mut self.text);
        self.text.push('"');
    }

    #[inline(never)]
    pub(crate) fn integer(&mut self, number: i64) {
        self.text.push_str(&Digits::of(number));
    }

    pub(crate) fn bool(&mut self, flag: bool) {
        self.text.push_str(if flag { "true" } else { "false" });
    }

    pub(crate) fn null(&mut self) {
        self.text.push_str("null");
    }

    /// Returns the JSON.
    pub(crate) fn finish(self) -> String {
        self.text
    }
}

/// Writes a string with the escapes that JSON requires, and no others (RFC 8785).
pub(super) fn quoted(text: &str, to: &mut String) {
    to.push('"');
    let mut rest = text;
    while let Some((before, special)) = rest.split_at_checked(plain(rest.as_bytes())) {
        to.push_str(before);
        let mut characters = special.chars();
        let Some(character) = characters.next() else { break };
        escaped(character, to);
        rest = characters.as_str();
    }
    to.push('"');
}

fn escaped(character: char, to: &mut String) {
    match character {
        '"' => to.push_str("\\\""),
        '\\' => to.push_str("\\\\"),
        '\u{8}' => to.push_str("\\b"),
        '\u{c}' => to.push_str("\\f"),
        '\n' => to.push_str("\\n"),
        '\r' => to.push_str("\\r"),
        '\t' => to.push_str("\\t"),
        control @ '\0'..' ' => {
            to.push_str(if control < '\u{10}' { "\\u000" } else { "\\u001" });
            to.push(char::from_digit(u32::from(control) & 15, 16).unwrap_or('0'));
        }
        other => to.push(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_another_writer_does() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("😀\u{2028}\u{ffff}".chars()).collect();
        let mut text = String::new();
        quoted(&every, &mut text);
        assert_eq!(text, serde_json::to_string(&every).unwrap());
    }
}
