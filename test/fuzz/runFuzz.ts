// npm run fuzz -- [--seconds N | --cases N] [--seed S] [--target NAME] [--file PATH] [--findings DIR]
import { randomInt } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { caseBytes } from "./caseBytes.ts";
import { fuzzRun } from "./fuzzRun.ts";
import { fuzzTargetOf, fuzzTargets } from "./fuzzTargets.ts";

const { values } = parseArgs({
  options: {
    /** In total, over all targets. */
    seconds: { type: "string", default: "900" },
    /** For each target, however long they take. */
    cases: { type: "string" },
    seed: { type: "string" },
    target: { type: "string" },
    /** Tries this one file on the target and nothing else. */
    file: { type: "string" },
    findings: { type: "string", default: "fuzz-findings" },
  },
});

const say = (line: string) => process.stdout.write(`${line}\n`);
const targets = values.target === undefined ? fuzzTargets : [fuzzTargetOf(values.target)];
if (values.file !== undefined) {
  for (const target of targets) await target.check(readFileSync(values.file));
  say("no fault");
  process.exit();
}
const seed = Number(values.seed ?? randomInt(2 ** 31));
const limit =
  values.cases === undefined
    ? { seconds: Number(values.seconds) / targets.length, cases: Number.POSITIVE_INFINITY }
    : { seconds: Number.POSITIVE_INFINITY, cases: Number(values.cases) };
if (!Number.isSafeInteger(seed) || !(limit.seconds > 0) || !(limit.cases > 0)) {
  throw new RangeError("--seed, --seconds and --cases are numbers");
}
say(`seed ${seed}`);
let found = 0;
for (const target of targets) {
  const begun = performance.now();
  const { cases, findings } = await fuzzRun(target.name, seed, limit);
  const seconds = (performance.now() - begun) / 1000;
  say(`${target.name}: ${cases} cases, ${Math.round(cases / seconds)} a second, ${findings.length} findings`);
  for (const { index, reason } of findings) {
    mkdirSync(values.findings, { recursive: true });
    const path = join(values.findings, `${target.name}-${seed}-${index}.bin`);
    writeFileSync(path, caseBytes(target, seed, index));
    say(`${path}: ${reason}\n  again: npm run fuzz -- --target ${target.name} --file ${path}`);
    say(`  once mended: move it to test/fixtures/fuzz/${target.name}/`);
  }
  found += findings.length;
}
process.exit(found > 0 ? 1 : 0);
