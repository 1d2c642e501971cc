//! Lenient reading of a provider's JSON response (R7.5).
//!
//! Unknown fields are ignored, names match in any letter case, and a number may be a string. Numbers keep their digits,
//! so an amount never passes through a float.

mod parse;

use crate::date::Date;
use crate::json::{Key, Value};
use crate::money::{Currency, Money};

/// A value of a response. It has no Debug, as it may contain secrets.
#[derive(Clone)]
pub(crate) enum Answer {
    Nothing,
    Bool(bool),
    /// The digits of the number.
    Number(String),
    Text(String),
    List(Vec<Answer>),
    Object(Vec<(String, Answer)>),
}

const NOTHING: &Answer = &Answer::Nothing;

/// Returns whether two names are equal, ignoring letter case and surrounding spaces.
fn alike(one: &str, other: &str) -> bool {
    one.trim().eq_ignore_ascii_case(other.trim())
}

impl Answer {
    /// Parses a body; `None` if it is not JSON or has a duplicate name.
    pub(crate) fn parse(body: &str) -> Option<Self> {
        parse::parse(body)
    }

    /// Parses a body; `Nothing` if [`parse`](Self::parse) cannot.
    pub(crate) fn of(body: &str) -> Self {
        Self::parse(body).unwrap_or(Self::Nothing)
    }

    /// Returns a field by its name, ignoring letter case and surrounding spaces.
    pub(crate) fn get(&self, name: &str) -> &Answer {
        self.fields().iter().find(|(other, _)| alike(other, name)).map_or(NOTHING, |(_, value)| value)
    }

    /// Returns a nested field by its path.
    pub(crate) fn at(&self, names: &[&str]) -> &Answer {
        names.iter().fold(self, |answer, name| answer.get(name))
    }

    /// Returns the first of several fields that is present.
    pub(crate) fn either(&self, names: &[&str]) -> &Answer {
        names.iter().map(|name| self.get(name)).find(|answer| answer.is_given()).unwrap_or(NOTHING)
    }

    /// Returns the value if the condition is true, otherwise `Nothing`.
    pub(crate) fn only_if(&self, condition: bool) -> &Answer {
        if condition { self } else { NOTHING }
    }

    /// Returns whether the value is present.
    pub(crate) fn is_given(&self) -> bool {
        !matches!(self, Self::Nothing)
    }

    /// Returns a string that is not empty, or the digits of a number.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// Returns the same as [`text`](Self::text), owned.
    pub(crate) fn string(&self) -> Option<String> {
        self.text().map(String::from)
    }

    /// Returns a string in lower case: a status, a type, a code.
    pub(crate) fn word(&self) -> Option<String> {
        self.text().map(str::to_ascii_lowercase)
    }

    /// Returns a boolean: also `true`, `yes`, `y`, `1`, `false`, `no`, `n` and `0` in any letter case.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Self::Bool(flag) => Some(*flag),
            _ => match self.word()?.as_str() {
                "true" | "yes" | "y" | "1" => Some(true),
                "false" | "no" | "n" | "0" => Some(false),
                _ => None,
            },
        }
    }

    /// Returns an integer.
    pub(crate) fn integer(&self) -> Option<i64> {
        self.text()?.parse().ok()
    }

    /// Returns a date, also from the beginning of a timestamp.
    pub(crate) fn date(&self) -> Option<Date> {
        self.text()?.get(..10)?.parse().ok()
    }

    /// Parses an amount in the currency's major unit.
    pub(crate) fn decimal(&self, currency: Currency) -> Option<Money> {
        decimal(self.text()?, currency)
    }

    /// Returns an amount in minor units.
    pub(crate) fn minor_units(&self, currency: Currency) -> Option<Money> {
        Money::new(self.integer()?, currency).ok()
    }

    /// Returns the items of an array; empty for anything else.
    pub(crate) fn items(&self) -> &[Answer] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Returns the names and values of an object; empty for anything else.
    pub(crate) fn fields(&self) -> &[(String, Answer)] {
        match self {
            Self::Object(fields) => fields,
            _ => &[],
        }
    }

    /// Converts to a tree to write, digit for digit. `mask` returns the replacement of a masked field.
    pub(crate) fn to_value(&self, mask: &impl Fn(&str) -> Option<Value>) -> Value {
        match self {
            Self::Nothing => Value::Null,
            Self::Bool(flag) => Value::Bool(*flag),
            Self::Number(digits) => Value::Written(digits.clone()),
            Self::Text(text) => Value::text(text.as_str()),
            Self::List(items) => Value::List(items.iter().map(|item| item.to_value(mask)).collect()),
            Self::Object(fields) => {
                let field = |(name, value): &(String, Answer)| {
                    (Key::Owned(name.clone()), mask(name).unwrap_or_else(|| value.to_value(mask)))
                };
                Value::Object(fields.iter().map(field).collect())
            }
        }
    }
}

/// Parses an amount in the currency's major unit. Decimals beyond the currency's own must be zeros: 1000.00 JPY.
pub(crate) fn decimal(text: &str, currency: Currency) -> Option<Money> {
    let digits = usize::from(currency.exponent());
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let (kept, zeros) = decimals.split_at_checked(digits.min(decimals.len()))?;
    if !zeros.bytes().all(|digit| digit == b'0') {
        return None;
    }
    let written = if kept.is_empty() { whole.to_string() } else { [whole, kept].join(".") };
    Money::parse_decimal(&written, currency).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_provider_may_write_is_read() {
        let answer = Answer::parse(
            r#"{"Paused": "N", "Status": "SETTLED", "shedule_id ": "s", "amount": 19.90, "text": "1000.00", "n": "12", "ok": "True",
                "date": "2025-01-31 10:00:00", "nested": {"list": [1, {"a": null}]}, "empty": ""}"#,
        )
        .unwrap();
        assert_eq!(answer.get("status").word().as_deref(), Some("settled"));
        assert_eq!(answer.either(&["schedule_id", "shedule_id"]).text(), Some("s"));
        let (nok, jpy) = ("NOK".parse().unwrap(), "JPY".parse().unwrap());
        assert_eq!(answer.get("amount").decimal(nok).map(Money::amount), Some(1990));
        assert_eq!(answer.get("text").decimal(jpy).map(Money::amount), Some(1000));
        assert_eq!(answer.get("amount").decimal(jpy), None);
        assert_eq!(answer.get("n").integer(), Some(12));
        assert_eq!(answer.get("n").minor_units(nok).map(Money::amount), Some(12));
        assert_eq!(answer.get("ok").flag(), Some(true));
        assert_eq!(answer.get("paused").flag(), Some(false));
        assert_eq!(answer.get("date").date().map(|date| date.iso()).as_deref(), Some("2025-01-31"));
        assert_eq!(answer.at(&["nested", "list"]).items().len(), 2);
        assert_eq!(answer.get("nested").fields().len(), 1);
        assert!(answer.get("empty").is_given() && answer.get("empty").text().is_none());
        assert!(!answer.at(&["nested", "none", "deeper"]).is_given());
    }

    #[test]
    fn what_is_not_json_or_too_deep_is_not_read() {
        for body in ["", "{", "<html>", "{\"a\":}"] {
            assert!(Answer::parse(body).is_none(), "{body}");
        }
        assert!(Answer::parse(&["[".repeat(63), "]".repeat(63)].concat()).is_some());
        assert!(Answer::parse(&["[".repeat(100_000), "]".repeat(100_000)].concat()).is_none());
    }
}
