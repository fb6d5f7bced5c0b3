//! `newsgraph parse`: sentences, tokens, tags, trees and names as CoNLL-U, of articles or of CoNLL-U that has tokens already.

use super::Outcome;
use super::args::{Jobs, Knowledge};
use super::output::{self, Target};
use super::progress::Progress;
use crate::nlp::{Analyzer, Framed, Scope, Scratch, read_conllu, write_conllu};
use crate::{Article, Document, Error, Result, input};
use rayon::prelude::*;
use std::io::{Read, Write};
use std::path::PathBuf;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Files, folders, glob patterns, or - for standard input, as `build` reads them
    #[arg(value_name = "PATH", default_value = "-", hide_default_value = true)]
    paths: Vec<String>,
    /// What the files hold; of conllu the tokens and sentences are kept and all else is predicted
    #[arg(long, value_enum, default_value_t = From::Text)]
    from: From,
    /// What to write
    #[arg(long, value_enum, default_value_t = To::Conllu)]
    to: To,
    /// Leave out what is not the article's prose and headings: datelines, credits, boxes
    #[arg(long)]
    prose: bool,
    /// Write to FILE instead of standard output
    #[arg(short = 'o', long = "output", value_name = "FILE", default_value = "-", hide_default_value = true)]
    file: PathBuf,
    #[command(flatten)]
    knowledge: Knowledge,
    #[command(flatten)]
    jobs: Jobs,
}

/// What comes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum From {
    /// Articles
    Text,
    /// Sentences and tokens in CoNLL-U
    Conllu,
}

/// What goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum To {
    /// Universal Dependencies' CoNLL-U
    Conllu,
}

/// Articles read at once by each thread; bounds memory.
const BATCH: usize = 16;
/// Bytes of an article at most.
const LARGEST: usize = 256 << 20;

/// Parses.
pub fn run(args: Args) -> Result<Outcome> {
    let analyzer = Analyzer::load(&args.knowledge.source()?, args.knowledge.model.as_deref())?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.jobs.jobs).build();
    let pool = pool.map_err(|e| Error::Usage(format!("--jobs {}: {e}", args.jobs.jobs)))?;
    let mut progress = Progress::new("articles");
    let To::Conllu = args.to;
    output::write(&Target::of_path(&args.file), |out| match args.from {
        From::Text => articles(&args, &analyzer, &pool, &mut progress, out),
        From::Conllu => conllu(&args, &analyzer, &mut progress, out),
    })?;
    Ok(progress.finish())
}

/// Articles in batches, each batch in parallel, written in the order they came in.
fn articles(
    args: &Args,
    analyzer: &Analyzer,
    pool: &rayon::ThreadPool,
    progress: &mut Progress,
    out: &mut dyn Write,
) -> Result<()> {
    let scope = if args.prose { Scope::Article } else { Scope::Everything };
    let mut found = input::read(&args.paths, input::Limits { file: LARGEST, record: LARGEST });
    loop {
        let batch: Vec<Result<Article>> = found.by_ref().take(BATCH * pool.current_num_threads()).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let batch: Vec<Article> = batch.into_iter().filter_map(|article| progress.keep(article)).collect();
        let read = |scratch: &mut Scratch, article| written(&analyzer.read_with(article, scope, scratch));
        let parsed: Vec<Result<Vec<u8>>> =
            pool.install(|| batch.into_par_iter().map_init(Scratch::default, read).collect());
        for bytes in parsed {
            out.write_all(&bytes?).map_err(Error::Write)?;
            progress.tick();
        }
    }
}

fn written(document: &Document) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    write_conllu(document, None, &mut bytes).map_err(Error::Write)?;
    Ok(bytes)
}

/// Files of CoNLL-U, one after the other.
fn conllu(args: &Args, analyzer: &Analyzer, progress: &mut Progress, out: &mut dyn Write) -> Result<()> {
    let mut scratch = Scratch::default();
    for path in &args.paths {
        let Some(documents) = progress.keep(read_file(path).and_then(|text| read_conllu(path, &text))) else {
            continue;
        };
        for Framed { mut document, frames } in documents {
            analyzer.annotate(&mut document, &mut scratch);
            write_conllu(&document, Some(&frames), out).map_err(Error::Write)?;
            progress.tick();
        }
    }
    Ok(())
}

/// A file's text, or standard input's; bytes that are not UTF-8 are replaced.
fn read_file(path: &str) -> Result<String> {
    let mut bytes = Vec::new();
    if path == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|e| Error::io("standard input", e))?;
    } else {
        bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    }
    Ok(String::from_utf8(bytes).unwrap_or_else(|e| String::from_utf8_lossy(e.as_bytes()).into_owned()))
}
