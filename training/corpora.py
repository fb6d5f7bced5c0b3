"""Readers of the training corpora, and the changes made to their sentences while training."""
import csv
import glob
import os
import random
import re
import unicodedata


class Sentence:
    """Tokens with what is known of them. Absent layers are None."""
    __slots__ = ("forms", "lemmas", "upos", "xpos", "feats", "heads", "rels", "names", "entities", "doc", "domain")

    def __init__(self, **kw):
        for s in self.__slots__:
            setattr(self, s, kw.get(s))

    def __len__(self):
        return len(self.forms)


def conllu(path):
    """Basic trees of a CoNLL-U file; ranges and empty nodes are left out."""
    sentences, rows, doc = [], [], None
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = "):
            doc = line[14:]
        elif line.startswith("#"):
            continue
        elif not line:
            if rows:
                sentences.append(_sentence(rows, doc))
            rows = []
        else:
            cells = line.split("\t")
            if cells[0].isdigit():
                rows.append(cells)
    if rows:
        sentences.append(_sentence(rows, doc))
    return sentences


def _sentence(rows, doc):
    s = Sentence(forms=[r[1] for r in rows], lemmas=[r[2] for r in rows], upos=[r[3] for r in rows],
                 xpos=[r[4] for r in rows], feats=[r[5] for r in rows], heads=[int(r[6]) for r in rows],
                 rels=[r[7] for r in rows], doc=doc)
    s.entities = _entities([r[9] for r in rows])
    return s


def _entities(miscs):
    """GUM's nested entities as (first, last, type, wikipedia link or None)."""
    open_, out = {}, []
    for i, misc in enumerate(miscs):
        value = next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "")
        for part in re.findall(r"\([^()]+\)?|[^()]+\)", value):
            if part.startswith("("):
                fields = part.strip("()").split("-", 6)
                ident, kind = fields[0], fields[1] if len(fields) > 1 else ""
                link = None
                if len(fields) >= 7:
                    tail = fields[6].split("-", 1)
                    link = tail[1] if len(tail) > 1 else None
                base = ident.split("[")[0]
                if part.endswith(")"):
                    out.append((i, i, kind, link))
                else:
                    open_.setdefault(base, []).append((i, kind, link))
            else:
                base = part.rstrip(")").split("[")[0]
                if open_.get(base):
                    first, kind, link = open_[base].pop()
                    out.append((first, i, kind, link))
    return out


def gum(folder, part):
    out = []
    for path in sorted(glob.glob(os.path.join(folder, "gum", part, "*.conllu"))):
        out += conllu(path)
    return out


def ewt(folder, part):
    return conllu(os.path.join(folder, "ewt", f"en_ewt-ud-{part}.conllu"))


def columns(path, form=0, label=-1, sep=None):
    """Blank-line separated token lines with a label column."""
    sentences, forms, labels = [], [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line.strip():
            if forms:
                sentences.append((forms, labels))
            forms, labels = [], []
            continue
        if line.startswith("# ") and "=" in line:
            continue
        cells = line.split(sep) if sep else line.split()
        if len(cells) < 2:
            continue
        forms.append(cells[form])
        labels.append(cells[label])
    if forms:
        sentences.append((forms, labels))
    return sentences


def letters(text):
    """Without accents, for lists whose names are met both ways."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class Gazetteer:
    """Name lists: single first names and surnames, cities, regions and countries as token tuples."""

    def __init__(self, folder):
        g = os.path.join(folder, "gaz")
        read = lambda f: [x.strip("\ufeff \n") for x in open(os.path.join(g, f), encoding="utf-8")]
        self.first = [x for x in read("first.txt") if len(x) > 1]
        self.surnames = [x for x in read("surnames.txt") if len(x) > 1]
        cities = list(csv.DictReader(open(os.path.join(g, "world-cities.csv"), encoding="utf-8")))
        self.cities = sorted({c["name"] for c in cities})
        self.regions = sorted({c["subcountry"] for c in cities if c["subcountry"]})
        codes = list(csv.DictReader(open(os.path.join(g, "country-codes.csv"), encoding="utf-8")))
        names = {c["country"] for c in cities}
        for c in codes:
            for column in ("CLDR display name", "UNTERM English Short", "official_name_en"):
                name = re.sub(r"\s*\(.*?\)", "", c[column] or "").strip()
                if name:
                    names.add(name)
        self.countries = sorted(n for n in names if n[0].isupper())
        self.capitals = sorted({c["Capital"] for c in codes if c["Capital"]})


PUNCT_END = {".", "!", "?"}


class Varier:
    """Changes a gold sentence without making its labels wrong."""

    def __init__(self, gaz, rng):
        self.rng = rng
        self.first = {x.lower() for x in gaz.first}
        self.sur = {x.lower() for x in gaz.surnames}
        self.places = {x.lower() for x in gaz.cities + gaz.countries + gaz.regions if " " not in x}
        self.new_first = [x for x in gaz.first if " " not in x]
        self.new_sur = [x for x in gaz.surnames if " " not in x]
        self.new_places = [x for x in gaz.cities if " " not in x]

    def tree(self, s):
        """A variant (forms, heads or None if unchanged in structure) for the syntax network."""
        r = self.rng.random()
        forms = list(s.forms)
        if self.rng.random() < 0.35:
            forms = [self.swap(f, x) for f, x in zip(forms, s.xpos)]
        if r < 0.05:
            forms = [f.lower() for f in forms]
        elif r < 0.09:
            forms = [f.upper() for f in forms]
        elif r < 0.12:
            forms = [f[:1].upper() + f[1:] if len(f) > 3 else f for f in forms]
        keep = len(forms)
        if len(forms) > 3 and forms[-1] in PUNCT_END and self.rng.random() < 0.08:
            if len(forms) not in s.heads:
                keep -= 1
        return forms, keep

    def swap(self, form, xpos):
        if xpos not in ("NNP", "NNPS") or not form[:1].isupper():
            return form
        low = form.lower()
        if low in self.first and self.rng.random() < 0.6:
            return self.rng.choice(self.new_first)
        if low in self.places and self.rng.random() < 0.4:
            return self.rng.choice(self.new_places)
        if low in self.sur and self.rng.random() < 0.6:
            return self.rng.choice(self.new_sur)
        return form
