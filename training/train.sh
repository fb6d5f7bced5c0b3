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
"$python" "$here/syntax.py" "$corpora" "$runs/syntax" --epochs 40 --seed 1 > "$runs/syntax.log" 2>&1 &
syntax=$!
"$python" "$here/names.py" "$corpora" "$runs/names" --epochs 30 --seed 1 > "$runs/names.log" 2>&1
wait $syntax
"$python" "$here/lemmas.py" "$corpora" "$here/../seeds/model/lemmas.tsv"
"$python" "$here/export.py" "$corpora" "$runs/syntax/syntax.pt" "$runs/names/names.pt" "$here/../seeds/model"
