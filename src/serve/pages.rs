//! The explorer with its data, a page of what there is, and the graph in every format that is one file.

use super::{Shared, guard, problem, work};
use crate::export::{self, Format};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};

/// The explorer.
pub async fn explorer(State(service): State<Shared>) -> Response {
    let policy = HeaderValue::from_static(guard::EXPLORER_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(service.page.clone())).into_response()
}

/// What the explorer shows.
pub async fn data(State(service): State<Shared>) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], service.data.clone()).into_response()
}

/// What there is, and a form to ask in SPARQL.
pub async fn about(State(service): State<Shared>) -> Response {
    let (entities, statements) = (service.graph.entity_count(), service.graph.statement_count());
    let downloads: String = single_files()
        .map(|(extension, format)| format!("<li><a href=\"/graph.{extension}\">{}</a></li>", format.title()))
        .collect();
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>newsgraph</title>\
         <h1>newsgraph</h1><p>{entities} entities, {statements} statements: <a href=\"/\">look at them</a>, or ask.</p>\
         <form action=\"/sparql\"><label>SPARQL<br><textarea name=\"query\" rows=\"8\" cols=\"80\">\n\
         SELECT ?who ?whom WHERE {{ ?who ng:accused ?whom }}</textarea></label><br><button>Ask</button></form>\
         <p><a href=\"/query?ask=disputed\">Pattern queries</a> take the fields of a query as parameters.</p>\
         <ul>{downloads}</ul></html>"
    );
    let policy = HeaderValue::from_static(guard::ABOUT_POLICY);
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}

/// `GET /graph.ttl` and the like.
pub async fn download(State(service): State<Shared>, Path(file): Path<String>) -> Response {
    let found = file.strip_prefix("graph.").and_then(|end| single_files().find(|(extension, _)| *extension == end));
    let Some((_, format)) = found else {
        let sentence = format!("there is no {file}; /about lists what there is");
        return problem::of(StatusCode::NOT_FOUND, sentence);
    };
    work::answer(service, move |service, page| {
        page.fill(|out| export::write(&service.graph.view(), format, &service.config.options, out))?;
        Ok(HeaderValue::from_static(format.media_type()))
    })
    .await
}

/// Each format of one file with its usual extension.
fn single_files() -> impl Iterator<Item = (&'static str, Format)> {
    let named = |format: &Format| Some((*format.extensions().first()?, *format));
    Format::ALL.iter().filter(|format| format.parts().is_none()).filter_map(named)
}
