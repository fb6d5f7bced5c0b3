# The recipes that CI runs. `just` lists them.
default:
    @just --list

# Everything that must hold before a change lands.
ci: fmt lint test doc

fmt:
    cargo fmt --check

lint:
    cargo clippy --all-targets -- -D warnings
    cargo clippy --no-default-features -- -D warnings

# The command that the README gives.
test:
    cargo test

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

bench:
    cargo bench

# Every reader on damaged input, SECONDS each; needs a nightly toolchain and `cargo install cargo-fuzz`.
fuzz SECONDS="60":
    fuzz/run.sh {{SECONDS}}

# Every export read by the programs that people use; `scripts/interop/install.sh` installs them.
interop:
    cargo build --release
    python3 scripts/interop.py target/release/newsgraph tests/golden/formats/nasty.json --schemas scripts/interop/schemas
    python3 scripts/questions.py target/release/newsgraph tests/questions/graph.json

# The explorer's page bundled anew from its sources; needs Node, which nothing else does.
explorer:
    cd src/explorer/web && npm ci --no-audit --no-fund && npm run check && npm run build
