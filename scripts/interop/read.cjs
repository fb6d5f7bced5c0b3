// Reads GraphML and GEXF with graphology's parsers (what Gephi Lite uses) and Cytoscape JSON with cytoscape.js, and prints
// for each the number of nodes and edges. usage: read.cjs G.graphml G.gexf G.cyjs
const fs = require("node:fs");
const { MultiDirectedGraph } = require("graphology");
const { JSDOM } = require("jsdom");
const cytoscape = require("cytoscape");
const { window } = new JSDOM("");
global.DOMParser = window.DOMParser;
global.Document = window.Document;
const graphml = require("graphology-graphml/browser");
const gexf = require("graphology-gexf/browser");

const [graphmlFile, gexfFile, cyjsFile] = process.argv.slice(2);
const read = (file) => fs.readFileSync(file, "utf8");
const a = graphml.parse(MultiDirectedGraph, read(graphmlFile), { addMissingNodes: false });
const b = gexf.parse(MultiDirectedGraph, read(gexfFile), { addMissingNodes: false, allowUndeclaredAttributes: false });
const c = cytoscape({ headless: true, elements: JSON.parse(read(cyjsFile)).elements });
console.log(JSON.stringify({
  graphml: [a.order, a.size],
  gexf: [b.order, b.size],
  cyjs: [c.nodes().length, c.edges().length],
}));
