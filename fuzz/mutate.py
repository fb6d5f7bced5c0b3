#!/usr/bin/env python3
"""Damages copies of our own files and reads them with the program: mutate.py NEWSGRAPH [COUNT [SEED [READER...]]]

For every reader COUNT damaged files: bytes put in, cut out, copied, repeated; marks of the format and of Unicode among them.
Builds nothing and follows no coverage; `run.sh` does both. A file on which the program panics or takes more than
twenty seconds is kept in `artifacts` and named. Seeds are fixed: the same numbers give the same files.
"""

import gzip
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Reader: where files to damage are, the ending, the arguments before the files, and whether a run takes many files.
READERS = {
    "text": ("seeds/articles/*.txt", ".txt", ["articles"], True),
    "reading": ("seeds/articles/*.txt", ".txt", ["extract", "-j", "1"], True),
    "markdown": ("seeds/articles/*.md", ".md", ["articles"], True),
    "html": ("tests/html/*.html", ".html", ["articles"], True),
    "json": ("seeds/articles/*.json", ".json", ["articles"], True),
    "jsonl": ("seeds/articles/*.jsonl", ".jsonl", ["articles"], True),
    "compressed": ("seeds/articles/*.txt", ".txt.gz", ["articles"], True),
    "conllu": ("tests/data/*.conllu", ".conllu", ["parse", "--from", "conllu"], True),
    "graph": ("tests/golden/formats/*.json", ".json", ["convert", "--to", "json"], False),
    "turtle": ("tests/golden/formats/*.ttl", ".ttl", ["convert", "--to", "json"], False),
    "trig": ("tests/golden/formats/*.trig", ".trig", ["convert", "--to", "json"], False),
    "rdfxml": ("tests/golden/formats/*.rdf", ".rdf", ["convert", "--to", "json"], False),
    "jsonld": ("tests/golden/formats/*.jsonld", ".jsonld", ["convert", "--to", "json"], False),
}
PIECES = [
    b"\0", b"\xff", b"\xfe\xff", b"\xed\xa0\x80", b"\\ud83d", b"\\u0000", b"{", b"}", b"[", b"]", b'"', b"'", b"<", b">", b"</p>",
    b"<figure><figcaption>", b"<table>", b"&#x110000;", b"&amp", b"\n\n", b"\r", b"\t", "“".encode(), "\u200f".encode(), "👍".encode(),
    b"#", b"*", b"_", b"|", b"1-2\t", b"1.1\t", b"9999999999", b"-1", b"1e400", b"null", b"\xc3", b"\xe2\x80", b"SpaceAfter=No",
    b"# text = ", b"# newdoc", b":", b".", b"...", b"@", b"http://", b"^^", b"@en", b"<<", b">>", b"By ", b"(AP)", b"(", b")",
]


def damaged(data, rng):
    """A copy with up to forty faults, often of a piece of the file only."""
    data = bytearray(data)
    if len(data) > 6000 and rng.random() < 0.7:
        start = rng.randrange(len(data) - 3000)
        data = data[start:start + rng.randrange(500, 6000)]
    for _ in range(rng.choice([1, 2, 4, 8, 16, 40])):
        at, other, way = rng.randrange(len(data) + 1), rng.randrange(len(data) + 1), rng.random()
        if way < 0.25:
            data[at:at] = rng.choice(PIECES)
        elif way < 0.4:
            del data[at:at + rng.choice([1, 2, 5, 30, 200])]
        elif way < 0.55:
            data[at:at + 1] = bytes([rng.randrange(256)])
        elif way < 0.75:
            data[at:at] = data[other:other + rng.choice([1, 3, 10, 80])]
        elif way < 0.85:
            data[at:at] = rng.choice(PIECES) * rng.choice([2, 10, 100])
        else:
            data[at:at + 20] = data[other:other + 20]
    return bytes(data)


def make(folder, pattern, ending, count, rng):
    """The damaged files of a reader."""
    sources = [path.read_bytes() for path in sorted(ROOT.glob(pattern))]
    for number in range(count):
        data = rng.choice(sources)
        if ending.endswith(".gz"):
            # Half of them are damaged within, half as a stream.
            data = gzip.compress(damaged(data, rng), mtime=0) if rng.random() < 0.5 else damaged(gzip.compress(data, mtime=0), rng)
        else:
            data = damaged(data, rng)
        (folder / f"{number:05}{ending}").write_bytes(data)
    return sorted(folder.iterdir())


def fails(newsgraph, arguments, files):
    """Whether the program does anything but read or refuse them."""
    command = [newsgraph, *arguments, *map(str, files)]
    try:
        run = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=20 + len(files))
    except subprocess.TimeoutExpired:
        return True
    return run.returncode not in (0, 1) or b"panicked" in run.stderr


def main():
    newsgraph, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 200
    seed = sys.argv[3] if len(sys.argv) > 3 else "1"
    faults = 0
    for reader in sys.argv[4:] or READERS:
        pattern, ending, arguments, many = READERS[reader]
        with tempfile.TemporaryDirectory() as folder:
            files = make(Path(folder), pattern, ending, count if many else count // 10, random.Random(reader + seed))
            batches = [files] if many else [[file] for file in files]
            suspects = [file for batch in batches if fails(newsgraph, arguments, batch) for file in batch]
            bad = [file for file in suspects if fails(newsgraph, arguments, [file])]
            for file in bad:
                kept = ROOT / "fuzz/artifacts" / f"{reader}-{seed}-{file.name}"
                kept.parent.mkdir(exist_ok=True)
                shutil.copy(file, kept)
                print("fails on", kept)
            faults += len(bad)
            print(f"{reader}: {len(files)} files, {len(bad)} failures", flush=True)
    sys.exit(faults > 0)


if __name__ == "__main__":
    main()
