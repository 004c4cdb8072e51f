import { PassThrough } from "node:stream";
import { describe, expect, it } from "vitest";
import { type CheckStudyOptions, checkStudy } from "../../src/cli/checkStudy.ts";
import { displayWidth } from "../../src/cli/displayWidth.ts";
import type { Terminal } from "../../src/cli/terminal.ts";
import { seededRandom } from "../../src/seededRandom.ts";
import { knownStudy } from "../pipeline/diagnostics/knownStudy.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { runClipbook } from "./runClipbook.ts";

/** A study whose phrases of hostile names are partly useless, with a coded pilot sample. */
async function codedStudy() {
  const random = seededRandom(8);
  const vector = () => Array.from({ length: 6 }, () => random() - 0.5);
  const categories = [
    {
      name: "Dogs \u202eand cats 🐕",
      phrases: ["a dog\u001b[31m on a lawn", "a cat", "a very long phrase ".repeat(9)],
    },
    { name: "漢字の分類", phrases: ["写真", "a portrait"] },
    { name: "Other", phrases: ["a street"] },
  ];
  const made = await knownStudy({
    images: Array.from({ length: 200 }, vector),
    codebook: { title: "Pets", templates: [], categories },
    vectorOf: vector,
    failed: 3,
    changes: { logitScale: 5 },
  });
  const pilot = plainSample(made.study, made.run, { name: "first look", purpose: "pilot", perCategory: 30 });
  made.code(pilot, (position) => (position % 5 === 0 ? (categories[0]?.name ?? "") : "Other"));
  return made;
}

async function check(
  study: Awaited<ReturnType<typeof codedStudy>>,
  { columns = 80, ...options }: Partial<CheckStudyOptions> & { readonly columns?: number } = {},
) {
  let stdout = "";
  const terminal: Terminal = {
    stdout: (text) => {
      stdout += text;
    },
    stderr: () => undefined,
    stdoutStream: new PassThrough(),
    redraw: () => undefined,
    isInteractive: false,
    columns,
    signal: new AbortController().signal,
    environment: {},
  };
  await checkStudy({ study: study.study.directory, templates: false, ...options }, terminal);
  return stdout;
}

describe("clipbook check --study", () => {
  it("prints all figures as JSON", async () => {
    const study = await codedStudy();
    const found = JSON.parse(await check(study, { json: true }));
    const { scorings, ...wanted } = JSON.parse(JSON.stringify(await study.diagnose()));
    expect(found).toEqual({ ...wanted, scorings });
    expect(found).toMatchObject({ runId: 1, units: 200, failedUnits: 3, gold: { sample: "first look" } });
  });

  it("prints what is weak first, with advice, then tables as wide as the terminal", async () => {
    const study = await codedStudy();
    const text = await check(study);
    const places = [
      'Run 1, "Pets": 200 images',
      'Gold: 90 images of the pilot sample "first look"',
      "Worth a look, the weakest first",
      "is mostly wrong",
      "hint: look at what it wins",
      "Phrases by category",
      "\nCategories",
      "Scoring rules",
      "Prompt stability",
      "not measured: not asked for",
    ].map((words) => text.indexOf(words));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBe(0);
    // Nothing that a terminal would obey.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/u);
    for (const columns of [40, 60, 80, 132]) {
      const narrow = await check(study, { columns });
      for (const line of narrow.split("\n")) expect(displayWidth(line), line).toBeLessThanOrEqual(columns);
    }
  });

  it("notes a look, and refuses a sealed sample without ending", async () => {
    const study = await codedStudy();
    const sealed = plainSample(study.study, study.run, { name: "sealed", isSealed: true });
    study.code(sealed, () => "Other");
    const text = await check(study, { sample: "sealed" });
    expect(text.replaceAll("\n", " ")).toContain('No gold figures: sample "sealed" is sealed');
    expect(text).not.toContain("macro-F1");
    expect(study.study.samples.openings(sealed.id)).toEqual([]);
    await check(study);
    const [pilot] = study.study.samples.list();
    expect(study.study.samples.openings(pilot?.id ?? 0)).toMatchObject([{ how: "check" }]);
    await expect(check(study, { run: 7 })).rejects.toThrow("there is no run 7");
  });

  it("takes either a file or a study", async () => {
    const { study } = await codedStudy();
    const run = (...args: string[]) => runClipbook(["check", ...args]);
    const both = await run("codebook.yaml", "--study", study.directory);
    expect(both).toMatchObject({ code: 1, stderr: expect.stringContaining("are both named") });
    const scoring = await run("--study", study.directory, "--scoring", "max");
    expect(scoring.stderr).toContain("--scoring does not go with --study");
    expect((await run("--sample", "pilot")).stderr).toContain("add --study DIR");
    const good = await run("--study", study.directory, "--no-templates");
    expect(good).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("Scoring rules") });
  });
});
