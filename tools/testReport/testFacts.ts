import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A number of the suite beside its counts of tests. */
export interface TestFact {
  readonly what: string;
  /** Undefined where what it counts is not there: the fact is left out then. */
  count(root: string): Promise<number | undefined>;
}

/**
 * What `docs/how-it-is-tested.md` counts besides tests: each from the code or the file that the tests themselves use. To be
 * extended here.
 */
export const testFacts: readonly TestFact[] = [
  {
    what: "sets of values of statistics, from published tables and other implementations (`test/fixtures/statistics.json`)",
    count: async (root) => (await readJson(root, "test/fixtures/statistics.json")).vectors.length,
  },
  {
    what: "pictures whose pixels, embeddings and probabilities PyTorch, transformers and Pillow have given (`test/fixtures/reference`)",
    count: async (root) => (await readJson(root, "test/fixtures/reference/golden.json")).images.length,
  },
  {
    what: "damaged and odd picture files that are made and opened (`test/fixtures/faults`)",
    count: (root) => lengthOf(root, "test/fixtures/faults/faultFiles.ts", "faultFiles"),
  },
  {
    what: "texts made to attack, in every place of a study that holds a user's text (`test/attack`)",
    count: async (root) =>
      Object.keys((await load(root, "test/attack/attackStrings.ts")).attackStrings).length,
  },
  {
    what: "damaged and lying ONNX graphs that are opened (`test/model/onnx/hostileGraphs.ts`)",
    count: async (root) => {
      const graph = readFileSync(join(root, "test/fixtures/reference/tiny-clip/onnx/vision_model.onnx"));
      const { hostileGraphs } = await load(root, "test/model/onnx/hostileGraphs.ts");
      return hostileGraphs(graph, () => 0.5).length;
    },
  },
  {
    what: "readers that are fed mutated input, in every run for a moment and by `npm run fuzz` for as long as one likes",
    count: (root) => lengthOf(root, "test/fuzz/fuzzTargets.ts", "fuzzTargets"),
  },
  {
    what: "processes that are ended by SIGKILL in the middle of their work (`test/kill`)",
    count: (root) => sumOf(root, "test/kill/kills.ts", "kills"),
  },
  {
    what: "files of tests that look at screens and pages in Chromium",
    count: async (root) =>
      globSync("test/**/*.test.{ts,tsx}", { cwd: root }).filter((path) =>
        /chromium|playwright/.test(readFileSync(join(root, path), "utf8")),
      ).length,
  },
];

// biome-ignore lint/suspicious/noExplicitAny: files of tests have whatever form their tests want
type Loaded = any;

async function readJson(root: string, path: string): Promise<Loaded> {
  return JSON.parse(readFileSync(join(root, path), "utf8"));
}

async function load(root: string, path: string): Promise<Loaded> {
  return import(pathToFileURL(join(root, path)).href);
}

/** The length of an exported list, or of the list that an exported function makes. */
async function lengthOf(root: string, path: string, name: string): Promise<number | undefined> {
  if (!existsSync(join(root, path))) return undefined;
  const exported = (await load(root, path))[name];
  return (typeof exported === "function" ? await exported() : exported).length;
}

/** The sum of an exported record of numbers. */
async function sumOf(root: string, path: string, name: string): Promise<number | undefined> {
  if (!existsSync(join(root, path))) return undefined;
  const numbers: readonly number[] = Object.values((await load(root, path))[name]);
  return numbers.reduce((sum, number) => sum + number, 0);
}
