#!/bin/sh
# Ring two of the tests: installs the readers, then has them read every export of the sample articles and of the nasty graph.
# usage: run.sh NEWSGRAPH
set -eu
here=$(dirname "$0")
"$here/install.sh"
graphs=$(mktemp -d)
trap 'rm -rf "$graphs"' EXIT
"$1" build "$here/../../seeds/articles" -o "$graphs/sample.json"
"$here/.venv/bin/python" "$here/../interop.py" "$1" "$graphs/sample.json" "$here/../../tests/golden/formats/nasty.json"
"$here/.venv/bin/python" "$here/../questions.py" "$1" "$here/../../tests/questions/graph.json"
