//! SPARQL 1.1 Protocol: queries by GET, by form and by body; updates are refused.

use super::{Shared, description, negotiate, problem, work};
use crate::sparql::{Question, Syntax};
use crate::{Error, Result};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

/// `GET /sparql?query=…`; without any parameter, what the service says of itself.
pub async fn get(State(service): State<Shared>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    match query.filter(|query| !query.is_empty()) {
        Some(query) => respond(service, parameters(query.as_bytes()), headers).await,
        None => description::respond(service, &headers, accept(&headers).as_deref()).await,
    }
}

/// `POST /sparql`, a form or a bare query.
pub async fn post(
    State(service): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(error) => return refused_body(&error, service.config.request),
    };
    let mut asked = parameters(query.unwrap_or_default().as_bytes());
    match media_type(&headers).as_deref() {
        Some("application/x-www-form-urlencoded") => asked.extend(parameters(&body)),
        Some("application/sparql-query") => match String::from_utf8(body.into()) {
            Ok(text) => asked.push(("query".into(), text)),
            Err(_) => return problem::of(StatusCode::BAD_REQUEST, "the query is not UTF-8"),
        },
        Some("application/sparql-update") => return refused_update(),
        other => {
            let other = other.unwrap_or("nothing");
            let sentence = format!(
                "a query comes as application/sparql-query or application/x-www-form-urlencoded, not as {other}"
            );
            return problem::of(StatusCode::UNSUPPORTED_MEDIA_TYPE, sentence);
        }
    }
    respond(service, asked, headers).await
}

type Parameters = Vec<(String, String)>;

fn parameters(text: &[u8]) -> Parameters {
    form_urlencoded::parse(text).into_owned().collect()
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(value.split(';').next()?.trim().to_ascii_lowercase())
}

fn refused_body(error: &BytesRejection, most: usize) -> Response {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            problem::of(StatusCode::PAYLOAD_TOO_LARGE, format!("a request has at most {most} bytes"))
        }
        status => problem::of(status, "the body of the request broke off"),
    }
}

fn refused_update() -> Response {
    problem::of(StatusCode::FORBIDDEN, "the graph is only read; updates are not taken")
}

async fn respond(service: Shared, asked: Parameters, headers: HeaderMap) -> Response {
    if asked.iter().any(|(name, _)| name == "update") {
        return refused_update();
    }
    let question = match question(asked, &service) {
        Ok(question) => question,
        Err(error) => return problem::from_error(&error),
    };
    let accept = accept(&headers);
    if !acceptable(accept.as_deref()) {
        return problem::of(StatusCode::NOT_ACCEPTABLE, not_acceptable());
    }
    work::answer(service, move |service, page| {
        let answer = service.store.ask(&question)?;
        let syntax = negotiate::best(accept.as_deref(), &offers(answer.syntaxes())).ok_or_else(unfit)?;
        page.fill(|out| answer.write(syntax, out))?;
        Ok(HeaderValue::from_static(syntax.media_type()))
    })
    .await
}

/// What the client accepts, where it says so.
fn accept(headers: &HeaderMap) -> Option<String> {
    let accept: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).collect();
    (!accept.is_empty()).then(|| accept.join(","))
}

/// The one query with the dataset it is asked of.
fn question(asked: Parameters, service: &Shared) -> Result<Question> {
    let mut question = Question { time: Some(service.config.time), ..Question::default() };
    let mut queries = Vec::new();
    for (name, value) in asked {
        match name.as_str() {
            "query" => queries.push(value),
            "default-graph-uri" => question.default_graphs.push(value),
            "named-graph-uri" => question.named_graphs.push(value),
            _ => {}
        }
    }
    let count = queries.len();
    match (queries.pop(), count) {
        (Some(text), 1) => Ok(Question { text, ..question }),
        (None, _) => Err(Error::Query("there is no query; give one as the parameter `query`".into())),
        _ => Err(Error::Query(format!("there are {count} queries; give one"))),
    }
}

/// What can be written with its media types, the one that programs expect first.
pub(super) fn offers(syntaxes: &[Syntax]) -> Vec<(&'static str, Syntax)> {
    let mut offers: Vec<_> = syntaxes.iter().map(|syntax| (syntax.media_type(), *syntax)).collect();
    // The table is for people at a terminal: it is given to who asks for it.
    offers.sort_by_key(|(_, syntax)| *syntax == Syntax::Table);
    if syntaxes.contains(&Syntax::Json) {
        offers.push(("application/json", Syntax::Json));
    }
    offers
}

fn acceptable(accept: Option<&str>) -> bool {
    [&Syntax::ROWS[..], &Syntax::TRIPLES[..]].iter().any(|all| negotiate::best(accept, &offers(all)).is_some())
}

fn not_acceptable() -> String {
    let all = |syntaxes: &[Syntax]| offers(syntaxes).iter().map(|offer| offer.0).collect::<Vec<_>>().join(", ");
    format!("rows are written as {}; graphs as {}", all(&Syntax::ROWS), all(&Syntax::TRIPLES))
}

/// Rows were asked for as a graph, or a graph as rows.
fn unfit() -> Error {
    Error::Usage(not_acceptable())
}
