//! Dev only.
#![allow(missing_docs, clippy::all, clippy::unwrap_used, clippy::print_stdout)]
use newsgraph::extract::{quantities, time};
use newsgraph::nlp;
use newsgraph::seeds::Source;
fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let tl = time::TimeLexicon::load(&Source::builtin()).unwrap();
    let ql = quantities::QuantityLexicon::load(&Source::builtin()).unwrap();
    let (mut nt, mut nd, t0) = (0, 0.0, std::time::Instant::now());
    for a in newsgraph::input::read(&paths, Default::default()).flatten() {
        let mut d = nlp::segment(a, nlp::Lexicon::builtin(), nlp::Cues::builtin());
        if d.article.published.is_none() {
            d.article.published = Some("2020-10-29".parse().unwrap());
        }
        nt += d.tokens.len();
        let t = std::time::Instant::now();
        let times = time::find(&d, &tl);
        let qs = quantities::find(&d, &ql, &times);
        nd += t.elapsed().as_secs_f64();
        if std::env::var("Q").is_err() {
            for t in &times {
                let s = d.sentences[d.sentence_of(t.tokens.start)].tokens;
                let l = d
                    .span(newsgraph::model::TokenRange::new(
                        t.tokens.start.saturating_sub(6).max(s.start),
                        t.tokens.start,
                    ))
                    .of(&d.article.text);
                let r = d
                    .span(newsgraph::model::TokenRange::new(t.tokens.end, (t.tokens.end + 4).min(s.end)))
                    .of(&d.article.text);
                println!(
                    "{:?}\t{}\t{l} [[{}]] {r}",
                    t.kind,
                    t.value.as_ref().map_or("?".into(), |v| format!(
                        "{}..{} {}",
                        v.start.clone().unwrap_or_default(),
                        v.end.clone().unwrap_or_default(),
                        v.granularity
                    )),
                    d.words(t.tokens)
                );
            }
        }
        if std::env::var("T").is_err() {
            for q in &qs {
                let s = d.sentences[d.sentence_of(q.tokens.start)].tokens;
                let l = d
                    .span(newsgraph::model::TokenRange::new(
                        q.tokens.start.saturating_sub(4).max(s.start),
                        q.tokens.start,
                    ))
                    .of(&d.article.text);
                let r = d
                    .span(newsgraph::model::TokenRange::new(q.tokens.end, (q.tokens.end + 4).min(s.end)))
                    .of(&d.article.text);
                println!("Q\t{:?}..{:?} {}\t{l} [[{}]] {r}", q.min, q.max, q.exact, d.words(q.tokens));
            }
        }
    }
    eprintln!(
        "{nt} tokens, {:.2}s in time+quantities = {:.0} tokens/s; all {:.2}s",
        nd,
        nt as f64 / nd,
        t0.elapsed().as_secs_f64()
    );
}
