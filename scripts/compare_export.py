#!/usr/bin/env python3
"""Writes a graph with newsgraph and the usual way in Python, in one run, and compares processor seconds and memory.

usage: compare_export.py NEWSGRAPH FILE.json [SMALL.json]

FILE.json is a graph that `cargo bench --bench export` saved with GRAPH=FILE.json. NetworkX holds it in memory and writes
GraphML and GEXF; rdflib parses the Turtle of SMALL.json (the same without one) and serializes it. Only writing is timed: what
newsgraph takes to read the graph is subtracted. Processor seconds, since the machine may have other work.
"""
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time


def ours(binary, *arguments):
    """Processor seconds and peak memory in MB of a run of newsgraph."""
    with open(os.devnull, "wb") as nowhere:
        process = subprocess.Popen([binary, "convert", *arguments], stdout=nowhere)
        _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"newsgraph {' '.join(arguments)} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def theirs(write, *arguments):
    """Runs `write` in a fresh process: processor seconds of writing alone, peak memory in MB."""
    def child(pipe):
        seconds = write(*arguments)
        pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    mine, other = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=child, args=(other,))
    process.start()
    other.close()
    result = mine.recv()
    process.join()
    return result


def compare(what, binary, path, name, write, *arguments):
    reading, _ = ours(binary, path, "--to", "geojson", "--top", "1")
    total, memory = ours(binary, path, "--to", name)
    seconds = max(total - reading, 0.01)
    their_seconds, their_memory = theirs(write, *arguments)
    print(f"{what:18} {their_seconds:8.2f} s {their_memory:7.0f} MB   newsgraph {seconds:6.2f} s {memory:6.0f} MB   "
          f"{their_seconds / seconds:6.0f} times as fast, {memory / their_memory:.2f} of the memory", flush=True)


def networkx_graph(path):
    import networkx
    graph = networkx.node_link_graph(json.load(open(path, encoding="utf-8")), edges="edges")
    # GraphML and GEXF of NetworkX take neither lists nor nothing.
    graph.graph.clear()
    for _, data in graph.nodes(data=True):
        flatten(data)
    for *_, data in graph.edges(data=True):
        flatten(data)
    return graph


def flatten(data):
    for key, value in list(data.items()):
        if value is None:
            del data[key]
        elif isinstance(value, (list, dict)):
            data[key] = json.dumps(value)


def graphml(path):
    import networkx
    graph = networkx_graph(path)
    start = time.process_time()
    networkx.write_graphml_xml(graph, os.devnull)
    return time.process_time() - start


def gexf(path):
    import networkx
    graph = networkx_graph(path)
    start = time.process_time()
    networkx.write_gexf(graph, os.devnull)
    return time.process_time() - start


def turtle(path):
    import rdflib
    graph = rdflib.Graph().parse(path, format="turtle")
    start = time.process_time()
    graph.serialize(os.devnull, format="turtle")
    return time.process_time() - start


def main(binary, path, small=None):
    compare("networkx graphml", binary, path, "graphml", graphml, path)
    compare("networkx gexf", binary, path, "gexf", gexf, path)
    small = small or path
    with tempfile.TemporaryDirectory() as folder:
        triples = os.path.join(folder, "small.ttl")
        subprocess.run([binary, "convert", small, "-o", triples], check=True)
        compare("rdflib turtle", binary, small, "turtle", turtle, triples)


if __name__ == "__main__":
    main(*sys.argv[1:])
