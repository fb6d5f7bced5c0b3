#!/usr/bin/env bash
# Runs every fuzz target for a bounded time: fuzz/run.sh [SECONDS [TARGET...]]. Corpora begin with files of the repository.
# Works with the stable toolchain: LLVM's coverage needs no nightly, only sanitizers do. NO_BUILD=1 runs what was built before.
set -euo pipefail
cd "$(dirname "$0")"
seconds=${1:-60}
shift || true
targets=("$@")
[ ${#targets[@]} -gt 0 ] || mapfile -t targets < <(cargo fuzz list)
[ -n "${NO_BUILD:-}" ] || cargo fuzz build -s none
built=target/$(rustc -vV | sed -n 's/host: //p')/release

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
    # Extraction with the model is slow under coverage: more short texts are tried than long ones.
    if [ "$target" = reading ]; then longest=600; else longest=20000; fi
    mkdir -p "$corpus"
    seeds "$target" | while read -r file; do
        { mark "$file"; head -c $((longest - 1)) "$file"; } > "$corpus/seed-$(basename "$file")"
    done
    if [ "$target" = compressed ]; then
        for file in ../seeds/articles/*.txt; do gzip -nc "$file" > "$corpus/seed-$(basename "$file").gz"; done
    fi
    echo "== $target"
    mkdir -p "artifacts/$target"
    # One process, one worker; a failure ends the target and leaves its input in `artifacts`.
    "$built/$target" "$corpus" -artifact_prefix="artifacts/$target/" -max_total_time="$seconds" -max_len="$longest" -timeout=20 \
        -rss_limit_mb=4096 -print_final_stats=1 2>&1 | grep -aE 'DONE|stat::number_of_executed_units|stat::peak_rss|SUMMARY|panicked|ERROR|Test unit' || true
done
