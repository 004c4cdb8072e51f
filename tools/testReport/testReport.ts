import { testCounts } from "./testCounts.ts";
import { testFacts } from "./testFacts.ts";

/** What the tests of each area hold, by the folder under `test/`. */
const areaWords: Readonly<Record<string, string>> = {
  "": "the pure parts in the middle: classifying, embeddings, chance, files that are placed whole",
  attack: "the check of the checks: that the sweep over pages finds what it looks for",
  bench: "the benchmark's own arithmetic",
  cli: "commands as a user starts them: output, exit codes, interruptions, full and read-only disks, two processes at once",
  codebook: "reading, checking and editing codebooks",
  demo: "the drawn pictures and the simulated coders",
  docs: "that the documents say what the program does",
  faults: "disks that fail at the n-th write, sync or rename, under every command that writes",
  figures: "the drawings of the report",
  fuzz: "readers fed with mutated input",
  images: "finding, reading, decoding and preprocessing pictures, against Pillow's numbers",
  kill: "processes ended by SIGKILL: nothing acknowledged is lost",
  model:
    "models: digests, downloads, hostile graphs and tokenizers, embeddings against PyTorch, int8, the self-test",
  package: "the lockfile, licences, lowest versions, npm audit",
  pipeline: "the verbs: indexing, classifying, results, samples, evaluations, determinism",
  report: "the static pages, as a browser parses them",
  review: "queues and sentences of reviews",
  server: "every route as a request: what it answers, and whom it refuses",
  stats: "statistics against published tables, R and SciPy; coverage of intervals by simulation",
  queue: "what goes through Redis: sound, hostile, lost with it",
  store: "the database: migrations, locks, damage",
  tables: "tables in and out, read back by other programs",
  validation: "drawing samples, codings, gold standards",
  web: "the screens in Chromium: keyboard, accessibility, lost connections",
};

/** The text of `docs/how-it-is-tested.md`; the same for the same suite. */
export async function testReport(root: string): Promise<string> {
  const counts = testCounts(root);
  const rows = counts.map(
    ({ area, files, tests, tables }) =>
      `| ${area === "" ? "(none)" : `\`${area}\``} | ${files} | ${tests} | ${tables} | ${areaWords[area] ?? ""} |`,
  );
  const total = (pick: (count: (typeof counts)[number]) => number) =>
    counts.reduce((sum, count) => sum + pick(count), 0);
  const facts = await Promise.all(
    testFacts.map(async ({ what, count }) => ({ what, number: await count(root) })),
  );
  const factRows = facts.flatMap(({ what, number }) =>
    number === undefined ? [] : [`| ${number.toLocaleString("en")} | ${what} |`],
  );
  return `# How Clipbook is tested

This page is written by \`npm run docs:tests\` from the suite itself, and a test fails when it is out of date.

\`npm test\` runs everything below on a machine without a network, without mocks: real SQLite, real pictures, real ONNX Runtime on
small models, the server by its requests, the command line as a process of its own, the screens in Chromium. What needs something
that a machine may lack (a browser, the right to mount, an emulator, another user) says so and is left out there.

## Tests

Counted in the files, as they are written: a test that runs over a table of cases counts once in "tests" and once in "over
tables", however many cases it has, and one in a loop once. So more of them run than are counted here.

| area | files | tests | over tables | what they hold |
|---|---:|---:|---:|---|
${rows.join("\n")}
| **all** | **${total(({ files }) => files)}** | **${total(({ tests }) => tests)}** | **${total(({ tables }) => tables)}** | |

## What else is counted

| number | of what |
|---:|---|
${factRows.join("\n")}

## Kinds of tests

- **Against someone else's numbers.** Embeddings, pixels, tokens and probabilities against PyTorch, transformers and Pillow;
  statistics against published tables, R, scikit-learn and SciPy; tables against Python's csv module and another CSV reader. The
  versions are in the fixtures.
- **By simulation.** Intervals and corrected shares are drawn again and again from a known truth, and must cover it as often as
  they say.
- **Broken and hostile input.** Files, names, tables, codebooks, archives, models and servers that are damaged, lie or attack are
  made by code, each with the answer that it must get.
- **Crashes.** Processes are killed, disks are filled or taken away, standard output is closed; what was acknowledged must be there
  afterwards, and the final table must have the same bytes.
- **At random.** \`npm run fuzz\` changes codebooks, drafts, tables, pictures and archives byte by byte for as long as one likes; CI tries
  the first 4,000 changes of each. What it finds becomes a fixture.
- **Determinism.** Batch size, number of threads, order, neighbours and an interruption change no bit of an embedding, a probability
  or a table.
- **In a browser.** Every screen is used by mouse and keyboard in Chromium, and checked by axe for accessibility.

## What is not covered

- **The published models themselves.** Their files are too large for the suite: it runs the demo's model and two tiny ones with random
  weights. What runs is the same code. A registered model is held to its files' digests, and to a self-test where its values
  are recorded (\`clipbook models\` says where).
- **How well a model sorts your pictures.** No test can tell; the validation in Clipbook is for that.
- **Other processors and systems.** The suite runs on Linux on x86-64, with int8 on an emulated older processor as well. macOS, Windows
  and ARM have the same code and no run of their own here.
- **Other browsers** than Chromium.
- **A graph that means harm within its rights.** A model from elsewhere may compute for ever or ask for all memory; it
  cannot open connections, or files outside its folder.
`;
}
