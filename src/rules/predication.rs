//! A predicate with its arguments, whatever construction they stood in: what rules match on.

/// The part of speech of a trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pos {
    /// "shelled", "was shelled by", "shelling the city".
    Verb,
    /// "the shelling of Barda by".
    Noun,
    /// "is responsible for".
    Adjective,
}

/// What an argument is to its predicate.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Who acts: the active subject, the passive's "by", a participle's noun.
    Agent,
    /// Who or what is acted on: the object, the passive's subject.
    Patient,
    /// The indirect object.
    Recipient,
    /// A clause: "that …", "to …", a gerund.
    Clause,
    /// A noun's possessor: "Armenia's attack".
    Possessor,
    /// A noun's premodifier: "Armenian attack", "missile attack".
    Modifier,
    /// The agent of the light verb that a noun is the object of: "Armenia launched an attack".
    Light,
    /// Whom or what a noun is said of: "X is a member of", "X, a member of".
    Is,
    /// Who is in what a noun names: "backed *Iraq* in the fight against".
    Side,
    /// Who is to be helped by it: "gave a loan to *rebuild the ports of* Yemen".
    Purpose,
    /// Who says the sentence that the predicate stands in.
    Speaker,
    /// Who has what a participle is said of: "*Baku and Yerevan* agreed to a truce brokered by Moscow".
    Parties,
    /// The argument of a preposition: "on", "against", "according_to".
    Prep(Box<str>),
}

impl Role {
    /// The role of that name in rule files; any other word is a preposition.
    pub fn parse(name: &str) -> Role {
        match name {
            "agent" => Role::Agent,
            "patient" => Role::Patient,
            "recipient" => Role::Recipient,
            "clause" => Role::Clause,
            "poss" => Role::Possessor,
            "mod" => Role::Modifier,
            "light" => Role::Light,
            "is" => Role::Is,
            "side" => Role::Side,
            "purpose" => Role::Purpose,
            "speaker" => Role::Speaker,
            "parties" => Role::Parties,
            preposition => Role::Prep(preposition.into()),
        }
    }
}

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arg {
    /// Its role.
    pub role: Role,
    /// The head token of its phrase.
    pub token: usize,
    /// The object or complement through which it is reached: "opened fire *on* the village" reaches it through "fire".
    pub via: Option<usize>,
}

/// A predicate with its arguments.
#[derive(Debug, Clone, PartialEq)]
pub struct Predication {
    /// The trigger's token.
    pub head: usize,
    /// The trigger's part of speech.
    pub pos: Pos,
    /// The trigger's lemma, lower-cased.
    pub lemma: String,
    /// The verb's particle: "out" in "carried out".
    pub particle: Option<String>,
    /// The arguments in order of the text.
    pub args: Vec<Arg>,
    /// Whether it is denied on the spot: "did not", "no attack".
    pub negated: bool,
    /// Whether it has happened.
    pub mood: Mood,
}

/// Whether what a predicate says has happened; of two moods that meet, the greater holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mood {
    /// It has.
    #[default]
    Real,
    /// It is meant: tried, planned, or the purpose of what is done.
    Meant,
    /// It is future, possible or conditional.
    Unreal,
}

impl Predication {
    /// The arguments of a role that are its own, in order.
    pub fn role<'a>(&'a self, role: &'a Role) -> impl Iterator<Item = &'a Arg> {
        self.args.iter().filter(move |a| a.role == *role)
    }
}
