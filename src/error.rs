//! What is wrong with an input: a stable code, the place, and a sentence.

use std::borrow::Cow;
use std::fmt;

/// Declares [`Code`] once: the variant, its stable text, its meaning.
macro_rules! codes {
    ($($variant:ident $text:literal $meaning:literal),* $(,)?) => {
        /// A stable, machine-readable reason. The texts never change their meaning; new ones may come.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $meaning] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the documentation's table.
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];

            /// Returns the code as it is written in JSON and in JavaScript.
            ///
            /// # Examples
            /// ```
            /// assert_eq!(billing_rules::Code::UnknownField.as_str(), "unknown_field");
            /// ```
            pub const fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $text),* }
            }

            /// Returns what the code means, in a sentence.
            ///
            /// # Examples
            /// ```
            /// assert_eq!(billing_rules::Code::SubscriptionEnded.meaning(), "the subscription has ended");
            /// ```
            pub const fn meaning(self) -> &'static str {
                match self { $(Code::$variant => $meaning),* }
            }
        }
    };
}

codes! {
    InvalidJson "invalid_json" "the text is not JSON",
    MissingField "missing_field" "a required field is absent or null",
    UnknownField "unknown_field" "a field that the shape does not have, often a typing error in an optional one",
    DuplicateField "duplicate_field" "a field that stands twice in one JSON object",
    WrongType "wrong_type" "a value of another type than the shape asks for, such as a Map, a class instance or a JS Date",
    NotAnInteger "not_an_integer" "NaN, infinity or a number with a fraction where a whole number is meant",
    OutOfRange "out_of_range" "a number or a date outside the range that is possible there",
    InvalidDate "invalid_date" "not a day of the calendar written as YYYY-MM-DD",
    InvalidDecimal "invalid_decimal" "not a plain decimal number, or more decimals than the currency has",
    InvalidString "invalid_string" "a text that is empty, too long or has characters that are not possible there",
    UnknownValue "unknown_value" "none of the words that the field may hold",
    UnknownCurrency "unknown_currency" "not a current ISO 4217 code with minor units",
    UnknownFunction "unknown_function" "no function has this name",
    CurrencyMismatch "currency_mismatch" "amounts of two currencies where one is meant",
    EndBeforeStart "end_before_start" "the end date lies before the start",
    AnchorDayOnDayCycle "anchor_day_on_day_cycle" "an anchor day with a cycle of days or weeks, which has none",
    AnchorDayNotAllowed "anchor_day_not_allowed" "an anchor day with a change or a resumption that does not restart the schedule",
    Unbounded "unbounded" "a list without an end: the schedule is open-ended and neither a last day nor a limit is given",
    TooMany "too_many" "a list of more entries than are possible there, such as more than 10 000 dates",
    OutsidePeriod "outside_period" "no period of the schedule contains the day",
    NoNextPayment "no_next_payment" "a change for the next due date where no payment follows",
    PaymentCountRequired "payment_count_required" "another cycle for a schedule that counts its payments, without a count of its own",
    PaymentCountNotAllowed "payment_count_not_allowed" "a payment count with a change that keeps the cycle",
    SettleNotAllowed "settle_not_allowed" "the difference of a change to another cycle with the next payment",
    EventOutOfOrder "event_out_of_order" "a day before that of the last event of the subscription",
    UnknownReference "unknown_reference" "a reference that no attempt of the subscription has",
    NotDue "not_due" "an attempt that is not offered on the day",
    PaymentInFlight "payment_in_flight" "an attempt is out, and what became of it has to be learned first",
    PaymentOverdue "payment_overdue" "a payment is owed that has to be settled first",
    AmountMismatch "amount_mismatch" "an amount taken that is not the payment's",
    DigestMismatch "digest_mismatch" "a digest that is not that of what is computed now: what was shown has changed",
    SubscriptionEnded "subscription_ended" "the subscription has ended",
    CancellationPending "cancellation_pending" "the subscription ends with its period, and the cancellation has to be withdrawn first",
    SubscriptionPaused "subscription_paused" "the subscription is paused, and has to be resumed first",
    SubscriptionNotPaused "subscription_not_paused" "the subscription is not paused",
    NothingToWithdraw "nothing_to_withdraw" "there is no such thing to withdraw",
    NoSchedule "no_schedule" "something that needs a schedule, of terms without one",
    ProviderManaged "provider_managed" "something that is not possible where the provider schedules the payments",
    NotEnded "not_ended" "an end that is not the next action",
    InconsistentState "inconsistent_state" "a stored subscription that no history leads to",
    AllWeightsZero "all_weights_zero" "an amount to be split without a weight above 0",
    AmountNotRepresentable "amount_not_representable" "an amount that the provider cannot write, such as a fraction of a whole peso",
    AmountOffGrid "amount_off_grid" "an amount that is not a multiple of `roundTo`",
    UnsupportedCurrency "unsupported_currency" "a currency that the provider does not take",
    UnsupportedCycle "unsupported_cycle" "a cycle that the provider cannot schedule by itself",
    InvalidCardNumber "invalid_card_number" "a card number whose length or check digit is wrong",
    CardExpired "card_expired" "a card that expires before the payment is due",
    SecurityCodeRequired "security_code_required" "a first payment without the card's security code or cryptogram",
    CheckoutRequired "checkout_required" "a payment that only the cardholder can make, on a page of the provider's",
    TotalMismatch "total_mismatch" "items that do not add up to the amount",
    InvalidSignature "invalid_signature" "a signature that does not belong to what it signs",
    EnvironmentMismatch "environment_mismatch" "something of the provider's test environment where the live one is meant, or the reverse",
    IdReused "id_reused" "an id that an earlier event with other content has",
    DuplicateEntry "duplicate_entry" "an entry that stands twice in a list where each stands once",
    Internal "internal" "a fault of the library itself; please report it",
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// An error: its [`Code`], its path and a message for people.
///
/// The path is a [JSON Pointer](https://www.rfc-editor.org/rfc/rfc6901) into the argument as JSON (`/endDate`). Where a
/// function has several arguments the first token is the argument's name (`/schedule/endDate`).
///
/// # Examples
/// ```
/// use billing_rules::{Code, Date};
///
/// let error = "2025-02-30".parse::<Date>().unwrap_err();
/// assert_eq!((error.code(), error.path()), (Code::InvalidDate, ""));
/// assert_eq!(error.message(), "there is no day `2025-02-30`");
/// ```
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[error("{} ({} at \"{}\")", .0.message, .0.code, .0.path)]
// Boxed: nearly every function may hand one on, and a pointer is handed on cheaply.
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
    // Not inlined: the many places that tell a problem would each carry the making of it.
    #[inline(never)]
    pub(crate) fn new(code: Code, path: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Problem { code, path: path.into(), message: message.into() }))
    }

    /// As [`new`](Self::new), at a place that is handed on.
    #[inline(never)]
    pub(crate) fn at(code: Code, path: &str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(code, path.to_owned(), message)
    }

    /// Returns the machine-readable reason.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// Returns the path as a JSON Pointer; empty for the input as a whole.
    pub fn path(&self) -> &str {
        &self.0.path
    }

    /// Returns the message for people: lower case, no final period, never a secret.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// The same problem, told of the input as a whole.
    pub(crate) fn at_root(self) -> Self {
        self.moved_to("")
    }

    /// The same problem, told of another place.
    pub(crate) fn moved_to(mut self, path: impl Into<Cow<'static, str>>) -> Self {
        self.0.path = path.into();
        self
    }

    /// The same problem, seen from outside: `prefix` comes before the path.
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
    pub fn first(&self) -> &Error {
        &self.0.first
    }

    /// The same problems, seen from outside.
    pub(crate) fn prefixed(self, prefix: &str) -> Self {
        self.map(&|problem| problem.prefixed(prefix))
    }

    /// The same problems in another input: the first of `places` that begins a path is replaced.
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

    /// As [`moved`](Self::moved), of a function whose one parameter is called `input`, for another with an input of its own.
    #[cfg(feature = "_providers")]
    pub(crate) fn moved_in_input(self, places: &[(&str, &str)]) -> Self {
        self.moved(&[(INPUT, "")]).moved(places).prefixed(INPUT)
    }

    fn map(mut self, change: &dyn Fn(Error) -> Error) -> Self {
        self.0.first = change(self.0.first);
        self.0.others = self.0.others.into_iter().map(change).collect();
        self
    }

    /// Returns every error, the first included.
    pub fn iter(&self) -> impl Iterator<Item = &Error> {
        self.into_iter()
    }

    /// Returns how many errors there are, 1 or more.
    pub fn len(&self) -> usize {
        self.0.others.len().saturating_add(1)
    }

    /// Returns `false`: there is at least one error.
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

/// The path of the one parameter of most functions, with which the paths of their errors begin.
pub(crate) const INPUT: &str = "/input";

/// The problems found so far, while checking goes on.
#[derive(Default)]
pub(crate) struct Problems {
    found: Vec<Error>,
    /// What comes before each path in the end.
    prefix: &'static str,
}

impl Problems {
    /// Those of a function whose one parameter is called `input`.
    pub(crate) fn of_input() -> Self {
        Self { found: Vec::new(), prefix: INPUT }
    }

    #[inline(never)]
    pub(crate) fn add(&mut self, problem: Error) {
        self.found.push(problem);
    }

    /// A new problem.
    #[inline(never)]
    pub(crate) fn push(
        &mut self,
        code: Code,
        path: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) {
        self.add(Error::new(code, path, message));
    }

    /// A new problem, at a place that is handed on.
    #[inline(never)]
    #[cfg(feature = "_providers")]
    pub(crate) fn push_at(&mut self, code: Code, path: &str, message: impl Into<Cow<'static, str>>) {
        self.add(Error::at(code, path, message));
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Error>) {
        self.found.extend(problems);
    }

    /// Takes the answer of a check: keeps its problem, hands on its value.
    pub(crate) fn check<T>(&mut self, answer: Result<T, Error>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(problem) => {
                self.add(problem);
                None
            }
        }
    }

    /// As [`check`](Self::check), of a check that tells several problems.
    pub(crate) fn take<T>(&mut self, answer: Result<T, Errors>) -> Option<T> {
        match answer {
            Ok(value) => Some(value),
            Err(problems) => {
                self.extend(problems);
                None
            }
        }
    }

    /// Adds problems before those from a place on.
    pub(crate) fn insert(&mut self, at: usize, problems: Vec<Error>) {
        let at = at.min(self.found.len());
        self.found.splice(at..at, problems);
    }

    pub(crate) fn count(&self) -> usize {
        self.found.len()
    }

    /// What was checked, when no problem was found.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, Errors> {
        match (self.errors(), value) {
            (Some(errors), _) => Err(errors),
            (None, Some(value)) => Ok(value),
            (None, None) => Err(Error::new(Code::Internal, "", "the input was refused without a reason").into()),
        }
    }

    /// What was told, when anything was.
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

/// User input for a message: in backticks, cut short, and withheld when it could be a card number or another secret.
pub(crate) fn quote(input: &str) -> String {
    const LONGEST: usize = 24;
    let digits = input.chars().filter(char::is_ascii_digit).count();
    let shown: String = input.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if digits > 10 {
        "the text given".into()
    } else if shown.len() < input.len() {
        ["`", &shown, "…`"].concat()
    } else {
        ["`", &shown, "`"].concat()
    }
}
