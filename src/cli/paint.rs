//! Colours for SPARQL and Turtle on a terminal.

use std::io::{self, Write};

const BOLD: &str = "1";
const GREEN: &str = "32";
const BLUE: &str = "34";
const CYAN: &str = "36";

/// The same text with keywords bold, variables cyan, strings green and IRIs blue.
pub fn painted(text: &str, is_keyword: impl Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let (piece, after) = rest.split_at(length(first, rest));
        let color = match first {
            '"' | '\'' => Some(GREEN),
            '<' if piece.len() > 1 => Some(BLUE),
            '?' | '$' if piece.len() > 1 => Some(CYAN),
            _ if is_keyword(piece) => Some(BOLD),
            _ => None,
        };
        match color {
            Some(color) => out.push_str(&format!("\x1b[{color}m{piece}\x1b[0m")),
            None => out.push_str(piece),
        }
        rest = after;
    }
    out
}

/// How long the piece is that begins here.
fn length(first: char, rest: &str) -> usize {
    let until = |end: &dyn Fn(char) -> bool| rest[1..].find(end).map_or(rest.len(), |at| at + 1);
    match first {
        '"' | '\'' => string(first, rest),
        '<' => match rest.find(['>', ' ']) {
            Some(end) if rest[end..].starts_with('>') => end + 1,
            _ => 1,
        },
        '?' | '$' => until(&|c| !(c.is_alphanumeric() || c == '_')),
        '@' => until(&|c| !(c.is_alphanumeric() || c == '-')),
        c if c.is_ascii_alphabetic() => until(&|c| !(c.is_alphanumeric() || matches!(c, ':' | '_' | '-'))),
        c => c.len_utf8(),
    }
}

/// How long a string is; one that is not closed goes to the end.
fn string(quote: char, rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// Words of Turtle and TriG that are neither names nor values.
fn is_keyword_of_turtle(word: &str) -> bool {
    matches!(word, "a" | "@prefix" | "@base" | "GRAPH" | "true" | "false")
}

/// Paints Turtle or TriG line by line.
pub struct Painter<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Painter<W> {
    /// Paints what goes to `out`.
    pub fn new(out: W) -> Self {
        Self { out, line: Vec::new() }
    }

    fn paint(&mut self, end: usize) -> io::Result<()> {
        let line: Vec<u8> = self.line.drain(..end).collect();
        self.out.write_all(painted(&String::from_utf8_lossy(&line), is_keyword_of_turtle).as_bytes())
    }
}

impl<W: Write> Write for Painter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        if let Some(end) = self.line.iter().rposition(|byte| *byte == b'\n') {
            self.paint(end + 1)?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.paint(self.line.len())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Without what colours it.
    fn bare(painted: &str) -> String {
        [BOLD, GREEN, BLUE, CYAN, "0"]
            .iter()
            .fold(painted.to_owned(), |text, code| text.replace(&format!("\x1b[{code}m"), ""))
    }

    #[test]
    fn paints_without_changing_a_character() {
        let line = "SELECT ?s { ?s rdfs:label \"太原 \\\" ?x\" ; <http://x/#a> 'b FILTER(?n < 3)";
        let painted = painted(line, |word| word == "SELECT");
        assert!(painted.contains("\x1b[1mSELECT\x1b[0m") && painted.contains("\x1b[36m?s\x1b[0m"));
        assert!(painted.contains("\x1b[32m\"太原 \\\" ?x\"\x1b[0m"), "{painted:?}");
        assert!(painted.contains("\x1b[34m<http://x/#a>\x1b[0m"), "{painted:?}");
        assert_eq!(bare(&painted), line);
    }

    #[test]
    fn a_sign_of_less_is_no_iri() {
        let painted = painted("?n < 3 && ?m <= ?k", |_| false);
        assert!(!painted.contains("\x1b[34m"), "{painted:?}");
    }

    #[test]
    fn turtle_is_painted_as_it_is_written() {
        let text = "@prefix jx: <http://x/> .\njx:a a jx:Place ;\n\tjx:b \"甲\"@zh-Hans .\n";
        let mut out = Vec::new();
        let mut painter = Painter::new(&mut out);
        for piece in text.as_bytes().chunks(7) {
            painter.write_all(piece).unwrap();
        }
        painter.flush().unwrap();
        let painted = String::from_utf8(out).unwrap();
        assert_eq!(bare(&painted), text);
        assert_eq!(painted.matches("\x1b[1m").count(), 2, "{painted:?}");
    }
}
