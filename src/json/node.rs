//! Strict reading: every error is reported with its path.

use std::cell::Cell;

use super::Shape;
use super::path::Path;
use super::tape::{Leaf, Tape};
use crate::digits::digits;
use crate::error::{Code, Error, Errors, Problems, quote};

/// The maximum number of items of an array, and of names of an object with names that the caller chooses.
pub(crate) const LONGEST: usize = 10_000;
const MOST_NAMES: usize = 1_000;

/// Reads a complete value. Any error in it, such as an unknown key in a nested object, makes the result an error.
pub(crate) fn read<T: Shape>(tape: &Tape<'_>) -> Result<T, Errors> {
    read_with(tape, |node| Some(T::read(node)))
}

/// Reads a complete value with the given reader.
///
/// This is the only gate. A reader returns a placeholder for what it cannot read, and no caller receives the value if
/// an error was reported.
pub(crate) fn read_with<T>(tape: &Tape<'_>, read: impl FnOnce(&Node<'_>) -> Option<T>) -> Result<T, Errors> {
    let problems = Cell::default();
    let whole = read(&Node { tape, place: Some(0), path: Path::Root, problems: Some(&problems) });
    problems.into_inner().finish(whole)
}

/// A value at its position in the input.
#[doc(hidden)]
pub struct Node<'a> {
    pub(super) tape: &'a Tape<'a>,
    /// `None` if no value is given.
    pub(super) place: Option<usize>,
    pub(super) path: Path<'a>,
    /// `None` below a node that already has an error, so that nothing more is reported.
    pub(super) problems: Option<&'a Cell<Problems>>,
}

impl<'a> Node<'a> {
    /// Reports an error of this value.
    #[inline(never)]
    pub(crate) fn problem(&self, code: Code, message: String) {
        if let Some(problems) = self.problems {
            let mut reported = problems.take();
            reported.add(Error::new(code, self.path.pointer(), message));
            problems.set(reported);
        }
    }

    /// Reports the errors of a check as errors of this value.
    #[inline(never)]
    pub(crate) fn report(&self, found: impl Into<Errors>) {
        if let Some(problems) = self.problems {
            let pointer = self.path.pointer();
            let mut reported = problems.take();
            reported.extend(found.into().into_iter().map(|problem| problem.prefixed(&pointer)));
            problems.set(reported);
        }
    }

    /// Returns the result of a check; its errors are reported as errors of this value.
    pub(crate) fn ok_or_report<T>(&self, answer: Result<T, impl Into<Errors>>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(errors) => {
                self.report(errors);
                None
            }
        }
    }

    /// Returns how many errors have been reported so far, in the whole input.
    pub(crate) fn count(&self) -> usize {
        count(self.problems)
    }

    /// Returns whether the input has no errors. The errors of a rule on invalid input would mean nothing.
    pub(crate) fn has_no_errors(&self) -> bool {
        self.count() == 0
    }

    pub(super) fn leaf(&self) -> Leaf<'a> {
        self.place.map_or(Leaf::Null, |place| self.tape.leaf(place))
    }

    pub(crate) fn is_null(&self) -> bool {
        self.place.is_none_or(|place| self.tape.is_null(place))
    }

    #[inline(never)]
    pub(super) fn wrong_type(&self, expected: &str) {
        self.problem(Code::WrongType, ["expected ", expected, ", got ", self.leaf().kind()].concat());
    }

    /// Returns whether the value is an object rather than a string.
    pub(crate) fn is_object(&self) -> bool {
        matches!(self.leaf(), Leaf::Object)
    }

    /// Returns whether the value is an object that gives a field.
    pub(crate) fn gives(&self, key: &str) -> bool {
        let Some((place, marks)) = self.place.and_then(|place| Some((place, self.tape.marks(place)?))) else {
            return false;
        };
        let end = self.tape.after(place);
        let found = marks.may_have(key).then(|| self.tape.find(key, place.saturating_add(1), end)).flatten();
        found.is_some_and(|(at, _)| !self.tape.is_null(at))
    }

    /// Returns the string, if the value is one.
    pub(crate) fn text_if_any(&self) -> Option<&'a str> {
        match self.leaf() {
            Leaf::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the same position without reporting errors any more.
    #[cfg(feature = "_providers")]
    pub(crate) fn silent(&self) -> Node<'a> {
        Node { problems: None, ..*self }
    }

    /// Returns the string; anything else is an error.
    pub(crate) fn text(&self) -> Option<&'a str> {
        let text = self.text_if_any();
        if text.is_none() {
            self.wrong_type("a string");
        }
        text
    }

    pub(crate) fn boolean(&self) -> bool {
        match self.leaf() {
            Leaf::Bool(flag) => flag,
            _ => {
                self.wrong_type("a boolean");
                false
            }
        }
    }

    /// Returns an integer from `min` to `max`.
    #[inline(never)]
    pub(crate) fn integer(&self, min: i64, max: i64) -> i64 {
        match self.leaf() {
            Leaf::Integer(number) if (min..=max).contains(&number) => return number,
            Leaf::Integer(number) => {
                let (min, max, number) = (digits(min), digits(max), digits(number));
                self.problem(Code::OutOfRange, ["expected ", &min, " to ", &max, ", got `", &number, "`"].concat());
            }
            Leaf::Inexact => {
                self.problem(Code::NotAnInteger, "expected an integer from -(2^53 - 1) to 2^53 - 1".into())
            }
            _ => self.wrong_type("an integer"),
        }
        min
    }

    /// Returns the index of the value; the first if it is unknown.
    #[inline(never)]
    pub(crate) fn word(&self, words: &[&str]) -> usize {
        let Some(text) = self.text() else { return 0 };
        words.iter().position(|word| *word == text).unwrap_or_else(|| {
            self.problem(Code::UnknownValue, one_of("expected one of `".into(), words.iter().copied()));
            0
        })
    }

    /// Returns the items of an array.
    #[inline(never)]
    pub(crate) fn items(&self) -> Items<'_> {
        let mut left = 0;
        if !matches!(self.leaf(), Leaf::List) {
            self.wrong_type("an array");
        } else {
            left = self.inside().count();
            if left > LONGEST {
                self.too_many(LONGEST);
                left = 0;
            }
        }
        Items { node: self, next: self.place.unwrap_or(0).saturating_add(1), index: 0, left }
    }

    /// Returns the positions of the direct children of an array or object.
    fn inside(&self) -> impl Iterator<Item = usize> {
        self.place.into_iter().flat_map(|place| self.tape.inside(place))
    }

    /// Returns the entries of an object with any names.
    #[inline(never)]
    pub(crate) fn entries(&self) -> Vec<(&'a str, Node<'_>)> {
        if !self.is_object() {
            self.wrong_type("an object");
            return Vec::new();
        }
        if self.inside().count() > MOST_NAMES {
            self.too_many(MOST_NAMES);
            return Vec::new();
        }
        let mut entries: Vec<(&'a str, Node<'_>)> = Vec::new();
        for place in self.inside() {
            let key = self.tape.key(place);
            let entry = self.child(place, Path::Key(&self.path, key));
            if key == "__proto__" {
                let message = "expected a name that every object can hold, got `__proto__`";
                entry.problem(Code::InvalidString, message.into());
            }
            if entries.iter().any(|(earlier, _)| *earlier == key)
                && let Some(problems) = self.problems
            {
                let mut reported = problems.take();
                reported.add(twice(&entry.path, key));
                problems.set(reported);
            }
            entries.push((key, entry));
        }
        entries
    }

    fn too_many(&self, most: usize) {
        self.problem(Code::TooMany, ["expected at most ", &digits(most), " entries"].concat());
    }

    fn child<'b>(&'b self, place: usize, path: Path<'b>) -> Node<'b> {
        Node { tape: self.tape, place: Some(place), path, problems: self.problems }
    }
}

/// Returns the error for a duplicate key.
pub(super) fn twice(path: &Path<'_>, key: &str) -> Error {
    Error::new(Code::DuplicateField, path.pointer(), ["expected field ", &quote(key), " once, got it twice"].concat())
}

/// Appends the allowed values. The value itself is never part of the message: it may be a secret in the wrong field.
pub(super) fn one_of<'a>(mut message: String, known: impl Iterator<Item = &'a str>) -> String {
    for (index, word) in known.enumerate() {
        if index > 0 {
            message.push_str("`, `");
        }
        message.push_str(word);
    }
    message.push('`');
    message
}

/// Returns how many errors have been reported; the maximum if errors are not reported.
pub(super) fn count(problems: Option<&Cell<Problems>>) -> usize {
    problems.map_or(usize::MAX, |problems| {
        let reported = problems.take();
        let count = reported.count();
        problems.set(reported);
        count
    })
}

/// The items of an array with their positions.
pub(crate) struct Items<'a> {
    node: &'a Node<'a>,
    next: usize,
    index: usize,
    left: usize,
}

impl Items<'_> {
    pub(crate) fn len(&self) -> usize {
        self.left
    }
}

impl<'a> Iterator for Items<'a> {
    type Item = Node<'a>;

    #[inline(never)]
    fn next(&mut self) -> Option<Node<'a>> {
        self.left = self.left.checked_sub(1)?;
        let item = self.node.child(self.next, Path::Index(&self.node.path, self.index));
        self.next = self.node.tape.after(self.next);
        self.index = self.index.saturating_add(1);
        Some(item)
    }
}
