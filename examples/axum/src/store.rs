//! Subscriptions as files, each version a file of its own: `<folder>/<id>/<version>.json`. A file is linked into place
//! whole and only where none is, so of all who would write a version, in whatever process or language, one wins. A
//! database does the same by `UPDATE … WHERE version = …`.

use std::{
    fs,
    io::{ErrorKind, Result, Write},
    path::PathBuf,
};

use tempfile::{NamedTempFile, PersistError};

/// The name of a subscription, and of its folder: nothing that could lead to another.
pub struct Id(String);

impl Id {
    pub fn new(text: &str) -> Option<Self> {
        let plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        (plain && (1..=40).contains(&text.len())).then(|| Self(text.into()))
    }
}

pub struct Store {
    folder: PathBuf,
}

/// What is stored, and the version that a change takes the place of.
pub struct Stored {
    pub text: String,
    pub version: u64,
}

impl Store {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    pub fn read(&self, Id(id): &Id) -> Result<Option<Stored>> {
        let folder = self.folder.join(id);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            entries => entries?,
        };
        let mut latest = None;
        for entry in entries {
            let name = entry?.file_name();
            let version =
                name.to_str().and_then(|name| name.strip_suffix(".json")).and_then(|name| name.parse::<u64>().ok());
            latest = latest.max(version);
        }
        let Some(version) = latest else { return Ok(None) };
        Ok(Some(Stored { text: fs::read_to_string(folder.join(format!("{version}.json")))?, version }))
    }

    /// Stores what takes the place of a version, 0 for nothing. False when the stored one is another by now.
    pub fn write(&self, Id(id): &Id, text: &str, version: u64) -> Result<bool> {
        let folder = self.folder.join(id);
        let place = folder.join(format!("{}.json", version.saturating_add(1)));
        fs::create_dir_all(&folder)?;
        let mut draft = NamedTempFile::new_in(&folder)?;
        draft.write_all(text.as_bytes())?;
        // The text is on the disk before its name is.
        draft.as_file().sync_all()?;
        match draft.persist_noclobber(place) {
            Err(PersistError { error, .. }) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            persisted => Ok(persisted.map(|_| true)?),
        }
    }
}
