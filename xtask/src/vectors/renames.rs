//! The renames, as the table of CHANGELOG.md lists them, and what they make of a vector.
//!
//! A row says what is renamed, what it was called and what it is called now:
//!
//! - `function`, `file`, `error code`;
//! - `field`, everywhere; `field of X`, where the object is the value of `X`; `field beside X`, where the object has `X` too;
//! - `value of X`, a value of the field `X`; `error at X`, the code of an error whose path ends in the field `X`,
//!   or, where `X` is `nothing`, of a call without its argument;
//! - `path`, the beginning of a path; `path of F`, what now begins the paths of the function `F`; `path of N.…`, those of all
//!   functions of a namespace, `path of finding` those that `checkTerms` answers; `finding`, the code of one;
//! - `type` and `parameter`, which are in no vector;
//! - `word`, in the names of cases and in sentences about them; `added`, a field that answers have besides.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};

use super::file_at;
use crate::sh;

const CHANGELOG: &str = "CHANGELOG.md";
const HEADING: &str = "### Renamed before the first release";

#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    what: String,
    before: String,
    now: String,
}

impl Row {
    /// The rest of `what` after a word, as `X` of `field of X`.
    fn of(&self, word: &str) -> Option<&str> {
        self.what.strip_prefix(word)?.strip_prefix(' ')
    }
}

pub struct Renames {
    rows: Vec<Row>,
}

/// The renames that are not yet applied at a commit.
pub fn since(revision: &str) -> Result<Renames> {
    let earlier = rows(&file_at(revision, CHANGELOG)?)?;
    let mut rows = rows(&sh::read(CHANGELOG)?)?;
    rows.retain(|row| !earlier.contains(row));
    Ok(Renames { rows })
}

fn rows(changelog: &str) -> Result<Vec<Row>> {
    let Some((_, section)) = changelog.split_once(HEADING) else { return Ok(Vec::new()) };
    let lines = section.lines().take_while(|line| !line.starts_with('#')).filter(|line| line.starts_with("| "));
    let row = |line: &str| {
        let cells: Vec<String> = line.trim_matches('|').split('|').map(|cell| cell.trim().replace('`', "")).collect();
        match cells.as_slice() {
            [what, before, now] => Ok(Row { what: what.clone(), before: before.clone(), now: now.clone() }),
            _ => bail!("{CHANGELOG}: `{line}` is no row of three cells"),
        }
    };
    // The first is the heading of the table.
    lines.skip(1).map(row).collect::<Result<_>>().context("cannot read the renames")
}

/// Where a value is: the field that holds it, and whose paths are rewritten by which function's rule.
#[derive(Clone, Copy)]
struct Place<'a> {
    call: &'a str,
    field: &'a str,
    args: Option<&'a Value>,
}

impl Renames {
    /// The name of a file.
    pub fn file(&self, name: &str) -> String {
        self.simple("file", name).unwrap_or(name).into()
    }

    /// The name of a function.
    pub fn function<'a>(&'a self, name: &'a str) -> &'a str {
        self.simple("function", name).unwrap_or(name)
    }

    /// Whether answers now have a field that they did not have.
    pub fn is_added(&self, field: &str) -> bool {
        self.rows.iter().any(|row| row.what == "added" && row.now == field)
    }

    /// A whole file.
    pub fn document(&self, document: &Value) -> Value {
        let Value::Object(parts) = document else { return document.clone() };
        let part = |(name, part): (&String, &Value)| match (name.as_str(), part) {
            ("cases" | "different", Value::Array(cases)) => {
                (name.clone(), cases.iter().map(|case| self.case(case)).collect())
            }
            ("source" | "rule", Value::String(text)) => (name.clone(), self.prose(text).into()),
            // The names in these are the file's own.
            (_, Value::Object(named)) => {
                let named = named.iter().map(|(name, value)| (self.prose(name), self.data(value, "")));
                (name.clone(), Value::Object(named.collect()))
            }
            (_, other) => (name.clone(), other.clone()),
        };
        Value::Object(parts.iter().map(part).collect())
    }

    /// A case. Its own fields stay; what they hold is rewritten.
    fn case(&self, case: &Value) -> Value {
        let Value::Object(fields) = case else { return case.clone() };
        let call = fields.get("call").and_then(Value::as_str).unwrap_or_default();
        let args = fields.get("args");
        let field = |(key, value): (&String, &Value)| {
            let value = match key.as_str() {
                "call" => self.function(call).into(),
                "fails" => self.fails(value, call, args),
                "with" => self.with(value),
                "name" | "why" => self.prose(value.as_str().unwrap_or_default()).into(),
                "of" | "stored" if value.is_string() => self.prose(value.as_str().unwrap_or_default()).into(),
                "args" | "gives" | "of" | "after" => self.data_of(value, call),
                _ => value.clone(),
            };
            (key.clone(), value)
        };
        Value::Object(fields.iter().map(field).collect())
    }

    /// An answer, or what it was refused with.
    pub fn answer(&self, answer: &Value, call: &str) -> Value {
        let Value::Object(fields) = answer else { return answer.clone() };
        let field = |(key, value): (&String, &Value)| match key.as_str() {
            "fails" => (key.clone(), self.fails(value, call, None)),
            _ => (key.clone(), self.data_of(value, call)),
        };
        Value::Object(fields.iter().map(field).collect())
    }

    /// What replaces values of a stored state, by their paths.
    fn with(&self, with: &Value) -> Value {
        let Value::Object(places) = with else { return with.clone() };
        let place = |(path, value): (&String, &Value)| {
            let path = self.path(path, Place { call: "", field: "", args: None });
            let field = path.rsplit('/').next().unwrap_or_default().to_owned();
            (path, self.data(value, &field))
        };
        Value::Object(places.iter().map(place).collect())
    }

    fn fails(&self, fails: &Value, call: &str, args: Option<&Value>) -> Value {
        let Value::Array(errors) = fails else { return fails.clone() };
        let error = |error: &Value| {
            let mut error = error.clone();
            let path = error["path"].as_str().unwrap_or_default().to_owned();
            let nothing = path.is_empty() && args.is_some_and(|args| args[0].is_null());
            let last = if nothing { "nothing" } else { path.rsplit('/').next().unwrap_or_default() };
            if let Some(code) = error["code"].as_str().map(str::to_owned) {
                let special = self
                    .rows
                    .iter()
                    .find(|row| row.of("error at") == Some(last) && row.before == code)
                    .map(|row| &row.now);
                let now = special.map(String::as_str).or(self.simple("error code", &code));
                error["code"] = now.unwrap_or(&code).into();
            }
            error["path"] = self.path(&path, Place { call, field: "", args }).into();
            error
        };
        errors.iter().map(error).collect()
    }

    fn data(&self, value: &Value, field: &str) -> Value {
        self.value(value, Place { call: "", field, args: None })
    }

    fn data_of(&self, value: &Value, call: &str) -> Value {
        self.value(value, Place { call, field: "", args: None })
    }

    fn value(&self, value: &Value, place: Place<'_>) -> Value {
        match value {
            Value::Object(fields) => {
                let field = |(key, inner): (&String, &Value)| {
                    let renamed = self.key(key, fields, place.field).to_owned();
                    // The paths of findings are paths like those of errors.
                    let inner = match (key.as_str(), inner) {
                        ("path", Value::String(path))
                            if fields.contains_key("instead") || place.call == "checkTerms" =>
                        {
                            self.path(path, Place { call: "finding", field: "", args: None }).into()
                        }
                        ("code", Value::String(code)) if place.call == "checkTerms" => {
                            self.simple("finding", code).unwrap_or(code).into()
                        }
                        _ => self.value(inner, Place { field: key, ..place }),
                    };
                    (renamed, inner)
                };
                Value::Object(fields.iter().map(field).collect())
            }
            Value::Array(items) => items.iter().map(|item| self.value(item, place)).collect(),
            Value::String(text) => {
                let row = self.rows.iter().find(|row| row.of("value of") == Some(place.field) && row.before == *text);
                match row {
                    Some(row) => serde_json::from_str(&row.now).unwrap_or_else(|_| row.now.as_str().into()),
                    None => value.clone(),
                }
            }
            other => other.clone(),
        }
    }

    /// The name of a field of an object, which is itself the value of a field.
    fn key<'a>(&'a self, key: &'a str, fields: &Map<String, Value>, holder: &str) -> &'a str {
        let fits = |row: &&Row| {
            row.before == key
                && (row.what == "field"
                    || row.of("field of") == Some(holder)
                    || row.of("field beside").is_some_and(|other| fields.contains_key(other)))
        };
        self.rows.iter().find(fits).map_or(key, |row| &row.now)
    }

    /// A JSON Pointer, its fields renamed, and begun by the parameter's name.
    fn path(&self, path: &str, place: Place<'_>) -> String {
        let mut renamed = String::new();
        let mut holder = "";
        let empty = Map::new();
        let mut value = place.args.and_then(|args| args.get(0));
        for token in path.split('/').skip(1) {
            let fields = value.and_then(Value::as_object).unwrap_or(&empty);
            renamed.push('/');
            renamed.push_str(self.key(token, fields, holder));
            value = value.and_then(|value| match value {
                Value::Array(items) => items.get(token.parse::<usize>().ok()?),
                other => other.get(token),
            });
            if token.parse::<usize>().is_err() {
                holder = token;
            }
        }
        let begun = |row: &&Row| renamed == row.before || renamed.starts_with(&format!("{}/", row.before));
        if let Some(row) = self.rows.iter().find(|row| row.what == "path" && begun(row)) {
            renamed = renamed.replacen(&row.before, &row.now, 1);
        }
        let namespace = place.call.split_once('.').map(|(namespace, _)| format!("{namespace}.…"));
        let begin = |name: &str| self.rows.iter().find(|row| row.of("path of") == Some(name));
        match begin(place.call).or_else(|| begin(&namespace?)) {
            Some(row) if !(renamed == row.now || renamed.starts_with(&format!("{}/", row.now))) => {
                row.now.clone() + &renamed
            }
            _ => renamed,
        }
    }

    /// A sentence, or a name that a file gives.
    fn prose(&self, text: &str) -> String {
        let words = self.rows.iter().filter(|row| row.what == "word");
        words.fold(text.to_owned(), |text, row| text.replace(&row.before, &row.now))
    }

    fn simple(&self, what: &str, before: &str) -> Option<&str> {
        self.rows.iter().find(|row| row.what == what && row.before == before).map(|row| row.now.as_str())
    }
}
