// Checks a script with Neo4j's own parser of Cypher: prints its complaints and how many statements it found.
// usage: cypher.cjs G.cypher
const fs = require("node:fs");
const { lintCypherQuery, parseStatementsStrs } = require("@neo4j-cypher/language-support");

const text = fs.readFileSync(process.argv[2], "utf8");
const complaints = lintCypherQuery(text, {}).diagnostics.map((d) => `line ${d.range.start.line + 1}: ${d.message}`);
console.log(JSON.stringify({ complaints, statements: parseStatementsStrs(text).length }));
