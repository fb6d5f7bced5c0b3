"""Trains the recognizer of names: `python names.py CORPORA OUT --epochs N`."""
import argparse
import copy
import json
import os
import random
import re
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpora
from corpora import Sentence
from features import Sizes, fnv, key, plain
from network import Encoder, Forms, Names
from syntax import buckets, vocabulary, _Indexed

HERE = os.path.dirname(os.path.abspath(__file__))
CONFIG = dict(prefix=4096, suffix=4096, gram=8192, dims=[48, 24, 32, 32, 24], hidden=96, listed=24, domain=8,
              drop=0.35, layers=2, mlp=64)
KINDS = ["PER", "ORG", "LOC", "NORP"]
LABELS = ["O"] + [p + k for k in KINDS for p in ("B-", "I-")]
ANY = "?"
DOMAINS = ["any", "wikigold", "crossner", "gum", "wnut17", "btc", "uner", "own"]
LISTS = ["first", "surname", "city", "country", "region", "demonym"]
#: Rows of the table of list features: single-word lists have one, phrase lists begin and inside.
ROW = {"first": 1, "surname": 2, "demonym": 3, "city": 4, "country": 6, "region": 8}
ROWS = 10
LONGEST = 5

TITLES = {x.lower() for x in """Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof Prof. Professor Sir Lord Lady Dame President
Vice-President Chancellor Minister Premier Senator Sen. Sen Rep. Rep Representative Congressman Congresswoman Governor Gov.
Gov Mayor General Gen. Gen Colonel Col. Col Major Maj. Captain Capt. Capt Lieutenant Lt. Sgt. Sergeant Admiral Adm.
Commander Chief King Queen Prince Princess Sheikh Sheik Shaikh Imam Mullah Ayatollah Pope Father Sister Brother Rev. Reverend Bishop
Archbishop Cardinal Saint Judge Justice Ambassador Secretary Director Chairman Chairwoman Speaker Deputy Attorney
Prime Vice Foreign Defence Defense Interior Finance Marshal Detective Officer Inspector Agent Coach Comrade Hon. Emperor Hajji""".split()}


def split_words(forms, tags):
    """UD's words: hyphens between letters and possessives stand alone."""
    out, marks = [], []
    for f, t in zip(forms, tags):
        if len(f) > 2 and "-" in f[1:-1] and re.fullmatch(r"[^\W\d_]+(?:-[^\W\d_]+)+", f):
            parts = re.split(r"(-)", f)
        elif re.fullmatch(r"[^\W\d_].*[^\W\d_]['’]s", f):
            parts = [f[:-2], f[-2:]]
        else:
            parts = [f]
        for i, p in enumerate(parts):
            out.append(p)
            if i and t.startswith("B-"):
                t = "I-" + t[2:]
            marks.append("O" if p in ("'s", "’s") and len(parts) == 2 else t)
    return out, marks


def bio(tags):
    """Any of IO, IOB1 or BIO to BIO."""
    out, last = [], "O"
    for t in tags:
        if t in ("O", ANY):
            out.append(t)
        else:
            kind = t[2:]
            begins = t.startswith("B-") or last in ("O", ANY) or last[2:] != kind
            out.append(("B-" if begins else "I-") + kind)
        last = t
    return out


class Reader:
    """All corpora of names, brought to one set of labels."""

    def __init__(self, folder):
        self.folder = folder
        words = open(os.path.join(HERE, "demonyms.txt"), encoding="utf-8").read().split()
        self.demonyms = {w.lower() for w in words}
        self.demonyms |= {w + "s" for w in self.demonyms if not w.endswith(("s", "sh", "ch", "ese"))}
        gaz = corpora.Gazetteer(folder)
        self.countries = {c.lower() for c in gaz.countries} | {"us", "u.s.", "uk", "u.k.", "usa", "uae", "eu"} - {"eu"}

    def sentence(self, forms, tags, domain):
        forms, tags = split_words(forms, tags)
        return Sentence(forms=forms, names=self.norp(forms, bio(tags)), domain=DOMAINS.index(domain))

    def norp(self, forms, tags):
        tags = list(tags)
        for i, (f, t) in enumerate(zip(forms, tags)):
            if t == "O" and f[:1].isupper() and f.lower() in self.demonyms:
                tags[i] = "B-NORP"
        return tags

    def mapped(self, path, domain, table):
        out = []
        for forms, tags in corpora.columns(path):
            marks = []
            for f, t in zip(forms, tags):
                if t == "O":
                    marks.append("O")
                    continue
                kind = table.get(t[2:])
                marks.append("O" if kind is None else t[:2] + kind)
            out.append(self.sentence(forms, marks, domain))
        return out

    def wikigold(self):
        table = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
        return self.mapped(os.path.join(self.folder, "wikigold", "wikigold.conll.txt"), "wikigold", table)

    def crossner(self):
        table = {"politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
                 "country": "LOC", "location": "LOC"}
        out = []
        for part in ("train", "dev", "test"):
            out += self.mapped(os.path.join(self.folder, "crossner", f"politics-{part}.txt"), "crossner", table)
        return out

    def wnut17(self):
        table = {"person": "PER", "location": "LOC", "corporation": "ORG", "group": "ORG"}
        return self.mapped(os.path.join(self.folder, "wnut17", "wnut17train.conll"), "wnut17", table)

    def btc(self):
        table = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}
        out = []
        for part in "abefgh":
            path = os.path.join(self.folder, "btc", f"{part}.conll")
            for forms, tags in corpora.columns(path, sep="\t"):
                if "@" in forms or "_" in forms or len(forms) < 4:
                    continue
                out.append(self.sentence(forms, [t if t == "O" else t[:2] + table[t[2:]] for t in tags], "btc"))
        return out

    def uner(self, part="dev"):
        out = []
        path = os.path.join(self.folder, "uner_ewt", f"en_ewt-ud-{part}.iob2")
        for forms, tags in corpora.columns(path, form=1, label=2, sep="\t"):
            out.append(Sentence(forms=forms, names=self.norp(forms, bio(tags)), domain=DOMAINS.index("uner")))
        return out

    def gum(self, part):
        return [self.from_entities(s) for s in corpora.gum(self.folder, part)]

    def from_entities(self, s):
        kinds = {"person": "PER", "organization": "ORG", "place": "LOC"}
        proper = {"NNP", "NNPS"}
        inner = {"of", "the", "for", "and", "&", "'s", "’s", "-", ".", "'", "’", "on", "in", "de", "al", "el"}
        tags = ["O"] * len(s)
        spans = []
        for first, last, kind, link in s.entities:
            if kind not in kinds:
                continue
            a, b = first, last
            while a <= b and (s.xpos[a] in ("DT", "PRP$") or s.forms[a].lower() in TITLES):
                a += 1
            while b >= a and s.xpos[b] in ("POS", ",", ".", "-RRB-"):
                b -= 1
            if a > b:
                continue
            words = range(a, b + 1)
            name = all(s.xpos[i] in proper or s.xpos[i] in ("CD", "HYPH") or s.forms[i].lower() in inner for i in words)
            name = name and s.xpos[a] in proper and any(s.xpos[i] in proper for i in words)
            if not name:
                for i in range(first, last + 1):
                    if s.xpos[i] in proper and tags[i] == "O" and kind != "event":
                        tags[i] = ANY
                continue
            label = kinds[kind]
            text = " ".join(s.forms[a:b + 1]).lower()
            if text in self.countries:
                label = "LOC"
            if len(words) == 1 and text in self.demonyms:
                label = "NORP"
            spans.append((b - a, a, b, label))
        taken = [False] * len(s)
        for _, a, b, label in sorted(spans, reverse=True):
            if any(taken[a:b + 1]):
                continue
            for i in range(a, b + 1):
                taken[i] = True
                tags[i] = ("B-" if i == a else "I-") + label
        tags = ["O" if t == ANY and s.forms[i].lower() in TITLES else t for i, t in enumerate(tags)]
        return Sentence(forms=s.forms, names=self.norp(s.forms, tags), domain=DOMAINS.index("gum"))

    def own(self):
        out = []
        for line in open(os.path.join(HERE, "news_names.txt"), encoding="utf-8"):
            line = line.strip()
            if not line or line.startswith("#"):
                continue
            forms, tags = [], []
            for piece in re.split(r"(\[(?:PER|ORG|LOC|NORP) [^\]]+\])", line):
                m = re.fullmatch(r"\[(PER|ORG|LOC|NORP) ([^\]]+)\]", piece)
                words = tokens(m.group(2) if m else piece)
                forms += words
                tags += [("B-" if i == 0 else "I-") + m.group(1) for i in range(len(words))] if m else ["O"] * len(words)
            out.append(Sentence(forms=forms, names=self.norp(forms, tags), domain=DOMAINS.index("own")))
        return out


def tokens(text):
    """A rough UD tokenization, enough for text of our own."""
    text = re.sub(r"(?<=\w)([’']s)\b", r" \1", text)
    found = re.findall(r"(?:[A-Z]\.)+(?:[A-Z]\b)?|\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Sen|Gov|Capt|St|Rep|Sgt)\.|[’']s\b|\d+(?:[.,]\d+)*|[^\W_]+(?:['’][^\W_]+)?|\S", text)
    return found


class Lists:
    """Which words of a sentence stand in which list of names."""

    def __init__(self, folder, demonyms):
        gaz = corpora.Gazetteer(folder)
        both = lambda names: {x for n in names for x in (n, corpora.letters(n))}
        single = lambda names: {fnv(plain(n.lower()).encode()) for n in both(names) if len(n) > 1 and " " not in n and "-" not in n}
        phrase = lambda names: {fnv(" ".join(plain(p.lower()) for p in re.split(r"[ ]|(?=-)|(?<=-)", n) if p).encode())
                                for n in both(names) if len(n) > 2}
        self.sets = {"first": single(gaz.first), "surname": single(gaz.surnames), "demonym": single(demonyms),
                     "city": phrase(gaz.cities), "region": phrase(gaz.regions),
                     "country": phrase(gaz.countries + ["US", "U.S.", "UK", "U.K.", "USA", "UAE", "Britain", "England",
                                       "Scotland", "Wales", "Palestine", "Kosovo", "Taiwan", "Abkhazia", "South Ossetia",
                                       "Nagorno-Karabakh", "Transnistria", "Crimea", "Kurdistan", "Soviet Union", "Yugoslavia",
                                       "Ivory Coast", "Burma", "Swaziland", "Macedonia", "Turkey", "Russia", "Syria", "Iran",
                                       "Vietnam", "Laos", "Bolivia", "Venezuela", "Tanzania", "Moldova", "Brunei", "Congo",
                                       "South Korea", "North Korea", "United States", "United States of America",
                                       "United Kingdom", "Great Britain", "Northern Ireland", "Vatican", "Western Sahara"])}

    def rows(self, forms):
        """Up to ten rows for each word."""
        out = [[] for _ in forms]
        low = [plain(f.lower()) for f in forms]
        big = [f[:1].isupper() or f[:1] in "‘’'" and len(f) > 2 for f in forms]
        for i in range(len(forms)):
            if not big[i]:
                continue
            h = fnv(low[i].encode())
            for name in ("first", "surname", "demonym"):
                if h in self.sets[name]:
                    out[i].append(ROW[name])
        for name in ("city", "country", "region"):
            i = 0
            while i < len(forms):
                found = 0
                if big[i]:
                    for n in range(min(LONGEST, len(forms) - i), 0, -1):
                        if fnv(" ".join(low[i:i + n]).encode()) in self.sets[name]:
                            found = n
                            break
                for k in range(found):
                    out[i + k].append(ROW[name] + (k > 0))
                i += max(found, 1)
        return out


class Swapper:
    """Puts names of all regions into gold sentences, and changes their case."""

    def __init__(self, folder, rng):
        self.rng = rng
        gaz = corpora.Gazetteer(folder)
        self.first, self.sur = gaz.first, gaz.surnames
        self.countries = [c for c in gaz.countries if len(c) < 24]
        self.places = {}
        import csv
        for c in csv.DictReader(open(os.path.join(folder, "gaz", "world-cities.csv"), encoding="utf-8")):
            self.places.setdefault(c["country"], []).append(c["name"])
            if c["subcountry"]:
                self.places[c["country"]].append(c["subcountry"])
        self.lands = sorted(self.places)
        self.world = []
        for line in open(os.path.join(HERE, "world_names.tsv"), encoding="utf-8"):
            if line.strip() and not line.startswith("#"):
                region, given, family = line.rstrip("\n").split("\t")
                self.world.append((given.split(", "), family.split(", ")))
        heads = [x.split("\t") for x in open(os.path.join(HERE, "organizations.tsv"), encoding="utf-8").read().split("\n")
                 if x.strip() and not x.startswith("#")]
        self.patterns = [h[0] for h in heads]
        words = open(os.path.join(HERE, "demonyms.txt"), encoding="utf-8").read().split("\n")[0].split()
        self.adjectives = words

    def person(self):
        r = self.rng
        if r.random() < 0.75:
            given, family = r.choice(self.world)
            g, f = r.choice(given), r.choice(family)
        else:
            g, f = r.choice(self.first), r.choice(self.sur)
        x = r.random()
        name = f if x < 0.35 else f"{g} {f}" if x < 0.90 else f"{g} {r.choice('ABCDEFGHJKLMNPRSTW')}. {f}" if x < 0.93 else g
        if self.rng.random() < 0.15:
            name = corpora.letters(name)
        return words_of(name)

    def place(self):
        r = self.rng
        if r.random() < 0.3:
            return words_of(r.choice(self.countries))
        name = r.choice(self.places[r.choice(self.lands)])
        if r.random() < 0.5:
            name = corpora.letters(name)
        return words_of(name)

    def organization(self):
        r = self.rng
        if r.random() < 0.15:
            return ["".join(r.choice("ABCDEFGHIKLMNOPRSTUVW") for _ in range(r.choice((3, 3, 4, 4, 5))))]
        text = r.choice(self.patterns)
        place = lambda: " ".join(self.place())
        text = text.replace("{place}", place()).replace("{country}", r.choice(self.countries))
        text = text.replace("{adj}", r.choice(self.adjectives)).replace("{family}", r.choice(r.choice(self.world)[1]))
        return words_of(text)

    def vary(self, s, strength):
        forms, tags = [], []
        i, r = 0, self.rng
        swap = r.random() < 0.6
        while i < len(s):
            t = s.names[i]
            if not t.startswith("B-"):
                forms.append(s.forms[i])
                tags.append(t)
                i += 1
                continue
            end = i + 1
            while end < len(s) and s.names[end] == "I-" + t[2:]:
                end += 1
            words, kind = s.forms[i:end], t[2:]
            if swap and r.random() < strength and s.forms[i][:1].isupper():
                if kind == "PER":
                    words = self.person()
                elif kind == "LOC":
                    words = self.place()
                elif kind == "ORG" and r.random() < 0.6:
                    words = self.organization()
                elif kind == "NORP" and r.random() < 0.5 and len(words) == 1 and words[0] in self.adjectives:
                    words = [r.choice(self.adjectives)]
            forms += words
            tags += [("B-" if k == 0 else "I-") + kind for k in range(len(words))]
            i = end
        x = r.random()
        if x < 0.05:
            forms = [f.upper() for f in forms]
        elif x < 0.08:
            forms = [f[:1].upper() + f[1:] if len(f) > 3 or k == 0 else f for k, f in enumerate(forms)]
        elif x < 0.10:
            forms = [f.lower() for f in forms]
        if len(forms) > 4 and forms[-1] in ".!?" and r.random() < 0.08:
            forms, tags = forms[:-1], tags[:-1]
        return forms, tags


def words_of(name):
    """A name's tokens as UD has them."""
    return [p for p in re.split(r" |(?<=[^\W\d_])(-)(?=[^\W\d_])", name) if p]


class Data:
    def __init__(self, forms, lists, counts):
        self.forms, self.lists, self.counts = forms, lists, counts

    def batch(self, sentences, swapper=None, rng=None, domain=None):
        drawn = [swapper.vary(s, 0.5) if swapper else (s.forms, s.names) for s in sentences]
        width, size = max(len(f) for f, _ in drawn), len(drawn)
        local, places = {}, np.zeros((size, width), np.int64)
        listed = np.zeros((size, width, 10), np.int64)
        allowed = np.zeros((size, width, len(LABELS)), bool)
        drop = np.ones((size, width), np.float32)
        domains = []
        for b, (s, (fs, ts)) in enumerate(zip(sentences, drawn)):
            rows = self.lists.rows(fs)
            hide = rng is not None and rng.random() < 0.2
            domains.append(s.domain if domain is None else domain)
            if rng is not None and rng.random() < 0.35:
                domains[-1] = 0
            for i, f in enumerate(fs):
                places[b, i] = local.setdefault(self.forms.id(f), len(local))
                if not hide:
                    kept = rows[i] if rng is None else [x for x in rows[i] if rng.random() > 0.2]
                    listed[b, i, :len(kept)] = kept
                if ts is not None:
                    if ts[i] == ANY:
                        allowed[b, i] = True
                    else:
                        allowed[b, i, LABELS.index(ts[i])] = True
                if rng is not None:
                    c = self.counts[fnv(key(f).encode())]
                    if rng.random() < 0.05 + 0.4 / (0.5 + c):
                        drop[b, i] = 0
        lengths = [len(f) for f, _ in drawn]
        out = dict(bags=self.forms.bags(list(local)), places=torch.from_numpy(places), lengths=torch.tensor(lengths),
                   listed=torch.from_numpy(listed), allowed=torch.from_numpy(allowed), domain=torch.tensor(domains))
        if rng is not None:
            out["word_drop"] = torch.from_numpy(drop)
        return out


def transitions():
    """The moves that BIO forbids, as a mask [from, to]; the last row is the start."""
    n = len(LABELS)
    bad = torch.zeros(n + 1, n, dtype=torch.bool)
    for j, to in enumerate(LABELS):
        if to.startswith("I-"):
            for i in range(n + 1):
                bad[i, j] = i == n or LABELS[i] not in ("B-" + to[2:], to)
    return bad


class Chain(torch.nn.Module):
    """A linear chain over the labels."""

    def __init__(self):
        super().__init__()
        self.scores = torch.nn.Parameter(torch.zeros(len(LABELS) + 1, len(LABELS)))
        self.register_buffer("bad", transitions())

    def matrix(self):
        return self.scores.masked_fill(self.bad, -1e4)

    def total(self, emissions, lengths, allowed=None):
        m = self.matrix()
        if allowed is not None:
            emissions = emissions.masked_fill(~allowed, -1e4)
        state = m[-1] + emissions[:, 0]
        for t in range(1, emissions.shape[1]):
            new = torch.logsumexp(state[:, :, None] + m[:-1][None], 1) + emissions[:, t]
            state = torch.where((t < lengths)[:, None], new, state)
        return torch.logsumexp(state, 1)

    def loss(self, emissions, lengths, allowed):
        return (self.total(emissions, lengths) - self.total(emissions, lengths, allowed)).sum() / lengths.sum()

    def best(self, emissions, n):
        m = self.matrix().detach().numpy()
        e = emissions.numpy()
        state, back = m[-1] + e[0], []
        for t in range(1, n):
            s = state[:, None] + m[:-1]
            back.append(s.argmax(0))
            state = s.max(0) + e[t]
        path = [int(state.argmax())]
        for b in reversed(back):
            path.append(int(b[path[-1]]))
        return path[::-1]


@torch.no_grad()
def predict(net, chain, data, sentences, domain=0):
    net.eval()
    out = [None] * len(sentences)
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    for group in buckets([_Indexed(sentences[i], i) for i in order], 3000):
        batch = data.batch([g.s for g in group], domain=domain)
        emissions = net(batch)
        for b, g in enumerate(group):
            out[g.i] = [LABELS[x] for x in chain.best(emissions[b], len(g))]
    return out


def spans(tags, kinds=("PER", "ORG", "LOC")):
    out, start = set(), None
    for i, t in enumerate(list(tags) + ["O"]):
        if start is not None and t != "I-" + kind:
            out.add((start, i, kind))
            start = None
        if t.startswith("B-"):
            start, kind = i, t[2:]
    return {s for s in out if s[2] in kinds}


def score(gold, found, kinds=("PER", "ORG", "LOC")):
    right = guessed = there = 0
    for g, f in zip(gold, found):
        g, f = spans(g, kinds), spans(f, kinds)
        right, guessed, there = right + len(g & f), guessed + len(f), there + len(g)
    return 100 * 2 * right / max(1, guessed + there)


DATES = set("""January February March April May June July August September October November December Jan Feb Mar Apr Jun Jul
Aug Sep Sept Oct Nov Dec Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thur Thurs Fri Sat
Sun""".split())


def silver(checkpoint, folder, reader):
    """EWT's training sentences with the names that a trained network finds and that the gold tags bear out. A proper noun
    that the network takes for none may be anything."""
    from export import load_names
    net, chain, data, _ = load_names(checkpoint, folder)
    sentences = [s for s in corpora.ewt(folder, "train") if len(s) <= 160]
    with torch.no_grad():
        found = predict(net, chain, data, sentences, DOMAINS.index("uner"))
    out = []
    for s, tags in zip(sentences, found):
        proper = [x in ("NNP", "NNPS") for x in s.xpos]
        kept = [ANY if p and f.rstrip(".") not in DATES and f.lower() not in TITLES else "O"
                for p, f in zip(proper, s.forms)]
        for first, end, kind in spans(tags, KINDS):
            inside = proper[first:end]
            good = proper[first] and proper[end - 1] and not (first and proper[first - 1] and kept[first - 1] == ANY)
            good = good and not (end < len(s) and proper[end] and kept[end] == ANY)
            for i in range(first, end):
                if good or kind == "NORP":
                    kept[i] = ("B-" if i == first else "I-") + kind
                elif any(inside):
                    kept[i] = ANY
        out.append(Sentence(forms=s.forms, names=reader.norp(s.forms, kept), domain=DOMAINS.index("uner")))
    return out


def build(config, words):
    sizes = Sizes(config["prefix"], config["suffix"], config["gram"])
    encoder = Encoder(words, sizes, config["dims"], config["hidden"], extra=config["listed"] + config["domain"],
                      drop=config["drop"], layers=config["layers"], recurrent_drop=config.get("recurrent_drop", 0.2))
    return Names(encoder, config["hidden"], len(LABELS), (ROWS, config["listed"], config["domain"]), len(DOMAINS),
                 config["drop"], config["mlp"]), sizes


def main():
    p = argparse.ArgumentParser()
    p.add_argument("corpora")
    p.add_argument("out")
    p.add_argument("--epochs", type=int, default=30)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--tokens", type=int, default=900)
    p.add_argument("--rate", type=float, default=2e-3)
    p.add_argument("--set", nargs="*", default=[])
    p.add_argument("--stop", type=int, help="end after this many epochs, whatever the schedule")
    p.add_argument("--silver", help="a checkpoint that labels EWT's training text, held to its gold tags of proper nouns")
    p.add_argument("--focus", action="store_true", help="fewer tweets, more of the text that is edited or annotated as ours")
    p.add_argument("--resume", help="a checkpoint whose weights and vocabulary are the start of another cycle")
    a = p.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    config = dict(CONFIG)
    for change in a.set:
        name, value = change.split("=", 1)
        config[name] = json.loads(value)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    r = Reader(a.corpora)
    parts = {"wikigold": (r.wikigold(), 2), "crossner": (r.crossner(), 1), "gum": (r.gum("train"), 1),
             "wnut17": (r.wnut17(), 1), "btc": (r.btc(), 1), "uner": (r.uner(), 2), "own": (r.own(), 3)}
    if a.silver:
        parts["silver"] = (silver(a.silver, a.corpora, r), 1)
    if a.focus:
        parts = {k: (s, {"uner": 5, "wikigold": 2}.get(k, n)) for k, (s, n) in parts.items()}
    for k, (s, _) in parts.items():
        print(k, len(s), sum(map(len, s)), {x: sum(t == "B-" + x for q in s for t in q.names) for x in KINDS},
              sum(t == ANY for q in s for t in q.names), flush=True)
    pool = [s for k, (part, _) in parts.items() for s in part if 0 < len(s) <= 160]
    vocab, counts = vocabulary(pool, 2)
    start = torch.load(a.resume, weights_only=False) if a.resume else None
    if start:
        vocab = {h: i for i, h in enumerate(start["meta"]["vocab"])}
        config = start["meta"]["config"]
    net, sizes = build(config, len(vocab))
    forms, lists = Forms(vocab, sizes), Lists(a.corpora, r.demonyms)
    data, chain = Data(forms, lists, counts), Chain()
    if start:
        net.load_state_dict(start["state"])
        chain.load_state_dict(start["chain"])
    swapper = Swapper(a.corpora, rng)
    dev = r.gum("dev")

    def drawn():
        out = []
        for k, (part, times) in parts.items():
            part = [s for s in part if 0 < len(s) <= 160]
            if k in ("btc", "wnut17"):
                part = [s for s in part if any(t != "O" for t in s.names) and rng.random() < (0.25 if a.focus else 0.6) or rng.random() < (0.05 if a.focus else 0.15)]
            if k in ("gum", "silver"):
                part = [s for s in part if any(t != "O" for t in s.names) or rng.random() < 0.4]
            out += part * times
        return out

    params = list(net.parameters()) + list(chain.parameters())
    opt = torch.optim.AdamW(params, lr=a.rate, betas=(0.9, 0.95), weight_decay=1e-4)
    average, chain_average = copy.deepcopy(net), copy.deepcopy(chain)
    averaged = list(average.parameters()) + list(chain_average.parameters())
    for q in averaged:
        q.requires_grad_(False)
    per_epoch = len(buckets(drawn(), a.tokens, random.Random(0)))
    total, step = per_epoch * a.epochs, 0
    meta = dict(config=config, vocab=sorted(vocab), labels=LABELS, domains=DOMAINS, seed=a.seed, epochs=a.epochs)
    os.makedirs(a.out, exist_ok=True)
    print(per_epoch, "batches", len(vocab), "words", sum(q.numel() for q in params), "parameters",
          {k: len(v) for k, v in lists.sets.items()}, flush=True)
    for epoch in range(a.stop or a.epochs):
        began, lost, seen = time.time(), 0.0, 0
        net.train()
        for group in buckets(drawn(), a.tokens, rng):
            batch = data.batch(group, swapper, rng)
            rate = a.rate * min(1.0, (step + 1) / 300) * max(0.02, 1 - step / total) ** 0.8
            for g in opt.param_groups:
                g["lr"] = rate
            l = chain.loss(net(batch), batch["lengths"], batch["allowed"])
            opt.zero_grad(set_to_none=True)
            l.backward()
            torch.nn.utils.clip_grad_norm_(params, 5.0)
            opt.step()
            step, lost, seen = step + 1, lost + l.item(), seen + 1
            with torch.no_grad():
                torch._foreach_lerp_(averaged, params, 1 - min(0.998, (1 + step) / (20 + step)))
        line = {"epoch": epoch + 1, "loss": round(lost / seen, 4), "seconds": round(time.time() - began)}
        if epoch % 2 == 1 or epoch + 2 >= a.epochs:
            line["gum"] = round(score([s.names for s in dev], predict(average, chain_average, data, dev, 3)), 2)
        torch.save(dict(meta=meta, state=average.state_dict(), chain=chain_average.state_dict()),
                   os.path.join(a.out, "names.new"))
        os.replace(os.path.join(a.out, "names.new"), os.path.join(a.out, "names.pt"))
        print(json.dumps(line), flush=True)


if __name__ == "__main__":
    main()
