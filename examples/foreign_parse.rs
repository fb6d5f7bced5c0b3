//! Reads a sentence that another parser analysed, given as CoNLL-U.
//!
//! ```console
//! $ cargo run -q --example foreign_parse
//! state/turkey condemned state/armenia, for it says "Turkey condemned Armenia."
//! ```

use newsgraph::nlp::read_conllu;
use newsgraph::pipeline::Pipeline;

const PARSED: &str = "\
1	Turkey	Turkey	PROPN	NNP	_	2	nsubj	_	NER=B-LOC
2	condemned	condemn	VERB	VBD	_	0	root	_	_
3	Armenia	Armenia	PROPN	NNP	_	2	obj	_	NER=B-LOC|SpaceAfter=No
4	.	.	PUNCT	.	_	2	punct	_	_

";

#[expect(clippy::print_stdout, reason = "an example shows its result")]
fn main() -> newsgraph::Result<()> {
    let pipeline = Pipeline::builtin()?;
    for framed in read_conllu("example", PARSED)? {
        for s in pipeline.interpret(&framed.document).statements {
            println!("{} {} {}, for it says {:?}", s.subject, s.predicate, s.object, s.evidence[0].quote);
        }
    }
    Ok(())
}
