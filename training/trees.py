"""The best single-rooted tree of a matrix of arc scores (Chu-Liu-Edmonds)."""
import numpy as np


def best_tree(scores):
    """Heads of words 1..n, given scores[dependent - 1, head]; exactly one word has head 0."""
    n = scores.shape[0]
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    heads = np.argmax(full, 1)
    heads[0] = -1
    roots = [d for d in range(1, n + 1) if heads[d] == 0]
    if len(roots) == 1 and not _cycle(heads):
        return heads[1:]
    free = _edmonds(full.copy())
    roots = [d for d in range(1, n + 1) if free[d] == 0]
    if len(roots) == 1:
        return free[1:]
    best, chosen = -np.inf, free
    for r in roots:
        one = full.copy()
        one[1:, 0] = -np.inf
        one[r, 0] = full[r, 0]
        tree = _edmonds(one)
        total = sum(one[d, tree[d]] for d in range(1, n + 1))
        if total > best:
            best, chosen = total, tree
    return chosen[1:]


def _cycle(heads):
    n = len(heads)
    state = [0] * n
    state[0] = 2
    for s in range(1, n):
        path, v = [], s
        while state[v] == 0:
            state[v] = 1
            path.append(v)
            v = heads[v]
        if state[v] == 1:
            return path[path.index(v):]
        for p in path:
            state[p] = 2
    return None


def _edmonds(full):
    heads = np.argmax(full, 1)
    heads[0] = -1
    cycle = _cycle(heads)
    if not cycle:
        return heads
    n = full.shape[0]
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = [v for v in range(n) if not inside[v]]
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = full[np.ix_(rest, rest)]
    cyc = np.array(cycle)
    own = full[cyc, heads[cyc]]
    into = full[np.ix_(cyc, rest)] - own[:, None]
    enter = np.argmax(into, 0)
    small[m, :m] = into[enter, np.arange(m)]
    out = full[np.ix_(rest, cyc)]
    leave = np.argmax(out, 1)
    small[:m, m] = out[np.arange(m), leave]
    small[0] = -np.inf
    sub = _edmonds(small)
    result = heads.copy()
    for i in range(1, m):
        result[rest[i]] = cyc[leave[i]] if sub[i] == m else rest[sub[i]]
    broken = cyc[enter[sub[m]]]
    result[broken] = rest[sub[m]]
    return result
