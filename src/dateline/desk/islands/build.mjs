// Bundles the islands into ../static. Run by `make islands`; what it makes is committed, so that nobody needs Node to use Dateline.
import { build } from "esbuild";
import { copyFile, readFile, writeFile } from "node:fs/promises";

const out = "../static";
await build({
  entryPoints: ["desk.ts", "timeline.ts", "map.ts", "network.ts"],
  bundle: true, minify: true, target: "es2022", format: "iife", charset: "utf8", legalComments: "none", outdir: out,
});
await copyFile("node_modules/uplot/dist/uPlot.min.css", `${out}/uplot.css`);
// Land only to three decimals of a quantum is what world-atlas ships: it is taken as it is.
await copyFile("node_modules/world-atlas/countries-110m.json", `${out}/world.json`);

const parts = ["htmx.org", "uplot", "d3-geo", "d3-array", "d3-force", "d3-quadtree", "d3-dispatch", "d3-timer", "d3-zoom", "d3-drag",
  "d3-selection", "d3-interpolate", "d3-color", "d3-transition", "d3-ease", "internmap", "topojson-client", "world-atlas"];
let text = "The bundled scripts and the map hold parts of these packages, each under its licence:\n";
for (const name of parts) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, "utf8"));
  let terms = "";
  for (const file of ["LICENSE", "LICENSE.md", "LICENSE.txt"]) {
    try { terms = await readFile(`node_modules/${name}/${file}`, "utf8"); break; } catch { /* the next name */ }
  }
  text += `\n=== ${name} ${version} (${license})\n${terms.trim()}\n`;
}
text += "\nworld-atlas is made from Natural Earth, which is in the public domain.\n";
await writeFile(`${out}/licences.txt`, text);
