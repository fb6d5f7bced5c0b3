//! The pattern query inside an async web service of one's own; here it asks itself once and ends.
//!
//! ```console
//! $ cargo run -q --example web_service
//! there is no entity "Norlnd"; did you mean Norland (state/norland)?
//! ```

#![allow(clippy::print_stdout, reason = "an example shows its result")]

use axum::{Router, extract::Query, http::StatusCode, routing::get};
use newsgraph::{export, query};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

#[tokio::main(flavor = "current_thread")]
async fn main() -> newsgraph::Result<()> {
    let file = "tests/questions/graph.json";
    // The graph lives as long as the service.
    let graph = &*Box::leak(Box::new(export::read(file, std::fs::File::open(file)?)?));
    let index = &*Box::leak(Box::new(query::Index::new(graph)));
    let ask = move |Query(asked): Query<query::Query>| async move {
        let answer = index.ask(&asked).map_err(|error| (StatusCode::BAD_REQUEST, error.to_string()))?;
        let mut json = Vec::new();
        answer.write_json(graph, &mut json).map_err(|e| (StatusCode::INTERNAL_SERVER_ERROR, e.to_string()))?;
        Ok::<_, (StatusCode, String)>(json)
    };
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut client = TcpStream::connect(listener.local_addr()?).await?;
    tokio::spawn(axum::serve(listener, Router::new().route("/query", get(ask))).into_future());
    client.write_all(b"GET /query?from=Norlnd HTTP/1.0\r\n\r\n").await?;
    let mut reply = String::new();
    client.read_to_string(&mut reply).await?;
    println!("{}", reply.lines().next_back().unwrap_or_default());
    Ok(())
}
