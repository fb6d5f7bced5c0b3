#!/usr/bin/env python3
"""Compares the answers of `newsgraph query` to the competency questions with pyoxigraph's on the same graph as Turtle.

usage: questions.py NEWSGRAPH GRAPH.json...      (pip install pyoxigraph)

Rows are compared with their order and their multiplicity, terms as they are. A question that has no answer on any of the
graphs fails too, since it compares nothing.
"""
import glob
import os
import subprocess
import sys
import tempfile

import pyoxigraph

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
QUESTIONS = sorted(glob.glob(os.path.join(ROOT, "ontology", "questions", "*.rq")))


def ours(binary, graph, question):
    return subprocess.run([binary, "query", graph, "--file", question, "--to", "json"], check=True, capture_output=True).stdout


def theirs(store, question):
    return store.query(open(question, encoding="utf-8").read()).serialize(format=pyoxigraph.QueryResultsFormat.JSON)


def rows(answer):
    """Each row as the terms of its variables; parsed by pyoxigraph, whoever wrote it."""
    parsed = pyoxigraph.parse_query_results(answer, pyoxigraph.QueryResultsFormat.JSON)
    variables = list(parsed.variables)
    return [tuple(str(row[v]) if row[v] is not None else "" for v in variables) for row in parsed]


def compare(binary, graph, folder, found):
    turtle = os.path.join(folder, "graph.ttl")
    subprocess.run([binary, "convert", graph, "--unnamed", "-o", turtle], check=True)
    store = pyoxigraph.Store()
    store.bulk_load(path=turtle, format=pyoxigraph.RdfFormat.TURTLE)
    differ = 0
    for question in QUESTIONS:
        name = os.path.basename(question)
        mine, other = rows(ours(binary, graph, question)), rows(theirs(store, question))
        found[name] = found.get(name, 0) + len(mine)
        same = mine == other
        differ += not same
        print(f"  {'ok    ' if same else 'DIFFER'}  {name}: {len(mine)} rows, pyoxigraph {len(other)}")
    return differ


def main(binary, graphs):
    differ, found = 0, {}
    for graph in graphs:
        print(graph)
        with tempfile.TemporaryDirectory() as folder:
            differ += compare(binary, graph, folder, found)
    silent = [name for name, count in found.items() if count == 0]
    if silent or not found:
        print(f"no answer anywhere: {', '.join(silent) or 'there are no questions'}")
    return 1 if differ or silent or not found else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
