import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveStudy } from "../server/serveStudy.ts";
import { expectAccessible, useChromium } from "./chromium.ts";

describe("the app in Chromium", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-web-"));
    served = await serveStudy(folder);
  });

  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it("opens a new study without asking anybody else, and breaks no rule of its policy", async () => {
    const { page, faults, close } = await openTab(served.address);
    await page.getByRole("link", { name: "Codebook", exact: true }).click();
    expect(new URL(page.url()).pathname).toBe("/codebook");
    await page.goBack();
    await page.getByRole("link", { name: "Overview" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
    await expectAccessible(page);
    expect(faults).toEqual([]);
    await close();
  });
});
