"""Trains the tagger and parser: `python syntax.py CORPORA OUT --epochs N`."""
import argparse
import collections
import copy
import json
import math
import os
import random
import time

import numpy as np
import torch
import torch.nn.functional as F

import corpora
from features import Sizes, key, fnv
from network import Encoder, Forms, Syntax
from trees import best_tree

CONFIG = dict(prefix=8192, suffix=8192, gram=16384, dims=[64, 32, 48, 48, 32], hidden=128, arc=96, rel=96, tag=64,
              drop=0.3, layers=2)


def vocabulary(sentences, least):
    """Hashes of spellings met often enough, sorted; the row of a word is its rank."""
    counts = collections.Counter(fnv(key(f).encode()) for s in sentences for f in s.forms)
    kept = sorted(h for h, c in counts.items() if c >= least)
    return {h: i for i, h in enumerate(kept)}, counts


def labels(values, least=1):
    counts = collections.Counter(values)
    return [v for v, c in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if c >= least]


def relation(rel, known=None):
    if known is None or rel in known:
        return rel
    return rel.split(":")[0]


class Data:
    def __init__(self, sentences, forms, upos, xpos, rels, counts):
        self.sentences, self.forms = sentences, forms
        self.upos, self.xpos, self.rels = ({v: i for i, v in enumerate(x)} for x in (upos, xpos, rels))
        self.counts = counts

    def gold(self, s):
        return ([self.upos[x] for x in s.upos], [self.xpos.get(x, -1) for x in s.xpos],
                s.heads, [self.rels[relation(r, self.rels)] for r in s.rels])

    def batch(self, sentences, varier=None, rng=None):
        forms, keeps = [], []
        for s in sentences:
            f, k = varier.tree(s) if varier else (s.forms, len(s))
            forms.append(f[:k])
            keeps.append(k)
        width = max(keeps)
        size = len(sentences)
        local, places = {}, np.zeros((size, width), np.int64)
        upos, xpos, heads, rels = (np.full((size, width), -1, np.int64) for _ in range(4))
        drop = np.ones((size, width), np.float32)
        for b, (s, fs) in enumerate(zip(sentences, forms)):
            for i, f in enumerate(fs):
                places[b, i] = local.setdefault(self.forms.id(f), len(local))
                if rng is not None:
                    c = self.counts[fnv(key(f).encode())]
                    if rng.random() < 0.03 + 0.3 / (0.5 + c):
                        drop[b, i] = 0
            k = len(fs)
            for target, values in zip((upos, xpos, heads, rels), self.gold(s)):
                target[b, :k] = values[:k]
        out = dict(bags=self.forms.bags(list(local)), places=torch.from_numpy(places),
                   lengths=torch.tensor(keeps), upos=torch.from_numpy(upos), xpos=torch.from_numpy(xpos),
                   heads=torch.from_numpy(heads), rels=torch.from_numpy(rels))
        if rng is not None:
            out["word_drop"] = torch.from_numpy(drop)
        return out


def buckets(sentences, tokens, rng=None):
    order = list(sentences)
    if rng:
        rng.shuffle(order)
    out, pool = [], 40 * tokens
    start = 0
    while start < len(order):
        n, end = 0, start
        while end < len(order) and n < pool:
            n += len(order[end])
            end += 1
        chunk = sorted(order[start:end], key=len)
        start = end
        batch = []
        for s in chunk:
            if batch and (len(batch) + 1) * len(s) > tokens:
                out.append(batch)
                batch = []
            batch.append(s)
        if batch:
            out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def loss(net, batch):
    h = net.hidden(batch)
    mask = batch["heads"] >= 0
    upos, xpos = net.tags(h)
    arcs = net.arcs(h)
    width = arcs.shape[2]
    outside = torch.arange(width)[None, :] > batch["lengths"][:, None]
    arcs = arcs.masked_fill(outside[:, None, :], -1e4)
    self_loop = torch.zeros(width - 1, width, dtype=torch.bool)
    self_loop[torch.arange(width - 1), torch.arange(1, width)] = True
    arcs = arcs.masked_fill(self_loop[None], -1e4)
    heads = batch["heads"].clamp(min=0)
    rels = net.relations(h, heads)
    l_arc = F.cross_entropy(arcs[mask], batch["heads"][mask])
    l_rel = F.cross_entropy(rels[mask], batch["rels"][mask], label_smoothing=0.03)
    l_upos = F.cross_entropy(upos[mask], batch["upos"][mask], label_smoothing=0.03)
    l_xpos = F.cross_entropy(xpos[mask], batch["xpos"][mask], ignore_index=-1, label_smoothing=0.03)
    return l_arc + l_rel + 0.5 * l_upos + 0.5 * l_xpos


@torch.no_grad()
def predict(net, data, sentences):
    """(upos, xpos, heads, relations) ids of each sentence, in order."""
    net.eval()
    order = sorted(range(len(sentences)), key=lambda i: len(sentences[i]))
    out = [None] * len(sentences)
    for group in buckets([_Indexed(sentences[i], i) for i in order], 3000):
        batch = data.batch([g.s for g in group])
        h = net.hidden(batch)
        upos, xpos = net.tags(h)
        arcs = net.arcs(h).numpy()
        heads = torch.zeros_like(batch["heads"])
        for b, g in enumerate(group):
            n = len(g)
            heads[b, :n] = torch.from_numpy(best_tree(arcs[b, :n, :n + 1].astype(np.float64)))
        rels = net.relations(h, heads)
        root = data.rels["root"]
        rels[..., root] = -1e9
        best = rels.argmax(-1)
        best[heads == 0] = root
        upos, xpos = upos.argmax(-1), xpos.argmax(-1)
        for b, g in enumerate(group):
            n = len(g)
            out[g.i] = (upos[b, :n].tolist(), xpos[b, :n].tolist(), heads[b, :n].tolist(), best[b, :n].tolist())
    return out


class _Indexed:
    def __init__(self, s, i):
        self.s, self.i = s, i

    def __len__(self):
        return len(self.s)


def score(net, data, sentences):
    rels = {v: k for k, v in data.rels.items()}
    upos = {v: k for k, v in data.upos.items()}
    xpos = {v: k for k, v in data.xpos.items()}
    n = u = x = ua = la = 0
    for s, (pu, px, ph, pr) in zip(sentences, predict(net, data, sentences)):
        for i in range(len(s)):
            n += 1
            u += upos[pu[i]] == s.upos[i]
            x += xpos[px[i]] == s.xpos[i]
            if ph[i] == s.heads[i]:
                ua += 1
                la += rels[pr[i]].split(":")[0] == s.rels[i].split(":")[0]
    return {"upos": 100 * u / n, "xpos": 100 * x / n, "uas": 100 * ua / n, "las": 100 * la / n}


def build(config, words, upos, xpos, rels):
    sizes = Sizes(config["prefix"], config["suffix"], config["gram"])
    encoder = Encoder(words, sizes, config["dims"], config["hidden"], drop=config["drop"], layers=config["layers"],
                      recurrent_drop=config.get("recurrent_drop", 0.15))
    return Syntax(encoder, config["hidden"], upos, xpos, rels, config["arc"], config["rel"], config["tag"],
                  config["drop"]), sizes


def is_news(s):
    return bool(s.doc) and s.doc.startswith("GUM_news_")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("corpora")
    p.add_argument("out")
    p.add_argument("--epochs", type=int, default=40)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--tokens", type=int, default=1200)
    p.add_argument("--rate", type=float, default=2.5e-3)
    p.add_argument("--set", nargs="*", default=[], help="changes to CONFIG, as name=json")
    p.add_argument("--resume", help="a checkpoint whose weights are the start of another cycle")
    a = p.parse_args()
    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    config = dict(CONFIG)
    for change in a.set:
        name, value = change.split("=", 1)
        config[name] = json.loads(value)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    train = corpora.ewt(a.corpora, "train") + corpora.gum(a.corpora, "train")
    train = [s for s in train if len(s) <= 160]
    dev_ewt = corpora.ewt(a.corpora, "dev")
    dev_gum = [s for s in corpora.gum(a.corpora, "dev")]
    vocab, counts = vocabulary(train, 2)
    upos = labels(x for s in train for x in s.upos)
    xpos = labels(x for s in train for x in s.xpos)
    rels = labels((x for s in train for x in s.rels), 20)
    bare = {r.split(":")[0] for s in train for r in s.rels}
    rels += sorted(bare - set(rels))
    net, sizes = build(config, len(vocab), len(upos), len(xpos), len(rels))
    if a.resume:
        net.load_state_dict(torch.load(a.resume, weights_only=False)["state"])
    forms = Forms(vocab, sizes)
    data = Data(train, forms, upos, xpos, rels, counts)
    meta = dict(config=config, vocab=sorted(vocab), upos=upos, xpos=xpos, rels=rels, seed=a.seed, epochs=a.epochs,
                tokens=a.tokens, rate=a.rate)
    varier = corpora.Varier(corpora.Gazetteer(a.corpora), rng)
    print(len(train), "sentences", sum(map(len, train)), "tokens", len(vocab), "words", len(rels), "relations",
          sum(p.numel() for p in net.parameters()), "parameters", flush=True)
    opt = torch.optim.AdamW(net.parameters(), lr=a.rate, betas=(0.9, 0.95), weight_decay=1e-4)
    per_epoch = len(buckets(train, a.tokens, random.Random(0)))
    total = per_epoch * a.epochs
    average = copy.deepcopy(net)
    for q in average.parameters():
        q.requires_grad_(False)
    step, best = 0, -1.0
    os.makedirs(a.out, exist_ok=True)
    for epoch in range(a.epochs):
        began, lost = time.time(), 0.0
        net.train()
        for group in buckets(train, a.tokens, rng):
            batch = data.batch(group, varier, rng)
            rate = a.rate * min(1.0, (step + 1) / 300) * max(0.0, 1 - step / total) ** 0.8
            for g in opt.param_groups:
                g["lr"] = rate
            l = loss(net, batch)
            opt.zero_grad(set_to_none=True)
            l.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            opt.step()
            step += 1
            lost += l.item()
            decay = min(0.9985, (1 + step) / (20 + step))
            with torch.no_grad():
                torch._foreach_lerp_(list(average.parameters()), list(net.parameters()), 1 - decay)
        line = {"epoch": epoch + 1, "loss": round(lost / per_epoch, 4), "seconds": round(time.time() - began)}
        if epoch % 2 == 1 or epoch + 3 >= a.epochs:
            line["ewt"] = score(average, data, dev_ewt)
            line["gum"] = score(average, data, dev_gum)
            line["news"] = score(average, data, [s for s in dev_gum if is_news(s)])
        torch.save(dict(meta=meta, state=average.state_dict()), os.path.join(a.out, "syntax.new"))
        os.replace(os.path.join(a.out, "syntax.new"), os.path.join(a.out, "syntax.pt"))
        line["total"] = round(time.time() - began)
        print(json.dumps({k: ({m: round(w, 2) for m, w in v.items()} if isinstance(v, dict) else v)
                          for k, v in line.items()}), flush=True)


if __name__ == "__main__":
    main()
