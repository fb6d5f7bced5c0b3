#!/usr/bin/env bash
# Runs every fuzz target for a bounded time: fuzz/run.sh [SECONDS [TARGET...]]. Corpora begin with files of the repository.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo +nightly fuzz list)

# The files of ours that a target's corpus begins with.
seeds() {
    case $1 in
        text | reading) find ../seeds/articles ../tests/text -name '*.txt' ;;
        markdown) find ../seeds/articles -name '*.md' ;;
        html) find ../tests/html ../seeds/articles -name '*.html' ;;
        json) find ../seeds/articles -name '*.json*' ;;
        conllu) find ../tests/data -name '*.conllu' ;;
        graph) find ../tests/golden -name '*.json' ;;
        rdf) find ../tests/golden -name '*.ttl' -o -name '*.trig' -o -name '*.nt' -o -name '*.nq' -o -name '*.rdf' -o -name '*.jsonld' ;;
        seeds) find ../seeds/rules ../ontology -name '*.toml' ;;
    esac
}

# The byte by which the target `rdf` picks a syntax.
mark() {
    case $1 in
        *.ttl) printf '\000' ;; *.trig) printf '\001' ;; *.nt) printf '\002' ;;
        *.nq) printf '\003' ;; *.rdf) printf '\004' ;; *.jsonld) printf '\005' ;;
    esac
}

for target in "${targets[@]}"; do
    corpus=corpus/$target
    mkdir -p "$corpus"
    seeds "$target" | while read -r file; do
        { mark "$file"; head -c 19999 "$file"; } > "$corpus/seed-$(basename "$file")"
    done
    if [ "$target" = compressed ]; then
        for file in ../seeds/articles/*.txt; do gzip -nc "$file" > "$corpus/seed-$(basename "$file").gz"; done
    fi
    echo "== $target"
    cargo +nightly fuzz run -s none "$target" -- -max_total_time="$seconds" -max_len=20000 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 2>&1 \
        | grep -E 'stat::number_of_executed_units|SUMMARY|panicked|ERROR|Test unit' || true
done
