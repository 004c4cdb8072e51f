import { describe, expect, it } from "vitest";
import { useChromium } from "../web/chromium.ts";
import { attackStrings } from "./attackStrings.ts";
import { examinePage, noFaults } from "./examinePage.ts";

describe("what is looked for on a page", () => {
  const openTab = useChromium();

  it("is found where a page does not escape, and not on a page that does", async () => {
    const { page, close } = await openTab("about:blank");
    const bare = (body: string) => page.setContent(`<!doctype html><body>${body}</body>`);
    await bare(`<div title="${attackStrings["image handler"]}">x</div>`);
    expect(await examinePage(page, 390)).toEqual(noFaults);
    for (const kind of ["image handler", "picture onload", "frame"]) {
      await page.goto("about:blank");
      await bare(attackStrings[kind] as string);
      await page.waitForTimeout(50);
      const { hacked, foreign } = await examinePage(page, 390);
      expect([kind, hacked || foreign.length > 0]).toEqual([kind, true]);
    }
    await page.goto("about:blank");
    await bare(`${attackStrings.form}${attackStrings["end of a style"]}`);
    expect((await examinePage(page, 390)).foreign).toEqual([expect.stringMatching(/^form/)]);
    await close();
  });

  it("is a layout that broke: too wide, a box that is too narrow for its text, a button that is covered", async () => {
    const { page, close } = await openTab("about:blank");
    await page.setContent(
      `<!doctype html><body><p>${attackStrings["long word"]}</p><p style="width: 50px; white-space: nowrap">a b c d e f g h i j k l</p>
      <div style="position: relative; width: 100px"><button>one</button><span style="position: absolute; inset: 0; background: red"></span></div></body>`,
    );
    const { sideways, sticksOut, covered } = await examinePage(page, 390);
    expect(sideways).toBeGreaterThan(1000);
    expect(sticksOut).toEqual([expect.stringMatching(/^p.*wooo/), expect.stringMatching(/^p.*a b c/)]);
    expect(covered).toEqual([expect.stringMatching(/^button.*one/)]);
    await close();
  });
});
