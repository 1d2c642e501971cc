//! Why an event is refused, as the model says it.

use billing_rules::Code;

/// A code, and the path where the rules give one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub path: Option<&'static str>,
}

impl Refusal {
    pub fn at(code: Code, path: &'static str) -> Self {
        Refusal { code, path: Some(path) }
    }

    /// Whether it is the same as what the engine says.
    pub fn is(&self, code: Code, path: &str) -> bool {
        self.code == code && self.path.is_none_or(|expected| expected == path)
    }
}

impl From<Code> for Refusal {
    fn from(code: Code) -> Self {
        Refusal { code, path: None }
    }
}
