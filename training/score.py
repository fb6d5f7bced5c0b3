"""Scores CoNLL-U with gold tokens: `python score.py GOLD FOUND [--only PREFIX]`, or names against IOB2: `--names`.

UPOS, XPOS, UAS, LAS without subtypes, lemmas; or strict F1 of PER, ORG and LOC. FOUND is what
`newsgraph parse --from conllu --to conllu GOLD` wrote. Tokens are matched by number, so both must have the same.
"""
import argparse
import glob
import os


class Rows(list):
    """The rows of a sentence, with its id."""

    id = ""


def sentences(path, only=None, names=False):
    files = sorted(glob.glob(os.path.join(path, "*.conllu"))) if os.path.isdir(path) else [path]
    for name in files:
        if only and not os.path.basename(name).startswith(only):
            continue
        rows = Rows()
        for line in open(name, encoding="utf-8"):
            line = line.rstrip("\n")
            if line.startswith("# sent_id = "):
                rows.id = line[12:]
            if not line:
                if rows:
                    yield rows
                rows = Rows()
            elif not line.startswith("#") or line.count("\t") > 2:
                cells = line.split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
        if rows:
            yield rows


def spans(tags):
    out, start, kind = set(), None, None
    for i, tag in enumerate(tags + ["O"]):
        if start is not None and tag != "I-" + kind:
            out.add((start, i, kind))
            start = None
        if tag.startswith("B-") or tag.startswith("I-") and start is None:
            start, kind = i, tag[2:]
    return {s for s in out if s[2] in ("PER", "ORG", "LOC")}


def name_tag(misc):
    return next((f[4:] for f in misc.split("|") if f.startswith("NER=")), "O")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("gold")
    p.add_argument("found")
    p.add_argument("--only")
    p.add_argument("--names", action="store_true", help="GOLD is IOB2 of Universal NER")
    a = p.parse_args()
    gold, found = list(sentences(a.gold, a.only)), list(sentences(a.found))
    if len(gold) != len(found):
        raise SystemExit(f"{len(gold)} gold sentences, {len(found)} found")
    if a.names:
        # Universal NER keeps the sentences of its treebank in another order.
        gold, found = (sorted(part, key=lambda rows: rows.id) for part in (gold, found))
        right = guessed = there = 0
        for g, f in zip(gold, found):
            g, f = spans([r[2] for r in g]), spans([name_tag(r[9]) for r in f])
            right, guessed, there = right + len(g & f), guessed + len(f), there + len(g)
        print(f"precision {100 * right / guessed:.2f} recall {100 * right / there:.2f} F1 {200 * right / (guessed + there):.2f}")
        return
    n = 0
    hits = dict(UPOS=0, XPOS=0, UAS=0, LAS=0, lemmas=0)
    for g, f in zip(gold, found):
        if len(g) != len(f):
            raise SystemExit("sentences differ in length")
        for x, y in zip(g, f):
            n += 1
            hits["UPOS"] += x[3] == y[3]
            hits["XPOS"] += x[4] == y[4]
            hits["lemmas"] += x[2] == y[2] or x[2] == "_"
            hits["UAS"] += x[6] == y[6]
            hits["LAS"] += x[6] == y[6] and x[7].split(":")[0] == y[7].split(":")[0]
    print(" ".join(f"{k} {100 * v / n:.2f}" for k, v in hits.items()), f"({n} tokens)")


if __name__ == "__main__":
    main()
