//! Errors: a stable code, a path, and a message.

use std::borrow::Cow;
use std::fmt;

pub use crate::code::Code;

/// An error: its [`Code`], its path and a message for people.
///
/// The path is a [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) into the argument as JSON (`/endDate`). If a
/// function has several parameters, the first token is the parameter's name (`/schedule/endDate`).
///
/// # Examples
/// ```
/// use billing_rules::{Code, Date};
///
/// let error = "2025-02-30".parse::<Date>().unwrap_err();
/// assert_eq!((error.code(), error.path()), (Code::InvalidDate, ""));
/// assert_eq!(error.message(), "expected a day of the calendar, got `2025-02-30`");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} ({} at \"{}\")", .0.message, .0.code, .0.path)]
// Boxed: nearly every function can return one, and a pointer is cheap to return.
pub struct Error(Box<Problem>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    code: Code,
    path: Cow<'static, str>,
    message: Cow<'static, str>,
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { code, path, message } = &*self.0;
        f.debug_struct("Error").field("code", code).field("path", path).field("message", message).finish()
    }
}

impl Error {
    // Not inlined: otherwise each of the many callers would contain the construction.
    #[inline(never)]
    pub(crate) fn new(code: Code, path: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Problem { code, path: path.into(), message: message.into() }))
    }

    /// Creates an error as [`new`](Self::new) does, from a borrowed path.
    #[inline(never)]
    pub(crate) fn at(code: Code, path: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code, path.to_owned(), message)
    }

    /// Returns the machine-readable reason.
    ///
    /// # Examples
    /// [`Error`] has one.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Returns the path as a JSON Pointer; empty for the input as a whole.
    ///
    /// # Examples
    /// [`Error`] has one.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the message for people: lower case, no final period, never a secret.
    ///
    /// # Examples
    /// [`Error`] has one.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Returns the same error for the input as a whole.
    pub(crate) fn at_root(self) -> Self {
        self.moved_to("")
    }

    /// Returns the same error at another path.
    pub(crate) fn moved_to(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.0.path = path.into();
        self
    }

    /// Returns the same error with `prefix` before its path.
    #[inline(never)]
    pub(crate) fn prefixed(mut self, prefix: &str) -> Self {
        self.0.path = Cow::Owned([prefix, &self.0.path].concat());
        self
    }
}

/// All errors found in one input, at least one, in the order of the input.
///
/// # Examples
/// ```
/// use billing_rules::{Schedule, from_json};
///
/// let errors = from_json::<Schedule>(r#"{"start":"2025-02-30","cycle":"month"}"#).unwrap_err();
/// assert_eq!((errors.len(), errors.first().path()), (2, "/start"));
/// for error in &errors {
///     println!("{}: {}", error.path(), error.message());
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(Box<Found>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    first: Error,
    others: Vec<Error>,
}

impl Errors {
    /// Returns the first error.
    ///
    /// # Examples
    /// [`Errors`] has one.
    pub fn first(&self) -> &Error {
        &self.0.first
    }

    /// Returns the same errors with `prefix` before their paths.
    pub(crate) fn prefixed(self, prefix: &str) -> Self {
        self.map(&|problem| problem.prefixed(prefix))
    }

    /// Returns the same errors in another input. The first of `places` that begins a path is replaced.
    pub(crate) fn moved(self, places: &[(&str, &str)]) -> Self {
        self.map(&|problem| {
            let rest =
                |from: &str| problem.path().strip_prefix(from).filter(|rest| rest.is_empty() || rest.starts_with('/'));
            match places.iter().find_map(|(from, to)| Some([*to, rest(from)?].concat())) {
                Some(path) => problem.moved_to(path),
                None => problem,
            }
        })
    }

    /// Moves errors like [`moved`](Self::moved), from a function whose one parameter is called `input` to another with
    /// its own `input`.
    #[cfg(feature = "_providers")]
    pub(crate) fn moved_in_input(self, places: &[(&str, &str)]) -> Self {
        self.moved(&[(INPUT, "")]).moved(places).prefixed(INPUT)
    }

    fn map(mut self, change: &dyn Fn(Error) -> Error) -> Self {
        self.0.first = change(self.0.first);
        self.0.others = self.0.others.into_iter().map(change).collect();
        self
    }

    /// Returns every error, including the first.
    ///
    /// # Examples
    /// [`Errors`] has one.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.into_iter()
    }

    /// Returns how many errors there are, 1 or more.
    ///
    /// # Examples
    /// [`Errors`] has one.
    pub fn len(&self) -> usize {
        self.0.others.len().saturating_add(1)
    }

    /// Returns `false`: there is at least one error.
    ///
    /// # Examples
    /// ```
    /// use billing_rules::{Schedule, from_json};
    ///
    /// assert!(!from_json::<Schedule>("{}").unwrap_err().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        false
    }
}

impl<'a> IntoIterator for &'a Errors {
    type Item = &'a Error;
    type IntoIter = std::iter::Chain<std::iter::Once<&'a Error>, std::slice::Iter<'a, Error>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(&self.0.first).chain(&self.0.others)
    }
}

impl IntoIterator for Errors {
    type Item = Error;
    type IntoIter = std::iter::Chain<std::iter::Once<Error>, std::vec::IntoIter<Error>>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self.0.first).chain(self.0.others)
    }
}

/// The path of the one parameter of most functions, which begins the paths of their errors.
pub(crate) const INPUT: &str = "/input";

/// The errors found so far by a check.
#[derive(Default)]
pub(crate) struct Problems {
    found: Vec<Error>,
    /// The prefix of every path in the end.
    prefix: &'static str,
}

impl Problems {
    /// Creates a collection for a function whose one parameter is called `input`.
    pub(crate) fn of_input() -> Self {
        Self { found: Vec::new(), prefix: INPUT }
    }

    #[inline(never)]
    pub(crate) fn add(&mut self, problem: Error) {
        self.found.push(problem);
    }

    /// Adds an error.
    #[inline(never)]
    pub(crate) fn push(
        &mut self,
        code: Code,
        path: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add(Error::new(code, path, message));
    }

    /// Adds an error at a borrowed path.
    #[inline(never)]
    #[cfg(feature = "_providers")]
    pub(crate) fn push_at(&mut self, code: Code, path: &str, message: impl Into<Cow<'static, str>>) {
        self.add(Error::at(code, path, message));
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Error>) {
        self.found.extend(problems);
    }

    /// Returns the value of a check, or adds its error.
    pub(crate) fn check<T>(&mut self, answer: Result<T, Error>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(problem);
                None
            }
        }
    }

    /// Returns the value of a check, or adds its errors.
    pub(crate) fn take<T>(&mut self, answer: Result<T, Errors>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(problems) => {
                self.extend(problems);
                None
            }
        }
    }

    /// Inserts errors at an index.
    pub(crate) fn insert(&mut self, at: usize, problems: Vec<Error>) {
        let at = at.min(self.found.len());
        self.found.splice(at..at, problems);
    }

    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// Returns the value if there are no errors.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Errors> {
        match (self.errors(), value) {
            (Some(errors), _) => Err(errors),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Error::new(Code::Internal, "", "the input was rejected without an error").into()),
        }
    }

    /// Returns the errors, if there are any.
    #[inline(never)]
    pub(crate) fn errors(self) -> Option<Errors> {
        let Self { found, prefix } = self;
        let mut problems = found.into_iter();
        let first = problems.next()?;
        let errors = Errors(Box::new(Found { first, others: problems.collect() }));
        Some(if prefix.is_empty() { errors } else { errors.prefixed(prefix) })
    }
}

impl From<Error> for Errors {
    fn from(first: Error) -> Self {
        Self(Box::new(Found { first, others: Vec::new() }))
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

/// Quotes user input for a message: in backticks, shortened, and withheld if it could be a card number or another
/// secret.
pub(crate) fn quote(input: &str) -> String {
    const LONGEST: usize = 24;
    let digits = input.chars().filter(char::is_ascii_digit).count();
    let shown: String = input.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if digits > 10 {
        "a withheld value".into()
    } else if shown.len() < input.len() {
        ["`", &shown, "…`"].concat()
    } else {
        ["`", &shown, "`"].concat()
    }
}
