import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attackPicture, metadataMarks } from "../attack/attackPicture.ts";
import { type AttackedStudy, makeAttackStudy } from "../attack/attackStudy.ts";
import { examinedWidths, examinePage, noFaults } from "../attack/examinePage.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { useChromium } from "../web/chromium.ts";

/** A folder's name that no report may tell. */
const secret = "secret-place-7f3a";

/** The markers of a JPEG's segments before its picture, such as `e1` for EXIF and XMP. */
function markersOf(jpeg: Buffer): readonly string[] {
  const markers: string[] = [];
  for (
    let at = 2;
    at < jpeg.length && jpeg[at] === 0xff && jpeg[at + 1] !== 0xda;
    at += 2 + jpeg.readUInt16BE(at + 2)
  )
    markers.push((jpeg[at + 1] as number).toString(16));
  return markers;
}

describe("reports of a study with attacks in every text, whose inputs were given as absolute paths", () => {
  const openTab = useChromium();
  const parent = join(mkdtempSync(join(tmpdir(), "clipbook-attack-")), secret);
  let made: AttackedStudy;
  let reports: ReadonlyMap<string, string>;
  let withPaths: ReadonlyMap<string, string>;

  async function makeReports(name: string, more: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const folder = join(parent, name);
    const study = ["--study", made.folder];
    const page = (kind: string) => join(parent, `${name}-${kind}.html`);
    const done = [
      await runClipbook(["overview", ...study, "--output", page("overview"), ...more]),
      await runClipbook([
        "evaluate",
        ...study,
        "--sample",
        made.sample,
        "--output",
        page("evaluation"),
        "--files",
        folder,
        ...more,
      ]),
    ];
    expect(done.map(({ code, stderr }) => [code, stderr])).toEqual([
      [0, ""],
      [0, ""],
    ]);
    return new Map([
      ["overview", readFileSync(page("overview"), "utf8")],
      ["evaluation", readFileSync(page("evaluation"), "utf8")],
      ...readdirSync(folder).map((file): [string, string] => [
        file,
        readFileSync(join(folder, file), "utf8"),
      ]),
    ]);
  }

  beforeAll(async () => {
    made = await makeAttackStudy(parent);
    const plain = await makeReports("plain", []);
    const offline = join(parent, "offline");
    const labelStudio = join(parent, "label-studio");
    const study = ["--study", made.folder];
    const written = [
      await runClipbook(["sample", ...study, "--name", made.sample, "--offline", offline]),
      await runClipbook([
        "export",
        "label-studio",
        ...study,
        "--sample",
        made.sample,
        "--output",
        labelStudio,
      ]),
    ];
    expect(written.map(({ code, stderr }) => [code, stderr])).toEqual(
      written.map(() => [0, expect.any(String)]),
    );
    const files = [offline, labelStudio].flatMap((folder) =>
      readdirSync(folder).map((file) => join(folder, file)),
    );
    reports = new Map([
      ...plain,
      ...files.map((file): [string, string] => [basename(file), readFileSync(file, "utf8")]),
    ]);
    withPaths = await makeReports("whole", ["--show-paths"]);
  }, 60_000);
  afterAll(() => rmSync(join(parent, ".."), { recursive: true, force: true }));

  it("tell no place on the disk and no user", () => {
    expect(reports.size).toBeGreaterThan(12);
    const user = userInfo().username;
    const told = [...reports].flatMap(([name, text]) => {
      // Pictures and digests in base64 may spell anything.
      const words = text.replaceAll(/[\w+/=]{100,}/g, "");
      return [secret, `${tmpdir()}/`, `${homedir()}/`, `/${user}/`]
        .filter((word) => words.includes(word))
        .map((word) => [name, word]);
    });
    expect(told).toEqual([]);
  });

  it("show images from the input folder on", () => {
    const shown = `${basename(made.folder)}/${basename(made.pictures)}/1 `
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll('"', "&quot;");
    expect(reports.get("overview")).toContain(shown);
  });

  it("have whole paths where that is asked for", () => {
    for (const name of ["overview", "evaluation", "evaluation.json"])
      expect([name, withPaths.get(name)?.includes(secret)]).toEqual([name, true]);
  });

  it("of coders tell no file's name at all", () => {
    const pages = [...reports].filter(([name]) => name.includes("--") || name.endsWith("tasks.json"));
    expect(pages.length).toBe(3);
    for (const [name, text] of pages)
      expect([name, /\d+ [^"]{0,80}\.jpg/.exec(text.replaceAll(/[A-Za-z0-9+/=]{300,}/g, ""))]).toEqual([
        name,
        null,
      ]);
  });

  it("have pictures without any metadata", async () => {
    // What the pictures themselves have: EXIF and XMP, the colour profile, Photoshop's block, a comment.
    expect(markersOf(await attackPicture(1))).toEqual(expect.arrayContaining(["e1", "e2", "ed", "fe"]));
    let pictures = 0;
    for (const [name, text] of reports) {
      for (const [base64] of text.matchAll(/\/9j\/[A-Za-z0-9+/=]{200,}/g)) {
        const jpeg = Buffer.from(base64, "base64");
        pictures += 1;
        // Quantisation and Huffman tables, the frame, and JFIF's head: nothing else.
        const markers = markersOf(jpeg).filter((marker) => !["e0", "db", "c0", "c2", "c4"].includes(marker));
        expect([name, markers, metadataMarks.filter((mark) => jpeg.includes(mark))]).toEqual([name, [], []]);
      }
    }
    expect(pictures).toBeGreaterThan(100);
  });

  it("run nothing, ask nobody, and keep their layout, 1280 and 390 pixels wide", async () => {
    const pages = [...reports].filter(
      ([name]) => ["overview", "evaluation"].includes(name) || name.endsWith(".html"),
    );
    expect(pages.length).toBe(4);
    const found: unknown[] = [];
    for (const [name, html] of pages) {
      const file = join(
        parent,
        `opened-${name.startsWith("o") || name.startsWith("e") ? name : "offline"}.html`,
      );
      writeFileSync(file, html);
      const { page, faults, close } = await openTab(pathToFileURL(file).href);
      page.on("dialog", (dialog) => {
        faults.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      await page.evaluate(() => {
        for (const details of document.querySelectorAll("details")) details.open = true;
      });
      expect(await page.title()).toMatch(/Clipbook|Coding/);
      for (const width of examinedWidths) {
        found.push([
          name,
          width,
          await examinePage(page, width),
          await page.locator("script:not([type])").count(),
        ]);
      }
      found.push(faults);
      await close();
    }
    const wanted = pages.flatMap(([name]) => [
      ...examinedWidths.map((width) => [name, width, noFaults, name.includes("--") ? 1 : 0]),
      [],
    ]);
    expect(found).toEqual(wanted);
  }, 60_000);
});
