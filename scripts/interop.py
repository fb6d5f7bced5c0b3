#!/usr/bin/env python3
"""Reads every export with the programs that people use, and compares what they see with the interchange JSON.

usage: interop.py NEWSGRAPH GRAPH.json... [--schemas FOLDER] [--skip-missing]

NEWSGRAPH is the binary; each GRAPH.json is converted to every format and read back by NetworkX, igraph, rdflib,
pyoxigraph, pyshacl, pandas, polars, DuckDB (pip install networkx igraph rdflib pyoxigraph pyshacl pandas polars duckdb
jsonschema lxml), Graphviz, rapper, xmllint (apt-get install graphviz raptor2-utils libxml2-utils) and graphology (npm install in
scripts/interop). --schemas names a folder with graphml.xsd and gexf.rng, to validate against. A consumer that is not
installed fails the run unless --skip-missing.
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
    equal("mentions", by_id[g.most["id"]]["mentions"], g.most["mentions"])
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
    if not ARGUMENTS.schemas:
        return "no --schemas"
    run("xmllint", "--noout", "--huge", "--nonet", "--schema", os.path.join(ARGUMENTS.schemas, "graphml.xsd"), g.file("g.graphml"))
    grammar = os.path.join(ARGUMENTS.schemas, "gexf.rng")
    if not os.path.exists(grammar):
        return "GraphML alone: gexf.rng and viz.rng of gexf.net are not there"
    run("xmllint", "--noout", "--huge", "--nonet", "--relaxng", grammar, g.file("g.gexf"))


@check("node")
def graphology(g):
    modules = os.path.join(HERE, "interop", "node_modules")
    if not os.path.isdir(modules):
        raise ModuleNotFoundError("npm install in scripts/interop")
    seen = json.loads(run("node", os.path.join(HERE, "interop", "read.cjs"), g.file("g.graphml"), g.file("g.gexf"), g.file("g.cyjs")))
    for name, counts in seen.items():
        equal(f"nodes and edges of {name}", counts[:2], [len(g.nodes), len(g.edges)])


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
    parser.add_argument("--schemas")
    parser.add_argument("--skip-missing", action="store_true")
    ARGUMENTS = parser.parse_args()
    sys.exit(main())
