//! What a line of the shell means.

/// The commands.
pub(super) const HELP: &str = "\
SELECT … ASK … CONSTRUCT … DESCRIBE …   asks in SPARQL; prefixes need no declaration
\\ask QUESTION [NAME=VALUE …]            asks a ready question; \\questions lists them
\\why SUBJECT [PROPERTY] [OBJECT]        the sentences on which a statement rests
\\show NAME                              everything said of a thing
\\find WORDS                             names and sentences that hold some words
\\format NAME                            how answers are printed: table, csv, tsv, json, markdown …; without NAME as usual
\\explain QUERY                          how an answer comes about
\\stats \\prefixes \\questions \\help \\quit";

/// A line as it is to be carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    Nothing,
    Leave,
    Help,
    Format(Option<String>),
    Unknown(String),
    /// The arguments of a subcommand, without the store.
    Run(Vec<String>),
}

pub(super) fn understood(text: &str) -> Line {
    let text = text.trim();
    let Some(command) = text.strip_prefix('\\') else {
        return if text.is_empty() {
            Line::Nothing
        } else {
            Line::Run(vec!["query".to_owned(), text.to_owned()])
        };
    };
    let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
    let rest = rest.trim();
    let with = |first: &str| Line::Run(std::iter::once(first.to_owned()).chain(words(rest)).collect());
    match name {
        "quit" | "q" | "exit" => Line::Leave,
        "help" | "h" | "?" => Line::Help,
        "format" => Line::Format((!rest.is_empty()).then(|| rest.to_owned())),
        "why" | "show" | "stats" | "prefixes" | "questions" => with(name),
        "find" => Line::Run(vec!["find".to_owned(), rest.to_owned()]),
        "explain" => Line::Run(vec!["query".to_owned(), "--explain".to_owned(), rest.to_owned()]),
        "ask" => Line::Run(asked(rest)),
        other => Line::Unknown(other.to_owned()),
    }
}

fn asked(rest: &str) -> Vec<String> {
    let mut arguments = vec!["ask".to_owned()];
    for (index, word) in words(rest).into_iter().enumerate() {
        if index > 0 {
            arguments.push("--bind".to_owned());
        }
        arguments.push(word);
    }
    arguments
}

/// Words parted by blanks; quotation marks keep blanks together.
fn words(text: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in text.chars() {
        match c {
            '"' => (quoted, begun) = (!quoted, true),
            c if c.is_whitespace() && !quoted => {
                words.extend(begun.then(|| std::mem::take(&mut word)));
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    words.extend(begun.then_some(word));
    words
}

/// Whether a query is at its end: its braces are closed, or an empty line follows; a command is one line.
pub(super) fn is_whole(text: &str) -> bool {
    if text.trim_start().starts_with('\\') || text.trim().is_empty() || text.ends_with("\n\n") {
        return true;
    }
    let (mut depth, mut opened, mut quote, mut comment, mut before) = (0_i32, false, None, false, ' ');
    for c in text.chars() {
        let apart = std::mem::replace(&mut before, c).is_whitespace();
        match (c, quote) {
            ('\n', _) => comment = false,
            _ if comment => {}
            (c, Some(mark)) if c == mark => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('#', None) if apart => comment = true,
            ('{', None) => (depth, opened) = (depth + 1, true),
            ('}', None) => depth -= 1,
            _ => {}
        }
    }
    (opened && depth <= 0) || text.trim_start().to_uppercase().starts_with("DESCRIBE ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str) -> Vec<String> {
        match understood(text) {
            Line::Run(words) => words,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn commands_become_subcommands() {
        assert_eq!(run("\\why 太原 develops \"装备 制造业\""), ["why", "太原", "develops", "装备 制造业"]);
        assert_eq!(
            run("\\ask place-figures place=太原市 year=2021"),
            ["ask", "place-figures", "--bind", "place=太原市", "--bind", "year=2021"]
        );
        assert_eq!(run(" ASK {} "), ["query", "ASK {}"]);
        assert_eq!(understood("\\format csv"), Line::Format(Some("csv".to_owned())));
        assert_eq!(understood("\\q"), Line::Leave);
        assert_eq!(understood("\\frob"), Line::Unknown("frob".to_owned()));
        assert_eq!(understood("  "), Line::Nothing);
    }

    #[test]
    fn a_query_ends_where_its_braces_are_closed() {
        assert!(!is_whole("SELECT ?s {\n"));
        assert!(!is_whole("SELECT ?s\n"));
        assert!(is_whole("SELECT ?s {\n ?s ?p \"}{\" }\n"));
        assert!(!is_whole("SELECT ?s { { ?s ?p ?o }\n"));
        assert!(is_whole("SELECT ?s {\n\n"));
        assert!(is_whole("ASK { ?s a <http://x/y#Z> } # end\n"));
        assert!(is_whole("\\show 太原\n"));
        assert!(is_whole("DESCRIBE jx:Place\n"));
    }
}
