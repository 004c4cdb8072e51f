import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { insertResults } from "./insertResults.ts";

// Puts the results of a run into the documentation: `node bench/writeDocs.ts [DIR]`, DIR as `--out` named it.
const out = resolve(process.argv[2] ?? join(import.meta.dirname, "results"));
const docs = join(import.meta.dirname, "../docs");
const page = join(docs, "benchmark.md");
writeFileSync(page, insertResults(readFileSync(page, "utf8"), readFileSync(join(out, "table.md"), "utf8")));
copyFileSync(join(out, "plot.svg"), join(docs, "benchmark.svg"));
