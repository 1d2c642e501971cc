//! What the service needs of a store: the tables of a database, or files.

use anyhow::Result;
use serde_json::Value;

/// The name of a subscription, and of its folder: nothing that could lead to another.
pub struct Id(pub String);

impl Id {
    pub fn new(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (plain && (1..=40).contains(&text.len())).then(|| Self(text.into()))
    }
}

/// What is stored, and the version that a change takes the place of.
pub struct Stored {
    pub text: String,
    pub version: u64,
}

/// A store replaces only the version that was read. When another writer was faster, the service decides again.
pub trait Store: Send + Sync {
    fn read(&self, id: &Id) -> Result<Option<Stored>>;

    /// The rows of the payments, one for each reference.
    fn payments(&self, id: &Id) -> Result<Vec<Value>>;

    /// Stores what takes the place of a version, 0 for nothing, and in the same write the row of a payment, if there is
    /// one. False when the stored version is another by now.
    fn write(&self, id: &Id, text: &str, version: u64, payment: Option<&Value>) -> Result<bool>;
}
