//! Quads from any syntax that is written here.

use super::scripts::fold_language;
use super::write::Syntax;
use oxrdf::Quad;
use oxrdfio::{RdfParseError, RdfParser};
use std::io::{self, Read};

/// RDF that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It breaks its syntax.
    #[error("line {line}, column {column}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: u64,
        /// Column in characters, from 1.
        column: u64,
        /// What is wrong.
        reason: String,
    },
    /// It cannot be read to its end.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Reads RDF; relative IRIs are an error unless `base` says what they are relative to.
pub fn read_quads(bytes: &[u8], syntax: Syntax, base: Option<&str>) -> Result<Vec<Quad>, ReadError> {
    stream_quads(bytes, syntax, base)?.collect()
}

/// Reads RDF quad by quad.
pub fn stream_quads<R: Read>(
    input: R,
    syntax: Syntax,
    base: Option<&str>,
) -> Result<impl Iterator<Item = Result<Quad, ReadError>> + use<R>, ReadError> {
    let mut parser = RdfParser::from_format(syntax.format()).rename_blank_nodes();
    if let Some(base) = base {
        let wrong = |reason: String| ReadError::Syntax { line: 1, column: 1, reason };
        parser = parser.with_base_iri(base).map_err(|e| wrong(e.to_string()))?;
    }
    let folded = |mut quad: Quad| {
        fold_language(&mut quad.object);
        quad
    };
    Ok(parser.for_reader(input).map(move |quad| quad.map(folded).map_err(refused)))
}

fn refused(error: RdfParseError) -> ReadError {
    let error = match error {
        RdfParseError::Io(error) => return error.into(),
        RdfParseError::Syntax(error) => error,
    };
    let (line, column) = error.location().map_or((1, 1), |l| (l.start.line + 1, l.start.column + 1));
    let reason = error.to_string();
    let reason = reason.split_once(": ").map_or(reason.as_str(), |(_, r)| r).to_owned();
    ReadError::Syntax { line, column, reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_where_the_syntax_breaks() {
        let error = read_quads(b"@prefix a: <http://a/> .\na:b a:c ,, .", Syntax::Turtle, None).unwrap_err();
        assert!(error.to_string().starts_with("line 2, column "), "{error}");
    }
}
