//! What is stored to charge again.

use std::any::Any;

use super::by_provider::{Plain, by_provider};
use crate::error::{Code, Error};
use crate::provider::providers;

providers! { by_provider {
    /// What a provider returned at the first payment or verification, to charge the same customer again. It is secret:
    /// store it encrypted, apart from the subscription.
    StoredCredential of Plain<Credential>
}}

macro_rules! inner {
    ({ $credential:expr } $($variant:ident $feature:literal $folder:ident $title:literal,)*) => {
        match $credential {$(
            #[cfg(feature = $feature)]
            StoredCredential::$variant(inner) => inner as &dyn Any,
        )*}
    };
}

impl StoredCredential {
    /// Returns the credential of one provider, or an error if it is another provider's.
    pub(crate) fn of<C: 'static>(&self, path: &str) -> Result<&C, Error> {
        let inner = providers! { inner { self } };
        inner.downcast_ref().ok_or_else(|| of_another(path))
    }
}

/// Returns the error for a credential of another provider.
#[inline(never)]
fn of_another(path: &str) -> Error {
    Error::new(
        Code::UnknownValue,
        [path, "/provider"].concat(),
        "cannot use this credential because it is of another provider",
    )
}
