//! Answers to many calls, as lines of JSON.

use crate::error::{Error, Errors};
use crate::json::Writer;

/// Calls a function with each line of a string. Returns a line for each: its answer, or `!` and its errors.
pub(super) fn answers(lines: &str, call: impl Fn(&str) -> Result<String, Errors>) -> String {
    let mut answers = String::with_capacity(lines.len());
    for line in lines.split_inclusive('\n') {
        let arguments = line.strip_suffix('\n');
        match call(arguments.unwrap_or(line)) {
            Ok(answer) => answers.push_str(&answer),
            Err(errors) => {
                answers.push('!');
                answers.push_str(&list_of(&errors));
            }
        }
        if arguments.is_some() {
            answers.push('\n');
        }
    }
    answers
}

/// Returns errors as a JSON array.
fn list_of(errors: &Errors) -> String {
    let object = |error: &Error| {
        let mut writer = Writer::default();
        writer.begin_object();
        writer.word_field("code", error.code().as_str());
        writer.required("path", &String::from(error.path()));
        writer.required("message", &String::from(error.message()));
        writer.end_object();
        writer.finish()
    };
    let objects: Vec<String> = errors.iter().map(object).collect();
    ["[", &objects.join(","), "]"].concat()
}
