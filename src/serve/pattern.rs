//! Pattern queries by URL parameters, answered as JSON: `/query?from=Turkey&relation=condemned`.

use super::{Shared, problem, work};
use crate::query::Query;
use crate::{Error, Result};
use axum::extract::{RawQuery, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use serde_json::{Map, Value};

/// The fields of a [`Query`] that are no texts.
const NUMBERS: [&str; 6] = ["hops", "limit", "minConfidence", "minSources", "top", "unnamed"];
/// Rows of an answer that asks for no number of them.
const ROWS: usize = 1000;

/// `GET /query?…`, the fields of a query as parameters; one given twice is a list.
pub async fn get(State(service): State<Shared>, RawQuery(parameters): RawQuery) -> Response {
    let query = match query(parameters.unwrap_or_default().as_bytes()) {
        Ok(query) => query,
        Err(error) => return problem::of(StatusCode::BAD_REQUEST, error.to_string()),
    };
    work::answer(service, move |service, page| {
        let answer = service.index.ask(&query).map_err(|error| Error::Query(error.to_string()))?;
        page.fill(|out| answer.write_json(service.graph, out))?;
        Ok(HeaderValue::from_static("application/json"))
    })
    .await
}

fn query(parameters: &[u8]) -> Result<Query> {
    let mut fields = Map::new();
    for (name, value) in form_urlencoded::parse(parameters) {
        let value = value_of(&name, &value);
        match fields.get_mut(&*name) {
            None => drop(fields.insert(name.into_owned(), value)),
            Some(Value::Array(many)) => many.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
    let query: Query = serde_json::from_value(fields.into()).map_err(|error| Error::Query(error.to_string()))?;
    Ok(Query { limit: query.limit.or(Some(ROWS)), ..query })
}

fn value_of(name: &str, text: &str) -> Value {
    let number = NUMBERS.contains(&name).then(|| serde_json::from_str(text).ok()).flatten();
    number.unwrap_or_else(|| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Ask;

    #[test]
    fn parameters_are_the_fields_of_a_query() {
        let read = query(b"from=Turkey&from=Russia&relation=condemned,accused&minConfidence=.7&limit=5&ask=timeline");
        assert!(read.is_err(), "JSON writes 0.7");
        let read = query(b"from=Turkey&from=Russia&relation=condemned,accused&minConfidence=0.7&limit=5&ask=timeline");
        let read = read.unwrap();
        assert_eq!((read.from.len(), read.relation.len(), read.limit, read.ask), (2, 2, Some(5), Ask::Timeline));
        assert_eq!(read.min_confidence, 0.7);
        assert_eq!(query(b"").unwrap().limit, Some(ROWS));
        assert!(query(b"who=Turkey").unwrap_err().to_string().contains("unknown field `who`"));
        assert!(query(b"limit=many").is_err());
    }
}
