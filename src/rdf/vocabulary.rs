//! The IRIs that are written, by the names they have in the vocabularies.

use crate::ontology::NAMESPACE;
use oxrdf::{NamedNode, NamedNodeRef};

macro_rules! words {
    ($($namespace:literal { $($name:ident = $local:literal,)+ })+) => {
        $($(
            #[doc = concat!("`", $namespace, $local, "`")]
            pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));
        )+)+
        /// All words of this list.
        #[cfg(test)]
        pub const ALL: &[NamedNodeRef<'static>] = &[$($($name,)+)+];
    };
}

words! {
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#" {
        TYPE = "type", SUBJECT = "subject", PREDICATE = "predicate", OBJECT = "object",
    }
    "http://www.w3.org/2000/01/rdf-schema#" { LABEL = "label", SEE_ALSO = "seeAlso", }
    "http://www.w3.org/2004/02/skos/core#" {
        ALT_LABEL = "altLabel", NOTATION = "notation", IN_SCHEME = "inScheme", CONCEPT = "Concept",
        BROADER = "broader", TOP_CONCEPT_OF = "topConceptOf",
    }
    "http://www.w3.org/ns/oa#" {
        TEXT_POSITION_SELECTOR = "TextPositionSelector",
        TEXT_QUOTE_SELECTOR = "TextQuoteSelector", HAS_SOURCE = "hasSource", HAS_SELECTOR = "hasSelector",
        START = "start", END = "end", EXACT = "exact", PREFIX = "prefix", SUFFIX = "suffix",
    }
    "http://www.w3.org/ns/prov#" {
        WAS_GENERATED_BY = "wasGeneratedBy", WAS_DERIVED_FROM = "wasDerivedFrom",
    }
    "http://purl.org/dc/terms/" {
        IDENTIFIER = "identifier", TITLE = "title", SOURCE = "source", ISSUED = "issued", LICENSE = "license",
        DESCRIPTION = "description", CITATION = "bibliographicCitation",
    }
    "http://schema.org/" {
        SHA256 = "sha256", TEXT = "text", IN_LANGUAGE = "inLanguage", SOFTWARE_VERSION = "softwareVersion",
    }
    "http://purl.org/linked-data/cube#" {
        DATA_SET_CLASS = "DataSet", OBSERVATION = "Observation", DATA_SET = "dataSet", STRUCTURE = "structure",
        SLICE_CLASS = "Slice", SLICE = "slice", SLICE_STRUCTURE = "sliceStructure", SLICE_OBSERVATION = "observation",
    }
    "http://purl.org/linked-data/sdmx/2009/dimension#" { REF_AREA = "refArea", REF_PERIOD = "refPeriod", }
    "http://purl.org/linked-data/sdmx/2009/measure#" { OBS_VALUE = "obsValue", }
    "http://purl.org/linked-data/sdmx/2009/attribute#" { UNIT_MEASURE = "unitMeasure", UNIT_MULT = "unitMult", }
    "http://www.w3.org/2006/time#" {
        PROPER_INTERVAL = "ProperInterval", INSTANT = "Instant", HAS_BEGINNING = "hasBeginning",
        HAS_END = "hasEnd", IN_XSD_DATE = "inXSDDate",
    }
    "http://rdfs.org/ns/void#" {
        VOID_DATASET = "Dataset", VOID_LINKSET = "Linkset", SUBSET = "subset", OBJECTS_TARGET = "objectsTarget",
        URI_SPACE = "uriSpace", DOCUMENTS = "documents", ENTITIES = "entities",
        TRIPLES = "triples", CLASS_PARTITION = "classPartition", CLASS = "class",
        PROPERTY_PARTITION = "propertyPartition", PROPERTY = "property", VOCABULARY = "vocabulary",
    }
    "http://www.w3.org/ns/dcat#" { DCAT_DATASET = "Dataset", }
    "http://www.w3.org/2001/XMLSchema#" { DECIMAL = "decimal", INTEGER = "integer", DATE = "date",
        YEAR = "gYear", YEAR_MONTH = "gYearMonth", }
    "https://w3id.org/jinxiu/ontology#" {
        JX_DOCUMENT = "Document", JX_RUN = "Run", JX_FIGURE = "Figure",
        JX_TARGET = "Target", JX_INDICATOR_CLASS = "Indicator", JX_PERIOD = "Period", JX_EVIDENCE = "evidence",
        JX_FOUND_BY = "foundBy", JX_CONFIDENCE = "confidence", JX_OCCURS_AT = "occursAt", JX_LENGTH = "length",
        JX_INPUT_HASH = "inputHash", JX_MIN_CONFIDENCE = "minConfidence", JX_FIGURE_OF = "figureOf", JX_INDICATOR = "indicator",
        JX_INDICATORS = "indicators", JX_MEASURE = "measure", JX_BOUND = "bound", JX_MODALITY = "modality",
        JX_SHARE_OF = "shareOf", JX_STATED_AT = "statedAt", JX_BASELINE = "baseline",
        JX_VALUE_AS_WRITTEN = "valueAsWritten", JX_UNDATED = "undated", JX_UNIT = "Unit",
        JX_FIGURE_STRUCTURE = "figureStructure", JX_GBT2260 = "GBT2260", JX_STATUS = "status",
        JX_WORDING_BAND = "wordingBand", JX_IDENTITY_KEY = "identityKey", JX_MERGED_INTO = "mergedInto",
        JX_MERGED_BECAUSE = "mergedBecause", JX_REPRINT_OF = "reprintOf", JX_UNSETTLED = "unsettled",
        JX_UNINDEXED = "unindexed",
        JX_DECISIONS = "decisions", JX_STORE_FORMAT = "storeFormat", JX_PAGE_RANK = "pageRank",
        JX_BETWEENNESS = "betweenness", JX_COMMUNITY = "community", JX_COMPONENT = "component",
        JX_CELL = "cell", JX_VALUE_ORDER = "valueOrder", JX_UNSPECIFIED_WHOLE = "unspecifiedWhole",
        JX_INDICATOR_AS_WRITTEN = "indicatorAsWritten",
    }
}

/// One of our own terms, by the local name that the ontology declares.
pub fn own(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{NAMESPACE}{local}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::ontology;

    #[test]
    fn uses_no_term_that_the_ontology_does_not_declare() {
        for word in ALL.iter().filter(|w| w.as_str().starts_with(NAMESPACE)) {
            assert!(ontology().by_iri(word.as_str()).is_some(), "{word}");
        }
    }
}
