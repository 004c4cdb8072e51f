import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../src/errors.ts";
import { insertBetween } from "./insertBetween.ts";
import { readmeTable } from "./readmeTable.ts";
import type { Results } from "./results.ts";

// Puts the results of a run into the documentation: `node bench/writeDocs.ts [DIR]`, DIR as `--out` named it.
const out = resolve(process.argv[2] ?? join(import.meta.dirname, "results"));
const root = join(import.meta.dirname, "..");
const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
const runs = new Set(results.measurements.map(({ run }) => run));
if (runs.size > 1) {
  throw new UserError(`${out}: the results were made in ${runs.size} runs`, {
    hint: "measure everything in one: what the page says holds for one run",
  });
}
const into = (path: string, start: string, end: string, text: string) => {
  const page = join(root, path);
  writeFileSync(page, insertBetween(readFileSync(page, "utf8"), start, end, text));
};
const table = readFileSync(join(out, "table.md"), "utf8");
into("docs/benchmark.md", "<!-- what npm run bench printed -->\n", "<!-- until here -->\n", table);
into(
  "README.md",
  "<!-- from docs/benchmark.md -->\n",
  "<!-- until here -->\n",
  readmeTable(results.measurements),
);
copyFileSync(join(out, "plot.svg"), join(root, "docs/benchmark.svg"));
