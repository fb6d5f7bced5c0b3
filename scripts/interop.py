#!/usr/bin/env python3
"""Reads every export with the programs that people use, and compares what they see with the interchange JSON.

usage: interop.py NEWSGRAPH GRAPH.json... [--skip-missing]

NEWSGRAPH is the binary; each GRAPH.json is converted to every format and read back. scripts/interop/install.sh installs the
readers: Python packages, Graphviz, rapper, xmllint, the schema of GraphML, and graphology, cytoscape.js and Neo4j's parser of
Cypher under Node. A consumer that is not installed fails the run unless --skip-missing.
"""
import argparse
import importlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
NG = "https://w3id.org/newsgraph/ontology#"
CHECKS = []
logging.getLogger("rdflib").setLevel(logging.CRITICAL)  # it warns of dates before Christ, which Python does not have


def check(*needs):
    """Registers a check; `needs` are Python modules and programs."""
    def register(function):
        CHECKS.append((function, needs))
        return function
    return register


def equal(what, found, expected):
    if found != expected:
        raise AssertionError(f"{what}: found {found!r}, expected {expected!r}")


def run(*command, stdin=None):
    done = subprocess.run(command, capture_output=True, stdin=stdin)
    if done.returncode != 0:
        raise AssertionError(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.decode(errors='replace')[-800:]}")
    return done.stdout


class Graph:
    """A graph as JSON, and its exports made on demand."""

    def __init__(self, binary, path, folder):
        self.binary, self.path, self.folder = binary, path, folder
        self.json = json.load(open(path, encoding="utf-8"))
        self.nodes = {n["id"]: n for n in self.json["nodes"]}
        self.edges = {e["key"]: e for e in self.json["edges"]}
        self.most = max(self.nodes.values(), key=lambda n: (n["mentions"], n["id"]))

    def file(self, name, *options):
        """Converts to a file of that name, by its extension."""
        path = os.path.join(self.folder, "-".join([o.strip("-") for o in options] + [name]))
        if not os.path.exists(path):
            run(self.binary, "convert", self.path, "--unnamed", *options, "-o", path)
        return path

    def counted(self):
        return [e for e in self.edges.values() if e["status"] in ("reported", "claimed") and not e["negated"]]


def xml_text(text):
    """What XML makes of a text: controls as their pictures, line ends kept."""
    def one(c):
        if c in "￾￿":
            return "\ufffd"
        return c if c in "\t\n\r" or c >= " " else chr(0x2400 + ord(c))
    return "".join(map(one, text))


@check("jsonschema")
def json_schema(g):
    import jsonschema
    schema = json.load(open(os.path.join(ROOT, "ontology", "graph.schema.json"), encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(g.json)


@check("networkx")
def networkx_json(g):
    import networkx
    n = networkx.node_link_graph(g.json, edges="edges")
    equal("nodes and edges", (n.number_of_nodes(), n.number_of_edges()), (len(g.nodes), len(g.edges)))
    equal("label", n.nodes[g.most["id"]]["label"], g.most["label"])


@check("networkx")
def networkx_graphml(g):
    import networkx
    n = networkx.read_graphml(g.file("g.graphml"), force_multigraph=True)
    equal("nodes and edges", (n.number_of_nodes(), n.number_of_edges()), (len(g.nodes), len(g.edges)))
    by_id = {d["entity"]: d for _, d in n.nodes(data=True)}
    equal("ids", set(by_id), {xml_text(i) for i in g.nodes})
    for name in ("label", "type", "kind", "named", "country", "lat", "lon", "mentions"):
        given = {xml_text(i): v[name] for i, v in g.nodes.items() if v[name] is not None}
        given = {i: xml_text(v) if isinstance(v, str) else v for i, v in given.items()}
        equal(name, {i: d[name] for i, d in by_id.items() if name in d}, given)
    equal("keys", {k for _, _, k in n.edges(keys=True)}, set(g.edges))
    equal("confidence", {k: d["confidence"] for _, _, k, d in n.edges(keys=True, data=True)},
          {k: e["confidence"] for k, e in g.edges.items()})


@check("networkx")
def networkx_gexf(g):
    n = networkx_any_gexf(g)
    equal("nodes and edges", (n.number_of_nodes(), n.number_of_edges()), (len(g.nodes), len(g.edges)))
    equal("label", n.nodes[g.most["id"]]["label"], xml_text(g.most["label"]))
    equal("mentions", n.nodes[g.most["id"]]["mentions"], g.most["mentions"])


def networkx_any_gexf(g):
    """NetworkX 3.6 knows the namespaces of GEXF 1.1, 1.2 and 1.3 draft; our file is the published 1.3."""
    import io
    import networkx
    text = open(g.file("g.gexf"), encoding="utf-8").read()
    text = text.replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
    text = text.replace('version="1.3"', 'version="1.2"')
    return networkx.read_gexf(io.BytesIO(text.encode()))


@check("igraph")
def igraph_graphml(g):
    import igraph
    n = igraph.Graph.Read_GraphML(g.file("g.graphml"))
    equal("nodes and edges", (n.vcount(), n.ecount()), (len(g.nodes), len(g.edges)))
    vertex = n.vs.find(entity=g.most["id"])
    equal("mentions", vertex["mentions"], g.most["mentions"])


@check("rdflib")
def rdflib_syntaxes(g):
    import rdflib
    sizes = {}
    for name, syntax in [("g.ttl", "turtle"), ("g.nt", "nt"), ("g.rdf", "xml"), ("g.trig", "trig"), ("g.nq", "nquads"), ("g.jsonld", "json-ld")]:
        d = rdflib.Dataset(default_union=True)
        d.parse(g.file(name), format=syntax)
        sizes[name] = len(d)
        statements = set(d.subjects(rdflib.RDF.type, rdflib.URIRef(NG + "Statement")))
        equal(f"statements in {name}", len(statements), len(g.edges))
        blank = [s for s in d.subjects() if isinstance(s, rdflib.BNode)]
        equal(f"blank nodes in {name}", blank, [])
    equal("sizes", set(sizes.values()), {len(open(g.file("g.nt"), "rb").read().splitlines())} if ascii_lines(g) else set(sizes.values()))


def ascii_lines(g):
    text = open(g.file("g.nt"), "rb").read()
    return b"\x85" not in text and b"\xe2\x80\xa8" not in text and b"\x1c" not in text and b"\x0b" not in text


@check("pyoxigraph")
def oxigraph_sparql(g):
    import pyoxigraph
    formats = pyoxigraph.RdfFormat
    for name, options, syntax in [("g.ttl", (), formats.TURTLE), ("g.rdf", (), formats.RDF_XML), ("g.jsonld", (), formats.JSON_LD),
                                  ("g.trig", ("--rdf-view", "rdf12"), formats.TRIG), ("g.trig", ("--rdf-view", "graphs"), formats.TRIG),
                                  ("g.trig", ("--rdf-view", "nanopub"), formats.TRIG)]:
        store = pyoxigraph.Store()
        store.bulk_load(path=g.file(name, *options), format=syntax)
        rows = list(store.query(f"SELECT (COUNT(DISTINCT ?s) AS ?n) WHERE {{ ?s a <{NG}Statement> }}", use_default_graph_as_union=True))
        equal(f"statements in {name} {options}", int(rows[0]["n"].value), len(g.edges))
    store = pyoxigraph.Store()
    store.bulk_load(path=g.file("g.nq"), format=formats.N_QUADS)
    rows = store.query(f"SELECT DISTINCT ?s ?p ?o WHERE {{ ?s ?p ?o . ?x <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate> ?p . ?s a ?t ; <{NG}named> ?n }}")
    direct = {(e["source"], e["type"], e["target"]) for e in g.counted()}
    equal("direct triples", len(list(rows)), len(direct))
    rows = list(store.query(f'SELECT ?l WHERE {{ ?e <http://purl.org/dc/terms/identifier> {json.dumps(g.most["id"])} ; <http://www.w3.org/2000/01/rdf-schema#label> ?l }}'))
    equal("label", rows[0]["l"].value, g.most["label"])


@check("rapper")
def rapper(g):
    counts = set()
    for name, syntax in [("g.ttl", "turtle"), ("g.nt", "ntriples"), ("g.rdf", "rdfxml")]:
        # rapper takes no noncharacters, which RDF allows.
        path = g.file(name) + ".plain"
        text = open(g.file(name), encoding="utf-8", newline="").read()
        for noncharacter in ("\ufffe", "\uffff", "\\uFFFE", "\\uFFFF"):
            text = text.replace(noncharacter, "?")
        open(path, "w", encoding="utf-8", newline="").write(text)
        done = subprocess.run(["rapper", "-q", "-i", syntax, "-o", "ntriples", path, "http://example.org/"], capture_output=True)
        equal(f"exit of rapper on {name}: {done.stderr.decode(errors='replace')[:300]}", done.returncode, 0)
        counts.add(len(done.stdout.splitlines()))
    equal("triples alike", len(counts), 1)


@check("pyshacl", "rdflib")
def shacl(g):
    import pyshacl
    import rdflib
    for options in [(), ("--rdf-view", "graphs")]:
        data = rdflib.Dataset(default_union=True)
        data.parse(g.file("g.trig", *options), format="trig")
        union = rdflib.Graph()
        for triple in data.triples((None, None, None)):
            union.add(triple)
        conforms, _, report = pyshacl.validate(union, shacl_graph=os.path.join(ROOT, "ontology", "shapes.ttl"))
        equal(f"conforms {options}: {report[:1500]}", conforms, True)


@check("rdflib")
def ontology(g):
    import rdflib
    for part in ("ontology", "codes", "shapes"):
        rdflib.Graph().parse(data=run(g.binary, "ontology", part).decode(), format="turtle")


@check("dot")
def graphviz(g):
    equal("nodes drawn", open(g.file("g.svg"), encoding="utf-8").read().count('class="node"'), len(g.nodes))
    for options in [(), ("--top", "30", "--collapse")]:
        dot = g.file("g.dot", *options)
        for kind in ("svg", "png"):
            if kind == "png" and not options:
                continue
            out = f"{dot}.{kind}"
            run("dot", f"-T{kind}", dot, "-o", out)
            if kind == "svg":
                svg = open(out, encoding="utf-8").read()
                if not options:
                    equal("nodes drawn", svg.count('class="node"'), len(g.nodes))
                    equal("edges drawn", svg.count('class="edge"'), len(g.edges))


@check("pandas", "polars", "duckdb")
def tables(g):
    import duckdb
    import pandas
    import polars
    folder = g.file("g.csv")
    for part, rows, key in [("nodes.csv", g.nodes, "Id"), ("edges.csv", g.edges, "Id")]:
        path = os.path.join(folder, part)
        p = pandas.read_csv(path, keep_default_na=False)
        equal(f"pandas {part}", set(p[key]), {i.replace("\0", "␀") for i in rows})
        equal(f"polars {part}", polars.read_csv(path, infer_schema_length=0).height, len(rows))
        count = duckdb.sql(f"SELECT count(*) FROM read_csv('{path}', all_varchar=true, max_line_size=10000000, quote='\"', escape='\"', header=true)").fetchall()[0][0]
        equal(f"duckdb {part}", count, len(rows))
    events = pandas.read_csv(g.file("events.csv", "--to", "events"), dtype=str, keep_default_na=False)
    ids = {e["key"] for e in g.counted()}
    equal("events", set(events["GlobalEventID"]) <= ids, True)


@check("xmllint")
def schemas(g):
    folder = os.path.join(HERE, "interop")
    published = os.path.join(folder, "schemas", "graphml.xsd")
    if not os.path.exists(published):
        raise ModuleNotFoundError("graphml.xsd")
    run("xmllint", "--noout", "--huge", "--nonet", "--schema", published, g.file("g.graphml"))
    run("xmllint", "--noout", "--huge", "--nonet", "--relaxng", os.path.join(folder, "gexf.rng"), g.file("g.gexf"))


def node(script, *files):
    """What a script of ours prints under Node, with the packages of scripts/interop."""
    folder = os.path.join(HERE, "interop")
    if not os.path.isdir(os.path.join(folder, "node_modules")):
        raise ModuleNotFoundError("the packages of scripts/interop")
    return json.loads(run("node", os.path.join(folder, script), *files))


@check("node")
def graphology(g):
    seen = node("read.cjs", g.file("g.graphml"), g.file("g.gexf"), g.file("g.cyjs"), g.most["id"])
    for name, (nodes, edges, mentions) in seen.items():
        equal(f"nodes, edges and mentions of {name}", (nodes, edges, mentions), (len(g.nodes), len(g.edges), g.most["mentions"]))


@check("node")
def cypher_syntax(g):
    """Neo4j's own parser finds nothing wrong, and as many statements as there are batches."""
    seen = node("cypher.cjs", g.file("g.cypher"))
    equal("complaints", seen["complaints"], [])
    batches = open(g.file("g.cypher"), encoding="utf-8").read().count("\nUNWIND [\n")
    equal("statements", seen["statements"], batches + 1)


@check("real_ladybug")
def cypher_database(g):
    """A database that speaks Cypher loads the CSV pair and answers queries."""
    import csv
    import real_ladybug
    db = real_ladybug.Connection(real_ladybug.Database(os.path.join(g.folder, "ladybug")))
    known = {"mentions": "INT64", "lat": "DOUBLE", "lon": "DOUBLE", "named": "BOOLEAN", "Weight": "INT64", "confidence": "DOUBLE"}

    def columns(part, skipped):
        with open(os.path.join(g.file("g.csv"), part), encoding="utf-8", newline="") as file:
            return ", ".join(f"`{name}` {known.get(name, 'STRING')}" for name in next(csv.reader(file))[skipped:])

    db.execute(f"CREATE NODE TABLE Entity({columns('nodes.csv', 0)}, PRIMARY KEY(`Id`))")
    db.execute(f"CREATE REL TABLE Statement(FROM Entity TO Entity, {columns('edges.csv', 2)})")
    for table, part in [("Entity", "nodes.csv"), ("Statement", "edges.csv")]:
        path = os.path.join(g.file("g.csv"), part)
        db.execute(f"COPY {table} FROM '{path}' (HEADER=true, PARALLEL=false, QUOTE='\"', ESCAPE='\"')")
    ask = lambda query, **values: db.execute(query, values).get_next()
    equal("nodes", ask("MATCH (n) RETURN count(*)")[0], len(g.nodes))
    equal("edges", ask("MATCH ()-[r]->() RETURN count(*)")[0], len(g.edges))
    equal("mentions", ask("MATCH (n:Entity) WHERE n.Id = $id RETURN n.mentions", id=g.most["id"])[0], g.most["mentions"])
    degree = ask("MATCH (n:Entity)-[r]->() WHERE n.Id = $id RETURN count(*)", id=g.most["id"])[0]
    equal("edges out of it", degree, sum(e["source"] == g.most["id"] for e in g.edges.values()))


@check("json")
def archives(g):
    """A zip has the very files of the folder, and the same bytes each time."""
    with zipfile.ZipFile(g.file("g.csv.zip")) as archive:
        equal("broken", archive.testzip(), None)
        for part in ("nodes.csv", "edges.csv"):
            equal(part, archive.read(part), open(os.path.join(g.file("g.csv"), part), "rb").read())
    equal("bytes", open(g.file("again.csv.zip"), "rb").read(), open(g.file("g.csv.zip"), "rb").read())


@check("pandas", "duckdb")
def parquet(g):
    if "parquet" not in run(g.binary, "formats").decode():
        return "not in this build"
    import duckdb
    folder = g.file("g.parquet")
    query = lambda select, part: duckdb.sql(f"SELECT {select} FROM '{os.path.join(folder, part)}.parquet'").fetchall()
    equal("nodes", query("id, label, mentions, aliases", "nodes"),
          [(n["id"], n["label"], n["mentions"], n["aliases"] or None) for n in g.nodes.values()])
    equal("edges", {k: (s, t, p, c) for k, s, t, p, c in query("id, source, target, type, confidence", "edges")},
          {k: (e["source"], e["target"], e["type"], e["confidence"]) for k, e in g.edges.items()})
    equal("evidence", sorted(query('statement, article, start, quote', "evidence")),
          sorted((k, v["article"], v["start"], v["quote"]) for k, e in g.edges.items() for v in e["evidence"]))


@check("json")
def other_json(g):
    cyjs = json.load(open(g.file("g.cyjs"), encoding="utf-8"))
    equal("cyjs", (len(cyjs["elements"]["nodes"]), len(cyjs["elements"]["edges"])), (len(g.nodes), len(g.edges)))
    cx2 = json.load(open(g.file("g.cx2"), encoding="utf-8"))
    equal("cx2", [a["elementCount"] for a in cx2[1]["metaData"][2:]], [len(g.nodes), len(g.edges)])
    places = json.load(open(g.file("g.geojson"), encoding="utf-8"))["features"]
    located = [n for n in g.nodes.values() if n["lat"] is not None]
    equal("geojson", len([f for f in places if f["properties"]["feature"] == "entity"]), len(located))


@check("json")
def back_again(g):
    for name in ("g.ttl", "g.trig", "g.nq", "g.jsonld"):
        back = run(g.binary, "convert", g.file(name), "--to", "json")
        equal(f"{name} read back", json.loads(back), g.json)


def missing(needs):
    for need in needs:
        if need in ("dot", "rapper", "xmllint", "node"):
            if not shutil.which(need):
                return need
        else:
            try:
                importlib.import_module(need)
            except ImportError:
                return need
    return None


def main():
    failed = 0
    for path in ARGUMENTS.graphs:
        with tempfile.TemporaryDirectory() as folder:
            g = Graph(ARGUMENTS.newsgraph, path, folder)
            print(f"{path}: {len(g.nodes)} nodes, {len(g.edges)} edges")
            for function, needs in CHECKS:
                lacking = missing(needs)
                try:
                    if lacking:
                        raise ModuleNotFoundError(f"{lacking} is not installed")
                    note = function(g) or ""
                    print(f"  ok      {function.__name__} {note}")
                except ModuleNotFoundError as error:
                    failed += not ARGUMENTS.skip_missing
                    print(f"  missing {function.__name__}: {error}")
                except Exception as error:
                    failed += 1
                    print(f"  FAILED  {function.__name__}: {type(error).__name__}: {str(error)[:1500]}")
    return 1 if failed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsgraph")
    parser.add_argument("graphs", nargs="+")
    parser.add_argument("--skip-missing", action="store_true")
    ARGUMENTS = parser.parse_args()
    sys.exit(main())
