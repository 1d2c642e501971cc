//! Plain JavaScript values, packed by the package's `pack.js`.

use wasm_bindgen::prelude::*;

use crate::bindings::functions;
use crate::json::{Marks, Tape};

/// Returns the number of a function, for [`call_packed`]; an unused number if the name is unknown.
#[wasm_bindgen]
pub fn find(name: &str) -> u32 {
    let place = functions().position(|function| function.name == name);
    place.and_then(|place| u32::try_from(place).ok()).unwrap_or(u32::MAX)
}

/// Calls a function by its number with packed arguments. Returns JSON, or nothing if the call is rejected.
#[wasm_bindgen(js_name = callPacked)]
pub fn call_packed(number: u32, arguments: &[u8]) -> Option<String> {
    let function = functions().nth(usize::try_from(number).ok()?)?;
    function.call(tape(arguments)?).ok()
}

/// Reads packed values onto a tape; `None` if they are not as `pack.js` writes them.
fn tape(bytes: &[u8]) -> Option<Tape<'_>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let mut reader = Reader { bytes, at: 0, tape: Tape::new(text)? };
    reader.value()?;
    if reader.at == bytes.len() { Some(reader.tape) } else { None }
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
    tape: Tape<'a>,
}

impl Reader<'_> {
    fn byte(&mut self) -> Option<u8> {
        let byte = self.bytes.get(self.at).copied()?;
        self.at = self.at.checked_add(1)?;
        Some(byte)
    }

    /// Reads an integer from 0, six bits per byte. All bytes except the last have 64 added.
    fn count(&mut self) -> Option<i64> {
        let mut number = 0i64;
        let mut place = 0u32;
        loop {
            let byte = self.byte()?;
            number = number.checked_add(i64::from(byte & 63).checked_shl(place)?)?;
            if byte < 64 {
                return Some(number);
            }
            place = place.checked_add(6).filter(|place| *place < 60)?;
        }
    }

    /// Returns the start and end of a string with so many bytes.
    fn text(&mut self, length: i64) -> Option<(usize, usize)> {
        let start = self.at;
        self.at = start.checked_add(usize::try_from(length).ok()?)?;
        Some((start, self.at))
    }

    fn value(&mut self) -> Option<()> {
        match self.byte()? {
            b's' => {
                let length = self.count()?;
                let (start, end) = self.text(length)?;
                self.tape.text_between(start, end);
            }
            b'p' => {
                let number = self.count()?;
                self.tape.integer(number);
            }
            b'm' => {
                let number = self.count()?.checked_neg()?;
                self.tape.integer(number);
            }
            b't' => self.tape.bool(true),
            b'f' => self.tape.bool(false),
            b'n' => self.tape.null(),
            b'l' => {
                let place = self.tape.begin_list();
                for _ in 0..self.count()? {
                    self.value()?;
                }
                self.tape.end_list(place);
            }
            b'o' => {
                let place = self.tape.begin_object();
                let mut marks = Marks::default();
                while let Some(length) = self.count()?.checked_sub(1).filter(|length| *length >= 0) {
                    let (start, end) = self.text(length)?;
                    self.tape.key_between(start, end, &mut marks);
                    self.value()?;
                }
                self.tape.end_object(place, marks);
            }
            _ => return None,
        }
        Some(())
    }
}
