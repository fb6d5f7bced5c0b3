//! The IRIs that the RDF views use: newsgraph's own ontology and the vocabularies it is aligned with.

use oxrdf::NamedNodeRef;

/// The namespace of the ontology: `attacked` is `https://w3id.org/newsgraph/ontology#attacked`.
pub const ONTOLOGY: &str = "https://w3id.org/newsgraph/ontology#";
/// What IRIs of CAMEO codes begin with; the version of the codebook is part of it.
pub const CAMEO: &str = "https://w3id.org/newsgraph/cameo/1.1b3/";
/// What IRIs of PLOVER event types begin with.
pub const PLOVER: &str = "https://w3id.org/newsgraph/plover/0.8/";

/// Prefixes of the files that are written, in their order. No namespace begins like another.
pub const PREFIXES: &[(&str, &str)] = &[
    ("ng", ONTOLOGY),
    ("cameo", CAMEO),
    ("plover", PLOVER),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("dcterms", "http://purl.org/dc/terms/"),
    ("dc", "http://purl.org/dc/elements/1.1/"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("geosparql", "http://www.opengis.net/ont/geosparql#"),
    ("sf", "http://www.opengis.net/ont/sf#"),
    ("wgs84", "http://www.w3.org/2003/01/geo/wgs84_pos#"),
    ("np", "http://www.nanopub.org/nschema#"),
];

/// The prefix of an IRI's namespace, if it is one of ours, and the rest of the IRI.
pub fn split(iri: &str) -> Option<(&'static str, &str)> {
    PREFIXES.iter().find_map(|(prefix, namespace)| Some((*prefix, iri.strip_prefix(namespace)?)))
}

macro_rules! terms {
    ($namespace:literal: $($name:ident = $local:literal),+ $(,)?) => {
        $(#[allow(missing_docs, reason = "each is documented by its vocabulary")]
        pub const $name: NamedNodeRef<'static> = NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
    };
}

terms! { "https://w3id.org/newsgraph/ontology#":
    STATEMENT = "Statement", EVIDENCE = "Evidence", KIND = "kind", NAMED = "named", COUNTRY = "country",
    MENTIONS = "mentions", OTHER_IDENTIFIER = "otherIdentifier", SIGHTINGS = "sightings", VARIANTS = "variants",
    SHA256 = "sha256", ORIGIN = "origin", FINGERPRINT = "fingerprint", STATUS = "status", NEGATED = "negated",
    CLAIMED_BY = "claimedBy", DENIED_BY = "deniedBy", PLACE = "place", WEAPON = "weapon", INSTRUMENT_OF = "instrumentOf",
    CONTENT = "content", CAMEO_CODE = "cameo", PLOVER_TYPE = "plover", ABOUT = "about", CONFIDENCE = "confidence",
    SOURCES = "sources", HAS_EVIDENCE = "evidence", GRANULARITY = "granularity", RULE = "rule", STANCE = "stance",
    TRIGGER = "trigger", SUBJECT_WORDS = "subjectWords", OBJECT_WORDS = "objectWords", CUE = "cue", SPEAKER = "speaker",
    KILLED_MIN = "killedMin", KILLED_MAX = "killedMax", KILLED_WHO = "killedWho", KILLED_SIDE = "killedSide",
    KILLED_CUMULATIVE = "killedCumulative", INJURED_MIN = "injuredMin", INJURED_MAX = "injuredMax",
    INJURED_WHO = "injuredWho", INJURED_SIDE = "injuredSide", INJURED_CUMULATIVE = "injuredCumulative",
    SOFTWARE = "newsgraph", REPORTED = "reportedStatus", CLAIMED = "claimedStatus", DENIED = "deniedStatus",
    DISPUTED = "disputedStatus", HYPOTHETICAL = "hypotheticalStatus", REPORTS = "reportsStance", CLAIMS = "claimsStance",
    DENIES = "deniesStance", SUPPOSES = "supposesStance",
}
terms! { "http://www.w3.org/1999/02/22-rdf-syntax-ns#":
    TYPE = "type", SUBJECT = "subject", PREDICATE = "predicate", OBJECT = "object", REIFIES = "reifies", JSON = "JSON",
}
terms! { "http://www.w3.org/2000/01/rdf-schema#": LABEL = "label" }
terms! { "http://www.w3.org/2002/07/owl#": SAME_AS = "sameAs" }
terms! { "http://www.w3.org/2001/XMLSchema#":
    INTEGER = "integer", DECIMAL = "decimal", BOOLEAN = "boolean", DATE = "date", ANY_URI = "anyURI",
}
terms! { "http://www.w3.org/2004/02/skos/core#": ALT_LABEL = "altLabel", EXACT_MATCH = "exactMatch" }
terms! { "http://purl.org/dc/terms/": IDENTIFIER = "identifier" }
terms! { "http://purl.org/dc/elements/1.1/": PUBLISHER = "publisher" }
terms! { "https://schema.org/":
    NEWS_ARTICLE = "NewsArticle", HEADLINE = "headline", DATE_PUBLISHED = "datePublished", URL = "url",
    S_PERSON = "Person", S_COUNTRY = "Country", S_PLACE = "Place", S_ORGANIZATION = "Organization", S_PRODUCT = "Product",
}
terms! { "http://semanticweb.cs.vu.nl/2009/11/sem/":
    EVENT = "Event", HAS_ACTOR = "hasActor", HAS_PLACE = "hasPlace", HAS_TIME = "hasTime", EVENT_TYPE = "eventType",
    BEGIN = "hasBeginTimeStamp", END = "hasEndTimeStamp",
}
terms! { "http://www.w3.org/ns/prov#":
    DERIVED_FROM = "wasDerivedFrom", ATTRIBUTED_TO = "wasAttributedTo", PROV_ENTITY = "Entity",
}
terms! { "http://www.w3.org/ns/oa#":
    SPECIFIC_RESOURCE = "SpecificResource", HAS_SOURCE = "hasSource", HAS_SELECTOR = "hasSelector",
    TEXT_QUOTE = "TextQuoteSelector", TEXT_POSITION = "TextPositionSelector", EXACT = "exact", OA_START = "start", OA_END = "end",
}
terms! { "http://www.w3.org/2006/time#":
    INTERVAL = "Interval", INSTANT = "Instant", HAS_BEGINNING = "hasBeginning", HAS_END = "hasEnd", IN_DATE = "inXSDDate",
}
terms! { "http://www.opengis.net/ont/geosparql#":
    HAS_GEOMETRY = "hasGeometry", AS_WKT = "asWKT", WKT = "wktLiteral",
}
terms! { "http://www.opengis.net/ont/sf#": POINT = "Point" }
terms! { "http://www.w3.org/2003/01/geo/wgs84_pos#": LAT = "lat", LONG = "long" }
terms! { "http://www.nanopub.org/nschema#":
    NANOPUB = "Nanopublication", HAS_ASSERTION = "hasAssertion", HAS_PROVENANCE = "hasProvenance",
    HAS_PUBINFO = "hasPublicationInfo",
}
