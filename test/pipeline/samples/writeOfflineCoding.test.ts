import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requireSample } from "../../../src/pipeline/samples/requireSample.ts";
import { pictureBoxPx } from "../../../src/pipeline/samples/samplePictures.ts";
import { writeOfflineCoding } from "../../../src/pipeline/samples/writeOfflineCoding.ts";
import { openStudy } from "../../../src/store/openStudy.ts";
import type { Run } from "../../../src/store/runStore.ts";
import { type OfflinePage, offlineDataId } from "../../../src/validation/offlinePage.ts";
import { hostileCategories, makeOfflineStudy } from "../../web/offlineStudy.ts";
import { plainRun } from "../plainRun.ts";
import { plainSample } from "./plainSample.ts";

const now = "2026-05-02T08:00:00.000Z";

describe("writing pages for coding without a server", () => {
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-pages-"));
    await makeOfflineStudy(folder, 6);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const scriptOf = (html: string, id: string) =>
    new RegExp(`<script type="[a-z/]+" id="${id}">([^<]*)</script>`).exec(html)?.[1] ?? "";

  it("tells each coder nothing but the sample's pictures and categories, in an order of their own", async () => {
    const study = openStudy(folder);
    const sample = requireSample(study, undefined);
    const directory = join(folder, "new/pages");
    const written = await writeOfflineCoding(study, sample, ["Anna", "Ben", "Anna "], directory, { now });
    expect(written.files.map(({ coder }) => coder)).toEqual(["Anna", "Ben"]);
    expect(study.samples.coders(sample.id).map(({ coder, addedAt }) => [coder, addedAt])).toEqual([
      ["Anna", now],
      ["Ben", now],
    ]);
    expect(readdirSync(directory).sort()).toEqual(["Blind-one-two--Anna.html", "Blind-one-two--Ben.html"]);
    const members = study.samples.members(sample.id);
    const pages = written.files.map(({ path, bytes }) => {
      const html = readFileSync(path, "utf8");
      expect(Buffer.byteLength(html)).toBe(bytes);
      for (const { name } of members) expect(html).not.toContain(name);
      expect(html).not.toMatch(/a drawing of kind|probability|stratum|inclusion/);
      return { html, page: JSON.parse(scriptOf(html, offlineDataId)) as OfflinePage };
    });
    for (const { page } of pages) {
      expect(Object.keys(page).sort()).toEqual(
        ["categories", "coder", "images", "sample", "sampleDigest", "title"].sort(),
      );
      expect(page.categories.map(({ name }) => name)).toEqual([...hostileCategories]);
      expect(page.images.toSorted()).toEqual(members.map(({ sha256 }) => sha256).sort());
    }
    expect(pages[0]?.page.images).not.toEqual(pages[1]?.page.images);
    // The same picture stands at the place of the same image in both.
    const [anna, ben] = pages;
    const image = anna?.page.images[0] as string;
    const other = ben?.page.images.indexOf(image);
    expect(scriptOf(ben?.html ?? "", `picture-${other}`)).toBe(scriptOf(anna?.html ?? "", "picture-0"));
    const picture = await sharp(Buffer.from(scriptOf(anna?.html ?? "", "picture-0"), "base64")).metadata();
    expect(picture.format).toBe("jpeg");
    // The drawn pictures are smaller than the box, and are not enlarged.
    expect(Math.max(picture.width, picture.height)).toBeGreaterThan(400);
    expect(Math.max(picture.width, picture.height)).toBeLessThanOrEqual(written.boxPx);
    study.close();
  });

  it("replaces its own pages, and no other file", async () => {
    const study = openStudy(folder);
    const sample = requireSample(study, undefined);
    const directory = join(folder, "replaced");
    const [first] = (await writeOfflineCoding(study, sample, ["Anna"], directory, { now })).files;
    await writeOfflineCoding(study, sample, ["Anna"], directory, { now });
    writeFileSync(first?.path as string, "<p>mine</p>");
    await expect(writeOfflineCoding(study, sample, ["Cem", "Anna"], directory, { now })).rejects.toThrow(
      /not overwritten/,
    );
    expect(readdirSync(directory)).toEqual(["Blind-one-two--Anna.html"]);
    expect(study.samples.coders(sample.id).map(({ coder }) => coder)).not.toContain("Cem");
    study.close();
  });

  it("gives coders whose names make the same file name a number", async () => {
    const study = openStudy(folder);
    const sample = requireSample(study, undefined);
    const directory = join(folder, "names");
    await writeOfflineCoding(study, sample, ["D/E", "d e", "../D:E"], directory, { now });
    expect(readdirSync(directory).sort()).toEqual([
      "Blind-one-two--D-E-3.html",
      "Blind-one-two--D-E.html",
      "Blind-one-two--d-e-2.html",
    ]);
    study.close();
  });

  it("leaves a page of another sample alone whose names make the same file name", async () => {
    const { folder: parent, study, run } = plainRun({ sizes: [3, 3] });
    const directory = join(parent, "pages");
    const [one, other] = ["a b", "a/b"].map((name) => plainSample(study, run, { name, perCategory: 2 }));
    if (one === undefined || other === undefined) throw new Error("no samples");
    const write = async (sample: typeof one, coder: string) =>
      (await writeOfflineCoding(study, sample, [coder], directory, { now })).files[0]?.path as string;
    const first = await write(one, "Anna");
    const text = readFileSync(first, "utf8");
    expect(await write(other, "Anna")).toBe(join(directory, "a-b--Anna-2.html"));
    expect(readFileSync(first, "utf8")).toBe(text);
    expect(await write(one, "Anna")).toBe(first);
    expect(await write(other, "Anna")).toBe(join(directory, "a-b--Anna-2.html"));
    expect(readdirSync(directory)).toHaveLength(2);
  });

  it("makes pictures smaller where there are many", () => {
    expect([1, 300, 301, 1000, 1001, 20_000].map(pictureBoxPx)).toEqual([640, 640, 480, 480, 320, 320]);
  });

  it("names the images that cannot be read any more", async () => {
    const { folder: gone, study, run } = plainRun({ sizes: [3, 3] });
    const sample = plainSample(study, run as Run, { perCategory: 2 });
    const written = await writeOfflineCoding(study, sample, ["Anna"], join(gone, "pages"), { now });
    expect(written.missing).toEqual(study.samples.members(sample.id).map(({ name }) => name));
  });

  it("refuses a training round and a name that cannot be, before it writes", async () => {
    const { folder: empty, study, run } = plainRun({ sizes: [3, 3], names: ["A", "B"] });
    const training = plainSample(study, run, {
      name: "training",
      purpose: "training",
      knownCategory: () => "A",
    });
    const directory = join(empty, "pages");
    const write = (coders: readonly string[], sample = training) =>
      writeOfflineCoding(study, sample, coders, directory, { now });
    await expect(write(["Anna"])).rejects.toThrow(/training round/);
    const sample = plainSample(study, run, { name: "test" });
    await expect(write(["Anna", " "], sample)).rejects.toThrow(/coder's name/);
    expect(existsSync(directory)).toBe(false);
  });
});
