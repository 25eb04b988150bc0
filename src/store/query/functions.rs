//! The functions that queries may call beside SPARQL's own: those of GeoSPARQL, on points that links bring.

use crate::store::scan::nearest;
use oxigraph::sparql::{CancellationToken, SparqlEvaluator};
use spargeo::GEOSPARQL_EXTENSION_FUNCTIONS;

/// What evaluates a query until `token` stops it.
pub(super) fn evaluator(token: CancellationToken) -> SparqlEvaluator {
    let plain = SparqlEvaluator::new().with_cancellation_token(token);
    GEOSPARQL_EXTENSION_FUNCTIONS.into_iter().fold(plain, |evaluator, (name, function)| {
        evaluator.with_custom_function(name.into_owned(), function)
    })
}

/// The closest known function by the last part of its IRI.
pub(super) fn closest(iri: &str) -> Option<String> {
    let last = |iri: &'_ str| iri.rsplit(['/', '#']).next().unwrap_or_default().to_owned();
    let known: Vec<String> =
        GEOSPARQL_EXTENSION_FUNCTIONS.iter().map(|(name, _)| last(name.as_str())).collect();
    nearest(&last(iri), known.iter().map(String::as_str)).map(|name| format!("geof:{name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::sparql::QueryResults;
    use oxigraph::store::Store;

    #[test]
    fn a_misspelt_function_is_close_to_a_known_one() {
        let misspelt = "http://www.opengis.net/def/function/geosparql/distnce";
        assert_eq!(closest(misspelt).as_deref(), Some("geof:distance"));
        assert_eq!(closest("http://example.org/entirelyOther"), None);
    }

    #[test]
    fn tells_how_far_two_points_are_apart() {
        let query = r#"PREFIX geo: <http://www.opengis.net/ont/geosparql#>
            PREFIX geof: <http://www.opengis.net/def/function/geosparql/>
            PREFIX uom: <http://www.opengis.net/def/uom/OGC/1.0/>
            ASK { FILTER(geof:distance("POINT(112.55 37.87)"^^geo:wktLiteral, "POINT(116.40 39.90)"^^geo:wktLiteral, uom:metre) > 390000) }"#;
        let parsed = evaluator(CancellationToken::new()).parse_query(query).unwrap();
        let store = Store::new().unwrap();
        assert!(matches!(parsed.on_store(&store).execute().unwrap(), QueryResults::Boolean(true)));
    }
}
