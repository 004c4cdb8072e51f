import type { QueueJob } from "../../src/queue/jobForms.ts";

const digest = "ab".repeat(32);

/** A job as coordinators write it. */
export function soundJob(): QueueJob {
  const unit = { sha256: digest, sizeBytes: 1000, root: "archive", path: "2020/a b#c.jpg" };
  return { encoder: digest, view: "center", maxPixels: 1e8, units: [unit] };
}

/** A result as workers write it. */
export function soundResult() {
  const outcome = { kind: "failed", code: "corrupt", sentence: "it is damaged" };
  return { job: "job-1", worker: "1-ab", outcomes: [outcome] as unknown[], vectors: "" as unknown };
}

const huge = "x".repeat(100_000_000);

const unit = (changes: object) => ({ ...soundJob(), units: [{ ...soundJob().units[0], ...changes }] });
const outcome = (one: unknown) => ({ ...soundResult(), outcomes: [one] });
const embedded = { kind: "embedded", format: "jpeg", widthPx: 1, heightPx: 1 };

/** What no coordinator writes as a job, by what is wrong with it. */
export const hostileJobs: readonly (readonly [what: string, job: unknown])[] = [
  ["nothing", null],
  ["a text", "job"],
  ["a list", [soundJob()]],
  ["no units", { ...soundJob(), units: [] }],
  ["too many units", { ...soundJob(), units: Array.from({ length: 1025 }, () => soundJob().units[0]) }],
  ["a million units", { ...soundJob(), units: Array(1_000_000).fill(null) }],
  ["a step up", unit({ path: "../secret.jpg" })],
  ["a step up in the middle", unit({ path: "a/../../secret.jpg" })],
  ["a step up at the end", unit({ path: "a/.." })],
  ["an absolute path", unit({ path: "/etc/passwd" })],
  ["an empty path", unit({ path: "" })],
  ["a path with a zero", unit({ path: "a.jpg\0.png" })],
  ["a path of 100 MB", unit({ path: huge })],
  ["a digest that is none", unit({ sha256: "../../x" })],
  ["a digest in capitals", unit({ sha256: "AB".repeat(32) })],
  ["a negative size", unit({ sizeBytes: -1 })],
  ["a broken size", unit({ sizeBytes: 1.5 })],
  ["a size that is no whole number of JavaScript", unit({ sizeBytes: 2 ** 60 })],
  ["a root of 100 MB", unit({ root: huge })],
  ["another view", { ...soundJob(), view: "fisheye" }],
  ["the prototype's name as a view", { ...soundJob(), view: "__proto__" }],
  ["an encoder by path", { ...soundJob(), encoder: "/tmp/model" }],
  ["no limit on pixels", { ...soundJob(), maxPixels: null }],
  ["a limit below zero", { ...soundJob(), maxPixels: -1 }],
  ["a field too many", { ...soundJob(), command: "rm -rf /" }],
  ["a prototype", JSON.parse(JSON.stringify(soundJob()).replace("{", '{"__proto__":{"units":[]},'))],
  ["a unit's field too many", unit({ url: "http://169.254.169.254/" })],
];

/** What no worker writes as a result. */
export const hostileResults: readonly (readonly [what: string, result: unknown])[] = [
  ["nothing", null],
  ["no outcomes", { ...soundResult(), outcomes: [] }],
  ["too many outcomes", { ...soundResult(), outcomes: Array(1025).fill(soundResult().outcomes[0]) }],
  ["a kind that there is not", outcome({ kind: "done" })],
  ["a reason that there is not", outcome({ kind: "failed", code: "hacked", sentence: "x" })],
  ["the prototype's name as a reason", outcome({ kind: "failed", code: "constructor", sentence: "x" })],
  ["a sentence of 100 MB", outcome({ kind: "failed", code: "corrupt", sentence: huge })],
  ["vectors of 100 MB", { ...soundResult(), vectors: huge }],
  ["vectors as a list", { ...soundResult(), vectors: [1, 2, 3] }],
  ["a picture without width", outcome({ ...embedded, widthPx: 0 })],
  ["a picture of endless width", outcome({ ...embedded, widthPx: 1e300 })],
  ["a format with a script", outcome({ ...embedded, format: "<script>" })],
  ["a format of 100 MB", outcome({ ...embedded, format: huge })],
  ["a field too many", { ...soundResult(), isTrusted: true }],
  ["a prototype", JSON.parse(JSON.stringify(soundResult()).replace("{", '{"__proto__":{"x":1},'))],
  ["another job's name of 100 MB", { ...soundResult(), job: huge }],
];
