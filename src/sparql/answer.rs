//! The answer to a query: rows, yes or no, or a graph, written while it is worked out.

use super::deadline::Deadline;
use super::syntax::Syntax;
use super::table::Table;
use crate::error::{Error, Result};
use crate::export::{self, Format};
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter};
use std::io::Write;

/// An answer in the making.
pub struct Answer {
    results: QueryResults<'static>,
    deadline: Deadline,
    base: String,
}

impl Answer {
    pub(super) fn new(results: QueryResults<'static>, deadline: Deadline, base: String) -> Answer {
        Answer { results, deadline, base }
    }

    /// The formats in which it can be written, the one for people first.
    pub fn syntaxes(&self) -> &'static [Syntax] {
        match self.results {
            QueryResults::Graph(_) => &Syntax::TRIPLES,
            _ => &Syntax::ROWS,
        }
    }

    /// Works it out and writes it.
    pub fn write(self, syntax: Syntax, out: &mut dyn Write) -> Result<()> {
        let Answer { results, deadline, base } = self;
        match (results, syntax, syntax.results()) {
            (QueryResults::Graph(triples), Syntax::Rdf(format), _) => graph(triples, &deadline, format, out),
            (QueryResults::Graph(_), ..) => Err(unfit(syntax, "CONSTRUCT and DESCRIBE give a graph", &Syntax::TRIPLES)),
            (QueryResults::Boolean(yes), Syntax::Table, _) => Ok(writeln!(out, "{}", if yes { "yes" } else { "no" })?),
            (QueryResults::Boolean(yes), _, Some(format)) => boolean(yes, format, out),
            (QueryResults::Solutions(rows), Syntax::Table, _) => table(rows, &deadline, &base, out),
            (QueryResults::Solutions(rows), _, Some(format)) => solutions(rows, &deadline, format, out),
            _ => Err(unfit(syntax, "SELECT and ASK give rows", &Syntax::ROWS)),
        }
    }
}

fn unfit(syntax: Syntax, what: &str, fit: &[Syntax]) -> Error {
    let fit: Vec<&str> = fit.iter().map(|syntax| syntax.name()).collect();
    Error::Usage(format!("{what}, which cannot be written as {syntax}; there are {}", fit.join(", ")))
}

fn graph(triples: QueryTripleIter<'_>, deadline: &Deadline, format: Format, out: &mut dyn Write) -> Result<()> {
    let syntax = format.rdf_syntax().ok_or_else(|| unfit(Syntax::Rdf(format), "a graph is RDF", &Syntax::TRIPLES))?;
    let checked = triples.map(|triple| {
        deadline.check()?;
        triple.map_err(|error| deadline.explain(error))
    });
    export::write_triples(checked, syntax, out)
}

fn boolean(yes: bool, format: QueryResultsFormat, out: &mut dyn Write) -> Result<()> {
    QueryResultsSerializer::from_format(format).serialize_boolean_to_writer(out, yes)?;
    Ok(())
}

fn solutions(
    rows: QuerySolutionIter<'_>,
    deadline: &Deadline,
    format: QueryResultsFormat,
    out: &mut dyn Write,
) -> Result<()> {
    let variables = rows.variables().to_vec();
    let serializer = QueryResultsSerializer::from_format(format);
    let mut serializer = serializer.serialize_solutions_to_writer(out, variables)?;
    for row in in_time(rows, deadline) {
        serializer.serialize(&row?)?;
    }
    serializer.finish()?;
    Ok(())
}

fn table(rows: QuerySolutionIter<'_>, deadline: &Deadline, base: &str, out: &mut dyn Write) -> Result<()> {
    let mut table = Table::new(rows.variables().iter().map(|v| v.as_str().to_owned()).collect(), base);
    for row in in_time(rows, deadline) {
        table.push(row?.values());
    }
    table.write(out)
}

fn in_time<'a>(
    rows: QuerySolutionIter<'a>,
    deadline: &'a Deadline,
) -> impl Iterator<Item = Result<QuerySolution>> + 'a {
    rows.map(|row| {
        deadline.check()?;
        row.map_err(|error| deadline.explain(error))
    })
}
