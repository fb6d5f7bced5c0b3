//! Any text as a rule file, a predicate table or a seed table is read or refused with a sentence.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::ontology::Ontology;
use newsgraph::rules::RuleSet;
use newsgraph::seeds::Table;

fuzz_target!(|text: &str| {
    let _ = RuleSet::parse([("attacked/x.toml", text)]);
    let _ = Ontology::parse("predicates.toml", text);
    if let Ok(table) = Table::parse("x.tsv", text.to_owned().into(), &["cue", "words"]) {
        table.rows().for_each(drop);
    }
});
