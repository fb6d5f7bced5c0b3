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

# Every reader on damaged input, SECONDS each; needs `cargo install cargo-fuzz` and a C++ compiler.
fuzz SECONDS="60":
    fuzz/run.sh {{SECONDS}}

# Every export read by the programs that people use, installed by pip, apt and npm (on Debian, as root).
interop:
    cargo build --release
    scripts/interop/run.sh target/release/newsgraph

# The same with Parquet, which is heavy to build.
interop-parquet:
    cargo build --features parquet
    scripts/interop/run.sh target/debug/newsgraph

# The explorer's page bundled anew from its sources; needs Node, which nothing else does.
explorer:
    cd src/explorer/web && npm ci --no-audit --no-fund && npm run check && npm run build

# The explorer in headless Chromium: every view, hostile texts, screenshots in target/browser.
browser:
    scripts/browser.sh
