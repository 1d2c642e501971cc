//! The table of the providers and their names.

use crate::json::words;

/// Passes the table of the providers to the macro `$then`. A row contains the variant, the name (which is also the
/// feature and the value in JSON), the folder, and the name for people.
macro_rules! providers {
    ($then:ident $given:tt) => {
        $then! { $given
            A55 "a55" a55 "A55 Pay",
            DineroPay "dineropay" dineropay "DineroPay",
            Dintero "dintero" dintero "Dintero",
            Nexi "nexi" nexi "Nexi Checkout",
        }
    };
}
#[cfg(feature = "_providers")]
pub(crate) use providers;

macro_rules! names {
    ({} $($variant:ident $name:literal $folder:ident $title:literal,)*) => {
        /// A payment provider.
        ///
        /// # Examples
        /// ```
        /// use billing_rules::Provider;
        ///
        /// let provider: Provider = "dintero".parse()?;
        /// assert_eq!(provider, Provider::Dintero);
        /// assert_eq!(provider.to_string(), "dintero");
        /// # Ok::<(), billing_rules::Error>(())
        /// ```
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Provider {$(
            #[doc = concat!($title, ".")]
            $variant,
        )*}

        words!(Provider { $($variant $name),* });
    };
}

providers! { names {} }
