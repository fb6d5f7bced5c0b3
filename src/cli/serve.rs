//! `newsgraph serve`: a graph over HTTP, for a browser and for SPARQL clients.

use super::sparql::seconds;
use super::{Outcome, say, show, view};
use crate::explorer;
use crate::export::{Options, RdfView};
use crate::serve::{self, Config, Hosts};
use crate::{Error, KnowledgeGraph, Result};
use axum::http::HeaderValue;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::net::TcpListener;

/// What was typed.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A graph that newsgraph wrote as JSON, Turtle or TriG; - for standard input
    #[arg(value_name = "GRAPH")]
    graph: String,
    /// The address to listen at; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    listen: SocketAddr,
    /// A name under which the service may be called, beside this machine's own; may be repeated
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Let pages of this origin read the answers; * for all
    #[arg(long, value_name = "ORIGIN")]
    cors: Option<HeaderValue>,
    /// Stop a query that takes longer
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = seconds)]
    time_limit: Duration,
    /// How many queries run at once (0: as many as there are cores)
    #[arg(long, value_name = "N", default_value_t = 0)]
    at_once: usize,
    /// The largest answer, in MiB
    #[arg(long, value_name = "MIB", default_value_t = 32, value_parser = clap::value_parser!(u32).range(1..=4096))]
    max_answer: u32,
    /// The articles that the graph was made from, so that they can be read in the page: files, folders, patterns
    #[arg(long, value_name = "PATH", num_args = 1..)]
    articles: Vec<String>,
    /// What the corpus is called
    #[arg(long, value_name = "TEXT")]
    title: Option<String>,
    /// What IRIs of the data begin with
    #[arg(long, value_name = "IRI")]
    base: Option<String>,
    /// How RDF lays statements out: plain, graphs, rdf12, nanopub
    #[arg(long, value_name = "VIEW", default_value = "plain", value_parser = show::rdf_view)]
    rdf_view: RdfView,
}

impl Args {
    fn config(&self) -> Config {
        let default = Config::default();
        let base = self.base.clone().unwrap_or(default.options.base);
        let hosts = match (self.host.is_empty(), self.listen.ip().is_loopback()) {
            (false, _) => Hosts::Named(self.host.clone()),
            (true, true) => Hosts::Loopback,
            (true, false) => Hosts::Any,
        };
        Config {
            options: Options { base, rdf_view: self.rdf_view, ..Options::default() },
            time: self.time_limit,
            at_once: if self.at_once == 0 { default.at_once } else { self.at_once },
            answer: self.max_answer as usize * (1 << 20),
            hosts,
            explorer: explorer::Options::new(default.explorer.filter, self.title.clone()),
            cors: self.cors.clone(),
            ..default
        }
    }
}

/// Serves until Ctrl-C.
pub fn run(args: Args) -> Result<Outcome> {
    let mut config = args.config();
    let threads = config.at_once;
    // It is served until the program ends.
    let graph: &KnowledgeGraph = Box::leak(Box::new(show::load(&args.graph)?));
    let outcome = match args.articles.is_empty() {
        true => Outcome::Done,
        false => view::embed(graph, args.articles, &mut config.explorer),
    };
    let router = serve::router(graph, config)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(threads + 1)
        .enable_all()
        .build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(args.listen).await.map_err(|e| taken(args.listen, &e))?;
        let address = listener.local_addr()?;
        say(&format!(
            "{} is at http://{address}/ and asked in SPARQL at http://{address}/sparql; Ctrl-C ends",
            args.graph
        ));
        Ok::<_, Error>(serve::run(listener, router, interrupted()).await?)
    })?;
    // A query that is still at work is not waited for.
    runtime.shutdown_background();
    Ok(outcome)
}

fn taken(address: SocketAddr, error: &std::io::Error) -> Error {
    Error::Usage(format!("{address} cannot be listened at: {error}; choose another with --listen"))
}

/// Comes to an end with Ctrl-C, or when the system ends the program.
async fn interrupted() {
    let ctrl_c = async {
        // Without the signal the program can only be killed, as without this.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = ctrl_c => {}
        () = terminated() => {}
    }
}

#[cfg(unix)]
async fn terminated() {
    match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        Ok(mut signal) => drop(signal.recv().await),
        Err(_) => std::future::pending().await,
    }
}

#[cfg(not(unix))]
async fn terminated() {
    std::future::pending().await
}
