//! What holds for every request and response: the name it was called by, and the headers that keep a browser safe.

use super::{Shared, problem};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// The names under which a service may be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hosts {
    /// This machine's own: localhost, 127.0.0.1, ::1.
    Loopback,
    /// These, without a port, and this machine's own.
    Named(Vec<String>),
    /// Any.
    Any,
}

impl Hosts {
    /// Whether a `Host` header names one of them.
    fn admit(&self, host: &str) -> bool {
        let name = without_port(host).to_ascii_lowercase();
        let own = ["localhost", "127.0.0.1", "[::1]"].contains(&name.as_str());
        match self {
            Hosts::Any => true,
            Hosts::Loopback => own,
            Hosts::Named(names) => own || names.iter().any(|known| known.eq_ignore_ascii_case(&name)),
        }
    }
}

fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && !name.ends_with(':') => name,
        _ => host,
    }
}

/// What the page of links may do: send its form here.
pub const ABOUT_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
/// The explorer says itself what it may load; that it stands in no frame only a header can say.
pub const EXPLORER_POLICY: &str = "frame-ancestors 'none'";
/// Anything else is no page.
const DATA_POLICY: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Refuses requests under a foreign name, and adds to every response what browsers heed.
pub async fn guard(State(service): State<Shared>, request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).or(request.uri().host());
    let mut response = match host {
        Some(host) if service.config.hosts.admit(host) => next.run(request).await,
        None if service.config.hosts == Hosts::Any => next.run(request).await,
        _ => {
            problem::of(StatusCode::MISDIRECTED_REQUEST, "this service is not known by that name; --host NAME adds one")
        }
    };
    harden(response.headers_mut());
    response
}

fn harden(headers: &mut HeaderMap) {
    let always = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ];
    for (name, value) in always {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.append(header::VARY, HeaderValue::from_static("accept"));
    headers.entry(header::CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(DATA_POLICY));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_admitted() {
        for own in ["localhost", "LOCALHOST:7878", "127.0.0.1:1", "[::1]", "[::1]:80"] {
            assert!(Hosts::Loopback.admit(own), "{own}");
        }
        for foreign in ["evil.example", "localhost.evil.example:7878", "127.0.0.2", "::1", "", "localhost:x"] {
            assert!(!Hosts::Loopback.admit(foreign), "{foreign}");
        }
        let named = Hosts::Named(vec!["Graph.example".into()]);
        assert!(named.admit("graph.example:443") && named.admit("localhost") && !named.admit("example"));
        assert!(Hosts::Any.admit("whatever"));
    }
}
