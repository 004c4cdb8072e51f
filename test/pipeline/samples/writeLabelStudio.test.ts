import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importCodings } from "../../../src/pipeline/samples/importCodings.ts";
import { labelConfig } from "../../../src/pipeline/samples/labelConfig.ts";
import { requireSample } from "../../../src/pipeline/samples/requireSample.ts";
import { writeLabelStudio } from "../../../src/pipeline/samples/writeLabelStudio.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import { temporaryFolder } from "../../temporaryFolder.ts";
import { hostileCategories, makeOfflineStudy } from "../../web/offlineStudy.ts";
import { plainSample } from "./plainSample.ts";

interface Task {
  readonly data: Readonly<Record<string, string>>;
}

describe("Label Studio", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-label-"));
    await makeOfflineStudy(folder, 6);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("gets tasks whose annotations by two people come back as codings", async () => {
    const study = openStudy(folder);
    const sample = requireSample(study, undefined);
    const members = study.samples.members(sample.id);
    const written = await writeLabelStudio(study, sample, join(folder, "tasks"));
    expect(written).toMatchObject({ images: 6, boxPx: 640, missing: [] });
    const text = readFileSync(written.tasks, "utf8");
    for (const { name } of members) expect(text).not.toContain(name);
    const tasks = JSON.parse(text) as Task[];
    expect(tasks.map(({ data }) => Object.keys(data).sort().join())).toEqual(
      members.map(() => "clipbook_image,clipbook_sample,image"),
    );
    // Not in the order of drawing, which could show the strata.
    const images = tasks.map(({ data }) => data.clipbook_image);
    expect(images.toSorted()).toEqual(members.map(({ sha256 }) => sha256).sort());
    expect(images).not.toEqual(members.map(({ sha256 }) => sha256));
    const [, base64 = ""] = /^data:image\/jpeg;base64,(.+)$/.exec(tasks[0]?.data.image ?? "") ?? [];
    expect((await sharp(Buffer.from(base64, "base64")).metadata()).format).toBe("jpeg");

    const choices = [...readFileSync(written.config, "utf8").matchAll(/<Choice value="([^"]*)"/g)].map(
      ([, value = ""]) => unescapeXml(value),
    );
    const annotated = tasks.map((task, index) => ({
      ...task,
      annotations: [1, 2].map((by) => ({
        completed_by: by,
        result: [
          {
            from_name: "category",
            to_name: "image",
            type: "choices",
            value: { choices: [choices[(index + by) % choices.length]] },
          },
        ],
        lead_time: index + by / 2,
      })),
    }));
    const file = join(folder, "annotated.json");
    writeFileSync(file, JSON.stringify(annotated));
    const now = "2026-06-01T00:00:00.000Z";
    const imported = await importCodings(study, sample, [file], { now });
    expect(imported).toMatchObject({ added: 12, newCoders: ["annotator 1", "annotator 2"] });
    const answers = [...hostileCategories, "unsure", "uncodable"].map((name, index) =>
      index < hostileCategories.length ? ["category", name] : [name, undefined],
    );
    for (const [index, task] of tasks.entries()) {
      const place = members.find(({ sha256 }) => sha256 === task.data.clipbook_image)?.place;
      for (const by of [1, 2]) {
        const coding = study.codings
          .newest(sample.id, { coder: `annotator ${by}` })
          .find((candidate) => candidate.place === place);
        expect([coding?.answer, coding?.value], `${index} ${by}`).toEqual(
          answers[(index + by) % answers.length],
        );
      }
    }
    study.close();
  });

  it("gets no training round, whose answers it could not tell", async () => {
    const study = openStudy(folder);
    const run = study.runs.maybeNewest();
    if (run === undefined) throw new Error("no run");
    const training = plainSample(study, run, {
      name: "practice",
      purpose: "training",
      knownCategory: () => "unsure",
    });
    const directory = join(folder, "practice");
    await expect(writeLabelStudio(study, training, directory)).rejects.toThrow(/is a training round/);
    expect(existsSync(directory)).toBe(false);
    study.close();
  });

  it("never replaces tasks that it did not write", async () => {
    const study = openStudy(folder);
    writeFileSync(join(folder, "tasks.json"), "[]");
    await expect(writeLabelStudio(study, requireSample(study, undefined), folder)).rejects.toThrow(
      /not overwritten/,
    );
    study.close();
  });

  it("gets no tasks without a picture, and all when the images are back", async () => {
    const elsewhere = temporaryFolder();
    await makeOfflineStudy(elsewhere, 3);
    const [images, away] = [join(elsewhere, "images"), join(elsewhere, "away")];
    renameSync(images, away);
    const study = openStudy(elsewhere);
    const sample = requireSample(study, undefined);
    const directory = join(elsewhere, "tasks");
    await expect(writeLabelStudio(study, sample, directory)).rejects.toThrow(
      /^no image of sample "Blind "one" & two" can be read, neither ".+" nor another one$/,
    );
    expect(readdirSync(directory)).toEqual([]);
    renameSync(away, images);
    expect(await writeLabelStudio(study, sample, directory)).toMatchObject({ images: 3, missing: [] });
    study.close();
  });

  it("gets a configuration in which every name is text", () => {
    const config = labelConfig([{ name: `<b> & "q"\n\t'`, instructions: `</View>"` }, { name: "uncodable" }]);
    expect(config).toContain(
      `<Choice value="&lt;b&gt; &amp; &quot;q&quot;&#10;&#9;'" hint="&lt;/View&gt;&quot;"/>`,
    );
    expect(config.match(/<\/View>/g)).toHaveLength(1);
    expect(config).toContain('<Choice value="uncodable (no category)"/>');
  });
});

function unescapeXml(text: string): string {
  return text
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}
