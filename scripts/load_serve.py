#!/usr/bin/env python3
"""Asks `newsgraph serve` with many clients at once for a minute, and watches its memory.

usage: load_serve.py NEWSGRAPH GRAPH.json [SECONDS [CLIENTS]]

Each client asks in turn for the page, for statements by a pattern, and by SPARQL, as fast as it is answered. Prints how many answers
came, the slowest, whatever was no answer, and the memory after a sixth of the time and at the end; fails if anything was no answer or
memory grew by more than a tenth.
"""
import http.client
import re
import subprocess
import sys
import threading
import time
from urllib.parse import urlencode

QUERY = "SELECT ?who (COUNT(*) AS ?n) { ?who ng:attacked ?whom } GROUP BY ?who ORDER BY DESC(?n) LIMIT 10"
PATHS = ["/", "/query?" + urlencode({"relation": "attacked"}), "/sparql?" + urlencode({"query": QUERY})]


def memory(process):
    """MiB that a process holds."""
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS:")) / 1024


def client(number, address, end, answers, faults):
    turn = number
    while time.monotonic() < end:
        path = PATHS[turn % len(PATHS)]
        turn += 1
        start = time.monotonic()
        try:
            connection = http.client.HTTPConnection(address, timeout=60)
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
            connection.close()
            if response.status != 200:
                faults.append(f"{path}: {response.status}")
        except OSError as error:
            faults.append(f"{path}: {error}")
        answers.append(time.monotonic() - start)


def main(binary, graph, seconds=60, clients=100):
    process = subprocess.Popen([binary, "serve", graph, "--listen", "127.0.0.1:0"], stderr=subprocess.PIPE, text=True)
    try:
        address = None
        while address is None:
            found = re.search(r"http://([^/\s]+)", process.stderr.readline())
            address = found and found.group(1)
        answers, faults = [], []
        end = time.monotonic() + seconds
        threads = [threading.Thread(target=client, args=(n, address, end, answers, faults)) for n in range(clients)]
        for thread in threads:
            thread.start()
        time.sleep(seconds / 6)
        early = memory(process)
        for thread in threads:
            thread.join()
        late = memory(process)
        print(f"{clients} clients, {seconds} s: {len(answers)} answers, the slowest {max(answers):.2f} s, {len(faults)} faults; "
              f"{early:.0f} MiB after {seconds / 6:.0f} s, {late:.0f} MiB at the end")
        print("\n".join(sorted(set(faults))[:10]))
        return 1 if faults or late > early * 1.1 else 0
    finally:
        process.terminate()
        process.wait()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3], *map(int, sys.argv[3:])))
