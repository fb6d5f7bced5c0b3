"""Learns the lemmatizer's rules: `python lemmas.py CORPORA OUT.tsv`.

A rule belongs to a Penn tag. `=word` is a whole word in lower case with its lemma; any other pattern is an ending with
how many letters to strip and what to add. The longest pattern that fits decides. Tags of names see the word as written.
"""
import argparse
import collections
import os

import corpora

LONGEST = 7
CASED = ("NNP", "NNPS", "FW", "ADD", "GW", "XX")


def script(form, lemma):
    """(letters to strip, ending to add)."""
    k = 0
    while k < min(len(form), len(lemma)) and form[k] == lemma[k]:
        k += 1
    return len(form) - k, lemma[k:]


def apply(form, rule):
    return form[:len(form) - rule[0]] + rule[1]


def lemma(rules, form, tag):
    base = form if tag in CASED else form.lower()
    own = rules.get(tag, {})
    whole = own.get("=" + base)
    if whole is not None:
        return whole
    for k in range(min(LONGEST, len(base)), -1, -1):
        rule = own.get(base[len(base) - k:])
        if rule is not None and rule[0] <= len(base):
            return apply(base, rule)
    return base


def learn(sentences):
    seen = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for s in sentences:
        for i, (form, tag, lem) in enumerate(zip(s.forms, s.xpos, s.lemmas)):
            if lem == "_" or tag == "_":
                continue
            base = form if tag in CASED else form.lower()
            seen[tag][base][lem] += 1
    rules = {}
    made = regular_forms(seen)
    for tag, words in seen.items():
        best = {w: c.most_common(1)[0] for w, c in words.items()}
        for w, lem in made.get(tag, {}).items():
            if w not in best:
                best[w] = (lem, 2)
        own = rules[tag] = {}
        endings = collections.defaultdict(collections.Counter)
        for w, (lem, count) in best.items():
            if lem.lower() != lem and tag not in CASED:
                continue
            for k in range(min(LONGEST, len(w)) + 1):
                endings[w[len(w) - k:]][script(w, lem)] += 1
        own[""] = max(endings[""].items(), key=lambda x: (x[1], -x[0][0]))[0] if endings[""] else (0, "")
        if tag not in ("NNS", "NNPS", "VBD", "VBN", "VBG", "VBZ", "JJR", "JJS", "RBR", "RBS", "NFP"):
            own[""] = (0, "")
        for ending in sorted(endings, key=len):
            if not ending:
                continue
            inherited = next(own[ending[k:]] for k in range(1, len(ending) + 1) if ending[k:] in own)
            rule, count = endings[ending].most_common(1)[0]
            others = sum(endings[ending].values()) - count
            if rule != inherited and count >= 3 and count > 2 * others and rule[0] <= len(ending) + 3:
                own[ending] = rule
        for w, (lem, count) in sorted(best.items()):
            if lemma({tag: own}, w, tag) != lem and (count >= 2 or tag not in CASED) and count > 0.5 * sum(words[w].values() if w in words else [1]):
                own["=" + w] = lem
    return rules


def regular_forms(seen):
    """Forms not met of verbs that were met, and adjectives of nations: by tag, form to lemma."""
    verbs = set()
    for tag in ("VB", "VBP", "VBD", "VBN", "VBG", "VBZ"):
        for form, lemmas in seen[tag].items():
            lem, count = lemmas.most_common(1)[0]
            if lem.isalpha() and lem.islower() and len(lem) > 2 and (count > 1 or tag == "VB" or form != lem):
                verbs.add(lem)
    irregular = {lem for tag in ("VBD", "VBN") for f, c in seen[tag].items() for lem in c if not f.endswith("ed")}
    out = collections.defaultdict(dict)
    for v in sorted(verbs):
        if v.endswith("e"):
            ed, ing = v + "d", (v[:-1] if not v.endswith(("ee", "ye", "oe")) else v) + "ing"
        elif v.endswith("y") and v[-2] not in "aeiou":
            ed, ing = v[:-1] + "ied", v + "ing"
        elif v[-1] not in "aeiouwxy" and v[-2] in "aeiou" and v[-3] not in "aeiou" and not v.endswith(("er", "en", "on", "et", "it", "or", "op")):
            ed, ing = v + v[-1] + "ed", v + v[-1] + "ing"
        else:
            ed, ing = v + "ed", v + "ing"
        if v not in irregular:
            out["VBD"][ed] = out["VBN"][ed] = v
        out["VBG"][ing] = v
    here = os.path.dirname(os.path.abspath(__file__))
    for word in open(os.path.join(here, "demonyms.txt"), encoding="utf-8").read().split():
        out["JJ"][word.lower()] = word
    for line in open(os.path.join(here, "irregular.tsv"), encoding="utf-8"):
        if not line.startswith("#"):
            tag, form, lemma = line.rstrip("\n").split("\t")
            out[tag].setdefault(form.lstrip("="), lemma)
    return out


def write(rules, path):
    lines = []
    for tag, own in rules.items():
        for pattern, rule in own.items():
            value = rule if pattern.startswith("=") and isinstance(rule, str) else f"{rule[0]}\t{rule[1]}"
            lines.append(f"{tag}\t{pattern}\t{value}")
    with open(path, "w", encoding="utf-8") as f:
        f.write("# The lemmatizer's rules, learned by training/lemmas.py: `=word` with its lemma, or an ending with the letters\n"
                "# to strip and the letters to add. Learned from UD English EWT and GUM: CC BY-SA 4.0; forms they lack from training/irregular.tsv. Sorted by bytes.\n"
                "tag\tpattern\tlemma or strip\tadd\n")
        for line in sorted(lines, key=lambda l: l.encode()):
            f.write(line.rstrip("\t") + "\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("corpora")
    p.add_argument("out")
    a = p.parse_args()
    rules = learn(corpora.ewt(a.corpora, "train") + corpora.gum(a.corpora, "train"))
    print(sum(map(len, rules.values())), "rules")
    for name, part in (("dev", corpora.ewt(a.corpora, "dev")), ("gum dev", corpora.gum(a.corpora, "dev"))):
        pairs = [(lemma(rules, f, x), l, f, x) for s in part for f, x, l in zip(s.forms, s.xpos, s.lemmas)]
        wrong = collections.Counter((f, x, got, want) for got, want, f, x in pairs if got != want)
        print(name, 100 * (1 - sum(wrong.values()) / len(pairs)), wrong.most_common(40))
    write(rules, a.out)


if __name__ == "__main__":
    main()
