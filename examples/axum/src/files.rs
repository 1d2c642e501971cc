//! Subscriptions as files, each version a file of its own: `<folder>/<id>/<version>.json`. Its first line is the
//! subscription, the second the row of a payment, if that version has one. A file is linked into place whole and only
//! where none is, so of all who would write a version, in whatever process or language, one wins. A database does the
//! same by `UPDATE … WHERE version = …`.

use std::{
    fs,
    io::{ErrorKind, Write},
    path::PathBuf,
};

use anyhow::Result;
use serde_json::Value;
use tempfile::{NamedTempFile, PersistError};

use crate::{
    payments::merged,
    store::{Id, Store, Stored},
};

pub struct Files {
    folder: PathBuf,
}

impl Files {
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self { folder: folder.into() }
    }

    /// The versions of a subscription, from the first.
    fn versions(&self, Id(id): &Id) -> Result<Vec<u64>> {
        let entries = match fs::read_dir(self.folder.join(id)) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries?,
        };
        let mut versions = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            versions.extend(name.to_str().and_then(|name| name.strip_suffix(".json")?.parse::<u64>().ok()));
        }
        versions.sort_unstable();
        Ok(versions)
    }

    fn file(&self, Id(id): &Id, version: u64) -> PathBuf {
        self.folder.join(id).join(format!("{version}.json"))
    }
}

impl Store for Files {
    fn read(&self, id: &Id) -> Result<Option<Stored>> {
        let Some(version) = self.versions(id)?.pop() else { return Ok(None) };
        let file = fs::read_to_string(self.file(id, version))?;
        Ok(Some(Stored { text: file.lines().next().unwrap_or_default().into(), version }))
    }

    fn payments(&self, id: &Id) -> Result<Vec<Value>> {
        let mut rows = Vec::new();
        for version in self.versions(id)? {
            if let Some(row) = fs::read_to_string(self.file(id, version))?.lines().nth(1) {
                rows.push(serde_json::from_str(row)?);
            }
        }
        Ok(merged(rows))
    }

    fn write(&self, id: &Id, text: &str, version: u64, payment: Option<&Value>) -> Result<bool> {
        let folder = self.folder.join(&id.0);
        fs::create_dir_all(&folder)?;
        let mut draft = NamedTempFile::new_in(&folder)?;
        draft.write_all(text.as_bytes())?;
        if let Some(payment) = payment {
            write!(draft, "\n{payment}")?;
        }
        // The text is on the disk before its name is.
        draft.as_file().sync_all()?;
        match draft.persist_noclobber(self.file(id, version.saturating_add(1))) {
            Err(PersistError { error, .. }) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
            persisted => Ok(persisted.map(|_| true)?),
        }
    }
}
