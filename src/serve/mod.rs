//! The graph over HTTP: the explorer, pattern queries as JSON, and a SPARQL 1.1 Protocol endpoint that only reads.
//!
//! Made for one machine and its user: on the loopback address by default, where a request whose `Host` is another name is
//! refused, so that no web page can reach it by rebinding a name. Every query has a time limit, few run at once, and an
//! answer has a largest size; so memory stays bounded whatever is asked. For the open internet, put a proxy before it.

mod description;
mod guard;
mod negotiate;
mod pages;
mod pattern;
mod problem;
mod protocol;
mod work;

pub use guard::Hosts;

use crate::explorer;
use crate::export::Options;
use crate::graph::Filter;
use crate::query::Index;
use crate::sparql::Store;
use crate::{KnowledgeGraph, Result};
use axum::Router;
use axum::body::Bytes;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::timeout::TimeoutLayer;

/// How long a request may wait for its turn and its body, beside the time of its query.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long open requests have to end when the service stops.
const GRACE: Duration = Duration::from_secs(5);

/// What may be asked, how much of it, and by whom.
#[derive(Debug, Clone)]
pub struct Config {
    /// How the graph is laid out in RDF.
    pub options: Options,
    /// What the explorer shows.
    pub explorer: explorer::Options,
    /// How long the answer to a query may take.
    pub time: Duration,
    /// How many queries run at once; others wait.
    pub at_once: usize,
    /// The largest body of a request, in bytes.
    pub request: usize,
    /// The largest answer, in bytes.
    pub answer: usize,
    /// The names under which the service may be called.
    pub hosts: Hosts,
    /// The origin whose pages may read the answers; `*` for all, none for no other than our own.
    pub cors: Option<HeaderValue>,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            options: Options::default(),
            explorer: explorer::Options::new(Filter { named: true, ..Filter::default() }, None),
            time: Duration::from_secs(30),
            at_once: std::thread::available_parallelism().map_or(2, usize::from),
            request: 1 << 20,
            answer: 32 << 20,
            hosts: Hosts::Loopback,
            cors: None,
        }
    }
}

/// What every request sees.
struct Service {
    graph: &'static KnowledgeGraph,
    index: Index<'static>,
    store: Store,
    /// The explorer's page and its data, which are the same for all.
    page: Bytes,
    data: Bytes,
    config: Config,
    turns: Arc<tokio::sync::Semaphore>,
}

type Shared = Arc<Service>;

impl Service {
    fn new(graph: &'static KnowledgeGraph, config: Config) -> Result<Service> {
        let (mut page, mut data) = (Vec::new(), Vec::new());
        explorer::write_shell(&mut page)?;
        explorer::write_data(graph, &config.explorer, &mut data)?;
        Ok(Service {
            graph,
            index: Index::new(graph),
            store: Store::of(&graph.view(), &config.options)?,
            page: page.into(),
            data: data.into(),
            turns: Arc::new(tokio::sync::Semaphore::new(config.at_once.max(1))),
            config,
        })
    }
}

/// The routes over a graph, for a server of one's own; [`run`] serves them. The graph is served as long as the program
/// runs: `Box::leak` makes one that lives so long.
pub fn router(graph: &'static KnowledgeGraph, config: Config) -> Result<Router> {
    let service = Arc::new(Service::new(graph, config)?);
    let config = &service.config;
    let router = Router::new()
        .route("/", get(pages::explorer))
        .route("/data.json", get(pages::data))
        .route("/about", get(pages::about))
        .route("/query", get(pattern::get))
        .route("/sparql", get(protocol::get).post(protocol::post))
        .route("/{file}", get(pages::download))
        .fallback(problem::nothing_here)
        .method_not_allowed_fallback(problem::wrong_method)
        .layer(DefaultBodyLimit::max(config.request))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, config.time + 2 * PATIENCE));
    let router = match &config.cors {
        Some(origin) => router.layer(cors(origin.clone())),
        None => router,
    };
    Ok(router.layer(from_fn_with_state(service.clone(), guard::guard)).with_state(service))
}

fn cors(origin: HeaderValue) -> CorsLayer {
    let origin = if origin == "*" { AllowOrigin::any() } else { AllowOrigin::exact(origin) };
    CorsLayer::new()
        .allow_origin(origin)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers([header::ACCEPT, header::CONTENT_TYPE])
}

/// Serves routes until `stop` comes to an end; requests that are open then have some seconds left.
pub async fn run(
    listener: TcpListener,
    router: Router,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let stop = async move {
        stop.await;
        // The other end waits as long as this future does.
        let _ = stopping.send(());
    };
    let serve = axum::serve(listener, router).with_graceful_shutdown(stop);
    tokio::select! {
        done = serve.into_future() => done,
        () = async { let _ = stopped.await; tokio::time::sleep(GRACE).await } => Ok(()),
    }
}
