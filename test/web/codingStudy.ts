import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { addCoder } from "../../src/pipeline/samples/addCoder.ts";
import type { Sample } from "../../src/store/sampleStore.ts";
import type { CodingRole } from "../../src/validation/coding.ts";
import { type PlainSampleSpec, plainSample } from "../pipeline/samples/plainSample.ts";
import { serveStudy } from "../server/serveStudy.ts";
import { makeDemoStudy } from "./demoStudy.ts";

/** Serves a study of drawn pictures, to which each test adds samples of its own. @param codebook text; the notebook's by default */
export async function openCodingStudy(codebook?: string) {
  const folder = mkdtempSync(join(tmpdir(), "clipbook-coding-"));
  if (codebook !== undefined) writeFileSync(join(folder, "codebook.yaml"), codebook);
  await makeDemoStudy(folder, 42);
  const served = await serveStudy(folder);
  const { study } = served.context;
  const run = study.runs.maybeNewest();
  if (run === undefined) throw new Error("nothing was classified");
  let samples = 0;
  return {
    folder,
    served,
    study,
    run,
    categories: run.codebook.categories.map(({ name }) => name),
    /** A sample with so many images of each predicted category. */
    sampleOf: (spec: PlainSampleSpec = {}) =>
      plainSample(study, run, { name: `sample ${++samples}`, perCategory: 2, ...spec }),
    /** Address of a coder's page. */
    linkOf: (sample: Sample, coder: string, role: CodingRole = "coder") => {
      const { link } = addCoder(study, sample, { coder, role, addedAt: "2026-05-02T10:00:00.000Z" });
      return `${served.address}/code/${link}`;
    },
    close: async () => {
      await served.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Waits until the picture of an image is on the screen and can be coded. */
export async function untilImage(page: Page, number: number): Promise<void> {
  await page.locator(`.stage img.now[alt^="Image ${number} of"]`).waitFor({ state: "attached" });
  await page.locator(".answers .uncodable[aria-disabled=false]").waitFor();
}

/** Waits until so many images are coded, and all of it is saved. */
export async function untilCoded(page: Page, count: number): Promise<void> {
  await page
    .locator(".code-top .count")
    .filter({ hasText: `${count} of ` })
    .waitFor();
  await page.waitForFunction(
    () => !Object.keys(localStorage).some((key) => /^clipbook code \S+ \d+$/.test(key)),
  );
}
