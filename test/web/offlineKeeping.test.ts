import { describe, expect, it } from "vitest";
import { expectAccessible } from "./chromium.ts";
import { images, press, progress, settled, useOfflinePage } from "./offlinePage.ts";
import { hostileCategories } from "./offlineStudy.ts";

describe("a coding page on the disk", () => {
  const { made, open, exported } = useOfflinePage();

  it("says so where the browser keeps nothing, and exports all the same", async () => {
    const { page, close } = await open();
    await page.addInitScript(() => {
      Storage.prototype.setItem = () => {
        throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      };
    });
    await page.reload();
    await settled(page);
    await press(page, "1");
    await press(page, "u");
    expect(await page.getByRole("alert").textContent()).toContain("does not keep what you do");
    expect((await exported(page)).content.codings).toHaveLength(2);
    await expectAccessible(page);
    await close();
  });

  it("tells in a second file what was changed and taken back since the first", async () => {
    const { page, close } = await open();
    await page.locator("img").waitFor();
    await press(page, "1", "2", "3");
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
    await press(page, "1");
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
    await press(page, "2");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    expect(await page.evaluate((name) => localStorage.getItem(name), `${key} unreadable 1`)).toBe("null");
    await expectAccessible(page);
    await close();
  });

  it("takes one answer for a double click, and for a key that is held on a button", async () => {
    const { page, faults, close } = await open();
    await settled(page);
    await page.locator(".answer").first().dblclick();
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    await settled(page);
    await page.locator(".answer").nth(1).focus();
    for (let times = 0; times < 4; times++) {
      await page.keyboard.down("Enter");
      await settled(page);
    }
    await page.keyboard.up("Enter");
    expect(await progress(page)).toBe(`2 of ${images} coded`);
    const { content } = await exported(page);
    expect(content.codings.map(({ value }) => value)).toEqual(hostileCategories.slice(0, 2));
    expect(faults).toEqual([]);
    await close();
  });

  it("takes no answer before the picture is there", async () => {
    const { page, close } = await open();
    await page.addInitScript(() => {
      // Pictures stay on their way until the test lets them come.
      const set = Object.getOwnPropertyDescriptor(HTMLImageElement.prototype, "src")?.set;
      const held: (() => void)[] = [];
      Object.assign(window, { letCome: () => held.splice(0).forEach((come) => void come()) });
      Object.defineProperty(HTMLImageElement.prototype, "src", {
        set(this: HTMLImageElement, value: string) {
          held.push(() => set?.call(this, value));
        },
      });
    });
    await page.reload();
    await page.locator(".stage[aria-busy=true]").waitFor();
    await page.keyboard.press("1");
    await page.locator(".answer").first().click();
    expect(await progress(page)).toBe(`0 of ${images} coded`);
    await page.evaluate(() => (window as unknown as { letCome(): void }).letCome());
    await press(page, "1");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    await close();
  });

  it("takes back what was said last, also where the clock was set back meanwhile", async () => {
    const { page, close } = await open();
    await page.clock.install({ time: "2026-05-02T10:00:00Z" });
    await page.reload();
    await press(page, "1");
    await page.clock.setSystemTime("2026-05-01T10:00:00Z");
    await press(page, "2");
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    await press(page, "z");
    await expect.poll(() => progress(page)).toBe(`1 of ${images} coded`);
    expect(await page.locator(".stage figcaption").textContent()).toContain(`2 / ${images}`);
    await close();
  });

  it("joins what two tabs code", async () => {
    const { page, close } = await open();
    await settled(page);
    const other = await page.context().newPage();
    await other.goto(made.address);
    await settled(other);
    await press(page, "1");
    await expect.poll(() => progress(other)).toBe(`1 of ${images} coded`);
    await press(other, "ArrowRight");
    await press(other, "2");
    await expect.poll(() => progress(page)).toBe(`2 of ${images} coded`);
    await close();
  });

  it("is readable for everybody, in light and dark, and fits a telephone", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      const { page, faults, close } = await open({ colorScheme, viewport: { width: 390, height: 844 } });
      await settled(page);
      await press(page, "2");
      await press(page, "ArrowLeft");
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
