// Reads GraphML and GEXF with graphology's parsers (what Gephi Lite uses) and Cytoscape JSON with cytoscape.js, and prints
// for each the number of nodes and edges, and how often one entity is mentioned. usage: read.cjs G.graphml G.gexf G.cyjs ENTITY
const fs = require("node:fs");
const { MultiDirectedGraph } = require("graphology");
const { JSDOM } = require("jsdom");
const cytoscape = require("cytoscape");
const { window } = new JSDOM("");
global.DOMParser = window.DOMParser;
global.Document = window.Document;
const graphml = require("graphology-graphml/browser");
const gexf = require("graphology-gexf/browser");

const [graphmlFile, gexfFile, cyjsFile, entity] = process.argv.slice(2);
const read = (file) => fs.readFileSync(file, "utf8");
const a = graphml.parse(MultiDirectedGraph, read(graphmlFile), { addMissingNodes: false });
const b = gexf.parse(MultiDirectedGraph, read(gexfFile), { addMissingNodes: false, allowUndeclaredAttributes: false });
const c = cytoscape({ headless: true, elements: JSON.parse(read(cyjsFile)).elements });
const graphmlNode = a.findNode((_, attributes) => attributes.entity === entity);
console.log(JSON.stringify({
  graphml: [a.order, a.size, a.getNodeAttribute(graphmlNode, "mentions")],
  gexf: [b.order, b.size, b.getNodeAttribute(entity, "mentions")],
  cyjs: [c.nodes().length, c.edges().length, c.getElementById(entity).data("mentions")],
}));
