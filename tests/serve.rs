//! `newsgraph serve` over plain TCP: the SPARQL protocol, what is refused, many clients at once, and the end.

#![cfg(all(feature = "cli", feature = "serve"))]
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

const GRAPH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/questions/graph.json");

/// A server that ends with its test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(options: &[&str]) -> Server {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin("newsgraph"))
            .args(["serve", GRAPH, "--listen", "127.0.0.1:0"])
            .args(options)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.as_mut().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).unwrap_or_else(|| panic!("{said}"));
        let address = address.split('/').next().unwrap().to_owned();
        Server { child, address }
    }

    fn send(&self, request: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        // A server that refuses may close before it has read everything.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::new(&bytes)
    }

    fn request(&self, line: &str, headers: &[&str], body: &str) -> Answer {
        let mut request = format!("{line} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
        if !headers.iter().any(|header| header.starts_with("Host:")) {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        headers.iter().for_each(|header| request.push_str(&format!("{header}\r\n")));
        self.send(format!("{request}\r\n{body}").as_bytes())
    }

    fn ask(&self, query: &str, headers: &[&str]) -> Answer {
        self.request(&format!("GET /sparql?query={}", encoded(query)), headers, "")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server that most tests share, since it only reads; it ends with the last of them.
fn server() -> Arc<Server> {
    static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
    let mut shared = SHARED.lock().unwrap();
    shared.upgrade().unwrap_or_else(|| {
        let server = Arc::new(Server::start(&[]));
        *shared = Arc::downgrade(&server);
        server
    })
}

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Answer {
    fn new(bytes: &[u8]) -> Answer {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text}"));
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

const WHO: &str = "SELECT ?who { ?who ng:condemned <state/almora> }";
const FORM: &str = "Content-Type: application/x-www-form-urlencoded";
const QUERY: &str = "Content-Type: application/sparql-query; charset=utf-8";

#[test]
fn a_query_comes_in_three_ways() {
    let server = server();
    let get = server.ask(WHO, &[]);
    let form = server.request("POST /sparql", &[FORM], &format!("query={}", encoded(WHO)));
    let bare = server.request("POST /sparql", &[QUERY], WHO);
    for answer in [get, form, bare] {
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/sparql-results+json")));
        let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(json["results"]["bindings"][0]["who"]["value"], "https://w3id.org/newsgraph/data/state/bresk");
    }
    let head = server.request(&format!("HEAD /sparql?query={}", encoded(WHO)), &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
}

#[test]
fn the_client_chooses_the_format() {
    let server = server();
    let describe = "DESCRIBE <state/norland>";
    let cases = [
        (WHO, "text/csv", 200, "text/csv; charset=utf-8"),
        (WHO, "text/tab-separated-values", 200, "text/tab-separated-values; charset=utf-8"),
        (WHO, "application/sparql-results+xml, */*;q=0.1", 200, "application/sparql-results+xml"),
        (WHO, "text/plain", 200, "text/plain; charset=utf-8"),
        (WHO, "application/json", 200, "application/sparql-results+json"),
        (WHO, "text/turtle", 406, "text/plain; charset=utf-8"),
        (WHO, "image/png", 406, "text/plain; charset=utf-8"),
        (describe, "*/*", 200, "text/turtle"),
        (describe, "application/n-triples;q=0.9, text/turtle;q=0.2", 200, "application/n-triples"),
        (describe, "application/ld+json", 200, "application/ld+json"),
        (describe, "text/csv", 406, "text/plain; charset=utf-8"),
        ("ASK {}", "application/sparql-results+json", 200, "application/sparql-results+json"),
    ];
    for (query, accept, status, kind) in cases {
        let answer = server.ask(query, &[&format!("Accept: {accept}")]);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some(kind)), "{accept}: {}", answer.body);
    }
}

#[test]
fn what_cannot_be_answered_says_why() {
    let server = server();
    let large = format!("query={}", "x".repeat(2 << 20));
    let cases: [(&str, &[&str], &str, u16, &str); 13] = [
        ("GET /sparql?default-graph-uri=x", &[], "", 400, "there is no query"),
        ("GET /sparql", &["Accept: text/csv"], "", 406, "what the service says of itself is RDF"),
        ("GET /sparql?query=ASK%7B%7D&query=ASK%7B%7D", &[], "", 400, "there are 2 queries; give one"),
        ("GET /sparql?query=SELECT", &[], "", 400, "the query: line 1, column 7: the query ends"),
        ("GET /sparql?query=CLEAR%20ALL", &[], "", 400, "the query: line 1, column 1: this changes the graph"),
        ("GET /sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", &[], "", 400, "no iri names no graph"),
        ("POST /sparql", &[FORM], "update=CLEAR+ALL", 403, "the graph is only read"),
        ("POST /sparql", &["Content-Type: application/sparql-update"], "CLEAR ALL", 403, "the graph is only read"),
        ("POST /sparql", &["Content-Type: text/plain"], "ASK {}", 415, "a query comes as application/sparql-query or"),
        ("POST /sparql", &[], "ASK {}", 415, "a query comes as application/sparql-query or"),
        ("POST /sparql", &[FORM], &large, 413, "a request has at most 1048576 bytes"),
        ("DELETE /sparql", &[], "", 405, "DELETE is not answered here"),
        ("GET /no/such", &[], "", 404, "there is nothing at /no/such"),
    ];
    for (line, headers, body, status, message) in cases {
        let answer = server.request(line, headers, body);
        assert!(
            answer.status == status && answer.body.starts_with(message),
            "{line}: {} {}",
            answer.status,
            answer.body
        );
    }
    assert_eq!(server.request("PUT /sparql", &[], "").header("allow"), Some("get,head,post"));
    let bytes = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 1\r\n\
                  Content-Type: application/sparql-query\r\n\r\n\xff";
    assert_eq!(server.send(bytes).body, "the query is not UTF-8\n");
}

#[test]
fn without_a_query_the_service_describes_itself() {
    let server = server();
    let answer = server.request("GET /sparql", &["Accept: application/n-triples"], "");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/n-triples")));
    let service = format!("<http://{}/sparql>", server.address);
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    for (predicate, object) in [
        (format!("<{sd}endpoint>"), service.clone()),
        (format!("<{sd}supportedLanguage>"), format!("<{sd}SPARQL11Query>")),
        (format!("<{sd}resultFormat>"), "<http://www.w3.org/ns/formats/SPARQL_Results_JSON>".into()),
        (format!("<{sd}resultFormat>"), "<http://www.w3.org/ns/formats/Turtle>".into()),
    ] {
        let triple = format!("{service} {predicate} {object} .");
        assert!(answer.body.lines().any(|line| line == triple), "{triple}: {}", answer.body);
    }
    assert_eq!(answer.body.matches("resultFormat").count(), 10, "every format but the table has a name of the W3C");
    let turtle = server.request("GET /sparql", &[], "");
    assert_eq!((turtle.status, turtle.header("content-type")), (200, Some("text/turtle")));
}

#[test]
fn the_dataset_of_the_protocol_goes_first() {
    let server = Server::start(&["--rdf-view", "graphs", "--base", "http://x/"]);
    let ask = |graph: &str| {
        let query = encoded("ASK { ?s <https://w3id.org/newsgraph/ontology#withdrew> ?o }");
        server.request(&format!("GET /sparql?query={query}{graph}"), &["Accept: text/plain"], "").body
    };
    assert_eq!(ask(""), "no\n");
    assert_eq!(ask("&default-graph-uri=http%3A%2F%2Fx%2Fgraph%2Fbresk-agency"), "yes\n");
    assert_eq!(ask("&default-graph-uri=http%3A%2F%2Fx%2Fgraph%2Falmora-daily"), "no\n");
    assert_eq!(ask("&named-graph-uri=http%3A%2F%2Fx%2Fgraph%2Fbresk-agency"), "no\n");
}

#[test]
fn the_explorer_finds_its_data_here() {
    let server = server();
    for (path, kind, part) in [
        ("/", "text/html; charset=utf-8", "connect-src 'self'"),
        ("/about", "text/html; charset=utf-8", "18 entities, 30 statements"),
        ("/data.json", "application/json", "\"place/dorna\""),
    ] {
        let answer = server.request(&format!("GET {path}"), &[], "");
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(kind)), "{path}");
        assert!(answer.body.contains(part), "{path}");
    }
}

#[test]
fn a_pattern_is_asked_by_parameters() {
    let server = server();
    let answer = server.request("GET /query?from=Norland&relation=condemned", &[], "");
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/json")));
    let json: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(json["statements"][0]["target"], "organization/bresk-army");
    for wrong in ["who=Norland", "from=Narland", "limit=few"] {
        let answer = server.request(&format!("GET /query?{wrong}"), &[], "");
        assert_eq!((answer.status, answer.header("content-type")), (400, Some("text/plain; charset=utf-8")), "{wrong}");
    }
}

#[test]
fn a_browser_is_kept_safe() {
    let server = server();
    for (path, policy) in [
        ("/", "frame-ancestors 'none'"),
        ("/about", "default-src 'none'; "),
        ("/graph.ttl", "default-src 'none'; base-uri"),
        ("/no", "default-src 'none'; base-uri"),
    ] {
        let answer = server.request(&format!("GET {path}"), &["Origin: http://evil.example"], "");
        assert!(answer.header("content-security-policy").unwrap().starts_with(policy), "{path}: {}", answer.head);
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(answer.header("access-control-allow-origin"), None);
    }
    for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example"] {
        let answer = server.request("GET /", &[&format!("Host: {host}")], "");
        assert_eq!(answer.status, 421, "{host}");
    }
    assert_eq!(server.send(b"GET / HTTP/1.0\r\n\r\n").status, 421);
    assert_eq!(server.request("GET /", &["Host: localhost:1"], "").status, 200);
}

#[test]
fn another_origin_reads_only_where_it_was_let_in() {
    let server = Server::start(&["--cors", "http://app.example", "--host", "graph.example"]);
    let answer = server.ask("ASK {}", &["Origin: http://app.example", "Host: graph.example"]);
    assert_eq!((answer.status, answer.header("access-control-allow-origin")), (200, Some("http://app.example")));
    let preflight = ["Origin: http://app.example", "Access-Control-Request-Method: POST"];
    let answer = server.request("OPTIONS /sparql", &preflight, "");
    assert_eq!((answer.status, answer.header("access-control-allow-methods")), (200, Some("get,post")));
    assert_eq!(server.ask("ASK {}", &["Host: evil.example"]).status, 421);
}

#[test]
fn the_graph_is_there_in_every_format_of_one_file() {
    let server = server();
    let turtle = server.request("GET /graph.ttl", &[], "");
    assert_eq!((turtle.status, turtle.header("content-type")), (200, Some("text/turtle")));
    assert!(turtle.body.contains("@prefix ng:"));
    let json = server.request("GET /graph.json", &[], "");
    assert_eq!(json.body, std::fs::read_to_string(GRAPH).unwrap());
    for missing in ["/graph.csv", "/graph.exe", "/graph.", "/ttl", "/../Cargo.toml", "/graph.ttl/x"] {
        assert_eq!(server.request(&format!("GET {missing}"), &[], "").status, 404, "{missing}");
    }
}

#[test]
fn a_query_ends_with_its_time() {
    let server = Server::start(&["--time-limit", "0.05", "--at-once", "1"]);
    let started = Instant::now();
    let long = server
        .ask("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER (STRLEN(CONCAT(STR(?c), STR(?f))) > 3) }", &[]);
    assert!(long.status == 503 && long.body.starts_with("the query took longer than 0.05 s"), "{}", long.body);
    assert_eq!(long.header("retry-after"), Some("10"));
    assert!(started.elapsed() < Duration::from_secs(20));
}

#[test]
fn an_answer_ends_with_its_room() {
    let server = Server::start(&["--max-answer", "1", "--at-once", "1"]);
    let large = server.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }", &[]);
    assert!(large.status == 503 && large.body.starts_with("the answer is larger than 1 MiB"), "{}", large.body);
    assert_eq!(server.ask(WHO, &[]).status, 200);
}

#[test]
fn a_hundred_clients_are_all_answered() {
    let server = server();
    let ask = |_| {
        let answers: Vec<u16> = (0..5).map(|_| server.ask(WHO, &[]).status).collect();
        assert_eq!(answers, [200; 5]);
    };
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..100).map(|n| scope.spawn(move || ask(n))).collect();
        clients.into_iter().for_each(|client| client.join().unwrap());
    });
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_well() {
    let mut server = Server::start(&[]);
    assert_eq!(server.ask("ASK {}", &[]).status, 200);
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
    assert!(TcpStream::connect(&server.address).is_err());
}
