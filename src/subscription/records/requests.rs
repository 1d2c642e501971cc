//! The stored ids of the caller's events.

use super::mark::Mark;
use super::symbols::Symbols;
use crate::error::Code;
use crate::json::sealed::Sealed;
use crate::json::{Node, Shape, Writer};

/// The known ids as a string: of each the mark of the id and that of its content.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Requests(String);

impl Requests {
    /// How many symbols an id and its content have.
    const SYMBOLS: usize = Mark::SYMBOLS.saturating_mul(2);

    /// Returns the mark of the content of an id; `None` if it is not known.
    pub(crate) fn content(&self, id: Mark) -> Option<Mark> {
        let id = id.text();
        let mut known = self.0.as_bytes().chunks_exact(Self::SYMBOLS);
        let found = known.find(|known| known.starts_with(id.as_bytes()))?;
        let content = std::str::from_utf8(found).ok()?.get(Mark::SYMBOLS..)?;
        Mark::pull(&mut Symbols::new(content))
    }

    pub(crate) fn add(&mut self, id: Mark, content: Mark) {
        id.push_to(&mut self.0);
        content.push_to(&mut self.0);
    }
}

impl Sealed for Requests {}

impl Shape for Requests {
    fn read(node: &Node<'_>) -> Self {
        let known = Self(node.text().unwrap_or_default().into());
        let mut symbols = Symbols::new(&known.0);
        while symbols.left() > 0 {
            if Mark::pull(&mut symbols).and_then(|_| Mark::pull(&mut symbols)).is_none() {
                node.problem(Code::InconsistentState, "the ids of events are not what the library wrote".into());
                break;
            }
        }
        known
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.0);
    }
}
