//! A JSON writer: keys in the order of the shape, absent fields omitted, no white space.

use super::Shape;
use super::plain::plain;
use crate::digits::Digits;

/// JSON text as it is written. Its bytes are those of strings, so they are validated together, at the end.
pub struct Writer {
    text: Vec<u8>,
    /// Whether the current object or array has an entry, or is about to have one.
    has_entry: bool,
}

impl Default for Writer {
    /// Begins a text. Most answers are longer than this.
    fn default() -> Self {
        Self { text: Vec::with_capacity(256), has_entry: false }
    }
}

impl Writer {
    /// Begins an object; [`end_object`](Self::end_object) ends it.
    pub(crate) fn begin_object(&mut self) {
        self.text.push(b'{');
        self.has_entry = false;
    }

    pub(crate) fn end_object(&mut self) {
        self.text.push(b'}');
        self.has_entry = true;
    }

    /// Writes the key of the next field. Keys contain no characters that JSON escapes.
    fn key(&mut self, key: &'static str) {
        if self.has_entry {
            self.text.push(b',');
        }
        self.text.push(b'"');
        self.text.extend_from_slice(key.as_bytes());
        self.text.extend_from_slice(b"\":");
        self.has_entry = true;
    }

    /// Writes a field whose key the caller chooses.
    pub(crate) fn named<T: Shape>(&mut self, name: &str, value: &T) {
        self.separate();
        quoted(name, &mut self.text);
        self.text.push(b':');
        self.has_entry = true;
        value.write(self);
    }

    fn separate(&mut self) {
        if self.has_entry {
            self.text.push(b',');
        }
    }

    /// Writes an array of items.
    pub(crate) fn list<'a, T: Shape + 'a>(&mut self, items: impl Iterator<Item = &'a T>) {
        self.text.push(b'[');
        self.has_entry = false;
        for item in items {
            self.separate();
            item.write(self);
            self.has_entry = true;
        }
        self.text.push(b']');
        self.has_entry = true;
    }

    /// Begins an array; [`end_list`](Self::end_list) ends it.
    #[cfg(all(target_arch = "wasm32", feature = "js-fast"))]
    pub(crate) fn begin_list(&mut self) {
        self.text.push(b'[');
        self.has_entry = false;
    }

    /// Writes an item of an array.
    #[cfg(all(target_arch = "wasm32", feature = "js-fast"))]
    pub(crate) fn item<T: Shape>(&mut self, value: &T) {
        self.separate();
        value.write(self);
        self.has_entry = true;
    }

    /// Writes an item of an array that is an integer; null if it is `None`.
    #[cfg(all(target_arch = "wasm32", feature = "js-fast"))]
    pub(crate) fn integer_item(&mut self, number: Option<i64>) {
        self.separate();
        match number {
            Some(number) => self.integer(number),
            None => self.null(),
        }
        self.has_entry = true;
    }

    #[cfg(all(target_arch = "wasm32", feature = "js-fast"))]
    pub(crate) fn end_list(&mut self) {
        self.text.push(b']');
        self.has_entry = true;
    }

    /// Writes an array of integers.
    pub(crate) fn integers(&mut self, numbers: impl Iterator<Item = i64>) {
        self.text.push(b'[');
        self.has_entry = false;
        for number in numbers {
            self.separate();
            self.integer(number);
            self.has_entry = true;
        }
        self.text.push(b']');
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
    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str, value: &Option<T>) {
        if let Some(value) = value {
            self.required(key, value);
        }
    }

    /// Writes a field; omitted if it is the default.
    pub(crate) fn defaulted<T: Shape + Default + PartialEq>(&mut self, key: &'static str, value: &T) {
        if *value != T::default() {
            self.required(key, value);
        }
    }

    /// Writes a field that holds a word.
    pub(crate) fn word_field(&mut self, key: &'static str, word: &'static str) {
        self.key(key);
        self.plain(word);
    }

    /// Writes a field with an integer.
    pub(crate) fn integer_field(&mut self, key: &'static str, number: i64) {
        self.key(key);
        self.integer(number);
    }

    pub(crate) fn text(&mut self, text: &str) {
        quoted(text, &mut self.text);
    }

    /// Writes a text of the library's own, which has no characters that JSON escapes.
    pub(crate) fn plain(&mut self, text: &str) {
        self.plain_by(|to| to.extend_from_slice(text.as_bytes()));
    }

    /// As [`plain`](Self::plain), of parts.
    pub(crate) fn plain_by(&mut self, push: impl FnOnce(&mut Vec<u8>)) {
        self.text.push(b'"');
        push(&mut self.text);
        self.text.push(b'"');
    }

    pub(crate) fn integer(&mut self, number: i64) {
        self.text.extend_from_slice(Digits::of(number).as_bytes());
    }

    pub(crate) fn bool(&mut self, flag: bool) {
        self.text.extend_from_slice(if flag { "true" } else { "false" }.as_bytes());
    }

    pub(crate) fn null(&mut self) {
        self.text.extend_from_slice(b"null");
    }

    /// Returns the JSON.
    pub(crate) fn finish(self) -> String {
        String::from_utf8(self.text).unwrap_or_default()
    }
}

/// Writes a string with the escapes that JSON requires, and no others (RFC 8785).
pub(super) fn quoted(text: &str, to: &mut Vec<u8>) {
    to.push(b'"');
    let mut rest = text;
    while let Some((before, special)) = rest.split_at_checked(plain(rest.as_bytes())) {
        to.extend_from_slice(before.as_bytes());
        let mut characters = special.chars();
        let Some(character) = characters.next() else { break };
        escaped(character, to);
        rest = characters.as_str();
    }
    to.push(b'"');
}

fn escaped(character: char, to: &mut Vec<u8>) {
    match character {
        '"' => to.extend_from_slice(b"\\\""),
        '\\' => to.extend_from_slice(b"\\\\"),
        '\u{8}' => to.extend_from_slice(b"\\b"),
        '\u{c}' => to.extend_from_slice(b"\\f"),
        '\n' => to.extend_from_slice(b"\\n"),
        '\r' => to.extend_from_slice(b"\\r"),
        '\t' => to.extend_from_slice(b"\\t"),
        control @ '\0'..' ' => {
            to.extend_from_slice(if control < '\u{10}' { b"\\u000" } else { b"\\u001" });
            to.extend(char::from_digit(u32::from(control) & 15, 16).and_then(|digit| u8::try_from(digit).ok()));
        }
        other => to.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_written_as_another_writer_does() {
        let every: String = (0..0x300).filter_map(char::from_u32).chain("😀\u{2028}\u{ffff}".chars()).collect();
        let mut text = Vec::new();
        quoted(&every, &mut text);
        assert_eq!(text, serde_json::to_vec(&every).unwrap());
    }
}
