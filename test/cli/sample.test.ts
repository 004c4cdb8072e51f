import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { recordVerdict } from "../../src/pipeline/reviews/recordVerdict.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { type PlainRunSpec, plainRun } from "../pipeline/plainRun.ts";
import { plainSample } from "../pipeline/samples/plainSample.ts";
import { temporaryFolder } from "../temporaryFolder.ts";
import { makeDemoStudy } from "../web/demoStudy.ts";
import { runClipbook } from "./runClipbook.ts";

/** A closed study with a run. */
function studyFolder(spec: PlainRunSpec = { sizes: [300, 90, 12], names: ["Protest", "Porträt", "町並み"] }) {
  const { folder, study } = plainRun(spec);
  study.close();
  return folder;
}

/** The samples of a study, with their members. */
function samplesOf(folder: string) {
  const study = openStudy(folder, { mustExist: true });
  const samples = study.samples
    .list()
    .map((sample) => ({ sample, members: study.samples.members(sample.id) }));
  study.close();
  return samples;
}

const sample = (folder: string, ...args: string[]) => runClipbook(["sample", "--study", folder, ...args]);

describe("clipbook sample", () => {
  it("plans: prints what would be drawn and how wide the intervals would be, and draws nothing", async () => {
    const folder = studyFolder();
    const { code, stdout, stderr } = await sample(folder, "--plan", "--size", "120", "--floor", "30");
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toContain(
      "Stratified by predicted category, at least 30 of each: 120 of 402 images of run 1\n",
    );
    expect(stdout).toMatch(/Protest +300 +67 +0\.2233\n/);
    expect(stdout).toMatch(/町並み +12 +12 +1\.0000\n/);
    expect(stdout).toMatch(/accuracy ±\d+\.\d, macro-F1 ±\d+\.\d\n/);
    expect(stdout).toContain("Nothing was drawn.");
    expect(samplesOf(folder)).toEqual([]);
    const json = JSON.parse(
      (await sample(folder, "--plan", "--size", "120", "--floor", "30", "--json")).stdout,
    );
    expect(json.parts.map(({ drawn }: { drawn: number }) => drawn)).toEqual([67, 41, 12]);
    expect(json.expected.categories).toHaveLength(3);
  });

  // Cochran 1977, section 4.4: 1067.07 / (1 + 1066.07 / 402) and 384.15 / (1 + 383.15 / 402); Wilson's half width at a half is
  // z / (2 sqrt(n + z^2)), so that n = z^2 / (4 d^2) - z^2.
  it("plans a simple random sample with the textbooks' sizes", async () => {
    const { stdout } = await sample(studyFolder(), "--plan", "--design", "simple", "--size", "120");
    expect(stdout).toContain("A share within ±3 points takes 293 images at most (Cochran 1977), or 1,064 of");
    expect(stdout).toContain("A share within ±5 points takes 197 images at most (Cochran 1977), or 381 of");
  });

  it("draws, gives coders their links, and lists them; a second time it refuses and changes nothing", async () => {
    const folder = studyFolder();
    const args = [
      "--size",
      "120",
      "--floor",
      "30",
      "--sealed",
      "--coders",
      "Anna, Ben",
      "--adjudicator",
      "Cleo",
    ];
    const drawn = await sample(folder, ...args);
    expect([drawn.code, drawn.stderr]).toEqual([0, ""]);
    expect(drawn.stdout).toContain(
      'Sample "test" (test): 120 of 402 images of run 1, stratified by predicted category, at least 30 of each, seed 1\n',
    );
    expect(drawn.stdout).toContain("sealed: its results are shown when the codebook is frozen");
    const links = [...drawn.stdout.matchAll(/^ {2}(\w+) +(coder|adjudicator) +\/code\/([\w-]{22})$/gm)];
    expect(links.map(([, name, role]) => [name, role])).toEqual([
      ["Anna", "coder"],
      ["Ben", "coder"],
      ["Cleo", "adjudicator"],
    ]);
    const before = samplesOf(folder);
    expect(before[0]?.members).toHaveLength(120);

    const again = await sample(folder, ...args);
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/^error: sample "test" exists already: drawn on \S+ from run 1\nhint: /);
    expect(samplesOf(folder)).toEqual(before);

    const listed = await sample(folder, "--list");
    expect(listed.stdout).toContain('"test": test, 120 images of run 1');
    expect(listed.stdout).toContain(`Anna        coder  0 of 120  /code/${links[0]?.[3]}`);
    expect(listed.stdout).toContain("The codebook is not frozen.");
  });

  it("draws the same images again in another study with the same run and seed", async () => {
    const [one, two, other] = [studyFolder(), studyFolder(), studyFolder()];
    for (const [folder, seed] of [
      [one, "5"],
      [two, "5"],
      [other, "6"],
    ] as const)
      expect((await sample(folder, "--design", "uncertainty", "--size", "60", "--seed", seed)).code).toBe(0);
    const positions = [one, two, other].map((folder) =>
      samplesOf(folder)[0]?.members.map(({ position }) => position),
    );
    expect(positions[1]).toEqual(positions[0]);
    expect(positions[2]).not.toEqual(positions[0]);
  });

  it("tells how many images other samples have, too, of a plan and of what is drawn", async () => {
    const folder = studyFolder();
    await sample(folder, "--purpose", "pilot", "--design", "simple", "--size", "201");
    const args = ["--design", "simple", "--size", "100"];
    const planned = await sample(folder, ...args, "--plan");
    expect(planned.stdout).toContain('about 50 images would also be in the pilot sample "pilot"\n');
    const drawn = await sample(folder, ...args);
    const [pilot, test] = samplesOf(folder);
    const images = new Set(pilot?.members.map(({ imageId }) => imageId));
    const shared = test?.members.filter(({ imageId }) => images.has(imageId)).length;
    expect(shared).toBeLessThan(100);
    expect(drawn.stdout).toContain(`${shared} images are also in the pilot sample "pilot"\n`);
  });

  it("leaves out the images of a pilot, and adds coders to a sample that is there", async () => {
    const folder = studyFolder();
    await sample(folder, "--purpose", "pilot", "--size", "50");
    const { stdout } = await sample(folder, "--exclude", "pilot", "--size", "352");
    expect(stdout).toContain("left out: 50 in other samples\n");
    expect(stdout).toContain('Nobody codes it yet: clipbook sample --name "test" --coders NAME,NAME');
    const [pilot, test] = samplesOf(folder);
    const images = new Set(
      [...(pilot?.members ?? []), ...(test?.members ?? [])].map(({ imageId }) => imageId),
    );
    expect(images.size).toBe(402);
    const added = await sample(folder, "--name", "pilot", "--coders", "Anna");
    expect(added.code).toBe(0);
    expect(added.stderr).toMatch(/^sample "pilot" is as it was drawn on /);
    expect(samplesOf(folder)[0]).toEqual(pilot);
    const json = JSON.parse((await sample(folder, "--list", "--json")).stdout);
    expect(
      json.samples.map((one: { name: string; coders: unknown[] }) => [one.name, one.coders.length]),
    ).toEqual([
      ["pilot", 1],
      ["test", 0],
    ]);
  });

  it("draws nothing where only coders were to be added to a sample whose name is misspelt", async () => {
    const folder = studyFolder();
    await sample(folder, "--name", "final", "--coders", "Anna", "--size", "40");
    for (const more of [
      ["--coders", "Ben"],
      ["--adjudicator", "Eve"],
      ["--offline", "pages", "--coders", "Ben"],
    ]) {
      const { code, stderr } = await sample(folder, "--name", "finla", ...more);
      expect([code, stderr]).toEqual([
        1,
        'error: there is no sample "finla"\nhint: there are "final"; to draw another one, say what it is for: --purpose test\n',
      ]);
    }
    expect(samplesOf(folder)).toHaveLength(1);
    const drawn = await sample(
      folder,
      "--name",
      "finla",
      "--coders",
      "Ben",
      "--purpose",
      "test",
      "--size",
      "40",
    );
    expect([drawn.code, samplesOf(folder).length]).toEqual([0, 2]);
  });

  it("says of a test which images could be drawn that people have seen, and how they are left out", async () => {
    const { folder, study, run } = plainRun({ sizes: [30, 20], names: ["A", "B"] });
    plainSample(study, run, { name: "pilot", purpose: "pilot", perCategory: 4 });
    const queue = { kind: "random", n: 12, seed: 1 } as const;
    const given = { verdict: "right", reviewer: "Anna", correctCategory: undefined, note: "" } as const;
    recordVerdict(study, run, {
      ...given,
      position: 49,
      queue,
      seen: 0,
      judgedAt: "2026-05-01T08:00:00.000Z",
    });
    study.close();
    const notes = [
      'note: 8 images of sample "pilot" could be drawn; --exclude "pilot" leaves them out\n',
      "note: 1 image judged in a review could be drawn; --exclude-reviewed leaves it out\n",
    ];
    expect((await sample(folder, "--plan", "--size", "20", "--floor", "1")).stderr).toBe(notes.join(""));
    const reviewed = await sample(folder, "--size", "20", "--floor", "1", "--exclude-reviewed", "--json");
    expect([reviewed.code, reviewed.stderr]).toEqual([0, notes[0]]);
    const pilot = ["--exclude", "pilot", "--size", "20", "--floor", "1"];
    expect((await sample(folder, "--name", "b", ...pilot)).stderr).toBe(notes[1]);
    const second = await sample(folder, "--purpose", "reliability", "--size", "20");
    expect([second.code, second.stderr]).toEqual([0, ""]);
  });

  it("writes a page for each coder of a sample that is drawn or is there, with the pictures inside", async () => {
    const folder = temporaryFolder();
    await makeDemoStudy(folder, 14);
    const pages = join(folder, "pages");
    const drawn = await sample(folder, "--size", "7", "--floor", "1", "--coders", "Anna", "--offline", pages);
    expect([drawn.code, drawn.stderr]).toEqual([0, ""]);
    expect(drawn.stdout).toContain(`${join(pages, "test--Anna.html")}\n`);
    const before = samplesOf(folder);
    const more = await sample(folder, "--coders", "Ben", "--offline", pages, "--json");
    expect(JSON.parse(more.stdout)).toMatchObject({
      isNew: false,
      offline: { images: 7, missing: [], files: [{ coder: "Anna" }, { coder: "Ben" }] },
    });
    expect(samplesOf(folder)).toEqual(before);
    expect(readdirSync(pages).sort()).toEqual(["test--Anna.html", "test--Ben.html"]);
    expect(readFileSync(join(pages, "test--Ben.html"), "utf8")).toContain("Clipbook coding page");
  });

  it.each([
    [["--size", "403"], "a sample of 403 images cannot be drawn: run 1 has 402 different ones"],
    [["--sealed", "--purpose", "pilot"], "a pilot sample cannot be sealed"],
    [["--exclude", "gone"], "no sample was drawn yet"],
    [["--run", "9"], "there is no run 9"],
    [["--coders", `${"x".repeat(81)}`], "cannot be a coder's name"],
    [["--list", "--size", "10"], "--list draws nothing"],
    [["--offline", "pages"], "a page is written for each coder, and there is none"],
    [["--offline", "pages", "--plan"], "--offline writes pages of a sample"],
    [["--purpose", "training"], "a training round needs images whose category is known"],
    [["--pass-mark", "0.7"], "--pass-mark is for a training round"],
    [["--floor", "5", "--design", "simple"], "--floor does nothing with --design simple"],
    [["--least", "0.5"], "--least belongs to --design uncertainty"],
    [["--least", "2", "--design", "uncertainty"], "it must be a share above 0, up to 1"],
    [["--from", "examples", "--sealed"], "--sealed does nothing with --from"],
    [["--from", "examples", "--exclude", "pilot"], "--exclude does nothing with --from"],
    [["--from", "examples", "--exclude-reviewed"], "--exclude-reviewed does nothing with --from"],
    [["--from", "examples", "--exclude-examples"], "--exclude-examples does nothing with --from"],
    [["--from", "examples", "--design", "simple"], "--design does nothing with --from"],
    [["--from", "examples", "--floor", "5"], "--floor does nothing with --from"],
    [["--from", "pilot", "--run", "1"], "--run does nothing with --from SAMPLE"],
    [["--from", "examples", "--adjudicator", "Eve"], "a training round has no adjudicator"],
    [["--coders", "Anna,anna"], 'there is a coder "Anna"'],
    [["--from", "examples"], "the codebook has no examples"],
  ])("refuses %j with what to do, and draws nothing", async (args, message) => {
    const folder = studyFolder();
    const { code, stdout, stderr } = await sample(folder, ...args);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(stderr).toContain("hint: ");
    expect(samplesOf(folder)).toEqual([]);
  });
});

describe("clipbook freeze", () => {
  it("records what is final once, and says so when asked again", async () => {
    const folder = studyFolder();
    await sample(folder, "--sealed", "--size", "40");
    const first = await runClipbook(["freeze", "--study", folder]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(
      /^frozen: codebook, model and settings of run 1 are final \(SHA-256 [0-9a-f]{12}\)\n/,
    );
    expect(first.stdout).toContain("1 sealed sample opens for it");
    const second = await runClipbook(["freeze", "--study", folder]);
    expect(second.stdout).toMatch(/^nothing to do: the same was frozen on \S+ with run 1/);
    const json = JSON.parse((await runClipbook(["freeze", "--study", folder, "--json"])).stdout);
    expect(json).toMatchObject({ id: 1, runId: 1, isNew: false });
    expect((await sample(folder, "--list")).stdout).toMatch(
      /sealed, opens for the frozen codebook[\s\S]*was frozen on/,
    );
    expect((await runClipbook(["freeze", "--study", folder, "--run", "7"])).stderr).toContain(
      "there is no run 7",
    );
  });
});
