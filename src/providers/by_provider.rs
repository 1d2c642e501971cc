//! Enums with one variant for each provider, selected by the field `provider`.

use crate::error::{Code, Error};
use crate::json::Node;

/// Returns the error for a provider that this build leaves out.
pub(crate) fn left_out() -> Error {
    Error::new(Code::UnknownValue, "/provider", "the library was built without this provider")
}

/// Coerces a reader to a function pointer.
pub(crate) fn reader<T>(read: fn(&Node<'_>) -> T) -> fn(&Node<'_>) -> T {
    read
}

/// The type itself: used in place of `Box` for small values.
pub(crate) type Plain<T> = T;

/// Declares an enum with a variant for each provider of this build. Each variant holds the type `$inner` of the
/// provider's folder.
macro_rules! by_provider {
    ({ $(#[$doc:meta])* $name:ident of $hold:ident<$inner:ident> }
        $($variant:ident $feature:literal $folder:ident $title:literal,)*) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum $name {$(
            #[doc = concat!("At ", $title, ".")]
            #[cfg(feature = $feature)]
            $variant($hold<$crate::providers::$folder::$inner>),
        )*}

        impl $name {
            /// Returns the provider.
            pub fn provider(&self) -> $crate::provider::Provider {
                match self {$(
                    #[cfg(feature = $feature)]
                    Self::$variant(_) => $crate::provider::Provider::$variant,
                )*}
            }
        }

        $(
            #[cfg(feature = $feature)]
            impl From<$crate::providers::$folder::$inner> for $name {
                fn from(inner: $crate::providers::$folder::$inner) -> Self {
                    Self::$variant($hold::from(inner))
                }
            }
        )*

        impl $crate::json::Shape for $name {
            #[inline(never)]
            fn read(node: &$crate::json::Node<'_>) -> Self {
                use $crate::{json::Shape, provider::Provider, providers::by_provider::reader};
                // The reader to use when the provider is left out.
                let [any, ..] = [$(
                    #[cfg(feature = $feature)]
                    reader(|node| Self::$variant(Shape::read(node))),
                )*];
                let (provider, node) = node.tag("provider", Provider::WORDS);
                match Provider::ALL.get(provider) {
                    $(
                        #[cfg(feature = $feature)]
                        Some(Provider::$variant) => Self::$variant(Shape::read(&node)),
                    )*
                    _ => {
                        node.report($crate::providers::by_provider::left_out());
                        any(&node.silent())
                    }
                }
            }

            #[inline(never)]
            fn write(&self, to: &mut $crate::json::Writer) {
                to.begin_object();
                to.word_field("provider", self.provider().as_str());
                match self {$(
                    #[cfg(feature = $feature)]
                    Self::$variant(inner) => inner.write_fields(to),
                )*}
                to.end_object();
            }
        }

        $crate::json::serde_by_shape!($name);
    };
}
pub(crate) use by_provider;
