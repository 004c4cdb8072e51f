import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attackNames, makeAttackStudy } from "../attack/attackStudy.ts";
import { examinedWidths, examinePage, noFaults } from "../attack/examinePage.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";

/** Every screen, and what has to be there before it is looked at. */
const screens = [
  ["the overview", "/", ".image-grid .name"],
  ["the large image", "/?open=2", "[role=dialog] img, dialog img, .large-view img"],
  ["the large image of a failure", "/?state=failed", "main"],
  ["the review's start", "/review", "main button"],
  ["the review", "/review?kind=random&n=2&seed=1", "#reviewer, main input"],
  ["the codebook", "/codebook", "textarea"],
  ["the similar phrases", "/codebook?panel=similarity", "textarea"],
  ["the diagnostics", "/codebook?panel=diagnostics", "textarea"],
  ["what is found", "/codebook?panel=find&find=%3Cb%3E%22", "textarea"],
  ["the versions", "/codebook?panel=versions", "textarea"],
  ["the samples", "/sample", ".plan-table"],
  ["the results", "/results", "main h2"],
  ["adding images", "/indexing", "main form"],
] as const;

describe("screens of a study with attacks in every text", () => {
  const openTab = useChromium();
  let parent: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;
  let coderLinks: readonly string[];

  beforeAll(async () => {
    parent = mkdtempSync(join(tmpdir(), "clipbook-attack-"));
    const made = await makeAttackStudy(parent);
    served = await serveStudy(made.folder);
    const { samples } = served.context.study;
    coderLinks = samples
      .list()
      .slice(0, 2)
      .map(({ id }) => `/code/${samples.coders(id)[0]?.link}`);
  });
  afterAll(async () => {
    await served.close();
    rmSync(parent, { recursive: true, force: true });
  });

  it("run nothing, ask nobody, and keep their layout, 1280 and 390 pixels wide", async () => {
    const { page, faults, close } = await openTab(`${served.address}/`);
    page.on("dialog", (dialog) => {
      faults.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    const found: unknown[] = [];
    const wanted: unknown[] = [];
    const coding = coderLinks.map((link, i) => [`coding ${i}`, link, "main button"] as const);
    for (const [name, address, ready] of [...screens, ...coding]) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(served.address + address);
      await page
        .locator(ready)
        .first()
        .waitFor({ timeout: 10_000 })
        .catch((error) => faults.push(`${name}: ${error}`));
      if (name === "the review") {
        await page.getByLabel("Your name").fill(attackNames[0] as string);
        await page.getByRole("button", { name: "Start" }).click();
        await page.locator(".stage").first().waitFor();
      }
      for (const width of examinedWidths) {
        found.push([name, width, await examinePage(page, width)]);
        wanted.push([name, width, noFaults]);
      }
    }
    expect(faults.filter((fault) => !fault.startsWith(`request ${served.address}`))).toEqual([]);
    expect(served.faults).toEqual([]);
    expect(found).toEqual(wanted);
    await close();
  }, 120_000);
});
