//! A value laid flat: each item with its key and how many items it takes, in the order of the input. Texts stay where they are.

use crate::json::MAX_SAFE;

/// A part of the texts of a tape.
#[derive(Clone, Copy, Default)]
struct Span {
    start: u32,
    len: u32,
}

/// A mark for each key of an object, so that most keys that are absent need not be looked for.
#[derive(Clone, Copy, Default)]
pub(crate) struct Marks(u64);

impl Marks {
    const ALL: Self = Self(u64::MAX);

    fn of(key: &[u8]) -> u64 {
        let (first, last) = (key.first().copied().unwrap_or(0), key.last().copied().unwrap_or(0));
        let place = u32::from(first).wrapping_mul(5) ^ u32::from(last).wrapping_mul(3) ^ (key.len() as u32);
        1u64.wrapping_shl(place)
    }

    fn add(&mut self, key: &[u8]) {
        self.0 |= Self::of(key);
    }

    /// Returns false where the key is surely absent.
    pub(super) fn may_have(self, key: &str) -> bool {
        self.0 & Self::of(key.as_bytes()) != 0
    }
}

/// What an item is.
#[derive(Clone, Copy)]
enum Kind {
    Null,
    Bool(bool),
    Integer(i64),
    Inexact,
    /// A number by its digits.
    #[cfg(feature = "_providers")]
    Digits(Span),
    Text(Span),
    List,
    /// With the marks of its keys.
    Object(Marks),
    #[cfg_attr(
        not(all(target_arch = "wasm32", feature = "js")),
        expect(dead_code, reason = "only JavaScript has such things")
    )]
    Foreign(Foreign),
}

#[derive(Clone, Copy)]
struct Item {
    key: Span,
    kind: Kind,
    /// How many items it takes, itself included.
    len: u32,
}

/// What an item is, with its text.
pub(crate) enum Leaf<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    /// NaN, an infinity, a fraction, or a number too large to be exact. Only ever refused.
    Inexact,
    /// A number by its digits, where they are kept.
    #[cfg(feature = "_providers")]
    Digits(&'a str),
    Text(&'a str),
    List,
    Object,
    /// Something that JSON cannot hold. Only ever refused.
    Foreign(Foreign),
}

impl Leaf<'_> {
    /// Returns what it is, for "expected …, found …".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Leaf::Null => "nothing",
            Leaf::Bool(_) => "a boolean",
            Leaf::Integer(_) | Leaf::Inexact => "a number",
            #[cfg(feature = "_providers")]
            Leaf::Digits(_) => "a number",
            Leaf::Text(_) => "a text",
            Leaf::List => "a list",
            Leaf::Object => "an object",
            Leaf::Foreign(foreign) => foreign.name(),
        }
    }
}

/// Names what only JavaScript has.
macro_rules! foreign {
    ($($variant:ident $name:literal,)*) => {
        /// Something that JSON cannot hold.
        #[derive(Clone, Copy)]
        #[cfg_attr(
            not(all(target_arch = "wasm32", feature = "js")),
            expect(dead_code, reason = "only JavaScript has such things")
        )]
        pub(crate) enum Foreign { $($variant),* }

        impl Foreign {
            fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

foreign! {
    Bigint "a bigint",
    Symbol "a symbol",
    Function "a function",
    Date "a JS Date",
    Map "a Map",
    Set "a Set",
    Promise "a Promise",
    Instance "an instance of a class",
    ListWithFields "a list with fields of its own",
    TooDeep "an object that is nested too deeply",
    ObjectThrows "an object that throws",
    PropertyThrows "a property that throws",
    IllFormed "a text that is not well-formed Unicode",
}

/// A value laid flat. The first item is the whole.
#[derive(Default)]
pub(crate) struct Tape<'a> {
    /// The input, of which most texts are parts.
    source: &'a str,
    /// The texts that are not: their places begin where the input ends.
    extra: String,
    items: Vec<Item>,
    /// The key of the item that comes next.
    key: Span,
}

impl<'a> Tape<'a> {
    /// Returns an empty tape over an input of at most 2 GiB; none where it is larger.
    pub(crate) fn new(source: &'a str) -> Option<Self> {
        i32::try_from(source.len()).ok()?;
        // A key and a value of some bytes each.
        let items = Vec::with_capacity(source.len().checked_div(12).unwrap_or(0));
        Some(Self { source, items, ..Self::default() })
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.leaf(0), Leaf::List)
    }

    /// Returns a part of the input.
    pub(super) fn source(&self, start: usize, end: usize) -> Option<&'a str> {
        self.source.get(start..end)
    }

    /// Returns the text of which a part is one, and where in it that begins.
    fn whole(&self, span: Span) -> (&str, usize) {
        let start = span.start as usize;
        match start.checked_sub(self.source.len()) {
            Some(start) if span.len > 0 => (&self.extra, start),
            _ => (self.source, start),
        }
    }

    fn text_at(&self, span: Span) -> &str {
        let (text, start) = self.whole(span);
        text.get(start..start.saturating_add(span.len as usize)).unwrap_or_default()
    }

    fn bytes_at(&self, span: Span) -> Option<&[u8]> {
        let (text, start) = self.whole(span);
        text.as_bytes().get(start..start.saturating_add(span.len as usize))
    }

    pub(crate) fn key(&self, at: usize) -> &str {
        self.items.get(at).map_or("", |item| self.text_at(item.key))
    }

    pub(crate) fn leaf(&self, at: usize) -> Leaf<'_> {
        match self.items.get(at).map_or(Kind::Null, |item| item.kind) {
            Kind::Null => Leaf::Null,
            Kind::Bool(flag) => Leaf::Bool(flag),
            Kind::Integer(number) => Leaf::Integer(number),
            Kind::Inexact => Leaf::Inexact,
            #[cfg(feature = "_providers")]
            Kind::Digits(digits) => Leaf::Digits(self.text_at(digits)),
            Kind::Text(text) => Leaf::Text(self.text_at(text)),
            Kind::List => Leaf::List,
            Kind::Object(_) => Leaf::Object,
            Kind::Foreign(foreign) => Leaf::Foreign(foreign),
        }
    }

    pub(super) fn is_null(&self, at: usize) -> bool {
        self.items.get(at).is_none_or(|item| matches!(item.kind, Kind::Null))
    }

    /// Returns the marks of an object; none where it is something else.
    pub(super) fn marks(&self, at: usize) -> Option<Marks> {
        match self.items.get(at)?.kind {
            Kind::Object(marks) => Some(marks),
            _ => None,
        }
    }

    /// Returns whether the item at a place has a key.
    pub(super) fn has_key(&self, at: usize, key: &str) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.key.len as usize == key.len() && self.bytes_at(item.key) == Some(key.as_bytes()))
    }

    /// Returns the place of the first item of a key from one place to another, and the place after it.
    #[inline(never)]
    pub(super) fn find(&self, key: &str, from: usize, end: usize) -> Option<(usize, usize)> {
        let mut at = from;
        while at < end {
            let item = self.items.get(at)?;
            let after = at.saturating_add(item.len as usize);
            if self.has_key(at, key) {
                return Some((at, after));
            }
            at = after;
        }
        None
    }

    /// Returns the place after an item and all that is in it.
    pub(super) fn after(&self, at: usize) -> usize {
        at.saturating_add(self.items.get(at).map_or(1, |item| item.len as usize))
    }

    /// Returns the places of the items that are directly in an item.
    pub(crate) fn inside(&self, at: usize) -> impl Iterator<Item = usize> {
        let end = self.after(at);
        let mut next = at.saturating_add(1);
        std::iter::from_fn(move || {
            let this = next;
            next = self.after(this);
            if this < end { Some(this) } else { None }
        })
    }
}

/// Putting a tape together.
impl Tape<'_> {
    fn push(&mut self, kind: Kind) {
        self.items.push(Item { key: self.key, kind, len: 1 });
        self.key = Span::default();
    }

    pub(crate) fn null(&mut self) {
        self.push(Kind::Null);
    }

    pub(crate) fn bool(&mut self, flag: bool) {
        self.push(Kind::Bool(flag));
    }

    /// A JavaScript number. Whole numbers that are exact become integers.
    pub(crate) fn number(&mut self, number: f64) {
        const LIMIT: f64 = MAX_SAFE as f64;
        let is_exact = number.fract() == 0.0 && number.abs() <= LIMIT;
        self.push(if is_exact { Kind::Integer(number as i64) } else { Kind::Inexact });
    }

    /// A number that is no exact integer.
    pub(crate) fn inexact(&mut self) {
        self.push(Kind::Inexact);
    }

    pub(crate) fn integer(&mut self, number: i64) {
        let is_exact = number.unsigned_abs() <= MAX_SAFE.unsigned_abs();
        self.push(if is_exact { Kind::Integer(number) } else { Kind::Inexact });
    }

    #[cfg(all(target_arch = "wasm32", feature = "js"))]
    pub(crate) fn foreign(&mut self, foreign: Foreign) {
        self.push(Kind::Foreign(foreign));
    }

    /// A number by its digits, from one place of the input to another.
    #[cfg(feature = "_providers")]
    pub(crate) fn digits_between(&mut self, start: usize, end: usize) {
        let digits = part(start, end);
        self.push(Kind::Digits(digits));
    }

    /// A text, from one place of the input to another.
    pub(crate) fn text_between(&mut self, start: usize, end: usize) {
        let text = part(start, end);
        self.push(Kind::Text(text));
    }

    pub(crate) fn text(&mut self, text: &str) {
        let text = self.keep(text);
        self.push(Kind::Text(text));
    }

    /// Gives the item that comes next its key, from one place of the input to another. `marks` are those of the object.
    pub(crate) fn key_between(&mut self, start: usize, end: usize, marks: &mut Marks) {
        self.key = part(start, end);
        marks.add(self.source.as_bytes().get(start..end).unwrap_or_default());
    }

    /// Gives the item that comes next its key.
    pub(crate) fn named(&mut self, key: &str, marks: &mut Marks) {
        self.key = self.keep(key);
        marks.add(key.as_bytes());
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.source.len().saturating_add(self.extra.len());
        self.extra.push_str(text);
        part(start, start.saturating_add(text.len()))
    }

    /// Begins a list; [`end_list`](Self::end_list) ends it. Returns its place.
    pub(crate) fn begin_list(&mut self) -> usize {
        self.push(Kind::List);
        self.items.len().saturating_sub(1)
    }

    /// Begins an object; [`end_object`](Self::end_object) ends it. Returns its place.
    pub(crate) fn begin_object(&mut self) -> usize {
        self.push(Kind::Object(Marks::default()));
        self.items.len().saturating_sub(1)
    }

    /// Ends the list that was begun at a place.
    pub(crate) fn end_list(&mut self, at: usize) {
        self.end(at, Kind::List);
    }

    /// Ends the object that was begun at a place, with the marks of its keys.
    pub(crate) fn end_object(&mut self, at: usize, marks: Marks) {
        self.end(at, Kind::Object(marks));
    }

    fn end(&mut self, at: usize, kind: Kind) {
        let len = u32::try_from(self.items.len().saturating_sub(at)).unwrap_or(u32::MAX);
        if let Some(item) = self.items.get_mut(at) {
            (item.len, item.kind) = (len, kind);
        }
    }

    /// Makes the list that the tape is an object, its items named one after the other. Returns false where it is no list, or has
    /// more items than there are names.
    pub(crate) fn name_items<'n>(&mut self, mut names: impl Iterator<Item = &'n str>) -> bool {
        let places: Vec<usize> = self.inside(0).collect();
        for place in places {
            let Some(name) = names.next() else { return false };
            let key = self.keep(name);
            if let Some(item) = self.items.get_mut(place) {
                item.key = key;
            }
        }
        if let Some(whole) = self.items.first_mut() {
            whole.kind = Kind::Object(Marks::ALL);
        }
        true
    }
}

/// The tape has been kept below what a `u32` can count.
fn part(start: usize, end: usize) -> Span {
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Span { start, len: u32::try_from(end).unwrap_or(u32::MAX).saturating_sub(start) }
}
