#!/bin/sh
# Measures the model and the reading of text with the program as it is: training/measure.sh CORPORA [NEWSGRAPH]
#
# CORPORA is a folder laid out as training/README.md says; NEWSGRAPH is the program, target/release/newsgraph by default.
# Prints one line a measure. Speed is processor time of one thread, start and loading included.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
corpora=$1
newsgraph=${2:-$here/../target/release/newsgraph}
python=${PYTHON:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Scores what the program predicts for the tokens of a gold file: gold CONLLU LABEL
gold() {
    "$newsgraph" parse --from conllu --to conllu "$1" -o "$work/found.conllu"
    printf '%s: ' "$2"
    "$python" "$here/score.py" "$1" "$work/found.conllu"
}

gold "$corpora/ewt/en_ewt-ud-test.conllu" "EWT test"
cat "$corpora"/gum/test/GUM_news*.conllu > "$work/news.conllu"
gold "$work/news.conllu" "GUM news test"
cat "$corpora"/gum/test/*.conllu > "$work/gum.conllu"
gold "$work/gum.conllu" "GUM test, all genres"

# The same sentences as EWT test, so that the names are looked for in tokens that the program has not chosen.
printf 'names, UNER EWT test: '
"$newsgraph" parse --from conllu --to conllu "$corpora/ewt/en_ewt-ud-test.conllu" -o "$work/found.conllu"
"$python" "$here/score.py" --names "$corpora/uner_ewt/en_ewt-ud-test.iob2" "$work/found.conllu"

echo 'from raw text, GUM news (train, dev and test of that genre):'
"$python" "$here/score_tokens.py" "$corpora"/gum/*/GUM_news*.conllu -- "$newsgraph" parse -j 1

"$python" - "$newsgraph" "$here/../seeds/articles" <<'PYTHON'
import json, resource, subprocess, sys, time

newsgraph, folder = sys.argv[1:]


def seconds(command, text):
    """Processor time and wall time of a command that reads from standard input."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run(command, input=text, stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.monotonic() - began


starts = [seconds([newsgraph, "parse", "-j", "1"], b"Shelling resumed near the town on Monday.") for _ in range(20)]
print(f"start of parse on one sentence: {min(w for _, w in starts) * 1000:.0f} ms at best, "
      f"{sorted(c for c, _ in starts)[10] * 1000:.0f} ms of processor time in the middle")
lines = subprocess.run([newsgraph, "articles", folder], stdout=subprocess.PIPE, check=True).stdout.splitlines()
# The samples, thrice: no word of theirs is met for the first time only.
text = "\n\n".join(json.loads(line)["text"] for line in lines * 3).encode()
words = len(text.split())
taken = seconds([newsgraph, "parse", "-j", "1", "--prose"], text)[0] - sorted(c for c, _ in starts)[10]
print(f"parse, one thread: {words / taken:.0f} words/s of processor time over {words} words")
PYTHON
