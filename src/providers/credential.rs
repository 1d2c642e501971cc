//! What has to be kept to charge again.

use std::any::Any;

use super::by_provider::by_provider;
use crate::provider::providers;

providers! { by_provider {
    /// What a provider gave, at the first payment or verification, to charge the same customer again. Secret: store it apart
    /// from the subscription, encrypted.
    StoredCredential of Credential
}}

macro_rules! inner {
    ({ $credential:expr } $($variant:ident $feature:literal $folder:ident $title:literal,)*) => {
        match $credential {$(
            #[cfg(feature = $feature)]
            StoredCredential::$variant(inner) => &**inner,
        )*}
    };
}

impl StoredCredential {
    /// The credential of one provider; none where it is another's.
    pub(crate) fn of<C: 'static>(&self) -> Option<&C> {
        let inner: &dyn Any = providers! { inner { self } };
        inner.downcast_ref()
    }
}
