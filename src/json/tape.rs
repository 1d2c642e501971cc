//! A value as a flat sequence of items in the order of the input, each with its key and the number of items it
//! contains. Strings stay in the input.

use crate::json::MAX_SAFE;

/// A part of the strings of a tape.
#[derive(Clone, Copy, Default)]
struct Span {
    start: u32,
    len: u32,
}

/// A bit for each key of an object, so that most absent keys need no search.
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

    /// Returns false if the key is certainly absent.
    pub(super) fn may_have(self, key: &str) -> bool {
        self.0 & Self::of(key.as_bytes()) != 0
    }
}

/// The kind of an item.
#[derive(Clone, Copy)]
enum Kind {
    Null,
    Bool(bool),
    Integer(i64),
    Inexact,
    /// The digits of a number.
    #[cfg(feature = "_providers")]
    Digits(Span),
    Text(Span),
    List,
    /// The bits of its keys.
    Object(Marks),
    #[cfg_attr(
        not(all(target_arch = "wasm32", feature = "js")),
        expect(dead_code, reason = "only JavaScript has such values")
    )]
    Foreign(Foreign),
}

#[derive(Clone, Copy)]
struct Item {
    key: Span,
    kind: Kind,
    /// How many items it contains, including itself.
    len: u32,
}

/// The kind of an item, with its string.
pub(crate) enum Leaf<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    /// NaN, an infinity, a fraction, or a number too large to be exact. Always an error.
    Inexact,
    /// The digits of a number, if they are kept.
    #[cfg(feature = "_providers")]
    Digits(&'a str),
    Text(&'a str),
    List,
    Object,
    /// A value that JSON cannot represent. Always an error.
    Foreign(Foreign),
}

impl Leaf<'_> {
    /// Returns the name of the kind, for "expected …, got …".
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Leaf::Null => "nothing",
            Leaf::Bool(_) => "a boolean",
            Leaf::Integer(_) | Leaf::Inexact => "a number",
            #[cfg(feature = "_providers")]
            Leaf::Digits(_) => "a number",
            Leaf::Text(_) => "a string",
            Leaf::List => "an array",
            Leaf::Object => "an object",
            Leaf::Foreign(foreign) => foreign.name(),
        }
    }
}

/// Names the values that only JavaScript has.
macro_rules! foreign {
    ($($variant:ident $name:literal,)*) => {
        /// A value that JSON cannot represent.
        #[derive(Clone, Copy)]
        #[cfg_attr(
            not(all(target_arch = "wasm32", feature = "js")),
            expect(dead_code, reason = "only JavaScript has such values")
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
    ListWithFields "an array with extra fields",
    TooDeep "an object that is nested too deeply",
    ObjectThrows "an object that throws",
    PropertyThrows "a property that throws",
    IllFormed "a string that is not well-formed Unicode",
}

/// A value as a flat sequence of items. The first item is the whole value.
#[derive(Default)]
pub(crate) struct Tape<'a> {
    /// The input, which contains most strings.
    source: &'a str,
    /// The other strings. Their positions begin where the input ends.
    extra: String,
    items: Vec<Item>,
    /// The key of the next item.
    key: Span,
}

impl<'a> Tape<'a> {
    /// Returns an empty tape over an input of at most 2 GiB; `None` if it is larger.
    pub(crate) fn new(source: &'a str) -> Option<Self> {
        i32::try_from(source.len()).ok()?;
        // An estimate: a key and a value of some bytes each.
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

    /// Returns the string that contains a part, and where the part begins in it.
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

    /// Returns the bits of an object's keys; `None` for anything else.
    pub(super) fn marks(&self, at: usize) -> Option<Marks> {
        match self.items.get(at)?.kind {
            Kind::Object(marks) => Some(marks),
            _ => None,
        }
    }

    /// Returns whether the item at a position has a key.
    pub(super) fn has_key(&self, at: usize, key: &str) -> bool {
        self.items
            .get(at)
            .is_some_and(|item| item.key.len as usize == key.len() && self.bytes_at(item.key) == Some(key.as_bytes()))
    }

    /// Returns the position of the first item with a key between two positions, and the position after it.
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

    /// Returns the position after an item and everything in it.
    pub(super) fn after(&self, at: usize) -> usize {
        at.saturating_add(self.items.get(at).map_or(1, |item| item.len as usize))
    }

    /// Returns the positions of the direct children of an item.
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

/// Building a tape.
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

    /// Appends a JavaScript number. Exact integers become integers.
    pub(crate) fn number(&mut self, number: f64) {
        const LIMIT: f64 = MAX_SAFE as f64;
        let is_exact = number.fract() == 0.0 && number.abs() <= LIMIT;
        self.push(if is_exact { Kind::Integer(number as i64) } else { Kind::Inexact });
    }

    /// Appends a number that is not an exact integer.
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

    /// Appends a number by its digits, given their start and end in the input.
    #[cfg(feature = "_providers")]
    pub(crate) fn digits_between(&mut self, start: usize, end: usize) {
        let digits = part(start, end);
        self.push(Kind::Digits(digits));
    }

    /// Appends a string, given its start and end in the input.
    pub(crate) fn text_between(&mut self, start: usize, end: usize) {
        let text = part(start, end);
        self.push(Kind::Text(text));
    }

    pub(crate) fn text(&mut self, text: &str) {
        let text = self.keep(text);
        self.push(Kind::Text(text));
    }

    /// Sets the key of the next item, given its start and end in the input. `marks` are those of the object.
    pub(crate) fn key_between(&mut self, start: usize, end: usize, marks: &mut Marks) {
        self.key = part(start, end);
        marks.add(self.source.as_bytes().get(start..end).unwrap_or_default());
    }

    /// Sets the key of the next item.
    pub(crate) fn named(&mut self, key: &str, marks: &mut Marks) {
        self.key = self.keep(key);
        marks.add(key.as_bytes());
    }

    fn keep(&mut self, text: &str) -> Span {
        let start = self.source.len().saturating_add(self.extra.len());
        self.extra.push_str(text);
        part(start, start.saturating_add(text.len()))
    }

    /// Begins an array; [`end_list`](Self::end_list) ends it. Returns its position.
    pub(crate) fn begin_list(&mut self) -> usize {
        self.push(Kind::List);
        self.items.len().saturating_sub(1)
    }

    /// Begins an object; [`end_object`](Self::end_object) ends it. Returns its position.
    pub(crate) fn begin_object(&mut self) -> usize {
        self.push(Kind::Object(Marks::default()));
        self.items.len().saturating_sub(1)
    }

    /// Ends the array at a position.
    pub(crate) fn end_list(&mut self, at: usize) {
        self.end(at, Kind::List);
    }

    /// Ends the object at a position, with the bits of its keys.
    pub(crate) fn end_object(&mut self, at: usize, marks: Marks) {
        self.end(at, Kind::Object(marks));
    }

    fn end(&mut self, at: usize, kind: Kind) {
        let len = u32::try_from(self.items.len().saturating_sub(at)).unwrap_or(u32::MAX);
        if let Some(item) = self.items.get_mut(at) {
            (item.len, item.kind) = (len, kind);
        }
    }

    /// Converts the array that the tape is to an object, with its items named in order. Returns false if it is not an
    /// array, or has more items than there are names.
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

/// Returns a part from its start and end. The tape is limited to sizes that a `u32` can count.
fn part(start: usize, end: usize) -> Span {
    let start = u32::try_from(start).unwrap_or(u32::MAX);
    Span { start, len: u32::try_from(end).unwrap_or(u32::MAX).saturating_sub(start) }
}
