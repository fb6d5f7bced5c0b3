#!/bin/sh
# Trains everything and writes the model: training/train.sh CORPORA [RUNS]
#
# CORPORA is a folder laid out as training/README.md says; RUNS keeps logs and checkpoints (training/runs by default).
# The two networks train side by side, one thread each.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
corpora=$1
runs=${2:-$here/runs}
python=${PYTHON:-python3}
export OMP_NUM_THREADS=1
mkdir -p "$runs"
names() {
    out=$1
    shift
    "$python" "$here/names.py" "$corpora" "$runs/$out" "$@" >> "$runs/names.log" 2>&1
}
"$python" "$here/syntax.py" "$corpora" "$runs/syntax" --epochs 40 --seed 1 > "$runs/syntax.log" 2>&1 &
syntax=$!
# Cycles of the recognizer: each starts from the averaged weights of the one before with a rate that falls anew. The last
# learns also from EWT's training text as the cycle before labels it.
names names1 --epochs 30 --stop 12 --seed 1
names names2 --epochs 9 --stop 1 --seed 2 --rate 1.5e-3 --resume "$runs/names1/names.pt"
names names3 --epochs 4 --seed 3 --rate 1.2e-3 --resume "$runs/names2/names.pt"
names names --epochs 3 --seed 5 --rate 1.1e-3 --focus --silver "$runs/names3/names.pt" --resume "$runs/names3/names.pt"
wait $syntax
"$python" "$here/lemmas.py" "$corpora" "$here/../seeds/model/lemmas.tsv"
"$python" "$here/export.py" "$corpora" "$runs/syntax/syntax.pt" "$runs/names/names.pt" "$here/../seeds/model" --domain 0
