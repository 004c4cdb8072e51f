import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { expect } from "vitest";
import { type ServeInTest, serveStudy } from "../../server/serveStudy.ts";
import { makeDemoStudy } from "../demoStudy.ts";

/** A codebook with comments, quotes and an order of its own, over the demo's pictures. */
export const boardCodebook = `# Kept by the study's authors.
title: Posts of a campaign
language: en
categories:
  # First what is printed.
  Campaign Material:
    description: Posters and flyers.
    phrases:
      - An image primarily showcasing election-related flyers, brochures, or handouts. # the usual
      - 'A distinct promotional poster for a political event or campaign.'
  Political Events:
    phrases:
      - A large assembly of supporters or participants at an open-air political rally.
      # Speakers, too.
      - Prominent figures or speakers on stage addressing a political audience.
  Faces:
    phrases:
      - Portrait-style close-up of a face, without discernible logos, graphics, or overlays.
      - A politician genuinely engaging or interacting with individuals or small groups.
  Other:
    residual: true
    phrases:
      - A serene image primarily focused on landscapes, travel.
      - Food, beverages, or generic shots.
`;

interface CopyOptions extends Omit<ServeInTest, "codebookPath"> {
  readonly codebookName?: string;
}

/** Makes a study of drawn pictures once, and serves copies of it that a test may change. */
export async function makeBoardStudy(count = 42) {
  const root = mkdtempSync(join(tmpdir(), "clipbook-board-"));
  const original = join(root, "original");
  await makeDemoStudy(original, count);
  let copies = 0;
  return {
    /** A copy of its own for one test; `change` may write into it before it is served. */
    serveCopy: async (
      codebook = boardCodebook,
      { codebookName = "codebook.yaml", ...options }: CopyOptions = {},
      change: (folder: string) => void = () => undefined,
    ) => {
      copies++;
      const folder = join(root, `copy-${copies}`);
      cpSync(original, folder, { recursive: true });
      rmSync(join(folder, "codebook.yaml"));
      const file = join(folder, codebookName);
      writeFileSync(file, codebook);
      change(folder);
      const served = await serveStudy(folder, { ...options, codebookPath: file });
      return {
        ...served,
        folder,
        file,
        url: `${served.address}/codebook`,
        text: () => readFileSync(file, "utf8"),
      };
    },
    remove: () => rmSync(root, { recursive: true }),
  };
}

/** The text field of a phrase by its place, from 1. */
export function phraseField(page: Page, category: string, place: number): Locator {
  return page.getByRole("textbox", { name: `Phrase ${place} of ${category}`, exact: true });
}

/** Waits until the numbers are those of the draft on the board. */
export async function numbersAreHere(page: Page): Promise<void> {
  await page.locator(".effect-headline strong").waitFor();
  // The question is asked at the end of a pause in typing, and at once otherwise.
  await page.waitForTimeout(200);
  await page.locator(".effect:not(.is-waiting)").waitFor();
}

/** The phrases of a category on the board, top down. */
export async function phrasesOf(page: Page, category: string): Promise<readonly string[]> {
  const fields = page.getByRole("region", { name: category, exact: true }).locator(".phrase-text textarea");
  return fields.evaluateAll((elements) => elements.map((element) => (element as HTMLTextAreaElement).value));
}

/** Asserts that the page does not scroll sideways. */
export async function expectNoSidewaysScrolling(page: Page): Promise<void> {
  const [scroll, client] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return [scrollWidth, clientWidth] as const;
  });
  expect(scroll).toBeLessThanOrEqual(client);
}
