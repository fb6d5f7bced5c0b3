// Bundles the page's code and style into dist/, with the licences of the libraries that went in. `--check` only compares.
import { build } from "esbuild";
import { readFileSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const result = await build({
  absWorkingDir: here,
  entryPoints: { explorer: "src/main.tsx" },
  outdir: "dist",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "ascii",
  legalComments: "none",
  jsx: "automatic",
  jsxImportSource: "preact",
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: false,
});

const files = new Map(result.outputFiles.map((file) => [file.path, file.text]));
files.set(join(here, "dist", "LICENSES"), licences(Object.keys(result.metafile.inputs)));

const stale = [...files].filter(([path, text]) => !existsSync(path) || readFileSync(path, "utf8") !== text);
if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`these are not what the sources make; run \`just explorer\`:\n${stale.map(([path]) => path).join("\n")}`);
    process.exit(1);
  }
} else {
  for (const [path, text] of stale) writeFileSync(path, text);
}

/** Name, version and licence text of every package that a bundled file came from. */
function licences(inputs) {
  const packages = new Set();
  for (const input of inputs) {
    const found = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input);
    if (found) packages.add(found[1]);
  }
  return [...packages].sort().map(licence).join("\n\n");
}

function licence(name) {
  const folder = join(here, "node_modules", name);
  const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = ["LICENSE", "LICENSE.txt", "LICENSE.md", "license"].map((f) => join(folder, f)).find(existsSync);
  const text = file ? readFileSync(file, "utf8").trim() : `(the package carries no text; its licence is ${license})`;
  return `${name} ${version} (${license})\n${"-".repeat(60)}\n${text}\n`;
}
