//! What the build installs for itself, once for all clones: each installation is a folder of the cache whose name says its version.

use std::{
    env,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf, absolute},
};

use anyhow::{Context, Result};

use crate::sh;

/// Names another folder for the cache.
const VARIABLE: &str = "BILLING_RULES_CACHE";

/// How the name of a folder ends that is being filled.
const UNFINISHED: &str = ".unfinished";

/// Returns the folder of an entry. `make` fills it where it is missing or `is_whole` rejects it.
pub fn entry(name: &str, is_whole: impl Fn(&Path) -> bool, make: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
    entry_in(&folder()?, name, is_whole, make)
}

/// Makes `link` a link to a folder. What was there before is removed.
pub fn link(folder: &Path, link: &Path) -> Result<()> {
    if fs::read_link(link).is_ok_and(|found| found == folder) {
        return Ok(());
    }
    let failed = || format!("cannot make {} a link to {}", link.display(), folder.display());
    match fs::symlink_metadata(link) {
        Ok(found) if found.is_dir() => fs::remove_dir_all(link).with_context(failed)?,
        // A link to a folder is a folder on Windows, and a file elsewhere.
        Ok(_) => fs::remove_file(link).or_else(|_| fs::remove_dir(link)).with_context(failed)?,
        Err(_) => fs::create_dir_all(link.parent().with_context(failed)?).with_context(failed)?,
    }
    #[cfg(unix)]
    let made = std::os::unix::fs::symlink(folder, link);
    #[cfg(windows)]
    let made = std::os::windows::fs::symlink_dir(folder, link);
    made.with_context(failed)
}

/// The cache's folder: that of the variable, else `billing-rules` in the user's own cache.
fn folder() -> Result<PathBuf> {
    let variable = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(folder) = variable(VARIABLE) {
        return Ok(absolute(folder)?);
    }
    let users = variable("XDG_CACHE_HOME").filter(|folder| folder.is_absolute());
    let users = users.or_else(|| variable("LOCALAPPDATA")).or_else(|| Some(variable("HOME")?.join(".cache")));
    let missing = || format!("there is no home folder to install tools into: set {VARIABLE} to a folder");
    Ok(users.with_context(missing)?.join("billing-rules"))
}

/// An entry is filled under another name and renamed when it is whole, so an interrupted run leaves none that is half made. A run
/// that finds another at work on the same entry waits for it.
fn entry_in(
    cache: &Path,
    name: &str,
    is_whole: impl Fn(&Path) -> bool,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    let entry = cache.join(name);
    if is_whole(&entry) {
        return Ok(entry);
    }
    let _lock = lock(cache, name)?;
    if is_whole(&entry) {
        return Ok(entry);
    }
    remove_unfinished(cache, name);
    let unfinished = cache.join(format!("{name}.{}{UNFINISHED}", std::process::id()));
    sh::empty_folder(&unfinished)?;
    make(&unfinished)?;
    if entry.exists() {
        eprintln!("{} was damaged and is replaced", entry.display());
        fs::remove_dir_all(&entry).with_context(|| format!("cannot remove {}", entry.display()))?;
    }
    fs::rename(&unfinished, &entry)
        .with_context(|| format!("cannot rename {} to {}", unfinished.display(), entry.display()))?;
    Ok(entry)
}

/// Removes what killed runs have left of an entry. Their npm may still be at work, so a run uses no folder of another one.
fn remove_unfinished(cache: &Path, name: &str) {
    for left in fs::read_dir(cache).into_iter().flatten().flatten() {
        let file = left.file_name();
        let rest = file.to_str().and_then(|file| file.strip_prefix(name)?.strip_prefix('.'));
        if rest.is_some_and(|rest| rest.ends_with(UNFINISHED)) {
            // Whatever cannot be removed now is in nobody's way.
            _ = fs::remove_dir_all(left.path());
        }
    }
}

/// Locks an entry until the file that is returned is closed, which the end of the process does as well.
fn lock(cache: &Path, name: &str) -> Result<File> {
    let path = cache.join(format!("{name}.lock"));
    let failed = || format!("cannot lock {}; {VARIABLE} names another folder for the cache", path.display());
    fs::create_dir_all(cache).with_context(failed)?;
    let file = File::create(&path).with_context(failed)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            eprintln!("another run installs {name}: waiting for it");
            file.lock().with_context(failed)?;
        }
        Err(TryLockError::Error(error)) => return Err(error).with_context(failed),
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use std::{
        sync::atomic::{AtomicUsize, Ordering},
        thread,
    };

    use anyhow::bail;

    use super::*;

    /// An empty cache of this test.
    fn cache(test: &str) -> PathBuf {
        let folder = env::temp_dir().join(format!("billing-rules-cache-{test}-{}", std::process::id()));
        sh::empty_folder(&folder).unwrap();
        folder
    }

    fn is_whole(entry: &Path) -> bool {
        sh::read(entry.join("tool")).is_ok_and(|tool| tool == "works")
    }

    fn install(folder: &Path) -> Result<()> {
        sh::write(folder.join("tool"), "works")
    }

    #[test]
    fn a_whole_entry_is_not_made_again() {
        let cache = cache("whole");
        let made = entry_in(&cache, "tool-1", is_whole, install).unwrap();
        let found = entry_in(&cache, "tool-1", is_whole, |_| bail!("made again")).unwrap();
        assert_eq!((&made, is_whole(&made)), (&found, true));
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn an_interrupted_installation_leaves_no_entry() {
        let cache = cache("interrupted");
        let interrupted = entry_in(&cache, "tool-1", is_whole, |folder| {
            sh::write(folder.join("part"), "")?;
            bail!("interrupted")
        });
        assert_eq!(interrupted.unwrap_err().to_string(), "interrupted");
        assert!(!cache.join("tool-1").exists());
        let made = entry_in(&cache, "tool-1", is_whole, install).unwrap();
        assert!(is_whole(&made) && !made.join("part").exists());
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn what_a_killed_run_left_is_removed() {
        let cache = cache("killed");
        let (left, other) = (cache.join("tool-1.7.unfinished"), cache.join("tool-10.7.unfinished"));
        install(&left).unwrap();
        install(&other).unwrap();
        entry_in(&cache, "tool-1", is_whole, install).unwrap();
        assert!(!left.exists() && other.exists());
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn a_damaged_entry_is_made_anew() {
        let cache = cache("damaged");
        let made = entry_in(&cache, "tool-1", is_whole, install).unwrap();
        sh::write(made.join("tool"), "brok").unwrap();
        sh::write(made.join("rest"), "").unwrap();
        let made = entry_in(&cache, "tool-1", is_whole, install).unwrap();
        assert!(is_whole(&made) && !made.join("rest").exists());
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    fn a_run_waits_for_another_that_installs_the_same() {
        let cache = cache("together");
        let is_locked = |entry: &str| {
            let lock = File::create(cache.join(format!("{entry}.lock"))).unwrap();
            matches!(lock.try_lock(), Err(TryLockError::WouldBlock))
        };
        let locked_meanwhile = |folder: &Path| {
            assert!(is_locked("tool-1") && !is_locked("tool-2"));
            install(folder)
        };
        entry_in(&cache, "tool-1", is_whole, locked_meanwhile).unwrap();
        assert!(!is_locked("tool-1"));
        fs::remove_dir_all(&cache).unwrap();

        let times = AtomicUsize::new(0);
        let counted = |folder: &Path| {
            times.fetch_add(1, Ordering::SeqCst);
            install(folder)
        };
        thread::scope(|scope| {
            let run = || is_whole(&entry_in(&cache, "tool-1", is_whole, counted).unwrap());
            let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
            assert!(runs.into_iter().all(|run| run.join().unwrap()));
        });
        assert_eq!(times.load(Ordering::SeqCst), 1);
        fs::remove_dir_all(cache).unwrap();
    }

    #[test]
    #[cfg(unix)]
    fn a_link_takes_the_place_of_a_folder_and_of_a_link() {
        let cache = cache("link");
        let (old, new, place) = (cache.join("old"), cache.join("new"), cache.join("project/node_modules"));
        install(&old).unwrap();
        install(&new).unwrap();
        sh::write(place.join("left"), "").unwrap();
        for folder in [&old, &new, &new] {
            link(folder, &place).unwrap();
            assert_eq!(&fs::read_link(&place).unwrap(), folder);
        }
        assert!(is_whole(&old), "the folder of the earlier link stays");
        fs::remove_dir_all(cache).unwrap();
    }
}
