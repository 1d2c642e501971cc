//! `cargo xtask words`: the words that we do not write (`xtask/words/words.txt`), counted in pages, comments, declarations and messages.
//! A count may only fall.

mod prose;

use std::fmt::Write;

use anyhow::{Context, Result, bail, ensure};

use crate::sh;
use prose::{Line, Word, lines, source, without_code, words};

const RULES: &str = "xtask/words/words.txt";
const COUNTS: &str = "xtask/words/counts.txt";

/// Where the words are counted: the name of the area and what is in it.
const AREAS: [(&str, &str); 4] = [
    ("pages", "the Markdown files, except those of tests"),
    ("comments", "the comments of src"),
    ("declarations", "the comments of pkg/types"),
    ("messages", "the strings of src that have several words"),
];

/// The most hits that a failure prints for an area.
const SHOWN: usize = 60;

/// How many words `…` in a phrase may be.
const GAP: usize = 4;

/// A phrase by its words, `…` among them.
type Phrase = Vec<String>;

/// The banned phrases, each with what to write instead, and the phrases in which they are allowed.
struct Rules {
    banned: Vec<(Phrase, String)>,
    allowed: Vec<Phrase>,
}

/// A banned phrase in a file.
struct Hit {
    at: String,
    phrase: String,
    instead: String,
}

/// Fails when a count rose, or fell without the file.
pub fn check() -> Result<()> {
    let (committed, found) = (committed()?, find()?);
    println!("{:<13} {:>9} {:>6}", "area", "committed", "now");
    for (area, hits) in &found {
        println!("{area:<13} {:>9} {:>6}", count(&committed, area)?, hits.len());
    }
    refuse_a_rise(&committed, &found)?;
    ensure!(
        found.iter().all(|(area, hits)| count(&committed, area).ok() == Some(hits.len())),
        "a count fell: run `cargo xtask words --write` and commit {COUNTS}"
    );
    Ok(())
}

/// Writes the counts, which may be lower than the committed ones but not higher.
pub fn write() -> Result<()> {
    let found = find()?;
    refuse_a_rise(&committed()?, &found)?;
    let mut text =
        String::from("# Banned words by area: written by `cargo xtask words --write`. A count may only fall.\n");
    for (area, hits) in &found {
        writeln!(text, "{area:<13} {:>6}", hits.len())?;
    }
    sh::write(COUNTS, text)
}

/// Prints every hit of an area.
pub fn list(area: &str) -> Result<()> {
    let found = find()?;
    let (_, hits) = found.iter().find(|(name, _)| *name == area).with_context(|| {
        let areas = AREAS.map(|(name, what)| format!("\n{name}: {what}")).concat();
        format!("`{area}` is no area; these are:{areas}")
    })?;
    hits.iter().for_each(|hit| println!("{hit}"));
    Ok(())
}

fn refuse_a_rise(committed: &[(String, usize)], found: &[(&str, Vec<Hit>)]) -> Result<()> {
    let mut risen = Vec::new();
    for (area, hits) in found {
        let before = count(committed, area)?;
        if hits.len() > before {
            println!("\n{area}: {before} in {COUNTS}, {} now:", hits.len());
            hits.iter().take(SHOWN).for_each(|hit| println!("  {hit}"));
            if hits.len() > SHOWN {
                println!("  … and {}: `cargo xtask words --list {area}`", hits.len() - SHOWN);
            }
            risen.push(*area);
        }
    }
    ensure!(
        risen.is_empty(),
        "banned words were added in {}: write what is named beside each. Where one has a meaning of its own, add its phrase to \
         {RULES}; where you banned another word, edit {COUNTS}",
        risen.join(", ")
    );
    Ok(())
}

fn committed() -> Result<Vec<(String, usize)>> {
    let text = sh::read(COUNTS)?;
    let rows = text.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let (area, count) = line.split_once(' ').with_context(|| format!("{COUNTS}: no count in `{line}`"))?;
        Ok((area.to_owned(), count.trim().parse()?))
    });
    rows.collect()
}

fn count(counts: &[(String, usize)], area: &str) -> Result<usize> {
    let row = counts.iter().find(|(name, _)| name == area);
    row.map(|(_, count)| *count).with_context(|| format!("{COUNTS} has no `{area}`"))
}

/// Finds the banned phrases of every area.
fn find() -> Result<Vec<(&'static str, Vec<Hit>)>> {
    let rules = Rules::parse(&sh::read(RULES)?)?;
    let mut found = AREAS.map(|(area, _)| (area, Vec::new()));
    let [(_, pages), (_, comments), (_, declarations), (_, messages)] = &mut found;
    for file in files(&["*.md", ":!tests"])? {
        pages.extend(rules.hits(&file, without_code(lines(&sh::read(&file)?, 1))));
    }
    for file in files(&["src/*.rs"])? {
        let source = source(&sh::read(&file)?);
        comments.extend(rules.hits(&file, without_code(source.comments)));
        if !file.ends_with("tests.rs") {
            let messages_of = source.strings.into_iter().filter(|line| line.text.trim().contains(' '));
            messages.extend(rules.hits(&file, messages_of.collect()));
        }
    }
    for file in files(&["pkg/types/*.d.ts"])? {
        declarations.extend(rules.hits(&file, without_code(source(&sh::read(&file)?).comments)));
    }
    Ok(found.into())
}

/// The files that git knows or would add, sorted. A `*` in a pattern reaches into folders.
fn files(patterns: &[&str]) -> Result<Vec<String>> {
    let listed = sh::output(
        sh::cmd("git").args(["ls-files", "--cached", "--others", "--exclude-standard", "--"]).args(patterns),
    )?;
    let mut files: Vec<String> = listed.lines().filter(|file| sh::read(file).is_ok()).map(str::to_owned).collect();
    ensure!(!files.is_empty(), "git lists no file of {}", patterns.join(", "));
    files.sort();
    files.dedup();
    Ok(files)
}

impl Rules {
    /// Reads lines such as `tell, tells -> return, report` and `allow stand-in`.
    fn parse(text: &str) -> Result<Self> {
        let mut rules = Self { banned: Vec::new(), allowed: Vec::new() };
        let phrase = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Phrase>();
        for line in text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(allowed) = line.strip_prefix("allow ") {
                rules.allowed.extend(allowed.split(", ").map(phrase));
            } else if let Some((banned, instead)) = line.split_once(" -> ") {
                rules.banned.extend(banned.split(", ").map(|banned| (phrase(banned), instead.to_owned())));
            } else {
                bail!("{RULES}: `{line}` neither bans (`word -> better`) nor allows (`allow phrase`)");
            }
        }
        Ok(rules)
    }

    /// Returns the banned phrases of a file's prose, except those within an allowed one. A phrase does not cross the end of a
    /// sentence.
    fn hits(&self, file: &str, prose: Vec<Line>) -> Vec<Hit> {
        let words = words(&prose);
        let mut allowed = vec![false; words.len()];
        let mut hits = Vec::new();
        for (at, rest) in (0..words.len()).map(|at| (at, &words[at..])) {
            for length in self.allowed.iter().filter_map(|phrase| matched(phrase, rest)) {
                allowed[at..at + length].fill(true);
            }
        }
        for (at, rest) in (0..words.len()).map(|at| (at, &words[at..])) {
            for (phrase, instead) in &self.banned {
                if matched(phrase, rest).is_some_and(|length| !allowed[at..at + length].iter().all(|allowed| *allowed))
                {
                    let at = format!("{file}:{}", words[at].line);
                    hits.push(Hit { at, phrase: phrase.join(" "), instead: instead.clone() });
                    break;
                }
            }
        }
        hits
    }
}

/// How many words a phrase matches at the beginning of some; `…` is as few as possible.
fn matched(phrase: &[String], words: &[Word]) -> Option<usize> {
    let Some((first, phrase)) = phrase.split_first() else { return Some(0) };
    if first == "…" {
        let sentence = words.iter().take_while(|word| !word.text.is_empty()).count();
        return (0..=sentence.min(GAP)).find_map(|gap| Some(gap + matched(phrase, &words[gap..])?));
    }
    let (_, words) = words.split_first().filter(|(word, _)| word.text == *first)?;
    Some(1 + matched(phrase, words)?)
}

impl std::fmt::Display for Hit {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}: `{}`: write {}", self.at, self.phrase, self.instead)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: &str =
        "# Words\ntell, told -> report\nhold … against -> compare with\ntext -> string\nallow JSON text, told you so\n";

    fn hits(text: &str) -> Vec<String> {
        let rules = Rules::parse(RULES).unwrap();
        rules.hits("page", without_code(lines(text, 1))).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_banned_word_is_found_in_any_case_and_as_a_whole() {
        assert_eq!(hits("Told\nby an untold teller."), ["page:1: `told`: write report"]);
        assert_eq!(hits("what is told's"), ["page:1: `told`: write report"]);
    }

    #[test]
    fn a_phrase_crosses_lines_but_not_sentences() {
        assert_eq!(hits("we hold the whole\nanswer against it"), ["page:1: `hold … against`: write compare with"]);
        assert!(hits("we hold it. Not against").is_empty());
        assert!(hits("hold one two three four five against").is_empty());
    }

    #[test]
    fn an_allowed_phrase_is_no_hit() {
        assert!(hits("JSON text, told you so").is_empty());
        assert_eq!(hits("a text of JSON text"), ["page:1: `text`: write string"]);
    }

    #[test]
    fn code_is_no_hit() {
        assert!(hits("the field `text` and\n```js\ntext(told);\n```").is_empty());
        assert_eq!(hits("```js\nf(); // a text\n```"), ["page:2: `text`: write string"]);
    }

    #[test]
    fn a_count_may_not_rise() {
        let committed = [("pages".to_owned(), 1)];
        let hit = || Hit { at: "page:1".into(), phrase: "told".into(), instead: "report".into() };
        assert!(refuse_a_rise(&committed, &[("pages", vec![hit()])]).is_ok());
        assert!(refuse_a_rise(&committed, &[("pages", vec![hit(), hit()])]).is_err());
    }

    #[test]
    fn a_line_bans_or_allows() {
        assert!(Rules::parse("tell report").is_err());
    }
}
