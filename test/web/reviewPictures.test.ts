import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { serveStudy } from "../server/serveStudy.ts";
import { useChromium } from "./chromium.ts";
import { makeDemoStudy } from "./demoStudy.ts";

describe("the review's pictures", () => {
  const openTab = useChromium();
  let folder: string;
  let served: Awaited<ReturnType<typeof serveStudy>>;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "clipbook-review-"));
    await makeDemoStudy(folder, 42);
    served = await serveStudy(folder);
  });

  afterAll(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });

  it("are there before they are needed: the next three are fetched, and none is fetched again", async () => {
    const { page, faults, close } = await openTab(`${served.address}/review?kind=random&n=3&seed=1`);
    const fetched: string[] = [];
    page.on("request", (request) => {
      if (request.url().includes("/large")) fetched.push(request.url());
    });
    await page.getByLabel("Your name").fill("Anna");
    await page.getByLabel("Your name").press("Enter");
    const shown = page.locator(".stage img.now");
    const sources = () =>
      page.evaluate(() =>
        Array.from(document.querySelectorAll<HTMLImageElement>(".stage img"), ({ src, naturalWidth }) => ({
          src,
          isLoaded: naturalWidth > 0,
        })),
      );
    const allLoaded = () =>
      page.waitForFunction(() => {
        const images = [...document.querySelectorAll<HTMLImageElement>(".stage img")];
        return (
          images.length === 4 && images.every(({ complete, naturalWidth }) => complete && naturalWidth > 0)
        );
      });
    await allLoaded();
    for (let count = 1; count <= 5; count++) {
      const [, next] = await sources();
      // Loaded is not yet decoded: until then nothing can be judged.
      await page.locator(".verdict-buttons .right:not([aria-disabled])").waitFor();
      await page.keyboard.press("r");
      await page
        .locator(".review-top .count")
        .filter({ hasText: `${count} of` })
        .waitFor();
      expect(await shown.getAttribute("src")).toBe(
        new URL(next?.src as string).pathname + new URL(next?.src as string).search,
      );
      expect(next?.isLoaded).toBe(true);
      await allLoaded();
    }
    expect(new Set(fetched).size).toBe(fetched.length);
    expect(fetched).toHaveLength(4 + 5);
    expect(faults).toEqual([]);
    await close();
  });

  it("that failed before their turn are asked for again when it comes", async () => {
    const { page, close } = await openTab(`${served.address}/review?kind=random&n=3&seed=2`, {
      mayFail: true,
    });
    let asked = 0;
    // The first picture comes, the three behind it do not.
    await page.route("**/large?*", (route) => (++asked === 1 ? route.continue() : route.abort()), {
      times: 4,
    });
    await page.getByLabel("Your name").fill("Cem");
    await page.getByLabel("Your name").press("Enter");
    await page.locator(".verdict-buttons .right:not([aria-disabled])").waitFor();
    await expect.poll(() => page.locator(".stage img.next[hidden]").count()).toBe(3);
    await page.keyboard.press("r");
    await page.locator(".review-top .count").filter({ hasText: "1 of" }).waitFor();
    await page.locator(".verdict-buttons .right:not([aria-disabled])").waitFor();
    const width = await page
      .locator(".stage img.now")
      .evaluate((image) => (image as HTMLImageElement).naturalWidth);
    expect(width).toBeGreaterThan(0);
    expect(await page.locator(".stage .missing").count()).toBe(0);
    await close();
  });

  it("that were wrong lead from the gallery to the large view", async () => {
    const { page, faults, close } = await openTab(`${served.address}/review?kind=random&n=1&seed=1`);
    await page.getByLabel("Your name").fill("Ben");
    await page.getByLabel("Your name").press("Enter");
    const total = (await page.locator(".review-top .count").textContent())?.match(/of (\d+)/)?.[1];
    for (let count = 1; count <= Number(total); count++) {
      // The picture has to be there before it can be judged.
      await page.locator(".verdict-buttons .wrong:not([aria-disabled])").waitFor();
      await page.keyboard.press("w");
      await page.locator(".choice").waitFor();
      await page.keyboard.press("Enter");
      await page
        .locator(".review-top .count")
        .filter({ hasText: `${count} of` })
        .waitFor();
    }
    const first = page.locator(".wrong-gallery li").first();
    await first.locator("img").evaluate((image: HTMLImageElement) => image.decode());
    await first.getByRole("link").press("Enter");
    await page.waitForURL(/\/\?open=\d+&run=1$/);
    await page.getByRole("dialog").waitFor();
    expect(faults).toEqual([]);
    await close();
  });
});
