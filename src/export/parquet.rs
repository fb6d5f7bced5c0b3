//! Nodes, edges and evidence as Parquet, with the columns of the table: numbers as numbers, lists as lists.
//!
//! Days are texts: years before Christ have no place in the dates that readers share. Rows are written in groups, so that
//! memory does not grow with the output.

use super::Out;
use super::table::{Column, EDGE_IDS, EDGES, EVIDENCE, EvidenceRow, Kind, NODE_IDS, NODES, Rows, Value};
use crate::error::{Error, Result};
use crate::graph::{Edge, View};
use crate::model::Entity;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use std::io::Write;
use std::sync::Arc;

/// Rows of a group.
const ROWS: usize = 1 << 16;

/// Writes one file of the three.
pub fn write(view: &View<'_>, part: &str, out: &mut Out<'_>) -> Result<()> {
    match part {
        "nodes.parquet" => nodes(view, out),
        "edges.parquet" => edges(view, out),
        _ => evidence(view, out),
    }
}

fn nodes(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut file = File::new(NODE_IDS.iter().chain(NODES).collect(), out)?;
    let rows: Vec<&Entity> = view.entities().collect();
    rows.chunks(ROWS).try_for_each(|group| file.group(group))?;
    file.finish()
}

fn edges(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut file = File::new(EDGE_IDS.iter().chain(EDGES).collect(), out)?;
    for group in view.edges().chunks(ROWS) {
        file.group(&group.iter().collect::<Vec<&Edge<'_>>>())?;
    }
    file.finish()
}

fn evidence(view: &View<'_>, out: &mut Out<'_>) -> Result<()> {
    let mut file = File::new(EVIDENCE.iter().collect(), out)?;
    for group in view.edges().chunks(ROWS) {
        let rows: Vec<EvidenceRow<'_>> = group.iter().flat_map(|e| EvidenceRow::of(e)).collect();
        file.group(&rows.iter().collect::<Vec<_>>())?;
    }
    file.finish()
}

/// A file in the making.
struct File<'o, 'w, T: Rows + 'static> {
    columns: Vec<&'static Column<T>>,
    /// Writes to memory, from where each group goes out.
    writer: SerializedFileWriter<Vec<u8>>,
    out: &'o mut Out<'w>,
}

impl<'o, 'w, T: Rows> File<'o, 'w, T> {
    fn new(columns: Vec<&'static Column<T>>, out: &'o mut Out<'w>) -> Result<Self> {
        let fields: String = columns.iter().map(|c| field(c.name, c.kind)).collect();
        let schema = parse_message_type(&format!("message newsgraph {{ {fields} }}")).map_err(failed)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties)).map_err(failed)?;
        Ok(File { columns, writer, out })
    }

    fn group<'r>(&mut self, rows: &[&'r T::Row<'r>]) -> Result<()> {
        let mut group = self.writer.next_row_group().map_err(failed)?;
        for column in &self.columns {
            let mut to = group.next_column().map_err(failed)?.expect("the schema has a field for each column");
            fill(&mut to, column.kind, rows.iter().map(|row| column.get(row))).map_err(failed)?;
            to.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.writer.flush()?;
        self.out.write_all(self.writer.inner())?;
        self.writer.inner_mut().clear();
        Ok(())
    }

    fn finish(self) -> Result<()> {
        let rest = self.writer.into_inner().map_err(failed)?;
        Ok(self.out.write_all(&rest)?)
    }
}

fn field(name: &str, kind: Kind) -> String {
    match kind {
        Kind::Integer => format!("OPTIONAL INT64 {name}; "),
        Kind::Real => format!("OPTIONAL DOUBLE {name}; "),
        Kind::Boolean => format!("OPTIONAL BOOLEAN {name}; "),
        Kind::Text | Kind::Date | Kind::Json => format!("OPTIONAL BYTE_ARRAY {name} (STRING); "),
        Kind::Texts => format!(
            "OPTIONAL GROUP {name} (LIST) {{ REPEATED GROUP list {{ REQUIRED BYTE_ARRAY element (STRING); }} }} "
        ),
    }
}

type Written = Result<(), ParquetError>;

fn fill<'a>(to: &mut SerializedColumnWriter<'_>, kind: Kind, cells: impl Iterator<Item = Value<'a>>) -> Written {
    match kind {
        Kind::Integer => plain::<Int64Type>(to, cells, |v| if let Value::Integer(i) = v { Some(i) } else { None }),
        Kind::Real => plain::<DoubleType>(to, cells, |v| if let Value::Real(x) = v { Some(x) } else { None }),
        Kind::Boolean => plain::<BoolType>(to, cells, |v| if let Value::Boolean(b) = v { Some(b) } else { None }),
        Kind::Text | Kind::Date | Kind::Json => {
            plain::<ByteArrayType>(to, cells, |v| if let Value::Text(t) = v { Some(bytes(&t)) } else { None })
        }
        Kind::Texts => lists(to, cells),
    }
}

fn bytes(text: &str) -> ByteArray {
    ByteArray::from(text)
}

/// A column of single values; a level says which are given.
fn plain<'a, D: DataType>(
    to: &mut SerializedColumnWriter<'_>,
    cells: impl Iterator<Item = Value<'a>>,
    get: impl Fn(Value<'a>) -> Option<D::T>,
) -> Written {
    let (mut values, mut given) = (Vec::new(), Vec::new());
    for value in cells.map(get) {
        given.push(i16::from(value.is_some()));
        values.extend(value);
    }
    to.typed::<D>().write_batch(&values, Some(&given), None).map(drop)
}

/// A column of lists: a level says what is given (2: an element), another what goes on (1) or begins (0) a list.
fn lists<'a>(to: &mut SerializedColumnWriter<'_>, cells: impl Iterator<Item = Value<'a>>) -> Written {
    let (mut values, mut given, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
    for cell in cells {
        let Value::Texts(list) = cell else {
            given.push(0);
            goes_on.push(0);
            continue;
        };
        for (i, text) in list.into_iter().enumerate() {
            values.push(bytes(text));
            given.push(2);
            goes_on.push(i16::from(i > 0));
        }
    }
    to.typed::<ByteArrayType>().write_batch(&values, Some(&given), Some(&goes_on)).map(drop)
}

fn failed(error: ParquetError) -> Error {
    Error::Write(std::io::Error::other(error))
}
