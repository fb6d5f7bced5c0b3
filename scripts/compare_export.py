#!/usr/bin/env python3
"""Writes a graph with newsgraph and the usual way in Python, in one run, and compares processor seconds and memory.

usage: compare_export.py NEWSGRAPH FILE.json [SMALL.json]

FILE.json is a graph that `cargo bench --bench export` saved with GRAPH=FILE.json. NetworkX holds it in memory and writes
GraphML and GEXF; rdflib parses the Turtle of SMALL.json (the same without one) and serializes it. Only writing is timed: what
newsgraph takes to read the graph is subtracted. Processor seconds, since the machine may have other work. Memory is given as
the most that a process held, graph included, and as what writing added to the graph: of Python the high-water mark of the
process while it wrote less what it held before; of newsgraph, which reads in the same process, the most it held less the most
of reading alone (`cargo bench --bench export` measures it from inside).
"""
import json
import multiprocessing
import os
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


def theirs(prepare, write, *arguments):
    """Prepares and writes in a fresh process: processor seconds of writing, most memory of all, memory added by writing, in MB."""
    def child(pipe):
        graph = prepare(*arguments)
        whole, before = held("VmHWM"), held("VmRSS")
        with open("/proc/self/clear_refs", "w") as marks:
            marks.write("5")  # the high-water mark begins anew
        start = time.process_time()
        write(graph)
        seconds, most = time.process_time() - start, held("VmHWM")
        pipe.send((seconds, max(whole, most), max(most - before, 0)))
    mine, other = multiprocessing.Pipe()
    process = multiprocessing.get_context("fork").Process(target=child, args=(other,))
    process.start()
    other.close()
    result = mine.recv()
    process.join()
    return result


def held(field):
    """Memory of this process in MB, as Linux counts it."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(field + ":")) / 1024


def compare(what, binary, path, name, prepare, write, *arguments):
    reading, before = ours(binary, path, "--to", "geojson", "--top", "1")
    total, memory = ours(binary, path, "--to", name)
    seconds, added = max(total - reading, 0.01), max(memory - before, 1)
    their_seconds, their_memory, their_added = theirs(prepare, write, *arguments)
    print(f"{what:18} {their_seconds:8.2f} s {their_memory:7.0f} MB, {their_added:5.0f} MB by writing   "
          f"newsgraph {seconds:6.2f} s {memory:6.0f} MB, {added:3.0f} MB by writing   {their_seconds / seconds:6.0f} times as fast, "
          f"{memory / their_memory:.2f} of all memory, {added / max(their_added, 1):.2f} of writing's", flush=True)


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


def rdflib_graph(path):
    import rdflib
    return rdflib.Graph().parse(path, format="turtle")


def graphml(graph):
    import networkx
    networkx.write_graphml_xml(graph, os.devnull)


def gexf(graph):
    import networkx
    networkx.write_gexf(graph, os.devnull)


def turtle(graph):
    graph.serialize(os.devnull, format="turtle")


def main(binary, path, small=None):
    compare("networkx graphml", binary, path, "graphml", networkx_graph, graphml, path)
    compare("networkx gexf", binary, path, "gexf", networkx_graph, gexf, path)
    small = small or path
    with tempfile.TemporaryDirectory() as folder:
        triples = os.path.join(folder, "small.ttl")
        subprocess.run([binary, "convert", small, "-o", triples], check=True)
        compare("rdflib turtle", binary, small, "turtle", rdflib_graph, turtle, triples)


if __name__ == "__main__":
    main(*sys.argv[1:])
