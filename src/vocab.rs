//! The closed sets of the model as enums, each knowing its own names; open sets (predicates, kinds) live in `ontology/` and `seeds/`.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Declares an enum whose variants have fixed names, with `ALL`, `as_str`, `parse`, `Display` and serde by those names.
macro_rules! names {
    ($(#[$meta:meta])* $vis:vis enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        $vis enum $name { $($(#[$vmeta])* #[serde(rename = $text)] $variant),+ }

        impl $name {
            /// Every value, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The name as it is written in files.
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }

            /// The value of that name, if there is one.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }

            /// The value of that name in any case; where there is none, the error lists those that there are. `what`
            /// names the set: "status".
            pub fn require(what: &str, text: &str) -> crate::Result<$name> {
                let found = $name::ALL.iter().copied().find(|v| v.as_str().eq_ignore_ascii_case(text));
                found.ok_or_else(|| {
                    let all = [$($text),+].join(", ");
                    crate::Error::Usage(format!("there is no {what} {text:?}; there are {all}"))
                })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.as_str()) }
        }
    };
}

names! {
    /// What sort of thing an entity is (DESIGN.md §2).
    pub enum EntityType {
        /// A named human.
        Person = "Person",
        /// A sovereign or self-declared state, acting through its government.
        State = "State",
        /// A location that does not act.
        Place = "Place",
        /// A ministry, armed force, party, agency, company, alliance.
        Organization = "Organization",
        /// A weapon class or model.
        WeaponSystem = "WeaponSystem",
    }
}

impl EntityType {
    /// Whether it can act: a State, Organization or Person.
    pub fn is_actor(self) -> bool {
        matches!(self, EntityType::Person | EntityType::State | EntityType::Organization)
    }

    /// The first part of an entity's id: `state/azerbaijan`.
    pub fn slug(self) -> &'static str {
        match self {
            EntityType::Person => "person",
            EntityType::State => "state",
            EntityType::Place => "place",
            EntityType::Organization => "organization",
            EntityType::WeaponSystem => "weapon",
        }
    }
}

names! {
    /// How far a statement is vouched for. Only the first two may be counted as having happened.
    pub enum Status {
        /// An article says so in its own voice.
        Reported = "reported",
        /// Only attributed to somebody.
        Claimed = "claimed",
        /// Only denied.
        Denied = "denied",
        /// Reported or claimed by some, denied by others.
        Disputed = "disputed",
        /// Planned, threatened, demanded, conditional, hoped.
        Hypothetical = "hypothetical",
    }
}

names! {
    /// What one sentence does with a statement.
    pub enum Stance {
        /// The article says it in its own voice.
        Reports = "reports",
        /// A speaker says it.
        Claims = "claims",
        /// A speaker says that it is not so.
        Denies = "denies",
        /// It is planned, demanded, threatened, conditional.
        Supposes = "supposes",
    }
}

names! {
    /// How exact a time is.
    pub enum Granularity {
        /// A day or less.
        Day = "day",
        /// A week or weekend.
        Week = "week",
        /// A month.
        Month = "month",
        /// A year.
        Year = "year",
        /// A span between two given times.
        Interval = "interval",
    }
}

names! {
    /// The type of a name as the recognizer sees it.
    pub enum NameType {
        /// A person.
        Per = "PER",
        /// An organization.
        Org = "ORG",
        /// A location.
        Loc = "LOC",
        /// A nationality, religious or political group: "Armenian", "Kurds", "Republicans".
        Norp = "NORP",
        /// Any other name: events, products, works.
        Misc = "MISC",
    }
}

names! {
    /// What a stretch of an article is. Only prose and headings hold sentences.
    pub enum ZoneKind {
        /// Running text.
        Prose = "prose",
        /// A headline or crosshead.
        Heading = "heading",
        /// `BAKU, Azerbaijan (AP) —`.
        Dateline = "dateline",
        /// `By Jane Doe`.
        Byline = "byline",
        /// A photo caption.
        Caption = "caption",
        /// A photo or agency credit.
        Credit = "credit",
        /// `Published26 October 2020`.
        Published = "published",
        /// A link to another story.
        Related = "related",
        /// Consent boxes, newsletters, share buttons, copyright lines.
        Notice = "notice",
        /// A list of tags or keywords.
        Tags = "tags",
        /// A line of dashes or stars.
        Separator = "separator",
    }
}

names! {
    /// Universal part-of-speech tags (Universal Dependencies 2).
    pub enum Upos {
        /// Adjective.
        Adj = "ADJ",
        /// Adposition.
        Adp = "ADP",
        /// Adverb.
        Adv = "ADV",
        /// Auxiliary.
        Aux = "AUX",
        /// Coordinating conjunction.
        Cconj = "CCONJ",
        /// Determiner.
        Det = "DET",
        /// Interjection.
        Intj = "INTJ",
        /// Noun.
        Noun = "NOUN",
        /// Numeral.
        Num = "NUM",
        /// Particle.
        Part = "PART",
        /// Pronoun.
        Pron = "PRON",
        /// Proper noun.
        Propn = "PROPN",
        /// Punctuation.
        Punct = "PUNCT",
        /// Subordinating conjunction.
        Sconj = "SCONJ",
        /// Symbol.
        Sym = "SYM",
        /// Verb.
        Verb = "VERB",
        /// Other.
        X = "X",
    }
}

names! {
    /// Dependency relations of UD 2 as the English treebanks use them, with the subtypes that extraction reads.
    #[allow(missing_docs, reason = "each is documented at universaldependencies.org under the name beside it")]
    pub enum Deprel {
        Acl = "acl", AclRelcl = "acl:relcl", Advcl = "advcl", AdvclRelcl = "advcl:relcl", Advmod = "advmod", Amod = "amod",
        Appos = "appos", Aux = "aux", AuxPass = "aux:pass", Case = "case", Cc = "cc", CcPreconj = "cc:preconj",
        Ccomp = "ccomp", Compound = "compound", CompoundPrt = "compound:prt", Conj = "conj", Cop = "cop",
        Csubj = "csubj", CsubjOuter = "csubj:outer", CsubjPass = "csubj:pass", Dep = "dep", Det = "det", DetPredet = "det:predet",
        Discourse = "discourse", Dislocated = "dislocated", Expl = "expl", Fixed = "fixed", Flat = "flat",
        Goeswith = "goeswith", Iobj = "iobj", List = "list", Mark = "mark", Nmod = "nmod", NmodDesc = "nmod:desc",
        NmodPoss = "nmod:poss", NmodUnmarked = "nmod:unmarked", Nsubj = "nsubj", NsubjOuter = "nsubj:outer",
        NsubjPass = "nsubj:pass", Nummod = "nummod", Obj = "obj", Obl = "obl", OblAgent = "obl:agent",
        OblUnmarked = "obl:unmarked", Orphan = "orphan", Parataxis = "parataxis", Punct = "punct",
        Reparandum = "reparandum", Root = "root", Vocative = "vocative", Xcomp = "xcomp",
    }
}

impl Deprel {
    /// The relation of that label; an unknown subtype falls back to its universal relation, an unknown label to `dep`.
    pub fn parse_lenient(label: &str) -> Deprel {
        Deprel::parse(label)
            .or_else(|| Deprel::parse(label.split(':').next().unwrap_or_default()))
            .unwrap_or(Deprel::Dep)
    }

    /// The label without its subtype: `nsubj` of `nsubj:pass`.
    pub fn universal(self) -> &'static str {
        let label = self.as_str();
        label.split(':').next().unwrap_or(label)
    }
}

names! {
    /// Penn Treebank tags as in the English UD treebanks.
    #[allow(missing_docs, reason = "the names beside them are the documentation")]
    pub enum Xpos {
        Cc = "CC", Cd = "CD", Dt = "DT", Ex = "EX", Fw = "FW", In = "IN", Jj = "JJ", Jjr = "JJR", Jjs = "JJS",
        Ls = "LS", Md = "MD", Nn = "NN", Nns = "NNS", Nnp = "NNP", Nnps = "NNPS", Pdt = "PDT", Pos = "POS",
        Prp = "PRP", PrpPoss = "PRP$", Rb = "RB", Rbr = "RBR", Rbs = "RBS", Rp = "RP", Sym = "SYM", To = "TO",
        Uh = "UH", Vb = "VB", Vbd = "VBD", Vbg = "VBG", Vbn = "VBN", Vbp = "VBP", Vbz = "VBZ", Wdt = "WDT",
        Wp = "WP", WpPoss = "WP$", Wrb = "WRB", Add = "ADD", Afx = "AFX", Gw = "GW", Hyph = "HYPH", Nfp = "NFP",
        Xx = "XX", Comma = ",", Period = ".", Colon = ":", OpenQuote = "``", CloseQuote = "''", Dollar = "$",
        OpenBracket = "-LRB-", CloseBracket = "-RRB-", None = "_",
    }
}

/// The name of a predicate, declared in `ontology/predicates.toml`: `attacked`.
pub type Predicate = crate::model::Name;
