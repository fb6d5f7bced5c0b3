#!/usr/bin/env python3
"""Makes many articles out of the sample articles, for measuring memory and speed.

    make_articles.py COUNT [WORDS [NEWSGRAPH]] > articles.jsonl

Each article is paragraphs of the samples in a new order with the names of people, places, days and numbers exchanged, so that no
two are reprints of each other and entities, statements and dates are as many as in a real corpus. Seeds are fixed: the
same numbers give the same bytes. Read by people, the articles make no sense.
"""

import json
import random
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEWSGRAPH = sys.argv[3] if len(sys.argv) > 3 else str(ROOT / "target/release/newsgraph")
NUMBER = re.compile(r"\b(\d{1,3}(?:,\d{3})*)\b")
NAMES = re.compile(r"[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?")
PERSON = re.compile(r"\b(Mr|Ms|Mrs|Gen\.|Col\.|President|Minister|spokesman|spokeswoman) ((?:[A-Z][\w'’-]+ ?){1,2}\b)")
DAY = re.compile(r"\b(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b")
DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def table(name, column):
    """One column of a seed table."""
    lines = (ROOT / "seeds/names" / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    at = rows[0].index(column)
    return sorted({row[at] for row in rows[1:] if len(row) > at and row[at] and row[at].isascii()})


def paragraphs():
    """The paragraphs of the samples, as the program reads them."""
    run = subprocess.run([NEWSGRAPH, "articles", str(ROOT / "seeds/articles")], stdout=subprocess.PIPE, check=True)
    texts = (json.loads(line)["text"] for line in run.stdout.decode().splitlines())
    return [p for text in texts for p in text.split("\n\n") if len(p.split()) > 12]


def person(rng, given, family):
    return f"{rng.choice(given)} {rng.choice(family)}"


def varied(text, rng, names):
    """A paragraph about other people, places, days and numbers."""
    given, family, places, known = names
    text = PERSON.sub(lambda m: f"{m[1]} {person(rng, given, family)}", text)
    text = NAMES.sub(lambda m: rng.choice(places) if m[0] in known else m[0], text)
    text = DAY.sub(lambda m: rng.choice(DAYS), text)
    # Days of a month stay days of a month.
    return NUMBER.sub(lambda m: f"{rng.randrange(2, 29 if len(m[1]) < 3 else 900)}", text)


def main():
    count, words = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 600
    rng = random.Random(1)
    pool = paragraphs()
    given, places = table("given-names.tsv", "name"), table("places.tsv", "name")
    family = [a + b for a in ("Ask", "Bal", "Dor", "Kar", "Mel", "Ner", "Tov", "Var") for b in ("ali", "enko", "idze", "ov", "yan", "uri")]
    known = set(places)
    for number in range(count):
        text, have = [], 0
        while have < words:
            paragraph = varied(rng.choice(pool), rng, (given, family, places, known))
            text.append(paragraph)
            have += len(paragraph.split())
        day = f"{2019 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
        print(json.dumps({"id": f"made-{number:06}", "published": day, "source": f"Paper {number % 40}", "text": "\n\n".join(text)}))


if __name__ == "__main__":
    main()
