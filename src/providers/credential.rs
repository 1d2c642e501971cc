//! What has to be kept to charge again.

use std::any::Any;

use super::by_provider::{Plain, by_provider};
use crate::error::{Code, Error};
use crate::provider::providers;

providers! { by_provider {
    /// What a provider gave, at the first payment or verification, to charge the same customer again. Secret: store it apart
    /// from the subscription, encrypted.
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
    /// The credential of one provider, or that it is another's.
    pub(crate) fn of<C: 'static>(&self, path: &str) -> Result<&C, Error> {
        let inner = providers! { inner { self } };
        inner.downcast_ref().ok_or_else(|| of_another(path))
    }
}

/// A credential that another provider gave.
#[inline(never)]
fn of_another(path: &str) -> Error {
    Error::new(Code::UnknownValue, [path, "/provider"].concat(), "the credential is of another provider")
}
