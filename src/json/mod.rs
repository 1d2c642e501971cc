//! The types as JSON: one strict reader and one writer for all APIs.
//!
//! JSON text, JavaScript values and serde data are all converted to a `Tape` first. [`Shape::read`] reads types from it
//! and reports every error with its path; [`Shape::write`] writes them as JSON. A shape is therefore described once,
//! and each API rejects the same inputs with the same codes and paths.

mod by_name;
mod fields;
mod function;
mod keys;
mod node;
mod number;
mod parse;
mod path;
mod plain;
pub(crate) mod serde;
mod shapes;
mod tape;
#[cfg(feature = "_providers")]
mod value;
mod write;

pub use by_name::ByName;
pub(crate) use fields::Fields;
pub(crate) use function::{Function, function, sure};
pub(crate) use keys::{Keys, keys};
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use node::LONGEST;
pub(crate) use node::{Node, read};
pub(crate) use parse::parse;
#[cfg(feature = "_providers")]
pub(crate) use parse::parse_by_digits;
pub(crate) use path::push_key;
pub(crate) use shapes::safe_integer;
#[cfg(feature = "_providers")]
pub(crate) use tape::Leaf;
pub(crate) use tape::Tape;
#[cfg(all(target_arch = "wasm32", feature = "js"))]
pub(crate) use tape::{Foreign, Marks};
#[cfg(feature = "_providers")]
pub(crate) use value::{Key, Object, Value, text};
#[doc(hidden)]
pub use write::Writer;

use crate::error::{Code, Error, Errors};

/// The largest integer that every API holds exactly: 2^53 - 1.
pub(crate) const MAX_SAFE: i64 = 9_007_199_254_740_991;

/// A type with a fixed JSON shape. Only types of this crate implement it.
pub trait Shape: Sized + sealed::Sealed {
    /// Reads the type. An error is reported to the node, and a placeholder of the type is returned. The caller that
    /// reads the whole value checks for errors before it uses the value.
    #[doc(hidden)]
    fn read(node: &Node<'_>) -> Self;

    /// Writes the type.
    #[doc(hidden)]
    fn write(&self, to: &mut Writer);
}

pub(crate) mod sealed {
    /// Restricts [`Shape`](super::Shape) to this crate, whose shapes are a contract.
    pub trait Sealed {}
}

/// Parses a value from JSON, strictly, and reports every error in it.
///
/// `serde_json::from_str` reads the same shapes with the same strictness, but reports all errors as one string.
///
/// # Errors
/// `invalid_json`, and every code that the shape can report, with its path.
///
/// # Examples
/// ```
/// use billing_rules::{Schedule, from_json};
///
/// let errors = from_json::<Schedule>(r#"{"start":"2025-02-30","cycle":"monthly","enddate":null}"#).unwrap_err();
/// let found: Vec<_> = errors.iter().map(|e| (e.code().as_str(), e.path())).collect();
/// assert_eq!(found, [("unknown_field", "/enddate"), ("invalid_date", "/start")]);
/// ```
pub fn from_json<T: Shape>(text: &str) -> Result<T, Errors> {
    read(&tape_of(text)?)
}

/// Writes a value as JSON: keys in a fixed order, absent fields omitted. Equal values always give equal bytes.
///
/// # Examples
/// ```
/// use billing_rules::{Cycle, Schedule, to_json};
///
/// let schedule = Schedule::new("2025-01-31".parse()?, Cycle::MONTHLY);
/// assert_eq!(to_json(&schedule), r#"{"start":"2025-01-31","cycle":"monthly"}"#);
/// # Ok::<(), billing_rules::Error>(())
/// ```
pub fn to_json<T: Shape>(value: &T) -> String {
    let mut writer = Writer::default();
    value.write(&mut writer);
    writer.finish()
}

/// Returns the tape of a JSON string.
pub(crate) fn tape_of(text: &str) -> Result<Tape<'_>, Error> {
    parse(text).ok_or_else(|| Error::new(Code::InvalidJson, "", "expected valid JSON"))
}

/// Implements serde for the given shapes.
macro_rules! serde_by_shape {
    ($($type:ty),* $(,)?) => {$(
        impl $crate::json::sealed::Sealed for $type {}

        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::json::serde::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::json::serde::deserialize(deserializer)
            }
        }
    )*};
}

/// Describes a struct as a JSON object: each field, whether it is required, and its key.
///
/// - `required` is always present.
/// - `optional` is omitted when `None`.
/// - `nullable` is written as null when `None`.
/// - `defaulted` is omitted when it is the default of its type.
/// - `by` names a field that selects one of several shapes. The code that selects the shape reads and writes it.
/// - `check` names a function that rejects invalid combinations.
macro_rules! object {
    ($type:ident $(by $tag:literal)? { $($field:ident: $kind:ident $key:literal),* $(,)? } $(check $check:path)?) => {
        impl $type {
            pub(crate) const FIELDS: $crate::json::Keys = $crate::json::keys!($($key),*);

            /// Reads the fields, also from an object that has fields of another shape.
            pub(crate) fn read_fields(fields: &mut $crate::json::Fields<'_>) -> Self {
                Self { $($field: fields.$kind($key)),* }
            }

            /// Writes the fields, also into an object that has fields of another shape.
            pub(crate) fn write_fields(&self, to: &mut $crate::json::Writer) {
                $(to.$kind($key, &self.$field);)*
            }
        }

        impl $crate::json::Shape for $type {
            fn read(node: &$crate::json::Node<'_>) -> Self {
                node.object_by(concat!("", $($tag)?), Self::FIELDS, |fields| {
                    let whole = Self::read_fields(fields);
                    $(if fields.have_no_errors() && let Err(problems) = $check(&whole) {
                        node.report(problems);
                    })?
                    whole
                })
            }

            #[inline(never)]
            fn write(&self, to: &mut $crate::json::Writer) {
                to.begin_object();
                self.write_fields(to);
                to.end_object();
            }
        }

        $crate::json::serde_by_shape!($type);
    };
}

/// Returns the error for a string that is none of these values.
pub(crate) fn unknown_value(words: &[&str]) -> Error {
    Error::new(Code::UnknownValue, "", ["expected one of `", &words.join("`, `"), "`"].concat())
}

/// Describes an enum without data by its values in JSON.
macro_rules! words {
    ($type:ident { $first:ident $first_word:literal $(, $variant:ident $word:literal)* $(,)? }) => {
        impl $type {
            pub(crate) const ALL: &[Self] = &[Self::$first, $(Self::$variant),*];
            pub(crate) const WORDS: &[&str] = &[$first_word, $($word),*];

            /// Returns the value as it is written in JSON and in JavaScript.
            pub const fn as_str(self) -> &'static str {
                match self { Self::$first => $first_word, $(Self::$variant => $word),* }
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $type {
            type Err = $crate::error::Error;

            /// Parses the value as it is written in JSON. Another string is `unknown_value`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let known = Self::ALL.iter().copied().find(|value| value.as_str() == text);
                known.ok_or_else(|| $crate::json::unknown_value(Self::WORDS))
            }
        }

        impl $crate::json::Shape for $type {
            fn read(node: &$crate::json::Node<'_>) -> Self {
                Self::ALL.get(node.word(Self::WORDS)).copied().unwrap_or(Self::$first)
            }

            #[inline(never)]
            fn write(&self, to: &mut $crate::json::Writer) {
                to.plain(self.as_str());
            }
        }

        $crate::json::serde_by_shape!($type);
    };
}

/// Describes an enum whose variants are JSON objects, selected by the value of one field. The first variant is the
/// placeholder for an unknown value.
macro_rules! tagged {
    ($type:ident by $tag:literal {
        $first:ident $first_word:literal { $($first_field:ident: $first_kind:ident $first_key:literal),* $(,)? }
        $(, $variant:ident $word:literal { $($field:ident: $kind:ident $key:literal),* $(,)? })* $(,)?
    }) => {
        $crate::json::tagged!(@$type by $tag, $first {
            $first $first_word { $($first_field: $first_kind $first_key),* }
            $($variant $word { $($field: $kind $key),* })*
        });
    };
    (@$type:ident by $tag:literal, $first:ident {
        $($variant:ident $word:literal { $($field:ident: $kind:ident $key:literal),* })*
    }) => {
        impl $crate::json::Shape for $type {
            fn read(node: &$crate::json::Node<'_>) -> Self {
                #[derive(Clone, Copy)]
                enum Tag { $($variant),* }
                const TAGS: &[Tag] = &[$(Tag::$variant),*];
                let (index, node) = node.tag($tag, &[$($word),*]);
                match TAGS.get(index).copied().unwrap_or(Tag::$first) {
                    $(Tag::$variant => {
                        const FIELDS: $crate::json::Keys = $crate::json::keys!($($key),*);
                        node.object_by($tag, FIELDS, |fields| Self::$variant { $($field: fields.$kind($key)),* })
                    })*
                }
            }

            #[inline(never)]
            fn write(&self, to: &mut $crate::json::Writer) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        to.begin_object();
                        to.word_field($tag, $word);
                        $(to.$kind($key, $field);)*
                        to.end_object();
                    })*
                }
            }
        }

        $crate::json::serde_by_shape!($type);
    };
}

pub(crate) use {object, serde_by_shape, tagged, words};
