//! Running other programs, and saying so.

use std::{
    env,
    ffi::OsStr,
    fs,
    io::ErrorKind,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Error, Result, bail};

/// A program with no arguments yet.
pub fn cmd(program: impl AsRef<OsStr>) -> Command {
    Command::new(program)
}

/// The cargo that runs us, with these arguments (none of which may contain a space).
pub fn cargo(args: &str) -> Command {
    let mut command = cmd(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(args.split_whitespace());
    command
}

/// Runs a command, its output passed through; fails when the command does.
pub fn run(command: &mut Command) -> Result<()> {
    let shown = show(command);
    eprintln!("$ {shown}");
    let status = command.status().map_err(|error| cannot_start(command, error))?;
    if !status.success() {
        bail!("`{shown}` failed ({status})");
    }
    Ok(())
}

/// Runs a command and gives what it wrote; its errors are passed through.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, error))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", show(command), output.status);
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// Where a program is, looking in PATH.
pub fn which(program: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()).into()
}

/// An empty folder, made anew.
pub fn empty_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))
}

/// Reads a text file; the error names it.
pub fn read(file: impl AsRef<Path>) -> Result<String> {
    let file = file.as_ref();
    fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))
}

/// Writes a file, its folder made when it is not there; the error names it.
pub fn write(file: impl AsRef<Path>, content: impl AsRef<[u8]>) -> Result<()> {
    let file = file.as_ref();
    let made = file.parent().map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(file, content)).with_context(|| format!("cannot write {}", file.display()))
}

/// Copies a file, or all that a folder holds, into a folder (made when it is not there).
pub fn copy(from: impl AsRef<Path>, into: impl AsRef<Path>) -> Result<()> {
    let (from, into) = (from.as_ref(), into.as_ref());
    let failed = || format!("cannot copy {} into {}", from.display(), into.display());
    fs::create_dir_all(into).with_context(failed)?;
    if !from.is_dir() {
        fs::copy(from, into.join(from.file_name().with_context(failed)?)).with_context(failed)?;
        return Ok(());
    }
    for entry in fs::read_dir(from).with_context(failed)? {
        let entry = entry?;
        let below = if entry.path().is_dir() { into.join(entry.file_name()) } else { into.to_owned() };
        copy(entry.path(), below)?;
    }
    Ok(())
}

fn cannot_start(command: &Command, error: std::io::Error) -> Error {
    let program = command.get_program().display();
    match error.kind() {
        ErrorKind::NotFound => Error::msg(format!("`{program}` is not there, and xtask needs it")),
        _ => Error::new(error).context(format!("cannot start `{program}`")),
    }
}

/// The command as one would type it.
fn show(command: &Command) -> String {
    let mut words = Vec::new();
    if let Some(folder) = command.get_current_dir() {
        words.push(format!("cd {} &&", folder.display()));
    }
    for (name, value) in command.get_envs() {
        words.push(format!("{}={}", name.display(), quote(value.unwrap_or_default())));
    }
    let program = Path::new(command.get_program());
    words.push(match program.file_name() {
        Some(name) if program.ends_with("bin/cargo") => quote(name),
        _ => quote(program.as_os_str()),
    });
    words.extend(command.get_args().map(quote));
    words.join(" ")
}

fn quote(word: &OsStr) -> String {
    let word = word.to_string_lossy();
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_=./:,@+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.into_owned() } else { format!("'{word}'") }
}
