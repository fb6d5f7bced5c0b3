"""Writes the model file: `python export.py CORPORA SYNTAX.pt NAMES.pt OUT_FOLDER`.

Weights become 8-bit integers with a scale for each row (embeddings: for each column). The reference output that the
Rust tests compare with is computed here by the float networks on fixed sentences of our own.
"""
import argparse
import json
import os
import struct

import numpy as np
import torch

import names as N
import syntax as S
from corpora import Sentence
from features import Sizes
from network import DISTANCES, Forms


class File:
    """A safetensors file being written."""

    def __init__(self):
        self.tensors, self.meta = {}, {}

    def floats(self, name, t):
        self.tensors[name] = ("F32", np.ascontiguousarray(t.detach().numpy().astype("<f4").reshape(-1)))

    def hashes(self, name, values):
        self.tensors[name] = ("U32", np.array(sorted(values), dtype="<u4"))

    def rows(self, name, weight, bias):
        """A layer, its rows scaled to -127..127."""
        w = weight.detach().numpy()
        scale = np.maximum(np.abs(w).max(1), 1e-8) / 127
        self.tensors[name + ".weight"] = ("I8", np.rint(w / scale[:, None]).astype(np.int8))
        self.floats(name + ".scale", torch.from_numpy(scale))
        self.floats(name + ".bias", bias if bias is not None else torch.zeros(w.shape[0]))

    def table(self, name, weight):
        """Embeddings, their columns scaled to -127..127; the rarest outliers are cut."""
        w = weight.detach().numpy()
        scale = np.maximum(np.minimum(np.abs(w).max(0), 8 * w.std(0) + 1e-6), 1e-8) / 127
        self.tensors[name] = ("I8", np.clip(np.rint(w / scale[None]), -127, 127).astype(np.int8))
        self.floats(name + ".scale", torch.from_numpy(scale))

    def write(self, path):
        header, offset = {"__metadata__": {k: str(v) for k, v in sorted(self.meta.items())}}, 0
        order = sorted(self.tensors, key=lambda n: (-self.tensors[n][1].itemsize, n))
        for name in order:
            kind, data = self.tensors[name]
            header[name] = {"dtype": kind, "shape": list(data.shape), "data_offsets": [offset, offset + data.nbytes]}
            offset += data.nbytes
        text = json.dumps(header, separators=(",", ":"), sort_keys=True).encode()
        text += b" " * (-len(text) % 8)
        with open(path, "wb") as f:
            f.write(struct.pack("<Q", len(text)) + text)
            for name in order:
                f.write(self.tensors[name][1].tobytes())


def encoder(out, prefix, enc, config, vocab, constant=None, listed=None):
    """The encoder; constant inputs go into biases, list features into a table of what they add to the gates."""
    h, meta = config["hidden"], out.meta
    for name in ("prefix", "suffix", "gram", "hidden"):
        meta[f"{prefix}.{name}"] = config[name]
    meta[f"{prefix}.layers"] = config["layers"]
    out.hashes(f"{prefix}.vocabulary", vocab)
    for g, table in enumerate(enc.tables):
        out.table(f"{prefix}.table{g}", table.weight)
    size = sum(config["dims"])
    first = enc.layers[0]
    bias = torch.cat([d.bias for d in first]).clone()
    weight = torch.cat([d.w_ih for d in first])
    if constant is not None:
        bias = bias + weight[:, size + config["listed"]:] @ constant
    out.rows(f"{prefix}.first", weight[:, :size], bias)
    extra = torch.zeros(0, 8 * h) if listed is None else listed @ weight[:, size:size + config["listed"]].T
    meta[f"{prefix}.extra_rows"] = extra.shape[0]
    out.floats(f"{prefix}.extra", extra)
    for l, pair in enumerate(enc.layers):
        for d, direction in enumerate(pair):
            at = f"{prefix}.lstm{l}.{d}"
            if l:
                out.rows(f"{at}.input", direction.w_ih, direction.bias)
            out.rows(f"{at}.recurrent", direction.w_hh, None)


def load_syntax(path):
    saved = torch.load(path, weights_only=False)
    m = saved["meta"]
    net, sizes = S.build(m["config"], len(m["vocab"]), len(m["upos"]), len(m["xpos"]), len(m["rels"]))
    net.load_state_dict(saved["state"])
    net.eval()
    data = S.Data([], Forms({h: i for i, h in enumerate(m["vocab"])}, sizes), m["upos"], m["xpos"], m["rels"], None)
    return net, data, m


def load_names(path, corpora):
    saved = torch.load(path, weights_only=False)
    m = saved["meta"]
    net, sizes = N.build(m["config"], len(m["vocab"]))
    net.load_state_dict(saved["state"])
    net.eval()
    chain = N.Chain()
    chain.load_state_dict(saved["chain"])
    lists = N.Lists(corpora, N.Reader(corpora).demonyms)
    data = N.Data(Forms({h: i for i, h in enumerate(m["vocab"])}, sizes), lists, None)
    return net, chain, data, m


def write_syntax(out, net, meta):
    encoder(out, "syntax", net.encoder, meta["config"], meta["vocab"])
    for name in ("tag", "upos", "xpos", "arc_dep", "arc_head", "bilinear", "rel_dep", "rel_head", "rel"):
        layer = getattr(net, name)
        out.rows(f"syntax.{name}", layer.weight, layer.bias)
    # The root's state must fit the scale of states.
    out.floats("syntax.root", net.root.clamp(-1.99, 1.99))
    far = net.far.clone()
    out.floats("syntax.far", far)
    out.floats("syntax.rel_far", net.rel_far.weight)
    for name in ("upos", "xpos", "rels"):
        out.meta[f"syntax.{name}"] = " ".join(meta[name])


def write_names(out, net, chain, data, meta, domain):
    encoder(out, "names", net.encoder, meta["config"], meta["vocab"], net.domain.weight[domain], net.extra.weight)
    out.rows("names.mlp", net.mlp.weight, net.mlp.bias)
    out.rows("names.out", net.out.weight, net.out.bias)
    out.floats("names.moves", chain.matrix())
    out.meta["names.labels"] = " ".join(meta["labels"])
    out.meta["names.lists"] = " ".join(N.LISTS)
    for name in N.LISTS:
        out.hashes(f"names.list.{name}", data.lists.sets[name])
        out.meta[f"names.list.{name}.row"] = N.ROW[name]
        out.meta[f"names.list.{name}.phrases"] = "yes" if name in ("city", "country", "region") else "no"


def reference(path, net, data, names, chain, ndata, domain):
    """What the float networks say of sentences of our own."""
    here = os.path.dirname(os.path.abspath(__file__))
    texts = [l.strip() for l in open(os.path.join(here, "reference.txt"), encoding="utf-8") if l.strip()]
    sentences = [Sentence(forms=t.split(" ")) for t in texts]
    rels, upos, xpos = ({v: k for k, v in x.items()} for x in (data.rels, data.upos, data.xpos))
    data.gold = lambda s: [[0] * len(s)] * 4
    found = S.predict(net, data, sentences)
    tags = N.predict(names, chain, ndata, sentences, domain)
    with open(path, "w", encoding="utf-8") as f:
        f.write("# Output of the float networks of training/, for the test that inference agrees; written by training/export.py.\n")
        for s, (u, x, h, r), t in zip(sentences, found, tags):
            for i, form in enumerate(s.forms):
                f.write("\t".join([form, upos[u[i]], xpos[x[i]], str(h[i]), rels[r[i]], t[i]]) + "\n")
            f.write("\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("corpora")
    p.add_argument("syntax")
    p.add_argument("names")
    p.add_argument("out")
    p.add_argument("--domain", type=int, default=0)
    a = p.parse_args()
    torch.set_num_threads(1)
    with torch.no_grad():
        net, data, meta = load_syntax(a.syntax)
        nnet, chain, ndata, nmeta = load_names(a.names, a.corpora)
        out = File()
        out.meta["format"] = "newsgraph-1"
        out.meta["licence"] = "CC BY-SA 4.0"
        write_syntax(out, net, meta)
        write_names(out, nnet, chain, ndata, nmeta, a.domain)
        os.makedirs(a.out, exist_ok=True)
        out.write(os.path.join(a.out, "english.safetensors"))
        reference(os.path.join(a.out, "reference.tsv"), net, data, nnet, chain, ndata, a.domain)
    print(os.path.getsize(os.path.join(a.out, "english.safetensors")), "bytes")


if __name__ == "__main__":
    main()
