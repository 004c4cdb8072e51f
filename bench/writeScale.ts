import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { UserError } from "../src/errors.ts";
import { insertBetween } from "./insertBetween.ts";
import type { Results } from "./results.ts";
import { resultsTable } from "./resultsTable.ts";
import { measuredTable, readFigures } from "./scaleFigures.ts";
import { scaleTable } from "./scaleTable.ts";

// Puts the results of `npm run bench -- --only workers` on docs/scale.md, and what follows from them:
// `node bench/writeScale.ts [DIR]`, DIR as `--out` named it.
const out = resolve(process.argv[2] ?? join(import.meta.dirname, "results"));
const page = join(import.meta.dirname, "../docs/scale.md");
const results = JSON.parse(readFileSync(join(out, "results.json"), "utf8")) as Results;
const measurements = results.measurements.filter(({ key }) => key.startsWith("workers"));
if (new Set(measurements.map(({ run }) => run)).size !== 1)
  throw new UserError(`${out}: the workers' results were not made in one run`, {
    hint: "measure them all in one",
  });
const edit = /a changed phrase, whole command, 1,000,000 small pictures \| ([\d.]+) s/.exec(
  readFileSync(join(page, "../benchmark.md"), "utf8"),
)?.[1];
// The machine and the ratios as every benchmark prints them.
const printed = resultsTable({ ...results, measurements }).split("\n");
const ratios = printed.filter((line) => line.startsWith("| two pinned") || line.startsWith("| Ratio"));
const table = measuredTable(results, Number(edit));
const [head = "", ...ratioRows] = ratios;
const measured = [...printed.slice(0, 2), "", table, head, "|---|---:|---:|", ...ratioRows, ""].join("\n");
const write = (start: string, text: string) => {
  const before = readFileSync(page, "utf8");
  writeFileSync(page, insertBetween(before, `${start}\n`, "<!-- until here -->\n", text));
};
write("<!-- what npm run bench -- only workers -- printed -->", measured);
write("<!-- computed from the figures above -->", scaleTable(readFigures(readFileSync(page, "utf8"))));
