import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeOfflineCoding } from "../../src/pipeline/samples/writeOfflineCoding.ts";
import { openStudy } from "../../src/store/openStudy.ts";
import { codingOrder } from "../../src/validation/codingOrder.ts";
import type { CodingsContent } from "../../src/validation/codingsFile.ts";
import { readCodingsFile } from "../../src/validation/readCodingsFile.ts";
import { runClipbook } from "../cli/runClipbook.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { expectAccessible, useChromium } from "./chromium.ts";
import {
  hostileCategories,
  hostileDescription,
  hostileInstructions,
  makeOfflineStudy,
} from "./offlineStudy.ts";

const coder = `Ann "O'Neill" <ann>`;
const images = 8;

describe("coding without a server, in Chromium from the disk", () => {
  const openTab = useChromium();
  let folder: string;
  let sample: string;
  let address: string;
  let order: readonly string[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-offline-"));
    ({ sample } = await makeOfflineStudy(folder, images));
    const study = openStudy(folder);
    const drawn = study.samples.maybeByName(sample);
    if (drawn === undefined) throw new Error("no sample");
    const written = await writeOfflineCoding(study, drawn, [coder], join(folder, "pages"), {
      now: "2026-05-02T08:00:00.000Z",
    });
    const members = study.samples.members(drawn.id);
    order = codingOrder(images, drawn.seed, coder).map((place) => members[place]?.sha256 as string);
    study.close();
    address = pathToFileURL(written.files[0]?.path as string).href;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const open = async (options = {}) => {
    const tab = await openTab(address, options);
    await tab.page.context().setOffline(true);
    return tab;
  };
  const progress = (page: Page) => page.locator(".progress p").textContent();
  const exported = async (page: Page): Promise<{ path: string; content: CodingsContent }> => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export codings" }).press("Enter");
    const file = await download;
    expect(file.suggestedFilename()).toBe("Blind-one-two-Ann-O-Neill-ann-codings.json");
    const path = join(folder, `returned-${Math.random()}.json`);
    await file.saveAs(path);
    return { path, content: readCodingsFile(JSON.parse(readFileSync(path, "utf8")), path) };
  };

  it("is done by keyboard alone, keeps everything on reload, and comes back into the study", async () => {
    const { page, faults, close } = await open();
    await page.locator("img").waitFor();
    expect(await page.locator("img").evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(
      300,
    );
    expect(await page.locator(".answers li bdi").allTextContents()).toEqual([...hostileCategories]);
    // As on the screen, what coders are told is there when it is asked for.
    expect(await page.locator(".instructions").count()).toBe(0);
    await page.keyboard.press("i");
    expect(await page.locator(".instructions").first().locator("p").allTextContents()).toEqual([
      hostileDescription,
      hostileInstructions,
    ]);
    expect(await page.title()).toBe(`${sample} · ${coder} · Clipbook coding`);
    expect(await progress(page)).toBe(`0 of ${images} coded`);

    await page.keyboard.press("1");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    expect(await page.getByRole("status").textContent()).toBe(
      `${hostileCategories[0]}. Image 2 of ${images}.`,
    );
    // Keys in a note are its text.
    await page.keyboard.press("n");
    await page.keyboard.type("12 ux = z");
    await page.keyboard.press("Enter");
    await page.keyboard.press("u");
    await page.keyboard.press("x");
    await page.keyboard.press("2");
    await expect.poll(() => progress(page)).toBe(`4 of ${images} coded`);
    // Held with Ctrl a key is the browser's.
    await page.keyboard.press("Control+3");
    await page.keyboard.press("z");
    await expect.poll(() => progress(page)).toBe(`3 of ${images} coded`);
    await page.keyboard.press("4");
    // Looking back shows the answer, and changes it.
    await page.keyboard.press("ArrowLeft");
    await expect
      .poll(() => page.locator('.answer[aria-pressed="true"] bdi').textContent())
      .toBe("=Parties 🎉");
    await page.keyboard.press("3");
    await expect.poll(() => progress(page)).toBe(`4 of ${images} coded`);

    const dialogs: string[] = [];
    page.on("dialog", async (dialog) => {
      dialogs.push(dialog.type());
      await dialog.accept();
    });
    await page.reload();
    expect(dialogs).toEqual(["beforeunload"]);
    expect(await progress(page)).toBe(`4 of ${images} coded`);
    expect(await page.locator(".stage figcaption").textContent()).toContain(`5 / ${images}`);

    const part = await exported(page);
    await expect.poll(() => page.locator("#export-state").textContent()).toBe("Everything is exported");
    await page.reload();
    expect(dialogs).toEqual(["beforeunload"]);
    expect(part.content).toMatchObject({ sample, coder });
    expect(
      part.content.codings.map(({ image, answer, value, note }) => [image, answer, value, note]),
    ).toEqual([
      [order[0], "category", hostileCategories[0], ""],
      [order[1], "unsure", null, "12 ux = z"],
      [order[2], "uncodable", null, ""],
      [order[3], "category", hostileCategories[2], ""],
    ]);
    for (const { seconds } of part.content.codings) expect(seconds).toBeLessThan(120);

    for (let left = 4; left < images; left++) await page.keyboard.press("5");
    await expect.poll(() => page.locator(".stage").textContent()).toContain("All images are coded");
    const whole = await exported(page);
    expect(whole.content.codings.map(({ image }) => image)).toEqual(order);
    expect(faults).toEqual([]);
    await close();

    const study = ["--study", folder, "--sample", sample];
    const first = await runClipbook(["import", "codings", part.path, ...study]);
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain(`4 codings of ${coder}: 4 added`);
    const second = await runClipbook(["import", "codings", whole.path, part.path, "--json", ...study]);
    expect(JSON.parse(second.stdout)).toMatchObject({
      added: 4,
      files: [
        { added: 4, known: 4 },
        { added: 0, known: 4 },
      ],
    });
    const table = await runClipbook(["export", "codings", ...study]);
    const rows = readCsv(table.stdout);
    expect(rows.map(({ coder, source }) => [coder, source])).toEqual(
      Array.from({ length: images }, () => [coder, "offline"]),
    );
    expect(rows.map(({ category }) => category).sort()).toEqual(
      [
        hostileCategories[0],
        "unsure (no category)",
        "uncodable",
        hostileCategories[2],
        ...Array.from({ length: 4 }, () => "unsure"),
      ].sort(),
    );
  });

  it("asks the network for nothing, and could not if it wanted to", async () => {
    const { page, faults, close } = await openTab(address, { mayFail: true });
    await page.locator("img").waitFor();
    expect(faults).toEqual([]);
    const refused = await page.evaluate(async () => {
      const told: string[] = [];
      document.addEventListener("securitypolicyviolation", (event) => told.push(event.effectiveDirective));
      const fetched = await fetch("http://127.0.0.1:9/").then(
        () => "fetched",
        () => "refused",
      );
      const image = new Image();
      const imaged = new Promise((resolve) => {
        image.onerror = () => resolve("refused");
        image.onload = () => resolve("loaded");
      });
      image.src = "http://127.0.0.1:9/a.png";
      return [fetched, await imaged, told.sort()];
    });
    expect(refused).toEqual(["refused", "refused", ["connect-src", "img-src"]]);
    await close();
  });

  it("measures how long a picture was looked at, without the time in which the page was hidden", async () => {
    const { page, close } = await open();
    await page.clock.install();
    await page.reload();
    await page.locator("img").waitFor();
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "visibilityState", {
          configurable: true,
          get: () => (value ? "hidden" : "visible"),
        });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await page.keyboard.press("1");
    await page.clock.runFor(3000);
    await hide(true);
    await page.clock.runFor(60_000);
    await hide(false);
    await page.clock.runFor(1500);
    await page.keyboard.press("2");
    await page.clock.runFor(1000);
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    const { content } = await exported(page);
    expect(content.codings[1]?.seconds).toBeGreaterThanOrEqual(4.4);
    expect(content.codings[1]?.seconds).toBeLessThanOrEqual(4.6);
    await close();
  });

  it("says so where the browser keeps nothing, and exports all the same", async () => {
    const { page, close } = await open();
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    await page.reload();
    await page.locator("img").waitFor();
    await page.keyboard.press("1");
    await page.keyboard.press("u");
    expect(await page.getByRole("alert").textContent()).toContain("does not keep what you do");
    expect((await exported(page)).content.codings).toHaveLength(2);
    await expectAccessible(page);
    await close();
  });

  it("tells in a second file what was changed and taken back since the first", async () => {
    const { page, close } = await open();
    await page.locator("img").waitFor();
    for (const key of ["1", "2", "3"]) await page.keyboard.press(key);
    await expect.poll(() => progress(page)).toBe(`3 of ${images} coded`);
    await exported(page);
    await page.getByRole("button", { name: "Undo" }).press("Enter");
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    expect(await page.locator("#export-state").textContent()).toBe("Not exported yet");
    // A note on the image whose answer was taken back is in no file.
    await page.keyboard.press("n");
    await page.keyboard.type("why?");
    await page.keyboard.press("Enter");
    await expect
      .poll(() => page.locator("#export-state").textContent())
      .toBe("Not exported yet; 1 note is on an image without an answer, and not in the file");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("n");
    await page.keyboard.type("blurred");
    const { content } = await exported(page);
    const first = content.codings[0]?.codedAt ?? "";
    expect(content.codings.map(({ answer, note }) => [answer, note])).toEqual([
      ["category", ""],
      ["category", "blurred"],
      ["withdrawn", ""],
    ]);
    for (const { codedAt } of content.codings.slice(1)) expect(codedAt > first).toBe(true);
    await expect
      .poll(() => page.locator("#export-state").textContent())
      .toBe("Everything is exported; 1 note is on an image without an answer, and not in the file");
    await expectAccessible(page);
    await close();
  });

  it("writes a note when its typing pauses, and when the page is left, not at every key", async () => {
    const { page, close } = await open();
    await page.addInitScript(() => {
      const write = Storage.prototype.setItem;
      Object.assign(window, { writes: 0 });
      Storage.prototype.setItem = function (key, text) {
        (window as unknown as { writes: number }).writes += 1;
        write.call(this, key, text);
      };
    });
    await page.clock.install();
    await page.reload();
    await page.locator("img").waitFor();
    await page.clock.pauseAt(Date.now() + 3_600_000);
    const writes = () => page.evaluate(() => (window as unknown as { writes: number }).writes);
    const note = page.getByRole("textbox");
    await note.pressSequentially("half of a");
    expect([await note.inputValue(), await writes()]).toEqual(["half of a", 0]);
    await page.clock.runFor(1000);
    expect(await writes()).toBe(1);
    await note.pressSequentially(" note");
    await page.reload();
    expect(await note.inputValue()).toBe("half of a note");
    await close();
  });

  it("sets aside what it cannot read, says so, and begins anew", async () => {
    const { page, close } = await open();
    await page.locator("img").waitFor();
    await page.keyboard.press("1");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    page.on("dialog", (dialog) => dialog.accept());
    const key = await page.evaluate(() => {
      const [name = ""] = Object.keys(localStorage);
      localStorage.setItem(name, "null");
      return name;
    });
    await page.reload();
    await page.locator("img").waitFor();
    expect(await page.getByRole("alert").textContent()).toContain(`${key} unreadable 1`);
    await page.setViewportSize({ width: 390, height: 844 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.keyboard.press("2");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    expect(await page.evaluate((name) => localStorage.getItem(name), `${key} unreadable 1`)).toBe("null");
    await expectAccessible(page);
    await close();
  });

  it("joins what two tabs code", async () => {
    const { page, close } = await open();
    await page.locator("img").waitFor();
    const other = await page.context().newPage();
    await other.goto(address);
    await other.locator("img").waitFor();
    await page.keyboard.press("1");
    await expect.poll(() => progress(other)).toBe(`1 of ${images} coded`);
    await other.keyboard.press("ArrowRight");
    await other.keyboard.press("2");
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    await close();
  });

  it("is readable for everybody, in light and dark, and fits a telephone", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, faults, close } = await open({ colorScheme, viewport: { width: 390, height: 844 } });
      await page.locator("img").waitFor();
      await page.keyboard.press("2");
      await page.keyboard.press("ArrowLeft");
      await page.locator('.answer[aria-pressed="true"]').waitFor();
      await expectAccessible(page);
      const [width, wide] = await page.evaluate(() => [
        document.documentElement.clientWidth,
        document.documentElement.scrollWidth,
      ]);
      expect(wide).toBe(width);
      await page.setViewportSize({ width: 1280, height: 720 });
      await expectAccessible(page);
      await page.keyboard.press("i");
      await page.locator(".instructions").first().waitFor();
      await page.reload();
      await page.locator(".instructions").first().waitFor();
      await expectAccessible(page);
      expect(faults).toEqual([]);
      await close();
    }
  });
});
