#!/usr/bin/env bash
# The explorer in a real browser. usage: scripts/browser.sh [NEWSGRAPH]; without a program it builds a release.
# Node and Chromium must be there; the second is installed where apt-get may. Screenshots lie in target/browser.
set -euo pipefail
cd "$(dirname "$0")/.."
program=${1:-target/release/newsgraph}
[ $# -gt 0 ] || cargo build --release
command -v node >/dev/null || { echo "the browser tests need Node 20 or later" >&2; exit 1; }
browser=$(command -v chromium || command -v chromium-browser || command -v google-chrome || true)
if [ -z "$browser" ]; then
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null
    browser=$(command -v chromium)
fi
web=src/explorer/web
# Installed once, and again when the pinned versions change.
if ! cmp -s $web/package-lock.json $web/node_modules/.package-lock.seen; then
    (cd $web && npm ci --no-audit --no-fund --silent)
    cp $web/package-lock.json $web/node_modules/.package-lock.seen
fi
(cd $web && npm run --silent check && npm run --silent build -- --check)
NEWSGRAPH=$(realpath "$program") CHROMIUM=$browser OUT=$PWD/target/browser \
    node --test --test-concurrency=1 --test-reporter=spec $web/test/browser.test.mjs
