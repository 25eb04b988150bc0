//! Quads from any syntax that is written here.

use super::write::Syntax;
use oxrdf::Quad;
use oxrdfio::RdfParser;

/// RDF that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("line {line}, column {column}: {reason}")]
pub struct ReadError {
    line: u64,
    column: u64,
    reason: String,
}

/// Reads RDF; relative IRIs are an error unless `base` says what they are relative to.
pub fn read_quads(bytes: &[u8], syntax: Syntax, base: Option<&str>) -> Result<Vec<Quad>, ReadError> {
    let mut parser = RdfParser::from_format(syntax.format()).rename_blank_nodes();
    if let Some(base) = base {
        parser = parser.with_base_iri(base).map_err(|e| ReadError {
            line: 1,
            column: 1,
            reason: e.to_string(),
        })?;
    }
    parser.for_slice(bytes).collect::<Result<_, _>>().map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |l| (l.start.line + 1, l.start.column + 1));
        let reason = error.to_string();
        let reason = reason.split_once(": ").map_or(reason.as_str(), |(_, r)| r).to_owned();
        ReadError { line, column, reason }
    })
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
