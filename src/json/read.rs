//! Strict reading: every problem is told, with its place.

use std::cell::RefCell;

use super::value::{Key, MAX_SAFE, Value};
use super::{Shape, sealed};
use crate::error::{Code, Error, Errors, Problems, quote};

/// Reads a whole value. Any problem, such as an unknown key deep inside, makes it an error.
pub(crate) fn read<T: Shape>(value: &Value) -> Result<T, Errors> {
    read_with(value, T::read)
}

/// As [`read`], with the reader given.
pub(crate) fn read_with<T>(value: &Value, read: impl FnOnce(&Node<'_>) -> Option<T>) -> Result<T, Errors> {
    let problems = RefCell::default();
    let whole = read(&Node { value, path: Path::Root, problems: &problems });
    problems.into_inner().done(whole)
}

#[derive(Clone, Copy)]
enum Path<'a> {
    Root,
    Key(&'a Path<'a>, &'a str),
    Index(&'a Path<'a>, usize),
}

impl Path<'_> {
    fn pointer(&self) -> String {
        match self {
            Path::Root => String::new(),
            Path::Key(parent, key) => [parent.pointer(), key.replace('~', "~0").replace('/', "~1")].join("/"),
            Path::Index(parent, index) => [parent.pointer(), index.to_string()].join("/"),
        }
    }
}

/// A value at its place in the input.
#[doc(hidden)]
pub struct Node<'a> {
    value: &'a Value,
    path: Path<'a>,
    problems: &'a RefCell<Problems>,
}

impl<'a> Node<'a> {
    /// Tells a problem with this value. Gives `None`, so that a reader can end with it.
    pub(crate) fn problem<T>(&self, code: Code, message: impl Into<String>) -> Option<T> {
        self.problems.borrow_mut().push(Error::new(code, self.path.pointer(), message));
        None
    }

    /// Takes the answer of a check; its problems are told as problems of this value.
    pub(crate) fn accept<T>(&self, answer: Result<T, impl Into<Errors>>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(errors) => {
                let pointer = self.path.pointer();
                let problems = errors.into();
                self.problems.borrow_mut().extend(problems.iter().map(|problem| problem.clone().under(&pointer)));
                None
            }
        }
    }

    /// Takes the answer of a rule to the input as a whole. Where the input has problems already, what the rule makes of it
    /// is no news.
    pub(crate) fn answer<T>(&self, answer: Result<T, impl Into<Errors>>) -> Option<T> {
        if self.problems.borrow().count() == 0 { self.accept(answer) } else { None }
    }

    fn wrong_type<T>(&self, expected: &str) -> Option<T> {
        self.problem(Code::WrongType, ["expected ", expected, ", found ", self.value.kind()].concat())
    }

    /// Whether the value is an object rather than a word.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// Whether the value is a text rather than a number.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.value, Value::Text(_))
    }

    /// The field that tells which of several shapes an object has.
    pub(crate) fn tag<T: Shape>(&self, key: &'static str) -> Option<T> {
        let Value::Object(entries) = self.value else { return self.wrong_type("an object") };
        Fields { node: self, entries }.required(key)
    }

    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value {
            Value::Text(text) => Some(text),
            _ => self.wrong_type("a text"),
        }
    }

    pub(crate) fn boolean(&self) -> Option<bool> {
        match self.value {
            Value::Bool(flag) => Some(*flag),
            _ => self.wrong_type("true or false"),
        }
    }

    /// A whole number from `min` to `max`.
    pub(crate) fn integer(&self, min: i64, max: i64) -> Option<i64> {
        match self.value {
            Value::Integer(number) if (min..=max).contains(number) => Some(*number),
            Value::Integer(number) => self.problem(
                Code::OutOfRange,
                ["expected ", &min.to_string(), " to ", &max.to_string(), ", found `", &number.to_string(), "`"]
                    .concat(),
            ),
            Value::Inexact => self.problem(Code::NotAnInteger, "expected a whole number of at most 2^53 - 1"),
            _ => self.wrong_type("a whole number"),
        }
    }

    /// The items of a list of at most `most`.
    pub(crate) fn list_with<T>(&self, most: usize, read: impl Fn(&Node<'_>) -> Option<T>) -> Option<Vec<T>> {
        let Value::List(items) = self.value else { return self.wrong_type("a list") };
        if items.len() > most {
            return self.problem(Code::TooMany, ["expected at most ", &most.to_string(), " entries"].concat());
        }
        // Each item is read before the first failure counts, so that all problems are told.
        let read = |(index, item)| read(&self.child(item, Path::Index(&self.path, index)));
        let items: Vec<Option<T>> = items.iter().enumerate().map(read).collect();
        items.into_iter().collect()
    }

    /// An object of texts under any names.
    pub(crate) fn texts_by_name(&self) -> Option<Vec<(String, String)>> {
        self.by_name(String::read)
    }

    /// An object under any names.
    pub(crate) fn by_name<T>(&self, read: impl Fn(&Node<'_>) -> Option<T>) -> Option<Vec<(String, T)>> {
        let Value::Object(entries) = self.value else { return self.wrong_type("an object") };
        let entry = |(index, (key, value)): (usize, &(Key, Value))| {
            let place = self.child(value, Path::Key(&self.path, key));
            place.stands_once(key, entries.get(..index).unwrap_or_default());
            Some((key.to_string(), read(&place)?))
        };
        let entries: Vec<_> = entries.iter().enumerate().map(entry).collect();
        entries.into_iter().collect()
    }

    /// Tells a key that stands among the entries before it.
    fn stands_once(&self, key: &str, before: &[(Key, Value)]) {
        if before.iter().any(|(earlier, _)| earlier == key) {
            self.problem::<()>(Code::DuplicateField, ["field ", &quote(key), " stands twice"].concat());
        }
    }

    /// An object with none but the given fields.
    pub(crate) fn object(&self, fields: &[&str]) -> Option<Fields<'_>> {
        let Value::Object(entries) = self.value else { return self.wrong_type("an object") };
        for (index, (key, value)) in entries.iter().enumerate() {
            let place = self.child(value, Path::Key(&self.path, key));
            if !fields.contains(&key.as_ref()) {
                place.problem::<()>(Code::UnknownField, unknown("field", key, fields));
            } else {
                place.stands_once(key, entries.get(..index).unwrap_or_default());
            }
        }
        Some(Fields { node: self, entries })
    }

    pub(crate) fn unknown_word<T>(&self, word: &str, words: &[&str]) -> Option<T> {
        self.problem(Code::UnknownValue, unknown("value", word, words))
    }

    /// As [`unknown_word`](Self::unknown_word), of a field.
    pub(crate) fn unknown_word_at<T>(&self, key: &str, word: &str, words: &[&str]) -> Option<T> {
        self.child(&Value::Null, Path::Key(&self.path, key)).unknown_word(word, words)
    }

    fn child<'b>(&'b self, value: &'b Value, path: Path<'b>) -> Node<'b> {
        Node { value, path, problems: self.problems }
    }
}

fn unknown(what: &str, found: &str, known: &[&str]) -> String {
    ["unknown ", what, " ", &quote(found), ", expected one of `", &known.join("`, `"), "`"].concat()
}

/// The fields of an object. Absent and null are the same: not given.
pub(crate) struct Fields<'a> {
    node: &'a Node<'a>,
    entries: &'a [(Key, Value)],
}

impl Fields<'_> {
    /// A field that is given, at its place.
    fn given(&self, key: &'static str) -> Option<Node<'_>> {
        match self.entries.iter().find(|(name, _)| name == key) {
            None | Some((_, Value::Null)) => None,
            Some((_, value)) => Some(self.node.child(value, Path::Key(&self.node.path, key))),
        }
    }

    fn missing(&self, key: &'static str) {
        let place = self.node.child(&Value::Null, Path::Key(&self.node.path, key));
        place.problem::<()>(Code::MissingField, ["`", key, "` is missing"].concat());
    }

    /// Reads a field that has to be there with a reader of its own.
    pub(crate) fn required_with<T>(&self, key: &'static str, read: impl FnOnce(&Node<'_>) -> Option<T>) -> Option<T> {
        match self.given(key) {
            Some(node) => read(&node),
            None => {
                self.missing(key);
                None
            }
        }
    }

    pub(crate) fn required<T: Shape>(&self, key: &'static str) -> Option<T> {
        self.required_with(key, T::read)
    }

    pub(crate) fn optional<T: Shape>(&self, key: &'static str) -> Option<Option<T>> {
        match self.given(key) {
            Some(node) => T::read(&node).map(Some),
            None => Some(None),
        }
    }

    /// A field that stands for its default when it is absent.
    pub(crate) fn defaulted<T: Shape + Default>(&self, key: &'static str) -> Option<T> {
        self.optional(key).map(Option::unwrap_or_default)
    }

    pub(crate) fn nullable<T: Shape>(&self, key: &'static str) -> Option<Option<T>> {
        self.optional(key)
    }
}

impl sealed::Sealed for String {}

impl Shape for String {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.text().map(Self::from)
    }

    fn write(&self) -> Value {
        Value::text(self.as_str())
    }
}

impl sealed::Sealed for bool {}

impl Shape for bool {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.boolean()
    }

    fn write(&self) -> Value {
        Value::Bool(*self)
    }
}

impl sealed::Sealed for u32 {}

impl Shape for u32 {
    fn read(node: &Node<'_>) -> Option<Self> {
        node.integer(0, u32::MAX.into()).and_then(|number| number.try_into().ok())
    }

    fn write(&self) -> Value {
        Value::Integer((*self).into())
    }
}

/// A whole number as large as the doors allow.
pub(crate) fn safe_integer(node: &Node<'_>) -> Option<i64> {
    node.integer(-MAX_SAFE, MAX_SAFE)
}
