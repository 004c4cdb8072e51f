import { describe, expect, it } from "vitest";
import { runClipbook } from "../cli/runClipbook.ts";
import { readCsv } from "../pipeline/classifyInTest.ts";
import { coder, images, press, progress, settled, useOfflinePage } from "./offlinePage.ts";
import { hostileCategories, hostileDescription, hostileInstructions } from "./offlineStudy.ts";

describe("coding without a server, in Chromium from the disk", () => {
  const { made, open, exported } = useOfflinePage();

  it("is done by keyboard alone, keeps everything on reload, and comes back into the study", async () => {
    const { page, faults, close } = await open();
    await settled(page);
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
    expect(await page.title()).toBe(`${made.sample} · ${coder} · Clipbook coding`);
    expect(await progress(page)).toBe(`0 of ${images} coded`);

    await press(page, "1");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    expect(await page.getByRole("status").textContent()).toBe(
      `${hostileCategories[0]}. Image 2 of ${images}.`,
    );
    // Keys in a note are its text.
    await page.keyboard.press("n");
    await page.keyboard.type("12 ux = z");
    await page.keyboard.press("Enter");
    await press(page, "u");
    await press(page, "x");
    await press(page, "2");
    await expect.poll(() => progress(page)).toBe(`4 of ${images} coded`);
    // Held with Ctrl a key is the browser's.
    await page.keyboard.press("Control+3");
    await page.keyboard.press("z");
    await expect.poll(() => progress(page)).toBe(`3 of ${images} coded`);
    await press(page, "4");
    // Looking back shows the answer, and changes it.
    await press(page, "ArrowLeft");
    await expect
      .poll(() => page.locator('.answer[aria-pressed="true"] bdi').textContent())
      .toBe("=Parties 🎉");
    await press(page, "3");
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
    expect(part.content).toMatchObject({ sample: made.sample, coder });
    expect(
      part.content.codings.map(({ image, answer, value, note }) => [image, answer, value, note]),
    ).toEqual([
      [made.order[0], "category", hostileCategories[0], ""],
      [made.order[1], "unsure", null, "12 ux = z"],
      [made.order[2], "uncodable", null, ""],
      [made.order[3], "category", hostileCategories[2], ""],
    ]);
    for (const { seconds } of part.content.codings) expect(seconds).toBeLessThan(120);

    for (let left = 4; left < images; left++) await press(page, "5");
    await expect.poll(() => page.locator(".stage").textContent()).toContain("All images are coded");
    const whole = await exported(page);
    expect(whole.content.codings.map(({ image }) => image)).toEqual(made.order);
    expect(faults).toEqual([]);
    await close();

    const study = ["--study", made.folder, "--sample", made.sample];
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
    const { page, faults, close } = await open({ mayFail: true });
    await settled(page);
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
    await settled(page);
    const hide = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, "visibilityState", {
          configurable: true,
          get: () => (value ? "hidden" : "visible"),
        });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    await page.clock.pauseAt(Date.now() + 3_600_000);
    await press(page, "1");
    await page.clock.runFor(3000);
    await hide(true);
    await page.clock.runFor(60_000);
    await hide(false);
    await page.clock.runFor(1500);
    await press(page, "2");
    await page.clock.runFor(1000);
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    const { content } = await exported(page);
    expect(content.codings[1]?.seconds).toBeGreaterThanOrEqual(4.4);
    expect(content.codings[1]?.seconds).toBeLessThanOrEqual(4.6);
    await close();
  });
});
