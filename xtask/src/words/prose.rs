//! The prose of a file: a page without its code, the comments and the strings of a source.

/// A line of prose, with its number in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub number: usize,
    pub text: String,
}

/// A word in lower case, with the number of its line. An empty one is the end of a sentence, `CODE` a piece of code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    pub line: usize,
    pub text: String,
}

/// The word for a piece of code in a sentence.
pub const CODE: &str = "`";

/// The comments and the strings of a source in Rust or TypeScript.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Source {
    pub comments: Vec<Line>,
    pub strings: Vec<Line>,
}

/// Returns the lines of a text, numbered from a number on.
pub fn lines(text: &str, first: usize) -> Vec<Line> {
    (first..).zip(text.lines()).map(|(number, text)| Line { number, text: text.into() }).collect()
}

/// Splits a source. Raw strings are left out: they hold JSON. So are the strings of a test module at the end of a file.
pub fn source(text: &str) -> Source {
    let mut found = Source::default();
    let tests = text.find("#[cfg(test)]\nmod ").unwrap_or(text.len());
    let mut rest = text;
    let mut number = 1;
    while !rest.is_empty() {
        let length = token(rest);
        let (piece, after) = rest.split_at(length);
        if piece.starts_with("//") || piece.starts_with("/*") {
            found.comments.extend(lines(piece, number).into_iter().map(without_marks));
        } else if piece.starts_with('"') && text.len() - rest.len() < tests {
            found.strings.extend(lines(piece.trim_matches('"'), number));
        }
        number += piece.matches('\n').count();
        rest = after;
    }
    found
}

/// Returns the length of what a source begins with: a comment, a literal or a single character.
fn token(text: &str) -> usize {
    let until = |from: usize, end: &str| text[from..].find(end).map_or(text.len(), |at| from + at + end.len());
    if text.starts_with("//") {
        return text.find('\n').unwrap_or(text.len());
    }
    if text.starts_with("/*") {
        return until(2, "*/");
    }
    if let Some(raw) = text.strip_prefix('r') {
        let hashes = raw.len() - raw.trim_start_matches('#').len();
        if raw[hashes..].starts_with('"') {
            return until(hashes + 2, &format!("\"{}", "#".repeat(hashes)));
        }
    }
    let mut characters = text.char_indices();
    let first = characters.next().map_or('\0', |(_, first)| first);
    match first {
        '"' => {
            while let Some((at, character)) = characters.next() {
                match character {
                    '\\' => drop(characters.next()),
                    '"' => return at + 1,
                    _ => {}
                }
            }
            text.len()
        }
        // A character, not a lifetime.
        '\'' if text.starts_with("'\\") => until(3, "'"),
        '\'' if text.chars().nth(2) == Some('\'') => until(1, "'"),
        _ => first.len_utf8(),
    }
}

fn without_marks(line: Line) -> Line {
    let text = line.text.trim().trim_end_matches("*/").trim_start_matches(['/', '*', '!']).trim();
    Line { number: line.number, text: text.into() }
}

/// Leaves out code: of a fenced block or an `@example` only what follows `//` stays, for a comment there is prose too. Both end with
/// their comment, after which a line is missing.
pub fn without_code(lines: Vec<Line>) -> Vec<Line> {
    let mut fenced = false;
    let mut example = false;
    let mut next = 0;
    let mut prose = Vec::new();
    for Line { number, text } in lines {
        if number > next {
            (fenced, example) = (false, false);
        }
        next = number + 1;
        let start = text.trim_start();
        if start.starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if start.starts_with('@') {
            example = start.starts_with("@example");
        }
        if !(fenced || example) {
            prose.push(Line { number, text });
        } else if let Some((_, comment)) = text.split_once("// ") {
            prose.push(Line { number, text: comment.into() });
        }
    }
    prose
}

/// Returns the words of lines, in order. A piece of code in backticks is one word, `CODE`; addresses and what a format string fills
/// in are none.
pub fn words(lines: &[Line]) -> Vec<Word> {
    let mut found = Vec::new();
    for Line { number, text } in lines {
        let mut push = |text: &str| found.push(Word { line: *number, text: text.into() });
        if text.trim().is_empty() {
            push("");
        }
        for (at, part) in text.split('`').enumerate() {
            if at % 2 == 1 {
                push(CODE);
                continue;
            }
            for chunk in without_addresses(part).split_whitespace() {
                // A path in an error, such as `/text`.
                if chunk.starts_with('/') {
                    push(CODE);
                    continue;
                }
                let word = chunk.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
                let word = word.strip_suffix("'s").unwrap_or(&word);
                if !word.is_empty() {
                    push(word);
                }
                if chunk.contains(['|', ';', ':', '!', '?']) || chunk.ends_with(['.', '"']) {
                    push("");
                }
            }
        }
    }
    found
}

/// A text without the targets of its links, its URLs and what stands in braces.
fn without_addresses(text: &str) -> String {
    let mut kept = String::new();
    let mut rest = text;
    while let Some(at) = ["](", "https://", "{"].iter().filter_map(|start| rest.find(start)).min() {
        let (before, from) = rest.split_at(at);
        let end = match from.chars().next() {
            Some(']') => from.find(')'),
            Some('{') => from.find('}'),
            _ => from.find(char::is_whitespace),
        };
        kept.push_str(before);
        kept.push(' ');
        rest = end.and_then(|end| from.get(end + 1..)).unwrap_or_default();
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: Vec<Line>) -> Vec<String> {
        lines.into_iter().map(|line| format!("{} {}", line.number, line.text)).collect()
    }

    fn spoken(text: &str) -> String {
        words(&without_code(lines(text, 1))).iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_source_has_comments_and_strings() {
        let found = source(
            "//! One.\nlet a = \"two // \\\" three\"; // four\nlet b = ('\"', 'x: r#\"five\"#);\n/* six\n * seven */\n",
        );
        assert_eq!(texts(found.comments), ["1 One.", "2 four", "4 six", "5 seven"]);
        assert_eq!(texts(found.strings), ["2 two // \\\" three"]);
    }

    #[test]
    fn the_strings_of_tests_are_left_out() {
        let found = source("let a = \"one\";\n#[cfg(test)]\nmod tests {\n    let b = \"two\"; // three\n}\n");
        assert_eq!(texts(found.strings), ["1 one"]);
        assert_eq!(texts(found.comments), ["4 three"]);
    }

    #[test]
    fn code_is_left_out_and_its_comments_stay() {
        assert_eq!(spoken("one\n```js\ncode(); // two\n```\nthree"), "one two three");
        assert_eq!(spoken("one\n@example\ncode(); // two\n@throws three"), "one two throws three");
        assert_eq!(spoken("one `code here` two"), "one ` two");
        let comments = source("/** One.\n * @example\n * code();\n */\ncode();\n/** Two. */\n").comments;
        assert_eq!(texts(without_code(comments)), ["1 One.", "6 Two."]);
    }

    #[test]
    fn addresses_are_left_out_and_sentences_end() {
        assert_eq!(spoken("throws invalid_decimal /text"), "throws invalid_decimal `");
        assert_eq!(spoken("See [the page](docs/text.md) at https://example.com/place now."), "see the page at now ");
        assert_eq!(spoken("| One | the server's {place} |"), " one  the server ");
    }
}
