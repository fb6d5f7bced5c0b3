"""The shared encoder (embeddings of word parts, two layers of BiLSTM) and the two sets of heads over it."""
import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

from features import SHAPE_ROWS, Sizes, groups

GROUPS = ("word", "prefix", "suffix", "gram", "shape")


class Forms:
    """Row indices of every form met, computed once."""

    def __init__(self, vocab, sizes):
        self.vocab, self.sizes = vocab, sizes
        self.ids, self.rows = {}, []

    def id(self, form):
        i = self.ids.get(form)
        if i is None:
            i = self.ids[form] = len(self.rows)
            self.rows.append([np.array(g, dtype=np.int64) for g in groups(form, self.vocab, self.sizes)])
        return i

    def bags(self, ids):
        """For each group: the concatenated indices and the offset of each form's."""
        out = []
        for g in range(len(GROUPS)):
            parts = [self.rows[i][g] for i in ids]
            lengths = np.array([len(p) for p in parts])
            offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            out.append((torch.from_numpy(np.concatenate(parts)), torch.from_numpy(offsets)))
        return out


class Locked(nn.Module):
    """Dropout whose mask is shared by all tokens of a sentence."""

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        mask = x.new_empty(x.shape[0], 1, x.shape[2]).bernoulli_(1 - self.p) / (1 - self.p)
        return x * mask


class Lstm(nn.Module):
    """One direction, with some of the recurrent weights dropped for each batch."""

    def __init__(self, size_in, size, drop):
        super().__init__()
        self.w_ih = nn.Parameter(torch.empty(4 * size, size_in))
        self.w_hh = nn.Parameter(torch.empty(4 * size, size))
        self.bias = nn.Parameter(torch.zeros(4 * size))
        nn.init.xavier_uniform_(self.w_ih)
        for k in range(4):
            nn.init.orthogonal_(self.w_hh.data[k * size:(k + 1) * size])
        self.bias.data[size:2 * size] = 1.0
        self.size, self.drop = size, drop

    def forward(self, x):
        w_hh = F.dropout(self.w_hh, self.drop, self.training)
        zero = x.new_zeros(1, x.shape[0], self.size)
        out = torch._VF.lstm(x, (zero, zero), [self.w_ih, w_hh, self.bias, torch.zeros_like(self.bias)],
                             True, 1, 0.0, self.training, False, True)
        return out[0]


def backwards(lengths, width):
    """For each place its mirror inside the sentence; padding stays where it is."""
    i = torch.arange(width)[None, :].expand(len(lengths), width)
    mirrored = lengths[:, None] - 1 - i
    return torch.where(mirrored >= 0, mirrored, i)


class Encoder(nn.Module):
    def __init__(self, words, sizes: Sizes, dims, hidden, extra=0, drop=0.3, layers=2, recurrent_drop=0.2):
        super().__init__()
        rows = (words, sizes.prefix, sizes.suffix, sizes.gram, SHAPE_ROWS)
        modes = ("sum", "sum", "sum", "mean", "sum")
        self.tables = nn.ModuleList(nn.EmbeddingBag(r, d, mode=m) for r, d, m in zip(rows, dims, modes))
        for t in self.tables:
            nn.init.normal_(t.weight, std=0.3)
        size_in = sum(dims) + extra
        self.drop_in, self.drop_mid = Locked(drop), Locked(drop)
        self.layers = nn.ModuleList()
        for k in range(layers):
            self.layers.append(nn.ModuleList(Lstm(size_in if k == 0 else 2 * hidden, hidden, recurrent_drop)
                                             for _ in range(2)))

    def forward(self, bags, places, lengths, extra=None, word_drop=None):
        parts = []
        for k, (table, (index, offsets)) in enumerate(zip(self.tables, bags)):
            parts.append(table(index, offsets)[places])
        if word_drop is not None:
            parts[0] = parts[0] * word_drop[:, :, None]
        if extra is not None:
            parts.append(extra)
        x = self.drop_in(torch.cat(parts, -1))
        mirror = backwards(lengths, places.shape[1])
        for k, (forth, back) in enumerate(self.layers):
            if k:
                x = self.drop_mid(x)
            idx = mirror[:, :, None]
            b = back(x.gather(1, idx.expand(-1, -1, x.shape[2])))
            x = torch.cat([forth(x), b.gather(1, idx.expand(-1, -1, b.shape[2]))], -1)
        return self.drop_mid(x)


#: Signed distances from a word to its head are told apart up to this many, then by doubling.
DISTANCES = 16


def distance_bucket(d):
    """Bucket of head minus dependent as an int tensor: 0..2*DISTANCES-1."""
    a = d.abs()
    big = 6 + torch.floor(torch.log2((a.clamp(min=7).float()) / 7.0) * 2).long() + 1
    b = torch.where(a < 7, a, big).clamp(max=DISTANCES - 1)
    return torch.where(d < 0, b, b + DISTANCES)


class Syntax(nn.Module):
    """Universal and Penn tags, and a head and a relation for every word."""

    def __init__(self, encoder, hidden, upos, xpos, rels, arc=96, rel=96, tag=64, drop=0.3):
        super().__init__()
        self.encoder = encoder
        wide = 2 * hidden
        self.tag = nn.Linear(wide, tag)
        self.upos = nn.Linear(tag, upos)
        self.xpos = nn.Linear(tag, xpos)
        self.arc_dep, self.arc_head = nn.Linear(wide, arc), nn.Linear(wide, arc)
        self.rel_dep, self.rel_head = nn.Linear(wide, rel), nn.Linear(wide, rel)
        self.bilinear = nn.Linear(arc, arc, bias=True)
        nn.init.eye_(self.bilinear.weight)
        self.bilinear.weight.data /= arc ** 0.5
        self.root = nn.Parameter(torch.randn(wide) * 0.1)
        self.far = nn.Parameter(torch.zeros(2 * DISTANCES))
        self.rel_far = nn.Embedding(2 * DISTANCES + 1, rel)
        nn.init.normal_(self.rel_far.weight, std=0.1)
        self.rel = nn.Linear(rel, rels)
        self.drop = nn.Dropout(drop)

    def hidden(self, batch):
        h = self.encoder(batch["bags"], batch["places"], batch["lengths"], None, batch.get("word_drop"))
        return h

    def tags(self, h):
        t = self.drop(torch.relu(self.tag(h)))
        return self.upos(t), self.xpos(t)

    def with_root(self, h):
        return torch.cat([self.root.expand(h.shape[0], 1, -1), h], 1)

    def arcs(self, h):
        """Scores [sentence, dependent 1..n, head 0..n]."""
        dep = self.drop(torch.relu(self.arc_dep(h)))
        head = self.drop(torch.relu(self.arc_head(self.with_root(h))))
        scores = self.bilinear(dep) @ head.transpose(1, 2)
        n = h.shape[1]
        d = torch.arange(n + 1)[None, :] - torch.arange(1, n + 1)[:, None]
        far = self.far[distance_bucket(d)]
        far = torch.cat([torch.zeros(n, 1), far[:, 1:]], 1)
        return scores + far[None]

    def relations(self, h, heads):
        """Scores of every relation between each word and the given head."""
        dep = self.rel_dep(h)
        head = self.rel_head(self.with_root(h)).gather(1, heads[:, :, None].expand(-1, -1, dep.shape[2]))
        d = distance_bucket(heads - torch.arange(1, h.shape[1] + 1)[None])
        d = torch.where(heads == 0, torch.full_like(d, 2 * DISTANCES), d)
        return self.rel(self.drop(torch.relu(dep + head + self.rel_far(d))))


class Names(nn.Module):
    """A tag of a name for every word."""

    def __init__(self, encoder, hidden, labels, extra, domains, drop=0.3, mlp=64):
        super().__init__()
        self.encoder = encoder
        self.extra = nn.EmbeddingBag(extra[0], extra[1], mode="sum", padding_idx=0)
        nn.init.normal_(self.extra.weight, std=0.3)
        self.domain = nn.Embedding(domains, extra[2])
        nn.init.normal_(self.domain.weight, std=0.1)
        self.mlp = nn.Linear(2 * hidden, mlp)
        self.out = nn.Linear(mlp, labels)
        self.drop = nn.Dropout(drop)

    def forward(self, batch):
        b, n, k = batch["listed"].shape
        listed = self.extra(batch["listed"].reshape(b * n, k)).reshape(b, n, -1)
        domain = self.domain(batch["domain"])[:, None].expand(-1, n, -1)
        h = self.encoder(batch["bags"], batch["places"], batch["lengths"], torch.cat([listed, domain], -1),
                         batch.get("word_drop"))
        return self.out(self.drop(torch.relu(self.mlp(h))))
