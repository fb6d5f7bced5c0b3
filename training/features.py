"""What the networks see of a word: hashed buckets computed from its letters alone.

The same functions are written in Rust (`src/nlp/network/features.rs`); `reference.json` holds them equal.
Everything here depends on the form alone, so that inference may cache a word's first projection.
"""

FNV_OFFSET = 0x811C9DC5
FNV_PRIME = 0x01000193
MASK = 0xFFFFFFFF

#: Letters kept of a long token: this many from its front and as many from its back.
HALF = 16

#: Rows of the shape table: hashed shapes, then case classes, then lengths.
SHAPES = 2016
CASES = 8
LENGTHS = 16
SHAPE_ROWS = SHAPES + CASES + LENGTHS

QUOTES = {"‘": "'", "’": "'", "‚": "'", "`": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
          "–": "-", "—": "-", "−": "-", "‑": "-", "…": "..."}


def fnv(data: bytes, state: int = FNV_OFFSET) -> int:
    """FNV-1a over bytes, 32 bits, with a last mixing step so that low bits depend on all."""
    for b in data:
        state = ((state ^ b) * FNV_PRIME) & MASK
    state ^= state >> 15
    state = (state * 0x2C1B3C6D) & MASK
    return state ^ (state >> 12)


def plain(form: str) -> str:
    """The form with typographic marks written as ASCII and its middle cut out if it is very long."""
    out = "".join(QUOTES.get(c, c) for c in form)
    if out in ("''", "``"):
        out = '"'
    return out[:HALF] + out[-HALF:] if len(out) > 2 * HALF else out


def key(form: str) -> str:
    """The vocabulary's spelling: lower case, every ASCII digit a zero."""
    return "".join("0" if "0" <= c <= "9" else c for c in plain(form).lower())


def word_hash(form: str) -> int:
    return fnv(key(form).encode())


def shape(text: str) -> str:
    """Letters as X or x, digits as d, the rest as it is; runs cut to two."""
    out = []
    for c in text:
        s = "d" if "0" <= c <= "9" else "X" if c.isupper() else "x" if c.isalpha() else c
        if len(out) >= 2 and out[-1] == s and out[-2] == s:
            continue
        out.append(s)
    return "".join(out)


def case_class(text: str) -> int:
    letters = [c for c in text if c.isalpha()]
    if not letters:
        return 7 if any("0" <= c <= "9" for c in text) else 6
    upper = sum(c.isupper() for c in letters)
    if any("0" <= c <= "9" for c in text):
        return 5
    if upper == 0:
        return 0
    if upper == len(letters):
        return 1 if len(letters) > 1 else 3
    return 2 if letters[0].isupper() and upper == 1 else 4


class Sizes:
    """How many buckets each hashed table has."""

    def __init__(self, prefix, suffix, gram):
        self.prefix, self.suffix, self.gram = prefix, suffix, gram


def groups(form: str, vocab: dict, sizes: Sizes):
    """Row indices into the five tables: word (none if unknown), prefix, suffix, gram, shape."""
    text = plain(form)
    low = key(form)
    word = vocab.get(fnv(low.encode()))
    n = len(low)
    pre = [fnv(b"<" + low[:k].encode()) % sizes.prefix for k in range(1, min(4, n) + 1)]
    suf = [fnv(b">" + low[n - k:].encode()) % sizes.suffix for k in range(1, min(4, n) + 1)]
    edged = "<" + low + ">"
    grams = [fnv(edged[i:i + k].encode()) % sizes.gram for k in (3, 4) for i in range(len(edged) - k + 1)]
    shp = [fnv(b"#" + shape(text).encode()) % SHAPES, SHAPES + case_class(text),
           SHAPES + CASES + min(len(text), LENGTHS - 1)]
    return ([] if word is None else [word]), pre, suf, grams, shp
