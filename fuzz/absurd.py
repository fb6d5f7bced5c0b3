#!/usr/bin/env python3
"""Reads absurd articles of growing length and tells whether time grows with more than the length:
absurd.py NEWSGRAPH [LETTERS [COMMAND [KIND...]]]

Every kind is made with LETTERS letters, twice and four times as many, and read by `newsgraph COMMAND -j 1` (`extract` if none
is given); a plain sentence gives the time that the program takes to start. A kind fails if the program does not end
well or if four times the length takes more than six times as long. With `--texts FOLDER` the kinds are ways to spoil all `.txt`
files of that folder instead (ALL CAPS, Title Case, small letters, shuffled words), each held against the text as it is.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Four times the length may take so many times as long.
MOST = 6.0
# Shorter times are noise, in seconds.
NOISE = 0.3


def prose():
    """Words of our own articles, on one line without any mark."""
    words = " ".join(path.read_text() for path in sorted((ROOT / "seeds/articles").glob("*.txt"))).split()
    return " ".join(word.strip(".,:;!?\"'“”‘’()—–") for word in words) + " "


def repeated(unit):
    """A text of some length made of one unit."""
    return lambda n: (unit * (n // len(unit) + 1))[:n]


def nested(opening, closing, deep=10_000):
    """Brackets or quotation marks, so many deep, around a word, again and again."""
    unit = opening * deep + "word" + closing * deep + " "
    return repeated(unit)


def record(unit):
    """A JSON record whose text is made of an escape."""
    return lambda n: '{"id": "a", "text": "' + unit * (n // len(unit)) + '"}'


def mixed(n):
    """Letters, marks and names in no order."""
    rng, pieces = random.Random(1), ["Ann Lee", " said", "“", "”", "\"", "'", "(", ")", ".", ",", "\n", "\n\n", " 3,000", "U.S.", "’s", " — ", ":"]
    return "".join(rng.choice(pieces) for _ in range(n // 3))[:n]


# Kind: the ending of the file, and the text by its length in letters.
KINDS = {
    "prose": (".txt", repeated(prose())),
    "token": (".txt", repeated("a")),
    "capital": (".txt", repeated("A")),
    "digits": (".txt", repeated("7")),
    "spaces": (".txt", repeated(" ")),
    "lines": (".txt", repeated("\n")),
    "short-lines": (".txt", repeated("Doe\n")),
    "brackets": (".txt", repeated("(")),
    "pairs": (".txt", repeated("()")),
    "nested-brackets": (".txt", nested("(", ")")),
    "nested-words": (".txt", nested("( a ", " b )")),
    "quotes": (".txt", repeated('"')),
    "opening-quotes": (".txt", repeated("“")),
    "nested-quotes": (".txt", nested("“", "”")),
    "spaced-quotes": (".txt", repeated('" a ')),
    "single-quotes": (".txt", repeated("'a ")),
    "open-paragraphs": (".txt", repeated("“We met there.\n\n")),
    "nulls": (".txt", repeated("\0")),
    "null-words": (".txt", repeated("Ann Lee\0 said no. ")),
    "direction": (".txt", repeated("\u200f\u202e")),
    "emoji": (".txt", repeated("👩‍👩‍👧‍👦")),
    "marks": (".txt", repeated("e\u0301\u0301\u0301\u0301")),
    "dots": (".txt", repeated(".")),
    "spaced-dots": (".txt", repeated(". ")),
    "hyphens": (".txt", repeated("a-")),
    "colons": (".txt", repeated("a:")),
    "commas": (".txt", repeated("a, ")),
    "slashes": (".txt", repeated("http://a/")),
    "ats": (".txt", repeated("a@")),
    "initials": (".txt", repeated("U.S.")),
    "names": (".txt", repeated("Ann Lee ")),
    "and": (".txt", repeated("Ann Lee and ")),
    "of": (".txt", repeated("head of ")),
    "said": (".txt", repeated("he said that ")),
    "quoted": (".txt", repeated("“No,” she said. ")),
    "attacks": (".txt", repeated("Armenia attacked Azerbaijan. ")),
    "denials": (".txt", repeated("Turkey denied that Armenia attacked Azerbaijan on Monday. ")),
    "tolls": (".txt", repeated("killed 3 and injured 4 in Ganja ")),
    "dates": (".txt", repeated("on Monday Oct. 5, 2020 ")),
    "bylines": (".txt", repeated("By Ann Lee\n")),
    "datelines": (".txt", repeated("BAKU, Azerbaijan (AP) — ")),
    "mixed": (".txt", mixed),
    "surrogates": (".json", record("\\ud83d")),
    "swapped-surrogates": (".json", record("\\ude00\\ud83d ")),
    "json-nulls": (".json", record("\\u0000")),
    "json-depth": (".json", lambda n: "[" * n),
    "json-records": (".jsonl", lambda n: '{"id": "a", "text": "One."}\n' * (n // 28)),
    "html-depth": (".html", lambda n: "<html><body><p>One.</p>" + ("<div>" * 400 + "Ann Lee said no." + "</div>" * 400) * (n // 4416)),
    "html-bold": (".html", lambda n: "<html><body><p>One.</p>" + "<b>word " * (n // 8)),
    "html-paragraphs": (".html", lambda n: "<html><body><article>" + "<p>Ann Lee said no, and so did all who came with her.</p>" * (n // 57)),
    "html-open": (".html", lambda n: "<html><body><p>One.</p>" + "<" * n),
    "html-attributes": (".html", lambda n: "<html><body><p>One.</p><p><a href='" + "&amp;" * (n // 5) + "'>Two.</a></p>"),
    "html-entities": (".html", lambda n: "<html><body><p>" + "&amp;&#x110000;" * (n // 15)),
    "markdown-stars": (".md", repeated("*a ")),
    "markdown-brackets": (".md", repeated("[")),
    "markdown-links": (".md", repeated("[a](")),
    "markdown-quotes": (".md", repeated("> ")),
    "markdown-ticks": (".md", repeated("`a``b")),
    "markdown-lists": (".md", lambda n: "".join(" " * (i % 60) + "- a\n" for i in range(n // 34))),
}


def shuffled(text):
    """The words in another order, the marks where they were glued."""
    words = text.split(" ")
    random.Random(1).shuffle(words)
    return " ".join(words)


SPOILT = {"as it is": str, "ALL CAPS": str.upper, "Title Case": str.title, "small letters": str.lower, "shuffled words": shuffled}


class Program:
    """The program under test."""

    def __init__(self, path, command):
        self.arguments = [path, command, "-j", "1"]
        self.start, _, _ = self.read("Nobody came.", ".txt")

    def read(self, text, ending):
        """Seconds, megabytes and what went wrong."""
        with tempfile.NamedTemporaryFile(suffix=ending) as file:
            file.write(text.encode("utf-8", "surrogatepass"))
            file.flush()
            begin = time.monotonic()
            child = subprocess.Popen([*self.arguments, file.name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
            said = child.stderr.read()
            _, status, usage = os.wait4(child.pid, 0)
            code = child.returncode = os.waitstatus_to_exitcode(status)
        wrong = "" if code in (0, 1) and b"panicked" not in said else f"exit code {code}: {said[-300:]!r}"
        return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, wrong


def grown(program, kinds, letters):
    """How many kinds fail when they grow."""
    failures = 0
    for name in kinds:
        ending, make = KINDS[name]
        runs = [program.read(make(letters * times), ending) for times in (1, 2, 4)]
        seconds = [max(run[0] - program.start, 0.0) for run in runs]
        ratio = seconds[2] / max(seconds[0], NOISE / 4)
        wrong = next((run[2] for run in runs if run[2]), "") or ("more than linear" if seconds[2] > NOISE and ratio > MOST else "")
        failures += bool(wrong)
        figures = " ".join(f"{s:7.2f}s" for s in seconds)
        print(f"{name:20} {figures}  x{ratio:4.1f}  {runs[2][1]:6.0f} MB  {wrong}", flush=True)
    return failures


def spoilt(program, folder):
    """How many ways to spoil a text take more than twice its time."""
    text = "\n\n".join(path.read_text(errors="replace") for path in sorted(Path(folder).rglob("*.txt")))
    failures, plain = 0, None
    for name, change in SPOILT.items():
        seconds, megabytes, wrong = program.read(change(text), ".txt")
        plain = plain or seconds
        wrong = wrong or ("more than twice" if seconds > 2 * plain else "")
        failures += bool(wrong)
        print(f"{name:20} {len(text):9} letters {seconds:7.2f}s  x{seconds / plain:4.1f}  {megabytes:6.0f} MB  {wrong}", flush=True)
    return failures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("newsgraph")
    parser.add_argument("letters", nargs="?", type=int, default=100_000)
    parser.add_argument("command", nargs="?", default="extract")
    parser.add_argument("kinds", nargs="*", metavar="KIND")
    parser.add_argument("--texts", metavar="FOLDER")
    arguments = parser.parse_args()
    program = Program(arguments.newsgraph, arguments.command)
    unknown = [kind for kind in arguments.kinds if kind not in KINDS]
    if unknown:
        parser.error(f"there is no kind {unknown[0]}; there are {', '.join(KINDS)}")
    if arguments.texts:
        failures = spoilt(program, arguments.texts)
    else:
        failures = grown(program, arguments.kinds or list(KINDS), arguments.letters)
    sys.exit(failures > 0)


if __name__ == "__main__":
    main()
