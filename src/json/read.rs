//! Strict reading: every problem is told, with its place.

use std::cell::Cell;

use super::Shape;
use super::keys::{Keys, each, first};
use super::path::Path;
use super::value::{Key, Value};
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems, quote};

/// The most entries of a list, and the most names of an object that has any.
pub(crate) const LONGEST: usize = 10_000;
const MOST_NAMES: usize = 1_000;

/// Reads a whole value. Any problem, such as an unknown key deep inside, makes it an error.
pub(crate) fn read<T: Shape>(value: &Value) -> Result<T, Errors> {
    read_with(value, |node| Some(T::read(node)))
}

/// As [`read`], with the reader given.
pub(crate) fn read_with<T>(value: &Value, read: impl FnOnce(&Node<'_>) -> Option<T>) -> Result<T, Errors> {
    let problems = Cell::default();
    let whole = read(&Node { value, path: Path::Root, problems: Some(&problems) });
    problems.into_inner().finish(whole)
}

/// A value at its place in the input.
#[doc(hidden)]
pub struct Node<'a> {
    value: &'a Value,
    path: Path<'a>,
    /// None below something that is wrong already: of that no more is told.
    problems: Option<&'a Cell<Problems>>,
}

/// What stands at a place where nothing is given.
static NOTHING: Value = Value::Null;

impl<'a> Node<'a> {
    /// Tells a problem with this value.
    #[inline(never)]
    pub(crate) fn problem(&self, code: Code, message: String) {
        if let Some(problems) = self.problems {
            let mut told = problems.take();
            told.add(Error::new(code, self.path.pointer(), message));
            problems.set(told);
        }
    }

    /// Tells the problems of a check as problems of this value.
    #[inline(never)]
    pub(crate) fn report(&self, found: impl Into<Errors>) {
        if let Some(problems) = self.problems {
            let pointer = self.path.pointer();
            let mut told = problems.take();
            told.extend(found.into().into_iter().map(|problem| problem.prefixed(&pointer)));
            problems.set(told);
        }
    }

    /// Takes the answer of a check, its problems told as problems of this value.
    pub(crate) fn ok_or_report<T>(&self, answer: Result<T, impl Into<Errors>>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(errors) => {
                self.report(errors);
                None
            }
        }
    }

    /// How many problems have been told so far, here or elsewhere.
    fn count(&self) -> usize {
        count(self.problems)
    }

    /// Whether nothing is wrong with the input: what a rule makes of a wrong one is no news.
    pub(crate) fn has_no_errors(&self) -> bool {
        self.count() == 0
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self.value, Value::Null)
    }

    #[inline(never)]
    fn wrong_type(&self, expected: &str) {
        self.problem(Code::WrongType, ["expected ", expected, ", found ", self.value.kind()].concat());
    }

    /// Whether the value is an object rather than a word.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Value::Object(_))
    }

    /// The text, where it is one rather than a number.
    #[cfg(feature = "_providers")]
    pub(crate) fn text_if_any(&self) -> Option<&'a str> {
        match self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The same place, of which nothing is told any more.
    #[cfg(feature = "_providers")]
    pub(crate) fn silent(&self) -> Node<'a> {
        Node { problems: None, path: self.path, value: self.value }
    }

    /// The text; none where there is something else.
    pub(crate) fn text(&self) -> Option<&'a str> {
        match self.value {
            Value::Text(text) => Some(text),
            _ => {
                self.wrong_type("a text");
                None
            }
        }
    }

    pub(crate) fn boolean(&self) -> bool {
        match self.value {
            Value::Bool(flag) => *flag,
            _ => {
                self.wrong_type("true or false");
                false
            }
        }
    }

    /// A whole number from `min` to `max`.
    #[inline(never)]
    pub(crate) fn integer(&self, min: i64, max: i64) -> i64 {
        match self.value {
            Value::Integer(number) if (min..=max).contains(number) => return *number,
            Value::Integer(number) => {
                let (min, max, number) = (digits(min), digits(max), digits(*number));
                self.problem(Code::OutOfRange, ["expected ", &min, " to ", &max, ", found `", &number, "`"].concat());
            }
            Value::Inexact => self.problem(Code::NotAnInteger, "expected a whole number of at most 2^53 - 1".into()),
            _ => self.wrong_type("a whole number"),
        }
        min
    }

    /// Which of the words stands here; the first where it is none of them.
    #[inline(never)]
    pub(crate) fn word(&self, words: &[&str]) -> usize {
        let Some(text) = self.text() else { return 0 };
        words.iter().position(|word| *word == text).unwrap_or_else(|| {
            self.problem(Code::UnknownValue, one_of("expected one of `".into(), words.iter().copied()));
            0
        })
    }

    /// The items of a list.
    #[inline(never)]
    pub(crate) fn items(&self) -> Items<'_> {
        let mut items: &[Value] = &[];
        match self.value {
            Value::List(list) if list.len() <= LONGEST => items = list,
            Value::List(_) => self.too_many(LONGEST),
            _ => self.wrong_type("a list"),
        }
        Items { node: self, items, next: 0 }
    }

    /// The entries of an object under any names.
    #[inline(never)]
    pub(crate) fn entries(&self) -> &'a [(Key, Value)] {
        let Value::Object(entries) = self.value else {
            self.wrong_type("an object");
            return &[];
        };
        if entries.len() > MOST_NAMES {
            self.too_many(MOST_NAMES);
            return &[];
        }
        for (index, entry) in entries.iter().enumerate() {
            if entry.0 == "__proto__" {
                let message = "expected a name that every object can hold, found `__proto__`";
                self.entry(entry).problem(Code::InvalidString, message.into());
            }
            self.stands_once(&entry.0, entries.get(..index).unwrap_or_default());
        }
        entries
    }

    fn too_many(&self, most: usize) {
        self.problem(Code::TooMany, ["expected at most ", &digits(most), " entries"].concat());
    }

    /// The value of an entry, at its place.
    pub(crate) fn entry<'b>(&'b self, (key, value): &'b (Key, Value)) -> Node<'b> {
        self.child(value, Path::Key(&self.path, key))
    }

    /// Tells a key that stands among the entries before it.
    fn stands_once(&self, key: &str, before: &[(Key, Value)]) {
        if before.iter().any(|(earlier, _)| earlier == key) {
            let place = self.child(&NOTHING, Path::Key(&self.path, key));
            place.problem(Code::DuplicateField, ["field ", &quote(key), " stands twice"].concat());
        }
    }

    /// An object with none but the given fields, which are then read one after the other.
    pub(crate) fn object<'b>(&'b self, fields: Keys) -> Fields<'b> {
        self.object_by("", fields)
    }

    /// As [`object`](Self::object), of one with a field besides that tells which of several shapes it has, and is read by
    /// [`tag`](Self::tag).
    #[inline(never)]
    pub(crate) fn object_by<'b>(&'b self, tag: &str, fields: Keys) -> Fields<'b> {
        let Value::Object(entries) = self.value else {
            self.wrong_type("an object");
            return Fields::new(&self.path, &[], None, fields);
        };
        for (index, (key, value)) in entries.iter().enumerate() {
            let is_field = (!tag.is_empty() && key == tag) || each(fields).any(|(field, _)| field == key);
            if is_field {
                self.stands_once(key, entries.get(..index).unwrap_or_default());
            } else {
                let known = Some(tag).filter(|tag| !tag.is_empty()).into_iter();
                let known = known.chain(each(fields).map(|(field, _)| field));
                self.child(value, Path::Key(&self.path, key)).problem(
                    Code::UnknownField,
                    one_of(["unknown field ", &quote(key), ", expected one of `"].concat(), known),
                );
            }
        }
        Fields::new(&self.path, entries, self.problems, fields)
    }

    /// The word of the field that tells which of several shapes an object has: its place among the words, and the object. Where
    /// the word is not known, that is told, and no more of the object.
    #[inline(never)]
    pub(crate) fn tag(&self, key: Keys, words: &[&str]) -> (usize, Node<'_>) {
        let mut object = self.child(self.value, self.path);
        let before = self.count();
        let index = match self.value {
            Value::Object(entries) => Fields::new(&self.path, entries, self.problems, key).next().word(words),
            _ => {
                self.wrong_type("an object");
                0
            }
        };
        if self.count() != before {
            object.problems = None;
        }
        (index, object)
    }

    fn child<'b>(&'b self, value: &'b Value, path: Path<'b>) -> Node<'b> {
        Node { value, path, problems: self.problems }
    }
}

fn count(problems: Option<&Cell<Problems>>) -> usize {
    problems.map_or(usize::MAX, |problems| {
        let told = problems.take();
        let count = told.count();
        problems.set(told);
        count
    })
}

/// What may stand at a place. A value is never part of it: it may be a secret in the wrong field.
fn one_of<'a>(mut message: String, known: impl Iterator<Item = &'a str>) -> String {
    for (index, word) in known.enumerate() {
        if index > 0 {
            message.push_str("`, `");
        }
        message.push_str(word);
    }
    message.push('`');
    message
}

/// The items of a list, each at its place.
pub(crate) struct Items<'a> {
    node: &'a Node<'a>,
    items: &'a [Value],
    next: usize,
}

impl<'a> Items<'a> {
    pub(crate) fn len(&self) -> usize {
        self.items.len()
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Node<'a>> {
        let index = self.next;
        let value = self.items.get(index)?;
        self.next = index.saturating_add(1);
        Some(self.node.child(value, Path::Index(&self.node.path, index)))
    }
}

/// The fields of an object, in the order of its shape. Absent and null are the same: not given.
pub(crate) struct Fields<'a> {
    path: &'a Path<'a>,
    entries: &'a [(Key, Value)],
    problems: Option<&'a Cell<Problems>>,
    /// Those that have not been read yet.
    fields: Keys,
    /// How many problems had been told before the first of them was read.
    told: usize,
}

impl<'a> Fields<'a> {
    fn new(
        path: &'a Path<'a>,
        entries: &'a [(Key, Value)],
        problems: Option<&'a Cell<Problems>>,
        fields: Keys,
    ) -> Self {
        Self { path, entries, problems, fields, told: count(problems) }
    }

    /// Whether all that has been read could be: only then a check of how it goes together says something.
    pub(crate) fn have_no_errors(&self) -> bool {
        self.problems.is_some() && count(self.problems) == self.told
    }

    /// The next field. Where it is not given but has to be, that is told, and no more of it.
    #[inline(never)]
    pub(crate) fn next(&mut self) -> Node<'a> {
        let ((key, required), rest) = first(self.fields);
        self.fields = rest;
        let found = self.entries.iter().find(|(name, _)| name == key);
        let mut node = Node {
            value: found.map_or(&NOTHING, |(_, value)| value),
            path: Path::Key(self.path, key),
            problems: self.problems,
        };
        if required && node.is_null() {
            node.problem(Code::MissingField, ["`", key, "` is missing"].concat());
            node.problems = None;
        }
        node
    }

    pub(crate) fn required<T: Shape>(&mut self) -> T {
        T::read(&self.next())
    }

    pub(crate) fn optional<T: Shape>(&mut self) -> Option<T> {
        Option::read(&self.next())
    }

    /// An optional field, none also where it is wrong: for checks that mean something only where it is not.
    pub(crate) fn readable<T: Shape>(&mut self) -> Option<T> {
        let node = self.next();
        let told = node.count();
        let value = Option::read(&node);
        if node.count() == told { value } else { None }
    }

    pub(crate) fn nullable<T: Shape>(&mut self) -> Option<T> {
        Option::read(&self.next())
    }

    /// A field that stands for its default when it is absent.
    pub(crate) fn defaulted<T: Shape + Default>(&mut self) -> T {
        Option::read(&self.next()).unwrap_or_default()
    }
}
