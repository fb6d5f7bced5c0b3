//! Answers to requests that cannot be met: a status, and one sentence as plain text.

use crate::Error;
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

/// A sentence with its status.
pub fn of(status: StatusCode, sentence: impl Into<String>) -> Response {
    let mut text = sentence.into();
    text.push('\n');
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    let mut response = (status, [(header::CONTENT_TYPE, kind)], text).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("10"));
    }
    response
}

/// An error of the library.
pub fn from_error(error: &Error) -> Response {
    let status = match error {
        Error::Query(_) => StatusCode::BAD_REQUEST,
        // What was asked for cannot be written as it was asked for.
        Error::Usage(_) => StatusCode::NOT_ACCEPTABLE,
        Error::Limit(_) => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    };
    of(status, error.to_string())
}

/// There is no such page.
pub async fn nothing_here(uri: Uri) -> Response {
    of(StatusCode::NOT_FOUND, format!("there is nothing at {}; /about lists what there is", uri.path()))
}

/// The page is there, but not for this method.
pub async fn wrong_method(method: Method) -> Response {
    of(
        StatusCode::METHOD_NOT_ALLOWED,
        format!("{method} is not answered here; the graph is only read, with GET or POST"),
    )
}
