//! The fields of an object, read by key.

use std::cell::Cell;

use super::Shape;
use super::keys::{Keys, each};
use super::node::{Node, count, one_of, twice};
use super::path::Path;
use super::tape::{Marks, Tape};
use crate::error::{Code, Error, Problems, quote};

/// The fields of an object, read by key. Absent and null are equal.
pub(crate) struct Fields<'a> {
    tape: &'a Tape<'a>,
    /// The positions of the object and of its end; equal if there is none.
    place: usize,
    end: usize,
    marks: Marks,
    path: &'a Path<'a>,
    problems: Option<&'a Cell<Problems>>,
    /// The entry after the last one found, which is usually the next to be found.
    next: usize,
    /// Whether entries before that were skipped.
    has_passed: bool,
    /// How many entries were found.
    found: usize,
    /// How many errors had been reported before the first field was read.
    reported: usize,
}

impl<'a> Fields<'a> {
    /// Begins to read the fields of a node.
    #[inline(never)]
    pub(super) fn of(node: &'a Node<'a>) -> Self {
        let place = node.place.unwrap_or(0);
        let marks = node.place.and_then(|place| node.tape.marks(place));
        let is_object = marks.is_some();
        if !is_object {
            node.wrong_type("an object");
        }
        let next = place.saturating_add(1);
        Self {
            tape: node.tape,
            place,
            end: if is_object { node.tape.after(place) } else { next },
            path: &node.path,
            // Nothing more is reported below a node that already has an error.
            problems: if is_object { node.problems } else { None },
            marks: marks.unwrap_or_default(),
            next,
            has_passed: false,
            found: 0,
            reported: count(node.problems),
        }
    }

    /// Returns whether all fields so far were valid. Only then is a check across fields meaningful.
    pub(crate) fn have_no_errors(&self) -> bool {
        self.problems.is_some() && count(self.problems) == self.reported
    }

    /// Returns the position of an entry.
    #[inline(never)]
    fn find(&mut self, key: &str) -> Option<usize> {
        // It is usually the next one, or absent.
        if self.next < self.end && self.tape.has_key(self.next, key) {
            let at = self.next;
            self.next = self.tape.after(at);
            self.found = self.found.saturating_add(1);
            return Some(at);
        }
        if !self.marks.may_have(key) {
            return None;
        }
        if let Some((at, after)) = self.tape.find(key, self.next, self.end) {
            self.has_passed |= at != self.next;
            self.next = after;
            self.found = self.found.saturating_add(1);
            return Some(at);
        }
        if !self.has_passed {
            return None;
        }
        let (at, _) = self.tape.find(key, self.place.saturating_add(1), self.next)?;
        self.found = self.found.saturating_add(1);
        Some(at)
    }

    /// Returns a field that has to be given. Where it is not, that is reported, and no more of it.
    #[inline(never)]
    pub(crate) fn node(&mut self, key: &'static str) -> Node<'a> {
        let place = self.find(key);
        let mut node = Node { tape: self.tape, place, path: Path::Key(self.path, key), problems: self.problems };
        if node.is_null() {
            node.problem(Code::MissingField, ["expected `", key, "`, got nothing"].concat());
            node.problems = None;
        }
        node
    }

    /// Returns a field that is given.
    #[inline(never)]
    fn given(&mut self, key: &'static str) -> Option<Node<'a>> {
        let place = self.find(key)?;
        if self.tape.is_null(place) {
            return None;
        }
        Some(Node { tape: self.tape, place: Some(place), path: Path::Key(self.path, key), problems: self.problems })
    }

    pub(crate) fn required<T: Shape>(&mut self, key: &'static str) -> T {
        T::read(&self.node(key))
    }

    pub(crate) fn optional<T: Shape>(&mut self, key: &'static str) -> Option<T> {
        self.given(key).map(|node| T::read(&node))
    }

    pub(crate) fn nullable<T: Shape>(&mut self, key: &'static str) -> Option<T> {
        self.optional(key)
    }

    /// Returns an optional field; `None` also if it is invalid, for checks that are only meaningful if it is valid.
    pub(crate) fn readable<T: Shape>(&mut self, key: &'static str) -> Option<T> {
        let node = self.given(key)?;
        let reported = node.count();
        let value = T::read(&node);
        if node.count() == reported { Some(value) } else { None }
    }

    /// Returns a field, or its default if it is absent.
    pub(crate) fn defaulted<T: Shape + Default>(&mut self, key: &'static str) -> T {
        self.optional(key).unwrap_or_default()
    }

    /// Skips the field that selects one of several shapes.
    pub(super) fn skip(&mut self, tag: &str) {
        if !tag.is_empty() {
            self.find(tag);
        }
    }

    /// Reports the entries that are unknown or duplicate.
    #[inline(never)]
    pub(super) fn end(&self, tag: &str, keys: Keys) {
        // Entries are counted when they are found. The details matter only if some were not found.
        let Some(problems) = self.problems else { return };
        if self.tape.inside(self.place).take_while(|at| *at < self.end).count() == self.found {
            return;
        }
        let mut found = Vec::new();
        let first = self.place.saturating_add(1);
        for at in self.tape.inside(self.place) {
            let key = self.tape.key(at);
            let path = Path::Key(self.path, key);
            let is_tag = key == tag && !tag.is_empty();
            if !is_tag && each(keys).all(|field| field != key) {
                let separator = if tag.is_empty() { "" } else { "`, `" };
                let message = ["unknown field ", &quote(key), ", expected one of `", tag, separator].concat();
                found.push(Error::new(Code::UnknownField, path.pointer(), one_of(message, each(keys))));
            } else if self.tape.find(key, first, at).is_some() {
                found.push(twice(&path, key));
            }
        }
        // These errors come before those of the fields.
        let mut reported = problems.take();
        reported.insert(self.reported, found);
        problems.set(reported);
    }
}

impl Node<'_> {
    /// Returns whether the value is an object with a field.
    #[cfg(feature = "life")]
    pub(crate) fn has_field(&self, key: &str) -> bool {
        let has = |place: usize| self.tape.find(key, place.saturating_add(1), self.tape.after(place)).is_some();
        self.is_object() && self.place.is_some_and(has)
    }

    /// Reads an object with only the given fields.
    pub(crate) fn object<T>(&self, keys: Keys, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        self.object_by("", keys, read)
    }

    /// Reads an object like [`object`](Self::object) that also has a field that selects one of several shapes, which
    /// [`tag`](Self::tag) reads.
    pub(crate) fn object_by<T>(&self, tag: &str, keys: Keys, read: impl FnOnce(&mut Fields<'_>) -> T) -> T {
        let mut fields = Fields::of(self);
        fields.skip(tag);
        let whole = read(&mut fields);
        fields.end(tag, keys);
        whole
    }

    /// Returns the index of the value of the field that selects one of several shapes, and the object. An unknown value
    /// is reported, and nothing more about the object.
    #[inline(never)]
    pub(crate) fn tag(&self, key: &'static str, words: &[&str]) -> (usize, Node<'_>) {
        let mut object = Node { path: self.path, ..*self };
        let before = self.count();
        let index = if self.is_object() {
            Fields::of(self).node(key).word(words)
        } else {
            self.wrong_type("an object");
            0
        };
        if self.count() != before {
            object.problems = None;
        }
        (index, object)
    }
}
