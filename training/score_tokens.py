#!/usr/bin/env python3
"""Scores tokens and sentences from raw text against gold CoNLL-U, aligned by the characters that are not blank.

    score_tokens.py [--show N] [--each] GOLD.conllu... -- COMMAND [ARGUMENT...]

The raw text of each gold document is rebuilt from its words and SpaceAfter=No, a paragraph (# newpar) a line. The texts
are written to files, whose paths are appended to COMMAND; it must write CoNLL-U with a `# newdoc` comment per file.
Multiword tokens count as their words; a sentence counts if both its ends are right, as in the CoNLL 2018 shared task.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path


def documents(path):
    """Documents of a file, each a list of paragraphs of sentences of (word, space after)."""
    docs, sentence, shared, opened = [], [], 0, False
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith("# newdoc"):
            docs.append([[]])
        elif line.startswith("# newpar"):
            docs = docs or [[[]]]
            if docs[-1][-1]:
                docs[-1].append([])
        elif not line:
            if sentence:
                docs = docs or [[[]]]
                docs[-1][-1].append(sentence)
            sentence = []
        elif not line.startswith("#"):
            columns = line.split("\t")
            space = "SpaceAfter=No" not in columns[9].split("|")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                surface, shared, space_after = columns[1], last, space
                pieces = last - first + 1
            elif "." in columns[0]:
                continue
            elif int(columns[0]) <= shared:
                pieces -= 1
                if len(surface) >= len(columns[1]) and surface.startswith(columns[1]) and pieces:
                    word, surface = columns[1], surface[len(columns[1]):]
                else:
                    word, surface = surface, ""
                sentence.append((word, space_after if not pieces else False))
                if not pieces:
                    shared = 0
            else:
                shared = 0
                sentence.append((columns[1], space))
    return docs


def raw(doc):
    """The text of a document."""
    lines = []
    for paragraph in doc:
        words = [w + (" " if space else "") for sentence in paragraph for w, space in sentence]
        lines.append("".join(words).rstrip())
    return "\n".join(lines) + "\n"


def spans(sentences):
    """Spans of tokens and of sentences in characters that are not blank."""
    at, tokens, ends = 0, [], []
    for sentence in sentences:
        first = at
        for word in sentence:
            n = len(re.sub(r"\s", "", word))
            tokens.append((at, at + n))
            at += n
        if at > first:
            ends.append((first, at))
    return [t for t in tokens if t[1] > t[0]], ends


def system(command, paths):
    """What the command makes of the files, by document."""
    out = subprocess.run(command + [str(p) for p in paths], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    docs, sentence, shared = [], [], 0
    for line in out.splitlines() + [""]:
        if line.startswith("# newdoc"):
            docs.append([])
        elif not line:
            if sentence:
                docs[-1].append(sentence)
            sentence, shared = [], 0
        elif not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit() and int(columns[0]) > shared:
                sentence.append(columns[1])
            elif "-" in columns[0]:
                sys.exit("multiword ranges in the output are not expected")
    return docs


class Count:
    """Correct, gold and system counts."""

    def __init__(self):
        self.right = self.gold = self.found = 0

    def add(self, gold, found):
        self.right += len(set(gold) & set(found))
        self.gold += len(gold)
        self.found += len(found)

    def __str__(self):
        p = self.right / max(self.found, 1)
        r = self.right / max(self.gold, 1)
        return f"P {100 * p:.2f} R {100 * r:.2f} F1 {200 * p * r / max(p + r, 1e-9):.2f} ({self.gold})"


def context(text, span):
    return text[max(0, span[0] - 25):span[0]] + "⟦" + text[span[0]:span[1]] + "⟧" + text[span[1]:span[1] + 25]


def main():
    arguments = sys.argv[1:]
    show, each = 0, False
    while arguments and arguments[0].startswith("--"):
        if arguments[0] == "--show":
            show = int(arguments[1])
            arguments = arguments[2:]
        elif arguments[0] == "--each":
            each, arguments = True, arguments[1:]
        else:
            break
    split = arguments.index("--")
    files, command = arguments[:split], arguments[split + 1:]
    tokens, sentences = Count(), Count()
    for file in files if each else [None]:
        score(files if file is None else [file], command, tokens, sentences, show)
        if each:
            print(file)
    print("tokens   ", tokens)
    print("sentences", sentences)


def score(files, command, tokens, sentences, show):
    docs = [d for f in files for d in documents(f)]
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for i, doc in enumerate(docs):
            paths.append(Path(folder) / f"{i:05}.txt")
            paths[-1].write_text(raw(doc), encoding="utf-8")
        results = system(command, paths)
    if len(results) != len(docs):
        sys.exit(f"{len(docs)} documents went in, {len(results)} came out")
    for doc, result in zip(docs, results):
        gold = spans([[w for w, _ in s] for p in doc for s in p])
        found = spans(result)
        tokens.add(gold[0], found[0])
        sentences.add(gold[1], found[1])
        if show:
            text = re.sub(r"\s", "", raw(doc))
            for name, g, f in (("token", gold[0], found[0]), ("sentence", gold[1], found[1])):
                for s in sorted(set(g) - set(f))[:show]:
                    print(name, "missed", context(text, s) if name == "token" else ends(text, s, f))
                if name == "token":
                    for s in sorted(set(f) - set(g))[:show]:
                        print(name, "wrong ", context(text, s))


def ends(text, span, found):
    """Which end of a missed sentence is at fault, with what stands around it."""
    starts, stops = {s for s, _ in found}, {e for _, e in found}
    marks = [at for at, known in ((span[0], starts), (span[1], stops)) if at not in known]
    if not marks:
        inner = sorted(e for e in stops if span[0] < e < span[1])
        return "cut at " + " / ".join(text[max(0, e - 30):e] + "⟧" + text[e:e + 20] for e in inner[:3])
    return "no end at " + " / ".join(text[max(0, e - 30):e] + "⟧" + text[e:e + 20] for e in marks)


if __name__ == "__main__":
    main()
