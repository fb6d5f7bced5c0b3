#!/usr/bin/env python3
"""Times the usual way in Python on a graph that `cargo bench --bench export` saved with GRAPH=FILE.json.

usage: compare_export.py FILE.json [FILE.ttl]

NetworkX reads the graph and writes GraphML and GEXF; rdflib parses FILE.ttl (newsgraph convert FILE.json -o FILE.ttl) and
serializes it. Prints seconds and peak memory of each, in a process of its own.
"""
import json
import multiprocessing
import resource
import sys
import time


def measure(name, write, *arguments):
    """Runs `write` in a fresh process; it returns the seconds of writing alone."""
    def child(pipe):
        seconds = write(*arguments)
        pipe.send((seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024))
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=child, args=(theirs,))
    process.start()
    theirs.close()
    seconds, memory = ours.recv()
    process.join()
    print(f"{name:20} {seconds:8.2f} s {memory:9.0f} MB")


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
    start = time.time()
    networkx.write_graphml_xml(graph, "/dev/null")
    return time.time() - start


def gexf(path):
    import networkx
    graph = networkx_graph(path)
    start = time.time()
    networkx.write_gexf(graph, "/dev/null")
    return time.time() - start


def turtle(path):
    import rdflib
    graph = rdflib.Graph().parse(path, format="turtle")
    start = time.time()
    graph.serialize("/dev/null", format="turtle")
    return time.time() - start


if __name__ == "__main__":
    measure("networkx graphml", graphml, sys.argv[1])
    measure("networkx gexf", gexf, sys.argv[1])
    if len(sys.argv) > 2:
        measure("rdflib turtle", turtle, sys.argv[2])
